"""Sanctions : un écart que la règle laisse passer a une suite, par l'échelle ; une personne prononce, lève."""

from __future__ import annotations

from typing import Any

import pytest
from tests.domaines.cadre.test_recours import Quai as QuaiDesRecours
from tests.domaines.quai import VERTE
from whenever import Date, Instant

from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.identifiants import RegleId

HEURE = {"genre": "duree", "maximum_minutes": 60}
TROIS = ({"mesure": "tolerance"}, {"mesure": "avertissement"}, {"mesure": "suspension", "duree_jours": 14})


class Quai(QuaiDesRecours):
    def sanction(self, *echelle: dict[str, Any], periode: str = "annee", nom: str = "heure", **genre: Any) -> None:
        sinon = {"effet": "sanction", "echelle": list(echelle), "periode": periode}
        self.regle(nom, genre or HEURE, sinon=sinon)

    def le(self, quand: str) -> None:
        """``quand``: in UTC; the place is in Paris."""
        self.quand = Instant.parse_iso(quand)

    def ecart(self, qui: str = "ana", heure: int = 10, cle: str | None = None, **autres: Any) -> Reponse:
        """Two hours, where the rule wants one at most."""
        self.heure = getattr(self, "heure", heure) + 1
        jour = self.jour().add(days=self.heure)
        moment = {"debut": f"{jour}T10:00", "fin": f"{jour}T12:00"}
        reponse = self.faire(
            "reservations.ReserverEspace", cle=cle, **{"espace": VERTE, "personne": qui, **moment, **autres}
        )
        assert reponse.acceptee
        return reponse

    def mesures(self, qui: str = "ana") -> list[str]:
        return [r.mesure for r in self.lieu.registre("sanctions") if r.personne == qui]

    def prononcer(self, mesure: str, **autres: Any) -> Reponse:
        champs = {"personne": "ana", "mesure": mesure, "motif": "bruit", **autres}
        return self.faire("sanctions.PrononcerSanction", **champs)

    def lever(self, sanction: str, **autres: Any) -> Reponse:
        return self.faire(
            "sanctions.LeverSanction", **{"sanction": sanction, "personne": "ana", "motif": "m", **autres}
        )

    def derniere(self) -> Any:
        return self.lieu.registre("sanctions")[-1]


@pytest.fixture
def quai() -> Quai:
    return Quai()


# ── l'échelle ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_troisieme_ecart_suspend_apres_une_tolerance_et_un_avertissement(quai: Quai):
    quai.sanction(*TROIS)
    for n in range(3):
        assert quai.membre(), n
        reponse = quai.ecart()
        assert [type(e).__name__ for e in reponse.evenements] == ["ReservationAcceptee", "EcartConstate"]
    assert quai.mesures() == ["tolerance", "avertissement", "suspension"]
    assert not quai.membre()
    ligne = quai.derniere()
    assert (ligne.rang, ligne.du, ligne.au, ligne.etat) == (3, Date(2026, 11, 23), Date(2026, 12, 6), "prise")
    quai.passer(14)
    assert quai.membre()
    quai.ecart()
    assert quai.mesures()[-1] == "suspension"
    for niveau in (1, 2):
        assert quai.lieu.rejouer(niveau=niveau).fidele


def test_la_regle_respectee_ne_constate_aucun_ecart(quai: Quai):
    quai.sanction(*TROIS, genre="duree", maximum_minutes=120)
    assert len(quai.ecart().evenements) == 1
    assert quai.mesures() == []


def test_une_demande_repetee_n_a_qu_une_suite(quai: Quai):
    quai.sanction(*TROIS)
    jour = quai.jour().add(days=3)
    moment = {"espace": VERTE, "personne": "ana", "debut": f"{jour}T10:00", "fin": f"{jour}T12:00"}
    for _ in range(2):
        quai.faire("reservations.ReserverEspace", cle="deux-fois", **moment)
    assert quai.mesures() == ["tolerance"]
    ecart = "deux-fois/2"
    encore = quai.faire("sanctions.Sanctionner", personne="ana", ecart=ecart, motif="m")
    assert encore.verdict == "sans_objet"


