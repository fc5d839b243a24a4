"""Le règlement: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import (
    AbrogerRegle,
    AccorderDerogation,
    AdopterRegle,
    AmenderRegle,
    CorrigerDerogation,
    DerogationAccordee,
    Portee,
    RegleAbrogee,
    RegleAdoptee,
    RegleSuspendue,
    SuspendreRegle,
)
from tierslieu_core.domaines.cadre.regles.effet import EffetRetroactif
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.cadre.regles.reglement import RegleAbsente, RegleDejaAdoptee
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import DerogationId, ObjetId, PersonneId, RegleId

R, ANA = RegleId("duree-pret"), PersonneId("ana")
HIER, AUJOURDHUI, DEMAIN = Date(2026, 11, 22), Date(2026, 11, 23), Date(2026, 11, 24)
DECEMBRE, NOEL, JANVIER = Date(2026, 12, 1), Date(2026, 12, 25), Date(2027, 1, 1)


def adoptee(jours=14, du=AUJOURDHUI, version=1, portee=None, texte=None):
    genre = DureePret(maximum_jours=jours)
    return RegleAdoptee(
        regle=R, version=version, texte=texte or genre.phrase(), motif="AG", decision="PV du 3", genre=genre,
        portee=portee or Portee(), du=du,
    )  # fmt: skip


def suspendue(du, au=None):
    return RegleSuspendue(regle=R, du=du, au=au, motif="AG", decision="")


def abrogee(du):
    return RegleAbrogee(regle=R, du=du, motif="AG", decision="")


def demande(cls, jours=14, du=AUJOURDHUI, **autres):
    return cls(regle=R, genre=DureePret(maximum_jours=jours), du=du, motif="AG", decision="PV du 3", **autres)


def dit(reponse):
    return " ".join(reponse.explication)


# ── adopter, amender ────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_regle_est_adoptee_avec_son_texte_son_motif_et_la_decision_qui_la_fait():
    reponse = given().when(demande(AdopterRegle)).then(adoptee(texte="un prêt dure 14 jours au plus"))
    assert reponse.note.par == CAMILLE
    given().when(demande(AdopterRegle, texte="Deux semaines, c'est tout.")).then(
        adoptee(texte="Deux semaines, c'est tout.")
    )


def test_adopter_deux_fois_la_meme_regle_ne_change_rien():
    given(adoptee()).when(demande(AdopterRegle)).then_nothing()


@pytest.mark.parametrize("autre", [
    demande(AdopterRegle, 15), demande(AdopterRegle, du=DEMAIN), demande(AdopterRegle, texte="autre"),
    demande(AdopterRegle, portee=Portee(publics=("benevole",))),
])  # fmt: skip
def test_deux_regles_ne_portent_pas_un_meme_nom(autre):
    said = dit(given(adoptee()).when(autre).then_refused(RegleDejaAdoptee(regle=R)))
    assert "La règle « duree-pret » existe déjà" in said
    assert "Amendez-la, ou donnez un autre nom à la nouvelle" in said


def test_une_regle_s_amende_en_une_nouvelle_version_entiere():
    given(adoptee()).when(demande(AmenderRegle, 21, DEMAIN)).then(adoptee(21, DEMAIN, 2))
    given(adoptee()).when(demande(AmenderRegle)).then_nothing()


@pytest.mark.parametrize("asked", [
    demande(AdopterRegle, du=HIER), SuspendreRegle(regle=R, du=HIER, motif="x"),
    AbrogerRegle(regle=R, du=HIER, motif="x"),
    demande(AmenderRegle, 21, HIER),
])  # fmt: skip
def test_une_regle_ne_change_pas_le_passe(asked):
    held = () if isinstance(asked, AdopterRegle) else (adoptee(du=Date(2026, 1, 1)),)
    said = dit(given(*held).when(asked).then_refused(EffetRetroactif(du=HIER, aujourdhui=AUJOURDHUI)))
    assert "le dimanche 22 novembre 2026 est avant aujourd'hui, lundi 23 novembre 2026" in said
    assert "Donnez-lui effet d'aujourd'hui ou de plus tard" in said


def test_une_regle_du_papier_d_hier_vaut_d_hier():
    given().when(demande(AdopterRegle, du=HIER), survenu_le=MAINTENANT.subtract(hours=24)).then_accepted()


@pytest.mark.parametrize("asked", [
    demande(AmenderRegle), SuspendreRegle(regle=R, du=DEMAIN, motif="x"), AbrogerRegle(regle=R, du=DEMAIN, motif="x"),
    AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DEMAIN, motif="x"),
])  # fmt: skip
def test_on_ne_touche_qu_a_une_regle_en_vigueur(asked):
    said = dit(given().when(asked).then_refused(RegleAbsente(regle=R)))
    assert "La règle « duree-pret » n'est pas en vigueur" in said
    assert "Voyez le registre des règles" in said


@pytest.mark.parametrize("asked", [
    demande(AmenderRegle, 21, NOEL), SuspendreRegle(regle=R, du=NOEL, motif="x"),
    AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=NOEL, motif="x"),
])  # fmt: skip
def test_une_regle_abrogee_ne_revient_pas(asked):
    given(adoptee(), abrogee(DECEMBRE)).when(asked).then_refused(RegleAbsente(regle=R))


def test_une_regle_abrogee_s_adopte_a_nouveau():
    held = (adoptee(), abrogee(DECEMBRE))
    given(*held).when(demande(AdopterRegle, 14, DECEMBRE)).then(adoptee(14, DECEMBRE, 2))
    given(*held, adoptee(14, DECEMBRE, 2)).when(demande(AmenderRegle, 21, NOEL)).then(adoptee(21, NOEL, 3))
    given(*held).when(demande(AdopterRegle, 21, AUJOURDHUI)).then_refused(RegleDejaAdoptee(regle=R))


def test_une_regle_dont_l_effet_est_a_venir_ne_se_suspend_pas_avant():
    given(adoptee(du=NOEL)).when(SuspendreRegle(regle=R, du=DECEMBRE, motif="x")).then_refused(RegleAbsente)
    given(adoptee(du=NOEL)).when(SuspendreRegle(regle=R, du=NOEL, motif="x")).then_accepted()


def test_des_parametres_et_une_portee_impossibles_sont_dits_ensemble():
    for cls in (AdopterRegle, AmenderRegle):
        with pytest.raises(DemandeInvalide) as fault:
            given(adoptee()).when(demande(cls, 0, portee=Portee(jours=(0, 8), du=NOEL, au=DEMAIN)))
        said = str(fault.value)
        assert "genre.maximum_jours : un nombre de 1 au moins, reçu 0" in said
        assert "portee.jours : 8 n'est pas un jour" in said
        assert "portee.jours : 0 n'est pas un jour" in said
        assert "portee.au : doit venir après le vendredi 25 décembre 2026" in said


# ── suspendre, abroger ──────────────────────────────────────────────────────────────────────────────────────────────


def test_une_regle_se_suspend_pour_un_temps():
    given(adoptee()).when(SuspendreRegle(regle=R, du=DECEMBRE, au=NOEL, motif="AG")).then(suspendue(DECEMBRE, NOEL))
    given(adoptee(), suspendue(DECEMBRE, NOEL)).when(
        SuspendreRegle(regle=R, du=DECEMBRE, au=NOEL, motif="AG")
    ).then_nothing()


def test_suspendre_a_nouveau_ce_qu_un_amendement_a_fait_reprendre_est_une_decision():
    given(adoptee(), suspendue(NOEL), adoptee(21, DECEMBRE, 2)).when(SuspendreRegle(regle=R, du=NOEL, motif="AG")).then(
        suspendue(NOEL)
    )


def test_une_suspension_finit_apres_avoir_commence():
    with pytest.raises(DemandeInvalide, match="au : doit venir après le vendredi 25 décembre 2026"):
        given(adoptee()).when(SuspendreRegle(regle=R, du=NOEL, au=DECEMBRE, motif="x"))


def test_une_regle_s_abroge_et_son_abrogation_peut_etre_avancee():
    given(adoptee()).when(AbrogerRegle(regle=R, du=NOEL, motif="AG")).then(abrogee(NOEL))
    given(adoptee(), abrogee(NOEL)).when(AbrogerRegle(regle=R, du=JANVIER, motif="AG")).then_nothing()
    given(adoptee(), abrogee(NOEL)).when(AbrogerRegle(regle=R, du=DECEMBRE, motif="AG")).then(abrogee(DECEMBRE))


@pytest.mark.parametrize(("faits", "en_vigueur"), [
    ([adoptee()], {HIER: None, AUJOURDHUI: 1, JANVIER: 1}),
    ([adoptee(), adoptee(21, NOEL, 2)], {Date(2026, 12, 24): 1, NOEL: 2}),
    ([adoptee(), adoptee(21, NOEL, 2), adoptee(7, DECEMBRE, 3)], {AUJOURDHUI: 1, DECEMBRE: 3, NOEL: 2}),
    ([adoptee(), adoptee(21, AUJOURDHUI, 2)], {AUJOURDHUI: 2}),
    ([adoptee(), suspendue(DECEMBRE, NOEL)], {Date(2026, 11, 30): 1, DECEMBRE: None, NOEL: None, JANVIER: 1}),
    ([adoptee(), suspendue(DECEMBRE)], {DECEMBRE: None, JANVIER: None}),
    ([adoptee(), suspendue(DECEMBRE), adoptee(21, NOEL, 2)], {DECEMBRE: None, NOEL: 2}),
    ([adoptee(), suspendue(DECEMBRE, JANVIER), adoptee(21, NOEL, 2)], {DECEMBRE: None, NOEL: 2, JANVIER: 2}),
    ([adoptee(), adoptee(21, NOEL, 2), suspendue(DECEMBRE)], {DECEMBRE: None, NOEL: None}),
    ([adoptee(), abrogee(NOEL)], {Date(2026, 12, 24): 1, NOEL: None}),
    ([adoptee(), abrogee(NOEL), adoptee(21, DECEMBRE, 2)], {AUJOURDHUI: 1, DECEMBRE: 2, NOEL: None}),
    ([adoptee(), abrogee(DECEMBRE), adoptee(21, NOEL, 2)], {AUJOURDHUI: 1, DECEMBRE: None, NOEL: 2}),
    ([adoptee(), adoptee(7, JANVIER, 2), abrogee(DECEMBRE), adoptee(21, NOEL, 3)],
     {DECEMBRE: None, NOEL: 3, JANVIER: 3}),
    ([adoptee(), abrogee(DECEMBRE), adoptee(21, NOEL, 2), abrogee(JANVIER)], {DECEMBRE: None, NOEL: 2, JANVIER: None}),
])  # fmt: skip
def test_chaque_jour_a_la_version_qui_vaut_ce_jour_la(faits, en_vigueur):
    lieu = memory_place()
    record(lieu, [*FONDATION, *faits])
    for jour, version in en_vigueur.items():
        held = [v.version for v in lieu.livre.reglement.en_vigueur(jour)]
        assert held == ([] if version is None else [version]), jour


days = st.integers(0, 12).map(lambda n: AUJOURDHUI.add(days=n))
lives = st.lists(
    st.builds(lambda n, du: demande(AmenderRegle, n, du), st.integers(1, 30), days)
    | st.builds(lambda du, n: SuspendreRegle(regle=R, du=du, au=du.add(days=n), motif="x"), days, st.integers(0, 9))
    | st.builds(lambda du: SuspendreRegle(regle=R, du=du, motif="x"), days)
    | st.builds(lambda du: AbrogerRegle(regle=R, du=du, motif="x"), days)
    | st.builds(lambda n, du: demande(AdopterRegle, n, du), st.integers(1, 30), days),
    max_size=8,
)


@drawn(lives)
def test_le_registre_des_regles_dit_chaque_jour_ce_qui_est_en_vigueur(demandes):
    lieu = memory_place()
    lieu.executer(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"), par=CAMILLE)
    for asked in (demande(AdopterRegle, du=DEMAIN), *demandes):
        lieu.executer(asked, par=CAMILLE)
    assert lieu.rejouer().fidele
    rows, derive = lieu.registre("regles"), lieu.catalogue.registre("regles").derive
    for n in range(15):
        jour = AUJOURDHUI.add(days=n)
        held = [r.version for r in rows if derive(r, jour).en_vigueur]
        assert held == [v.version for v in lieu.livre.reglement.en_vigueur(jour)], jour


def test_le_registre_dit_pour_chaque_version_jusqu_a_quand_par_qui_et_pour_qui():
    lieu = memory_place()
    record(
        lieu,
        [*FONDATION, adoptee(portee=Portee(publics=("benevole",))), suspendue(DECEMBRE, NOEL), adoptee(21, NOEL, 2)],
    )
    first, second = lieu.registre("regles", tri="version")
    assert (first.au, first.par, first.portee) == (Date(2026, 12, 24), CAMILLE, Portee(publics=("benevole",)))
    assert first.suspensions == ((DECEMBRE, NOEL),)
    assert (second.au, second.suspensions, second.en_vigueur) == (None, (), False)


def test_un_livre_se_tient_a_jour_fait_par_fait():
    book, note = Reglement(), Note(1, "a/1", "", "", CAMILLE, None, "m", None)
    book.applique(adoptee(), note)
    assert len(book.en_vigueur(AUJOURDHUI)) == 1
    book.applique(abrogee(AUJOURDHUI), note)
    assert book.en_vigueur(AUJOURDHUI) == ()


# ── déroger ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def derogation(du=DEMAIN, au=DEMAIN):
    return DerogationAccordee(derogation=DerogationId("epreuve"), regle=R, personne=ANA, du=du, au=au, motif="chantier")


def test_une_derogation_s_accorde_avec_un_motif():
    asked = AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DECEMBRE, motif="chantier")
    given(adoptee()).when(asked).then(derogation(au=DECEMBRE))
    given(adoptee(), derogation(au=DECEMBRE)).when(asked).then_nothing()
    given(adoptee(), derogation(au=NOEL)).when(asked).then(derogation(au=DECEMBRE))


def test_une_derogation_dit_sa_sorte_de_motif_et_l_ancienne_ne_la_disait_pas():
    asked = AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DEMAIN, motif="chantier", categorie="urgence")
    given(adoptee()).when(asked).then(attrs.evolve(derogation(), categorie="urgence"))
    with pytest.raises(DemandeInvalide, match="l'un de : non_dit, solidarite"):
        given(adoptee()).when(attrs.evolve(asked, categorie="Ana est malade"))


def test_les_derogations_se_comptent_par_regle_par_motif_et_par_qui_les_accorde():
    urgente = attrs.evolve(derogation(DEMAIN, JANVIER), derogation=DerogationId("d-2"), categorie="urgence")
    autre = attrs.evolve(derogation(), derogation=DerogationId("d-3"), regle=RegleId("r-2"))
    lieu = given(adoptee(), derogation(), urgente, attrs.evolve(urgente, au=NOEL), autre).when(
        AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DEMAIN, motif="x")
    ).lieu  # fmt: skip
    une, deux = lieu.registre("assouplissements")
    assert (une.regle, une.derogations, deux.derogations) == (R, 3, 1)
    assert [str(m) for m in une.par_motif] == ["urgence : 2", "non dit : 1"]
    assert [p.nomme(lieu.nommer) for p in une.par_qui] == ["Camille Martin : 3"]
    assert [(r.regle, r.derogations, r.jugees, r.part) for r in lieu.regles_levees()] == [
        (R, 3, 0, 0),
        ("r-2", 1, 0, 0),
    ]


def test_une_derogation_se_range_dans_chaque_mois_qu_elle_touche():
    assert list(derogation(DEMAIN, JANVIER).etiquettes()) == [
        "derogation:ana@2026-11", "derogation:ana@2026-12", "derogation:ana@2027-01",
    ]  # fmt: skip


@pytest.mark.parametrize(("au", "faute"), [
    (AUJOURDHUI, "au : doit venir après le mardi 24 novembre 2026"),
    (DEMAIN.add(days=62), "au : une dérogation tient en 62 jours ; au-delà, amendez la règle"),
])  # fmt: skip
def test_une_derogation_est_courte(au, faute):
    with pytest.raises(DemandeInvalide) as fault:
        given(adoptee()).when(AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=au, motif="x"))
    assert faute in str(fault.value)
    given(adoptee()).when(
        AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DEMAIN.add(days=61), motif="x")
    ).then_accepted()


def test_le_registre_des_derogations_dit_a_qui_par_qui_et_pourquoi():
    lieu = memory_place()
    record(lieu, [*FONDATION, adoptee(), derogation()])
    (row,) = lieu.registre("derogations")
    assert (row.personne, row.regle, row.par, row.motif) == (ANA, R, CAMILLE, "chantier")


# ── corriger ────────────────────────────────────────────────────────────────────────────────────────────────────────

CORRIGER = CorrigerDerogation(regle=R, personne=ANA, jour=DEMAIN, motif="c'était Ben")


def corrigee(n):
    return FaitCorrige(
        fait=f"donne/{n}", nature="regles.DerogationAccordee", sujet="personne:ana", motif="c'était Ben"
    )  # fmt: skip


def test_une_derogation_accordee_par_erreur_ne_leve_plus_rien():
    quand = given(adoptee(), derogation()).when(CORRIGER)
    quand.then(corrigee(6))
    assert quand.lieu.registre("derogations") == []
    encore = AccorderDerogation(regle=R, personne=ANA, du=DEMAIN, au=DEMAIN, motif="chantier")
    assert quand.lieu.executer(encore, par=CAMILLE).verdict == "accord"
    assert [r.personne for r in quand.lieu.registre("derogations")] == [ANA]
    assert {e.cle for e in quand.lieu.rejouer().ecarts} <= {"donne"}, "les faits posés là sans décision"


def test_un_pret_que_leve_une_derogation_corrigee_est_refuse_ensuite_et_celui_d_avant_reste_decide():
    lieu = given(adoptee(du=AUJOURDHUI)).when(
        AccorderDerogation(regle=R, personne=ANA, du=AUJOURDHUI, au=AUJOURDHUI, motif="chantier")
    ).lieu  # fmt: skip
    trop_long = [
        PreterObjet(objet=ObjetId(un), personne=ANA, retour=AUJOURDHUI.add(days=60)) for un in ("perceuse", "scie")
    ]
    assert lieu.executer(trop_long[0], par=CAMILLE).acceptee
    corriger = attrs.evolve(CORRIGER, jour=AUJOURDHUI)
    assert lieu.executer(corriger, par=CAMILLE, essai=True).acceptee
    assert len(lieu.registre("derogations")) == 1
    assert lieu.executer(corriger, par=CAMILLE).acceptee
    assert lieu.executer(trop_long[1], par=CAMILLE).verdict == "refus"
    assert len(lieu.registre("prets")) == 1
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}


def test_on_corrige_la_derogation_qui_couvre_ce_jour_et_nulle_autre():
    sujet = "personne:ana"
    plus_tard = DEMAIN.add(days=4)
    for autre in (derogation(plus_tard, plus_tard), attrs.evolve(derogation(), regle=RegleId("autre"))):
        given(adoptee(), autre).when(CORRIGER).then_refused(RienACorriger(sujet=sujet))
    quand = given(adoptee(), derogation(), derogation(plus_tard, plus_tard)).when(CORRIGER)
    quand.then(corrigee(6))
    premiere = attrs.evolve(CORRIGER, fait="donne/6")
    given(adoptee(), derogation(), derogation(au=DECEMBRE)).when(premiere).then_refused(
        PasLeDernierFait(fait="donne/6", sujet=sujet, dernier="donne/7")
    )
    given(adoptee(), derogation(), corrigee(6)).when(premiere).then_nothing()
