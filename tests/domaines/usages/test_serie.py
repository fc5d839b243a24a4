"""Séries: several times at once, each judged alone."""

from __future__ import annotations

import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, VERTE, a, de, dit, ligne, regle
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.domaines.moyens.espaces import EspaceFerme, EspaceRetire
from tierslieu_core.domaines.usages.reservations import (
    Emprise,
    PasLaSienne,
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationEnAttente,
)
from tierslieu_core.domaines.usages.reservations.annulation_serie import AnnulerSerie
from tierslieu_core.domaines.usages.reservations.changement_serie import ModifierSerie, SerieSansSuite
from tierslieu_core.domaines.usages.reservations.demande_serie import ReserverSerie, SerieTropLongue
from tierslieu_core.domaines.usages.reservations.obstacle import Ecartee, Obstacle
from tierslieu_core.domaines.usages.reservations.reservation import ReservationPrecisee
from tierslieu_core.domaines.usages.reservations.serie import Prevue, SerieEnConflit, SerieReservee
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
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
    (faite, *autres) = quand.then_accepted().evenements
    assert [r.reservation for r in autres] == ["epreuve~2", "epreuve~3"]
    said = quand.lieu.speaker().phrase(faite)
    assert said.endswith("(déjà réservée par cette personne)"), "ce que l'on ne réserve pas, on le dit"
    assert "24 novembre 2026" in said


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


def test_une_occurrence_a_faire_valider_est_tenue_en_attendant_et_les_autres_sont_acquises():
    le_1er = Portee(du=MARDIS[1], au=MARDIS[1])
    quand = given(LA_SALLE, regle("longues", "validation", le_1er, des_minutes=60)).when(chaque_mardi())
    ensemble, *tenues = quand.then_to_validate().evenements
    assert len(ensemble.occurrences) == 3
    assert [type(f).__name__ for f in tenues] == ["ReservationAcceptee", "ReservationEnAttente", "ReservationAcceptee"]
    assert (tenues[1].aupres_de, tenues[1].serie) == (("coordination",), SerieId("epreuve"))


def test_une_raison_qui_vaut_pour_toutes_les_occurrences_se_dit_une_fois():
    quand = given(LA_SALLE, regle("longues", "validation")).when(chaque_mardi())
    assert len(quand.then_to_validate().explication) == 1


def test_une_priorite_de_serie_prend_la_place_de_qui_en_a_moins():
    prioritaire = regle("formations", "priorite", Portee(categories=("formation",)), rang=2, delai_jours=0)
    quand = given(LA_SALLE, prioritaire, de_ben(MARDIS[1])).when(chaque_mardi(usage="formation"))
    assert [type(f).__name__ for f in quand.then_accepted().evenements] == [
        "SerieReservee", "ReservationAcceptee", "ReservationRevue", "ReservationAcceptee", "ReservationAcceptee"
    ]  # fmt: skip


def test_le_motif_exige_l_est_aussi_d_une_serie():
    quand = given(LA_SALLE, regle("dire", "motif_exige")).when(chaque_mardi())
    quand.then_refused(SerieEnConflit)
    assert "la demande ne dit pas tout" in dit(quand)


def test_le_lieu_fixe_la_longueur_d_une_serie():
    quand = given(LA_SALLE, regle("courtes", "longueur_serie", maximum=2)).when(chaque_mardi())
    quand.then_refused(SerieTropLongue(nombre=3, limite=2))


# ── changer ou annuler ce qui reste ─────────────────────────────────────────────────────────────────────────────────

SERIE = SerieId("s")
QUATRE = [reservation(n, le, "s", sujet="chorale", participants=8) for n, le in enumerate(MARDIS, 1)]
EN_SERIE = (
    LA_SALLE,
    SerieReservee(
        serie=SERIE, espace=VERTE, personne=ANA, regle=CHAQUE_MARDI,
        occurrences=tuple(Prevue(r.reservation, r.periode) for r in QUATRE), ecartees=(),
    ),
    *QUATRE,
)  # fmt: skip


def modifier(**champs):
    return ModifierSerie(serie=SERIE, personne=ANA, **champs)


def annuler(**champs):
    return AnnulerSerie(serie=SERIE, personne=ANA, motif="grippe", **champs)


def deplacee(n, periode):
    r = QUATRE[n]
    return ReservationDeplacee(
        reservation=r.reservation, espace=VERTE, personne=ANA, periode=periode, categorie="salle", participants=8,
        sujet="chorale", serie=SERIE, quitte=(Emprise(espace=VERTE, periode=r.periode),),
    )  # fmt: skip


