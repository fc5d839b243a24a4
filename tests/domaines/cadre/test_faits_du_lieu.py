"""Ce que le lieu demande, et les règles qui en tiennent compte."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest
from whenever import Date

from tierslieu_core.domaines.cadre.regles import (
    AdopterRegle,
    AmenderRegle,
    Condition,
    DeclarerFait,
    FaitDeclare,
    Portee,
)
from tierslieu_core.domaines.cadre.regles.faits import faits_de, fautes
from tierslieu_core.domaines.cadre.regles.genres.conditions import Exigence
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import as_is
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, given
from tierslieu_core.vocabulaire.faits import FaitDit, lu
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId
from tierslieu_core.vocabulaire.mesures import LUES, Mesures, lue
from tierslieu_core.vocabulaire.temps import Moment, Periode

LUNDI = Date(2026, 11, 23)
STATUT = FaitDeclare(fait="statut", type="mot", libelle="Qui demande ?", valeurs=("association", "ecole"), unite="")
AGE = FaitDeclare(fait="age", type="nombre", libelle="Âge", valeurs=(), unite="ans")
CARTE = FaitDeclare(fait="carte", type="oui_non", libelle="Carte présentée", valeurs=(), unite="")


def declarer(**champs):
    return DeclarerFait(
        **{"fait": "statut", "type": "mot", "libelle": "Qui demande ?", "valeurs": ("association", "ecole")} | champs
    )


def adopter(genre=None, regle="r", **champs):
    return AdopterRegle(
        regle=RegleId(regle), genre=genre or DureePret(maximum_jours=3), du=LUNDI, motif="essai", **champs
    )


# ── déclarer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_fait_se_declare_une_fois_et_se_change_en_le_redeclarant():
    given().when(declarer()).then(STATUT)
    given(STATUT).when(declarer()).then_nothing()
    change = declarer(valeurs=("association", "ecole", "ville"))
    (ligne,) = given(STATUT).when(change).then(
        FaitDeclare(
            fait="statut", type="mot", libelle="Qui demande ?", valeurs=("association", "ecole", "ville"), unite=""
        )
    ) and given(STATUT).when(change).lieu.registre("faits")
    assert ligne.valeurs == ("association", "ecole", "ville")


@pytest.mark.parametrize(("champs", "path", "said"), [
    ({"fait": "Statut"}, "fait", "minuscules"), ({"fait": "participants"}, "fait", "déjà mesuré"),
    ({"valeurs": ()}, "valeurs", "les mots possibles"), ({"type": "nombre"}, "valeurs", "les mots possibles"),
    ({"valeurs": ("a+b", "")}, "valeurs", "ni vide"),
])  # fmt: skip
def test_un_fait_mal_declare_dit_pourquoi(champs, path, said):
    with pytest.raises(DemandeInvalide) as faute:
        given().when(declarer(**champs))
    assert any(p == path and said in dit for p, dit in faute.value.erreurs)


# ── dire ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("genre", "texte", "attendu"), [
    ("oui_non", "oui", True), ("oui_non", "non", False), ("nombre", "-3", -3), ("mot", "b", "b"),
    ("mots", "b+a", ("b", "a")), ("date", "2026-11-23", "2026-11-23"),
    ("instant", "2026-11-23T14:00", "2026-11-23T14:00:00+01:00"),
])  # fmt: skip
def test_un_fait_se_lit_selon_son_genre(genre, texte, attendu):
    assert lu(genre, texte, ("a", "b"), "Europe/Paris") == attendu


@pytest.mark.parametrize(("genre", "texte", "said"), [
    ("oui_non", "true", "oui ou non attendu, reçu « true »"), ("nombre", "1.5", "un nombre entier"),
    ("nombre", "9" * 13, "un nombre entier"), ("mot", "c", "l'un de : a, b"), ("mots", "a+c", "un ou plusieurs de"),
    ("date", "23/11/2026", "une date comme"), ("instant", "2027-03-28T02:30", "une heure du lieu"),
])  # fmt: skip
def test_un_fait_qui_ne_se_lit_pas_dit_ce_qui_est_attendu(genre, texte, said):
    with pytest.raises(ValueError, match=said):
        lu(genre, texte, ("a", "b"), "Europe/Paris")


def test_un_fait_dit_s_ecrit_nom_egale_valeur():
    dit = FaitDit.depuis_texte("statut=ecole")
    assert (str(dit), repr(dit), hash(dit)) == (
        "statut=ecole",
        "FaitDit('statut=ecole')",
        hash(FaitDit("statut", "ecole")),
    )
    assert dit == FaitDit("statut", "ecole") != FaitDit("statut", "association")
    assert dit != "statut=ecole"
    for faux in ("statut", "statut=", "=ecole", "Statut=ecole"):
        with pytest.raises(ValueError, match="un fait attendu"):
            FaitDit.depuis_texte(faux)


def test_ce_que_le_lieu_ne_demande_pas_est_dit_avec_ce_qu_il_demande():
    dits = [FaitDit("statut", "mairie"), FaitDit("taille", "3"), FaitDit("statut", "ecole")]
    said = [dit for _, dit in fautes(dits, {"statut": STATUT}, "Europe/Paris")]
    assert said == [
        "« statut » (Qui demande ?) : l'un de : association, ecole attendu, reçu « mairie »",
        "« taille » n'est pas un fait que ce lieu demande ; il demande : statut",
        "« statut » est dit deux fois",
    ]
    ((_, vide),) = fautes([FaitDit("taille", "3")], {}, "Europe/Paris")
    assert "aucun pour l'instant (voyez regles.DeclarerFait)" in vide


def test_les_regles_mesurent_ce_qui_est_declare_et_se_lit():
    livre = given(STATUT, AGE).when(declarer()).lieu.livre
    x = Contexte(MAINTENANT, MAINTENANT, CAMILLE, "k", livre)
    dits = [FaitDit("statut", "ecole"), FaitDit("age", "seize"), FaitDit("autre", "1")]
    assert faits_de(dits, x) == {"statut": "ecole"}


def test_chaque_mesure_du_lieu_se_lit_par_son_nom():
    p = Periode(Moment.depuis_texte("2026-11-23T14:00"), Moment.depuis_texte("2026-11-23T16:00"), "Europe/Paris")
    pleine = Mesures(
        action="reserver", personne=PersonneId("ana"), lieux=("espace:verte",), jour=LUNDI, periode=p, participants=3,
        adhesion=LUNDI, demande_le=MAINTENANT, usages=(), faits={"age": 12},
    )  # fmt: skip
    vide = Mesures(action="preter", personne=PersonneId("ana"), lieux=(), jour=LUNDI)
    assert {nom: lue(pleine, nom) for nom in ("debut", "fin", "duree_minutes", "jour_semaine", "participants", "age")} == {
        "debut": "2026-11-23T14:00:00+01:00", "fin": "2026-11-23T16:00:00+01:00", "duree_minutes": 120, "jour_semaine": 1,
        "participants": 3, "age": 12,
    }  # fmt: skip
    assert lue(pleine, "demande_le").endswith("+01:00")
    assert (lue(pleine, "adhesion"), lue(pleine, "en_cours"), lue(pleine, "jour")) == ("2026-11-23", 0, "2026-11-23")
    assert [lue(vide, nom) for nom in ("debut", "demande_le", "duree_minutes", "adhesion", "en_cours", "inconnu")] == [
        None
    ] * 6
    assert lue(
        Mesures(action="preter", personne=PersonneId("a"), lieux=(), jour=LUNDI, demande_le=MAINTENANT), "demande_le"
    )
    assert all(read(pleine) is not Ellipsis for read in LUES.values())


# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def mesures(**faits):
    return Mesures(action="reserver", personne=PersonneId("ana"), lieux=(), jour=LUNDI, faits=faits)


@pytest.mark.parametrize(("condition", "faits", "tient"), [
    (Condition(fait="carte", vaut=True), {"carte": True}, True), (Condition(fait="carte", vaut=True), {"carte": False}, False),
    (Condition(fait="carte", vaut=False), {}, False), (Condition(fait="statut", parmi=("ecole",)), {"statut": "ecole"}, True),
    (Condition(fait="statut", parmi=("ecole",)), {"statut": "ville"}, False),
    (Condition(fait="statut", sauf=("ecole",)), {"statut": "ville"}, True),
    (Condition(fait="statut", sauf=("ecole",)), {"statut": "ecole"}, False),
    (Condition(fait="mots", parmi=("a", "b")), {"mots": ("b", "c")}, True),
    (Condition(fait="mots", parmi=("a",), sauf=("b",)), {"mots": ("a", "b")}, False),
    (Condition(fait="age", minimum=16), {"age": 16}, True), (Condition(fait="age", minimum=16), {"age": 15}, False),
    (Condition(fait="age", maximum=16), {"age": 16}, True), (Condition(fait="age", maximum=16), {"age": 17}, False),
    (Condition(fait="age", minimum=0), {"age": -1}, False), (Condition(fait="age", minimum=0), {"age": True}, False),
])  # fmt: skip
def test_une_condition_tient_ou_non(condition, faits, tient):
    assert condition.tient(mesures(**faits)) is tient
    assert Portee(quand=(condition,)).couvre(mesures(**faits)) is tient


def test_une_portee_dit_ses_conditions():
    quand = (
        Condition(fait="statut", parmi=("ecole", "asso")), Condition(fait="age", minimum=3, maximum=9),
        Condition(fait="carte_va", vaut=False), Condition(fait="carte", vaut=True), Condition(fait="genre", sauf=("a", "b")),
    )  # fmt: skip
    assert Portee(quand=quand).nomme(as_is) == (
        "quand statut : ecole ou asso, age : 3 au moins, 9 au plus, carte va : non, carte : oui et genre : ni a ni b"
    )
    assert Portee(quand=quand[:1]).rang() > Portee().rang()


def test_une_condition_qui_ne_dit_rien_ou_qui_se_contredit_est_refusee():
    with pytest.raises(DemandeInvalide) as faute:
        given(AGE).when(
            adopter(portee=Portee(quand=(Condition(fait="age"), Condition(fait="age", minimum=3, maximum=2))))
        )
    assert [dit for _, dit in faute.value.erreurs] == [
        "« age » : une valeur, des mots ou des bornes", "« age » : au plus 2, mais au moins 3",
    ]  # fmt: skip


def test_une_regle_ne_va_que_par_ce_que_le_lieu_demande():
    with pytest.raises(DemandeInvalide) as faute:
        given(STATUT).when(
            adopter(
                Exigence(faits=("carte",)),
                portee=Portee(quand=(Condition(fait="statut", parmi=("mairie",)), Condition(fait="taille", minimum=1))),
                leve=(RegleId("autre"),),
            )
        )
    assert list(faute.value.erreurs) == [
        ("genre", "« carte » n'est ni mesuré ni demandé par le lieu : déclarez-le (regles.DeclarerFait) ; déclarés : statut"),
        ("portee.quand.statut", "« mairie » : « statut » ne dit que association ou ecole"),
        ("portee.quand.taille", "« taille » n'est ni mesuré ni demandé par le lieu : déclarez-le (regles.DeclarerFait) ; déclarés : statut"),
        ("leve", "la règle « autre » n'existe pas ; règles connues : aucune"),
    ]  # fmt: skip


def test_une_regle_va_par_ce_que_le_lieu_demande_ou_mesure():
    bien = adopter(
        Exigence(faits=("carte", "mineur")),
        portee=Portee(quand=(Condition(fait="statut", parmi=("ecole",)), Condition(fait="age", minimum=3))),
    )
    assert given(STATUT, CARTE, AGE).when(bien).reponse.acceptee
    with pytest.raises(DemandeInvalide):
        given().when(AmenderRegle(regle=RegleId("r"), genre=Exigence(faits=("carte",)), du=LUNDI, motif="essai"))
