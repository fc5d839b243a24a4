"""Paliers et groupes : la liste que le lieu déclare, et ce qu'elle ouvre."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, ANA_ADHERE, LUNDI, SAMEDI, SCIE, dit, regle
from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent, RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.candidature import DemanderAdhesion
from tierslieu_core.domaines.personnes.adhesions.paliers import (
    DeclarerPaliers,
    Groupe,
    GroupeInconnu,
    Palier,
    PalierInconnu,
    PaliersDeclares,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given

DECOUVERTE = Palier(nom="decouverte", libelle="Découverte", actions=("reserver",))
ADHERENT = Palier(nom="adherent", publics=("habitant",))
ATELIER = Groupe(nom="atelier", libelle="Atelier bois")
DECLARES = PaliersDeclares(paliers=(DECOUVERTE, ADHERENT), groupes=(ATELIER,))
DECLARER = DeclarerPaliers(paliers=(DECOUVERTE, ADHERENT), groupes=(ATELIER,))
ADMETTRE = AdmettreAdherent(personne=ANA, groupes=("atelier",), du=LUNDI, au=SAMEDI)
AN_PROCHAIN = Date(2027, 12, 31)
PRETER = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
DROIT = regle("droit", "droit_du_palier")


def test_le_lieu_declare_ses_paliers_et_ses_groupes_et_les_redire_ne_change_rien():
    quand = given().when(DECLARER)
    quand.then(DECLARES)
    said = quand.lieu.speaker().phrase(quand.reponse.evenements[0])
    assert "decouverte (Découverte) et adherent. Groupes : atelier (Atelier bois)" in said
    assert [(r.nom, r.sorte, r.actions) for r in quand.lieu.registre("paliers")] == [
        ("decouverte", "palier", ("reserver",)), ("adherent", "palier", ()), ("atelier", "groupe", ()),
    ]  # fmt: skip
    given(DECLARES).when(DECLARER).then_nothing()
    assert str(Groupe(nom="atelier")) == "atelier"


def test_une_nouvelle_liste_remplace_la_precedente():
    quand = given(DECLARES).when(DeclarerPaliers(paliers=(ADHERENT,)))
    assert [r.nom for r in quand.lieu.registre("paliers")] == ["adherent"]


def test_un_nom_ne_se_dit_ni_deux_fois_ni_vide():
    with pytest.raises(DemandeInvalide) as faute:
        given().when(DeclarerPaliers(paliers=(ADHERENT, ADHERENT), groupes=(Groupe(nom=""),)))
    assert "« adherent »" in str(faute.value)
    assert "un nom est vide" in str(faute.value)


@pytest.mark.parametrize(
    "commande",
    [
        attrs.evolve(ADMETTRE, palier="soutien"),
        DemanderAdhesion(personne=ANA, palier="soutien"),
    ],
)
def test_un_palier_qui_n_est_pas_de_la_liste_est_refuse_avec_la_liste(commande):
    quand = given(DECLARES).when(commande)
    quand.then_refused(PalierInconnu(palier="soutien", connus=("decouverte", "adherent")))
    assert "Le lieu n'a pas de palier « soutien » : il a decouverte et adherent." in dit(quand)
    given().when(commande).then_accepted()


def test_un_groupe_qui_n_est_pas_de_la_liste_non_plus():
    quand = given(DECLARES).when(attrs.evolve(ADMETTRE, groupes=("atelier", "cuisine")))
    quand.then_refused(GroupeInconnu(groupe="cuisine", connus=("atelier",)))
    given(DECLARES).when(ADMETTRE).then_accepted()


def test_renouveler_a_un_palier_inconnu_est_refuse():
    commande = RenouvelerAdhesion(personne=ANA, au=AN_PROCHAIN, palier="soutien")
    given(ANA_ADHERE, DECLARES).when(commande).then_refused(PalierInconnu)
    given(ANA_ADHERE, DECLARES).when(attrs.evolve(commande, palier=None)).then_accepted()


# ── ce que les paliers ouvrent ──────────────────────────────────────────────────────────────────────────────────────


def test_un_palier_n_ouvre_que_ses_actions_si_une_regle_le_dit():
    decouverte = attrs.evolve(ANA_ADHERE, palier="decouverte")
    quand = given(DROIT, DECLARES, decouverte).when(PRETER)
    quand.then_refused(clause="droit")
    assert "celui de cette personne (decouverte) n'ouvre pas celle-ci" in dit(quand)
    given(DECLARES, decouverte).when(PRETER).then_accepted()
    given(DROIT, DECLARES, ANA_ADHERE).when(PRETER).then_accepted()


def test_sans_adhesion_aucun_palier_n_ouvre_rien_et_sans_liste_tout_est_ouvert():
    given(DROIT, DECLARES).when(PRETER).then_refused(clause="droit")
    given(DROIT).when(PRETER).then_accepted()


def test_un_palier_fait_partie_d_autres_publics():
    habitants = regle("h", "public", admis=("habitant",))
    given(habitants, DECLARES, ANA_ADHERE).when(PRETER).then_accepted()
    given(habitants, ANA_ADHERE).when(PRETER).then_refused(clause="h")
    given(habitants, DECLARES, attrs.evolve(ANA_ADHERE, palier="d-avant")).when(PRETER).then_refused(clause="h")
