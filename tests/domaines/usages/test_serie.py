"""Séries: several times at once, each judged alone."""

from __future__ import annotations

import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, VERTE, a, de, dit, regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.domaines.moyens.espaces import EspaceFerme, EspaceRetire
from tierslieu_core.domaines.usages.reservations import ReservationAcceptee
from tierslieu_core.domaines.usages.reservations.obstacle import Ecartee, Obstacle
from tierslieu_core.domaines.usages.reservations.serie import (
    Prevue,
    ReserverSerie,
    SerieEnConflit,
    SerieReservee,
    SerieTropLongue,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.identifiants import DerogationId, RegleId, ReservationId, SerieId

MARDIS = [Date(2026, 11, 24).add(days=7 * n) for n in range(4)]
CHAQUE_MARDI = "FREQ=WEEKLY;BYDAY=TU;COUNT=3"


def chaque_mardi(**autour):
    champs = {"espace": VERTE, "personne": ANA, "debut": a("14:00"), "fin": a("16:00"), "regle": CHAQUE_MARDI}
    return ReserverSerie(**{**champs, **autour})


def reservation(n, le, serie="epreuve", **autour):
    champs = {
        "reservation": ReservationId(f"{serie}~{n}"), "espace": VERTE, "personne": ANA, "participants": None,
        "periode": de("14:00", "16:00", le), "categorie": "salle", "sujet": None, "serie": SerieId(serie),
    }  # fmt: skip
    return ReservationAcceptee(**{**champs, **autour})


def serie(les, ecartees=(), regle=CHAQUE_MARDI):
    prevues = tuple(Prevue(r.reservation, r.periode) for r in les)
    return SerieReservee(
        serie=SerieId("epreuve"), espace=VERTE, personne=ANA, regle=regle, occurrences=prevues, ecartees=ecartees
    )


def de_ben(le, debut="15:00", fin="17:00"):
    return ReservationAcceptee(
        reservation=ReservationId(f"b-{le}"), espace=VERTE, personne=BEN, periode=de(debut, fin, le), categorie="salle",
        participants=None, sujet=None,
    )  # fmt: skip


def ecartee(le, **obstacle):
    return Ecartee(de("14:00", "16:00", le), (Obstacle(**obstacle),))


def pris(le):
    return ecartee(le, refus="reservations.EspaceDejaReserve", gene=de("15:00", "17:00", le))


# ── demander ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_reserve_chaque_mardi_en_une_demande():
    trois = [reservation(n, le) for n, le in enumerate(MARDIS[:3], 1)]
    given(LA_SALLE).when(chaque_mardi(), par=ANA).then(serie(trois), *trois)


def test_on_peut_donner_les_occurrences_une_a_une():
    deux = [Creneau(a("14:00", le), a("16:00", le)) for le in (MARDIS[2], MARDIS[0])]
    faits = [reservation(1, MARDIS[0], participants=4), reservation(2, MARDIS[2], participants=4)]
    demande = ReserverSerie(espace=VERTE, personne=ANA, occurrences=tuple(deux), participants=4)
    given(LA_SALLE).when(demande).then(serie(faits, regle=""), *faits)


def test_un_jour_saute_n_est_pas_reserve():
    quand = given(LA_SALLE).when(chaque_mardi(sauf=(MARDIS[1],)))
    quand.then(serie(deux := [reservation(1, MARDIS[0]), reservation(2, MARDIS[2])]), *deux)


def test_ce_qui_est_pris_est_saute_si_on_le_demande_et_la_reponse_dit_pourquoi():
    quand = given(LA_SALLE, de_ben(MARDIS[1])).when(chaque_mardi(conflits="sauter"))
    deux = [reservation(1, MARDIS[0]), reservation(3, MARDIS[2])]
    quand.then(serie(deux, (pris(MARDIS[1]),)), *deux)
    (trace,) = quand.lieu.audit("cle:epreuve")
    assert "le mardi 1er décembre 2026 de 14 h à 16 h (déjà une réservation le mardi 1er" in " ".join(trace.phrases)


def test_ou_bien_toute_la_serie_est_refusee_et_tous_les_conflits_sont_dits():
    quand = given(LA_SALLE, de_ben(MARDIS[1]), de_ben(MARDIS[2])).when(chaque_mardi())
    quand.then_refused(SerieEnConflit(espace=VERTE, ecartees=(pris(MARDIS[1]), pris(MARDIS[2]))))
    assert "8 décembre" in dit(quand)
    assert "sauter ces dates" in dit(quand)


def test_une_serie_dont_rien_n_est_libre_est_refusee():
    tous = [de_ben(le) for le in MARDIS[:3]]
    given(LA_SALLE, *tous).when(chaque_mardi(conflits="sauter")).then_refused(SerieEnConflit)


def test_demandee_deux_fois_une_serie_est_deja_ainsi():
    tous = [reservation(n, le, "deja") for n, le in enumerate(MARDIS[:3], 1)]
    given(LA_SALLE, *tous).when(chaque_mardi()).then_nothing()


def test_ce_que_la_personne_a_deja_n_est_pas_un_conflit():
    quand = given(LA_SALLE, reservation(1, MARDIS[0], "deja")).when(chaque_mardi())
    quand.then(serie(deux := [reservation(2, MARDIS[1]), reservation(3, MARDIS[2])]), *deux)


def test_deux_occurrences_d_une_serie_ne_se_chevauchent_pas():
    creneaux = (Creneau(a("14:00"), a("16:00")), Creneau(a("15:00"), a("17:00")))
    demande = ReserverSerie(espace=VERTE, personne=ANA, occurrences=creneaux, conflits="sauter")
    gene = Obstacle(refus="reservations.EspaceDejaReserve", gene=de("14:00", "16:00"))
    une = reservation(1, MARDIS[0])
    given(LA_SALLE).when(demande).then(serie([une], (Ecartee(de("15:00", "17:00"), (gene,)),), regle=""), une)


@pytest.mark.parametrize(
    ("arret", "dite"),
    [
        (EspaceFerme(espace=VERTE, du=MARDIS[1], au=MARDIS[1], motif="travaux", arrets=(
            Arret(du=MARDIS[1], au=MARDIS[1], motif="travaux"),
        )), "l'espace est en fermeture"),
        (EspaceRetire(espace=VERTE, le=MARDIS[1], motif="vendu", arrets=(
            Arret(du=MARDIS[1], au=None, motif="vendu"),
        )), "l'espace n'est plus du lieu"),
    ],
)  # fmt: skip
def test_un_jour_de_fermeture_est_dit(arret, dite):
    quand = given(LA_SALLE, arret).when(chaque_mardi())
    quand.then_refused(SerieEnConflit)
    assert f"le mardi 1er décembre 2026 de 14 h à 16 h ({dite})" in dit(quand)


def test_un_quota_compte_les_occurrences_deja_acceptees_de_la_meme_demande():
    quand = given(LA_SALLE, regle("peu", "quota", maximum=1, periode="mois")).when(chaque_mardi(conflits="sauter"))
    deux = [reservation(1, MARDIS[0]), reservation(2, MARDIS[1])]
    trop = ecartee(MARDIS[2], regle="peu", version=1, valeur="2", limite="1")
    reponse = quand.then(serie(deux, (trop,)), *deux)
    assert str(trop).endswith("(règle « peu » (version 1) : 2, limite 1)")
    assert [(c.regle, c.valeur, c.sur[:7]) for c in reponse.decision.clauses] == [
        ("peu", 1, "2026-11"), ("peu", 1, "2026-12")
    ]  # fmt: skip
    assert b'"jour":"2026-12-01"' in bytes(reponse.decision.mesures)


def test_une_derogation_leve_la_regle_d_une_occurrence():
    derogation = DerogationAccordee(
        derogation=DerogationId("d"), regle=RegleId("peu"), personne=ANA, du=MARDIS[2], au=MARDIS[2], motif="fête"
    )
    faits = [LA_SALLE, regle("peu", "quota", maximum=1, periode="mois"), derogation]
    reponse = given(*faits).when(chaque_mardi()).then_accepted()
    assert [c.verdict for c in reponse.decision.clauses] == ["satisfaite", "satisfaite", "derogee"]


def test_une_occurrence_a_faire_valider_se_demande_a_part():
    quand = given(LA_SALLE, regle("longues", "validation", des_minutes=60)).when(chaque_mardi())
    quand.then_refused(SerieEnConflit)
    assert "règle « longues »" in dit(quand)


def test_le_lieu_fixe_la_longueur_d_une_serie():
    quand = given(LA_SALLE, regle("courtes", "longueur_serie", maximum=2)).when(chaque_mardi())
    quand.then_refused(SerieTropLongue(nombre=3, limite=2))


def test_une_serie_d_un_an_de_jours_se_decide():
    reponse = given(LA_SALLE).when(chaque_mardi(regle="FREQ=DAILY;COUNT=366")).then_accepted()
    assert len(reponse.evenements) == 367


@pytest.mark.parametrize(
    ("champs", "dite"),
    [
        ({"regle": ""}, "occurrences : une au moins"),
        ({"debut": None}, "occurrences : une au moins"),
        ({"fin": a("13:00")}, "fin : doit venir après le début"),
        ({"regle": "FREQ=WEEKLY"}, "regle : elle n'a pas de fin"),
        ({"regle": "FREQ=MONTHLY;COUNT=26"}, "sur deux ans au plus"),
        ({"participants": 0}, "une personne au moins"),
        ({"occurrences": (Creneau(a("14:00"), a("13:00")),)}, "occurrences : 2026-11-24T14:00:00"),
        ({"occurrences": (Creneau(a("14:00"), a("15:00")),) * 367}, "366 au plus"),
    ],
)
def test_une_serie_mal_dite_n_est_pas_enregistree(champs, dite):
    with pytest.raises(DemandeInvalide, match=dite):
        given(LA_SALLE).when(chaque_mardi(**champs))
