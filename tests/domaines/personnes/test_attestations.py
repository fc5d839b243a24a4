"""Attestations: yes or no, until a date, said by the finances alone; rules can ask for one."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    BEN,
    LA_PERCEUSE,
    LA_SALLE,
    MARDI,
    PERCEUSE,
    SAMEDI,
    VENDREDI,
    VERTE,
    a,
    dit,
    ligne,
    regle,
    vecu,
)
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance import DroitsFixes, MandatDonne
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.attestations import (
    AttestationDeposee,
    Attestee,
    CorrigerAttestation,
    DeposerAttestation,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

LEA = PersonneId("lea")
AUX_FINANCES = MandatDonne(mandat=MandatId("m-f"), personne=LEA, role="finances", du=Date(2021, 1, 1))
CAUTION = Attestee(nature="caution-deposee", valable=True, jusqu_au=SAMEDI)
DEPOSEE = AttestationDeposee(
    personne=ANA, nature="caution-deposee", valable=True, jusqu_au=SAMEDI, attestees=(CAUTION,)
)
DEPOSER = DeposerAttestation(personne=ANA, nature="caution-deposee", jusqu_au=SAMEDI)
EXIGEE = regle("caution", "attestation", nature="caution-deposee")
PRETER = PreterObjet(objet=PERCEUSE, personne=ANA, retour=SAMEDI)


def dite(qui, *attestees: Attestee):
    """The last of these was just attested of a person."""
    derniere = attestees[-1]
    return AttestationDeposee(
        personne=qui, nature=derniere.nature, valable=derniere.valable, jusqu_au=derniere.jusqu_au, attestees=attestees
    )


def test_les_finances_attestent_et_le_dire_deux_fois_ne_change_rien():
    given(AUX_FINANCES).when(DEPOSER, par=LEA).then(DEPOSEE)
    given(AUX_FINANCES, DEPOSEE).when(DEPOSER, par=LEA).then_nothing()


def test_un_non_remplace_un_oui_et_laisse_le_reste():
    cotisation = Attestee(nature="cotisation-a-jour", valable=True, jusqu_au=None)
    non = attrs.evolve(CAUTION, valable=False, jusqu_au=None)
    given(AUX_FINANCES, dite(ANA, cotisation, CAUTION)).when(
        DeposerAttestation(personne=ANA, nature="caution-deposee", valable=False), par=LEA
    ).then(dite(ANA, cotisation, non))


def test_ni_la_conciergerie_ni_personne_d_autre_n_atteste():
    for qui in (CAMILLE, ANA):
        refuse = given(AUX_FINANCES).when(DEPOSER, par=qui)
        refuse.then_refused(MandatManquant)
        assert "se demande avec l'un de ces mandats : finances" in dit(refuse)


def test_le_lieu_ne_peut_pas_en_donner_le_droit_a_la_conciergerie():
    droits = DroitsFixes(demande="attestations.DeposerAttestation", roles=("concierge",), motif="AG")
    given(AUX_FINANCES, droits).when(DEPOSER, par=CAMILLE).then_refused(MandatManquant)
    given(AUX_FINANCES, droits).when(DEPOSER, par=LEA).then_accepted()


@pytest.mark.parametrize(
    "nature", ["", "150", "caution-150-euros", "Caution", "caution déposée", "caution--deposee", "-"]
)
def test_une_attestation_est_un_mot_sans_chiffre(nature):
    with pytest.raises(DemandeInvalide, match="une attestation ne dit jamais combien"):
        given(AUX_FINANCES).when(attrs.evolve(DEPOSER, nature=nature), par=LEA)


def test_un_non_ne_porte_pas_de_date():
    with pytest.raises(DemandeInvalide, match="vaut jusqu'à nouvel ordre"):
        given(AUX_FINANCES).when(attrs.evolve(DEPOSER, valable=False), par=LEA)


def test_elle_compte_sous_tous_les_identifiants_d_une_personne():
    reunis = DoublonReuni(personne=ANA, doublon=BEN)
    given(LA_PERCEUSE, EXIGEE, dite(BEN, CAUTION), reunis).when(PRETER).then_accepted()
    non = attrs.evolve(CAUTION, valable=False, jusqu_au=None)
    dire_non = DeposerAttestation(personne=ANA, nature="caution-deposee", valable=False)
    given(AUX_FINANCES, dite(BEN, CAUTION), reunis).when(dire_non, par=LEA).then(dite(ANA, non), dite(BEN, non))


# ── ce qu'une règle en fait ─────────────────────────────────────────────────────────────────────────────────────────


def test_une_regle_peut_exiger_une_attestation_pour_emprunter():
    given(LA_PERCEUSE, EXIGEE, DEPOSEE).when(PRETER).then_accepted()
    refuse = given(LA_PERCEUSE, EXIGEE).when(PRETER)
    refuse.then_refused(clause="caution")
    assert "il faut que les finances attestent « caution-deposee », pour ce jour-là ; ce n'est pas le cas." in dit(
        refuse
    )


def test_elle_vaut_pour_le_jour_de_l_usage_et_pas_pour_celui_de_la_demande():
    dimanche = SAMEDI.next_day()
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("10:00", dimanche), fin=a("12:00", dimanche))
    samedi = attrs.evolve(reserver, debut=a("10:00", SAMEDI), fin=a("12:00", SAMEDI))
    given(LA_SALLE, EXIGEE, DEPOSEE).when(reserver).then_refused(clause="caution")
    given(LA_SALLE, EXIGEE, DEPOSEE).when(samedi).then_accepted()


def test_rien_n_en_est_lu_tant_qu_aucune_regle_n_en_demande():
    sans = given(LA_PERCEUSE, DEPOSEE).when(PRETER).then_accepted()
    assert b"attestations" not in bytes(sans.decision.mesures)
    ailleurs = regle("c", "attestation", nature="caution-deposee", portee=Portee(actions=("reserver",)))
    assert given(LA_PERCEUSE, DEPOSEE, ailleurs).when(PRETER).then_accepted()


# ── lire ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_registre_dit_oui_ou_non_au_jour_ou_on_le_lit():
    depose = given(AUX_FINANCES).when(DEPOSER, par=LEA)
    assert [ligne(depose, "attestations", au).valable for au in (MARDI, SAMEDI, SAMEDI.next_day())] == [
        True, True, False,
    ]  # fmt: skip
    assert ligne(depose, "attestations").par == LEA
    assert depose.lieu.speaker().phrase(DEPOSEE) == (
        "Les finances attestent, pour ana : « caution-deposee », oui, jusqu'au samedi 28 novembre 2026"
    )


def test_une_attestation_qui_finit_se_rappelle():
    (une,) = vecu(DEPOSEE).a_faire()
    assert "ana : « caution-deposee » n'est attesté que jusqu'au samedi 28 novembre 2026" in une.phrase
    assert vecu(dite(ANA, attrs.evolve(CAUTION, jusqu_au=None))).a_faire() == []


def test_une_attestation_deposee_par_erreur_se_corrige_par_les_finances():
    corriger = CorrigerAttestation(personne=ANA, motif="une autre personne")
    corrige = given(AUX_FINANCES, DEPOSEE).when(corriger, par=LEA)
    corrige.then_accepted()
    assert corrige.lieu.registre("attestations") == []
    given(AUX_FINANCES).when(corriger, par=LEA).then_refused(RienACorriger)
    given(AUX_FINANCES, DEPOSEE).when(corriger, par=CAMILLE).then_refused(MandatManquant)


def test_ce_qui_a_fini_ne_se_prolonge_pas_seul():
    finie = attrs.evolve(CAUTION, jusqu_au=VENDREDI)
    given(LA_PERCEUSE, EXIGEE, dite(ANA, finie)).when(PRETER).then_refused(clause="caution")
    given(AUX_FINANCES, dite(ANA, finie)).when(DEPOSER, par=LEA).then(DEPOSEE)
