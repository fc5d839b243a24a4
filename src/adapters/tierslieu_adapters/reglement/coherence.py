"""What a rulebook is verified against: the words that a place knows, and what it would be once a file is adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierslieu_adapters.reglement.differences import plan, tenues
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, DeclarerFait
from tierslieu_core.domaines.cadre.regles.coherence import Constat, verifier
from tierslieu_core.domaines.cadre.regles.faits import declare
from tierslieu_core.domaines.cadre.regles.projet import DERNIERE
from tierslieu_core.domaines.cadre.regles.reglement import adoptee
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.declarations import Note

if TYPE_CHECKING:
    from whenever import Date

    from tierslieu_adapters.reglement.lecture import Fichier
    from tierslieu_core.domaines.cadre.regles.coherence import Connus
    from tierslieu_core.lieu import Lieu


def constats(lieu: Lieu | None, jour: Date, fichier: Fichier | None = None, *, complet: bool = False) -> list[Constat]:
    """What does not hold together, in the place's rulebook or in what it would be.

    ``complet``: the file is the whole of it.
    """
    actuel = Reglement() if lieu is None else lieu.livre.reglement
    reglement = actuel if fichier is None else _futur(fichier, actuel, jour, complet=complet)
    return verifier(reglement, jour, _connus(lieu) if lieu else {}, lieu.livre.mandats.droits if lieu else ())


def _futur(fichier: Fichier, actuel: Reglement, jour: Date, *, complet: bool) -> Reglement:
    """What the rulebook would be once the file is adopted: what changes comes after all that is there."""
    made = Reglement()
    made.faits = dict(actuel.faits)
    made.versions = {nom: [v] for nom, v in tenues(actuel, jour).items()}
    for n, c in enumerate(plan(fichier, actuel, jour, complet=complet), DERNIERE):
        match c:
            case DeclarerFait():
                made.faits[c.fait] = declare(c)
            case AbrogerRegle():
                made.versions.pop(c.regle)
            case AdopterRegle() | AmenderRegle():
                made.applique(adoptee(c, 1), Note(n, f"fichier/{n}", "", "", "", None, "", None))
    return made


def _connus(lieu: Lieu) -> Connus:
    """The words that a place knows; its groups and publics once it has declared them."""

    def tenu(nom: str) -> list[Any]:
        return lieu.registre(nom) if nom in lieu.catalogue.registres else []  # the finances keep none of these

    paliers, espaces, objets = tenu("paliers"), tenu("espaces"), tenu("materiel")
    publics = {mot for p in paliers if p.sorte != "groupe" for mot in (p.nom, *p.publics)}
    return {
        "demandes": lieu.catalogue.demandes,
        "actions": {d.action for d in tenu("demarches-ouvertes")},
        "espaces": {e.espace for e in espaces},
        "objets": {o.objet for o in objets},
        "categories": {c.categorie for c in (*espaces, *objets, *tenu("modeles"))},
        **({"groupes": {p.nom for p in paliers if p.sorte == "groupe"}, "publics": {*publics, "non-adherent"}}
           if paliers else {}),
    }  # fmt: skip


__all__ = ["Constat", "constats"]