def test_une_serie_est_un_seul_ecart_par_regle(quai: Quai):
    quai.sanction(*TROIS)
    quai.sanction({"mesure": "rappel"}, nom="horizon", genre="horizon", maximum_jours=1)
    occurrences = [{"debut": f"2026-11-2{n}T10:00", "fin": f"2026-11-2{n}T12:00"} for n in (5, 6)]
    quai.faire("reservations.ReserverSerie", espace=VERTE, personne="ana", occurrences=occurrences)
    assert sorted(quai.mesures()) == ["rappel", "tolerance"]


@pytest.mark.parametrize(("periode", "avant", "apres", "mesure"), [
    ("annee", "2026-12-31T22:30:00Z", "2026-12-31T23:30:00Z", "tolerance"),
    ("annee", "2026-12-31T21:30:00Z", "2026-12-31T22:30:00Z", "avertissement"),
    ("mois", "2026-11-30T22:30:00Z", "2026-11-30T23:30:00Z", "tolerance"),
    ("mois", "2026-11-30T21:30:00Z", "2026-11-30T22:30:00Z", "avertissement"),
    ("mois", "2026-11-30T22:30:00Z", "2027-11-15T12:00:00Z", "tolerance"),
    ("toujours", "2026-11-30T22:30:00Z", "2027-11-30T23:30:00Z", "avertissement"),
])  # fmt: skip
def test_les_ecarts_se_comptent_jusqu_a_minuit_heure_du_lieu(quai: Quai, periode, avant, apres, mesure):
    quai.sanction(*TROIS, periode=periode)
    quai.le(avant)
    quai.ecart()
    quai.le(apres)
    quai.ecart()
    assert quai.mesures() == ["tolerance", mesure]
    quai.fidele()


def test_chaque_personne_et_chaque_regle_ont_leur_compte(quai: Quai):
    quai.sanction(*TROIS)
    quai.ecart()
    quai.ecart("ben")
    assert (quai.mesures(), quai.mesures("ben")) == (["tolerance"], ["tolerance"])
    quai.sanction({"mesure": "rappel"}, nom="lointain", genre="horizon", maximum_jours=1)
    quai.ecart()
    rangs = [(r.mesure, r.rang) for r in quai.lieu.registre("sanctions") if r.personne == "ana"]
    assert sorted(rangs) == [("avertissement", 2), ("rappel", 1), ("tolerance", 1)]


def test_deux_fiches_reunies_ont_un_seul_compte(quai: Quai):
    quai.sanction(*TROIS)
    quai.ecart("ben")
    quai.faire("identites.ReunirDoublon", doublon="ben", personne="ana")
    quai.ecart()
    assert quai.mesures() == ["avertissement"]


def test_un_fait_corrige_ne_compte_plus(quai: Quai):
    quai.sanction(*TROIS)
    quai.ecart(cle="faux")
    quai.faire("reservations.CorrigerReservation", reservation="faux", motif="saisie")
    quai.ecart()
    assert quai.mesures() == ["tolerance", "tolerance"]
    non = quai.faire("sanctions.Sanctionner", personne="ben", ecart="faux/2", motif="m")
    assert "Aucun écart de Ben qui compte" in non.explication[0]
    quai.fidele()


def test_une_suspension_prolonge_celle_qui_court(quai: Quai):
    quai.sanction({"mesure": "suspension", "duree_jours": 7})
    quai.suspendre()
    quai.ecart()
    assert (quai.derniere().du, quai.derniere().au) == (Date(2026, 11, 23), Date(2026, 12, 20))
    quai.passer(40)
    quai.ecart()
    assert (quai.derniere().du, quai.derniere().au) == (Date(2027, 1, 2), Date(2027, 1, 8))