def changes(reponse):
    """The series' own fact, then hours of each booking that changed, in order."""
    ensemble, *faits = reponse.evenements
    return ensemble, [(f.reservation[-1], str(f.periode.debut), str(f.periode.fin)) for f in faits]


def test_toute_la_serie_change_d_heure_et_ne_perd_rien():
    quand = given(*EN_SERIE).when(modifier(debut=Time(17)), par=ANA)
    ensemble, *faits = quand.then_accepted().evenements
    assert faits[0].sujet is not None
    attendu = [(str(n + 1), a("17:00", le), a("19:00", le)) for n, le in enumerate(MARDIS)]
    assert [(f.reservation[-1], f.periode.debut, f.periode.fin) for f in faits] == attendu
    assert {(f.participants, f.serie, f.categorie) for f in faits} == {(8, SERIE, "salle")}
    assert [p.periode for p in ensemble.occurrences] == [f.periode for f in faits]
    assert quand.lieu.vault.open(faits[-1].sujet) == "chorale"


def test_la_suite_de_la_serie_change_de_jour_et_le_debut_reste():
    quand = given(*EN_SERIE).when(modifier(depuis=MARDIS[2], jour=3, debut=Time(9), fin=Time(12)))
    ensemble, faits = changes(quand.then_accepted())
    mercredis = [le.next_day().format_iso() for le in MARDIS[2:]]
    assert faits == [(n, f"{le}T09:00:00", f"{le}T12:00:00") for n, le in zip("34", mercredis, strict=True)]
    assert [p.periode.debut for p in ensemble.occurrences[:2]] == [a("14:00", le) for le in MARDIS[:2]]


def test_une_serie_peut_passer_a_la_nuit():
    _, faits = changes(given(*EN_SERIE).when(modifier(debut=Time(22), fin=Time(2))).then_accepted())
    assert faits[0] == ("1", "2026-11-24T22:00:00", "2026-11-25T02:00:00")


def test_ce_qui_a_commence_ne_change_plus():
    _, faits = changes(
        given(*EN_SERIE)
        .when(modifier(debut=Time(17)), maintenant=a("14:30", MARDIS[1]).dans("Europe/Paris").to_instant())
        .then_accepted()
    )
    assert [n for n, *_ in faits] == ["3", "4"]


def test_ce_qui_a_ete_deplace_ou_annule_a_part_est_laisse_et_dit():
    ailleurs, annulee = deplacee(1, de("09:00", "10:00", MARDIS[1])), ReservationAnnulee(
        reservation=QUATRE[2].reservation, espace=VERTE, personne=ANA, periode=QUATRE[2].periode, participants=8,
        motif="x", serie=SERIE,
    )  # fmt: skip
    ensemble, faits = changes(given(*EN_SERIE, ailleurs, annulee).when(modifier(debut=Time(17))).then_accepted())
    assert [n for n, *_ in faits] == ["1", "4"]
    assert ensemble.a_part == (QUATRE[1].reservation,)


def test_ce_qui_ne_peut_pas_bouger_reste_ou_il_est_si_on_le_demande():
    quand = given(*EN_SERIE, de_ben(MARDIS[1], "17:00", "18:00")).when(modifier(debut=Time(17), conflits="sauter"))
    ensemble, faits = changes(quand.then_accepted())
    assert [n for n, *_ in faits] == ["1", "3", "4"]
    assert [e.periode for e in ensemble.ecartees] == [QUATRE[1].periode]
    assert ensemble.occurrences[1].periode == QUATRE[1].periode


def test_ou_bien_rien_ne_bouge():
    quand = given(*EN_SERIE, de_ben(MARDIS[1], "17:00", "18:00")).when(modifier(debut=Time(17)))
    quand.then_refused(SerieEnConflit)
    assert "déjà une réservation" in dit(quand)


def test_une_occurrence_qui_reste_peut_en_empecher_une_autre():
    """Both would be on Tuesday at 14 h: the second cannot, and where it stays the first cannot be either."""
    deux = [
        reservation(1, LUNDI, "s"),
        reservation(2, MARDIS[0], "s", periode=de("15:00", "17:00")),
    ]
    prevues = tuple(Prevue(r.reservation, r.periode) for r in deux)
    serie = SerieReservee(serie=SERIE, espace=VERTE, personne=ANA, regle="", occurrences=prevues, ecartees=())
    demande = modifier(jour=2, debut=Time(14), fin=Time(16), conflits="sauter")
    quand = given(LA_SALLE, serie, *deux).when(demande)
    pris_par = [
        Obstacle(refus="reservations.EspaceDejaReserve", gene=de(*h)) for h in (("14:00", "16:00"), ("15:00", "17:00"))
    ]
    ecartees = tuple(Ecartee(r.periode, (o,)) for r, o in zip(reversed(deux), pris_par, strict=True))
    quand.then_refused(SerieEnConflit(espace=VERTE, ecartees=ecartees))


