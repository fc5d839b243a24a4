"""Les mandats: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import (
    DelaiFixe,
    DeleguerMandat,
    DonnerMandat,
    DroitsFixes,
    FixerDroits,
    MandatDonne,
    MandatTermine,
    TerminerMandat,
)
from tierslieu_core.domaines.cadre.gouvernance.delegations import MandatDUnAutre
from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    AntidateSansMandat,
    DernierDonneur,
    FinAntidatee,
    MandatInconnu,
    MandatManquant,
    MandatPasse,
    MandatsIncompatibles,
    PasSonMandat,
)
from tierslieu_core.domaines.cadre.identites import DoublonReuni, InscrirePersonne, RenommerPersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert, FermerEspace
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import EspaceId, MandatId, PersonneId, RegleId

ANA, BEN = PersonneId("ana"), PersonneId("ben")
HIER, AUJOURDHUI, DEMAIN = Date(2026, 11, 22), Date(2026, 11, 23), Date(2026, 11, 24)
JADIS = Date(2021, 1, 1)
NOEL, AN = Date(2026, 12, 25), Date(2027, 1, 1)
EPREUVE = MandatId("epreuve")
COORDINATION, CONCIERGE = MandatId("m-coordination"), MandatId("m-concierge")


def mandat(qui, role, du=JADIS, au=None, de=None, sur=None, un=None):
    return MandatDonne(
        mandat=MandatId(un or f"m-{qui}-{role}"), personne=qui, role=role, du=du, au=au, delegue_de=de, sur=sur
    )


def termine(donne, le):
    return MandatTermine(mandat=donne.mandat, personne=donne.personne, role=donne.role, le=le, motif="fin")


FIN_DE_CAMILLE = termine(FONDATION[3], HIER)


def dit(reponse):
    return " ".join(reponse.explication)


# ── donner ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_la_coordination_donne_un_mandat():
    given().when(DonnerMandat(personne=ANA, role="concierge", du=DEMAIN, au=AN, motif="élue en AG")).then(
        MandatDonne(mandat=EPREUVE, personne=ANA, role="concierge", du=DEMAIN, au=AN, motif="élue en AG")
    )


def test_donner_deux_fois_le_meme_mandat_ne_change_rien():
    given(mandat(ANA, "animation")).when(
        DonnerMandat(personne=ANA, role="animation", du=Date(2021, 1, 1))
    ).then_nothing()


@pytest.mark.parametrize("deja", [
    (mandat(ANA, "animation"), termine(mandat(ANA, "animation"), HIER)),
    (mandat(ANA, "animation", de=CONCIERGE),),
    (mandat(ANA, "animation", sur="espace:verte"),),
])  # fmt: skip
def test_un_mandat_fini_delegue_ou_plus_etroit_n_est_pas_le_meme(deja):
    given(*deja).when(DonnerMandat(personne=ANA, role="animation", du=Date(2021, 1, 1))).then_accepted()


@pytest.mark.parametrize(("champs", "faute"), [
    ({"role": "soi"}, "role : « soi » n'est pas un mandat"),
    ({"role": "inscrit"}, "role : « inscrit » n'est pas un mandat"),
    ({"role": "Concierge"}, "role : « Concierge » n'est pas un identifiant"),
    ({"role": ""}, "role : «  » n'est pas un identifiant"),
    ({"role": "referent"}, "sur : un référent l'est d'un espace ou d'un objet"),
    ({"role": "referent", "sur": "espace:"}, "sur : attend espace:… ou objet:…, reçu « espace: »"),
    ({"role": "animation", "sur": "personne:ana"}, "sur : attend espace:… ou objet:…"),
    ({"role": "animation", "au": HIER}, "au : doit venir après le lundi 23 novembre 2026"),
])  # fmt: skip
def test_un_mandat_mal_dit_est_rendu_avec_toutes_ses_fautes(champs, faute):
    with pytest.raises(DemandeInvalide) as fault:
        given().when(DonnerMandat(personne=ANA, du=AUJOURDHUI, **champs))
    assert faute in str(fault.value)


# ── demander avec un mandat ─────────────────────────────────────────────────────────────────────────────────────────


def test_sans_mandat_on_apprend_lequel_il_faut_et_a_qui_le_demander():
    said = dit(
        given()
        .when(InscrirePersonne(personne=BEN, nom="Ben"), par=ANA)
        .then_refused(
            MandatManquant(commande="identites.InscrirePersonne", personne=ANA, roles=("concierge", "coordination"))
        )
    )
    assert "« identites.InscrirePersonne » se demande avec l'un de ces mandats : concierge et coordination" in said
    assert "ana n'en a pas aujourd'hui" in said
    assert "la coordination, qui peut le donner" in said


@pytest.mark.parametrize(("du", "au", "peut"), [
    (AUJOURDHUI, AUJOURDHUI, True), (AUJOURDHUI, None, True), (DEMAIN, None, False), (Date(2021, 1, 1), HIER, False),
])  # fmt: skip
def test_un_mandat_vaut_du_premier_au_dernier_jour_compris(du, au, peut):
    asked = given(mandat(ANA, "concierge", du=du, au=au)).when(InscrirePersonne(personne=BEN, nom="Ben"), par=ANA)
    assert asked.reponse.acceptee is peut


def test_le_mandat_se_tient_le_jour_ou_l_on_demande_non_celui_du_papier():
    held = mandat(ANA, "concierge", au=HIER)
    avant_hier = MAINTENANT.subtract(hours=48)
    given(held).when(InscrirePersonne(personne=BEN, nom="B"), par=ANA, survenu_le=avant_hier).then_refused(
        MandatManquant
    )


def test_un_mandat_vaut_pour_tous_les_identifiants_d_une_personne():
    given(mandat(ANA, "concierge"), DoublonReuni(personne=ANA, doublon=BEN)).when(
        InscrirePersonne(personne=PersonneId("leo"), nom="Léo"), par=BEN
    ).then_accepted()


@pytest.mark.parametrize("role", ["referent", "regie"])
def test_un_mandat_sur_un_espace_ne_vaut_que_pour_lui(role):
    ouverts = [
        EspaceOuvert(espace=EspaceId(e), nom=e, categorie="salle", capacite=None, description="")
        for e in ("verte", "bleue")
    ]
    place = given(*ouverts, mandat(ANA, role, sur="espace:verte"))
    asked = {e: FermerEspace(espace=EspaceId(e), du=DEMAIN, au=NOEL, motif="travaux") for e in ("verte", "bleue")}
    place.when(asked["verte"], par=ANA).then_accepted()
    place.when(asked["bleue"], par=ANA).then_refused(MandatManquant)


# ── la conciergerie et l'argent ne se rencontrent jamais ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("tenu", "demande"), [("finances", "concierge"), ("concierge", "finances")])
def test_qui_tient_l_un_ne_recoit_pas_l_autre(tenu, demande):
    said = dit(
        given(mandat(ANA, tenu))
        .when(DonnerMandat(personne=ANA, role=demande, du=DEMAIN))
        .then_refused(MandatsIncompatibles(personne=ANA, role=demande, autre=tenu, libre_le="sa fin"))
    )
    assert f"ana tient le mandat « {tenu} »" in said
    assert f"pas de mandat « {demande} » avant sa fin" in said
    assert "confiez l'un des deux à quelqu'un d'autre" in said


@pytest.mark.parametrize(("delai", "fin", "du", "possible"), [
    (0, HIER, AUJOURDHUI, True), (0, AUJOURDHUI, AUJOURDHUI, False),
    (30, HIER, Date(2026, 12, 22), False), (30, HIER, Date(2026, 12, 23), True),
])  # fmt: skip
def test_l_autre_mandat_attend_la_fin_puis_le_delai_du_lieu(delai, fin, du, possible):
    asked = given(mandat(ANA, "finances", au=fin), DelaiFixe(jours=delai, motif="AG")).when(
        DonnerMandat(personne=ANA, role="concierge", du=du)
    )
    if possible:
        asked.then_accepted()
        return
    libre = {0: "le mardi 24 novembre 2026", 30: "le mercredi 23 décembre 2026"}[delai]
    assert f"avant {libre}" in dit(asked.then_refused(MandatsIncompatibles))


@pytest.mark.parametrize(("au", "possible"), [(Date(2026, 12, 25), False), (Date(2026, 12, 24), True), (None, False)])
def test_le_delai_se_compte_aussi_avant_un_mandat_a_venir(au, possible):
    asked = given(mandat(ANA, "finances", du=Date(2027, 1, 1)), DelaiFixe(jours=7, motif="AG")).when(
        DonnerMandat(personne=ANA, role="concierge", du=DEMAIN, au=au)
    )
    if possible:
        asked.then_accepted()
    else:
        assert "avant 7 jours après sa fin" in dit(asked.then_refused(MandatsIncompatibles))


def test_un_mandat_sans_fin_de_calendrier_ne_trouble_pas_le_calcul():
    given(mandat(ANA, "finances", au=Date(2999, 12, 31)), DelaiFixe(jours=3660, motif="AG")).when(
        DonnerMandat(personne=ANA, role="concierge", du=DEMAIN, au=Date(2999, 12, 31))
    ).then_refused(MandatsIncompatibles)


def test_un_mandat_annule_avant_de_commencer_laisse_libre():
    given(mandat(ANA, "finances", du=NOEL), termine(mandat(ANA, "finances"), AUJOURDHUI)).when(
        DonnerMandat(personne=ANA, role="concierge", du=DEMAIN)
    ).then_accepted()


def test_l_exclusion_vaut_a_travers_les_doublons():
    given(mandat(BEN, "finances"), DoublonReuni(personne=ANA, doublon=BEN)).when(
        DonnerMandat(personne=ANA, role="concierge", du=DEMAIN)
    ).then_refused(MandatsIncompatibles)


def test_l_exclusion_vaut_a_travers_une_delegation():
    given(mandat(ANA, "finances")).when(
        DeleguerMandat(mandat=CONCIERGE, personne=ANA, du=DEMAIN, au=NOEL)
    ).then_refused(MandatsIncompatibles)
    given(mandat(ANA, "concierge", du=DEMAIN, au=NOEL, de=CONCIERGE)).when(
        DonnerMandat(personne=ANA, role="finances", du=NOEL)
    ).then_refused(MandatsIncompatibles)


def test_une_delegation_ne_compte_plus_quand_sa_source_a_pris_fin():
    given(
        mandat(BEN, "concierge"), mandat(ANA, "concierge", au=NOEL, de=MandatId("m-ben-concierge")),
        termine(mandat(BEN, "concierge"), HIER),
    ).when(DonnerMandat(personne=ANA, role="finances", du=AUJOURDHUI)).then_accepted()  # fmt: skip


def test_les_autres_mandats_se_cumulent():
    given(mandat(ANA, "finances")).when(DonnerMandat(personne=ANA, role="animation", du=DEMAIN)).then_accepted()


# ── déléguer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_delegue_son_propre_mandat_pour_un_temps():
    delegue = MandatDonne(mandat=EPREUVE, personne=ANA, role="concierge", du=DEMAIN, au=NOEL, delegue_de=CONCIERGE)
    given().when(DeleguerMandat(mandat=CONCIERGE, personne=ANA, du=DEMAIN, au=NOEL)).then(delegue)
    given(delegue).when(DeleguerMandat(mandat=CONCIERGE, personne=ANA, du=DEMAIN, au=NOEL)).then_nothing()


def test_on_delegue_des_le_premier_jour_et_jusqu_au_dernier():
    given(mandat(CAMILLE, "animation", du=DEMAIN, au=NOEL)).when(
        DeleguerMandat(mandat=MandatId("m-camille-animation"), personne=ANA, du=DEMAIN, au=NOEL)
    ).then_accepted()


def test_se_deleguer_son_propre_mandat_ne_change_rien():
    given(DoublonReuni(personne=CAMILLE, doublon=ANA)).when(
        DeleguerMandat(mandat=CONCIERGE, personne=ANA, du=DEMAIN, au=NOEL)
    ).then_nothing()


@pytest.mark.parametrize(("faits", "de", "du", "au"), [
    ((mandat(ANA, "concierge"),), "m-ana-concierge", DEMAIN, NOEL),
    ((mandat(CAMILLE, "animation", du=DEMAIN),), "m-camille-animation", AUJOURDHUI, NOEL),
    ((mandat(CAMILLE, "animation", au=DEMAIN),), "m-camille-animation", AUJOURDHUI, NOEL),
    ((mandat(CAMILLE, "animation"), termine(mandat(CAMILLE, "animation"), DEMAIN)), "m-camille-animation", HIER, NOEL),
    ((mandat(ANA, "concierge", un="a"), mandat(CAMILLE, "concierge", de=MandatId("a"), un="b")), "b", DEMAIN, NOEL),
])  # fmt: skip
def test_on_ne_delegue_ni_le_mandat_d_un_autre_ni_au_dela_du_sien_ni_une_delegation(faits, de, du, au):
    said = dit(
        given(*faits)
        .when(DeleguerMandat(mandat=MandatId(de), personne=BEN, du=du, au=au))
        .then_refused(MandatDUnAutre(mandat=MandatId(de), personne=CAMILLE))
    )
    assert f"Le mandat {de} n'est pas tenu en propre par Camille Martin sur toute cette période" in said
    assert "On ne délègue que son propre mandat" in said


def test_une_delegation_a_des_jours_dans_l_ordre():
    with pytest.raises(DemandeInvalide, match="au : doit venir après le vendredi 25 décembre 2026"):
        given().when(DeleguerMandat(mandat=CONCIERGE, personne=ANA, du=NOEL, au=DEMAIN))


def test_une_delegation_vaut_tant_que_sa_source_court():
    source = mandat(BEN, "concierge")
    delegation = mandat(ANA, "concierge", au=NOEL, de=source.mandat)
    asked = InscrirePersonne(personne=PersonneId("leo"), nom="Léo")
    given(source, delegation).when(asked, par=ANA).then_accepted()
    given(source, delegation, termine(source, HIER)).when(asked, par=ANA).then_refused(MandatManquant)
    given(source, termine(source, NOEL), delegation).when(asked, par=ANA).then_accepted()


# ── terminer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_mandat_prend_fin_avec_un_motif():
    held = mandat(ANA, "concierge")
    given(held).when(TerminerMandat(mandat=held.mandat, le=DEMAIN, motif="déménage")).then(
        MandatTermine(mandat=held.mandat, personne=ANA, role="concierge", le=DEMAIN, motif="déménage")
    )


@pytest.mark.parametrize("au", [DEMAIN, None])
def test_terminer_deux_fois_au_meme_jour_ne_change_rien(au):
    held = mandat(ANA, "concierge", au=au)
    faits = (held,) if au else (held, termine(held, DEMAIN))
    given(*faits).when(TerminerMandat(mandat=held.mandat, le=DEMAIN, motif="fin")).then_nothing()


def test_terminer_ne_prolonge_pas():
    held = mandat(ANA, "concierge", au=HIER)
    said = dit(
        given(held)
        .when(TerminerMandat(mandat=held.mandat, le=DEMAIN, motif="x"))
        .then_refused(MandatPasse(mandat=held.mandat, le=HIER))
    )
    assert "Le mandat m-ana-concierge ne va pas au-delà du dimanche 22 novembre 2026" in said
    assert "pour le prolonger, donnez-en un nouveau" in said


def test_un_mandat_avance_encore_sa_fin():
    held = mandat(ANA, "concierge", au=NOEL)
    given(held, termine(held, DEMAIN)).when(TerminerMandat(mandat=held.mandat, le=HIER, motif="x")).then_accepted()


@pytest.mark.parametrize("demande", [
    TerminerMandat(mandat=MandatId("m-0"), le=DEMAIN, motif="x"),
    DeleguerMandat(mandat=MandatId("m-0"), personne=ANA, du=DEMAIN, au=NOEL),
])  # fmt: skip
def test_un_mandat_inconnu_se_cherche_au_registre(demande):
    said = dit(given().when(demande).then_refused(MandatInconnu(mandat=MandatId("m-0"))))
    assert "Aucun mandat « m-0 » n'a été donné" in said
    assert "Voyez le registre des mandats" in said


def test_chacun_rend_son_mandat_ou_reprend_sa_delegation():
    source = mandat(BEN, "concierge")
    delegation = mandat(ANA, "concierge", au=NOEL, de=source.mandat, un="d")
    for qui, lequel in ((BEN, source.mandat), (ANA, MandatId("d")), (BEN, MandatId("d"))):
        given(source, delegation).when(TerminerMandat(mandat=lequel, le=DEMAIN, motif="x"), par=qui).then_accepted()
    said = dit(
        given(source, delegation)
        .when(TerminerMandat(mandat=source.mandat, le=DEMAIN, motif="x"), par=ANA)
        .then_refused(PasSonMandat(mandat=source.mandat, personne=ANA))
    )
    assert "Le mandat m-ben-concierge n'est pas celui d'ana" in said
    assert "pour un autre, demandez à la coordination" in said


# ── le lieu ne reste jamais sans personne qui donne des mandats ─────────────────────────────────────────────────────


@pytest.mark.parametrize(("successeur", "le", "possible"), [
    ((), DEMAIN, False),
    ((mandat(ANA, "coordination", du=NOEL),), DEMAIN, False),
    ((mandat(ANA, "coordination", du=NOEL),), Date(2026, 12, 23), False),
    ((mandat(ANA, "coordination", du=NOEL),), Date(2026, 12, 24), True),
    ((mandat(ANA, "coordination", au=NOEL),), DEMAIN, True),
    ((mandat(ANA, "coordination", au=NOEL),), NOEL, False),
    ((mandat(ANA, "coordination", au=HIER),), HIER, False),
    ((mandat(ANA, "coordination", de=COORDINATION),), DEMAIN, False),
    ((mandat(ANA, "coordination", sur="espace:verte"),), DEMAIN, False),
    ((mandat(ANA, "concierge"),), DEMAIN, False),
    ((mandat(ANA, "coordination"),), HIER, True),
    ((mandat(ANA, "coordination"),), Date(2999, 12, 31), True),
])  # fmt: skip
def test_le_dernier_qui_donne_des_mandats_ne_part_qu_une_fois_releve(successeur, le, possible):
    asked = given(*successeur).when(TerminerMandat(mandat=COORDINATION, le=le, motif="relève"))
    if possible:
        asked.then_accepted()
        return
    said = dit(asked.then_refused(DernierDonneur()))
    assert "sans personne qui puisse donner des mandats" in said
    assert "Donnez d'abord ce mandat à qui prend la suite" in said


def test_un_mandat_qui_a_couru_ne_finit_pas_dans_le_passe():
    said = dit(
        given(mandat(ANA, "coordination"))
        .when(TerminerMandat(mandat=COORDINATION, le=Date(2020, 1, 1), motif="oubli"))
        .then_refused(FinAntidatee(mandat=COORDINATION, le=Date(2020, 1, 1)))
    )
    assert "sa fin ne peut pas être datée du mercredi 1er janvier 2020" in said
    assert "ce qu'il a permis depuis ne s'efface pas" in said


def test_sans_mandat_on_ne_demande_que_pour_maintenant():
    hier = MAINTENANT.subtract(hours=24)
    said = dit(
        given()
        .when(RenommerPersonne(personne=ANA, nom="Ana B"), par=ANA, survenu_le=hier)
        .then_refused(AntidateSansMandat(commande="identites.RenommerPersonne", personne=ANA))
    )
    assert "faites saisir ce qui a déjà eu lieu par qui tient un mandat" in said
    given().when(RenommerPersonne(personne=ANA, nom="Ana B"), survenu_le=hier).then_accepted()
    given().when(RenommerPersonne(personne=ANA, nom="Ana B"), par=ANA).then_accepted()


def test_annuler_une_releve_a_venir_n_enleve_personne():
    releve = mandat(ANA, "coordination", du=NOEL)
    given(releve).when(TerminerMandat(mandat=releve.mandat, le=DEMAIN, motif="renonce")).then_accepted()


def test_annuler_la_releve_de_qui_tient_faute_de_mieux_est_possible():
    """The last giver lasts anyway, with or without the successor that was announced."""
    held, releve = mandat(ANA, "coordination", au=HIER), mandat(BEN, "coordination", du=NOEL)
    given(held, termine(FONDATION[3], Date(2026, 11, 1)), releve).when(
        TerminerMandat(mandat=releve.mandat, le=DEMAIN, motif="renonce"), par=ANA
    ).then_accepted()


def test_finir_une_delegation_de_coordination_n_enleve_personne():
    given(mandat(ANA, "coordination", au=NOEL, de=COORDINATION, un="d")).when(
        TerminerMandat(mandat=MandatId("d"), le=DEMAIN, motif="retour")
    ).then_accepted()


DONNER = DonnerMandat(personne=BEN, role="animation", du=DEMAIN)


@pytest.mark.parametrize(("faits", "peut"), [
    ((mandat(ANA, "coordination", au=HIER), termine(FONDATION[3], Date(2026, 11, 1))), True),
    ((mandat(ANA, "coordination", au=Date(2026, 11, 1)), FIN_DE_CAMILLE), False),
    ((mandat(ANA, "coordination", au=HIER), FIN_DE_CAMILLE), True),
    ((mandat(ANA, "coordination", au=HIER), FIN_DE_CAMILLE, mandat(BEN, "coordination", du=AUJOURDHUI)), False),
    ((mandat(ANA, "coordination", au=Date(2026, 11, 1)), termine(FONDATION[3], Date(2026, 10, 1)),
      mandat(BEN, "coordination", du=DEMAIN)), True),
    ((mandat(ANA, "coordination", au=Date(2026, 11, 1)), termine(FONDATION[3], Date(2026, 10, 1)),
      mandat(BEN, "coordination", du=Date(2026, 11, 20))), False),
    ((mandat(ANA, "coordination", au=HIER), termine(FONDATION[3], Date(2026, 11, 1)),
      mandat(BEN, "coordination", du=Date(2026, 11, 20)),
      termine(mandat(BEN, "coordination"), Date(2026, 11, 10))), True),
    ((mandat(ANA, "coordination", au=Date(2026, 11, 1)), termine(FONDATION[3], Date(2026, 10, 1)),
      mandat(BEN, "coordination", du=AUJOURDHUI)), False),
    ((mandat(ANA, "coordination", au=HIER), termine(FONDATION[3], Date(2026, 11, 1)),
      mandat(BEN, "coordination", du=AUJOURDHUI), termine(mandat(BEN, "coordination"), HIER)), True),
    ((mandat(ANA, "coordination", au=HIER), termine(FONDATION[3], Date(2026, 11, 1)),
      mandat(BEN, "coordination", du=HIER)), False),
])  # fmt: skip
def test_le_dernier_mandat_dure_jusqu_a_ce_que_commence_celui_d_un_successeur(faits, peut):
    assert given(*faits).when(DONNER, par=ANA).reponse.acceptee is peut


def test_la_delegation_du_dernier_dure_comme_lui():
    held = mandat(ANA, "coordination", au=HIER)
    faits = (held, termine(FONDATION[3], Date(2026, 11, 1)))
    given(*faits).when(DeleguerMandat(mandat=held.mandat, personne=BEN, du=DEMAIN, au=NOEL), par=ANA).then_accepted()
    given(*faits, mandat(BEN, "coordination", au=NOEL, de=held.mandat)).when(DONNER, par=BEN).then_accepted()


def test_qui_donne_des_mandats_depend_des_droits_du_lieu():
    droits = DroitsFixes(demande="gouvernance.DonnerMandat", roles=("bureau",), motif="AG")
    bureau = mandat(ANA, "bureau")
    given(droits, bureau).when(TerminerMandat(mandat=COORDINATION, le=DEMAIN, motif="x")).then_accepted()
    given(droits, bureau).when(TerminerMandat(mandat=bureau.mandat, le=DEMAIN, motif="x")).then_refused(DernierDonneur)


def test_qui_tient_encore_la_conciergerie_faute_de_releve_ne_recoit_pas_les_finances():
    """Where the concierge gives the mandates and is the last to, an end by date is not one yet."""
    droits = DroitsFixes(demande="gouvernance.DonnerMandat", roles=("concierge",), motif="petit lieu")
    faits = (droits, mandat(ANA, "concierge", au=HIER), termine(FONDATION[2], Date(2026, 11, 1)))
    given(*faits).when(DonnerMandat(personne=ANA, role="finances", du=DEMAIN), par=ANA).then_refused(
        MandatsIncompatibles
    )


# ── le registre, la voix ────────────────────────────────────────────────────────────────────────────────────────────


def test_le_registre_dit_les_mandats_qui_courent_et_une_delegation_finit_avec_sa_source():
    lieu = memory_place()
    source = mandat(ANA, "concierge")
    record(lieu, [
        *FONDATION, source, mandat(BEN, "concierge", du=HIER, au=NOEL, de=source.mandat),
        mandat(BEN, "animation", du=DEMAIN), termine(source, HIER),
    ])  # fmt: skip
    rows = {r.mandat: (r.au, r.en_cours) for r in lieu.registre("mandats")}
    assert rows == {
        CONCIERGE: (None, True), COORDINATION: (None, True), source.mandat: (HIER, False),
        MandatId("m-ben-concierge"): (HIER, False), MandatId("m-ben-animation"): (None, False),
    }  # fmt: skip


def test_un_mandat_termine_qui_n_a_jamais_ete_donne_est_passe_sous_silence():
    lieu = memory_place()
    record(lieu, [*FONDATION, termine(mandat(ANA, "concierge"), HIER)])
    assert set(lieu.livre.mandats.mandats) == {CONCIERGE, COORDINATION}


def test_on_dit_en_tant_que_quoi_une_demande_est_faite():
    lieu = memory_place()
    record(lieu, FONDATION)
    assert lieu.livre.en_tant_que("m-concierge") == "concierge"
    assert lieu.livre.en_tant_que("soi") == "soi"


def test_une_cle_quelconque_donne_un_mandat_que_l_on_peut_nommer_ensuite():
    lieu = memory_place()
    record(lieu, FONDATION)
    lieu.handler.knows_all = True
    names = set()
    for cle in ("A1", "a1", "import:1", "x" * 120, "x" * 119 + "X", "d~1"):
        donne = lieu.executer(DonnerMandat(personne=ANA, role=f"r{len(names)}", du=AUJOURDHUI), par=CAMILLE, cle=cle)
        (fait,) = donne.evenements
        names.add(fait.mandat)
        assert lieu.executer(TerminerMandat(mandat=fait.mandat, le=DEMAIN, motif="x"), par=CAMILLE).verdict == "accord"
    assert len(names) == 6
    assert "a1" in names


def test_une_regle_se_fait_avec_un_mandat_de_concierge_ou_de_coordination():
    adopter = AdopterRegle(regle=RegleId("r"), genre=DureePret(maximum_jours=7), du=DEMAIN, motif="AG")
    given(mandat(ANA, "animation")).when(adopter, par=ANA).then_refused(MandatManquant)


@pytest.mark.parametrize("role", ["concierge", "finances"])
def test_la_conciergerie_et_les_finances_ne_donnent_pas_les_mandats(role):
    """Else the last giver, whose mandate lasts until a successor's, could come to hold both."""
    with pytest.raises(DemandeInvalide, match="ne tient ni la conciergerie ni les finances"):
        given().when(FixerDroits(demande="gouvernance.DonnerMandat", roles=("coordination", role), motif="essai"))
