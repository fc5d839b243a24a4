"""What people share by choice; who might meet whom; an introduction made once both accept, and what came of it."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, VENDREDI, dit, ligne, midi, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.personnes.consentements import (
    Accord,
    ConsentementDonne,
    RetirerConsentement,
    SansConsentement,
)
from tierslieu_core.domaines.personnes.rencontres import (
    AccepterMise,
    ClasserMise,
    CorrigerMise,
    DeclarerTheme,
    DeclinerMise,
    LigneTheme,
    MemePersonne,
    MiseAcceptee,
    MiseClose,
    MiseDejaProposee,
    MiseFaite,
    MisePasFaite,
    MiseProposee,
    MiseSansSuite,
    MiseSuivie,
    Partage,
    PartageDit,
    Partager,
    PartagesRetires,
    PasSaMise,
    ProposerMise,
    ReponseEncorePossible,
    RetirerPartages,
    SuivreMise,
    ThemeDeclare,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import MiseEnRelationId, PersonneId, ThemeId
from tierslieu_core.vocabulaire.vie import vers

SOUDURE, CLE = ThemeId("soudure"), MiseEnRelationId("epreuve")
ZOE = PersonneId("zoe")
LE_THEME = ThemeDeclare(theme=SOUDURE, nom="Soudure")
CHERCHE, SAIT = (Partage(sens=sens, theme=SOUDURE) for sens in ("recherche", "savoir"))


def consent_a_partager(qui: PersonneId) -> ConsentementDonne:
    accord = Accord(finalite="partage", texte="", du=LUNDI)
    return ConsentementDonne(personne=qui, finalite="partage", texte="", accords=(accord,))


ANA_CHERCHE = PartageDit(personne=ANA, sens="recherche", theme=SOUDURE, partages=(CHERCHE,), precision=None)
BEN_SAIT = PartageDit(personne=BEN, sens="savoir", theme=SOUDURE, partages=(SAIT,), precision="à l'arc")
PROPOSEE = MiseProposee(mise=CLE, personne=ANA, avec=BEN, theme=SOUDURE, jusqu_au=Date(2026, 12, 8), accords=())
ACCEPTEE = vers(MiseAcceptee, PROPOSEE, accords=(ANA,))
FAITE, SANS_SUITE = vers(MiseFaite, PROPOSEE), vers(MiseSansSuite, PROPOSEE)
SUIVIE = vers(MiseSuivie, PROPOSEE, issue="collaboration", recit=None)
TARD = midi(Date(2026, 12, 9))


# ── partager ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_theme_se_declare_une_fois():
    declare = given().when(DeclarerTheme(theme=SOUDURE, nom="Soudure"))
    declare.then(LE_THEME)
    assert ligne(declare, "themes") == LigneTheme(SOUDURE, "Soudure")
    given(LE_THEME).when(DeclarerTheme(theme=SOUDURE, nom="Soudure")).then_nothing()


def test_on_partage_par_choix():
    partager = Partager(personne=ANA, sens="recherche", theme=SOUDURE)
    given(LE_THEME, consent_a_partager(ANA)).when(partager, par=ANA).then(ANA_CHERCHE)
    given(LE_THEME, consent_a_partager(ANA), ANA_CHERCHE).when(partager, par=ANA).then_nothing()
    refuse = given(LE_THEME).when(partager, par=ANA)
    refuse.then_refused(SansConsentement(personne=ANA, finalite="partage"))
    precise = given(LE_THEME, consent_a_partager(ANA), ANA_CHERCHE).when(
        attrs.evolve(partager, precision="débutante"), par=ANA
    )
    precise.then_accepted()
    assert ligne(precise, "partages").precision == "débutante"


def test_on_cesse_de_partager_quand_on_veut():
    retirer = RetirerPartages(personne=ANA, theme=SOUDURE)
    retires = PartagesRetires(personne=ANA, themes=(SOUDURE,), partages=())
    cesse = given(LE_THEME, ANA_CHERCHE).when(retirer, par=ANA)
    cesse.then(retires)
    assert cesse.lieu.registre("partages") == []
    given(LE_THEME, ANA_CHERCHE, retires).when(retirer, par=ANA).then_nothing()


def test_qui_ne_consent_plus_ne_partage_plus_rien():
    retire = given(LE_THEME, consent_a_partager(ANA), ANA_CHERCHE).when(
        RetirerConsentement(personne=ANA, finalite="partage"), par=ANA
    )
    retire.then_accepted()
    assert retire.lieu.registre("partages") == []
    image = given(consent_a_partager(ANA), ANA_CHERCHE).when(
        RetirerConsentement(personne=ANA, finalite="image"), par=ANA
    )
    image.then_nothing()


def test_un_autre_retrait_laisse_ce_que_l_on_partage():
    accords = (Accord(finalite="partage", texte="", du=LUNDI), Accord(finalite="image", texte="", du=LUNDI))
    deux = ConsentementDonne(personne=ANA, finalite="image", texte="", accords=accords)
    retire = given(LE_THEME, deux, ANA_CHERCHE).when(RetirerConsentement(personne=ANA, finalite="image"), par=ANA)
    retire.then_accepted()
    assert len(retire.lieu.registre("partages")) == 1


def test_une_personne_inscrite_deux_fois_ne_partage_plus_rien_nulle_part():
    reunis = DoublonReuni(personne=ANA, doublon=ZOE)
    de_zoe = attrs.evolve(ANA_CHERCHE, personne=ZOE)
    retire = given(LE_THEME, consent_a_partager(ANA), reunis, ANA_CHERCHE, de_zoe).when(
        RetirerConsentement(personne=ANA, finalite="partage"), par=ANA
    )
    retire.then_accepted()
    assert retire.lieu.registre("partages") == []


# ── qui pourrait rencontrer qui ─────────────────────────────────────────────────────────────────────────────────────


def test_un_lien_possible_s_explique():
    lieu = vecu(LE_THEME, ANA_CHERCHE, BEN_SAIT)
    (un,) = lieu.liens_possibles()
    assert (un.personne, un.avec, un.sens) == (ANA, BEN, "savoir")
    assert un.pourquoi(lieu) == "ana cherche : soudure ; ben sait : soudure"
    assert lieu.liens_possibles(BEN) == [un]
    assert lieu.liens_possibles(ZOE) == []


def test_nul_n_est_presente_a_soi_ni_deux_fois():
    ben_cherche_aussi = attrs.evolve(BEN_SAIT, sens="recherche", partages=(SAIT, CHERCHE))
    assert vecu(LE_THEME, BEN_SAIT, ben_cherche_aussi).liens_possibles() == []
    assert vecu(LE_THEME, ANA_CHERCHE, BEN_SAIT, PROPOSEE, SANS_SUITE).liens_possibles() == []


def test_une_personne_inscrite_deux_fois_ne_se_rencontre_pas():
    reunis = DoublonReuni(personne=ANA, doublon=BEN)
    assert vecu(LE_THEME, ANA_CHERCHE, BEN_SAIT, reunis).liens_possibles() == []
    refuse = given(LE_THEME, reunis).when(PROPOSER)
    refuse.then_refused(MemePersonne(personne=ANA, avec=BEN))
    assert dit(refuse).startswith("ana et ben sont la même personne, inscrite deux fois.")


# ── mettre en relation ──────────────────────────────────────────────────────────────────────────────────────────────

PROPOSER = ProposerMise(personne=ANA, avec=BEN, theme=SOUDURE)


def test_une_mise_en_relation_se_propose_a_deux_personnes():
    given(LE_THEME).when(PROPOSER).then(PROPOSEE)
    given(LE_THEME, PROPOSEE).when(PROPOSER).then_nothing()
    autre = given(LE_THEME, PROPOSEE).when(ProposerMise(personne=BEN, avec=ANA))
    autre.then_refused(MiseDejaProposee(personne=ANA, avec=BEN, jusqu_au=Date(2026, 12, 8)))
    assert "attend leur réponse, jusqu'au mardi 8 décembre 2026" in dit(autre)
    apres = given(LE_THEME, vers(MiseSansSuite, PROPOSEE)).when(PROPOSER)
    apres.then(PROPOSEE)
    with pytest.raises(DemandeInvalide, match="doit être une autre personne"):
        given().when(ProposerMise(personne=ANA, avec=ANA)).then_accepted()


def test_elle_se_fait_quand_les_deux_l_acceptent():
    given(LE_THEME, PROPOSEE).when(AccepterMise(mise=CLE, personne=ANA), par=ANA).then(ACCEPTEE)
    given(LE_THEME, PROPOSEE, ACCEPTEE).when(AccepterMise(mise=CLE, personne=ANA), par=ANA).then_nothing()
    faite = given(LE_THEME, PROPOSEE, ACCEPTEE).when(AccepterMise(mise=CLE, personne=BEN), par=BEN)
    faite.then(FAITE)
    assert ligne(faite, "mises").etat == "faite"
    given(LE_THEME, PROPOSEE, FAITE).when(AccepterMise(mise=CLE, personne=BEN), par=BEN).then_nothing()


@pytest.mark.parametrize("reponse", [AccepterMise, DeclinerMise])
def test_nul_ne_repond_pour_un_autre(reponse):
    refuse = given(LE_THEME, PROPOSEE).when(reponse(mise=CLE, personne=ZOE), par=ZOE)
    refuse.then_refused(PasSaMise(personne=ZOE))


def test_qui_decline_n_est_pas_dit():
    decline = given(LE_THEME, PROPOSEE).when(DeclinerMise(mise=CLE, personne=BEN), par=BEN)
    decline.then(SANS_SUITE)
    assert ligne(decline, "mises").etat == "sans suite"
    given(LE_THEME, PROPOSEE, SANS_SUITE).when(DeclinerMise(mise=CLE, personne=ANA), par=ANA).then_nothing()
    given(LE_THEME, PROPOSEE, SANS_SUITE).when(AccepterMise(mise=CLE, personne=ANA), par=ANA).then_refused(MiseClose)
    given(LE_THEME, PROPOSEE, FAITE).when(DeclinerMise(mise=CLE, personne=ANA), par=ANA).then_refused(MiseClose)


def test_sans_reponse_elle_tombe():
    lieu = vecu(LE_THEME, PROPOSEE)
    (une,) = lieu.a_faire()
    assert (
        une.phrase == "ana et ben : leur réponse à une mise en relation était attendue jusqu'au mardi 8 décembre 2026"
    )
    assert une.automatique
    tard = given(LE_THEME, PROPOSEE).when(AccepterMise(mise=CLE, personne=ANA), par=ANA, maintenant=TARD)
    tard.then_refused(MiseClose)
    given(LE_THEME, PROPOSEE).when(ClasserMise(mise=CLE), maintenant=TARD).then(SANS_SUITE)
    given(LE_THEME, PROPOSEE, FAITE).when(ClasserMise(mise=CLE), maintenant=TARD).then_nothing()
    tot = given(LE_THEME, PROPOSEE).when(ClasserMise(mise=CLE))
    tot.then_refused(ReponseEncorePossible(personne=ANA, avec=BEN, jusqu_au=Date(2026, 12, 8)))
    encore = given(LE_THEME, PROPOSEE).when(attrs.evolve(PROPOSER, theme=None), maintenant=TARD)
    assert encore.then_accepted().evenements[0].jusqu_au == Date(2026, 12, 24)


def test_on_dit_ce_qu_elle_a_donne():
    suivre = SuivreMise(mise=CLE, issue="collaboration", recit="un portail")
    suivie = given(LE_THEME, PROPOSEE, FAITE).when(suivre)
    assert (ligne(suivie, "mises").issue, ligne(suivie, "mises").recit) == ("collaboration", "un portail")
    given(LE_THEME, PROPOSEE, FAITE, SUIVIE).when(suivre).then_accepted()
    given(LE_THEME, PROPOSEE, FAITE, SUIVIE).when(attrs.evolve(suivre, recit=None)).then_nothing()
    refuse = given(LE_THEME, PROPOSEE).when(suivre)
    refuse.then_refused(MisePasFaite(personne=ANA, avec=BEN))


def test_un_mois_apres_on_demande_des_nouvelles():
    lieu = vecu(LE_THEME, PROPOSEE, FAITE)
    (une,) = lieu.a_faire(lieu.horloge().add(hours=24 * 31))
    assert une.phrase == "ana et ben, mis en relation le lundi 23 novembre 2026 : qu'en est-il sorti ?"
    assert vecu(LE_THEME, PROPOSEE, FAITE, SUIVIE).a_faire() == []
    assert lieu.registre("mises", au=VENDREDI) == []


def test_une_mise_en_relation_enregistree_par_erreur_se_corrige():
    corrige = given(LE_THEME, PROPOSEE).when(CorrigerMise(mise=CLE, motif="pas ces deux-là"))
    corrige.then_accepted()
    lieu = corrige.lieu
    assert (lieu.registre("mises"), lieu.a_faire()) == ([], [])
    for qui, demande in (
        (ANA, AccepterMise(mise=CLE, personne=ANA)), (ANA, DeclinerMise(mise=CLE, personne=ANA)),
        ("camille", SuivreMise(mise=CLE, issue="rien")),
    ):  # fmt: skip
        refuse = lieu.executer(demande, par=qui)
        assert refuse.verdict == "refus"
        assert refuse.explication[0].startswith("Cette mise en relation fut enregistrée par erreur")
    assert lieu.executer(ClasserMise(mise=CLE), par="camille").verdict == "sans_objet"
