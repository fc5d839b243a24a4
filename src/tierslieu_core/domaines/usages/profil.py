"""Profil: what rules measure of a person, the same for every use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.dossier import Majorite
from tierslieu_core.domaines.personnes import formations
from tierslieu_core.domaines.personnes.adhesions.couverture import Lues, couverture, couverture_de
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossiers, dossier_de
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import PersonneId, mois, personne
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import mois_entre

Profil = tuple[Lues, tuple[tuple[tuple[formations.Tenue, ...], ...], Dossiers]]
"""What is read of a person: what covers them (their membership, a household's, …), what they learnt; then the files of
those who come with them, if a rule may ask about that."""


def profil_de(qui: PersonneId, x: Contexte, avec: Iterable[PersonneId] = ()) -> Lot[Profil]:
    """What a use must know of a person, under each of their identifiers: ``lire(…).avec(profil_de(c.personne, x))``.

    ``avec``: those who come with them.
    """
    demande = x.livre.fixe(Majorite, x.aujourdhui)
    autres = sorted(set(avec) - set(identifiants(qui, x))) if demande else ()
    dossiers = tuple(dossier_de(personne(un)) for un in autres)
    return couverture_de(qui, x).avec(formations.habilitations(qui, x).avec(Lot(dossiers)))


def mois_de(qui: PersonneId, du: Date, au: Date, x: Contexte) -> tuple[str, ...]:
    """The months in which the uses of a person are counted, under each of their identifiers."""
    return tuple(mois(un, m) for un in identifiants(qui, x) for m in mois_entre(du, au))


def mesures_de(qui: PersonneId, profil: Profil, jour: Date, **usage: Any) -> Mesures:
    """The measures of a use on a day, by a person of this profile."""
    lues, (tenues, autres) = profil
    vaut = couverture(lues, jour)
    accompagne = any(not d.mineur(jour) for d in autres) if autres else None
    return Mesures(
        personne=qui, jour=jour, publics=vaut.publics, groupes=vaut.groupes, adhesion=vaut.jusqu_au,
        habilitations=formations.valides([t for siennes in tenues for t in siennes], jour), droits=vaut.droits,
        documents=vaut.dossier.documents(jour), expires=vaut.dossier.expires(jour),
        textes=vaut.dossier.textes(jour), mineur=vaut.dossier.mineur(jour),
        accompagne=accompagne,
        **usage,
    )  # fmt: skip
