"""Conventions avec des personnes et des collectifs : préparées, signées des deux côtés, renouvelées, finies."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    BEN,
    BLEUE,
    LA_SALLE,
    LUNDI,
    MARDI,
    SAMEDI,
    VENDREDI,
    VERTE,
    a,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date

from tierslieu_core.domaines.administration.conventions import (
    Accord,
    AmenderConvention,
    AvenantPropose,
    ConventionDejaPreparee,
    ConventionDUnAutre,
    ConventionPasACetteEtape,
    ConventionPreparee,
    ConventionTerminee,
    CorrigerConvention,
    DatesImpossibles,
    PreparerConvention,
    ProjetRetire,
    RenouvelerConvention,
    RenouvellementPropose,
    RetirerProjet,
    RienARenouveler,
    SignataireInteresse,
    SignatureApposee,
    SignerConvention,
    SignerPourLeLieu,
    TerminerConvention,
)
from tierslieu_core.domaines.administration.documents import (
    ClasseDeclaree,
    DocumentDepose,
    LireDocument,
    Regime,
    Version,
)
from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance import MandatDonne
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee
from tierslieu_core.domaines.personnes.adhesions.collectifs import OuvrirCollectif, RattacherMembre
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import ConventionId, DocumentId, MandatId, PersonneId
from tierslieu_core.vocabulaire.vie import vers

C1, ASSO, TEXTE = ConventionId("occupation-1"), PersonneId("asso"), DocumentId("texte")
AOUT = Date(2027, 8, 31)
ACCORD = Accord(du=LUNDI, au=AOUT, espaces=(VERTE,))
PREPARER = PreparerConvention(
    convention=C1, nom="Occupation de la verte", nature="occupation", personne=ANA, du=LUNDI, au=AOUT, espaces=(VERTE,)
)
PREPAREE = ConventionPreparee(
    convention=C1, nom="Occupation de la verte", nature="occupation", personne=ANA, projet=ACCORD
)
PAR_ANA = vers(SignatureApposee, PREPAREE, signee_par=("personne",), partie="personne", reste=("lieu",))
SIGNEE = vers(SignatureApposee, PAR_ANA, projet=None, vigueur=ACCORD, signee_par=(), partie="lieu", reste=())
FINIE = vers(ConventionTerminee, SIGNEE, fin=LUNDI, motif="elle s'en va")
SIGNER, POUR_LE_LIEU = SignerConvention(convention=C1, personne=ANA), SignerPourLeLieu(convention=C1)
TERMINER = TerminerConvention(convention=C1, motif="elle s'en va")
RENOUVELER = RenouvelerConvention(convention=C1, au=Date(2028, 8, 31))
TOUT = (PREPAREE, PAR_ANA, SIGNEE)
EN_SEPTEMBRE = midi(Date(2027, 9, 5))
ANA_INSCRITE = PersonneInscrite(personne=ANA, nom="Ana")


def apres(*faits: Any):
    """A place where these things happened, on Monday."""
    lieu = memory_place(maintenant=midi(LUNDI))
    record(lieu, [*FONDATION, ANA_INSCRITE, LA_SALLE, *faits])
    return lieu


def etats(faits, *jours: Date):
    lieu = apres(*faits)
    return [lieu.registre("conventions", au=jour)[0].etat for jour in jours]


def rappels(faits, jour):
    lieu = apres(*faits)
    lieu.horloge = lieu.handler.clock = lambda: midi(jour)
    return [due.phrase for due in lieu.a_faire(midi(jour)) if due.chose == f"convention:{C1}"]


# ── préparer, signer ────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_convention_se_prepare_une_fois():
    quand = given(ANA_INSCRITE, LA_SALLE).when(PREPARER)
    quand.then(PREPAREE)
    (trace,) = quand.lieu.audit("convention:occupation-1")
    assert (
        "Convention préparée avec Ana : « Occupation de la verte » (occupation), du 23/11/2026 au 31/08/2027, pour "
        in str(trace)
    )
    given(PREPAREE).when(PREPARER).then_nothing()
    autre = given(PREPAREE).when(attrs.evolve(PREPARER, au=None))
    autre.then_refused(ConventionDejaPreparee(convention=C1))
    for change, mot in (({"nature": "Le bail"}, "un mot en minuscules"), ({"au": VENDREDI}, "doit venir après")):
        with pytest.raises(DemandeInvalide, match=mot):
            given().when(attrs.evolve(PREPARER, **change))


def test_elle_ne_vaut_que_signee_des_deux_parties_dans_un_ordre_ou_dans_l_autre():
    given(PREPAREE).when(SIGNER, par=ANA).then(PAR_ANA)
    quand = given(ANA_INSCRITE, PREPAREE, PAR_ANA).when(POUR_LE_LIEU)
    quand.then(SIGNEE)
    assert ligne(quand, "conventions").vigueur == ACCORD
    par_le_lieu = vers(SignatureApposee, PREPAREE, signee_par=("lieu",), partie="lieu", reste=("personne",))
    given(PREPAREE).when(POUR_LE_LIEU).then(par_le_lieu)
    given(PREPAREE, par_le_lieu).when(SIGNER, par=ANA).then(attrs.evolve(SIGNEE, partie="personne"))
    given(*TOUT).when(POUR_LE_LIEU).then_nothing()
    given(PREPAREE, PAR_ANA).when(SIGNER, par=ANA).then_nothing()


def test_la_phrase_dit_qui_doit_encore_signer():
    lieu = apres(PREPAREE)
    phrases = [str(lieu.executer(c, par=CAMILLE).evenements[0]) for c in (SIGNER, POUR_LE_LIEU)]
    assert len(phrases) == 2
    dites = [t.phrases[0] for t in lieu.journal(LUNDI) if "côté" in t.phrases[0]]
    assert dites == [
        "« Occupation de la verte », avec Ana, est signée côté personne ; reste à signer côté lieu.",
        "« Occupation de la verte », avec Ana, est signée côté lieu : elle vaut désormais.",
    ]


def test_chacun_signe_pour_soi_et_un_representant_pour_son_collectif():
    given(PREPAREE).when(attrs.evolve(SIGNER, personne=BEN), par=BEN).then_refused(
        ConventionDUnAutre(convention=C1, personne=ANA)
    )
    given(PREPAREE).when(SIGNER, par=BEN).then_refused(MandatManquant)
    given(PREPAREE).when(SIGNER, par=CAMILLE).then_accepted()  # the paper that Ana signed
    asso = attrs.evolve(PREPAREE, personne=ASSO)
    represente = PersonneRepresentee(personne=ASSO, representant=BEN, du=LUNDI, au=None)
    given(represente, asso).when(attrs.evolve(SIGNER, personne=ASSO), par=BEN).then_accepted()


def test_le_lieu_ne_signe_pas_avec_la_main_de_l_autre_partie():
    given(PREPAREE).when(POUR_LE_LIEU, par=ANA).then_refused(MandatManquant)
    sienne = attrs.evolve(PREPAREE, personne=CAMILLE)
    quand = given(sienne).when(POUR_LE_LIEU)
    quand.then_refused(SignataireInteresse(convention=C1, personne=CAMILLE))
    assert "Demandez à une autre personne de la coordination" in dit(quand)
    represente = PersonneRepresentee(personne=ASSO, representant=CAMILLE, du=LUNDI, au=None)
    given(represente, attrs.evolve(PREPAREE, personne=ASSO)).when(POUR_LE_LIEU).then_refused(SignataireInteresse)
    ben = MandatDonne(mandat=MandatId("m-ben"), personne=BEN, role="coordination", du=Date(2020, 1, 1))
    given(ben, sienne).when(POUR_LE_LIEU, par=BEN).then_accepted()


def test_une_regle_du_lieu_peut_juger_la_signature():
    habilites = regle("habilites", "habilitation", Portee(actions=("signer_convention",)), requise="accueil")
    given(habilites, PREPAREE).when(SIGNER, par=ANA).then_refused(clause="habilites")
    given(habilites, *TOUT).when(SIGNER, par=ANA).then_nothing()


# ── amender, renouveler ─────────────────────────────────────────────────────────────────────────────────────────────


def test_un_projet_change_se_signe_a_nouveau():
    amender = AmenderConvention(convention=C1, espaces=(VERTE, BLEUE), au=Date(2027, 12, 31))
    projet = attrs.evolve(ACCORD, espaces=(VERTE, BLEUE), au=Date(2027, 12, 31))
    change = vers(AvenantPropose, PREPAREE, projet=projet, signee_par=())
    given(PREPAREE, PAR_ANA).when(amender).then(change)
    given(PREPAREE, change).when(amender).then_nothing()


def test_un_avenant_laisse_valoir_ce_qui_est_signe_jusqu_aux_deux_signatures():
    amender = AmenderConvention(convention=C1, au=SAMEDI)
    avenant = vers(AvenantPropose, SIGNEE, projet=attrs.evolve(ACCORD, au=SAMEDI), signee_par=())
    quand = given(*TOUT).when(amender)
    quand.then(avenant)
    row = ligne(quand, "conventions")
    assert (row.etat, row.vigueur, row.reste) == ("en cours", ACCORD, ("lieu", "personne"))
    quand = given(*TOUT, avenant).when(RetirerProjet(convention=C1, motif="on garde"))
    quand.then(vers(ProjetRetire, avenant, projet=None, motif="on garde"))
    assert ligne(quand, "conventions").vigueur == ACCORD
    given(*TOUT).when(RetirerProjet(convention=C1, motif="on garde")).then_nothing()
    lieu = apres(*TOUT, avenant)
    for commande in (SIGNER, POUR_LE_LIEU):
        lieu.executer(commande, par=CAMILLE)
    assert lieu.registre("conventions")[0].vigueur.au == SAMEDI


def test_un_dernier_jour_qui_vient_avant_le_premier_est_refuse():
    quand = given(*TOUT).when(AmenderConvention(convention=C1, au=VENDREDI))
    quand.then_refused(DatesImpossibles(convention=C1, du=LUNDI, au=VENDREDI))
    echue = given(*TOUT).when(attrs.evolve(RENOUVELER, au=Date(2027, 9, 1)), maintenant=EN_SEPTEMBRE)
    echue.then_refused(DatesImpossibles(convention=C1, du=Date(2027, 9, 5), au=Date(2027, 9, 1)))


def test_une_convention_se_renouvelle_et_ne_vaut_pas_entre_temps_si_elle_etait_echue():
    propose = vers(RenouvellementPropose, SIGNEE, projet=attrs.evolve(ACCORD, au=Date(2028, 8, 31)))
    given(*TOUT).when(RENOUVELER).then(propose)
    given(*TOUT, propose).when(RENOUVELER).then_nothing()
    quand = given(*TOUT).when(RENOUVELER, maintenant=EN_SEPTEMBRE)
    quand.then(attrs.evolve(propose, projet=attrs.evolve(ACCORD, du=Date(2027, 9, 5), au=Date(2028, 8, 31))))


def test_on_ne_renouvelle_que_vers_plus_tard():
    quand = given(*TOUT).when(attrs.evolve(RENOUVELER, au=AOUT))
    quand.then_refused(RienARenouveler(convention=C1, au=AOUT))
    assert "« Occupation de la verte » vaut déjà jusqu'au mardi 31 août 2027." in dit(quand)
    sans_fin = attrs.evolve(SIGNEE, vigueur=attrs.evolve(ACCORD, au=None))
    quand = given(PREPAREE, sans_fin).when(RENOUVELER)
    assert "« Occupation de la verte » vaut déjà sans fin." in dit(quand)


# ── finir ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_convention_finit_et_l_on_renonce_a_celle_qui_n_est_pas_signee():
    given(*TOUT).when(TERMINER).then(FINIE)
    given(*TOUT, FINIE).when(TERMINER).then_nothing()
    given(*TOUT).when(attrs.evolve(TERMINER, le=SAMEDI)).then(attrs.evolve(FINIE, fin=SAMEDI))
    given(*TOUT).when(TERMINER, maintenant=EN_SEPTEMBRE).then(attrs.evolve(FINIE, fin=AOUT))
    quand = given(PREPAREE).when(TERMINER)
    quand.then(vers(ConventionTerminee, PREPAREE, projet=None, fin=LUNDI, motif="elle s'en va"))
    assert ligne(quand, "conventions").etat == "terminée"


def test_l_etat_d_une_convention_se_lit_a_la_date():
    jours = (LUNDI, SAMEDI, AOUT, Date(2027, 9, 1))
    assert etats([PREPAREE], *jours) == ["à signer"] * 4
    assert etats(TOUT, *jours) == ["en cours"] * 3 + ["échue"]
    a_venir = attrs.evolve(SIGNEE, vigueur=attrs.evolve(ACCORD, du=SAMEDI, au=None))
    assert etats([PREPAREE, a_venir], *jours) == ["à venir", *["en cours"] * 3]
    assert etats([*TOUT, attrs.evolve(FINIE, fin=SAMEDI)], *jours) == ["prend fin"] * 2 + ["terminée"] * 2


@pytest.mark.parametrize(
    ("faits", "commande", "mots"),
    [
        ((PREPAREE,), RENOUVELER, "n'est pas encore signée des deux parties"),
        ((PREPAREE,), RetirerProjet(convention=C1, motif="x"), "renoncez-y"),
        ((*TOUT, attrs.evolve(FINIE, fin=SAMEDI)), AmenderConvention(convention=C1, au=AOUT), "prend fin"),
        ((*TOUT, attrs.evolve(FINIE, fin=SAMEDI)), TERMINER.__class__(convention=C1, le=AOUT, motif="x"), "prend fin"),
        ((*TOUT, attrs.evolve(FINIE, fin=VENDREDI)), SIGNER, "est terminée"),
        ((*TOUT, attrs.evolve(FINIE, fin=VENDREDI)), POUR_LE_LIEU, "Préparez-en une nouvelle"),
    ],
)
def test_ce_qui_ne_se_fait_pas_d_une_convention_dit_ou_elle_en_est(faits, commande, mots):
    quand = given(*faits).when(commande)
    quand.then_refused(ConventionPasACetteEtape)
    assert mots in dit(quand)


def test_ce_qui_fut_dit_d_une_convention_par_erreur_se_corrige():
    corriger = CorrigerConvention(convention=C1, motif="pas signé")
    quand = given(PREPAREE, PAR_ANA).when(corriger)
    quand.then(
        FaitCorrige(
            fait="donne/6", nature="conventions.SignatureApposee", sujet="convention:occupation-1", motif="pas signé"
        )
    )  # fmt: skip
    assert ligne(quand, "conventions").reste == ("lieu", "personne")
    given(PREPAREE).when(corriger).then_refused(RienACorriger)


def test_le_lieu_est_prevenu_de_ce_qui_reste_a_signer_puis_de_ce_qui_prend_fin():
    assert rappels([PREPAREE, PAR_ANA], LUNDI) == ["« Occupation de la verte », avec Ana : reste à signer côté lieu"]
    assert rappels(TOUT, Date(2027, 7, 31)) == []
    assert rappels(TOUT, Date(2027, 8, 1)) == [
        "« Occupation de la verte », avec Ana, prend fin le mardi 31 août 2027 : à renouveler, ou à laisser finir"
    ]
    (finie,) = rappels(TOUT, Date(2027, 9, 1))
    assert "a pris fin le mardi 31 août 2027 : à renouveler, ou à terminer" in finie
    assert rappels([*TOUT, FINIE], Date(2027, 9, 1)) == []
    assert rappels([PREPAREE, attrs.evolve(SIGNEE, vigueur=attrs.evolve(ACCORD, au=None))], AOUT) == []


# ── ses documents, ce qu'une règle en demande ───────────────────────────────────────────────────────────────────────


def test_qui_signe_une_convention_en_lit_les_documents():
    regime = Regime(lecteurs=("soi",), garde_mois=60, depuis="cloture")
    version = Version(numero=1, le=LUNDI, empreinte=Empreinte.de(b"texte"), taille=5)
    papiers = (
        ClasseDeclaree(classe="convention", nom="Conventions", regime=regime),
        DocumentDepose(document=TEXTE, nom="Texte", classe="convention", regime=regime, version=version),
    )
    lieu = apres(*papiers)
    lieu.executer(attrs.evolve(PREPARER, documents=(TEXTE,)), par=CAMILLE)
    assert {p.chose for p in lieu.registre("pieces-jointes")} == {"convention:occupation-1", "personne:ana"}
    assert lieu.executer(LireDocument(document=TEXTE), par=ANA).verdict == "accord"
    for commande in (SIGNER, POUR_LE_LIEU, TERMINER):
        assert lieu.executer(commande, par=CAMILLE).acceptee
    assert lieu.registre("documents-du-lieu")[0].etat == "clos"
    pas_signee = apres(*papiers, attrs.evolve(PREPAREE, projet=attrs.evolve(ACCORD, documents=(TEXTE,))))
    pas_signee.executer(TERMINER, par=CAMILLE)
    assert pas_signee.registre("documents-du-lieu")[0].etat == "en usage"


IL_FAUT = regle("convention", "convention_signee", Portee(actions=("reserver",)), nature="occupation")


def reserver(le=MARDI, espace=VERTE, personne=ANA):
    return ReserverEspace(espace=espace, personne=personne, debut=a("10:00", le), fin=a("12:00", le))


def test_une_regle_peut_demander_une_convention_signee_pour_cet_espace_et_ce_jour():
    bleue = attrs.evolve(LA_SALLE, espace=BLEUE, nom="Salle bleue")
    lieu = (LA_SALLE, bleue, IL_FAUT)
    given(*lieu, *TOUT).when(reserver()).then_accepted()
    quand = given(*lieu, PREPAREE, PAR_ANA).when(reserver())
    quand.then_refused(clause="convention")
    assert "il faut une convention « occupation » signée des deux parties" in dit(quand)
    given(*lieu, *TOUT).when(reserver(espace=BLEUE)).then_refused(clause="convention")
    given(*lieu, *TOUT).when(reserver(personne=BEN)).then_refused(clause="convention")
    given(*lieu, *TOUT, FINIE).when(reserver()).then_refused(clause="convention")
    given(*lieu, *TOUT, attrs.evolve(FINIE, fin=MARDI)).when(reserver()).then_accepted()
    tout = attrs.evolve(SIGNEE, vigueur=attrs.evolve(ACCORD, espaces=()))
    given(*lieu, PREPAREE, tout).when(reserver(espace=BLEUE)).then_accepted()
    autre = attrs.evolve(SIGNEE, nature="usage")
    given(*lieu, PREPAREE, autre).when(reserver()).then_refused(clause="convention")


def test_la_convention_d_un_collectif_vaut_pour_qui_en_est_ce_jour_la():
    asso = [attrs.evolve(fait, personne=ASSO) for fait in TOUT]
    represente = PersonneRepresentee(personne=ASSO, representant=BEN, du=LUNDI)
    lieu = apres(*asso, IL_FAUT, PersonneInscrite(personne=ASSO, nom="Les Amis"), represente)
    assert lieu.executer(OuvrirCollectif(collectif=ASSO, nature="association"), par=CAMILLE).acceptee
    assert lieu.executer(reserver(), par=CAMILLE, essai=True).verdict == "refus"
    assert lieu.executer(RattacherMembre(collectif=ASSO, membre=ANA, du=LUNDI, au=SAMEDI), par=CAMILLE).acceptee
    assert lieu.executer(reserver(), par=CAMILLE, essai=True).verdict == "accord"
    assert lieu.executer(reserver(SAMEDI.next_day()), par=CAMILLE, essai=True).verdict == "refus"
