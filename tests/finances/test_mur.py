"""The wall between the concierge and the money, in both directions: who may ask what, and what is declared."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.domaines.cadre.test_role_commande import asked_of
from whenever import Date

import tierslieu_core
from tierslieu_core.domaines.cadre.gouvernance import DroitsFixes, MandatDonne
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.declarations import Contexte, fiche
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.lieu import CADRE, Lieu
from tierslieu_core.testing.spec import (
    FONDATION,
    MAINTENANT,
    installed,
    installed_finances,
    memory_place,
    record,
)
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.montant import Montant, Poste

LIEU, FINANCES = installed(), installed_finances()
ICI = Path(tierslieu_core.__file__).parent
QUI, AUTRE = PersonneId("p-qui"), PersonneId("p-autre")
OUVERTS = frozenset({"soi", "inscrit"})
MANDATS = sorted({role for c in (LIEU, FINANCES) for d in c.demandes.values() for role in d.qui} - OUVERTS)
MANDATS += ["un-autre"]
PORTE = {"attestations.DeposerAttestation", "attestations.CorrigerAttestation"}
"""What the finance body alone may ask of the place: its one door."""


def domaine(nom: str) -> str:
    return nom.partition(".")[0]


# ── qui demande quoi : chaque mandat, chaque commande, dans les deux journaux ───────────────────────────────────────


def tenant(catalogue: Catalogue, role: str | None, *droits: Any) -> Lieu:
    """A journal where somebody holds this mandate alone."""
    lieu = memory_place(catalogue)
    held = [] if role is None else [MandatDonne(mandat=MandatId("m"), personne=QUI, role=role, du=Date(2021, 1, 1))]
    record(lieu, [*FONDATION, *held, *droits])
    return lieu


def peut(lieu: Lieu, nom: str, about: PersonneId = AUTRE) -> Any:
    """By what one may ask it, or why not."""
    demande = lieu.catalogue.demande(nom)
    commande = asked_of_in(lieu.catalogue, nom, about)
    return lieu.livre.autorise(demande, commande, Contexte(MAINTENANT, MAINTENANT, QUI, "k", lieu.livre))


def asked_of_in(catalogue: Catalogue, nom: str, about: PersonneId) -> Any:
    if catalogue is LIEU:
        return asked_of(nom, about)
    cls = catalogue.demande(nom).commande
    commande = object.__new__(cls)
    for field in fields_of(cls):
        object.__setattr__(commande, field.nom, about if field.sujet in ("personne", "tiers") else "x")
    return commande


def demandes(catalogue: Catalogue, *, de_l_argent: bool) -> list[str]:
    """The commands that are the finances', or all the others, foundation apart."""
    found = [nom for nom, d in catalogue.demandes.items() if not d.fondatrice]
    return sorted(nom for nom in found if (domaine(nom) == "finances" or nom in PORTE) is de_l_argent)


@pytest.mark.parametrize("catalogue", [LIEU, FINANCES], ids=["lieu", "finances"])
@pytest.mark.parametrize("role", [*MANDATS, None])
def test_nul_autre_que_les_finances_ne_touche_a_l_argent(role: str | None, catalogue: Catalogue):
    lieu = tenant(catalogue, role)
    for nom in demandes(catalogue, de_l_argent=True):
        for about in (QUI, AUTRE):
            found = peut(lieu, nom, about)
            assert (found == "m") is (role == "finances"), (role, nom, found)
            assert role == "finances" or not isinstance(found, str), (role, nom, found)


@pytest.mark.parametrize("catalogue", [LIEU, FINANCES], ids=["lieu", "finances"])
def test_les_finances_ne_demandent_rien_d_autre_que_ce_que_chacun_peut(catalogue: Catalogue):
    elles, chacun = tenant(catalogue, "finances"), tenant(catalogue, None)
    for nom in demandes(catalogue, de_l_argent=False):
        for about in (QUI, AUTRE):
            assert peut(elles, nom, about) == peut(chacun, nom, about) != "m", nom


@pytest.mark.parametrize("role", sorted({*MANDATS, *OUVERTS} - {"finances"}))
def test_le_lieu_ne_peut_ni_ouvrir_le_mur_ni_le_percer(role: str):
    """Whatever rights were ever set: what is the finances' stays theirs, and opens to nobody."""
    for catalogue in (LIEU, FINANCES):
        argent, reste = (demandes(catalogue, de_l_argent=oui) for oui in (True, False))
        droits = [DroitsFixes(demande=nom, roles=(role,), motif="AG") for nom in argent]
        lieu = tenant(catalogue, role, *droits)
        assert not [nom for nom in argent if isinstance(peut(lieu, nom, QUI), str)]
        perces = [DroitsFixes(demande=nom, roles=("finances",), motif="AG") for nom in reste]
        elles = tenant(catalogue, "finances", *perces)
        assert not [nom for nom in reste if peut(elles, nom) == "m"]


