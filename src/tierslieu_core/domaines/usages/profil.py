"""Profil: what rules measure of a person, the same for every use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.dossier import AttestationValable, Majorite
from tierslieu_core.domaines.personnes import attestations, formations
from tierslieu_core.domaines.personnes.adhesions.couverture import Lues, couverture, couverture_de
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossiers, dossier_de
from tierslieu_core.domaines.usages.papiers import Papiers, mesures_de_papiers, papiers_de
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import PersonneId, mois, personne
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import mois_entre

Plus = tuple[Dossiers, tuple[attestations.Etats, Papiers]]
Profil = tuple[Lues, tuple[tuple[tuple[formations.Tenue, ...], ...], Plus]]
"""What is read of a person: what covers them (their membership, a household's, …), what they learnt; then, each if a
rule may ask about it, the files of those who come with them, what the finances attest, the place's own papers."""


def profil_de(qui: PersonneId, x: Contexte, avec: Iterable[PersonneId] = ()) -> Lot[Profil]:
    """What a use must know of a person, under each of their identifiers: ``lire(…).avec(profil_de(c.personne, x))``.

    ``avec``: those who come with them.
    """
    demande = x.livre.fixe(Majorite, x.aujourdhui)
    autres = sorted(set(avec) - set(identifiants(qui, x))) if demande else ()
    dossiers: Lot[Dossiers] = Lot(tuple(dossier_de(personne(un)) for un in autres))
    atteste = x.livre.fixe(AttestationValable, x.aujourdhui)
    attestees: Lot[attestations.Etats] = attestations.attestees(qui, x) if atteste else Lot(())
    plus = dossiers.avec(attestees.avec(papiers_de(qui, x)))
    return couverture_de(qui, x).avec(formations.habilitations(qui, x).avec(plus))


def mois_de(qui: PersonneId, du: Date, au: Date, x: Contexte) -> tuple[str, ...]:
    """The months in which the uses of a person are counted, under each of their identifiers."""
    return tuple(mois(un, m) for un in identifiants(qui, x) for m in mois_entre(du, au))


def mesures_de(qui: PersonneId, profil: Profil, jour: Date, **usage: Any) -> Mesures:
    """The measures of a use on a day, by a person of this profile."""
    lues, (tenues, (autres, (attestees, papiers))) = profil
    vaut = couverture(lues, jour)
    accompagne = any(not d.mineur(jour) for d in autres) if autres else None
    return Mesures(
        personne=qui, jour=jour, publics=vaut.publics, groupes=vaut.groupes, adhesion=vaut.jusqu_au,
        habilitations=formations.valides([t for siennes in tenues for t in siennes], jour), droits=vaut.droits,
        documents=vaut.dossier.documents(jour), expires=vaut.dossier.expires(jour),
        textes=vaut.dossier.textes(jour), mineur=vaut.dossier.mineur(jour),
        attestations=attestations.valables(attestees, jour) if attestees else None, accompagne=accompagne,
        **mesures_de_papiers(papiers, jour, usage["lieux"]), **usage,
    )  # fmt: skip