def test_l_exclusion_ouvre_l_audition(quai: Quai):
    quai.sanction({"mesure": "exclusion"})
    quai.regle("audition", {"genre": "delai_audition", "jours": 10})
    quai.ecart()
    assert quai.derniere().du == Date(2026, 12, 3)
    quai.passer(2)
    quai.ecart()
    assert quai.derniere().du == Date(2026, 12, 3)
    quai.passer(8)
    assert quai.faire("adhesions.ConstaterAudition", personne="ana", presence=True).acceptee
    assert quai.membre()
    quai.fidele()


# ── ce qu'une personne prononce ─────────────────────────────────────────────────────────────────────────────────────


def test_le_mot_du_lieu_est_a_prononcer(quai: Quai):
    quai.sanction({"mesure": "retrait_de_cle", "details": ["part=totale"]})
    quai.ecart()
    ligne = quai.derniere()
    assert (ligne.etat, ligne.precisions) == ("à prononcer", ("part=totale",))
    phrases = [chose.phrase for chose in quai.lieu.a_faire()]
    assert [p for p in phrases if "retrait_de_cle" in p] == [
        "Ana : retrait_de_cle, écart n° 1 à la règle « heure » (sanctions.PrononcerSanction)"
    ]
    for _ in range(2):
        quai.prononcer("retrait_de_cle", sanction=ligne.sanction)
    (prise,) = quai.lieu.registre("sanctions")
    assert (prise.etat, prise.rang, prise.regle) == ("prise", 1, RegleId("heure"))
    assert not [c for c in quai.lieu.a_faire() if "retrait" in c.phrase]
    autre = quai.prononcer("rappel", sanction=ligne.sanction)
    assert "n'attend plus d'être prononcée : elle l'est (retrait_de_cle)" in autre.explication[0]
    quai.fidele()


def test_une_duree_qui_depend_du_cas_ne_se_devine_pas(quai: Quai):
    quai.sanction({"mesure": "suspension", "formules": ["duree_jours=jours_de_retard * 2"]})
    quai.ecart()
    ligne = quai.derniere()
    assert (ligne.etat, ligne.precisions) == ("à prononcer", ("duree_jours=jours_de_retard * 2",))
    assert quai.membre()
    dates = {"du": "2026-11-23", "au": "2026-11-30"}
    assert quai.prononcer("suspension", sanction=ligne.sanction, **dates).acceptee
    assert not quai.membre()


FORMULE = ("duree_jours=jours_de_retard * 2",)


@pytest.mark.parametrize(("retard", "mesure"), [("4", Date(2026, 11, 30)), ("0", None), (None, None), ("-3", None)])
def test_une_formule_se_calcule_sur_ce_qui_fut_dit_et_se_garde(quai: Quai, retard, mesure):
    pytest.importorskip("cel_expr_python")
    champs = {"fait": "jours_de_retard", "type": "nombre", "libelle": "Jours de retard"}
    assert quai.faire("regles.DeclarerFait", **champs).acceptee
    quai.sanction({"mesure": "suspension", "formules": list(FORMULE)})
    autres = {} if retard is None else {"faits": [f"jours_de_retard={retard}"]}
    quai.ecart(**autres)
    ligne = quai.derniere()
    assert (ligne.au, ligne.etat) == (mesure, "prise" if mesure else "à prononcer")
    quai.fidele()


def test_qui_n_a_pas_d_adhesion_n_est_suspendu_que_par_une_personne(quai: Quai):
    quai.sanction({"mesure": "suspension", "duree_jours": 7})
    quai.ecart("ben")
    assert quai.derniere().etat == "à prononcer"
    non = quai.prononcer("suspension", personne="ben", du="2026-11-23", au="2026-11-30")
    assert non.verdict == "refus"
    assert "n'a pas d'adhésion" in non.explication[0]
    assert quai.prononcer("rappel", personne="ben", sanction=quai.derniere().sanction).acceptee


