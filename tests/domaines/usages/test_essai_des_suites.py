"""Essai: what a demand would lead to is tried as if the demand, and what came of it already, were recorded."""

from __future__ import annotations

from tests.domaines.quai import ANA, BEN, LA_SALLE, MARDI, VERTE, de, regle
from tests.domaines.usages.test_attente import MATIN, R, acceptee, attente

from tierslieu_core.domaines.moyens.espaces import FermerEspace
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReservationAcceptee, ReservationAnnulee
from tierslieu_core.domaines.usages.reservations.attente import AttenteServie
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, memory_place, record
from tierslieu_core.vocabulaire.identifiants import ReservationId


def un_lieu(*faits: object):
    lieu = memory_place()
    record(lieu, [*FONDATION, LA_SALLE, *faits])
    lieu.handler.knows_all = True
    return lieu


def demander(lieu, commande, *, essai):
    """The verdict and the facts of the demand, then of all that it leads to, in order."""

    def dits(reponse):
        yield reponse.verdict, [type(fait) for fait in reponse.evenements]
        for suite in reponse.suites:
            yield from dits(suite)

    return list(dits(lieu.executer(commande, par=CAMILLE, cle="k-1", maintenant=MAINTENANT, essai=essai)))


def test_l_essai_d_une_annulation_dit_qui_serait_servi():
    lieu = un_lieu(acceptee(), attente(1, BEN))
    annuler = AnnulerReservation(reservation=R, motif="grippe")
    head = head_of(lieu.recorder)
    essayee = demander(lieu, annuler, essai=True)
    assert essayee == [("accord", [ReservationAnnulee]), ("accord", [AttenteServie, ReservationAcceptee])]
    assert head_of(lieu.recorder) == head, "rien ne s'enregistre"
    assert essayee == demander(lieu, annuler, essai=False)


def test_l_essai_tient_compte_de_ce_qu_il_a_deja_donne_a_d_autres():
    tard = de("11:00", "13:00")
    lieu = un_lieu(acceptee(), attente(1, BEN), attente(2, ANA, tard))
    annuler = AnnulerReservation(reservation=R, motif="grippe")
    assert demander(lieu, annuler, essai=True) == demander(lieu, annuler, essai=False)


def test_l_essai_d_une_fermeture_sait_l_espace_deja_ferme():
    lieu = un_lieu(acceptee(MATIN), attente(1, BEN))
    fermer = FermerEspace(espace=VERTE, du=MARDI, au=MARDI, motif="travaux", sort="annuler")
    essayee = demander(lieu, fermer, essai=True)
    assert [ReservationAnnulee] in [faits for _, faits in essayee]
    assert not any(AttenteServie in faits for _, faits in essayee), "on ne sert pas un espace fermé"
    assert essayee == demander(lieu, fermer, essai=False)


def test_l_essai_ne_sert_pas_qui_une_regle_refuse():
    une_par_jour = regle("un-usage", "quota", maximum=1, periode="jour")
    ailleurs = acceptee(de("18:00", "19:00"), BEN, ReservationId("r-2"))
    lieu = un_lieu(une_par_jour, acceptee(), ailleurs, attente(1, BEN), attente(2, ANA))
    annuler = AnnulerReservation(reservation=R, motif="grippe")
    assert demander(lieu, annuler, essai=True) == demander(lieu, annuler, essai=False)
