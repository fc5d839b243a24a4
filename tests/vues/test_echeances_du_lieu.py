"""What falls due in our own areas, from the first demand to what the runner does of it, through real registers."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_adapters.cli.dues import show
from tierslieu_adapters.cli.screen import Screen
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.adhesion import AdmissionTacite, RappelAdhesion
from tierslieu_core.domaines.cadre.regles.genres.prets import Etape, RappelAvant, Retards
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.reglages import Presence
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.personnes.adhesions import DemanderAdhesion
from tierslieu_core.domaines.usages.prets import DeclarerPerdu, PreterObjet, RendreObjet
from tierslieu_core.domaines.usages.reservations import AttendreCreneau, ReserverEspace
from tierslieu_core.echeancier import passer
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, memory_place
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment
from tierslieu_core.vues.piste import titre

ANA, VERTE = PersonneId("ana"), EspaceId("verte")
MARDI = Date(2026, 11, 24)


@pytest.fixture
def lieu() -> Lieu:
    lieu = memory_place(maintenant=MAINTENANT)
    for demande in (
        FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"),
        InscrirePersonne(personne=ANA, nom="Ana Costa"),
        OuvrirEspace(espace=VERTE, nom="Salle verte"),
    ):
        assert lieu.executer(demande, par=CAMILLE).acceptee
    return lieu


@pytest.fixture
def regle(lieu: Lieu) -> Callable[[object], None]:
    """The place adopts it today."""

    def adopter(genre: object) -> None:
        demande = AdopterRegle(regle=RegleId(genre.NOM), genre=genre, du=lieu.aujourdhui, motif="m")  # type: ignore[attr-defined, arg-type]
        assert lieu.executer(demande, par=CAMILLE).acceptee

    return adopter


def plus_tard(lieu: Lieu, quand: Instant) -> None:
    lieu.horloge = lieu.handler.clock = lambda: quand


def reserver(lieu: Lieu) -> Reponse:
    """Ana asks for the room on Friday, from 10 to 12."""
    debut, fin = (Moment(PlainDateTime(2026, 11, 27, heure)) for heure in (10, 12))
    return lieu.executer(ReserverEspace(espace=VERTE, personne=ANA, debut=debut, fin=fin), par=CAMILLE, cle="r-1")


def etats(lieu: Lieu) -> list[str]:
    return [r.etat for r in lieu.registre("reservations")]


def test_une_reservation_sans_reponse_est_acceptee_quand_le_silence_vaut_accord(
    lieu: Lieu, regle: Callable[[object], None]
):
    regle(Validation(par="coordination", delai_heures=48, silence="accord"))
    assert reserver(lieu).verdict == "a_valider"
    (attendue,) = lieu.a_faire()
    assert attendue.phrase.startswith("Salle verte, le vendredi 27 novembre 2026 de 10 h à 12 h")
    assert "Ana Costa" in attendue.phrase
    assert (attendue.quand, attendue.automatique) == (MAINTENANT.add(hours=48), True)
    assert attendue.avant == "coordination", "c'est à elle de répondre, d'ici là"
    assert lieu.echeances() == [], "pas avant l'heure"
    plus_tard(lieu, MAINTENANT.add(hours=49))
    assert [r.verdict for r in lieu.echeances()] == ["accord"]
    assert etats(lieu) == ["acceptée"]
    assert lieu.a_faire() == []
    assert lieu.rejouer().fidele


def test_un_espace_dont_personne_ne_se_sert_se_libere(lieu: Lieu, regle: Callable[[object], None]):
    regle(Presence(avant_minutes=15, apres_minutes=20))
    assert reserver(lieu).verdict == "accord"
    (attendue,) = lieu.a_faire()
    assert "présence à signaler avant" in attendue.phrase
    plus_tard(lieu, MAINTENANT.add(hours=24 * 4, minutes=25))
    assert [r.verdict for r in lieu.echeances()] == ["accord"]
    assert etats(lieu) == ["libérée"]
    assert lieu.echeances() == lieu.a_faire() == []
    assert lieu.rejouer().fidele


def montre(lieu: Lieu) -> str:
    """What one pass shows in a pipe."""
    show(Screen(flux := StringIO()), lieu, passer(lieu), essai=False)
    return " ".join(flux.getvalue().split())


def test_l_ecran_dit_qui_la_liberation_a_servi(lieu: Lieu, regle: Callable[[object], None]):
    regle(Presence(avant_minutes=15, apres_minutes=20))
    assert reserver(lieu).verdict == "accord"
    debut, fin = (Moment(PlainDateTime(2026, 11, 27, heure)) for heure in (11, 12))
    attendre = AttendreCreneau(espace=VERTE, personne=CAMILLE, debut=debut, fin=fin)
    assert lieu.executer(attendre, par=CAMILLE, cle="a-1").verdict == "accord"
    plus_tard(lieu, MAINTENANT.add(hours=24 * 4, minutes=25))
    said = montre(lieu)
    assert "✔ accordé : Personne n'est venu" in said
    assert "Suite, ✔ accordé : Camille Martin attendait Salle verte" in said


def test_l_ecran_dit_ce_qui_est_echu_sans_autre_effet(lieu: Lieu, regle: Callable[[object], None]):
    regle(Validation(par="coordination", delai_heures=48, silence="refus"))
    assert reserver(lieu).verdict == "a_valider"
    plus_tard(lieu, MAINTENANT.add(hours=49))
    said = montre(lieu)
    assert "sans réponse, elle tombe = échu, sans autre effet (Servir la liste d'attente)" in said


def test_une_demande_d_adhesion_sans_reponse_est_admise_puis_rappelee(lieu: Lieu, regle: Callable[[object], None]):
    regle(AdmissionTacite(delai_jours=10, duree_jours=30))
    regle(RappelAdhesion(jours_avant=7))
    assert lieu.executer(DemanderAdhesion(personne=ANA), par=ANA).acceptee
    (attendue,) = lieu.a_faire()
    assert attendue.phrase.startswith("La demande d'adhésion d'Ana Costa est restée sans réponse")
    plus_tard(lieu, MAINTENANT.add(hours=24 * 12))
    assert [r.verdict for r in lieu.echeances()] == ["accord"]
    (rappel,) = lieu.a_faire()
    assert rappel.phrase.startswith("L'adhésion d'Ana Costa expire le ")
    assert not rappel.automatique, "prévenir quelqu'un, une personne le fait"
    assert lieu.echeances() == []


SCIE = ObjetId("scie-1")


def preter(lieu: Lieu) -> None:
    """Ana borrows the saw until Wednesday."""
    for demande in (
        CreerModele(modele=ModeleId("scie"), nom="Scie"),
        AjouterObjet(objet=SCIE, modele=ModeleId("scie"), nom="Scie rouge"),
        PreterObjet(objet=SCIE, personne=ANA, retour=MARDI.next_day()),
    ):
        assert lieu.executer(demande, par=CAMILLE).acceptee


def test_un_pret_est_a_rendre_meme_si_le_lieu_n_a_rien_regle_des_retards(lieu: Lieu):
    preter(lieu)
    (rendre,) = lieu.a_faire()
    assert (rendre.phrase, rendre.automatique) == ("Scie rouge est à rendre par Ana Costa", False)
    assert rendre.quand == MARDI.next_day().at(Time(0)).assume_tz("Europe/Paris").to_instant()
    plus_tard(lieu, MAINTENANT.add(hours=24 * 30))
    assert [one.phrase for one in lieu.a_faire()] == ["Scie rouge est à rendre par Ana Costa"], (
        "en retard, elle le reste"
    )
    assert lieu.executer(RendreObjet(objet=SCIE, personne=ANA), par=CAMILLE).acceptee
    assert lieu.a_faire() == []


def test_les_etapes_d_un_pret_se_suivent(lieu: Lieu, regle: Callable[[object], None]):
    regle(RappelAvant(jours=1))
    regle(Retards(etapes=(Etape(jours=3, mesure="rappel"), Etape(jours=7, mesure="rappel"))))
    preter(lieu)
    plus_tard(lieu, MAINTENANT.add(hours=24 * 20))
    assert [r.verdict for r in lieu.echeances()] == ["accord"] * 3, "annoncer, puis relancer deux fois, dans l'ordre"
    assert lieu.echeances() == []
    assert lieu.executer(DeclarerPerdu(objet=SCIE, personne=ANA, constat="tombée à l'eau"), par=CAMILLE).acceptee
    assert lieu.a_faire() == [], "ce qui est perdu n'est plus à rendre"
    assert lieu.rejouer().fidele


def test_les_etapes_d_un_pret_ne_sont_pas_celles_du_suivant(lieu: Lieu, regle: Callable[[object], None]):
    regle(RappelAvant(jours=1))
    preter(lieu)
    plus_tard(lieu, MAINTENANT.add(hours=24))
    assert [r.verdict for r in lieu.echeances()] == ["accord"]
    assert lieu.executer(RendreObjet(objet=SCIE, personne=ANA), par=CAMILLE).acceptee
    encore = PreterObjet(objet=SCIE, personne=CAMILLE, retour=MARDI.next_day())
    assert lieu.executer(encore, par=CAMILLE).acceptee
    assert [r.verdict for r in lieu.echeances()] == ["accord"], "du même objet, à rendre le même jour"


def test_le_titre_d_une_demande_s_arrete_au_point_virgule():
    class NoterFin:
        """Noter jusqu'à quand une personne est mineure ; la date de naissance n'est pas gardée."""

    assert titre(NoterFin) == "Noter jusqu'à quand une personne est mineure"
