"""The options that fields give, of every declared shape."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from whenever import Date

from tierslieu_adapters.cli.options import example, fields_from, options_of
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
    return fields_from(options_of(installed(), ToutDire), parameters(texts))


def parameters(texts: dict[str, Any]) -> dict[str, Any]:
    """As the command line gives them: none has a name of its own (``session``)."""
    return {f"champ__{name}": text for name, text in texts.items()}


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


def test_des_groupes_de_champs_se_donnent_un_a_un_ou_en_liste():
    """A group is JSON whatever holds it: its commas are its own."""
    adopter = options_of(installed(), installed().demandes["regles.AdopterRegle"].commande)
    one, other = {"jours": 1, "mesure": "rappel"}, {"jours": 7, "mesure": "suspension", "duree_jours": 14}
    for texts in ([json.dumps(one), json.dumps(other)], [json.dumps([one, other])]):
        assert fields_from(adopter, parameters({"genre__etapes": texts})) == {"genre": {"etapes": [one, other]}}
    (etapes,) = (option for option in adopter if option.name == "--genre.etapes")
    assert example(etapes.field) == '{"jours": 1, "mesure": "rappel", "duree_jours": 0}'


def test_toute_commande_lit_l_exemple_de_ses_groupes():
    """Every field that takes groups, inside a union or not."""
    every = [option for d in installed().demandes.values() for option in options_of(installed(), d.commande)]
    grouped = [option for option in every if option.whole and option.field.plusieurs]
    assert len(grouped) > 10
    for option in grouped:
        value = json.loads(example(option.field))
        told = fields_from([option], {option.variable: [example(option.field)]})
        for step in option.path:
            told = told[step]
        assert told == [value]
    assert {"--genre.etapes", "--genre.plages", "--paliers", "--occurrences"} <= {option.name for option in grouped}


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
