"""Le livre: rules judge, dérogations lift, every clause is judged again alike, and says itself."""

from __future__ import annotations

import attrs
import msgspec
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from whenever import Date, Time

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import (
    AccorderDerogation,
    AdopterRegle,
    AmenderRegle,
    DerogationAccordee,
    Portee,
    RegleAdoptee,
)
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour, Public
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture, Horaires, Plage
from tierslieu_core.domaines.cadre.regles.genres.quantites import Capacite, DureePret, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert, OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import DerogationId, EspaceId, PersonneId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

ANA, BEN, VERTE = PersonneId("ana"), PersonneId("ben"), EspaceId("verte")
LUNDI, MARDI, DECEMBRE = Date(2026, 11, 23), Date(2026, 11, 24), Date(2026, 12, 1)
OUVERT = EspaceOuvert(espace=VERTE, nom="Salle verte", categorie="salle", capacite=20, description="")


def regle(genre, nom="r", version=1, portee=None, du=LUNDI, leve=()):
    return RegleAdoptee(
        regle=RegleId(nom), version=version, texte=genre.phrase(), motif="AG", decision="", genre=genre,
        portee=portee or Portee(), du=du, leve=leve,
    )  # fmt: skip


def reserver(jour=MARDI, heures=2, qui=ANA, **autres):
    debut = jour.at(Time(14))
    fin = jour.at(Time(14 + heures))
    return ReserverEspace(espace=VERTE, personne=qui, debut=Moment(debut), fin=Moment(fin), **autres)


def derogation(nom="r", du=MARDI, au=MARDI, qui=ANA):
    return DerogationAccordee(
        derogation=DerogationId("d"), regle=RegleId(nom), personne=qui, du=du, au=au, motif="fête"
    )


COURTE = regle(Duree(maximum_minutes=60))


def dit(reponse):
    return " ".join(reponse.explication)


# ── juger ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_refus_cite_la_regle_sa_version_la_mesure_la_limite_et_l_issue():
    said = dit(given(OUVERT, COURTE).when(reserver()).then_refused(clause="r"))
    assert "Une règle du lieu s'y oppose" in said
    assert (
        "Règle « r » (version 1, en vigueur depuis le lundi 23 novembre 2026) : la demande dure 2 h ; 1 h au plus"
        in said
    )
    assert "Choisissez une durée dans ces limites" in said
    assert "Une dérogation motivée peut être accordée" in said


def test_un_accord_garde_chaque_clause_qui_a_valu():
    reponse = given(OUVERT, COURTE, regle(Horizon(maximum_jours=60), "h")).when(reserver(heures=1)).then_accepted()
    assert reponse.decision.clauses == (
        Clause("h", 1, 1, 60, "satisfaite"), Clause("r", 1, 60, 60, "satisfaite"),
    )  # fmt: skip


def test_la_version_qui_juge_est_celle_du_jour_de_la_demande():
    faits = (OUVERT, COURTE, regle(Duree(maximum_minutes=240), version=2, du=MARDI))
    given(*faits).when(reserver(DECEMBRE)).then_refused(clause="r")
    demain = MAINTENANT.add(hours=24)
    reponse = given(*faits).when(reserver(DECEMBRE), maintenant=demain).then_accepted()
    assert [c.version for c in reponse.decision.clauses] == [2]


def test_ce_qui_ne_peut_se_mesurer_attend_une_personne():
    said = dit(given(OUVERT, regle(Capacite(maximum=12))).when(reserver()).then_to_validate())
    assert "à juger par une personne : 12 personnes au plus ; le nombre de participants n'est pas dit" in said


def test_la_regle_d_une_personne_remplace_celle_de_tous():
    large = regle(Duree(maximum_minutes=240), "ana", portee=Portee(personnes=(ANA,)))
    given(OUVERT, COURTE, large).when(reserver()).then_accepted()
    given(OUVERT, COURTE, large).when(reserver(qui=BEN)).then_refused(clause="r")


def test_un_quota_sur_un_espace_ne_compte_pas_ce_qui_se_passe_ailleurs():
    p = Periode(Moment(MARDI.at(Time(14))), Moment(MARDI.at(Time(16))), "Europe/Paris")
    uses = tuple(Usage(p, (f"espace:{e}",)) for e in ("verte", "bleue", "bleue"))
    m = Mesures(action="reserver", personne=ANA, lieux=("espace:verte",), jour=MARDI, periode=p, usages=uses)
    book = livre_de(regle(Quota(maximum=2), portee=Portee(espaces=(VERTE,))))
    assert book.juge("", m, Jour(LUNDI)) == (Clause("r", 1, 2, 2, "satisfaite", "2026-11-23/2026-11-29"),)


