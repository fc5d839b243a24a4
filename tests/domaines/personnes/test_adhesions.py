"""Adhésions: sentences that a volunteer of the place would sign."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdhesionAdmise,
    AdhesionRenouvelee,
    AdhesionSuspendue,
    DepartEnregistre,
    Suspension,
)
from tierslieu_core.domaines.personnes.adhesions.admission import (
    AdmettreAdherent,
    RenouvelerAdhesion,
    RenouvellementEnArriere,
)
from tierslieu_core.domaines.personnes.adhesions.candidature import (
    AdhesionDemandee,
    DemandeEcartee,
    DemanderAdhesion,
    EcarterDemande,
    PasDeDemande,
)
from tierslieu_core.domaines.personnes.adhesions.depart import EnregistrerDepart
from tierslieu_core.domaines.personnes.adhesions.pauses import SuspendreAdhesion
from tierslieu_core.domaines.personnes.adhesions.validite import DejaAdherent, DejaParti, PasAdherent
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import ObjetId

JANVIER, DECEMBRE, AN_PROCHAIN = Date(2026, 1, 1), Date(2026, 12, 31), Date(2027, 12, 31)
TERMES: dict[str, Any] = {"personne": ANA, "palier": "adherent", "groupes": ("atelier",), "du": JANVIER, "au": DECEMBRE}
ADMISE = AdhesionAdmise(**TERMES)
EXPIREE = AdhesionAdmise(**{**TERMES, "au": VENDREDI})
DEMANDEE = AdhesionDemandee(personne=ANA, palier="adherent", depuis=LUNDI, provisoire_jusqu_au=None)
ECARTEE = DemandeEcartee(personne=ANA, motif="dossier incomplet")
PAUSE = Suspension(du=MARDI, au=SAMEDI)
SUSPENDUE = AdhesionSuspendue(**TERMES, suspension=PAUSE, gel=None, motif="impayé")
PARTIE = DepartEnregistre(**TERMES, suspension=None, gel=None, le=MARDI, motif="déménage")

DEMANDER = DemanderAdhesion(personne=ANA)
ECARTER = EcarterDemande(personne=ANA, motif="dossier incomplet")
ADMETTRE = AdmettreAdherent(personne=ANA, groupes=("atelier",), du=JANVIER, au=DECEMBRE)
RENOUVELER = RenouvelerAdhesion(personne=ANA, au=AN_PROCHAIN)
SUSPENDRE = SuspendreAdhesion(personne=ANA, du=MARDI, au=SAMEDI, motif="impayé")
PARTIR = EnregistrerDepart(personne=ANA, le=MARDI, motif="déménage")

# ── demander, écarter, admettre ─────────────────────────────────────────────────────────────────────────────────────


def test_on_demande_soi_meme_a_adherer_et_le_redemander_ne_change_rien():
    given().when(DEMANDER, par=ANA).then(DEMANDEE)
    given(DEMANDEE).when(DEMANDER, par=ANA).then_nothing()
    given().when(DEMANDER, par=BEN).then_refused(MandatManquant)


def test_demander_un_autre_palier_est_une_autre_demande():
    given(DEMANDEE).when(attrs.evolve(DEMANDER, palier="soutien")).then(attrs.evolve(DEMANDEE, palier="soutien"))


def test_qui_est_adherent_ne_demande_pas_a_adherer():
    quand = given(ADMISE).when(DEMANDER)
    quand.then_refused(DejaAdherent(personne=ANA, au=DECEMBRE))
    assert "Renouvelez" in dit(quand)


def test_on_redemande_une_adhesion_expiree_apres_un_depart_ou_apres_un_refus():
    given(EXPIREE).when(DEMANDER).then(DEMANDEE)
    given(ADMISE, PARTIE).when(DEMANDER, maintenant=midi(SAMEDI)).then(attrs.evolve(DEMANDEE, depuis=SAMEDI))
    given(DEMANDEE, ECARTEE).when(DEMANDER).then(DEMANDEE)


def test_une_demande_n_efface_pas_l_adhesion_de_la_veille():
    adherents = regle("r", "adhesion_a_jour")
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=SAMEDI)
    given(adherents, EXPIREE, DEMANDEE).when(preter, survenu_le=midi(VENDREDI)).then_accepted()
    given(adherents, EXPIREE, DEMANDEE).when(preter).then_refused(clause="r")


def test_on_ecarte_une_demande_et_le_redire_ne_change_rien():
    given(DEMANDEE).when(ECARTER).then(ECARTEE)
    given(DEMANDEE, ECARTEE).when(ECARTER).then_nothing()


@pytest.mark.parametrize("faits", [(), (DEMANDEE, ADMISE)])
def test_on_n_ecarte_pas_une_demande_qui_n_attend_plus(faits):
    quand = given(*faits).when(ECARTER)
    quand.then_refused(PasDeDemande(personne=ANA))
    assert "rien à écarter" in dit(quand)


@pytest.mark.parametrize("faits", [(), (DEMANDEE,), (DEMANDEE, ECARTEE)])
def test_on_admet_une_personne_qui_l_a_demande_ou_non(faits):
    given(*faits).when(ADMETTRE).then(ADMISE)


def test_admettre_deux_fois_ne_change_rien_et_deux_adhesions_ne_se_chevauchent_pas():
    given(ADMISE).when(ADMETTRE).then_nothing()
    given(ADMISE).when(attrs.evolve(ADMETTRE, du=DECEMBRE, au=AN_PROCHAIN)).then_refused(DejaAdherent)
    apres = attrs.evolve(ADMETTRE, du=Date(2027, 1, 1), au=AN_PROCHAIN)
    given(ADMISE).when(apres).then_refused(DejaAdherent)  # it would hide the one that still runs: renew it
    given(ADMISE).when(apres, maintenant=midi(Date(2027, 1, 1))).then_accepted()


@pytest.mark.parametrize("commande", [attrs.evolve(ADMETTRE, au=Date(2025, 12, 31)), attrs.evolve(SUSPENDRE, au=LUNDI)])
def test_une_periode_ne_finit_pas_avant_de_commencer(commande):
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(ADMISE).when(commande)


# ── renouveler ──────────────────────────────────────────────────────────────────────────────────────────────────────


def renouvelee(**autre):
    return AdhesionRenouvelee(**{**TERMES, "au": AN_PROCHAIN, "suspension": None, "gel": None, **autre})


def test_renouveler_prolonge_sans_interruption_et_garde_palier_et_groupes():
    given(ADMISE).when(RENOUVELER).then(renouvelee())
    given(EXPIREE).when(RENOUVELER, maintenant=midi(Date(2026, 11, 21))).then(renouvelee())


def test_renouveler_apres_une_interruption_reprend_ce_jour():
    given(EXPIREE).when(RENOUVELER).then(renouvelee(du=LUNDI))


def test_renouveler_peut_changer_de_palier_et_de_groupes():
    given(ADMISE).when(attrs.evolve(RENOUVELER, palier="soutien", groupes=())).then(
        renouvelee(palier="soutien", groupes=())
    )


def test_renouveler_deux_fois_ne_change_rien_et_ne_raccourcit_jamais():
    given(ADMISE, renouvelee()).when(RENOUVELER).then_nothing()
    quand = given(ADMISE).when(attrs.evolve(RENOUVELER, au=SAMEDI))
    quand.then_refused(RenouvellementEnArriere(personne=ANA, au=DECEMBRE))
    assert "plus tardif" in dit(quand)
    given(EXPIREE).when(attrs.evolve(RENOUVELER, au=Date(2026, 11, 22))).then_refused(
        RenouvellementEnArriere(personne=ANA, au=LUNDI)
    )


def test_renouveler_ne_leve_pas_une_suspension():
    given(SUSPENDUE).when(RENOUVELER).then(renouvelee(suspension=PAUSE))


# ── suspendre, partir ───────────────────────────────────────────────────────────────────────────────────────────────


def test_on_suspend_une_adhesion_et_le_redire_ne_change_rien():
    reponse = given(ADMISE).when(SUSPENDRE)
    reponse.then(SUSPENDUE)
    assert isinstance(reponse.reponse.evenements[0].motif, Scelle)
    given(SUSPENDUE).when(SUSPENDRE).then_nothing()


def test_redire_une_suspension_en_change_les_jours():
    plus_court = Suspension(du=MARDI, au=MARDI)
    given(SUSPENDUE).when(attrs.evolve(SUSPENDRE, au=MARDI)).then(attrs.evolve(SUSPENDUE, suspension=plus_court))


@pytest.mark.parametrize("commande", [RENOUVELER, SUSPENDRE, PARTIR])
def test_sans_adhesion_il_n_y_a_rien_a_renouveler_suspendre_ou_quitter(commande):
    quand = given(DEMANDEE).when(commande)
    quand.then_refused(PasAdherent(personne=ANA))
    assert "Admettez d'abord" in dit(quand)


@pytest.mark.parametrize("commande", [RENOUVELER, SUSPENDRE, DEMANDER, attrs.evolve(ADMETTRE, du=MARDI)])
def test_qui_part_ne_se_renouvelle_pas_avant_d_etre_admis_a_nouveau(commande):
    quand = given(ADMISE, PARTIE).when(commande)
    quand.then_refused(DejaParti(personne=ANA, le=MARDI))
    assert "admettez-la à nouveau" in dit(quand)


def test_qui_est_parti_peut_etre_admis_des_le_lendemain():
    retour = attrs.evolve(ADMETTRE, du=Date(2026, 11, 25), au=AN_PROCHAIN)
    given(ADMISE, PARTIE).when(retour, maintenant=midi(Date(2026, 11, 25))).then_accepted()


def test_on_part_de_soi_meme_et_le_redire_en_change_le_jour():
    given(ADMISE).when(PARTIR, par=ANA).then(PARTIE)
    given(ADMISE, PARTIE).when(PARTIR).then_nothing()
    given(ADMISE, PARTIE).when(attrs.evolve(PARTIR, le=SAMEDI)).then(attrs.evolve(PARTIE, le=SAMEDI))


def test_partir_garde_la_suspension():
    given(SUSPENDUE).when(PARTIR).then(attrs.evolve(PARTIE, suspension=PAUSE))


# ── à jour ou non, par les seules dates ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("faits", "le", "a_jour"),
    [
        ((), LUNDI, False),
        ((ADMISE,), LUNDI, True),
        ((ADMISE,), DECEMBRE, True),
        ((ADMISE,), Date(2027, 1, 1), False),
        ((AdhesionAdmise(**{**TERMES, "du": MARDI}),), LUNDI, False),
        ((SUSPENDUE,), LUNDI, True),
        ((SUSPENDUE,), MARDI, False),
        ((SUSPENDUE,), SAMEDI, False),
        ((SUSPENDUE,), Date(2026, 11, 29), True),
        ((ADMISE, PARTIE), MARDI, True),
        ((ADMISE, PARTIE), Date(2026, 11, 25), False),
        ((EXPIREE, attrs.evolve(PARTIE, au=VENDREDI)), LUNDI, False),
    ],
)
def test_une_adhesion_est_a_jour_selon_ses_dates(faits, le, a_jour):
    adherents, atelier = regle("r", "adhesion_a_jour"), regle("s", "public", admis=("atelier",))
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=le)
    quand = given(adherents, atelier, *faits).when(preter, maintenant=midi(le))
    if a_jour:
        quand.then_accepted()
    else:
        quand.then_refused(clause="r")
        quand.then_refused(clause="s")


# ── le registre ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("faits", "commande", "le", "etat"),
    [
        ((), DEMANDER, LUNDI, "demandée"),
        ((DEMANDEE,), ECARTER, LUNDI, "écartée"),
        ((DEMANDEE,), ADMETTRE, LUNDI, "à jour"),
        ((), attrs.evolve(ADMETTRE, du=MARDI), LUNDI, "à venir"),
        ((), ADMETTRE, Date(2027, 1, 1), "expirée"),
        ((EXPIREE,), DEMANDER, LUNDI, "demandée"),
        ((ADMISE,), SUSPENDRE, LUNDI, "à jour"),
        ((ADMISE,), SUSPENDRE, MARDI, "suspendue"),
        ((ADMISE,), SUSPENDRE, Date(2026, 11, 29), "à jour"),
        ((ADMISE,), PARTIR, MARDI, "à jour"),
        ((ADMISE,), PARTIR, Date(2026, 11, 25), "partie"),
        ((ADMISE, attrs.evolve(PARTIE, le=VENDREDI)), DEMANDER, LUNDI, "demandée"),
    ],
)
def test_le_registre_dit_ou_en_est_une_adhesion_le_jour_ou_on_le_lit(faits, commande, le, etat):
    quand = given(*faits).when(commande)
    assert ligne(quand, "adhesions", le).etat == etat


def test_le_journal_dit_les_jours_d_une_suspension_en_francais():
    quand = given(ADMISE).when(SUSPENDRE)
    said = quand.lieu.speaker().phrase(quand.reponse.evenements[0])
    assert "du mardi 24 novembre 2026 au samedi 28 novembre 2026 : impayé" in said
