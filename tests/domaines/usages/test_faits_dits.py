"""Ce que le lieu demande est dit avec la demande, gardé par ce qui est décidé, et jugé chaque fois qu'on y revient."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BLEUE, LA_PERCEUSE, LA_SALLE, MARDI, PERCEUSE, VERTE, a, de, dit, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import AdopterRegle, Condition, FaitDeclare, Marche, Portee, Sinon
from tierslieu_core.domaines.cadre.regles.genres.conditions import Exigence, Seuil
from tierslieu_core.domaines.cadre.regles.genres.materiel import KitComplet
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert
from tierslieu_core.domaines.moyens.materiel import ModeleCree, ModeleRecense
from tierslieu_core.domaines.usages.prets import (
    AnnulerReservationModele,
    ModeleReserve,
    ObjetPrete,
    PreterObjet,
    PreterQuantite,
    RendreObjet,
    RendreQuantite,
    RenouvelerPret,
    ReserverModele,
)
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AnnulerSerie,
    AttendreCreneau,
    ConfirmerOption,
    DeplacerReservation,
    ModifierSerie,
    OptionPosee,
    PoserOption,
    Precisions,
    ReservationAcceptee,
    ReserverEspace,
    ReserverSerie,
)
from tierslieu_core.domaines.usages.reservations.attente import AttenteDemandee
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.faits import FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    PretId,
    RegleId,
    ReservationId,
    ReservationModeleId,
    SerieId,
)

CARTE = FaitDeclare(fait="carte", type="oui_non", libelle="Carte présentée", valeurs=(), unite="")
STATUT = FaitDeclare(fait="statut", type="mot", libelle="Qui demande ?", valeurs=("association", "ecole"), unite="")
OUI, NON = (FaitDit("carte", "oui"),), (FaitDit("carte", "non"),)
IL_FAUT_LA_CARTE = regle("carte", "exigence", faits=("carte",))
LA_BLEUE = EspaceOuvert(espace=BLEUE, nom="Salle bleue", categorie="salle", capacite=12, description="")
LIEU = (CARTE, STATUT, IL_FAUT_LA_CARTE, LA_SALLE, LA_BLEUE, LA_PERCEUSE)
R1 = ReservationId("r-1")
LE_P10 = ModeleCree(modele=ModeleId("p10"), nom="P10", categorie="outil", description="")
RECENSE = ModeleRecense(modele=ModeleId("p10"), objets=(PERCEUSE,))


def reserver(**autres):
    return ReserverEspace(**{"espace": VERTE, "personne": ANA, "debut": a("14:00"), "fin": a("16:00")} | autres)


def reservee(nature=ReservationAcceptee, faits=(), **autres):
    return nature(
        **{
            "reservation": R1, "espace": VERTE, "personne": ANA, "periode": de("14:00", "16:00"), "categorie": "salle",
            "participants": None, "sujet": None, "precisions": Precisions(faits=faits), **autres,
        }
    )  # fmt: skip


def optee(faits=()):
    return reservee(OptionPosee, faits, jusqu_au=a("12:00"))


# ── dire avec la demande ────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_est_redit_remplace_ce_qui_etait_dit():
    assert joints((*OUI, FaitDit("age", "3")), NON) == (*NON, FaitDit("age", "3"))


@pytest.mark.parametrize(("dits", "verdict"), [(OUI, "accord"), (NON, "refus"), ((), "a_valider")])
def test_une_regle_juge_ce_que_la_demande_dit(dits, verdict):
    quand = given(*LIEU).when(reserver(faits=dits))
    assert quand.reponse.verdict == verdict
    for fait in quand.reponse.evenements:
        assert fait.precisions.faits == dits


def test_ce_qui_n_est_pas_dit_va_a_une_personne_et_la_reponse_dit_comment_le_dire():
    assert dit(given(*LIEU).when(reserver())).endswith("comme : --faits carte=oui")
    deux = regle("deux", "exigence", faits=("carte", "mineur"))
    said = dit(given(CARTE, deux, LA_SALLE).when(reserver(faits=OUI)))
    assert "n'est pas dit : mineur" in said
    assert "--faits" not in said
    choix = regle("statut", "choix", fait="statut", parmi=("association", "ecole"))
    assert dit(given(STATUT, choix, LA_SALLE).when(reserver())).endswith("--faits statut=association")


@pytest.mark.parametrize(("genre", "valeurs", "exemple"), [
    ("nombre", (), "x=1"), ("date", (), "x=2026-11-23"), ("instant", (), "x=2026-11-23T14:00"),
    ("mots", ("a", "b", "c"), "x=a+b"),
])  # fmt: skip
def test_l_exemple_est_du_genre_du_fait(genre, valeurs, exemple):
    fait = FaitDeclare(fait="x", type=genre, libelle="X", valeurs=valeurs, unite="")
    le = regle("x", "seuil", faits=("x",), minimum=1)
    assert dit(given(fait, le, LA_SALLE).when(reserver())).endswith(f"--faits {exemple}")


def test_un_fait_que_le_lieu_ne_demande_pas_n_est_pas_enregistre():
    with pytest.raises(DemandeInvalide, match="n'est pas un fait que ce lieu demande"):
        given(LA_SALLE).when(reserver(faits=OUI))


def test_un_reglage_vaut_pour_ce_que_dit_la_demande():
    quand = Portee(quand=(Condition(fait="carte", vaut=True),))
    battement = attrs.evolve(regle("b", "battement", quand, apres_minutes=30))
    for dits, minutes in ((OUI, 30), (NON, 0)):
        (fait,) = given(CARTE, battement, LA_SALLE).when(reserver(faits=dits)).then_accepted().evenements
        assert fait.precisions.apres_minutes == minutes


@pytest.mark.parametrize("commande", [
    ReserverSerie(espace=VERTE, personne=ANA, occurrences=(Creneau(a("14:00"), a("16:00")),), faits=OUI),
    ReserverModele(modele=ModeleId("p10"), personne=ANA, du=MARDI, au=MARDI, faits=OUI),
    PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI, faits=OUI),
    PreterQuantite(modele=ModeleId("cable"), personne=ANA, quantite=1, retour=MARDI, faits=OUI),
])  # fmt: skip
def test_toute_demande_d_usage_dit_ce_que_le_lieu_demande(commande):
    avant = (
        *LIEU, LE_P10, RECENSE,
        ModeleCree(modele=ModeleId("cable"), nom="Câble", categorie="outil", description="", quantite=3),
    )  # fmt: skip
    assert given(*avant).when(commande).reponse.verdict == "accord"
    assert given(*avant).when(attrs.evolve(commande, faits=NON)).reponse.verdict == "refus"


# ── ce qui fut dit vaut encore ──────────────────────────────────────────────────────────────────────────────────────


def test_une_option_va_par_ce_qui_fut_dit_puis_par_ce_qui_est_dit():
    option = regle("option", "duree_option", heures=24)
    (posee,) = (
        given(*LIEU, option)
        .when(PoserOption(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("16:00"), faits=OUI))
        .reponse.evenements
    )
    assert posee.precisions.faits == OUI
    (confirmee,) = given(*LIEU, optee(OUI)).when(ConfirmerOption(reservation=R1)).then_accepted().evenements
    assert confirmee.precisions.faits == OUI
    given(*LIEU, optee(OUI)).when(ConfirmerOption(reservation=R1, faits=NON)).then_refused(clause="carte")
    quand = given(*LIEU, optee()).when(ConfirmerOption(reservation=R1, faits=(FaitDit("statut", "ecole"),)))
    assert quand.reponse.verdict == "a_valider"
    assert quand.reponse.evenements[0].precisions.faits == (FaitDit("statut", "ecole"),)


def test_une_reservation_deplacee_va_par_ce_qui_fut_dit():
    plus_tard = DeplacerReservation(reservation=R1, debut=a("15:00"), fin=a("17:00"))
    (deplacee,) = given(*LIEU, reservee(faits=OUI)).when(plus_tard).then_accepted().evenements
    assert deplacee.precisions.faits == OUI
    given(*LIEU, reservee(faits=OUI)).when(attrs.evolve(plus_tard, faits=NON)).then_refused(clause="carte")


def test_dire_autre_chose_des_memes_heures_precise_la_reservation():
    ici = DeplacerReservation(reservation=R1, debut=a("14:00"), fin=a("16:00"))
    given(*LIEU, reservee(faits=OUI)).when(ici).then_nothing()
    given(*LIEU, reservee(faits=OUI)).when(attrs.evolve(ici, faits=OUI)).then_nothing()
    (fait,) = given(CARTE, LA_SALLE, reservee()).when(attrs.evolve(ici, faits=OUI)).then_accepted().evenements
    assert type(fait).__name__ == "ReservationPrecisee"
    assert fait.precisions.faits == OUI


def test_qui_attend_est_servi_par_ce_qui_fut_dit():
    prise = reservee(faits=OUI, reservation=ReservationId("r-2"))
    attendre = AttendreCreneau(espace=VERTE, personne=ANA, debut=a("14:30"), fin=a("16:00"), faits=OUI)
    (attente,) = given(*LIEU, prise).when(attendre).then_accepted().evenements
    assert isinstance(attente, AttenteDemandee)
    assert attente.faits == OUI
    partie = given(*LIEU, prise, attente).when(AnnulerReservation(reservation=ReservationId("r-2"), motif="x"))
    (suite,) = partie.reponse.suites
    assert suite.verdict == "accord"
    assert suite.evenements[1].precisions.faits == OUI


def test_chaque_occurrence_garde_ce_que_dit_la_serie_et_ce_qui_en_est_redit():
    serie = ReserverSerie(espace=VERTE, personne=ANA, occurrences=(Creneau(a("14:00"), a("16:00")),), faits=OUI)
    quand = given(*LIEU).when(serie)
    ensemble, une = quand.reponse.evenements
    assert une.precisions.faits == OUI
    redite = ModifierSerie(serie=SerieId(ensemble.serie), personne=ANA, faits=(FaitDit("statut", "ecole"),))
    reponse = quand.lieu.executer(redite, par="camille")
    assert reponse.evenements[1].precisions.faits == (*OUI, FaitDit("statut", "ecole"))
    refus = quand.lieu.executer(attrs.evolve(redite, faits=NON), par="camille")
    assert refus.verdict == "refus"


def test_un_objet_remis_va_par_ce_qui_fut_dit_a_la_reservation():
    reserve = ModeleReserve(
        reservation=ReservationModeleId("rm"), modele=ModeleId("p10"), personne=ANA, du=Date(2026, 11, 23), au=MARDI,
        quantite=1, restent=1, faits=OUI,
    )  # fmt: skip
    preter = PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI, reservation=ReservationModeleId("rm"))
    _, honoree = given(*LIEU, LE_P10, RECENSE, reserve).when(preter).then_accepted().evenements
    assert honoree.faits == OUI
    given(*LIEU, LE_P10, RECENSE, reserve).when(attrs.evolve(preter, faits=NON)).then_refused(clause="carte")


# ── renoncer, rendre : ce qui s'ensuit, jamais un obstacle au retour ────────────────────────────────────────────────

AVERTIR = Sinon(effet="sanction", echelle=(Marche(mesure="avertissement"),))


def suite(action, **parametres):
    genre = parametres.pop("genre", "exigence")
    return attrs.evolve(regle("suite", genre, Portee(actions=(action,)), **parametres), sinon=AVERTIR)


@pytest.mark.parametrize(("commande", "avant"), [
    (AnnulerReservation(reservation=R1, motif="x"), (reservee(faits=NON),)),
    (AnnulerReservationModele(reservation=ReservationModeleId("rm"), motif="x"), (
        ModeleReserve(
            reservation=ReservationModeleId("rm"), modele=ModeleId("p10"), personne=ANA, du=MARDI, au=MARDI, quantite=1,
            restent=1, faits=NON,
        ),
    )),
])  # fmt: skip
def test_renoncer_peut_avoir_une_suite_et_se_dit_aussi(commande, avant):
    for dits, verdict in (((), "sanction"), (OUI, "satisfaite")):
        reponse = (
            given(CARTE, suite("annuler", faits=("carte",)), LA_SALLE, *avant)
            .when(attrs.evolve(commande, faits=dits))
            .then_accepted()
        )
        assert [c.verdict for c in reponse.decision.clauses] == [verdict]


def test_annuler_une_serie_se_dit_aussi():
    serie = ReserverSerie(espace=VERTE, personne=ANA, occurrences=(Creneau(a("14:00"), a("16:00")),))
    quand = given(CARTE, suite("annuler", faits=("carte",)), LA_SALLE).when(serie)
    fin = AnnulerSerie(serie=quand.reponse.evenements[0].serie, personne=ANA, motif="x", faits=NON)
    assert [c.verdict for c in quand.lieu.executer(fin, par="camille").decision.clauses] == ["sanction"]


PRETEE = ObjetPrete(
    objet=PERCEUSE, personne=ANA, depuis=Date(2026, 11, 20), retour=Date(2026, 11, 22), categorie="outil", constat="bon"
)
A_L_HEURE = suite("rendre", genre="delai", de="retour_prevu", a="demande_le", maximum=0)


@pytest.mark.parametrize(("jour", "verdict"), [(22, "satisfaite"), (23, "sanction")])
def test_un_retour_en_retard_a_une_suite(jour, verdict):
    rendre = RendreObjet(objet=PERCEUSE, personne=ANA)
    given_ = given(A_L_HEURE, LA_PERCEUSE, PRETEE)
    reponse = given_.when(rendre, maintenant=midi(Date(2026, 11, jour))).then_accepted()
    assert [c.verdict for c in reponse.decision.clauses] == [verdict]


def test_un_retour_n_est_jamais_bloque():
    carte = suite("rendre", faits=("carte",))
    rendre = RendreObjet(objet=PERCEUSE, personne=ANA)
    assert given(CARTE, carte, LA_PERCEUSE, PRETEE).when(rendre).then_accepted().decision.clauses == ()
    refuse = attrs.evolve(carte, sinon=Sinon())  # as a journal of before may hold
    assert given(CARTE, refuse, LA_PERCEUSE, PRETEE).when(attrs.evolve(rendre, faits=NON)).then_accepted()
    assert given(IL_FAUT_LA_CARTE, CARTE, LA_PERCEUSE, PRETEE).when(rendre).then_accepted().decision.clauses == ()
    assert given(carte, CARTE, LA_PERCEUSE).when(rendre).reponse.verdict == "refus"


def test_un_retour_en_nombre_a_aussi_sa_suite():
    cable = ModeleCree(modele=ModeleId("cable"), nom="Câble", categorie="outil", description="", quantite=3)
    quand = given(A_L_HEURE, suite("rendre", faits=("carte",)), CARTE, cable).when(
        PreterQuantite(modele=ModeleId("cable"), personne=ANA, quantite=2, retour=MARDI)
    )
    pret = PretId(quand.reponse.evenements[0].pret)
    rendre = RendreQuantite(pret=pret, quantite=1, faits=NON)
    clauses = quand.lieu.executer(rendre, par="camille", essai=True).decision.clauses
    assert {c.regle: c.verdict for c in clauses} == {"suite": "sanction"}
    trop = quand.lieu.executer(attrs.evolve(rendre, quantite=9), par="camille")
    assert trop.verdict == "refus"


def test_une_regle_qui_bloquerait_un_retour_n_est_pas_adoptee():
    def adopter(**champs):
        defaut = {"genre": Exigence(faits=("carte",)), "portee": Portee(actions=("rendre",))}
        return AdopterRegle(regle=RegleId("r"), du=MARDI, motif="essai", **defaut | champs)

    with pytest.raises(DemandeInvalide, match="un retour ne se refuse jamais"):
        given(CARTE).when(adopter())
    assert given(CARTE).when(adopter(sinon=AVERTIR)).reponse.acceptee
    assert given(CARTE, IL_FAUT_LA_CARTE).when(adopter(leve=(RegleId("carte"),))).reponse.acceptee
    assert given(CARTE).when(adopter(genre=KitComplet(exige=True))).reponse.acceptee


def test_renouveler_dit_ce_que_le_lieu_demande():
    avant = (CARTE, IL_FAUT_LA_CARTE, LA_PERCEUSE, attrs.evolve(PRETEE, retour=MARDI))
    plus_tard = RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=MARDI.add(days=3), faits=OUI)
    given(*avant).when(plus_tard).then_accepted()
    given(*avant).when(attrs.evolve(plus_tard, faits=NON)).then_refused(clause="carte")
    assert Seuil(faits=("x",), minimum=1).lit() == ("x",)
