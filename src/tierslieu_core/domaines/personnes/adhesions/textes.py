"""Textes (règlement, charte): a person accepts a dated version; rules can require a recent one."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.dossier import Acceptation, Dossiers, TexteAccepte, dossiers, reuni
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, refus
from tierslieu_core.vocabulaire.identifiants import PersonneId

# ── commande (son fait est dans « dossier ») ────────────────────────────────────────────────────────────────────────


@commande("adhesions.AccepterTexte")
class AccepterTexte:
    """Accepter un texte du lieu (règlement, charte), dans sa version de telle date."""

    personne: PersonneId
    version: Date = champ("date de la version lue")
    texte: str = champ("texte", default="reglement")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.VersionAVenir",
    "La version du {version} du texte « {texte} » n'est pas encore publiée.",
    "Acceptez celle d'aujourd'hui, ou attendez ce jour-là.",
)
class VersionAVenir(Refus):
    texte: str
    version: Date


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _accepter(c: AccepterTexte, siens: Dossiers, x: Contexte) -> Issue:
    if c.version > x.aujourdhui:
        return VersionAVenir(texte=c.texte, version=c.version)
    if reuni(siens).textes(x.aujourdhui).get(c.texte, "") >= c.version.format_iso():
        return ()
    acceptee = Acceptation(texte=c.texte, version=c.version, le=x.aujourdhui)
    dossier = attrs.evolve(siens[0], acceptations=(*siens[0].acceptations, acceptee))
    return [TexteAccepte(personne=c.personne, texte=c.texte, version=c.version, dossier=dossier)]


REFUS = (VersionAVenir,)
DEMANDES = (
    Demande(
        AccepterTexte, frozenset({"concierge", "coordination", "soi"}), lambda c, x: dossiers(c.personne, x), _accepter
    ),
)
