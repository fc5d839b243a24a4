"""Minorité: until when a person is a minor. The date of birth stays sealed; nothing is ever decided on it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.dossier import Dossier, Dossiers, MinoriteNotee, dossiers, reuni
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId

# ── commande (son fait est dans « dossier ») ────────────────────────────────────────────────────────────────────────


@commande("adhesions.NoterMinorite")
class NoterMinorite:
    """Noter jusqu'à quand une personne est mineure ; la date de naissance, si elle est dite, est scellée."""

    personne: PersonneId
    jusqu_au: Date = champ("dernier jour avant la majorité")
    naissance: Personnel | None = personnel("date de naissance", qui="personne", conservation="identite", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.MineurSansRepresentant",
    "Personne ne représente {personne}, qui n'atteint la majorité qu'après le {jusqu_au}.",
    "Dites d'abord qui agit pour cette personne ce jour-là (identites.RepresenterPersonne).",
)
class MineurSansRepresentant(Refus):
    personne: PersonneId
    jusqu_au: Date


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sans_representant(qui: PersonneId, siens: Sequence[Dossier], jour: Date, x: Contexte) -> Refus | None:
    """Why a person cannot be admitted on a day: a minor whom nobody represents; ``None`` when they can."""
    jusqu_au = reuni(siens).mineur_jusqu_au
    if jusqu_au is None or jusqu_au < jour or x.livre.mandats.qui.representants(qui, jour):
        return None
    return MineurSansRepresentant(personne=qui, jusqu_au=jusqu_au)


def _noter(c: NoterMinorite, siens: Dossiers, _: Contexte) -> Issue:
    if reuni(siens).mineur_jusqu_au == c.jusqu_au:
        return ()
    dossier = attrs.evolve(siens[0], mineur_jusqu_au=c.jusqu_au)
    return [MinoriteNotee(personne=c.personne, jusqu_au=c.jusqu_au, naissance=c.naissance, dossier=dossier)]


REFUS = (MineurSansRepresentant,)
DEMANDES = (
    Demande(NoterMinorite, frozenset({"concierge", "coordination"}), lambda c, x: dossiers(c.personne, x), _noter),
)
