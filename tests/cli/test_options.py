"""The options that fields give, of every declared shape."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from whenever import Date

from tierslieu_adapters.cli.options import fields_from, options_of
from tierslieu_core.kernel.declarations import champ, commande
from tierslieu_core.kernel.errors import DemandeInvalide, ErreurTiersLieu
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import Moment, Periode


@commande("essai.ToutDire")
class ToutDire:
    """Tout dire."""

    qui_donc: PersonneId
    combien: int = champ("combien", unite="minutes")
    vrai: bool = False
    jours: tuple[int, ...] = ()
    quand: Periode | None = None
    creneaux: tuple[Periode, ...] = ()
    le: Date | None = None


def given(**texts: Any) -> dict[str, Any]:
    return fields_from(options_of(installed(), ToutDire), texts)


def test_chaque_champ_a_son_option_les_valeurs_imbriquees_ont_les_leurs():
    names = [option.name for option in options_of(installed(), ToutDire)]
    assert names == [
        "--qui-donc", "--combien", "--vrai", "--jours", "--quand", "--quand.debut", "--quand.fin", "--quand.zone",
        "--creneaux", "--le",
    ]  # fmt: skip


def test_toute_commande_installee_a_une_option_par_champ():
    for demande in installed().demandes.values():
        names = [option.variable for option in options_of(installed(), demande.commande)]
        assert len(names) == len(set(names))


def test_les_textes_deviennent_des_valeurs_json():
    assert given(combien="12", vrai=True, jours=["1,2", "-3"], qui_donc="p") == {
        "combien": 12, "vrai": True, "jours": [1, 2, -3], "qui_donc": "p",
    }  # fmt: skip
    assert given(combien="douze", jours=["1,x"]) == {"combien": "douze", "jours": [1, "x"]}
    assert given(quand__debut="a", quand__fin="b") == {"quand": {"debut": "a", "fin": "b"}}
    assert given(quand='{"debut": "a"}', quand__fin="b") == {"quand": {"debut": "a", "fin": "b"}}
    assert given(creneaux=['{"debut": "a"}', '{"fin": "b"}']) == {"creneaux": [{"debut": "a"}, {"fin": "b"}]}


def test_toutes_les_fautes_de_forme_sont_dites_ensemble():
    with pytest.raises(DemandeInvalide) as told:
        given(quand="{", creneaux=["x"])
    assert [where for where, _ in told.value.erreurs] == ["--quand", "--creneaux"]
    with pytest.raises(DemandeInvalide, match="déjà donné en entier"):
        given(quand="3", quand__fin="b")


def test_une_commande_qui_prend_un_nom_reserve_est_refusee():
    @commande("essai.Prise")
    class Prise:
        par: str

    with pytest.raises(ErreurTiersLieu, match="noms réservés : par"):
        options_of(installed(), Prise)


def test_un_moment_se_tape_comme_il_s_ecrit():
    (debut,) = (o for o in options_of(installed(), ToutDire) if o.path == ("quand", "debut"))
    assert debut.field.type is Moment
    assert get_args(PersonneId | None)