# ── déroger ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_derogation_leve_la_regle_et_se_cite():
    reponse = given(OUVERT, COURTE, derogation()).when(reserver()).then_accepted()
    assert reponse.decision.clauses == (Clause("r", 1, 120, 60, "derogee", derogation="d"),)
    assert "1 h au plus par réservation. Levée par la dérogation d." in dit(reponse)


@pytest.mark.parametrize("autre", [
    derogation(du=LUNDI, au=LUNDI), derogation(du=MARDI.next_day(), au=DECEMBRE), derogation("autre"),
    derogation(qui=BEN),
])  # fmt: skip
def test_une_derogation_ne_vaut_que_pour_sa_regle_sa_personne_et_ses_jours(autre):
    given(OUVERT, COURTE, autre).when(reserver()).then_refused(clause="r")


@pytest.mark.parametrize("jour", [Date(2026, 11, 30), DECEMBRE, Date(2027, 1, 4)])
def test_une_derogation_vaut_dans_chaque_mois_qu_elle_touche(jour):
    given(OUVERT, COURTE, derogation(au=Date(2027, 1, 4))).when(reserver(jour)).then_accepted()


def test_une_derogation_leve_aussi_ce_qui_attendait_une_personne():
    given(OUVERT, regle(Capacite(maximum=12)), derogation()).when(reserver()).then_accepted()


def test_une_derogation_ne_leve_que_la_clause_qui_bloque():
    regles = (COURTE, regle(Horizon(maximum_jours=0), "h"))
    reponse = given(OUVERT, *regles, derogation("r")).when(reserver()).then_refused(clause="h")
    assert [(c.regle, c.verdict) for c in reponse.decision.clauses] == [("h", "refuse"), ("r", "derogee")]
    held = given(OUVERT, COURTE, derogation("r")).when(reserver(heures=1)).then_accepted()
    assert [c.verdict for c in held.decision.clauses] == ["satisfaite"]


def test_une_exception_n_ecarte_pas_la_regle_qui_mesure_la_meme_chose():
    jour_meme = regle(Horizon(maximum_jours=0), "h")
    breve = regle(Duree(maximum_minutes=240), "x", leve=(RegleId("h"),))
    reponse = given(OUVERT, COURTE, jour_meme, breve).when(reserver()).then_refused(clause="r")
    verdicts = {c.regle: c.verdict for c in reponse.decision.clauses}
    assert verdicts == {"h": "levee", "r": "refuse", "x": "satisfaite"}


# ── juger à nouveau, dire ───────────────────────────────────────────────────────────────────────────────────────────

