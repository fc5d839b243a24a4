"""The day's journal and the handover: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    BEN,
    LA_PERCEUSE,
    LA_SALLE,
    LUNDI,
    MARDI,
    PERCEUSE,
    VENDREDI,
    VERTE,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date

from tierslieu_core.domaines.cadre.archives import JourArchive, PeriodeClose
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.memoire.documentation import (
    AbandonnerPassation,
    AmenderEntree,
    CorrigerEntree,
    CorrigerPassation,
    DeclarerMot,
    EntreeAmendee,
    EntreeDejaRetiree,
    EntreeDUnAutre,
    EntreeNotee,
    EntreeParErreur,
    EntreeRetiree,
    JourAVenir,
    MemePersonne,
    MotDeclare,
    MotInconnu,
    NoterEntree,
    OuvrirPassation,
    PasDeLaPassation,
    PassationAbandonnee,
    PassationClose,
    PassationEnCours,
    PassationOuverte,
    PassationParErreur,
    PassationReprise,
    PassationSignee,
    ReprendrePassation,
    RetirerEntree,
    SignerPassation,
    TexteChange,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import EntreeId, PassationId
from tierslieu_core.vocabulaire.vie import vers

UN_TEXTE, AUTRE_TEXTE = Empreinte.de(b"un texte"), Empreinte.de(b"un autre")
FUITE = MotDeclare(mot="fuite", sens="de l'eau où il n'en faut pas", transmettre=False)
IDEE = MotDeclare(mot="idée", sens="", transmettre=True)
NOTER = NoterEntree(texte="Le radiateur goutte.", mots=("fuite",), espace=VERTE)
UNE = EntreeId("epreuve")
NOTEE = EntreeNotee(
    entree=UNE, jour=LUNDI, auteur=ANA, texte="Le radiateur goutte.", mots=("fuite",), espace=VERTE, objet=None,
    documents=(), transmettre=False,
)  # fmt: skip
RETIREE = vers(EntreeRetiree, NOTEE, motif="en double")
AMENDER = AmenderEntree(entree=UNE, texte="Le radiateur goutte, seau posé.")
DECOR = (LA_SALLE, LA_PERCEUSE, FUITE)

# ── les mots ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_lieu_declare_les_mots_de_son_journal_et_les_redire_ne_change_rien():
    declarer = DeclarerMot(mot="fuite", sens="de l'eau où il n'en faut pas")
    quand = given().when(declarer)
    quand.then(FUITE)
    assert ligne(quand, "mots") == FUITE
    given(FUITE).when(declarer).then_nothing()
    given(FUITE).when(attrs.evolve(declarer, transmettre=True)).then(attrs.evolve(FUITE, transmettre=True))


def test_un_mot_s_ecrit_sans_blanc_autour():
    for mot in ("", " fuite"):
        with pytest.raises(DemandeInvalide, match="sans blanc"):
            given().when(DeclarerMot(mot=mot))


# ── noter ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_toute_personne_inscrite_note_ce_qui_s_est_passe():
    quand = given(*DECOR).when(NOTER, par=ANA)
    quand.then(NOTEE)
    row = ligne(quand, "entrees")
    assert (row.texte, row.auteur, row.jour, row.etat) == ("Le radiateur goutte.", ANA, LUNDI, "notée")


def test_on_note_pour_un_jour_passe_mais_jamais_pour_un_jour_a_venir():
    given(*DECOR).when(attrs.evolve(NOTER, jour=VENDREDI), par=ANA).then(attrs.evolve(NOTEE, jour=VENDREDI))
    quand = given(*DECOR).when(attrs.evolve(NOTER, jour=MARDI), par=ANA)
    quand.then_refused(JourAVenir(jour=MARDI))
    assert "n'est pas encore là" in dit(quand)


def test_une_note_dit_quelque_chose():
    for commande in (NoterEntree(texte="  "), AmenderEntree(entree=UNE, texte="")):
        with pytest.raises(DemandeInvalide, match="à noter"):
            given(NOTEE).when(commande, par=ANA)


def test_une_note_ne_se_range_que_sous_les_mots_du_lieu():
    quand = given(*DECOR).when(attrs.evolve(NOTER, mots=("fuites",)), par=ANA)
    quand.then_refused(MotInconnu(mot="fuites", connus=("fuite",)))
    assert "n'a pas le mot « fuites » ; il a : fuite." in dit(quand)
    given(*DECOR, NOTEE).when(attrs.evolve(AMENDER, mots=("eau",)), par=ANA).then_refused(MotInconnu)


def test_un_mot_a_transmettre_ou_son_auteur_font_qu_une_note_se_transmet():
    for commande in (NoterEntree(texte="Un compost !", mots=("idée",)), NoterEntree(texte="x", transmettre=True)):
        quand = given(IDEE).when(commande, par=ANA)
        assert quand.then_accepted().evenements[0].transmettre
        assert [t.titre for t in quand.lieu.transmissions()].count(
            "Ce que les gens du lieu ont noté pour la suite"
        ) == 1


def test_on_ne_note_pas_pour_un_jour_archive():
    close = PeriodeClose(du=Date(2026, 1, 1), au=VENDREDI, nombre=1, chaine=UN_TEXTE, empreinte=AUTRE_TEXTE)
    given(*DECOR, close).when(attrs.evolve(NOTER, jour=VENDREDI), par=ANA).then_refused(JourArchive)
    given(*DECOR, close).when(NOTER, par=ANA).then_accepted()


def test_une_regle_du_lieu_peut_porter_sur_les_notes_si_elle_le_dit():
    pour_noter = regle("noter", "adhesion_a_jour", portee=Portee(actions=("noter",)))
    pour_tout = regle("tout", "adhesion_a_jour")
    noter = attrs.evolve(NOTER, objet=PERCEUSE)
    given(*DECOR, pour_noter).when(noter, par=ANA).then_refused(clause="noter")
    given(*DECOR, pour_tout).when(noter, par=ANA).then_accepted()


# ── reprendre, retirer, corriger ────────────────────────────────────────────────────────────────────────────────────


def test_son_auteur_reprend_sa_note_et_le_journal_donne_la_derniere():
    quand = given(*DECOR, NOTEE).when(AMENDER, par=ANA)
    quand.then(vers(EntreeAmendee, NOTEE, texte="Le radiateur goutte, seau posé.", mots=()))
    row = ligne(quand, "entrees")
    assert (row.texte, row.etat, row.espace) == ("Le radiateur goutte, seau posé.", "amendée", VERTE)


def test_personne_ne_reecrit_les_mots_d_un_autre():
    for qui in (BEN, CAMILLE):
        quand = given(*DECOR, NOTEE).when(AMENDER, par=qui)
        quand.then_refused(EntreeDUnAutre(auteur=ANA))
    assert "avec ses mots" in dit(quand)


def test_une_note_se_retire_par_son_auteur_ou_par_la_conciergerie():
    retirer = RetirerEntree(entree=UNE, motif="en double")
    given(*DECOR, NOTEE).when(retirer, par=ANA).then(RETIREE)
    quand = given(*DECOR, NOTEE).when(retirer)
    quand.then(RETIREE)
    row = ligne(quand, "entrees")
    assert (row.texte, row.etat, row.transmettre) == (None, "retirée", False)
    given(*DECOR, NOTEE).when(retirer, par=BEN).then_refused(EntreeDUnAutre)
    given(*DECOR, NOTEE, RETIREE).when(retirer).then_nothing()


def test_une_note_retiree_ne_se_reprend_pas_mais_son_retrait_se_corrige():
    quand = given(*DECOR, NOTEE, RETIREE).when(AMENDER, par=ANA)
    quand.then_refused(EntreeDejaRetiree(auteur=ANA, jour=LUNDI))
    assert "retirée du journal" in dit(quand)
    quand = given(*DECOR, NOTEE, RETIREE).when(CorrigerEntree(entree=UNE, motif="pas celle-là"))
    quand.then_accepted()
    assert ligne(quand, "entrees").texte == "Le radiateur goutte."


def test_le_registre_se_lit_au_jour_ou_un_retrait_precede_la_note():
    quand = given(*DECOR, NOTEE).when(RetirerEntree(entree=UNE, motif="x"), survenu_le=midi(VENDREDI))
    assert quand.lieu.registre("entrees", au=VENDREDI) == []


# ── la passation ────────────────────────────────────────────────────────────────────────────────────────────────────

P = PassationId("epreuve")
ENSUITE = Date(2026, 12, 1)
OUVRIR = OuvrirPassation(sortant=ANA, entrant=BEN, le=ENSUITE, empreinte=UN_TEXTE)
OUVERTE = PassationOuverte(passation=P, sortant=ANA, entrant=BEN, le=ENSUITE, empreinte=UN_TEXTE)
SIGNER = SignerPassation(passation=P, empreinte=UN_TEXTE)
SIGNEE_PAR_ANA = vers(PassationSignee, OUVERTE, signataires=(ANA,))
CONCLUE = vers(PassationSignee, OUVERTE, signataires=(ANA, BEN))
ABANDONNEE = vers(PassationAbandonnee, OUVERTE, motif="Ben renonce")


def test_une_passation_s_ouvre_sur_un_document():
    quand = given().when(OUVRIR)
    quand.then(OUVERTE)
    row = ligne(quand, "passations")
    assert (row.etat, row.manquent) == ("à signer", (ANA, BEN))
    given(OUVERTE).when(OUVRIR).then_nothing()


def test_on_ne_se_transmet_pas_le_lieu_a_soi_meme():
    quand = given().when(attrs.evolve(OUVRIR, entrant=ANA))
    quand.then_refused(MemePersonne(sortant=ANA))
    assert "de qui part à qui arrive" in dit(quand)


def test_qui_part_ne_part_qu_une_fois_a_la_fois():
    autre = attrs.evolve(OUVRIR, empreinte=AUTRE_TEXTE)
    quand = given(OUVERTE).when(autre)
    quand.then_refused(PassationEnCours(passation=P, sortant=ANA, entrant=BEN))
    assert "ReprendrePassation epreuve" in dit(quand)
    given(OUVERTE, CONCLUE).when(autre).then_accepted()
    given(OUVERTE, ABANDONNEE).when(autre).then_accepted()


def test_qui_part_et_qui_arrive_signent_le_meme_document():
    quand = given(OUVERTE).when(SIGNER, par=ANA)
    quand.then(SIGNEE_PAR_ANA)
    assert (ligne(quand, "passations").etat, ligne(quand, "passations").manquent) == ("signée d'un côté", (BEN,))
    quand = given(OUVERTE, SIGNEE_PAR_ANA).when(SIGNER, par=BEN)
    quand.then(CONCLUE)
    assert (ligne(quand, "passations").etat, ligne(quand, "passations").manquent) == ("conclue", ())
    for qui in (ANA, BEN):
        given(OUVERTE, CONCLUE).when(SIGNER, par=qui).then_nothing()


def test_personne_ne_signe_a_leur_place():
    quand = given(OUVERTE).when(SIGNER)
    quand.then_refused(PasDeLaPassation(personne=CAMILLE, sortant=ANA, entrant=BEN))
    assert "signent elles-mêmes" in dit(quand)


def test_un_texte_qui_a_change_ne_se_signe_pas():
    quand = given(OUVERTE).when(attrs.evolve(SIGNER, empreinte=AUTRE_TEXTE), par=BEN)
    quand.then_refused(TexteChange(donnee=AUTRE_TEXTE, attendue=UN_TEXTE))
    assert "Relisez ce qui a changé" in dit(quand)


def test_un_document_refait_est_a_signer_de_nouveau_par_tous_deux():
    reprendre = ReprendrePassation(passation=P, empreinte=AUTRE_TEXTE)
    refaite = vers(PassationReprise, OUVERTE, empreinte=AUTRE_TEXTE)
    quand = given(OUVERTE, SIGNEE_PAR_ANA).when(reprendre)
    quand.then(refaite)
    assert ligne(quand, "passations").manquent == (ANA, BEN)
    given(OUVERTE, refaite).when(reprendre).then_nothing()
    given(OUVERTE, refaite).when(attrs.evolve(reprendre, le=MARDI)).then(attrs.evolve(refaite, le=MARDI))
    given(OUVERTE, SIGNEE_PAR_ANA, refaite).when(SIGNER, par=BEN).then_refused(TexteChange)


def test_une_passation_conclue_ou_abandonnee_ne_bouge_plus():
    for derniere, etat in ((CONCLUE, "conclue"), (ABANDONNEE, "abandonnée")):
        quand = given(OUVERTE, derniere).when(ReprendrePassation(passation=P, empreinte=AUTRE_TEXTE))
        quand.then_refused(PassationClose(sortant=ANA, entrant=BEN, etat=etat))
        assert f"est {etat}" in dit(quand)
    given(OUVERTE, CONCLUE).when(AbandonnerPassation(passation=P, motif="x")).then_refused(PassationClose)
    given(OUVERTE, ABANDONNEE).when(SIGNER, par=ANA).then_refused(PassationClose)


def test_on_renonce_a_une_passation_avec_un_motif():
    renoncer = AbandonnerPassation(passation=P, motif="Ben renonce")
    quand = given(OUVERTE).when(renoncer)
    quand.then(ABANDONNEE)
    assert (ligne(quand, "passations").etat, ligne(quand, "passations").manquent) == ("abandonnée", ())
    given(OUVERTE, ABANDONNEE).when(renoncer).then_nothing()


def test_une_signature_donnee_par_erreur_se_corrige():
    quand = given(OUVERTE, SIGNEE_PAR_ANA).when(CorrigerPassation(passation=P, motif="pas relue"))
    quand.then_accepted()
    assert ligne(quand, "passations").etat == "à signer"


def test_ce_qui_reste_a_signer_est_rappele_une_semaine_avant():
    quand = given(OUVERTE, SIGNEE_PAR_ANA).when(DeclarerMot(mot="idée"))
    (une,) = quand.lieu.a_faire()
    assert une.quand.to_tz("Europe/Paris").date() == Date(2026, 11, 24)
    assert "reste à signer par ben" in une.phrase
    quand = given(OUVERTE, CONCLUE).when(DeclarerMot(mot="idée"))
    assert quand.lieu.a_faire() == []


# ── ce qui fut enregistré par erreur, dès le début ──────────────────────────────────────────────────────────────────


def test_une_note_enregistree_par_erreur_n_est_plus_de_celles_du_journal():
    lieu = given(*DECOR, NOTEE).when(CorrigerEntree(entree=UNE, motif="pas ce lieu")).lieu
    assert lieu.registre("entrees") == []
    amender = lieu.executer(AMENDER, par=ANA)
    assert isinstance(refusal(lieu.catalogue, amender.decision), EntreeParErreur)
    assert "enregistrée par erreur" in amender.explication[0]
    assert lieu.executer(RetirerEntree(entree=UNE, motif="x"), par=ANA).verdict == "sans_objet"


def test_une_passation_ouverte_par_erreur_ne_se_signe_pas():
    lieu = given(OUVERTE).when(CorrigerPassation(passation=P, motif="pas elle")).lieu
    for commande in (SIGNER, ReprendrePassation(passation=P, empreinte=AUTRE_TEXTE)):
        refuse = lieu.executer(commande, par=CAMILLE)
        assert isinstance(refusal(lieu.catalogue, refuse.decision), PassationParErreur)
    assert lieu.executer(AbandonnerPassation(passation=P, motif="x"), par=CAMILLE).verdict == "sans_objet"
    assert lieu.executer(OUVRIR, par=CAMILLE).acceptee
