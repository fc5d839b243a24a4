"""Values as a table shows them, and as JSON says them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_adapters.cli.values import cell, columns_of, plain, short
from tierslieu_core.domaines.cadre.regles import GENRES
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.personal import Efface, Personnel, Scelle
from tierslieu_core.kernel.sentences import Speaker
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import Moment, Periode

PARIS = "Europe/Paris"
DIX = Moment.depuis_texte("2026-11-23T10:00")
SCELLE, EFFACE = Scelle("p-1", "identite", 1, "k", "nom", "AAAA"), Efface("p-1", "identite")
OUVREUR = Speaker(nommer=lambda kind, one: f"{kind} {one}", ouvrir=lambda _: "Zoé")


@attrs.frozen
class Ligne:
    personne: PersonneId
    amis: tuple[PersonneId, ...] = ()
    nom: Personnel = ""
    note: str = ""
    le: Date | None = None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Date(2026, 3, 1), "01/03/2026"),
        (DIX, "23/11/2026 10 h"),
        (PlainDateTime(2026, 11, 23, 10, 30), "23/11/2026 10 h 30"),
        (Time(9, 5), "9 h 05"),
        (Periode(DIX, Moment.depuis_texte("2026-11-23T12:00"), PARIS), "23/11/2026 10 h – 12 h"),
        (Periode(DIX, Moment.depuis_texte("2026-11-24T12:00"), PARIS), "23/11/2026 10 h – 24/11/2026 12 h"),
        ("2026-11-23T09:00:00.000Z", "23/11/2026 10 h"),
        ("2026-07-23T09:00:00.000Z", "23/07/2026 11 h"),
        ((Date(2026, 3, 1), Date(2026, 3, 2)), "01/03/2026 – 02/03/2026"),
        (True, "oui"),
        (12, "12"),
        ("simple texte", "simple texte"),
    ],
)
def test_une_valeur_se_dit_brievement_a_l_heure_du_lieu(value: Any, said: str):
    assert short(PARIS, value) == said


def test_une_ligne_dit_les_noms_ouvre_ce_qui_est_personnel_et_tait_ce_qui_est_vide():
    row = Ligne(PersonneId("p-1"), (PersonneId("p-2"), PersonneId("p-3")), SCELLE)
    cells = [cell(OUVREUR, PARIS, f, getattr(row, f.nom)) for f in fields_of(Ligne)]
    assert cells == ["personne p-1", "personne p-2, personne p-3", "Zoé", "", ""]


def test_un_texte_scelle_et_un_texte_efface_ne_se_confondent_pas():
    sealed, erased = (Speaker(ouvrir=lambda _, found=found: found) for found in (SCELLE, EFFACE))
    catalogue = installed()
    nom = fields_of(Ligne)[2]
    assert (cell(sealed, PARIS, nom, SCELLE), cell(erased, PARIS, nom, SCELLE)) == ("[scellé]", "[effacé]")
    assert plain(catalogue, sealed, SCELLE) == {"etat": "scelle"}
    assert plain(catalogue, erased, SCELLE) == plain(catalogue, sealed, EFFACE) == {"etat": "efface"}
    assert plain(catalogue, OUVREUR, {"nom": SCELLE}) == {"nom": "Zoé"}


def test_le_json_a_des_dates_iso_et_le_genre_des_valeurs_qui_en_ont_un():
    value = {
        "le": Date(2026, 3, 1),
        "a": DIX,
        "quand": Instant.from_utc(2026, 1, 1),
        "regle": GENRES["duree_pret"](maximum_jours=3),
    }
    assert plain(installed(), Speaker(), value) == {
        "le": "2026-03-01", "a": "2026-11-23T10:00:00", "quand": "2026-01-01T00:00:00Z",
        "regle": {"genre": "duree_pret", "maximum_jours": 3},
    }  # fmt: skip


def test_les_faits_qu_un_registre_garde_pour_lui_ne_sont_pas_des_colonnes():
    for registre in installed().registres.values():
        for field in columns_of(registre.ligne):
            assert not hasattr(field.element, "__fiche__"), (registre.nom, field.nom)


@attrs.frozen
class Place:
    qui: PersonneId
    role: str = champ("rôle", default="")
    jusqu_au: Date | None = None


@attrs.frozen
class Tablee:
    places: tuple[Place, ...]


def test_un_groupe_de_champs_se_dit_avec_ses_noms_et_sans_ce_qui_est_vide():
    (field,) = columns_of(Tablee)
    value = (Place(PersonneId("ana")), Place(PersonneId("bo"), jusqu_au=Date(2026, 11, 24)))
    assert cell(OUVREUR, PARIS, field, value) == "qui : personne ana, qui : personne bo, jusqu'au : 24/11/2026"
