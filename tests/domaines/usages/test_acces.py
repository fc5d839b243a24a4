"""Keys, badges and codes against a signature; rounds of opening and closing; the safety register."""

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
    VENDREDI,
    VERTE,
    dit,
    ligne,
    midi,
    regle,
    vecu,
)
from whenever import Date, Time

from tierslieu_core.domaines.cadre.gouvernance import MandatDonne, MandatTermine
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdhesionReprise,
    AdhesionSuspendue,
    DepartEnregistre,
    Exclusion,
    ExclusionLevee,
    Suspension,
)
from tierslieu_core.domaines.personnes.adhesions.exclusion import AdherentExclu
from tierslieu_core.domaines.usages.acces import (
    ArreterRonde,
    ChangerMoyen,
    ControleFait,
    ControlePrevu,
    CorrigerControle,
    CorrigerMoyen,
    CorrigerRonde,
    DeclarerMoyen,
    DeclarerMoyenPerdu,
    DefinirRonde,
    FaireRonde,
    LeverObservation,
    MoyenAChanger,
    MoyenChange,
    MoyenDeclare,
    MoyenEnMain,
    MoyenPasEnMain,
    MoyenPerdu,
    MoyenRemis,
    MoyenRendu,
    NoterControle,
    ObservationInconnue,
    ObservationLevee,
    PointInconnu,
    PrevoirControle,
    RemettreMoyen,
    RendreMoyen,
    RondeArretee,
    RondeDefinie,
    RondeFaite,
    RondeSansObjet,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import ControleId, MandatId, MoyenId, RondeId
from tierslieu_core.vocabulaire.vie import vers

CLE, CODE = MoyenId("cle-1"), MoyenId("portail")
LA_CLE = MoyenDeclare(moyen=CLE, nom="Clé de la salle", nature="clé", ouvre=(VERTE,), tenants=())
LE_CODE = MoyenDeclare(moyen=CODE, nom="Code du portail", nature="code", ouvre=(VERTE,), tenants=())
REMISE = vers(MoyenRemis, LA_CLE, personne=ANA, jusqu_au=None, tenants=(ANA,))
RENDUE = vers(MoyenRendu, LA_CLE, personne=ANA, tenants=())
PERDUE = vers(MoyenPerdu, LA_CLE, personne=ANA, tenants=(), perdu=True, constat=None)
CHANGEE = vers(MoyenChange, LA_CLE, personne=None, tenants=(), perdu=False, avant=())
REMETTRE = RemettreMoyen(moyen=CLE, personne=ANA, signe=True)
RENDRE = RendreMoyen(moyen=CLE, personne=ANA)
PERDRE = DeclarerMoyenPerdu(moyen=CLE, personne=ANA)


# ── clés, badges et codes ───────────────────────────────────────────────────────────────────────────────────────────


def test_un_moyen_se_declare_avec_ce_qu_il_ouvre():
    declarer = DeclarerMoyen(moyen=CLE, nom="Clé de la salle", nature="clé", ouvre=(VERTE,))
    given(LA_SALLE).when(declarer).then(LA_CLE)
    given(LA_SALLE, LA_CLE).when(declarer).then_nothing()
    autrement = given(LA_SALLE, LA_CLE, REMISE).when(attrs.evolve(declarer, nom="Grande clé"))
    autrement.then(attrs.evolve(LA_CLE, nom="Grande clé", tenants=(ANA,)))
    assert ligne(autrement, "acces").nom == "Grande clé"


@pytest.mark.parametrize(("change", "champs"), [
    ({"nature": "code", "nom": "portail 4821"}, ["nom"]), ({"ouvre": ()}, ["ouvre"]),
    ({"nature": "code", "nom": "4821", "ouvre": ()}, ["nom", "ouvre"]),
])  # fmt: skip
def test_le_secret_d_un_code_ne_s_ecrit_jamais(change, champs):
    declarer = DeclarerMoyen(moyen=CODE, nom="Code du portail", nature="code", ouvre=(VERTE,))
    with pytest.raises(DemandeInvalide) as dite:
        given(LA_SALLE).when(attrs.evolve(declarer, **change)).then_accepted()
    assert [champ for champ, _ in dite.value.erreurs] == champs


def test_une_cle_se_remet_contre_signature_a_une_seule_personne():
    remise = given(LA_SALLE, LA_CLE).when(REMETTRE)
    remise.then(REMISE)
    assert (ligne(remise, "acces").personne, ligne(remise, "moyens").etat) == (ANA, "en main")
    given(LA_SALLE, LA_CLE, REMISE).when(REMETTRE).then_nothing()
    prise = given(LA_SALLE, LA_CLE, REMISE).when(attrs.evolve(REMETTRE, personne=BEN))
    prise.then_refused(MoyenEnMain(nom="Clé de la salle", personne=ANA))
    assert "Clé de la salle est déjà chez ana. Demandez-en d'abord le retour" in dit(prise)
    with pytest.raises(DemandeInvalide, match="contre signature"):
        given(LA_SALLE, LA_CLE).when(attrs.evolve(REMETTRE, signe=False)).then_accepted()


def test_un_code_se_donne_a_plusieurs():
    donne = vers(MoyenRemis, LE_CODE, personne=ANA, jusqu_au=None, tenants=(ANA,))
    aussi = given(LA_SALLE, LE_CODE, donne).when(RemettreMoyen(moyen=CODE, personne=BEN, signe=True))
    aussi.then(vers(MoyenRemis, donne, personne=BEN, tenants=(ANA, BEN)))
    assert {r.personne for r in aussi.lieu.registre("acces")} == {ANA, BEN}
    sans_ana = given(LA_SALLE, LE_CODE, donne).when(RendreMoyen(moyen=CODE, personne=ANA))
    assert sans_ana.lieu.registre("acces") == []


def test_une_cle_rendue_se_remet_a_nouveau():
    given(LA_SALLE, LA_CLE, REMISE).when(RENDRE).then(RENDUE)
    given(LA_SALLE, LA_CLE, REMISE, RENDUE).when(RENDRE).then_nothing()
    given(LA_SALLE, LA_CLE, REMISE, RENDUE).when(REMETTRE).then(REMISE)
    given(LA_SALLE, LA_CLE).when(RENDRE).then_refused(MoyenPasEnMain(nom="Clé de la salle", personne=ANA))


@pytest.mark.parametrize("par", [ANA, CAMILLE])
def test_une_cle_perdue_ouvre_tant_que_la_serrure_n_est_pas_changee(par):
    perdue = given(LA_SALLE, LA_CLE, REMISE).when(PERDRE, par=par)
    perdue.then(PERDUE)
    assert [un.phrase for un in perdue.lieu.a_faire()] == [
        "Clé de la salle : perte déclarée ; changer ce qui ferme Salle verte"
    ]
    given(LA_SALLE, LA_CLE, REMISE, PERDUE).when(PERDRE).then_nothing()
    given(LA_SALLE, LA_CLE).when(PERDRE).then_refused(MoyenPasEnMain)
    refuse = given(LA_SALLE, LA_CLE, PERDUE).when(REMETTRE)
    refuse.then_refused(MoyenAChanger(nom="Clé de la salle"))
    changee = given(LA_SALLE, LA_CLE, PERDUE).when(ChangerMoyen(moyen=CLE))
    changee.then(CHANGEE)
    assert changee.lieu.a_faire() == []
    given(LA_SALLE, LA_CLE, CHANGEE).when(ChangerMoyen(moyen=CLE)).then_nothing()
    en_main = given(LA_SALLE, LA_CLE, REMISE).when(ChangerMoyen(moyen=CLE))
    en_main.then(attrs.evolve(CHANGEE, avant=(ANA,)))
    assert en_main.lieu.registre("acces") == []


def test_qui_pouvait_entrer_se_lit_a_une_date():
    lieu = vecu(LA_SALLE, LA_CLE, REMISE, RENDUE)
    assert lieu.registre("acces") == lieu.registre("acces", au=VENDREDI) == []
    assert len(vecu(LA_SALLE, LA_CLE, REMISE).registre("acces")) == 1


SUSPENDUE = AdhesionSuspendue(
    personne=ANA, palier="adherent", groupes=(), du=Date(2026, 1, 1), au=Date(2026, 12, 31),
    suspension=Suspension(du=LUNDI, au=SAMEDI), gel=None, motif="bruit",
)  # fmt: skip
PARTIE = vers(DepartEnregistre, SUSPENDUE, suspension=None, le=LUNDI)
EXCLUE = vers(AdherentExclu, SUSPENDUE, suspension=None, exclusion=Exclusion(du=LUNDI, au=None))
MANDAT = MandatDonne(mandat=MandatId("m"), personne=ANA, role="regie", du=VENDREDI)
FIN = MandatTermine(mandat=MandatId("m"), personne=ANA, role="regie", le=LUNDI, motif="fin")


@pytest.mark.parametrize(("faits", "cause"), [
    ((SUSPENDUE,), "suspension"), ((PARTIE,), "départ"), ((EXCLUE,), "exclusion"),
])  # fmt: skip
def test_ce_que_tient_qui_part_est_a_reprendre(faits, cause):
    lieu = vecu(LA_SALLE, ANA_ADHERE, LA_CLE, REMISE, *faits)
    assert _a_reprendre(lieu) == [f"est à reprendre : {cause}"]


def _a_reprendre(lieu):
    """What à faire says of the key."""
    dites = (un.phrase for un in lieu.a_faire() if un.chose.startswith("moyen:"))
    return [phrase.removeprefix("Clé de la salle, chez ana, ") for phrase in dites]


@pytest.mark.parametrize("faits", [
    (SUSPENDUE, vers(AdhesionReprise, SUSPENDUE, suspension=None, le=LUNDI)),
    (attrs.evolve(SUSPENDUE, suspension=Suspension(du=VENDREDI, au=VENDREDI)),),
    (EXCLUE, vers(ExclusionLevee, EXCLUE, le=LUNDI)), (PARTIE, ANA_ADHERE),
])  # fmt: skip
def test_qui_peut_de_nouveau_entrer_garde_ce_qu_il_tient(faits):
    """A suspension that was lifted or is over, an exclusion that was lifted, somebody who came back."""
    assert _a_reprendre(vecu(LA_SALLE, ANA_ADHERE, LA_CLE, REMISE, *faits)) == []


def test_qui_avait_un_mandat_rend_ce_qu_il_tient_a_la_fin_du_dernier():
    """Whether a decision ends it, or its date; a key given to somebody without any mandate does not follow one."""
    a_terme, autre = attrs.evolve(MANDAT, au=SAMEDI), attrs.evolve(MANDAT, mandat=MandatId("n"), role="atelier")
    fini = ["est à reprendre : fin du mandat « regie »"]
    for mandats in ((MANDAT, FIN), (a_terme,)):
        assert _a_reprendre(vecu(LA_SALLE, *mandats, LA_CLE, REMISE)) == fini
    plus_tard = attrs.evolve(MANDAT, du=SAMEDI, au=Date(2026, 12, 1))
    for mandats in ((MANDAT,), (a_terme, autre), (plus_tard,)):
        assert _a_reprendre(vecu(LA_SALLE, *mandats, LA_CLE, REMISE)) == []


def test_qui_revient_garde_ce_qu_il_tient():
    chez_ben = vers(MoyenRemis, LE_CODE, personne=BEN, jusqu_au=None, tenants=(BEN,))
    lieu = vecu(LA_SALLE, LA_CLE, LE_CODE, REMISE, chez_ben, PARTIE, ANA_ADHERE)
    assert [(r.personne, r.cause) for r in lieu.registre("acces")] == [(ANA, ""), (BEN, "")]
    sans_ana = vecu(LA_SALLE, LA_CLE, LE_CODE, REMISE, chez_ben, PARTIE, RENDUE)
    assert [(r.personne, r.cause) for r in sans_ana.registre("acces")] == [(BEN, "")]


def test_ce_qui_se_prete_un_temps_est_a_rendre_a_son_jour():
    lieu = vecu(LA_SALLE, LA_CLE, attrs.evolve(REMISE, jusqu_au=MARDI))
    assert [un.phrase for un in lieu.a_faire()] == ["Clé de la salle est à rendre par ana"]
    assert vecu(LA_SALLE, LA_CLE, REMISE).a_faire() == []


def test_le_lieu_dit_a_qui_il_remet_ses_cles():
    adherents = regle("adherents", "adhesion_a_jour", Portee(actions=("remettre_cle",)))
    assert given(adherents, LA_SALLE, LA_CLE).when(REMETTRE).reponse.verdict == "refus"
    given(adherents, LA_SALLE, ANA_ADHERE, LA_CLE).when(REMETTRE).then_accepted()
    pas_ici = regle("pas-ici", "habilitation", Portee(espaces=(VERTE,)), requise="salle")
    assert given(pas_ici, LA_SALLE, LA_CLE).when(REMETTRE).reponse.verdict == "refus"


@pytest.mark.parametrize("demande", [REMETTRE, RENDRE, PERDRE, ChangerMoyen(moyen=CLE)])
def test_rien_ne_se_fait_d_un_moyen_declare_par_erreur(demande):
    corrige = given(LA_SALLE, LA_CLE).when(CorrigerMoyen(moyen=CLE, motif="un essai"))
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert refuse.explication[0].startswith("Le moyen d'accès « cle-1 » fut enregistré par erreur")


# ── rondes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SOIR = RondeId("soir")
DEFINIE = RondeDefinie(
    ronde=SOIR, nom="Fermeture", sorte="fermeture", points=("verrière", "cour"), jours=(1, 2), heure=Time(22), du=LUNDI
)
FAITE = RondeFaite(ronde=SOIR, nom="Fermeture", jour=LUNDI, personne=ANA, restent=(), vu=None)
DEFINIR = DefinirRonde(
    ronde=SOIR, nom="Fermeture", sorte="fermeture", points=("verrière", "cour"), jours=(1, 2), heure=Time(22), du=LUNDI
)
FAIRE = FaireRonde(ronde=SOIR, personne=ANA)


def test_une_ronde_se_definit_et_se_fait():
    given().when(DEFINIR).then(DEFINIE)
    given(DEFINIE).when(DEFINIR).then_nothing()
    given(DEFINIE).when(FAIRE, par=ANA).then(FAITE)
    given(DEFINIE, FAITE).when(FAIRE, par=ANA).then_nothing()
    vue = given(DEFINIE, FAITE).when(attrs.evolve(FAIRE, vu="une fenêtre ouverte"), par=ANA)
    assert ligne(vue, "rondes-faites").vu == "une fenêtre ouverte"


@pytest.mark.parametrize(("faits", "jour"), [
    ((DEFINIE,), VENDREDI), ((DEFINIE,), SAMEDI),
    ((DEFINIE, RondeArretee(ronde=SOIR, nom="Fermeture", le=LUNDI)), MARDI),
])  # fmt: skip
def test_une_ronde_se_fait_ses_jours(faits, jour):
    given(*faits).when(attrs.evolve(FAIRE, jour=jour)).then_refused(RondeSansObjet)


def test_une_ronde_dit_ou_l_on_n_est_pas_passe():
    reste = given(DEFINIE).when(attrs.evolve(FAIRE, restent=("cour",)))
    reste.then(attrs.evolve(FAITE, restent=("cour",)))
    assert "Ronde « Fermeture » du lundi 23 novembre 2026 : on n'est pas passé par cour" in [
        un.phrase for un in reste.lieu.a_faire()
    ]
    refuse = given(DEFINIE).when(attrs.evolve(FAIRE, restent=("cave",)))
    refuse.then_refused(PointInconnu(nom="Fermeture", inconnus=("cave",), points=("verrière", "cour")))
    assert "La ronde « Fermeture » ne passe pas par : cave. Elle passe par : verrière et cour." in dit(refuse)


def test_une_ronde_manquee_se_voit():
    lieu = vecu(DEFINIE)
    assert [un.phrase for un in lieu.a_faire()] == ["Ronde « Fermeture » du 23/11"]
    assert [un.phrase for un in vecu(DEFINIE, FAITE).a_faire()] == ["Ronde « Fermeture » du 24/11"]
    lieu.horloge = lambda: midi(SAMEDI)
    assert lieu.a_faire()[0].quand < lieu.horloge()


def test_une_ronde_s_arrete():
    arreter = ArreterRonde(ronde=SOIR, le=LUNDI)
    arretee = given(DEFINIE, FAITE).when(arreter)
    arretee.then(RondeArretee(ronde=SOIR, nom="Fermeture", le=LUNDI))
    assert arretee.lieu.a_faire() == []
    given(DEFINIE, RondeArretee(ronde=SOIR, nom="Fermeture", le=LUNDI)).when(arreter).then_nothing()
    encore = given(DEFINIE, FAITE, RondeArretee(ronde=SOIR, nom="Fermeture", le=LUNDI)).when(DEFINIR)
    encore.then(DEFINIE)
    assert ligne(encore, "rondes").derniere == LUNDI


def test_une_ronde_saisie_par_erreur_se_corrige():
    corrige = given(DEFINIE, FAITE).when(CorrigerRonde(ronde=SOIR, motif="pas ce soir"))
    corrige.then_accepted()
    assert corrige.lieu.registre("rondes-faites") == []


@pytest.mark.parametrize(("change", "champs"), [
    ({"points": ()}, ["points"]), ({"points": ("cour", "cour")}, ["points"]), ({"jours": (0, 8)}, ["jours", "jours"]),
])  # fmt: skip
def test_une_ronde_mal_dite_nomme_chaque_faute(change, champs):
    with pytest.raises(DemandeInvalide) as dite:
        given().when(attrs.evolve(DEFINIR, **change)).then_accepted()
    assert [champ for champ, _ in dite.value.erreurs] == champs


def test_une_ronde_de_tous_les_jours_se_fait_chaque_jour():
    given(attrs.evolve(DEFINIE, jours=(), du=VENDREDI)).when(attrs.evolve(FAIRE, jour=VENDREDI)).then_accepted()


# ── registre de sécurité ────────────────────────────────────────────────────────────────────────────────────────────

FEU = ControleId("extincteurs")
PREVU = ControlePrevu(controle=FEU, nom="Extincteurs", espace=None, tous_les_mois=12, prochain=SAMEDI)
VERIFIE = ControleFait(
    controle=FEU, nom="Extincteurs", espace=None, tous_les_mois=12, prochain=Date(2027, 11, 23), le=LUNDI,
    organisme="Sécurifeu", observations=("celui de la cour est vide",), document=None,
)  # fmt: skip
LEVEE = vers(ObservationLevee, VERIFIE, observations=(), observation="celui de la cour est vide", travaux="rechargé")
PREVOIR = PrevoirControle(controle=FEU, nom="Extincteurs", tous_les_mois=12, prochain=SAMEDI)
NOTER = NoterControle(controle=FEU, le=LUNDI, organisme="Sécurifeu", observations=("celui de la cour est vide",))
LEVER = LeverObservation(controle=FEU, observation="celui de la cour est vide", travaux="rechargé")


def test_une_verification_se_prevoit_se_fait_et_se_corrige():
    given().when(PREVOIR).then(PREVU)
    given(PREVU).when(PREVOIR).then_nothing()
    faite = given(PREVU).when(NOTER)
    faite.then(VERIFIE)
    assert (ligne(faite, "securite").dernier, ligne(faite, "securite").organisme) == (LUNDI, "Sécurifeu")
    given(PREVU, VERIFIE).when(NOTER).then_nothing()
    levee = given(PREVU, VERIFIE).when(LEVER)
    levee.then(LEVEE)
    assert (ligne(levee, "securite").observations, ligne(levee, "securite").dernier) == ((), LUNDI)
    given(PREVU, VERIFIE, LEVEE).when(LEVER).then_nothing()
    inconnue = given(PREVU, VERIFIE).when(attrs.evolve(LEVER, observation="autre"))
    inconnue.then_refused(ObservationInconnue)
    assert "Extincteurs : rien n'est observé sous « autre »." in dit(inconnue)
    with pytest.raises(DemandeInvalide, match="de 1 à 120"):
        given().when(attrs.evolve(PREVOIR, tous_les_mois=0)).then_accepted()


def test_ce_qui_est_a_verifier_et_a_corriger_se_rappelle():
    assert [un.phrase for un in vecu(PREVU).a_faire()] == ["Extincteurs : à vérifier avant le samedi 28 novembre 2026"]
    lieu = vecu(PREVU, VERIFIE)
    assert [un.phrase for un in lieu.a_faire(lieu.horloge().add(hours=24 * 40))] == [
        "Extincteurs : reste à corriger, depuis le lundi 23 novembre 2026 : celui de la cour est vide"
    ]


@pytest.mark.parametrize("demande", [NOTER, LEVER])
def test_rien_ne_se_verifie_de_ce_qui_fut_prevu_par_erreur(demande):
    corrige = given(PREVU).when(CorrigerControle(controle=FEU, motif="un essai"))
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert refuse.explication[0].startswith("La vérification « extincteurs » fut enregistrée par erreur")


def test_qui_a_les_cles_se_transmet():
    lieu = vecu(LA_SALLE, LA_CLE, REMISE, PREVU, VERIFIE)
    dites = {une.titre: une.phrases for une in lieu.transmissions()}
    assert dites["Qui a quelle clé"] == ("Clé de la salle, chez ana (Salle verte)",)
    assert dites["Ce que les vérifications ont laissé à corriger"] == ("Extincteurs : celui de la cour est vide",)