def test_la_meme_sanction_ne_se_prononce_pas_deux_fois_le_meme_jour(quai: Quai):
    quai.prononcer("rappel", cle="r")
    assert quai.prononcer("rappel").verdict == "sans_objet"
    quai.lever("r")
    assert quai.prononcer("rappel").verdict == "accord"
    quai.passer(1)
    assert quai.prononcer("rappel").verdict == "accord"
    for verdict in ("accord", "sans_objet"):
        assert quai.prononcer("exclusion").verdict == verdict
    quai.fidele()


def test_une_sanction_d_un_autre_ne_se_cite_pas(quai: Quai):
    quai.prononcer("rappel", cle="r")
    for non in (quai.prononcer("rappel", personne="ben", sanction="r"), quai.lever("r", personne="ben")):
        assert "« r » n'est pas une sanction de Ben." in non.explication[0]


@pytest.mark.parametrize(("champs", "faute"), [
    ({"mesure": "Il crie !"}, "mesure"), ({"mesure": "suspension"}, "du"),
    ({"mesure": "rappel", "au": "2026-11-30"}, "du"),
    ({"mesure": "rappel", "du": "2026-11-30", "au": "2026-12-01"}, "du"),
    ({"mesure": "suspension", "du": "2026-11-30", "au": "2026-11-23"}, "au"),
])  # fmt: skip
def test_une_sanction_mal_dite_n_est_pas_enregistree(quai: Quai, champs, faute):
    with pytest.raises(DemandeInvalide, match=f"{faute} : "):
        quai.prononcer(**champs)


def test_lever_rend_l_adhesion_et_l_ecart_compte_encore(quai: Quai):
    quai.sanction({"mesure": "suspension", "duree_jours": 7}, {"mesure": "exclusion"})
    quai.ecart()
    laquelle = quai.derniere().sanction
    assert not quai.membre()
    assert quai.lever(laquelle).acceptee
    assert quai.lever(laquelle).verdict == "sans_objet"
    assert quai.membre()
    assert quai.derniere().etat == "levée"
    assert "elle l'est (suspension), ou elle est levée" in quai.prononcer("rappel", sanction=laquelle).explication[0]
    quai.ecart()
    assert quai.mesures() == ["suspension", "exclusion"]
    assert quai.lever(quai.derniere().sanction).suites[0].verdict == "accord"
    quai.fidele()


def test_lever_ne_touche_pas_a_une_autre_suspension(quai: Quai):
    quai.prononcer("suspension", cle="s", du="2026-11-23", au="2026-11-25")
    quai.suspendre("autre")
    assert quai.lever("s").suites[0].verdict == "sans_objet"
    assert not quai.membre()


def test_une_suspension_prononcee_n_en_abrege_pas_une_autre(quai: Quai):
    quai.prononcer("suspension", cle="s", du="2026-11-23", au="2026-12-23")
    for du, au in (("2026-12-25", "2026-12-26"), ("2026-11-24", "2026-12-24"), ("2026-11-23", "2026-12-22")):
        non = quai.prononcer("suspension", du=du, au=au)
        said = " ".join(non.explication)
        assert "L'adhésion d'Ana est déjà suspendue du lundi 23 novembre 2026 au mercredi 23 décembre 2026" in said
        assert "prononcez-la du lundi 23 novembre 2026 jusqu'à plus tard que le mercredi 23 décembre 2026" in said
        assert not quai.membre()
    quai.passer(2)
    assert quai.prononcer("suspension", du="2026-11-25", au="2026-12-26").acceptee
    quai.passer(40)
    assert quai.prononcer("suspension", du="2027-01-10", au="2027-01-12").verdict == "accord"
    quai.fidele()


def test_apres_un_depart_rien_n_est_a_reprendre(quai: Quai):
    quai.prononcer("suspension", cle="s", du="2026-11-23", au="2026-11-30")
    quai.faire("adhesions.EnregistrerDepart", personne="ana", le="2026-11-24")
    levee = quai.lever("s")
    assert (levee.verdict, levee.suites[0].verdict) == ("accord", "refus")


