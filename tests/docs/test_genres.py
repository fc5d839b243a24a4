"""The reference of rule kinds is what the code declares; each kind has its notice, whose example works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.notices import NOTICES
from tierslieu_core.domaines.cadre.regles.genres.sans_genre import SANS_GENRE
from tierslieu_core.kernel.edge import command_from
from tierslieu_core.testing.spec import installed
from tierslieu_core.vues.genres import fiche, installes, page

PAGE = Path(__file__).parents[2] / "docs" / "genres.md"


def test_la_page_des_genres_est_celle_que_dit_le_code():
    dite = page(installes(installed()))
    assert PAGE.read_text("utf-8") == dite, "refaites-la : tierslieu genres --markdown > docs/genres.md"


def test_chaque_genre_a_sa_notice():
    assert set(NOTICES) == set(GENRES), "un genre, une ligne dans NOTICES (domaines/cadre/regles/genres/notices.py)"


def test_ce_qui_n_a_pas_de_genre_renvoie_a_des_genres_qui_existent():
    lus = {"participants", "age", "debut", "fin", "retour_prevu"}
    nommes = {mot for _, comment in SANS_GENRE for mot in re.findall(r"`(\w+)`", comment)}
    assert nommes - lus <= set(GENRES)
    assert all(f"| {quoi} | {comment} |" in PAGE.read_text("utf-8") for quoi, comment in SANS_GENRE)


@pytest.mark.parametrize("nom", GENRES)
def test_l_exemple_d_un_genre_est_une_regle_qui_se_tient_et_que_sa_mesure_contredit(nom: str):
    notice, dite = NOTICES[nom], fiche(nom, GENRES[nom])
    assert type(notice.exemple) is GENRES[nom]
    assert notice.exemple.fautes() == []
    assert all(p.quoi for p in dite.parametres)
    if issubclass(GENRES[nom], Reglage):
        assert (notice.refuse, dite.refus, dite.reglage) == (None, "", True)
        return
    assert notice.refuse is not None
    assert notice.mesure
    assert notice.exemple.juge(notice.refuse.valeur) in ("refuse", "a_valider")
    assert dite.refus.endswith(".")


@pytest.mark.parametrize("nom", GENRES)
def test_ce_qui_est_ecrit_se_relit_et_donne_la_regle_de_l_exemple(nom: str):
    (regle,) = tomllib.loads(fiche(nom, GENRES[nom]).ecrite)["regles"].values()
    genre = {k: _iso(v) for k, v in regle.items()}
    champs = {"regle": "r", "genre": genre, "du": "2026-11-23", "motif": "m"}
    lue: AdopterRegle = command_from(installed(), "regles.AdopterRegle", champs)
    assert lue.genre == NOTICES[nom].exemple


def _iso(valeur: object) -> object:
    """A value of TOML as a demand writes it."""
    if isinstance(valeur, list):
        return [_iso(v) for v in valeur]
    if isinstance(valeur, dict):
        return {k: _iso(v) for k, v in valeur.items()}
    return valeur.isoformat() if hasattr(valeur, "isoformat") else valeur


def test_les_valeurs_permises_et_celles_a_defaut_se_disent_comme_on_les_ecrit():
    quota = {p.nom: p for p in fiche("quota", GENRES["quota"]).parametres}
    assert quota["maximum"].defaut is None
    assert quota["unite"].valeur == '"usages" ou "heures"'
    assert quota["unite"].defaut == '"usages"'
    assert quota["jours"].unite == "jours"
    assert {p.nom for p in fiche("horaires", GENRES["horaires"]).parametres} == {
        "plages", "plages[].jours", "plages[].de", "plages[].a",
    }  # fmt: skip
    feries = fiche("feries", GENRES["feries"]).parametres
    assert [(p.valeur, p.defaut) for p in feries] == [("true ou false", "false")]
    assert (Date(2026, 1, 1).format_iso(), Time(9).format_iso()) == ("2026-01-01", "09:00:00"), (
        "dates et heures de TOML"
    )
