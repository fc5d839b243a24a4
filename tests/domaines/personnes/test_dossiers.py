"""Dossiers : documents remis et valables, textes acceptés, minorité ; et ce que les règles en demandent."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    ANA_ADHERE,
    BEN,
    LA_SALLE,
    LUNDI,
    MARDI,
    SAMEDI,
    SCIE,
    VENDREDI,
    VERTE,
    a,
    dit,
    ligne,
    midi,
    regle,
)  # fmt: skip
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatDonne, MandatManquant
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee
from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent, RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.documents import (
    DeclarerDocuments,
    DocumentAbsent,
    DocumentExpire,
    DocumentInconnu,
    DocumentsDeclares,
    RecevoirDocument,
    RetirerDocument,
    SorteDeDocument,
)
from tierslieu_core.domaines.personnes.adhesions.dossier import (
    Acceptation,
    DocumentRecu,
    DocumentRetire,
    Dossier,
    MinoriteNotee,
    Piece,
    TexteAccepte,
)
from tierslieu_core.domaines.personnes.adhesions.minorite import MineurSansRepresentant, NoterMinorite
from tierslieu_core.domaines.personnes.adhesions.textes import AccepterTexte, VersionAVenir
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AttendreCreneau,
    ConfirmerReservation,
    ReserverEspace,
    ReserverSerie,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import MandatId

COORDINATION = MandatDonne(mandat=MandatId("m-ben"), personne=BEN, role="coordination", du=LUNDI, sur=None)
PRETER = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
ASSURANCE = Piece(document="assurance", du=LUNDI, jusqu_au=SAMEDI)
RECUE = DocumentRecu(
    personne=ANA, document="assurance", jusqu_au=SAMEDI, detail="MAIF 42", dossier=Dossier(pieces=(ASSURANCE,))
)
RECEVOIR = RecevoirDocument(personne=ANA, document="assurance", jusqu_au=SAMEDI, detail="MAIF 42")
RETIRER = RetirerDocument(personne=ANA, document="assurance", motif="résiliée")
AU_LUNDI = attrs.evolve(ASSURANCE, jusqu_au=LUNDI)
RETIREE = DocumentRetire(personne=ANA, document="assurance", motif="résiliée", dossier=Dossier(pieces=(AU_LUNDI,)))
DECLARES = DocumentsDeclares(documents=(SorteDeDocument(nom="assurance", libelle="Assurance", duree_jours=365),))
DIMANCHE = Date(2026, 11, 29)
AN_PROCHAIN = Date(2027, 12, 31)

# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_recoit_un_document_et_le_recevoir_a_nouveau_ne_change_rien():
    quand = given().when(RECEVOIR)
    quand.then(RECUE)
    assert isinstance(quand.reponse.evenements[0].detail, Scelle)
    given(RECUE).when(RECEVOIR).then_nothing()
    given().when(RECEVOIR, par=ANA).then_refused(MandatManquant)


def test_un_document_plus_recent_remplace_celui_qui_court_et_garde_les_autres():
    certificat = Piece(document="certificat", du=LUNDI, jusqu_au=None)
    deux = attrs.evolve(RECUE, dossier=Dossier(pieces=(ASSURANCE, certificat)))
    (recu,) = given(deux).when(attrs.evolve(RECEVOIR, jusqu_au=AN_PROCHAIN)).then_accepted().evenements
    assert recu.dossier.pieces == (certificat, attrs.evolve(ASSURANCE, jusqu_au=AN_PROCHAIN))
    (apres,) = (
        given(RECUE).when(attrs.evolve(RECEVOIR, jusqu_au=None), maintenant=midi(DIMANCHE)).then_accepted().evenements
    )
    assert apres.dossier.pieces == (ASSURANCE, Piece(document="assurance", du=DIMANCHE, jusqu_au=None))


def test_un_document_expire_ne_se_recoit_pas():
    quand = given().when(attrs.evolve(RECEVOIR, jusqu_au=VENDREDI))
    quand.then_refused(DocumentExpire(document="assurance", jusqu_au=VENDREDI))
    assert "Demandez-en un plus récent." in dit(quand)


@pytest.mark.parametrize(("le", "accepte"), [(LUNDI, True), (SAMEDI, True), (DIMANCHE, False)])
def test_une_regle_peut_demander_un_document_valable(le, accepte):
    assures = regle("a", "document_valide", document="assurance")
    quand = given(assures, RECUE).when(attrs.evolve(PRETER, retour=DIMANCHE), maintenant=midi(le))
    quand.then_accepted() if accepte else quand.then_refused(clause="a")
    assert accepte or "celui qui a été remis expire le samedi 28 novembre 2026" in dit(quand)
    given(assures).when(PRETER).then_refused(clause="a")
    given(assures, RECUE).when(PRETER, survenu_le=midi(VENDREDI)).then_refused(clause="a")


def test_un_document_retire_a_valu_jusqu_a_la_veille():
    given(RECUE).when(RETIRER, maintenant=midi(MARDI)).then(RETIREE)
    given(RECUE).when(RETIRER).then(attrs.evolve(RETIREE, dossier=Dossier()))
    quand = given(RECUE, RETIREE).when(RETIRER, maintenant=midi(MARDI))
    quand.then_refused(DocumentAbsent(personne=ANA, document="assurance"))
    assert "registre des documents" in dit(quand)


def test_le_lieu_declare_les_documents_qu_il_peut_demander():
    declarer = DeclarerDocuments(documents=DECLARES.documents)
    quand = given().when(declarer)
    quand.then(DECLARES)
    assert "Documents que le lieu peut demander : assurance (Assurance)" in quand.lieu.speaker().phrase(DECLARES)
    given(DECLARES).when(declarer).then_nothing()
    inconnu = given(DECLARES).when(attrs.evolve(RECEVOIR, document="permis"))
    inconnu.then_refused(DocumentInconnu(document="permis", connus=("assurance",)))
    assert "il connaît assurance" in dit(inconnu)
    assert str(SorteDeDocument(nom="permis")) == "permis"


def test_un_document_declare_vaut_le_temps_dit_si_personne_n_en_dit_un_autre():
    (recu,) = given(DECLARES).when(attrs.evolve(RECEVOIR, jusqu_au=None)).then_accepted().evenements
    assert recu.jusqu_au == Date(2027, 11, 22)
    sans_terme = DocumentsDeclares(documents=(SorteDeDocument(nom="assurance"),))
    (recu,) = given(sans_terme).when(attrs.evolve(RECEVOIR, jusqu_au=None)).then_accepted().evenements
    assert recu.jusqu_au is None
    given(DECLARES).when(RECEVOIR).then(RECUE)


def test_une_sorte_de_document_a_un_nom_et_un_jour_au_moins():
    with pytest.raises(DemandeInvalide) as faute:
        given().when(DeclarerDocuments(documents=(SorteDeDocument(nom="", duree_jours=0),)))
    assert "un nom est vide" in str(faute.value)
    assert "un jour au moins" in str(faute.value)


@pytest.mark.parametrize(("commande", "le", "etat"), [
    (RECEVOIR, LUNDI, "valide"), (RECEVOIR, DIMANCHE, "expiré"),
    (attrs.evolve(RECEVOIR, jusqu_au=None), DIMANCHE, "valide"),
])  # fmt: skip
def test_le_registre_des_documents_dit_ce_qui_vaut(commande, le, etat):
    row = ligne(given().when(commande), "documents", le)
    assert (row.etat, row.par, row.recu_le) == (etat, "camille", LUNDI)


def test_le_registre_des_documents_garde_ceux_qui_sont_retires():
    assert ligne(given(RECUE).when(RETIRER), "documents").etat == "retiré"
    assert given(RETIREE).when(AccepterTexte(personne=ANA, version=LUNDI)).lieu.registre("documents") == []


# ── textes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

JANVIER, MARS = Date(2026, 1, 1), Date(2026, 3, 1)
ACCEPTER = AccepterTexte(personne=ANA, version=JANVIER)
DE_JANVIER = Acceptation(texte="reglement", version=JANVIER, le=LUNDI)
ACCEPTE = TexteAccepte(personne=ANA, texte="reglement", version=JANVIER, dossier=Dossier(acceptations=(DE_JANVIER,)))


def test_on_accepte_soi_meme_un_texte_et_le_redire_ou_une_version_d_avant_ne_change_rien():
    given().when(ACCEPTER, par=ANA).then(ACCEPTE)
    given(ACCEPTE).when(ACCEPTER).then_nothing()
    given(ACCEPTE).when(attrs.evolve(ACCEPTER, version=Date(2025, 1, 1))).then_nothing()
    (suivante,) = given(ACCEPTE).when(attrs.evolve(ACCEPTER, version=MARS)).then_accepted().evenements
    assert suivante.dossier.textes(LUNDI) == {"reglement": "2026-03-01"}
    (charte,) = given(ACCEPTE).when(attrs.evolve(ACCEPTER, texte="charte")).then_accepted().evenements
    assert charte.dossier.textes(LUNDI) == {"reglement": "2026-01-01", "charte": "2026-01-01"}


def test_on_n_accepte_pas_une_version_a_venir():
    quand = given().when(attrs.evolve(ACCEPTER, version=MARDI))
    quand.then_refused(VersionAVenir(texte="reglement", version=MARDI))
    assert "n'est pas encore publiée" in dit(quand)


def test_une_regle_peut_demander_la_derniere_version():
    de_mars = regle("v", "reglement_accepte", depuis=MARS)
    quand = given(de_mars, ACCEPTE).when(PRETER)
    quand.then_refused(clause="v")
    assert "celle du jeudi 1er janvier 2026 est acceptée" in dit(quand)
    given(regle("v", "reglement_accepte", depuis=JANVIER), ACCEPTE).when(PRETER).then_accepted()
    given(regle("v", "reglement_accepte", depuis=JANVIER), ACCEPTE).when(
        PRETER, survenu_le=midi(VENDREDI)
    ).then_refused(clause="v")


# ── minorité ────────────────────────────────────────────────────────────────────────────────────────────────────────

NOTER = NoterMinorite(personne=ANA, jusqu_au=MARDI, naissance="25/11/2008")
NOTEE = MinoriteNotee(personne=ANA, jusqu_au=MARDI, naissance="25/11/2008", dossier=Dossier(mineur_jusqu_au=MARDI))
ADMETTRE = AdmettreAdherent(personne=ANA, du=LUNDI, au=SAMEDI)
BEN_LA_REPRESENTE = PersonneRepresentee(personne=ANA, representant=BEN, du=LUNDI, au=LUNDI)


def test_on_note_jusqu_a_quand_une_personne_est_mineure_et_sa_naissance_est_scellee():
    quand = given().when(NOTER)
    quand.then(NOTEE)
    assert isinstance(quand.reponse.evenements[0].naissance, Scelle)
    given(NOTEE).when(NOTER).then_nothing()


def test_une_personne_mineure_n_est_admise_que_si_quelqu_un_la_represente():
    quand = given(NOTEE).when(ADMETTRE)
    quand.then_refused(MineurSansRepresentant(personne=ANA, jusqu_au=MARDI))
    assert "identites.RepresenterPersonne" in dit(quand)
    given(NOTEE, BEN_LA_REPRESENTE).when(ADMETTRE).then_accepted()
    given(NOTEE, BEN_LA_REPRESENTE).when(attrs.evolve(ADMETTRE, du=MARDI)).then_refused(MineurSansRepresentant)
    given(NOTEE).when(attrs.evolve(ADMETTRE, du=Date(2026, 11, 25))).then_accepted()
    sans_terme = attrs.evolve(BEN_LA_REPRESENTE, au=None)
    given(NOTEE, sans_terme).when(attrs.evolve(ADMETTRE, du=MARDI)).then_accepted()


def test_elle_ne_renouvelle_pas_non_plus_sans_personne():
    renouveler = RenouvelerAdhesion(personne=ANA, au=AN_PROCHAIN)
    given(ANA_ADHERE, NOTEE).when(renouveler).then_refused(MineurSansRepresentant)
    given(ANA_ADHERE, NOTEE, BEN_LA_REPRESENTE).when(renouveler).then_accepted()


def test_une_regle_peut_ecarter_les_mineurs_ou_vouloir_savoir_qui_les_accompagne():
    exclus, accompagnes = regle("m", "majorite", mineurs="exclus"), regle("m", "majorite")
    given(exclus, NOTEE).when(PRETER).then_refused(clause="m")
    given(exclus, NOTEE).when(PRETER, maintenant=midi(Date(2026, 11, 25))).then_accepted()
    given(exclus).when(PRETER).then_accepted()
    given(accompagnes, NOTEE).when(PRETER).then_to_validate()


def test_une_reservation_dit_par_ses_inscrits_qui_accompagne_une_personne_mineure():
    accompagnes = regle("m", "majorite")
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("15:00"))
    ben_aussi = attrs.evolve(NOTEE, personne=BEN)
    given(LA_SALLE, accompagnes, NOTEE).when(attrs.evolve(reserver, inscrits=(ANA, BEN))).then_accepted()
    seuls = given(LA_SALLE, accompagnes, NOTEE, ben_aussi).when(attrs.evolve(reserver, inscrits=(ANA, BEN)))
    seuls.then_refused(clause="m")
    assert "aucune personne majeure parmi les inscrits. Réserver : dites qui l'accompagne" in dit(seuls)
    given(LA_SALLE, accompagnes, NOTEE).when(attrs.evolve(reserver, inscrits=(ANA,))).then_to_validate()


def test_une_serie_et_une_attente_disent_aussi_qui_accompagne_une_personne_mineure():
    accompagnes, ensemble = regle("m", "majorite"), (ANA, BEN)
    chaque_jour = ReserverSerie(
        espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("15:00"), regle="FREQ=DAILY;COUNT=2", inscrits=ensemble
    )
    given(LA_SALLE, accompagnes, NOTEE).when(chaque_jour).then_accepted()
    given(LA_SALLE, accompagnes, NOTEE).when(attrs.evolve(chaque_jour, inscrits=(ANA,))).then_refused()
    with pytest.raises(DemandeInvalide, match="au moins les 2 personnes"):
        given(LA_SALLE).when(attrs.evolve(chaque_jour, participants=1))
    lieu = given(LA_SALLE, accompagnes, NOTEE).when(
        ReserverEspace(espace=VERTE, personne=BEN, debut=a("14:00"), fin=a("15:00"))
    ).lieu  # fmt: skip
    attendre = AttendreCreneau(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("15:00"), inscrits=ensemble)
    assert lieu.executer(attendre, par=CAMILLE).verdict == "accord"
    annuler = AnnulerReservation(reservation="epreuve", motif="x")
    (servie,) = lieu.executer(annuler, par=CAMILLE).suites
    assert [type(fait).__name__ for fait in servie.evenements] == ["AttenteServie", "ReservationAcceptee"]


def test_ce_que_la_minorite_laisse_a_juger_tient_son_creneau_et_la_coordination_y_repond():
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("15:00"))
    quand = given(LA_SALLE, regle("m", "majorite"), NOTEE, COORDINATION).when(reserver)
    quand.then_to_validate()
    assert "--inscrits" in dit(quand)
    (attendue,) = quand.lieu.a_faire()
    assert "réponse attendue de coordination" in attendue.phrase
    assert quand.lieu.executer(attrs.evolve(reserver, personne=BEN), par=BEN).verdict == "refus"
    (row,) = quand.lieu.registre("reservations-a-valider")
    assert quand.lieu.executer(ConfirmerReservation(reservation=row.reservation), par=BEN).acceptee
    assert quand.lieu.a_faire() == []


# ── ce qui expire se rappelle ───────────────────────────────────────────────────────────────────────────────────────


def test_une_adhesion_et_un_document_qui_expirent_se_rappellent_a_temps():
    rappel = regle("rappel", "rappel_adhesion", jours_avant=2)
    lieu = given(rappel, attrs.evolve(ANA_ADHERE, au=SAMEDI), RECUE).when(ACCEPTER).lieu
    minuit = midi(Date(2026, 11, 26)).subtract(hours=12)
    assert [(f.quand, f.phrase, f.automatique) for f in lieu.a_faire()] == [
        (minuit, "L'adhésion d'ana expire le samedi 28 novembre 2026 : prévenir la personne", False),
        (minuit, "Le document « assurance » d'ana expire le samedi 28 novembre 2026 : prévenir la personne", False),
    ]
    lieu.horloge = lambda: midi(DIMANCHE)
    assert lieu.a_faire() == []


def test_sans_regle_de_rappel_c_est_trente_jours_avant():
    lieu = given(attrs.evolve(ANA_ADHERE, au=SAMEDI)).when(RECEVOIR).lieu
    minuit = midi(Date(2026, 10, 29)).subtract(hours=12)
    assert [(f.quand, f.chose) for f in lieu.a_faire()] == [(minuit, "personne:ana")] * 2


def test_ce_qui_n_a_pas_de_terme_ou_ne_vaut_plus_ne_se_rappelle_pas():
    sans_terme = attrs.evolve(RECEVOIR, jusqu_au=None)
    rappel = regle("rappel", "rappel_adhesion", jours_avant=2)
    assert given(rappel).when(sans_terme).lieu.a_faire() == []
    assert given(rappel, RECUE).when(RETIRER).lieu.a_faire() == []