GENRES = [
    Duree(maximum_minutes=60, minimum_minutes=30), Horizon(maximum_jours=9), Fermeture(du=MARDI, au=MARDI),
    Horaires(plages=(Plage(jours=(2, 3), de=Time(9), a=Time(12)),)), Quota(maximum=1),
    Quota(maximum=2, unite="heures", periode="glissante", jours=3), Simultanes(maximum=1), Capacite(maximum=9),
    AdhesionAJour(), Public(admis=("plein",)), DureePret(maximum_jours=7),
]  # fmt: skip
heures = st.builds(
    lambda h, long: Periode(
        Moment(MARDI.at(Time(h))), Moment(MARDI.add(days=long // 24).at(Time((h + long) % 24))), "Europe/Paris"
    ),
    st.integers(0, 11), st.integers(1, 12),
)  # fmt: skip
mesures = st.builds(
    Mesures, action=st.just("reserver"), personne=st.just(ANA), lieux=st.just(("espace:verte",)), jour=st.just(MARDI),
    periode=heures, participants=st.none() | st.integers(1, 20), horizon_jours=st.integers(0, 20),
    adhesion=st.none() | st.sampled_from([LUNDI, MARDI]), publics=st.sampled_from([(), ("plein",)]),
    usages=st.lists(st.builds(Usage, heures, st.just(("espace:verte",)), st.booleans()), max_size=3).map(tuple),
)  # fmt: skip


def livre_de(*faits: object):
    lieu = memory_place()
    record(lieu, [*FONDATION, *faits])
    return lieu.livre


TOUTES = livre_de(*(regle(genre, f"r{n}") for n, genre in enumerate(GENRES)))


@attrs.frozen
class Jour:
    aujourdhui: Date


@drawn(mesures, st.booleans())
def test_chaque_clause_se_juge_a_nouveau_de_meme_et_se_dit(m, levee):
    clauses = TOUTES.juge("reservations.ReserverEspace", m, Jour(LUNDI))
    assert len(clauses) == len(GENRES) - 1  # all but the length of loans
    if levee:
        held = tuple(derogation(f"r{n}") for n in range(len(GENRES)))
        clauses = TOUTES.deroge(clauses, (held,), m, Jour(LUNDI))
        assert {c.verdict for c in clauses} <= {"satisfaite", "derogee"}
    for clause in clauses:
        assert TOUTES.rejuge(clause) == clause
        assert TOUTES.phrase(clause).startswith(f"Règle « {clause.regle} » (version 1, ")


@pytest.mark.parametrize(("faux", "attendu"), [
    ({"valeur": 59}, {"verdict": "satisfaite"}), ({"limite": 500}, {"limite": 60}),
    ({"verdict": "satisfaite"}, {"verdict": "refuse"}), ({"derogation": "d"}, {"verdict": "derogee"}),
    ({"valeur": "x"}, {"verdict": "indeterminee"}),
])  # fmt: skip
def test_une_clause_falsifiee_se_voit(faux, attendu):
    vraie = Clause("r", 1, 120, 60, "refuse")
    book = livre_de(COURTE)
    assert book.rejuge(vraie) == vraie
    fausse = msgspec.structs.replace(vraie, **faux)
    again = book.rejuge(fausse)
    assert again != fausse
    assert all(getattr(again, champ) == valeur for champ, valeur in attendu.items())


@pytest.mark.parametrize("clause", [Clause("r", 2, 120, 60, "refuse"), Clause("x", 1, 120, 60, "refuse"),
                                    Clause("x", 1, None, None, "indeterminee")])  # fmt: skip
def test_une_clause_d_une_regle_qui_n_existe_pas_se_voit_et_se_dit(clause):
    book = livre_de(COURTE)
    assert book.rejuge(clause) != clause
    assert "cette version n'est pas dans le journal" in book.phrase(clause)
    assert [v.regle for v in book.reglement.en_vigueur(LUNDI)] == ["r"]


def test_une_clause_respectee_le_dit_aussi():
    assert (
        livre_de(COURTE)
        .phrase(Clause("r", 1, 60, 60, "satisfaite"))
        .endswith("1 h au plus par réservation. Respectée.")
    )


# ── ce que les règles doivent lire ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("faits", "action", "jours"), [
    ((), "", (LUNDI, MARDI)),
    ((COURTE,), "", (LUNDI, MARDI)),
    ((regle(Quota(maximum=1)),), "", (LUNDI, Date(2026, 11, 29))),
    ((regle(Quota(maximum=1, periode="annee")),), "", (Date(2026, 1, 1), Date(2026, 12, 31))),
    ((regle(Simultanes(maximum=1)),), "", (Date(2026, 9, 23), Date(2028, 11, 23))),
    ((regle(Simultanes(maximum=1), portee=Portee(actions=("preter",))),), "reserver", (LUNDI, MARDI)),
    ((regle(Quota(maximum=1), portee=Portee(actions=("reserver",))),), "reserver", (LUNDI, Date(2026, 11, 29))),
    ((regle(Quota(maximum=1), portee=Portee(actions=("preter",))),), "", (LUNDI, Date(2026, 11, 29))),
    ((regle(Quota(maximum=1), du=DECEMBRE),), "", (LUNDI, MARDI)),
])  # fmt: skip
def test_une_decision_lit_autant_de_jours_que_ses_regles_en_comptent(faits, action, jours):
    assert livre_de(*faits).mois_a_lire(LUNDI, MARDI, LUNDI, action) == jours


# ── tout un mois, rejoué ────────────────────────────────────────────────────────────────────────────────────────────


def test_un_lieu_qui_change_ses_regles_se_rejoue_sans_ecart_aux_deux_niveaux():
    lieu = memory_place()
    lieu.executer(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"), par=CAMILLE)
    genre, plus = Duree(maximum_minutes=60), Duree(maximum_minutes=180)
    r = RegleId("r")
    verdicts = [
        lieu.executer(asked, par=CAMILLE).verdict
        for asked in (
            InscrirePersonne(personne=ANA, nom="Ana"),
            OuvrirEspace(espace=VERTE, nom="Salle verte", categorie="salle"),
            AdopterRegle(regle=r, genre=genre, du=LUNDI, motif="AG"),
            reserver(),
            AccorderDerogation(regle=r, personne=ANA, du=MARDI, au=MARDI, motif="fête"),
            reserver(),
            AmenderRegle(regle=r, genre=plus, du=LUNDI, motif="AG"),
            reserver(DECEMBRE),
        )
    ]
    assert verdicts == ["accord", "accord", "accord", "refus", "accord", "accord", "accord", "accord"]
    assert lieu.rejouer(niveau=1).fidele
    assert lieu.rejouer(niveau=2).fidele


def test_le_reglement_du_lieu_peut_changer_n_importe_quelle_decision():
    decision = given(OUVERT).when(reserver()).reponse.decision
    assert memory_place().livre.touche(decision)
