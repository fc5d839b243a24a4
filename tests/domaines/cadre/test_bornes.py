"""Every kind that judges, just under its limit, at it, and just over: on the very measure that the journal keeps."""

# ruff: noqa: E501 - a row of the table is one line: the rule, then each measure with its verdict

from __future__ import annotations

import re
from typing import Any

import pytest
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.domaines.cadre.regles.genres.administration import ContratEnCours, ConventionSignee
from tierslieu_core.domaines.cadre.regles.genres.cadence import Intervalle, JoursConsecutifs, Pratique, SansRetard
from tierslieu_core.domaines.cadre.regles.genres.calendrier import Feries, VacancesScolaires
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.conditions import Choix, Exigence, Seuil
from tierslieu_core.domaines.cadre.regles.genres.delais import Delai
from tierslieu_core.domaines.cadre.regles.genres.dossier import (
    AttestationValable,
    DocumentValide,
    DroitDuPalier,
    Majorite,
    ReglementAccepte,
)
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour, Habilitation, Public
from tierslieu_core.domaines.cadre.regles.genres.fenetres import Fenetre, HorizonFin, OuvertureDesDemandes
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture, Horaires, Plage
from tierslieu_core.domaines.cadre.regles.genres.plages import PlageHoraire, Tranche
from tierslieu_core.domaines.cadre.regles.genres.presence import Absences, PreavisAnnulation, PreavisModification
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.quantites import Capacite, DureePret, Renouvellements, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.saisons import QuotaDeSaison
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon, Preavis

OUI, NON, VOIR, A_VALIDER = "satisfaite", "refuse", "indeterminee", "a_valider"
NOEL, AN = Date(2026, 12, 25), Date(2027, 1, 1)
OUVERT = Horaires(plages=(Plage(jours=(5,), de=Time(9), a=Time(18)),))
MARS = "2026-03-12"
RETRAIT = PlageHoraire(tranches=(Tranche(jours=(4,), rangs=(2, 4), de=Time(13), a=Time(13, 45)),))


def le(jour: str, de: str, a: str) -> str:
    """Hours as they are measured."""
    return f"{jour}T{de}:00/{jour}T{a}:00"


