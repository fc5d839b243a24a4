"""Foyers et associations : une adhésion, plusieurs personnes, et quelqu'un qui agit pour elles."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdherentExclu,
    AdhesionAdmise,
    AdhesionGelee,
    AdhesionSuspendue,
    DepartEnregistre,
    Exclusion,
    Gel,
    Suspension,
)
from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent
from tierslieu_core.domaines.personnes.adhesions.collectifs import (
    CollectifComplet,
    CollectifOuvert,
    CollectifSansRepresentant,
    DetacherMembre,
    MembreDetache,
    MembreRattache,
    OuvrirCollectif,
    PasMembre,
    PasRepresentant,
    PasUnCollectif,
    Rattachement,
    RattacherMembre,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import PersonneId

FOYER, CLUB, LEO = PersonneId("foyer"), PersonneId("club"), PersonneId("leo")
JANVIER, DECEMBRE = Date(2026, 1, 1), Date(2026, 12, 31)
TERMES: dict[str, Any] = {"palier": "famille", "groupes": ("atelier",), "du": JANVIER, "au": DECEMBRE}
LEO_LES_REPRESENTE = PersonneRepresentee(personne=FOYER, representant=LEO, du=JANVIER)
OUVERT = CollectifOuvert(collectif=FOYER, nature="foyer", membres=())
FOYER_ADMIS = AdhesionAdmise(personne=FOYER, **TERMES)


def rattachee(membre=ANA, collectif=FOYER, du=LUNDI, au=None):
    return Rattachement(collectif=collectif, membre=membre, du=du, au=au)


def rejoint(nouveau, membres=(), ailleurs=(), nature="foyer"):
    return MembreRattache(
        collectif=nouveau.collectif, membre=nouveau.membre, du=nouveau.du, au=nouveau.au, nature=nature,
        membres=(*membres, nouveau), rattachements=(*ailleurs, nouveau),
    )  # fmt: skip


ANA_REJOINT = rejoint(rattachee())
ANA_PART = MembreDetache(
    collectif=FOYER, membre=ANA, le=MARDI, nature="foyer", membres=(rattachee(au=MARDI),),
    rattachements=(rattachee(au=MARDI),),
)  # fmt: skip
OUVRIR = OuvrirCollectif(collectif=FOYER, nature="foyer")
RATTACHER = RattacherMembre(collectif=FOYER, membre=ANA, du=LUNDI)
DETACHER = DetacherMembre(collectif=FOYER, membre=ANA, le=MARDI)

# ── ouvrir, rattacher, détacher ─────────────────────────────────────────────────────────────────────────────────────


def test_un_foyer_s_ouvre_si_quelqu_un_agit_pour_lui_et_le_redire_ne_change_rien():
    quand = given().when(OUVRIR)
    quand.then_refused(CollectifSansRepresentant(collectif=FOYER))
    assert "identites.RepresenterPersonne" in dit(quand)
    given(LEO_LES_REPRESENTE).when(OUVRIR).then(OUVERT)
    given(LEO_LES_REPRESENTE, OUVERT).when(OUVRIR).then_nothing()


def test_un_foyer_devient_une_association_sans_perdre_ses_membres():
    given(LEO_LES_REPRESENTE, OUVERT, ANA_REJOINT).when(attrs.evolve(OUVRIR, nature="association")).then(
        CollectifOuvert(collectif=FOYER, nature="association", membres=(rattachee(),))
    )


def test_on_rattache_quelqu_un_et_le_redire_ne_change_rien():
    given(OUVERT).when(RATTACHER).then(ANA_REJOINT)
    given(OUVERT, ANA_REJOINT).when(RATTACHER).then_nothing()
    given(OUVERT, ANA_REJOINT).when(attrs.evolve(RATTACHER, au=SAMEDI)).then(rejoint(rattachee(au=SAMEDI)))
    given(OUVERT, ANA_REJOINT).when(attrs.evolve(RATTACHER, membre=BEN)).then(rejoint(rattachee(BEN), (rattachee(),)))


def test_on_est_de_plusieurs_collectifs_a_la_fois():
    club = rattachee(collectif=CLUB)
    given(OUVERT, rejoint(club, nature="association")).when(RATTACHER).then(rejoint(rattachee(), ailleurs=(club,)))


def test_ce_qui_est_fini_depuis_deux_mois_n_est_plus_redit():
    ancien = rattachee(BEN, du=JANVIER, au=Date(2026, 9, 21))
    recent = rattachee(BEN, du=JANVIER, au=Date(2026, 9, 22))
    given(OUVERT, rejoint(ancien)).when(RATTACHER).then(ANA_REJOINT)
    given(OUVERT, rejoint(recent)).when(RATTACHER).then(rejoint(rattachee(), (recent,)))


def test_le_representant_rattache_et_detache_et_nul_autre():
    faits = (LEO_LES_REPRESENTE, OUVERT)
    given(*faits).when(RATTACHER, par=LEO).then(ANA_REJOINT)
    quand = given(*faits).when(RATTACHER, par=ANA)
    quand.then_refused(PasRepresentant(personne=ANA, collectif=FOYER))
    assert "Demandez à qui représente ce collectif" in dit(quand)
    given(*faits, ANA_REJOINT).when(DETACHER, par=LEO).then(ANA_PART)
    given(*faits, ANA_REJOINT).when(DETACHER, par=ANA).then(ANA_PART)
    given(*faits, ANA_REJOINT).when(DETACHER, par=BEN).then_refused(PasRepresentant)


@pytest.mark.parametrize("commande", [RATTACHER, DETACHER])
def test_qui_n_est_pas_un_collectif_n_a_pas_de_membres(commande):
    quand = given().when(commande)
    quand.then_refused(PasUnCollectif(collectif=FOYER))
    assert "adhesions.OuvrirCollectif" in dit(quand)


def test_detacher_deux_fois_ne_change_rien_et_qui_n_en_est_pas_n_en_sort_pas():
    given(OUVERT, ANA_REJOINT, ANA_PART).when(DETACHER).then_nothing()
    given(OUVERT, ANA_REJOINT, ANA_PART).when(attrs.evolve(DETACHER, le=SAMEDI)).then_refused(
        PasMembre(membre=ANA, collectif=FOYER, le=SAMEDI)
    )
    given(OUVERT).when(DETACHER).then_refused(PasMembre)
    deux = rejoint(rattachee(BEN), (rattachee(),))
    (sortie,) = given(OUVERT, ANA_REJOINT, deux).when(DETACHER).then_accepted().evenements
    assert sortie.membres == (rattachee(au=MARDI), rattachee(BEN))


def test_on_ne_se_rattache_pas_a_soi_meme_ni_a_l_envers():
    with pytest.raises(DemandeInvalide, match="doit être une autre personne"):
        given(OUVERT).when(attrs.evolve(RATTACHER, membre=FOYER))
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(OUVERT).when(attrs.evolve(RATTACHER, au=VENDREDI))


def test_le_lieu_peut_dire_combien_de_personnes_une_adhesion_couvre():
    deux = regle("t", "taille_collectif", maximum=1)
    quand = given(deux, OUVERT, ANA_REJOINT).when(attrs.evolve(RATTACHER, membre=BEN))
    quand.then_refused(CollectifComplet(collectif=FOYER, membres=1, maximum=1))
    assert "que couvre déjà l'adhésion de foyer : 1, sur 1 au plus. Détachez d'abord quelqu'un" in dit(quand)
    given(deux, OUVERT).when(RATTACHER).then_accepted()
    given(deux, OUVERT, ANA_REJOINT, ANA_PART).when(attrs.evolve(RATTACHER, membre=BEN, du=SAMEDI)).then_accepted()
    familles = regle("t", "taille_collectif", Portee(publics=("famille",)), maximum=1)
    encore = attrs.evolve(RATTACHER, membre=BEN)
    given(familles, OUVERT, ANA_REJOINT).when(encore).then_accepted()
    given(familles, OUVERT, ANA_REJOINT, FOYER_ADMIS).when(encore).then_refused(CollectifComplet)


# ── être couvert ────────────────────────────────────────────────────────────────────────────────────────────────────

REGLES = (
    regle("r", "adhesion_a_jour"),
    regle("s", "public", admis=("famille",)),
    regle("g", "public", admis=("atelier",)),
)
SUSPENDU = AdhesionSuspendue(
    personne=FOYER, **TERMES, suspension=Suspension(du=MARDI, au=MARDI), gel=None, motif="impayé"
)
FOYER_PARTI = DepartEnregistre(personne=FOYER, **TERMES, suspension=None, gel=None, le=LUNDI)
BREF = Gel(du=MARDI, au=MARDI, rendus_jours=0)
SANCTION = Suspension(du=MARDI, au=MARDI)
ANA_GELEE = AdhesionGelee(personne=ANA, **{**TERMES, "palier": "adherent"}, suspension=None, gel=BREF)
ANA_SUSPENDUE = AdhesionSuspendue(
    personne=ANA, **{**TERMES, "palier": "adherent"}, suspension=SANCTION, gel=None, motif="bris"
)
ANA_EXCLUE = AdherentExclu(
    personne=ANA, **{**TERMES, "palier": ""}, suspension=None, gel=None, exclusion=Exclusion(du=MARDI, au=None),
    motif="menaces",
)  # fmt: skip


@pytest.mark.parametrize(
    ("faits", "le", "couverte"),
    [
        ((ANA_REJOINT,), LUNDI, False),
        ((FOYER_ADMIS, ANA_REJOINT), LUNDI, True),
        ((ANA_REJOINT, FOYER_ADMIS), LUNDI, True),
        ((ANA_REJOINT, FOYER_ADMIS), Date(2027, 1, 1), False),
        ((FOYER_ADMIS, rejoint(rattachee(du=MARDI))), LUNDI, False),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_PART), MARDI, True),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_PART), SAMEDI, False),
        ((FOYER_ADMIS, ANA_REJOINT, SUSPENDU), LUNDI, True),
        ((FOYER_ADMIS, ANA_REJOINT, SUSPENDU), MARDI, False),
        ((FOYER_ADMIS, ANA_REJOINT, FOYER_PARTI), MARDI, False),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_GELEE), MARDI, True),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_SUSPENDUE), MARDI, False),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_SUSPENDUE), SAMEDI, True),
        ((FOYER_ADMIS, ANA_REJOINT, ANA_EXCLUE), MARDI, False),
        ((FOYER_ADMIS, rejoint(rattachee(BEN)), DoublonReuni(personne=ANA, doublon=BEN)), LUNDI, True),
    ],
)  # fmt: skip
def test_l_adhesion_d_un_foyer_couvre_ses_membres_tel_jour(faits, le, couverte):
    quand = given(OUVERT, *REGLES, *faits).when(PreterObjet(objet=SCIE, personne=ANA, retour=le), maintenant=midi(le))
    if couverte:
        quand.then_accepted()
    else:
        quand.then_refused()


def test_la_couverture_finit_avec_le_rattachement_s_il_finit_plus_tot():
    preter = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
    a_jour = regle("r", "adhesion_a_jour")
    for faits, fin in (((ANA_REJOINT,), "2026-12-31"), ((ANA_REJOINT, ANA_PART), "2026-11-24")):
        (clause,) = given(OUVERT, FOYER_ADMIS, a_jour, *faits).when(preter).then_accepted().decision.clauses
        assert clause.sur == fin


def test_on_a_les_droits_de_toutes_les_adhesions_qui_couvrent():
    sienne = AdhesionAdmise(personne=ANA, palier="soutien", groupes=(), du=JANVIER, au=MARDI)
    faits = (OUVERT, FOYER_ADMIS, ANA_REJOINT, sienne)
    preter = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
    for palier in ("famille", "soutien"):
        given(*faits, regle("s", "public", admis=(palier,))).when(preter).then_accepted()
    quand = given(*faits, regle("s", "public", admis=("autre",))).when(preter)
    quand.then_refused(clause="s")
    assert "cette personne est : soutien, famille et atelier" in dit(quand)


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


def etats(quand, le):
    return {a.personne: (a.etat, a.couverte_par) for a in quand.lieu.registre("adhesions", au=le)}


@pytest.mark.parametrize("tard", [False, True])
def test_le_registre_dit_qui_couvre_qui_quel_que_soit_l_ordre_des_demandes(tard):
    admettre = AdmettreAdherent(personne=FOYER, palier="famille", du=JANVIER, au=DECEMBRE)
    faits = (LEO_LES_REPRESENTE, OUVERT)
    quand = given(*faits, ANA_REJOINT).when(admettre) if tard else given(*faits, FOYER_ADMIS).when(RATTACHER)
    assert etats(quand, LUNDI) == {FOYER: ("à jour", ()), ANA: ("couverte", (FOYER,))}
    assert etats(quand, Date(2027, 1, 1))[ANA] == ("sans adhésion", ())
    foyer = next(a for a in quand.lieu.registre("adhesions") if a.personne == FOYER)
    assert foyer.membres == (ANA,)
    membre = next(a for a in quand.lieu.registre("adhesions") if a.personne == ANA)
    assert str(membre.collectifs[0]) == "foyer (jusqu'au jeudi 31 décembre 2026)"


def test_une_personne_couverte_qui_gele_la_sienne_reste_couverte_et_suspendue_ne_l_est_plus():
    rattacher = attrs.evolve(RATTACHER, membre=ANA)
    assert etats(given(OUVERT, FOYER_ADMIS, ANA_GELEE).when(rattacher), MARDI)[ANA] == ("couverte", (FOYER,))
    assert etats(given(OUVERT, FOYER_ADMIS, ANA_SUSPENDUE).when(rattacher), MARDI)[ANA][0] == "suspendue"
    assert etats(given(OUVERT, SUSPENDU).when(rattacher), MARDI)[ANA] == ("sans adhésion", ())
    assert etats(given(OUVERT).when(rattacher), MARDI)[ANA] == ("sans adhésion", ())


def test_le_registre_des_foyers_dit_qui_en_est_ce_jour_la():
    quand = given(OUVERT, ANA_REJOINT, rejoint(rattachee(BEN), (rattachee(),))).when(DETACHER)
    assert ligne(quand, "foyers", MARDI).presents == (ANA, BEN)
    foyer = ligne(quand, "foyers", SAMEDI)
    assert (foyer.presents, foyer.nature) == ((BEN,), "foyer")
    assert str(foyer.membres[0]) == "ana (depuis le lundi 23 novembre 2026, jusqu'au mardi 24 novembre 2026)"
    assert str(foyer.membres[1]) == "ben (depuis le lundi 23 novembre 2026)"
    ouvert = given(LEO_LES_REPRESENTE).when(OUVRIR)
    assert ligne(ouvert, "foyers").presents == ()