def test_nul_ne_tient_les_deux():
    """Every way of giving a mandate goes by the one table that keeps them apart (see also the guichet's own tests)."""
    for catalogue in (LIEU, FINANCES):
        for tenu, voulu in (("finances", "concierge"), ("concierge", "finances")):
            lieu = tenant(catalogue, tenu)
            assert lieu.livre.mandats.heurt(QUI, voulu, Date(2026, 1, 1), None) is not None


# ── ce que chaque côté déclare ──────────────────────────────────────────────────────────────────────────────────────


def test_le_journal_du_lieu_ne_connait_aucun_fait_des_finances_et_le_leur_aucun_du_lieu():
    for noms in (LIEU.evenements, LIEU.demandes, LIEU.refus):
        assert "finances" not in set(map(domaine, noms))
    for noms in (FINANCES.evenements, FINANCES.demandes, FINANCES.refus):
        assert set(map(domaine, noms)) - {"decisions"} <= {"finances", *CADRE}
    assert LIEU.registres.keys().isdisjoint(
        r.nom for d in FINANCES.domaines if d.nom == "finances" for r in d.registres
    )


def lectures() -> Iterator[tuple[str, Lecture[Any]]]:
    """Every lecture of every module of the library, with the area that it stands in."""
    for nom, module in list(sys.modules.items()):
        if nom.startswith("tierslieu_core."):
            area = "finances" if nom.startswith("tierslieu_core.domaines.finances") else "le lieu"
            yield from ((area, v) for v in vars(module).values() if isinstance(v, Lecture))


def test_aucune_lecture_ne_passe_le_mur():
    found = list(lectures())
    assert {area for area, _ in found} == {"finances", "le lieu"}
    for area, lecture in found:
        faits = {domaine(fiche(cls).nom) for cls in lecture.faits if hasattr(cls, "__fiche__")}
        assert ("finances" in faits) is (area == "finances"), lecture.nom
        assert area != "finances" or faits == {"finances"}, lecture.nom


def test_aucun_module_ne_connait_l_autre_cote():
    derriere = "tierslieu_core.domaines.finances"
    for file in ICI.rglob("*.py"):
        dedans = "finances" in file.relative_to(ICI).parts
        for imported in imports(file):
            if dedans:
                assert imported.startswith((derriere, "tierslieu_core.kernel", "tierslieu_core.vocabulaire")), file
            else:
                assert not imported.startswith(derriere), file


def imports(file: Path) -> Iterator[str]:
    """The modules of ours that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (nom for nom in named if nom.startswith("tierslieu_core"))


ARGENT = {
    "argent", "avoir", "centimes", "cout", "euro", "euros", "facture", "frais", "loyer", "montant", "montants",
    "paiement", "prix", "somme", "solde", "tarif", "tarifs", "tva",
}  # fmt: skip
"""Words that a field of the place's journal never bears."""
PAYER = {"encaisser", "encaissement", "paiement", "payer", "paye", "reglement", "regler", "rembourser", "virement"}
"""What is never done in either journal."""


def declared(catalogue: Catalogue) -> Iterator[type]:
    """Every class that a journal stores or shows."""
    yield from (c for d in catalogue.domaines for c in d.faits)
    yield from (d.commande for d in catalogue.demandes.values())
    yield from catalogue.refus.values()
    yield from (r.ligne for r in catalogue.registres.values())
    yield from (kind for kinds in catalogue.codec.unions.values() for kind in kinds.values())


def fields(cls: type, seen: frozenset[type] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Every field, and those of the values that it holds."""
    for field in fields_of(cls):
        yield f"{cls.__name__}.{field.nom}", field.element
        if isinstance(field.element, type) and attrs.has(field.element) and field.element not in seen:
            yield from fields(field.element, seen | {cls})


def test_aucun_montant_n_est_ni_declare_ni_mesure_du_cote_du_lieu():
    found = [one for cls in (*declared(LIEU), Mesures) for one in fields(cls)]
    assert len(found) > 1000
    assert not [nom for nom, kind in found if kind in (Montant, Poste)]
    assert not [nom for nom, _ in found if ARGENT.intersection(nom.partition(".")[2].split("_"))]


def test_les_finances_comptent_et_ne_paient_jamais():
    found = [one for cls in declared(FINANCES) for one in fields(cls)]
    assert [nom for nom, kind in found if kind is Montant]
    noms = {nom.lower() for nom in (*FINANCES.demandes, *FINANCES.evenements) if domaine(nom) == "finances"}
    assert not [nom for nom in noms if any(mot in nom for mot in PAYER)]
