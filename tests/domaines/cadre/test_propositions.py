"""Des règles proposées: par qui veut, adoptées ou écartées par qui fait les règles."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import FixerDroits
from tierslieu_core.domaines.cadre.regles import (
    AdopterProposition,
    EcarterProposition,
    Portee,
    ProposerRegle,
    PropositionEcartee,
    PropositionRetenue,
    PropositionRetiree,
    RegleAbrogee,
    RegleAdoptee,
    RegleProposee,
    RetirerProposition,
    Sinon,
    Source,
)
from tierslieu_core.domaines.cadre.regles.effet import EffetRetroactif
from tierslieu_core.domaines.cadre.regles.genres.conditions import Exigence
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.cadre.regles.proposees import REGISTRES
from tierslieu_core.domaines.cadre.regles.propositions import PropositionClose, PropositionDAutrui
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import PropositionId, RegleId

P, R = PropositionId("p"), RegleId("duree-pret")
HIER, LUNDI, DECEMBRE = Date(2026, 11, 22), Date(2026, 11, 23), Date(2026, 12, 1)
SEMAINE = DureePret(maximum_jours=7)
PORTEE = Portee(publics=("adherent",))
VALIDE = Sinon(effet="validation", par="coordination")
PROPOSEE = RegleProposee(
    proposition=P, auteur=ANA, regle=R, texte=SEMAINE.phrase(), genre=SEMAINE, portee=PORTEE, sinon=VALIDE, leve=(),
    motif="trop long",
)  # fmt: skip
RETENUE = PropositionRetenue(proposition=P, auteur=ANA, regle=R, version=1)
RETIREE = PropositionRetiree(proposition=P, regle=R)
ECARTEE = PropositionEcartee(proposition=P, regle=R, motif="non")


def adopter(du=DECEMBRE, **autres):
    return AdopterProposition(proposition=P, du=du, motif="AG", source=Source(organe="assemblée"), **autres)


def adoptee(version=1, **autres):
    return RegleAdoptee(
        regle=R, version=version, texte=SEMAINE.phrase(), motif="AG", decision="", genre=SEMAINE, portee=PORTEE,
        du=DECEMBRE, sinon=VALIDE, source=Source(organe="assemblée"), **autres,
    )  # fmt: skip


def test_qui_est_du_lieu_propose_une_regle():
    asked = ProposerRegle(regle=R, genre=SEMAINE, portee=PORTEE, sinon=VALIDE, motif="trop long")
    quand = given().when(asked, par=ANA)
    assert quand.reponse.acceptee
    (fait,) = quand.reponse.evenements
    assert (fait.auteur, fait.regle, fait.genre, fait.portee, fait.sinon, fait.texte) == (
        ANA, R, SEMAINE, PORTEE, VALIDE, SEMAINE.phrase(),
    )  # fmt: skip
    assert not isinstance(fait.motif, str), "il est à son auteur, et scellé"
    (ligne,) = quand.lieu.registre("propositions")
    assert (ligne.par, ligne.etat, ligne.version) == (ANA, "en attente", None)
    (du,) = [a for a in quand.lieu.a_faire() if a.echeance == "regles.proposition"]
    assert du.chose == f"proposition:{ligne.proposition}"


def test_proposer_deux_fois_la_meme_chose_ne_fait_qu_une_proposition():
    asked = ProposerRegle(regle=R, genre=SEMAINE, portee=PORTEE, sinon=VALIDE, motif="encore")
    given(PROPOSEE).when(asked, par=ANA).then_nothing()
    for autre in (given(PROPOSEE).when(asked, par=BEN), given(PROPOSEE, RETIREE).when(asked, par=ANA)):
        assert len(autre.reponse.evenements) == 1
    change = attrs.evolve(asked, portee=Portee())
    assert len(given(PROPOSEE).when(change, par=ANA).reponse.evenements) == 1


def test_une_proposition_qui_ne_se_tient_pas_dit_pourquoi():
    with pytest.raises(DemandeInvalide) as faute:
        given().when(ProposerRegle(regle=R, genre=Exigence(faits=("carte",)), motif="x"), par=ANA)
    assert "« carte » n'est ni mesuré ni demandé par le lieu" in str(faute.value)
    with pytest.raises(DemandeInvalide):
        given().when(ProposerRegle(regle=R, genre=DureePret(maximum_jours=0), motif="x"), par=ANA)


def test_adopter_une_proposition_fait_une_version_qui_dit_d_ou_elle_vient():
    quand = (
        given(PROPOSEE)
        .when(adopter(deja="revues", texte="Une semaine."))
        .then(attrs.evolve(adoptee(), deja="revues", texte="Une semaine."), RETENUE)
    )
    assert quand.note.par == CAMILLE
    given(PROPOSEE, adoptee(), RETENUE).when(adopter()).then_nothing()


def test_une_proposition_amende_la_regle_du_meme_nom():
    ancienne = attrs.evolve(adoptee(), genre=DureePret(maximum_jours=14), du=LUNDI)
    given(ancienne, PROPOSEE).when(adopter()).then(adoptee(2), attrs.evolve(RETENUE, version=2))
    assert given(PROPOSEE).when(adopter(du=HIER)).then_refused(EffetRetroactif(du=HIER, aujourdhui=LUNDI))


def test_une_proposition_rend_une_regle_abrogee():
    abrogee = RegleAbrogee(regle=R, du=LUNDI, motif="AG", decision="")
    retenue = attrs.evolve(RETENUE, version=2)
    avant = attrs.evolve(adoptee(), du=HIER)
    given(avant, abrogee, PROPOSEE).when(adopter()).then(adoptee(2), retenue)


def test_ce_que_le_reglement_dit_deja_ferme_la_proposition_sans_nouvelle_version():
    given(adoptee(), PROPOSEE).when(adopter()).then(RETENUE)


@pytest.mark.parametrize(("close", "etat"), [(RETIREE, "retirée"), (ECARTEE, "écartée")])
def test_une_proposition_close_ne_s_adopte_plus(close, etat):
    said = given(PROPOSEE, close).when(adopter()).then_refused(PropositionClose(proposition=P, etat=etat))
    assert f"Cette proposition est déjà {etat}." in " ".join(said.explication)


def test_chacun_ne_retire_que_la_sienne():
    retirer = RetirerProposition(proposition=P)
    given(PROPOSEE).when(retirer, par=ANA).then(RETIREE)
    given(PROPOSEE, RETIREE).when(retirer, par=ANA).then_nothing()
    given(PROPOSEE).when(retirer, par=BEN).then_refused(PropositionDAutrui(proposition=P, auteur=ANA))
    given(PROPOSEE, ECARTEE).when(retirer, par=ANA).then_refused(PropositionClose(proposition=P, etat="écartée"))


def test_qui_fait_les_regles_ecarte_une_proposition_et_dit_pourquoi():
    ecarter = EcarterProposition(proposition=P, motif="non")
    quand = given(PROPOSEE).when(ecarter)
    (fait,) = quand.reponse.evenements
    assert isinstance(fait, PropositionEcartee)
    (ligne,) = quand.lieu.registre("propositions")
    assert (ligne.etat, ligne.reponse) == ("écartée", "non")
    assert not [a for a in quand.lieu.a_faire() if a.echeance == "regles.proposition"]
    given(PROPOSEE, ECARTEE).when(ecarter).then_nothing()
    given(PROPOSEE, RETENUE).when(ecarter).then_refused(PropositionClose(proposition=P, etat="adoptée"))


def test_le_registre_dit_la_version_qui_vient_d_une_proposition():
    (ligne,) = given(PROPOSEE).when(adopter()).lieu.registre("propositions")
    assert (ligne.etat, ligne.version, ligne.par) == ("adoptée", 1, ANA)


def test_ce_qui_repond_a_une_proposition_d_apres_ne_dit_rien_ce_jour_la():
    lignes: dict[PropositionId, object] = {}
    REGISTRES[0].tenir(lignes, RETIREE, Note(1, "k/1", "", "", CAMILLE, None, "m", None))
    assert lignes == {}


def test_le_lieu_decide_qui_propose():
    lieu = given().when(FixerDroits(demande="regles.ProposerRegle", roles=("concierge",), motif="AG")).lieu
    refuse = lieu.executer(ProposerRegle(regle=R, genre=SEMAINE, motif="x"), par=ANA)
    assert refuse.verdict == "refus"
    assert lieu.executer(ProposerRegle(regle=R, genre=SEMAINE, motif="x"), par=CAMILLE).acceptee
    assert {e.quoi for e in lieu.rejouer().ecarts} == {"fait sans décision"}, "ce qui était donné, et rien d'autre"
