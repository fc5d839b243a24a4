"""Whatever a place does about its rules while it lives, what it decided is decided again alike, and says why."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tierslieu_core.echeancier import passer
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import scan
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.ruled import says
from tierslieu_core.testing.laws.scope import Scope, founded, patient
from tierslieu_core.testing.spec import MAINTENANT, installed

ZONE = "Europe/Paris"
REGLES = ("r-1", "r-2", "r-3")
GENRES: list[dict[str, Any]] = [
    {"genre": "duree", "maximum_minutes": 60}, {"genre": "duree", "maximum_minutes": 180, "minimum_minutes": 90},
    {"genre": "quota", "maximum": 1}, {"genre": "preavis", "minimum_minutes": 1440}, {"genre": "duree_pret", "maximum_jours": 3},
    {"genre": "exigence", "faits": ["caution"]}, {"genre": "seuil", "faits": ["surface"], "maximum": 10},
    {"genre": "choix", "fait": "statut", "parmi": ["ecole"]}, {"genre": "validation", "par": "coordination"},
    {"genre": "delai", "de": "retour_prevu", "a": "demande_le", "maximum": 0},
    {"genre": "delai", "de": "demande_le", "a": "debut", "unite": "jours", "maximum": 2},
]  # fmt: skip
SINON: list[dict[str, Any]] = [
    {}, {"effet": "validation", "par": "coordination", "delai_heures": 24, "silence": "accord"},
    {"effet": "validation", "par": "coordination", "silence": "refus"}, {"effet": "caducite"},
    {"effet": "sanction", "echelle": [{"mesure": "tolerance"}, {"mesure": "suspension", "duree_jours": 5}]},
]  # fmt: skip
FAITS: list[dict[str, Any]] = [
    {"fait": "caution", "type": "oui_non", "libelle": "Caution"}, {"fait": "surface", "type": "nombre", "libelle": "Surface"},
    {"fait": "statut", "type": "mot", "libelle": "Statut", "valeurs": ["ecole", "autre"]},
    {"fait": "statut", "type": "mot", "libelle": "Qui ?", "valeurs": ["ecole", "autre", "association"]},
    {"fait": "surface", "type": "mot", "libelle": "Surface", "valeurs": ["petite"]},
]  # fmt: skip
DITS = ["caution=oui", "caution=non", "surface=9", "surface=11", "statut=ecole", "statut=autre"]


PORTEES: list[dict[str, Any]] = [
    {}, {}, {"actions": ["reserver"]}, {"actions": ["reserver", "annuler"]}, {"actions": ["preter"]},
    {"quand": [{"fait": "caution", "vaut": True}]},
]  # fmt: skip


def regle(nom: str, *commandes: str, leve: tuple[str, ...] = ()) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """A rule adopted or amended: any kind here, any consequence, or an exception; of a return, its consequence."""
    corps = st.one_of(
        st.builds(lambda p, s: {"portee": p, "sinon": s}, st.sampled_from(PORTEES), st.sampled_from(SINON)),
        st.just({"portee": {"actions": ["rendre"]}, "sinon": SINON[4]}),
        *(st.just({"leve": [n]}) for n in leve),
    )
    return st.builds(
        lambda commande, genre, corps, du: (f"regles.{commande}", {"regle": nom, "genre": genre, "motif": "m", "du": du, **corps}),
        st.sampled_from(commandes), st.sampled_from(GENRES), corps, st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip


DEPART = st.tuples(*(regle(nom, "AdopterRegle", leve=REGLES[:n]) for n, nom in enumerate(REGLES)))
CHANGEMENTS = st.one_of(
    *(regle(nom, "AmenderRegle", leve=tuple(n for n in REGLES if n != nom)) for nom in REGLES),
    st.builds(lambda r, n: ("regles.SuspendreRegle", {"regle": r, "du": n, "au": n + 1, "motif": "m"}),
              st.sampled_from(REGLES), st.sampled_from([0, 1])),
    st.builds(lambda r, n: ("regles.AbrogerRegle", {"regle": r, "du": n, "motif": "m"}),
              st.sampled_from(REGLES), st.sampled_from([0, 1])),
    st.sampled_from(FAITS).map(lambda f: ("regles.DeclarerFait", f)),
)  # fmt: skip
QUI = st.sampled_from(["personne-1", "personne-2"])
DES_FAITS = st.lists(st.sampled_from(DITS), max_size=3, unique_by=lambda dit: dit.partition("=")[0])
USAGES = st.one_of(
    st.builds(lambda p, j, h, f: ("reservations.ReserverEspace", {
        "espace": "espace-1", "personne": p, "debut": (j, 9), "fin": (j, 9 + h), "faits": f}),
        QUI, st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 5]), DES_FAITS),
    st.builds(lambda n, f: ("reservations.AnnulerReservation", {"reservation": n, "motif": "m", "faits": f}),
              st.integers(0, 2), DES_FAITS),
    st.builds(lambda n, j, f: ("prets.PreterObjet", {"objet": f"objet-{n}", "personne": f"personne-{n}", "retour": j, "faits": f}),
              st.sampled_from([1, 2]), st.sampled_from([1, 5]), DES_FAITS),
    st.builds(lambda n, f: ("prets.RendreObjet", {"objet": f"objet-{n}", "personne": f"personne-{n}", "faits": f}),
              st.sampled_from([1, 2]), DES_FAITS),
)  # fmt: skip
PAS = st.tuples(st.one_of(USAGES, USAGES, CHANGEMENTS), st.sampled_from([1, 1, 30]))
VIES = st.tuples(DEPART, st.lists(PAS, min_size=5, max_size=18)).map(
    lambda vie: [*((une, 0) for une in vie[0]), *vie[1]]
)


def dates(champs: dict[str, Any], maintenant: Any) -> dict[str, Any]:
    """The fields, their days (so many from now) and hours said in full."""
    ici = maintenant.to_tz(ZONE).date()
    return {
        k: ici.add(days=v).format_iso() if k in ("du", "au", "retour") and isinstance(v, int)
        else f"{ici.add(days=v[0])}T{v[1]:02}:00" if k in ("debut", "fin") else v
        for k, v in champs.items()
    }  # fmt: skip


def vivre(lieu: Lieu, pas: list[Any]) -> set[str]:
    """The demands one after the other, the due dates last; what the edge turns away leaves nothing. The verdicts."""
    vus: set[str] = set()
    prises: list[str] = []
    maintenant = MAINTENANT
    premiers = [(("regles.DeclarerFait", f), 0) for f in FAITS[:3]]
    for n, ((nom, champs), heures) in enumerate([*premiers, *pas]):
        maintenant = maintenant.add(hours=heures)
        if "reservation" in champs:
            champs = {**champs, "reservation": [*prises, "d-0"][min(champs["reservation"], len(prises))]}  # noqa: PLW2901 - resolved
        demande, how = dates(champs, maintenant), {"cle": f"d-{n}", "maintenant": maintenant, "survenu_le": maintenant}
        anew = Lieu(lieu.recorder, lieu.vault, SCOPE.catalogue)
        try:
            there = anew.demander(nom, demande, par="camille", essai=True, **how)
            said = lieu.demander(nom, demande, par="camille", **how)
        except DemandeInvalide:
            continue
        assert (there.verdict, there.decision.clauses) == (said.verdict, said.decision.clauses), nom
        vus |= {said.verdict, *(c.verdict for c in said.decision.clauses)}
        prises += [e.reservation for e in said.evenements if hasattr(e, "reservation")]
        if said.verdict == "refus":
            says(SCOPE, lieu, said.decision)
    lieu.horloge = lieu.handler.clock = lambda: maintenant.add(hours=200)
    passer(lieu, "camille")
    return vus


SCOPE = Scope(installed())


@patient(max_examples=max(10, settings().max_examples // 4))
@given(VIES)
def test_quoi_que_le_lieu_fasse_de_ses_regles_tout_se_rejoue_aux_deux_niveaux(pas: list[Any]):
    with founded(SCOPE) as lieu:
        vivre(lieu, pas)
        for niveau in (1, 2):
            rejeu = lieu.rejouer(niveau=niveau)
            assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        assert rejeu.decisions == sum(1 for _ in scan(lieu.recorder, [DECISION]))


RESERVER: dict[str, Any] = {"espace": "espace-1", "personne": "personne-1", "debut": (1, 9), "fin": (1, 14)}
COURT: dict[str, Any] = {"genre": GENRES[0], "motif": "m", "du": 0}


@pytest.mark.parametrize(("pas", "vus"), [
    ([("regles.AdopterRegle", {"regle": "r-1", **COURT})], {"refuse", "refus"}),
    ([("regles.AdopterRegle", {"regle": "r-1", "sinon": SINON[1], **COURT})], {"a_valider"}),
    ([("regles.AdopterRegle", {"regle": "r-1", "sinon": SINON[3], **COURT})], {"caduque", "refus"}),
    ([("regles.AdopterRegle", {"regle": "r-1", "sinon": SINON[4], **COURT})], {"sanction"}),
    ([("regles.AdopterRegle", {"regle": "r-1", **COURT}),
      ("regles.AdopterRegle", {"regle": "r-2", **COURT, "genre": GENRES[5], "leve": ["r-1"]})], {"levee", "satisfaite"}),
    ([("regles.AdopterRegle", {"regle": "r-2", **COURT, "genre": GENRES[7], "leve": ["r-1"]})], set()),
])  # fmt: skip
def test_ces_vies_atteignent_chaque_suite_d_une_regle(pas: list[Any], vus: set[str]):
    """Else the property above would say nothing of them."""
    with founded(SCOPE) as lieu:
        demande = ("reservations.ReserverEspace", {**RESERVER, "faits": ["caution=oui"]})
        assert vivre(lieu, [(one, 1) for one in (*pas, demande)]) >= vus | {"accord"}
        assert all(lieu.rejouer(niveau=niveau).fidele for niveau in (1, 2))
