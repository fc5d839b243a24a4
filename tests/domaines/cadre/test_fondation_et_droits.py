"""La fondation et les droits: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import (
    DelaiFixe,
    DonnerMandat,
    DroitsFixes,
    FixerDelai,
    FixerDroits,
    FonderLieu,
    LieuDejaFonde,
    LieuFonde,
    MandatDonne,
)
from tierslieu_core.domaines.cadre.gouvernance.mandats import DernierDonneur, MandatManquant
from tierslieu_core.domaines.cadre.identites import InscrirePersonne, PersonneInscrite, RenommerPersonne
from tierslieu_core.domaines.cadre.regles.depart import REGLES, reglement_de_depart
from tierslieu_core.kernel.errors import DemandeInvalide, LieuNonFonde
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

ANA, BEN = PersonneId("ana"), PersonneId("ben")
AUJOURDHUI = Date(2026, 11, 23)
DONNER, DROITS = "gouvernance.DonnerMandat", "gouvernance.FixerDroits"


def dit(reponse):
    return " ".join(reponse.explication)


# ── fonder ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_lieu_se_fonde_avec_qui_le_fonde_et_ses_premiers_mandats():
    lieu = memory_place()
    reponse = lieu.executer(FonderLieu(nom="Le Quai", personne=ANA, nom_personne="Ana"), par=ANA, cle="f")
    fonde, inscrite, *mandats = reponse.evenements
    assert fonde == LieuFonde(nom="Le Quai", fuseau="Europe/Paris", jours_feries="metropole", vacances="")
    assert isinstance(inscrite, PersonneInscrite)
    assert mandats == [
        MandatDonne(mandat=MandatId(f"f~{role}"), personne=ANA, role=role, du=AUJOURDHUI)
        for role in ("concierge", "coordination")
    ]
    assert lieu.registre("lieu")[0].nom == "Le Quai"


def test_le_premier_jour_des_mandats_est_celui_de_l_horloge_du_lieu():
    lieu = memory_place()
    soir = Instant.from_utc(2026, 11, 23, 12)
    commande = FonderLieu(nom="Kiribati", personne=ANA, nom_personne="Ana", fuseau="Pacific/Kiritimati")
    assert lieu.executer(commande, par=ANA, maintenant=soir).evenements[-1].du == Date(2026, 11, 24)


def test_un_journal_est_celui_d_un_seul_lieu():
    said = dit(
        given()
        .when(FonderLieu(nom="L'Autre", personne=ANA, nom_personne="Ana"), par=ANA)
        .then_refused(LieuDejaFonde(nom="Le Quai"))
    )
    assert "déjà celui du lieu « Le Quai »" in said
    assert "fondez l'autre lieu dans un autre fichier" in said


def test_rien_ne_se_demande_d_un_lieu_qui_n_est_pas_fonde():
    with pytest.raises(LieuNonFonde):
        memory_place().executer(InscrirePersonne(personne=ANA, nom="Ana"), par=ANA)


def test_une_fondation_mal_dite_est_rendue_avec_toutes_ses_fautes():
    with pytest.raises(DemandeInvalide) as fault:
        memory_place().executer(
            FonderLieu(
                nom=" ", personne=ANA, nom_personne="Ana", fuseau="Europe/Brest", jours_feries="brest", vacances="D",
                roles=("concierge", "finances", "referent", "Bureau"),
            ),
            par=ANA,
        )  # fmt: skip
    said = str(fault.value)
    for faute in (
        "nom : le nom du lieu",
        "fuseau : fuseau inconnu : « Europe/Brest »",
        "jours_feries : une de ces zones : metropole, alsace-moselle",
        "vacances : A, B ou C",
        "roles : une même personne ne tient pas la conciergerie et les finances",
        "roles : un référent l'est d'un espace ou d'un objet",
        "roles : « Bureau » n'est pas un identifiant",
        "roles : il faut « coordination »",
    ):
        assert faute in said


def test_le_reglement_de_depart_s_adopte_tout_entier_et_une_seule_fois():
    lieu = memory_place()
    record(lieu, FONDATION)
    for n in range(2):
        verdicts = [
            lieu.executer(c, par=CAMILLE, cle=f"{n}-{c.regle}").verdict for c in reglement_de_depart(AUJOURDHUI)
        ]
        assert verdicts == [("accord", "sans_objet")[n]] * len(REGLES)
    assert {r.regle for r in lieu.registre("regles") if r.en_vigueur} == {nom for nom, _, _ in REGLES}


def test_un_lieu_sans_regles_accepte_ce_que_son_etat_permet():
    lieu = memory_place()
    record(lieu, FONDATION)
    assert lieu.livre.reglement.en_vigueur(AUJOURDHUI) == ()


# ── les droits ──────────────────────────────────────────────────────────────────────────────────────────────────────


def droits(demande: str, *roles: str):
    return DroitsFixes(demande=demande, roles=roles, motif="AG")


def bureau(du=AUJOURDHUI, **autres):
    return MandatDonne(mandat=MandatId("b"), personne=ANA, role="bureau", du=du, **autres)


def test_le_lieu_fixe_qui_peut_demander_quoi():
    nom = "identites.RenommerPersonne"
    given().when(FixerDroits(demande=nom, roles=("accueil",), motif="AG")).then(droits(nom, "accueil"))
    given(droits(nom, "accueil")).when(FixerDroits(demande=nom, roles=("accueil",), motif="AG")).then_nothing()
    asked = RenommerPersonne(personne=ANA, nom="Ana")
    given(droits(nom, "accueil")).when(asked, par=ANA).then_refused(MandatManquant)
    given(droits(nom, "accueil", "inscrit")).when(asked, par=BEN).then_accepted()


def test_sans_aucun_mandat_les_droits_sont_a_nouveau_ceux_du_depart():
    nom = "identites.RenommerPersonne"
    given(droits(nom, "accueil"), droits(nom)).when(RenommerPersonne(personne=ANA, nom="A"), par=ANA).then_accepted()
    given().when(FixerDroits(demande=nom, roles=(), motif="x")).then_nothing()
    given(droits(DONNER, "coordination", "bureau")).when(
        FixerDroits(demande=DONNER, roles=(), motif="x")
    ).then_accepted()


@pytest.mark.parametrize(("demande", "roles", "faute"), [
    ("prets.PreterObjet", ("concierge", "finances"), "les finances ne partagent aucune demande"),
    ("prets.PreterObjet", ("finances",), "les finances ne partagent aucune demande"),
    ("prets.PreterObjet", ("Concierge",), "« Concierge » n'est pas un identifiant"),
    (DONNER, ("coordination", "soi"), "qui donne des mandats ou des droits en tient un"),
    (DROITS, ("inscrit",), "qui donne des mandats ou des droits en tient un"),
])  # fmt: skip
def test_des_droits_qui_ruineraient_le_cadre_sont_rendus_avec_leur_faute(demande, roles, faute):
    with pytest.raises(DemandeInvalide, match="roles") as fault:
        given().when(FixerDroits(demande=demande, roles=roles, motif="x"))
    assert faute in str(fault.value)


def test_ce_qui_est_aux_finances_seules_ne_se_partage_pas():
    for demande in ("attestations.DeposerAttestation", "finances.Engager"):
        with pytest.raises(DemandeInvalide, match="est aux finances seules : cela ne se partage pas"):
            given().when(FixerDroits(demande=demande, roles=("concierge",), motif="x"))


def test_un_mandat_de_finances_n_ouvre_que_ce_qui_est_aux_finances_quoi_que_le_lieu_ait_fixe():
    nom = "identites.RenommerPersonne"
    aux_finances = MandatDonne(mandat=MandatId("m-ana"), personne=ANA, role="finances", du=Date(2020, 1, 1))
    asked = RenommerPersonne(personne=BEN, nom="Ben")
    given(aux_finances, droits(nom, "finances")).when(asked, par=ANA).then_refused(MandatManquant)
    given(aux_finances, droits(nom, "finances")).when(asked).then_accepted()


@pytest.mark.parametrize(("held", "possible"), [
    ((), False),
    ((bureau(),), True),
    ((bureau(du=Date(2026, 11, 24)),), False),
    ((bureau(sur="espace:verte"),), False),
    ((bureau(delegue_de=MandatId("m-concierge")),), False),
])  # fmt: skip
def test_ne_pas_confier_les_mandats_a_un_role_que_personne_ne_tient(held, possible):
    asked = given(*held).when(FixerDroits(demande=DONNER, roles=("bureau",), motif="AG"))
    if possible:
        asked.then(droits(DONNER, "bureau"))
    else:
        assert "sans personne qui puisse donner des mandats" in dit(asked.then_refused(DernierDonneur()))


def test_le_delai_entre_conciergerie_et_finances_est_une_decision_du_lieu():
    given().when(FixerDelai(jours=30, motif="AG")).then(DelaiFixe(jours=30, motif="AG"))
    given().when(FixerDelai(jours=0, motif="AG")).then_nothing()


@pytest.mark.parametrize("jours", [-1, 3661])
def test_un_delai_tient_en_dix_ans(jours):
    with pytest.raises(DemandeInvalide, match="jours : un nombre de jours, de 0 à 3660"):
        given().when(FixerDelai(jours=jours, motif="x"))


def test_un_delai_plus_long_ne_touche_pas_aux_mandats_deja_donnes():
    lieu = memory_place()
    held = MandatDonne(mandat=MandatId("b"), personne=ANA, role="concierge", du=AUJOURDHUI)
    record(lieu, [*FONDATION, held, DelaiFixe(jours=3660, motif="AG")])
    lieu.handler.knows_all = True
    assert lieu.executer(InscrirePersonne(personne=BEN, nom="Ben"), par=ANA).verdict == "accord"


def test_le_registre_des_droits_dit_ce_que_le_lieu_a_fixe():
    lieu = memory_place()
    record(
        lieu,
        [*FONDATION, droits("prets.PreterObjet", "concierge"), droits("prets.PreterObjet", "atelier")],
        le=MAINTENANT,
    )
    (row,) = lieu.registre("droits")
    assert (row.demande, row.roles, row.motif) == ("prets.PreterObjet", ("atelier",), "AG")


def test_seule_la_coordination_touche_au_cadre_par_defaut():
    held = MandatDonne(mandat=MandatId("b"), personne=ANA, role="concierge", du=AUJOURDHUI)
    for asked in (FixerDelai(jours=3, motif="x"), FixerDroits(demande=DONNER, roles=("x",), motif="x"),
                  DonnerMandat(personne=BEN, role="x", du=AUJOURDHUI)):  # fmt: skip
        given(held).when(asked, par=ANA).then_refused(MandatManquant)
