"""Qui est qui: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import DelaiFixe, MandatDonne, MandatTermine
from tierslieu_core.domaines.cadre.identites import (
    DejaReuni,
    DoublonReuni,
    IdentifiantPris,
    InscrirePersonne,
    MandatsInconciliables,
    PersonneInscrite,
    PersonneRenommee,
    RenommerPersonne,
    ReunirDoublon,
)
from tierslieu_core.domaines.cadre.representations import (
    FinirRepresentation,
    PasRepresentee,
    PersonneRepresentee,
    RepresentationFinie,
    RepresenterPersonne,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

ANA, BEN, LEO, CLUB = map(PersonneId, ("ana", "ben", "leo", "club"))
HIER, AUJOURDHUI, DEMAIN = Date(2026, 11, 22), Date(2026, 11, 23), Date(2026, 11, 24)
JADIS = Date(2021, 1, 1)
ETE = Date(2026, 7, 1)


def mandat(qui, role, du=JADIS, au=None):
    return MandatDonne(mandat=MandatId(f"m-{qui}-{role}"), personne=qui, role=role, du=du, au=au)


def dit(reponse):
    return " ".join(reponse.explication)


# ── s'inscrire, changer de nom ──────────────────────────────────────────────────────────────────────────────────────


def test_une_personne_est_inscrite_avec_son_nom():
    given().when(InscrirePersonne(personne=ANA, nom="Ana", contact="ana@exemple.fr")).then(
        PersonneInscrite(personne=ANA, nom="Ana", contact="ana@exemple.fr")
    )


def test_un_identifiant_ne_designe_jamais_deux_personnes():
    said = dit(
        given(PersonneInscrite(personne=ANA, nom="Ana"))
        .when(InscrirePersonne(personne=ANA, nom="Anaïs"))
        .then_refused(IdentifiantPris(personne=ANA))
    )
    assert "Ana est déjà celui de quelqu'un" in said
    assert "Choisissez-en un autre" in said


def test_chacun_peut_corriger_son_nom():
    given(PersonneInscrite(personne=ANA, nom="Ana")).when(RenommerPersonne(personne=ANA, nom="Anaïs"), par=ANA).then(
        PersonneRenommee(personne=ANA, nom="Anaïs")
    )


# ── deux identifiants pour une personne ─────────────────────────────────────────────────────────────────────────────


def test_deux_identifiants_d_une_personne_sont_reunis():
    reuni = DoublonReuni(personne=ANA, doublon=BEN)
    given().when(ReunirDoublon(personne=ANA, doublon=BEN)).then(reuni)
    given(reuni).when(ReunirDoublon(personne=ANA, doublon=BEN)).then_nothing()
    given(reuni, DoublonReuni(personne=LEO, doublon=ANA)).when(ReunirDoublon(personne=ANA, doublon=BEN)).then_nothing()


@pytest.mark.parametrize(("garde", "doublon"), [(LEO, BEN), (BEN, LEO), (BEN, ANA)])
def test_un_doublon_ne_se_reunit_pas_une_seconde_fois(garde, doublon):
    said = dit(
        given(DoublonReuni(personne=ANA, doublon=BEN))
        .when(ReunirDoublon(personne=garde, doublon=doublon))
        .then_refused(DejaReuni(personne=ANA, doublon=BEN))
    )
    assert "ben et ana sont déjà une même personne" in said
    assert "Servez-vous de l'identifiant gardé" in said


def test_un_identifiant_n_est_pas_son_propre_doublon():
    with pytest.raises(DemandeInvalide, match="doublon : doit être un autre identifiant"):
        given().when(ReunirDoublon(personne=ANA, doublon=ANA))


def test_concierge_et_finances_ne_sont_jamais_reunis_en_une_personne():
    said = dit(
        given(mandat(ANA, "concierge"), mandat(BEN, "finances"))
        .when(ReunirDoublon(personne=ANA, doublon=BEN))
        .then_refused(MandatsInconciliables(personne=ANA, doublon=BEN))
    )
    assert "ana et ben tiennent l'un la conciergerie, l'autre les finances" in said
    assert "Mettez d'abord fin à l'un de ces mandats" in said


def test_le_heurt_se_voit_a_travers_un_doublon_deja_reuni():
    given(mandat(LEO, "concierge"), DoublonReuni(personne=ANA, doublon=LEO), mandat(BEN, "finances")).when(
        ReunirDoublon(personne=BEN, doublon=ANA)
    ).then_refused(MandatsInconciliables)


@pytest.mark.parametrize(
    ("delai", "fin", "possible"),
    [
        (0, AUJOURDHUI, False),
        (0, HIER, True),
        (30, HIER, False),
        (30, Date(2026, 10, 23), True),
        (30, Date(2026, 10, 24), False),
    ],
)
def test_une_fois_le_delai_passe_ils_peuvent_l_etre(delai, fin, possible):
    asked = given(mandat(ANA, "concierge"), mandat(BEN, "finances", au=fin), DelaiFixe(jours=delai, motif="AG")).when(
        ReunirDoublon(personne=ANA, doublon=BEN)
    )
    if possible:
        asked.then(DoublonReuni(personne=ANA, doublon=BEN))
    else:
        asked.then_refused(MandatsInconciliables)


def test_deux_mandats_a_venir_que_separe_le_delai_ne_se_heurtent_pas():
    an = Date(2027, 12, 31)
    given(mandat(ANA, "concierge", au=an), mandat(BEN, "finances", du=Date(2028, 1, 1))).when(
        ReunirDoublon(personne=ANA, doublon=BEN)
    ).then_accepted()
    given(mandat(ANA, "concierge", au=an), mandat(BEN, "finances", du=an)).when(
        ReunirDoublon(personne=ANA, doublon=BEN)
    ).then_refused(MandatsInconciliables)


# ── qui représente qui ──────────────────────────────────────────────────────────────────────────────────────────────


def test_un_parent_represente_un_enfant():
    fait = PersonneRepresentee(personne=LEO, representant=ANA, du=AUJOURDHUI, au=None)
    given().when(RepresenterPersonne(personne=LEO, representant=ANA, du=AUJOURDHUI)).then(fait)
    given(fait).when(RepresenterPersonne(personne=LEO, representant=ANA, du=AUJOURDHUI)).then_nothing()


def test_une_representation_a_deux_personnes_et_des_jours_dans_l_ordre():
    with pytest.raises(DemandeInvalide) as fault:
        given().when(RepresenterPersonne(personne=LEO, representant=LEO, du=DEMAIN, au=HIER))
    assert "representant : doit être une autre personne" in str(fault.value)
    assert "au : doit venir après le mardi 24 novembre 2026" in str(fault.value)


@pytest.mark.parametrize(
    ("du", "au", "acceptee"),
    [(AUJOURDHUI, AUJOURDHUI, True), (DEMAIN, None, False), (ETE, HIER, False), (ETE, None, True)],
)
def test_le_representant_demande_comme_la_personne_elle_meme_tant_qu_il_la_represente(du, au, acceptee):
    asked = given(PersonneRepresentee(personne=LEO, representant=ANA, du=du, au=au)).when(
        RenommerPersonne(personne=LEO, nom="Léo"), par=ANA
    )
    assert asked.reponse.acceptee is acceptee


def test_la_representation_ne_va_que_dans_un_sens():
    held = PersonneRepresentee(personne=LEO, representant=ANA, du=ETE)
    assert not given(held).when(RenommerPersonne(personne=ANA, nom="x"), par=LEO).reponse.acceptee


def test_elle_vaut_a_travers_les_doublons_des_deux():
    given(
        PersonneRepresentee(personne=LEO, representant=ANA, du=ETE),
        DoublonReuni(personne=BEN, doublon=ANA),
        DoublonReuni(personne=CLUB, doublon=LEO),
    ).when(RenommerPersonne(personne=CLUB, nom="Léo"), par=BEN).then_accepted()


def test_un_doublon_demande_comme_la_personne():
    given(DoublonReuni(personne=ANA, doublon=BEN)).when(
        RenommerPersonne(personne=ANA, nom="Ana"), par=BEN
    ).then_accepted()


def test_une_representation_prend_fin_et_ne_vaut_plus_le_lendemain():
    held = PersonneRepresentee(personne=LEO, representant=ANA, du=ETE)
    ended = RepresentationFinie(personne=LEO, representant=ANA, le=HIER)
    given(held).when(FinirRepresentation(personne=LEO, representant=ANA, le=HIER), par=LEO).then(ended)
    given(held, ended).when(FinirRepresentation(personne=LEO, representant=ANA, le=HIER)).then_nothing()
    assert not given(held, ended).when(RenommerPersonne(personne=LEO, nom="x"), par=ANA).reponse.acceptee


@pytest.mark.parametrize("faits", [(), (PersonneRepresentee(personne=LEO, representant=ANA, du=ETE, au=HIER),)])
def test_on_ne_finit_pas_une_representation_qui_n_est_pas(faits):
    said = dit(
        given(*faits)
        .when(FinirRepresentation(personne=LEO, representant=ANA, le=AUJOURDHUI))
        .then_refused(PasRepresentee(personne=LEO, representant=ANA, le=AUJOURDHUI))
    )
    assert "ana ne représente pas leo au-delà du lundi 23 novembre 2026" in said
    assert "registre des représentations" in said


def test_une_fin_ne_prolonge_pas_une_representation_plus_courte():
    lieu = memory_place()
    held = PersonneRepresentee(personne=LEO, representant=ANA, du=ETE, au=HIER)
    autre = PersonneRepresentee(personne=LEO, representant=ANA, du=Date(2027, 1, 1))
    record(lieu, [held, autre, RepresentationFinie(personne=LEO, representant=ANA, le=DEMAIN)])
    assert lieu.livre.mandats.qui.representations(LEO, ANA) == [(ETE, HIER), (Date(2027, 1, 1), DEMAIN)]


# ── les registres ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_registre_des_personnes_dit_les_noms_d_aujourd_hui_et_les_doublons():
    lieu = memory_place()
    record(lieu, [
        PersonneInscrite(personne=ANA, nom="Ana"), PersonneInscrite(personne=BEN, nom="Anna"),
        PersonneRenommee(personne=ANA, nom="Anaïs"), DoublonReuni(personne=ANA, doublon=BEN),
    ])  # fmt: skip
    assert [(r.personne, r.nom, r.reunie_a) for r in lieu.registre("personnes")] == [
        (ANA, "Anaïs", None),
        (BEN, "Anna", ANA),
    ]


def test_un_registre_a_une_date_passee_ignore_qui_n_etait_pas_encore_inscrit():
    lieu = memory_place()
    record(lieu, [PersonneInscrite(personne=CAMILLE, nom="Camille")], cle="un")
    avant = MAINTENANT.subtract(hours=72)
    record(
        lieu,
        [PersonneRenommee(personne=CAMILLE, nom="C."), DoublonReuni(personne=ANA, doublon=CAMILLE)],
        le=avant,
        cle="deux",
    )
    assert lieu.registre("personnes", au=HIER) == []


def test_le_registre_des_representations_dit_celles_qui_courent():
    lieu = memory_place()
    record(lieu, [
        PersonneRepresentee(personne=LEO, representant=ANA, du=ETE, au=DEMAIN),
        PersonneRepresentee(personne=CLUB, representant=ANA, du=ETE),
        RepresentationFinie(personne=LEO, representant=ANA, le=HIER),
    ])  # fmt: skip
    rows = {r.personne: (r.au, r.en_cours) for r in lieu.registre("representations")}
    assert rows == {LEO: (HIER, False), CLUB: (None, True)}
    assert [r.en_cours for r in lieu.registre("representations", au=HIER)] == []


def test_un_mandat_fini_avant_de_commencer_ne_heurte_rien():
    never = (mandat(BEN, "finances", du=DEMAIN), MandatTermine(
        mandat=MandatId("m-ben-finances"), personne=BEN, role="finances", le=AUJOURDHUI, motif="renonce"
    ))  # fmt: skip
    given(mandat(ANA, "concierge"), *never).when(ReunirDoublon(personne=ANA, doublon=BEN)).then_accepted()
