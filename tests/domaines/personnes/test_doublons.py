"""Doublons réunis : ce qui fut enregistré sous l'un des identifiants compte pour la personne."""

from __future__ import annotations

import attrs
from tests.domaines.quai import ANA, ANA_ADHERE, BEN, LA_SALLE, LUNDI, MARDI, SAMEDI, SCIE, VERTE, a, de, regle
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni, ReunirDoublon
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.domaines.personnes.adhesions.adhesion import AdhesionAdmise
from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent, RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.documents import RecevoirDocument, RetirerDocument
from tierslieu_core.domaines.personnes.adhesions.dossier import DocumentRecu, Dossier, Piece
from tierslieu_core.domaines.personnes.adhesions.pauses import SuspendreAdhesion
from tierslieu_core.domaines.personnes.adhesions.validite import DejaAdherent
from tierslieu_core.domaines.personnes.formations import (
    AccorderHabilitation,
    HabilitationAccordee,
    RetirerHabilitation,
    Tenue,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReservationAcceptee, ReserverEspace
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import DerogationId, RegleId, ReservationId

REUNIS = DoublonReuni(personne=ANA, doublon=BEN)
BEN_ADHERE = attrs.evolve(ANA_ADHERE, personne=BEN)
ADHERENTS = regle("r", "adhesion_a_jour")
PRETER = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
AN_PROCHAIN = Date(2027, 12, 31)


def scie(qui, du=LUNDI):
    tenue = Tenue(habilitation="scie", du=du, jusqu_au=None)
    return HabilitationAccordee(personne=qui, habilitation="scie", du=du, jusqu_au=None, tenues=(tenue,))


def test_l_adhesion_prise_sous_un_double_compte_pour_la_personne():
    given(ADHERENTS, BEN_ADHERE, REUNIS).when(PRETER).then_accepted()
    given(ADHERENTS, ANA_ADHERE, REUNIS).when(attrs.evolve(PRETER, personne=BEN)).then_accepted()
    given(ADHERENTS, BEN_ADHERE).when(PRETER).then_refused(clause="r")


def test_on_la_renouvelle_et_on_la_suspend_sous_l_identifiant_garde():
    renouveler = RenouvelerAdhesion(personne=ANA, au=AN_PROCHAIN)
    (renouvelee,) = given(BEN_ADHERE, REUNIS).when(renouveler).then_accepted().evenements
    assert (renouvelee.personne, renouvelee.du, renouvelee.au) == (ANA, BEN_ADHERE.du, AN_PROCHAIN)
    suspendre = SuspendreAdhesion(personne=ANA, du=LUNDI, au=SAMEDI, motif="x")
    (suspendue,) = given(BEN_ADHERE, REUNIS).when(suspendre).then_accepted().evenements
    given(ADHERENTS, BEN_ADHERE, REUNIS, suspendue).when(attrs.evolve(PRETER, personne=BEN)).then_refused(clause="r")


def test_on_n_admet_pas_deux_fois_la_meme_personne():
    admettre = AdmettreAdherent(personne=ANA, du=LUNDI, au=SAMEDI)
    given(BEN_ADHERE, REUNIS).when(admettre).then_refused(DejaAdherent)
    given(BEN_ADHERE).when(admettre).then(
        AdhesionAdmise(personne=ANA, palier="adherent", groupes=(), du=LUNDI, au=SAMEDI)
    )


def test_une_habilitation_compte_et_se_retire_sous_tous_les_identifiants():
    habilites = regle("h", "habilitation", requise="scie")
    given(habilites, scie(BEN), REUNIS).when(PRETER).then_accepted()
    given(scie(BEN), REUNIS).when(AccorderHabilitation(personne=ANA, habilitation="scie", du=LUNDI)).then_nothing()
    retirer = RetirerHabilitation(personne=ANA, habilitation="scie", motif="x")
    retirees = given(scie(BEN), scie(ANA), REUNIS).when(retirer).then_accepted().evenements
    assert [(r.personne, r.tenues) for r in retirees] == [(ANA, ()), (BEN, ())]


def test_un_document_aussi():
    recu = DocumentRecu(
        personne=BEN, document="assurance", jusqu_au=SAMEDI,
        dossier=Dossier(pieces=(Piece(document="assurance", du=LUNDI, jusqu_au=SAMEDI),), mineur_jusqu_au=LUNDI),
    )  # fmt: skip
    assures, majeurs = regle("a", "document_valide", document="assurance"), regle("m", "majorite", mineurs="exclus")
    given(assures, recu, REUNIS).when(PRETER).then_accepted()
    given(majeurs, recu, REUNIS).when(PRETER).then_refused(clause="m")
    given(recu, REUNIS).when(RecevoirDocument(personne=ANA, document="assurance", jusqu_au=SAMEDI)).then_nothing()
    (retire,) = (
        given(recu, REUNIS)
        .when(RetirerDocument(personne=ANA, document="assurance", motif="x"))
        .then_accepted()
        .evenements
    )
    assert retire.personne == BEN


def test_une_derogation_aussi():
    pour_ben = DerogationAccordee(
        derogation=DerogationId("d"), regle=RegleId("r"), personne=BEN, du=LUNDI, au=SAMEDI, motif="x"
    )
    given(ADHERENTS, pour_ben, REUNIS).when(PRETER).then_accepted()
    given(ADHERENTS, pour_ben).when(PRETER).then_refused(clause="r")


def test_un_quota_compte_les_usages_de_tous_les_identifiants():
    un_seul = regle("q", "quota", maximum=1)
    le_sien = ReservationAcceptee(
        reservation=ReservationId("r-1"), espace=VERTE, personne=BEN, periode=de("10:00", "12:00"), categorie="salle",
        participants=None, sujet=None,
    )  # fmt: skip
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("15:00"))
    given(LA_SALLE, un_seul, le_sien).when(reserver).then_accepted()
    given(LA_SALLE, un_seul, le_sien, REUNIS).when(reserver).then_refused(clause="q")


def test_le_registre_des_adherents_n_a_plus_qu_une_ligne():
    reunir = ReunirDoublon(personne=ANA, doublon=BEN)
    lignes = given(BEN_ADHERE).when(reunir).lieu.registre("adhesions", au=MARDI)
    assert [(r.personne, r.etat) for r in lignes] == [(ANA, "à jour")]
    lignes = given(attrs.evolve(BEN_ADHERE, palier="soutien"), ANA_ADHERE).when(reunir).lieu.registre("adhesions")
    assert [(r.personne, r.palier) for r in lignes] == [(ANA, "adherent")]
    assert given().when(reunir).lieu.registre("adhesions") == []