def test_une_suspension_finie_ne_se_leve_plus(quai: Quai):
    quai.prononcer("suspension", cle="s", du="2026-11-23", au="2026-11-25")
    quai.passer(5)
    assert quai.lever("s").suites[0].verdict == "sans_objet"


def test_une_mesure_qui_attend_se_leve_aussi(quai: Quai):
    quai.sanction({"mesure": "retrait_de_cle"})
    quai.ecart()
    assert quai.lever(quai.derniere().sanction, compte=False).acceptee
    assert quai.derniere().etat == "levée"
    quai.ecart()
    assert [r.rang for r in quai.lieu.registre("sanctions")] == [1, 1]


def test_rien_de_personnel_n_est_en_clair(quai: Quai):
    quai.prononcer("rappel", motif="a crié sur Zoé")
    assert quai.derniere().motif == "a crié sur Zoé"
    assert all("sur Zoé" not in bytes(e.event.data).decode() for e in quai.lieu.recorder.read())


# ── recours ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("par_l_echelle", [True, False])
def test_un_recours_suspend_puis_annule_une_sanction(quai: Quai, par_l_echelle):
    quai.recours(suspensif=True)
    quai.sanction({"mesure": "suspension", "duree_jours": 7}, {"mesure": "rappel"})
    if par_l_echelle:
        cle = quai.ecart().suites[0].cle
    else:
        cle = quai.prononcer("suspension", du="2026-11-23", au="2026-11-30", cle="s").cle
    assert not quai.membre()
    forme = quai.former(cle)
    assert forme.acceptee
    assert quai.membre()
    assert quai.trancher(forme, "annuler", "annuler").acceptee
    assert quai.membre()
    assert quai.derniere().etat == "levée"
    quai.ecart()
    assert quai.mesures() == ["suspension", "suspension"]
    quai.fidele()


def test_l_ecart_d_une_sanction_maintenue_compte(quai: Quai):
    quai.recours(suspensif=True)
    quai.sanction(*TROIS[1:])
    forme = quai.former(quai.ecart().suites[0].cle)
    quai.trancher(forme, "maintenir", "garder")
    quai.ecart()
    assert quai.mesures() == ["avertissement", "suspension"]


def test_le_registre_d_avant_ignore_la_levee(quai: Quai):
    quai.prononcer("rappel", cle="r")
    quai.passer(1)
    quai.lever("r")
    assert quai.lieu.registre("sanctions", au="2026-11-22") == []
    assert quai.lieu.registre("sanctions", au="2026-11-23")[0].etat == "prise"
    quai.passer(1)
    quai.prononcer("rappel", cle="tard")
    champs = {"sanction": "tard", "personne": "ana", "motif": "m"}
    quai.lieu.demander(
        "sanctions.LeverSanction",
        champs,
        par="camille",
        survenu_le=quai.quand.subtract(hours=24),
        maintenant=quai.quand,
    )
    assert [r.sanction for r in quai.lieu.registre("sanctions", au="2026-11-24")] == ["r"]


# ── simuler ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cascade", [False, True])
def test_sous_une_regle_plus_douce_les_suites_du_passe_tombent(quai: Quai, cascade):
    quai.sanction(*TROIS)
    quai.ecart(cle="un")
    quai.ecart(cle="deux")
    champs = {"regle": "heure", "genre": {**HEURE, "maximum_minutes": 240}, "du": "2026-11-23", "motif": "m"}
    douce = quai.lieu.commande("regles.AdopterRegle", champs)
    rapport = quai.lieu.simuler([douce], "2026-11-23", cascade=cascade)
    devient = {d.cle: d.devient for d in rapport.differences}
    suites = {"un.2.sanction.0": "sans_suite", "deux.2.sanction.0": "sans_suite"} if cascade else {}
    assert devient == {"un": "autrement", "deux": "autrement", **suites}
