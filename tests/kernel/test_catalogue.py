"""What is declared, by name: versions and upcasts, and a loud no to whatever is unknown."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from tierslieu_core.domaines.usages import prets
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.declarations import (
    Demande,
    Domaine,
    Identifiant,
    Note,
    Refus,
    Registre,
    commande,
    evenement,
    refus,
)
from tierslieu_core.kernel.envelope import Enveloppe, wrap
from tierslieu_core.kernel.errors import CommandeInconnue, DemandeInvalide, ErreurTiersLieu, FormeInconnue
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.ports import Row
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import ObjetId


def _to_2(fields: dict[str, Any]) -> dict[str, Any]:
    return {"titre": fields["nom"]}


def _to_3(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "pages": 0}


@evenement("jouet.LivreRange", "{titre}", version=3, upcasts={1: _to_2, 2: _to_3})
class LivreRange:
    titre: str
    pages: int

    def etiquettes(self) -> tuple[str, ...]:
        return ("livre:1",)


@commande("jouet.RangerLivre")
class RangerLivre:
    """Ranger un livre."""

    titre: str


@refus("jouet.Plein", "C'est plein.", "Revenez.")
class Plein(Refus):
    pass


RANGER = Demande(RangerLivre, frozenset(), lambda _, __: lire(), lambda _, __, ___: ())
JOUET = Domaine("jouet", "Jouet", (LivreRange,), (RANGER,))


def _catalogue(*areas: Domaine) -> Catalogue:
    return Catalogue.of(areas or (JOUET,), {}, lambda _: None)


def _row(stored: str, fait: dict[str, Any]) -> Row:
    e = Enveloppe("k/1", "2026-11-23T09:00:00.000Z", "2026-11-23T09:00:00.000Z", "camille", "m", _raw(fait))
    return Row(7, stored, wrap(e))


def _raw(fait: Any) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(fait).encode())


@pytest.mark.parametrize(
    ("stored", "fait", "wanted"),
    [
        ("jouet.LivreRange", {"nom": "Walden"}, LivreRange(titre="Walden", pages=0)),
        ("jouet.LivreRange@2", {"titre": "Walden"}, LivreRange(titre="Walden", pages=0)),
        ("jouet.LivreRange@3", {"titre": "Walden", "pages": 9}, LivreRange(titre="Walden", pages=9)),
    ],
)
def test_every_version_is_raised_to_the_present_one(stored: str, fait: dict[str, Any], wanted: LivreRange):
    value, note = _catalogue().read(_row(stored, fait))
    assert (value, note.id, note.cle, note.position) == (wanted, "k/1", "k", 7)


def test_a_lecture_of_a_class_reads_all_its_versions():
    assert _catalogue().types([LivreRange]) == ("jouet.LivreRange", "jouet.LivreRange@2", "jouet.LivreRange@3")


def test_a_fact_with_a_field_that_it_does_not_know_is_read():
    """A patch release may have added one: what is kept is not thrown back."""
    assert _catalogue().fact(_row("jouet.LivreRange@3", {"titre": "W", "pages": 1, "neuf": 1})).titre == "W"


@pytest.mark.parametrize("stored", ["jouet.LivreRange@4", "jouet.LivrePerdu", "livre"])
def test_an_unknown_name_or_version_is_told_by_its_position(stored: str):
    with pytest.raises(FormeInconnue, match=rf"n° 7 .*« {stored} ».*version plus récente"):
        _catalogue().read(_row(stored, {}))


def test_every_bad_field_of_a_stored_fact_is_told_at_once():
    with pytest.raises(FormeInconnue) as told:
        _catalogue().fact(_row("jouet.LivreRange@3", {"titre": 1.0}))
    assert "n° 7 (jouet.LivreRange@3)" in str(told.value)
    assert "titre : un texte attendu, reçu 1.0" in str(told.value)
    assert "pages : manque" in str(told.value)


@pytest.mark.parametrize("fait", [{}, {"nom": None}, [], 3])
def test_an_old_fact_that_cannot_be_raised_is_told_by_its_position(fait: Any):
    with pytest.raises(FormeInconnue, match="n° 7"):
        _catalogue().fact(_row("jouet.LivreRange", fait))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"id": 1}', b"\xff"])
@pytest.mark.parametrize("stored", ["jouet.LivreRange", "jouet.LivreRange@3", DECISION, "inconnu"])
def test_bytes_that_are_no_envelope_are_told_by_their_position(stored: str, data: bytes):
    with pytest.raises(FormeInconnue, match="n° 7"):
        _catalogue().read(Row(7, stored, data))


def test_a_decision_that_cannot_be_read_is_told_by_its_position():
    with pytest.raises(FormeInconnue, match=r"décision n° 7 .*verdict"):
        _catalogue().read(_row(DECISION, {"commande": "a.B", "demande": {}, "empreinte": "", "verdict": "peut-être"}))
    with pytest.raises(FormeInconnue, match="décision n° 7"):
        _catalogue().decision(_row(DECISION, {}))


def test_an_unknown_command_is_told_with_those_that_are_near():
    with pytest.raises(CommandeInconnue, match=r"« prets.PreterObjt »\. Vouliez-vous dire : prets.PreterObjet"):
        installed().demande("prets.PreterObjt")
    with pytest.raises(CommandeInconnue, match="tierslieu faire --help"):
        installed().demande("zzzzzz")


def test_an_unknown_register_is_told_with_those_that_are_kept():
    with pytest.raises(DemandeInvalide, match=r"« pretss »\. Registres tenus : .*prets"):
        installed().registre("pretss")


def _tenir(_: dict[str, Any], __: LivreRange, ___: Note) -> None:
    """Keep nothing."""


REGISTRE = Registre("livres", LivreRange, _tenir)
TWICE = {
    "événement": (Domaine("a", "A", (LivreRange,), ()), Domaine("b", "B", (LivreRange,), ())),
    "commande": (Domaine("a", "A", (), (RANGER,)), Domaine("b", "B", (), (RANGER,))),
    "refus": (Domaine("a", "A", (), (), (Plein,)), Domaine("b", "B", (), (), (Plein,))),
    "registre": (Domaine("a", "A", (), (), (), (REGISTRE,)), Domaine("b", "B", (), (), (), (REGISTRE,))),
    "identifiant": (
        Domaine("a", "A", (), (), identifiants=(Identifiant(ObjetId, LivreRange),)),
        Domaine("b", "B", (), (), identifiants=(Identifiant(ObjetId, LivreRange),)),
    ),
}


@pytest.mark.parametrize("what", TWICE)
def test_two_declarations_of_one_name_are_refused(what: str):
    with pytest.raises(ErreurTiersLieu, match=f"Deux déclarations pour le même {what}"):
        _catalogue(*TWICE[what])


def test_the_installed_catalogue_knows_the_model_area():
    assert installed().demande("prets.PreterObjet").commande is prets.PreterObjet
    assert installed().registre("prets").ligne is prets.LignePret
    assert installed().evenements["prets.ObjetPrete@2"] == (prets.ObjetPrete, 2)


def test_two_declared_values_are_the_same_when_they_say_the_same():
    perceuse, scie = RetirerPieces(objet="perceuse"), RetirerPieces(objet="scie")
    assert perceuse == RetirerPieces(objet="perceuse") != scie
    assert perceuse != CompterPieces(objet="perceuse")
    assert perceuse != "perceuse"
    assert len({perceuse, RetirerPieces(objet="perceuse"), scie, CompterPieces(objet="perceuse")}) == 3
    assert repr(perceuse) == "RetirerPieces(objet='perceuse')"


@commande("essai.RetirerPieces")
class RetirerPieces:
    objet: str


@commande("essai.CompterPieces")
class CompterPieces:
    objet: str