BORNES: list[tuple[Any, list[tuple[Any, str]]]] = [
    (Duree(maximum_minutes=120, minimum_minutes=30), [(29, NON), (30, OUI), (31, OUI), (119, OUI), (120, OUI), (121, NON), (None, VOIR)]),
    (Preavis(minimum_minutes=60), [(59, NON), (60, OUI), (61, OUI), (None, VOIR)]),
    (Horizon(maximum_jours=30), [(29, OUI), (30, OUI), (31, NON), (None, VOIR)]),
    (HorizonFin(maximum_jours=30), [(29, OUI), (30, OUI), (31, NON), (None, VOIR)]),
    (Fenetre(du=NOEL, au=AN), [("2026-12-24/2026-12-25", NON), ("2026-12-25/2027-01-01", OUI), ("2027-01-01/2027-01-02", NON), (None, VOIR)]),
    (Fenetre(du=NOEL, de="demande"), [("2026-12-24/2026-12-24", NON), ("2026-12-25/2026-12-25", OUI), (None, VOIR)]),
    (OuvertureDesDemandes(jours=1, heure=Time(18)), [("2026-12-24T17:59:59/2026-12-25", NON), ("2026-12-24T18:00:00/2026-12-25", OUI), ("2026-12-24T18:00:01/2026-12-25", OUI), (None, VOIR)]),
    (JoursConsecutifs(maximum=2), [(1, OUI), (2, OUI), (3, NON), (None, VOIR)]),
    (JoursConsecutifs(maximum=2, ensemble=True), [(2, OUI), (3, NON), (None, VOIR)]),
    (Intervalle(minimum_minutes=1440), [(0, NON), (1439, NON), (1440, OUI), (1441, OUI), ("", OUI), (None, VOIR)]),
    (Pratique(jours=180, minimum=2), [(0, NON), (1, NON), (2, OUI), (3, OUI), (None, VOIR)]),
    (SansRetard(maximum=1, grace_jours=2), [(0, OUI), (1, OUI), (2, NON), (None, VOIR)]),
    (OUVERT, [(le("2026-11-27", "09:00", "18:00"), OUI), (le("2026-11-27", "08:59", "18:00"), NON), (le("2026-11-27", "09:00", "18:01"), NON), (le("2026-11-26", "10:00", "11:00"), NON), (None, VOIR)]),
    (Fermeture(du=NOEL, au=AN), [(le("2026-12-24", "23:00", "23:59"), OUI), (le("2026-12-25", "00:00", "00:01"), NON), (le("2027-01-01", "23:00", "23:59"), NON), (le("2027-01-02", "00:00", "00:01"), OUI), (None, VOIR)]),
    (Feries(), [("", OUI), ("2026-12-25 Noël", NON), (None, VOIR)]),
    (VacancesScolaires(quand="jamais"), [("0/2", OUI), ("1/2", NON), ("2/2", NON), (None, VOIR)]),
    (VacancesScolaires(quand="seulement"), [("0/2", NON), ("1/2", NON), ("2/2", OUI), (None, VOIR)]),
    (Quota(maximum=3), [(2, OUI), (3, OUI), (4, NON), (None, VOIR)]),
    (Quota(maximum=3, unite="heures"), [(179, OUI), (180, OUI), (181, NON), (None, VOIR)]),
    (QuotaDeSaison(maximum=3), [(2, OUI), (3, OUI), (4, NON), (None, VOIR)]),
    (QuotaDeSaison(maximum=3, unite="heures", mois=(1, 7)), [(179, OUI), (180, OUI), (181, NON), (None, VOIR)]),
    (Simultanes(maximum=2), [(1, OUI), (2, OUI), (3, NON), (None, VOIR)]),
    (Capacite(maximum=12), [(11, OUI), (12, OUI), (13, NON), (None, VOIR)]),
    (DureePret(maximum_jours=7), [(6, OUI), (7, OUI), (8, NON), (None, VOIR)]),
    (Renouvellements(maximum=2), [(1, OUI), (2, OUI), (3, NON), (None, VOIR)]),
    (AdhesionAJour(), [(True, OUI), (False, NON), (None, VOIR)]),
    (Public(admis=("a", "b")), [("b", OUI), ("c,a", OUI), ("c", NON), ("", NON), (None, VOIR)]),
    (Habilitation(requise="laser"), [(True, OUI), (False, NON), (None, VOIR)]),
    (AttestationValable(nature="x"), [(True, OUI), (False, NON), (None, VOIR)]),
    (DocumentValide(document="assurance"), [(True, OUI), (False, NON), (None, VOIR)]),
    (ContratEnCours(nature="assurance"), [(True, OUI), (False, NON), (None, VOIR)]),
    (ConventionSignee(nature="occupation"), [(True, OUI), (False, NON), (None, VOIR)]),
    (ReglementAccepte(depuis=NOEL), [("2026-12-24", NON), ("2026-12-25", OUI), ("2026-12-26", OUI), ("", NON), (None, VOIR)]),
    (Majorite(), [("majeur", OUI), ("accompagne", OUI), ("seul", NON), ("mineur", VOIR)]),
    (Majorite(mineurs="exclus"), [("majeur", OUI), ("accompagne", NON), ("seul", NON), ("mineur", NON)]),
    (DroitDuPalier(), [(True, OUI), (False, NON), (None, VOIR)]),
    (Exigence(faits=("x", "y", "z")), [("oui,oui,oui", OUI), ("oui,oui,non", NON), ("oui,oui,?", VOIR)]),
    (Exigence(faits=("x", "y", "z"), au_moins=2), [("oui,oui,oui", OUI), ("oui,non,oui", OUI), ("oui,non,non", NON), ("oui,?,non", VOIR)]),
    (Choix(fait="f", parmi=("a", "b"), sauf=("c",)), [("a", OUI), ("a+b", OUI), ("a+d", NON), ("c", NON), (None, VOIR)]),
    (Seuil(faits=("n",), minimum=2, maximum=4), [(1, NON), (2, OUI), (3, OUI), (4, OUI), (5, NON), (None, VOIR)]),
    (Delai(de="x", a="y", minimum=2, maximum=4), [(f"{MARS}/2026-03-{j}", v) for j, v in ((13, NON), (14, OUI), (16, OUI), (17, NON))] + [(None, VOIR)]),
    (Delai(de="x", a="y", unite="mois", minimum=1), [(f"{MARS}/2026-04-11", NON), (f"{MARS}/2026-04-12", OUI), (f"{MARS}/2026-04-13", OUI)]),
    (Delai(de="x", a="y", unite="jours_ouvres", maximum=3), [(f"{MARS}/2026-03-16/2", OUI), (f"{MARS}/2026-03-17/3", OUI), (f"{MARS}/2026-03-18/4", NON)]),
    (Delai(de="x", a="y", unite="heures", minimum=24), [(f"{MARS}T10:00:00+01:00/2026-03-13T{h}+01:00", v) for h, v in (("09:59:59", NON), ("10:00:00", OUI), ("10:00:01", OUI))]),
    (RETRAIT, [(f"2026-11-12T{h}+01:00", v) for h, v in (("12:59:59", NON), ("13:00:00", OUI), ("13:45:00", OUI), ("13:45:01", NON))] + [("2026-11-19T13:00:00+01:00", NON), (None, VOIR)]),
    (PlageHoraire(faits=("debut", "fin"), pas_minutes=60), [("2026-11-12T13:00:00+01:00/2026-11-12T15:00:00+01:00", OUI), ("2026-11-12T13:00:00+01:00/2026-11-12T15:01:00+01:00", NON)]),
    (Validation(des_minutes=120), [(119, OUI), (120, A_VALIDER), (121, A_VALIDER)]),
    (PreavisAnnulation(minimum_minutes=60), [(59, NON), (60, OUI), (61, OUI), (None, VOIR)]),
    (PreavisModification(minimum_minutes=60), [(59, NON), (60, OUI), (61, OUI), (None, VOIR)]),
    (Absences(maximum=1, jours=30), [(0, OUI), (1, OUI), (2, NON), (None, VOIR)]),
]  # fmt: skip
SUR = {"quota": "2026-11-23/2026-11-29"}
CAS = [(genre, valeur, verdict) for genre, cas in BORNES for valeur, verdict in cas]
MAL_DIT = re.compile(r"None|True|False|\{|\}|  |\.\.|; \.| ,|\b[01] (?!mois)\w+s\b|_|\bde de\b|\d{4}-\d\d-\d\d")
"""What French is not written with: raw values, holes, plurals of one, names of fields, ISO dates."""
PEUT_ETRE_TU = (Capacite, Feries, VacancesScolaires, Choix, Seuil, Delai, PlageHoraire)
"""The kinds whose measure may be unknown; the others do not concern a demand that has none."""
CONTRAIRES = [(g, v) for g, v, verdict in CAS if verdict != OUI and (v is not None or isinstance(g, PEUT_ETRE_TU))]


@pytest.mark.parametrize(("genre", "valeur", "verdict"), CAS)
def test_un_genre_juge_juste_sous_sa_limite_a_sa_limite_et_juste_au_dela(genre: Any, valeur: Any, verdict: str):
    assert genre.juge(valeur) == verdict


def test_chaque_genre_qui_juge_est_dans_la_table_et_y_passe_comme_il_y_bute():
    vus = {(genre.NOM, verdict == OUI) for genre, _, verdict in CAS if verdict != VOIR}
    jugent = {nom for nom, genre in GENRES.items() if not issubclass(genre, Reglage)}
    assert vus == {(nom, passe) for nom in jugent for passe in (True, False)}


@pytest.mark.parametrize(("genre", "valeur"), CONTRAIRES)
def test_ce_qui_ne_passe_pas_se_lit_a_voix_haute(genre: Any, valeur: Any):
    dit = genre.refus(valeur, SUR.get(genre.NOM, ""))
    assert dit.endswith(".")
    assert genre.phrase().split(",")[0] in dit, "la règle elle-même est dite"
    assert MAL_DIT.search(dit) is None, dit