def test_les_participants_et_l_objet_changent_sans_que_rien_ne_bouge():
    quand = given(*EN_SERIE).when(modifier(depuis=MARDIS[3], participants=12, sujet="concert"))
    _, fait = quand.then_accepted().evenements
    assert (type(fait), fait.participants, fait.periode) == (ReservationPrecisee, 12, QUATRE[3].periode)
    assert quand.lieu.vault.open(fait.sujet) == "concert"


def test_les_memes_heures_sont_deja_ainsi():
    given(*EN_SERIE).when(modifier(jour=2, debut=Time(14), fin=Time(16), participants=8)).then_nothing()


def test_la_serie_a_faire_valider_garde_ses_heures_en_attendant():
    quand = given(*EN_SERIE, regle("longues", "validation")).when(modifier(debut=Time(17), depuis=MARDIS[3]))
    _, fait = quand.then_to_validate().evenements
    assert (type(fait), fait.garde) == (ReservationEnAttente, Emprise(espace=VERTE, periode=QUATRE[3].periode))


@pytest.mark.parametrize("champs", [{"depuis": Date(2027, 6, 1)}, {"depuis": MARDIS[3].add(days=1)}])
def test_sans_occurrence_a_venir_rien_ne_change(champs):
    given(*EN_SERIE).when(modifier(debut=Time(17), **champs)).then_refused(SerieSansSuite(espace=VERTE))


@pytest.mark.parametrize("demande", [ModifierSerie, AnnulerSerie])
def test_la_serie_est_bien_celle_de_la_personne(demande):
    motif = {"motif": "x"} if demande is AnnulerSerie else {}
    given(*EN_SERIE).when(demande(serie=SERIE, personne=BEN, **motif)).then_refused(PasLaSienne(personne=ANA))


def test_la_suite_d_une_serie_s_annule():
    quand = given(*EN_SERIE).when(annuler(depuis=MARDIS[2]), par=ANA)
    ensemble, *faits = quand.then_accepted().evenements
    assert [f.reservation for f in faits] == [r.reservation for r in QUATRE[2:]]
    assert [p.reservation for p in ensemble.occurrences] == [r.reservation for r in QUATRE[:2]]
    rang = ligne(quand, "series", au=MARDIS[1])
    assert (rang.occurrences, rang.derniere, rang.etat) == (2, a("14:00", MARDIS[1]), "en cours")


def test_une_serie_entiere_s_annule_une_fois():
    quand = given(*EN_SERIE).when(annuler())
    quand.then_accepted()
    assert ligne(quand, "series").etat == "annulée"
    assert quand.lieu.executer(annuler(), par=CAMILLE).verdict == "sans_objet"


def test_le_preavis_d_annulation_vaut_pour_chaque_occurrence():
    regle_ = regle("tot", "preavis_annulation", minimum_minutes=3 * 1440)
    given(*EN_SERIE, regle_).when(annuler()).then_refused(clause="tot")
    given(*EN_SERIE, regle_).when(annuler(depuis=MARDIS[1])).then_accepted()


@pytest.mark.parametrize(
    ("le", "etat"), [(Date(2026, 11, 23), "à venir"), (MARDIS[3], "en cours"), (MARDIS[3].next_day(), "terminée")]
)
def test_le_registre_des_series_dit_ou_elle_en_est(le, etat):
    quand = given(LA_SALLE).when(chaque_mardi(regle="FREQ=WEEKLY;COUNT=4"))
    rang = ligne(quand, "series", au=le)
    assert (rang.etat, rang.occurrences, rang.premiere) == (etat, 4, a("14:00"))


def test_le_registre_garde_ce_qui_fut_ecarte():
    quand = given(LA_SALLE, de_ben(MARDIS[1])).when(chaque_mardi(conflits="sauter"))
    quand.lieu.executer(ModifierSerie(serie=SerieId("epreuve"), personne=ANA, participants=3), par=ANA)
    assert ligne(quand, "series").ecartees == (pris(MARDIS[1]),)


@pytest.mark.parametrize(
    ("champs", "dite"), [({"jour": 8}, "n'est pas un jour"), ({"participants": 0}, "une personne")]
)
def test_un_changement_mal_dit_n_est_pas_enregistre(champs, dite):
    with pytest.raises(DemandeInvalide, match=dite):
        given(*EN_SERIE).when(modifier(**champs))


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
