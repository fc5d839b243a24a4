"""Les documents du lieu : connus par leur empreinte, classés, joints, lus par qui de droit, détruits à leur terme."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, MARDI, VENDREDI, VERTE, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.administration.documents import (
    ClasseDeclaree,
    ClasseInconnue,
    CloreDocument,
    CloturePasEncore,
    CorrigerDocument,
    DeclarerClasse,
    DecrireDocument,
    DeposerDocument,
    DeposerVersion,
    DetacherDocument,
    DetruireAvantTerme,
    DetruireDocument,
    DocumentClos,
    DocumentDecrit,
    DocumentDejaDepose,
    DocumentDepose,
    DocumentDetache,
    DocumentDetruit,
    DocumentDetruitAvantTerme,
    DocumentJoint,
    DocumentLu,
    DocumentPasACetteEtape,
    JoindreDocument,
    LectureReservee,
    LireDocument,
    PasATerme,
    Regime,
    Version,
    VersionDeposee,
)
from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance import MandatDonne
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide, ReferenceInconnue
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId, MandatId, personne
from tierslieu_core.vocabulaire.vie import vers

BAIL = DocumentId("bail")
UN, DEUX = Empreinte.de(b"bail signe"), Empreinte.de(b"bail et avenant")
LA_VERTE, LE_CONTRAT = Chose("espace", VERTE), Chose("contrat", "loyer")
REGIME = Regime(lecteurs=("bureau",), garde_mois=60, depuis="depot")
CONTRATS = ClasseDeclaree(classe="contrat", nom="Contrats", regime=REGIME)
PREMIERE = Version(numero=1, le=LUNDI, empreinte=UN, taille=48_213, media="application/pdf")
SECONDE = Version(numero=2, le=MARDI, empreinte=DEUX, taille=900)
LE_BAIL = DocumentDepose(document=BAIL, nom="Bail 2026", classe="contrat", regime=REGIME, version=PREMIERE)
DEPOSER = DeposerDocument(
    document=BAIL, nom="Bail 2026", classe="contrat", empreinte=UN, taille=48_213, media="application/pdf"
)
VERSER = DeposerVersion(document=BAIL, empreinte=DEUX, taille=900)
LIRE, DETRUIRE = LireDocument(document=BAIL), DetruireDocument(document=BAIL)
CLOS = vers(DocumentClos, LE_BAIL, clos_le=LUNDI)
DANS_CINQ_ANS = Date(2031, 11, 24)
DETRUIT = vers(DocumentDetruit, LE_BAIL, terme=Date(2031, 11, 23), empreintes=(UN,))
ANA_INSCRITE, BEN_INSCRIT = PersonneInscrite(personne=ANA, nom="Ana"), PersonneInscrite(personne=BEN, nom="Ben")


def du_bureau(sur=None, role="bureau"):
    return MandatDonne(mandat=MandatId("m-ben"), personne=BEN, role=role, du=Date(2020, 1, 1), sur=sur)


def classe(**autres):
    return attrs.evolve(CONTRATS, regime=attrs.evolve(REGIME, **autres))


# ── classer ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_lieu_dit_comment_il_classe_ses_documents():
    declarer = DeclarerClasse(classe="contrat", nom="Contrats", lecteurs=("bureau",), garde_mois=60)
    given().when(declarer).then(CONTRATS)
    given(CONTRATS).when(declarer).then_nothing()
    quand = given(CONTRATS).when(attrs.evolve(declarer, lecteurs=("inscrit", "soi"), garde_mois=None))
    quand.then(classe(lecteurs=("inscrit", "soi"), garde_mois=None))
    assert str(ligne(quand, "classes-de-documents").regime) == (
        "lu par toute personne inscrite et la personne concernée, gardé sans terme"
    )
    assert str(REGIME) == "lu par bureau, gardé 60 mois depuis son dépôt"


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"classe": ""}, "un mot"), ({"lecteurs": ()}, "quelqu'un au moins"),
        ({"lecteurs": ("Le Bureau",)}, "identifiant"),
        ({"garde_mois": 0}, "de 1 à 1200"), ({"garde_mois": 1201}, "de 1 à 1200"),
    ],
)  # fmt: skip
def test_une_classe_dit_qui_lit_et_combien_de_temps(change, mot):
    declarer = DeclarerClasse(classe="contrat", nom="Contrats", lecteurs=("bureau",))
    with pytest.raises(DemandeInvalide, match=mot):
        given().when(attrs.evolve(declarer, **change))


# ── déposer ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_document_se_depose_dans_une_classe_du_lieu_et_une_fois():
    given(CONTRATS).when(DEPOSER).then(LE_BAIL)
    given(CONTRATS, LE_BAIL).when(DEPOSER).then_nothing()
    quand = given(CONTRATS, LE_BAIL).when(attrs.evolve(DEPOSER, empreinte=DEUX))
    quand.then_refused(DocumentDejaDepose(document=BAIL))
    assert "une nouvelle version" in dit(quand)
    given(CONTRATS, LE_BAIL, CLOS).when(DEPOSER).then_refused(DocumentDejaDepose)


def test_une_classe_que_le_lieu_ne_connait_pas_est_refusee_avec_celles_qu_il_connait():
    quand = given(CONTRATS).when(attrs.evolve(DEPOSER, classe="bail"))
    quand.then_refused(ClasseInconnue(classe="bail", connues="contrat"))
    given().when(DEPOSER).then_refused(ClasseInconnue(classe="contrat", connues="aucune"))
    given(CONTRATS, LE_BAIL).when(DecrireDocument(document=BAIL, classe="bail")).then_refused(ClasseInconnue)


def test_une_taille_est_un_nombre_d_octets():
    for commande in (attrs.evolve(DEPOSER, taille=-1), attrs.evolve(VERSER, taille=-1)):
        with pytest.raises(DemandeInvalide, match="octets"):
            given(CONTRATS).when(commande)


def test_les_versions_d_un_document_se_gardent_avec_lui():
    seconde = vers(VersionDeposee, LE_BAIL, version=SECONDE, anciennes=(PREMIERE,))
    quand = given(CONTRATS, LE_BAIL).when(VERSER, maintenant=midi(MARDI))
    quand.then(seconde)
    row = ligne(quand, "documents-du-lieu")
    assert (str(row.version), str(row.anciennes[0])) == (
        f"n° 2 du 24/11/2026 (900 o, empreinte {DEUX.hexa[:12]}…)",
        f"n° 1 du 23/11/2026 (application/pdf, 49 ko, empreinte {UN.hexa[:12]}…)",
    )
    given(CONTRATS, LE_BAIL, seconde).when(VERSER).then_nothing()


def test_un_document_change_de_titre_ou_de_classe():
    public = ClasseDeclaree(classe="public", nom="Publics", regime=attrs.evolve(REGIME, lecteurs=("inscrit",)))
    faits = (CONTRATS, public, LE_BAIL)
    given(*faits).when(DecrireDocument(document=BAIL, nom="Bail commercial")).then(
        vers(DocumentDecrit, LE_BAIL, nom="Bail commercial")
    )
    quand = given(*faits).when(DecrireDocument(document=BAIL, classe="public"))
    quand.then(vers(DocumentDecrit, LE_BAIL, classe="public", regime=public.regime))
    assert ligne(quand, "documents-du-lieu").regime == public.regime
    given(*faits).when(DecrireDocument(document=BAIL, nom="Bail 2026")).then_nothing()


# ── joindre ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_document_se_joint_a_ce_que_l_on_veut_et_s_en_detache():
    joint = vers(DocumentJoint, LE_BAIL, chose=LA_VERTE, joint_a=(LA_VERTE,))
    joindre = JoindreDocument(document=BAIL, chose=LA_VERTE)
    quand = given(CONTRATS, LA_SALLE, LE_BAIL).when(joindre)
    quand.then(joint)
    assert dit(quand) == ""
    assert [str(t) for t in quand.lieu.audit("espace:verte")][-1].endswith("« Bail 2026 » est joint à Salle verte.")
    (piece,) = quand.lieu.registre("pieces-jointes", filtre={"chose": str(LA_VERTE)})
    assert (piece.chose, piece.document, piece.depuis) == ("espace:verte", BAIL, LUNDI)
    given(CONTRATS, LE_BAIL, joint).when(joindre).then_nothing()
    detacher = DetacherDocument(document=BAIL, chose=LA_VERTE)
    quand = given(CONTRATS, LE_BAIL, joint).when(detacher)
    quand.then(vers(DocumentDetache, LE_BAIL, chose=LA_VERTE))
    assert quand.lieu.registre("pieces-jointes") == []
    given(CONTRATS, LE_BAIL).when(detacher).then_nothing()


def test_un_document_ne_se_joint_qu_a_ce_que_le_lieu_connait():
    lieu = memory_place()
    record(lieu, [*FONDATION, CONTRATS, LE_BAIL, LA_SALLE])
    for chose in ("espace:bleue", "truc:x", "cle:jamais"):
        with pytest.raises(ReferenceInconnue, match="inconnu du lieu"):
            lieu.executer(JoindreDocument(document=BAIL, chose=Chose.depuis_texte(chose)), par=CAMILLE)
    faite = lieu.executer(JoindreDocument(document=BAIL, chose=LA_VERTE), par=CAMILLE, cle="joindre")
    assert faite.verdict == "accord"
    assert lieu.executer(JoindreDocument(document=BAIL, chose=Chose("cle", "joindre")), par=CAMILLE).acceptee
    with pytest.raises(DemandeInvalide, match="une chose du lieu attendue"):
        lieu.demander("documents.JoindreDocument", {"document": BAIL, "chose": "la verte"}, par=CAMILLE)
    with pytest.raises(DemandeInvalide, match="une empreinte SHA-256 attendue"):
        lieu.demander("documents.DeposerVersion", {"document": BAIL, "empreinte": "ab", "taille": 1}, par=CAMILLE)


def test_ce_qui_est_joint_au_depot_l_est_une_fois():
    quand = given(CONTRATS, LA_SALLE).when(attrs.evolve(DEPOSER, joint_a=(LA_VERTE, LA_VERTE)))
    quand.then(attrs.evolve(LE_BAIL, joint_a=(LA_VERTE,)))
    assert len(quand.lieu.registre("pieces-jointes")) == 1


# ── lire ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_document_est_lu_par_qui_en_a_le_mandat_et_la_lecture_se_note_une_fois_par_jour():
    lu = DocumentLu(document=BAIL, personne=BEN, version=1, le=LUNDI)
    quand = given(CONTRATS, BEN_INSCRIT, du_bureau(), LE_BAIL).when(LIRE, par=BEN)
    quand.then(lu)
    assert ligne(quand, "consultations").personne == BEN
    given(CONTRATS, du_bureau(), LE_BAIL, lu).when(LIRE, par=BEN).then_nothing()
    given(CONTRATS, du_bureau(), LE_BAIL, lu).when(LIRE, par=BEN, maintenant=midi(MARDI)).then_accepted()


def test_une_lecture_refusee_dit_qui_peut_lire_et_a_qui_demander():
    quand = given(CONTRATS, ANA_INSCRITE, LE_BAIL).when(LIRE, par=ANA)
    quand.then_refused(LectureReservee(document=BAIL, personne=ANA, classe="contrat", lecteurs="bureau"))
    assert dit(quand) == (
        "« Bail 2026 » (classe « contrat ») est lu par : bureau. Ana n'en est pas aujourd'hui. "
        "Demandez à qui tient l'un de ces mandats, ou à la conciergerie, qui peut le ranger dans une autre classe."
    )


def test_une_classe_declaree_autrement_change_aussitot_qui_lit_ce_qu_elle_contient():
    pour_tous = classe(lecteurs=("inscrit",))
    given(CONTRATS, LE_BAIL, pour_tous).when(LIRE, par=ANA).then_accepted()
    quand = given(CONTRATS, LE_BAIL).when(
        DeclarerClasse(classe="contrat", nom="Contrats", lecteurs=("inscrit",), garde_mois=12)
    )
    row = ligne(quand, "documents-du-lieu")
    assert (row.regime.lecteurs, row.terme) == (("inscrit",), Date(2027, 11, 23))
    quand = given(CONTRATS, LE_BAIL).when(DeclarerClasse(classe="public", nom="Publics", lecteurs=("inscrit",)))
    assert ligne(quand, "documents-du-lieu").regime == REGIME


def test_la_personne_a_qui_un_document_est_joint_le_lit_si_sa_classe_le_dit():
    a_ana = vers(DocumentJoint, LE_BAIL, chose=Chose("personne", ANA), joint_a=(Chose("personne", ANA),))
    faits = (classe(lecteurs=("soi",)), LE_BAIL, a_ana)
    given(*faits).when(LIRE, par=ANA).then_accepted()
    given(*faits).when(LIRE, par=BEN).then_refused(LectureReservee)
    assert personne(ANA) in a_ana.etiquettes()


def test_un_mandat_sur_un_espace_fait_lire_ce_qui_y_est_joint_et_cela_seul():
    a_la_verte = vers(DocumentJoint, LE_BAIL, chose=LA_VERTE, joint_a=(LA_VERTE,))
    referent = du_bureau(sur="espace:verte", role="referent")
    faits = (classe(lecteurs=("referent",)), referent, LE_BAIL)
    given(*faits).when(LIRE, par=BEN).then_refused(LectureReservee)
    given(*faits, a_la_verte).when(LIRE, par=BEN).then_accepted()


def test_une_regle_du_lieu_peut_fermer_une_lecture():
    habilites = regle("confidentialite", "habilitation", Portee(actions=("lire_document",)), requise="confidentialite")
    quand = given(CONTRATS, habilites, du_bureau(), LE_BAIL).when(LIRE, par=BEN)
    quand.then_refused(clause="confidentialite")
    autre = regle("autre", "habilitation", requise="scie")
    given(CONTRATS, autre, du_bureau(), LE_BAIL).when(LIRE, par=BEN).then_accepted()


# ── clore, détruire ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_document_se_garde_jusqu_a_son_terme_et_le_refus_dit_lequel():
    quand = given(CONTRATS, LE_BAIL).when(DETRUIRE)
    quand.then_refused(
        PasATerme(document=BAIL, classe="contrat", garde="60 mois depuis son dépôt", terme=Date(2031, 11, 23))
    )
    assert "se garde encore, jusqu'au dimanche 23 novembre 2031 : sa classe « contrat » le garde 60 mois" in dit(quand)
    quand = given(classe(garde_mois=None), LE_BAIL).when(DETRUIRE)
    quand.then_refused(PasATerme)
    assert "« Bail 2026 » se garde encore : sa classe « contrat » le garde sans terme." in dit(quand)
    given(CONTRATS, LE_BAIL).when(DETRUIRE, maintenant=midi(Date(2031, 11, 23))).then_refused(PasATerme)


def test_a_son_terme_un_document_se_detruit_et_la_preuve_en_reste():
    lieu = memory_place()
    record(lieu, [*FONDATION, CONTRATS, LE_BAIL])
    (avant,) = [due for due in lieu.a_faire(midi(DANS_CINQ_ANS)) if due.chose == "document:bail"]
    assert avant.phrase == (
        "« Bail 2026 » est à détruire, sa garde étant passée le dimanche 23 novembre 2031 (documents.DetruireDocument)"
    )
    seconde = vers(VersionDeposee, LE_BAIL, version=SECONDE, anciennes=(PREMIERE,))
    joint = vers(DocumentJoint, seconde, chose=LA_VERTE, joint_a=(LA_VERTE,))
    quand = given(CONTRATS, LE_BAIL, seconde, joint).when(DETRUIRE, maintenant=midi(DANS_CINQ_ANS))
    quand.then(vers(DocumentDetruit, joint, terme=Date(2031, 11, 23), empreintes=(UN, DEUX)))
    preuve = ligne(quand, "destructions")
    assert (preuve.par, preuve.le, preuve.empreintes) == (CAMILLE, DANS_CINQ_ANS, (UN, DEUX))
    assert quand.lieu.registre("pieces-jointes") == []
    assert not [d for d in quand.lieu.a_faire(midi(Date(2040, 1, 1))) if d.chose == "document:bail"]


def test_un_document_detruit_ne_se_detruit_pas_deux_fois_et_ne_se_fait_plus_rien_d_autre():
    given(CONTRATS, LE_BAIL, DETRUIT).when(DETRUIRE).then_nothing()
    for commande in (
        VERSER, LIRE, DecrireDocument(document=BAIL, nom="x"), CloreDocument(document=BAIL),
        JoindreDocument(document=BAIL, chose=LA_VERTE), DetacherDocument(document=BAIL, chose=LA_VERTE),
        CorrigerDocument(document=BAIL, motif="erreur"),
    ):  # fmt: skip
        quand = given(CONTRATS, du_bureau(), LE_BAIL, DETRUIT).when(commande, maintenant=midi(DANS_CINQ_ANS))
        quand.then_refused(DocumentPasACetteEtape)
        assert "« Bail 2026 » est détruit" in dit(quand)


def test_un_document_qui_ne_peut_attendre_se_detruit_avec_un_motif_et_sa_preuve():
    detruire = DetruireAvantTerme(document=BAIL, motif="déposé par erreur")
    detruit = vers(DocumentDetruitAvantTerme, LE_BAIL, empreintes=(UN,), motif="déposé par erreur")
    quand = given(CONTRATS, LE_BAIL).when(detruire)
    quand.then(detruit)
    preuve = ligne(quand, "destructions")
    assert (preuve.terme, preuve.empreintes, preuve.par) == (None, (UN,), CAMILLE)
    assert ligne(quand, "documents-du-lieu").etat == "détruit"
    given(CONTRATS, LE_BAIL, detruit).when(detruire).then_nothing()
    given(CONTRATS, LE_BAIL, detruit).when(LIRE).then_refused(DocumentPasACetteEtape)
    concierge = MandatDonne(mandat=MandatId("m-ben"), personne=BEN, role="concierge", du=Date(2020, 1, 1))
    given(concierge, CONTRATS, LE_BAIL).when(detruire, par=BEN).then_refused(MandatManquant)


def test_la_garde_court_depuis_ce_que_dit_la_classe():
    seconde = vers(VersionDeposee, LE_BAIL, version=SECONDE, anciennes=(PREMIERE,))
    clos = vers(DocumentClos, seconde, clos_le=MARDI.next_day())
    for depuis, fin in (("depot", 23), ("version", 24), ("cloture", 25)):
        quand = given(classe(depuis=depuis), LE_BAIL, seconde, clos).when(DETRUIRE, maintenant=midi(Date(2027, 1, 1)))
        quand.then_refused(PasATerme)
        assert f"{fin} novembre 2031" in dit(quand)
    quand = given(classe(depuis="cloture"), LE_BAIL).when(DETRUIRE)
    assert "le garde 60 mois depuis sa clôture" in dit(quand)


def test_un_document_qui_ne_sert_plus_se_clot_et_ne_change_plus_de_contenu():
    clore = CloreDocument(document=BAIL)
    given(CONTRATS, LE_BAIL).when(clore).then(CLOS)
    given(CONTRATS, LE_BAIL, CLOS).when(clore).then_nothing()
    quand = given(CONTRATS, LE_BAIL, CLOS).when(VERSER)
    quand.then_refused(DocumentPasACetteEtape)
    assert "« Bail 2026 » est clos" in dit(quand)
    assert "déposez un autre document" in dit(quand)
    joint = given(CONTRATS, LA_SALLE, LE_BAIL, CLOS).when(JoindreDocument(document=BAIL, chose=LA_VERTE))
    joint.then_accepted()
    assert ligne(joint, "documents-du-lieu").etat == "clos"


def test_un_document_se_clot_du_jour_meme_ou_d_un_jour_passe_apres_son_depot():
    for le in (MARDI, VENDREDI):
        quand = given(CONTRATS, LE_BAIL).when(CloreDocument(document=BAIL, le=le))
        quand.then_refused(CloturePasEncore(le=le, depose_le=LUNDI))
    assert "après son dépôt (lundi 23 novembre 2026)" in dit(quand)


def test_ce_qui_fut_dit_d_un_document_par_erreur_se_corrige():
    quand = given(CONTRATS, LE_BAIL, CLOS).when(CorrigerDocument(document=BAIL, motif="il sert encore"))
    quand.then(
        FaitCorrige(
            fait="donne/7", nature="documents.DocumentClos", sujet="document:bail", motif="il sert encore"
        )
    )  # fmt: skip
    assert ligne(quand, "documents-du-lieu").etat == "en usage"
    given(CONTRATS, LE_BAIL).when(CorrigerDocument(document=BAIL, motif="x")).then_refused(RienACorriger)


def test_le_registre_dit_l_etat_a_une_date():
    quand = given(CONTRATS, LE_BAIL).when(CloreDocument(document=BAIL), maintenant=midi(MARDI))
    assert [ligne(quand, "documents-du-lieu", le).etat for le in (LUNDI, MARDI)] == ["en usage", "clos"]
    assert quand.lieu.registre("documents-du-lieu", au=VENDREDI) == []


def test_une_chose_et_une_empreinte_se_disent_par_leur_texte():
    assert repr(LA_VERTE) == "Chose('espace', 'verte')"
    assert repr(UN) == f"Empreinte('{UN}')"
    assert {LA_VERTE, Chose.depuis_texte("espace:verte")} == {LA_VERTE}
    assert {UN, Empreinte.depuis_texte(str(UN))} == {UN}
