"""A rulebook as a file: read with every fault, written back the same, compared, turned into demands, tried on cases."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from whenever import Date

from tierslieu_adapters.reglement.cas import DEMANDES, bilan, couvrir, reglement_de
from tierslieu_adapters.reglement.differences import Regle, differences, plan, tenues
from tierslieu_adapters.reglement.document import document
from tierslieu_adapters.reglement.ecriture import ecrire
from tierslieu_adapters.reglement.lecture import lire
from tierslieu_adapters.reglement.mesurer import DU_LIEU
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, DeclarerFait, RegleAbrogee
from tierslieu_core.domaines.cadre.regles.reglement import adoptee
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.testing.strategies import Strategies
from tierslieu_core.vocabulaire.identifiants import RegleId

JOUR = Date(2026, 11, 24)
CATALOGUE = catalogue_of()
CLUB = """
[reglement]
titre = "Club"
motif = "assemblée de mars"
source.organe = "assemblée"

[faits.joueurs]
type = "nombre"

[faits.formule]
type = "mot"
valeurs = ["journee", "demi"]

[regles.quatre]
article = "3"
genre = "seuil"
faits = ["joueurs"]
maximum = 4
pour.actions = ["reserver"]
pour.quand.formule = "journee"
sinon.effet = "validation"
sinon.par = "comite"

[regles.heures]
genre = "horaires"
effet = 2026-12-24
plages = [{ jours = [1, 2], de = 09:00:00, a = 18:00:00 }, { jours = [6], de = 10:00:00, a = 12:00:00 }]
"""


def lu(texte=CLUB, **autres):
    return lire(texte, CATALOGUE, JOUR, **autres)


def fautes(texte):
    with pytest.raises(DemandeInvalide) as faute:
        lu(texte)
    return list(faute.value.erreurs)


def toml(fichier):
    r = reglement_de(fichier)
    return ecrire(fichier.titre, r.faits.values(), [v[-1] for v in r.versions.values()], CATALOGUE.codec)


def test_un_reglement_se_lit():
    f = lu()
    assert [d.fait for d in f.faits] == ["joueurs", "formule"]
    quatre, heures = f.regles
    assert (quatre.du, heures.du, f.effets) == (JOUR, Date(2026, 12, 24), frozenset({"heures"}))
    assert (quatre.motif, quatre.source.organe, quatre.source.articles) == ("assemblée de mars", "assemblée", ("3",))
    assert (quatre.portee.actions, quatre.sinon.par) == (("reserver",), "comite")
    assert quatre.portee.quand[0].parmi == ("journee",)


@pytest.mark.parametrize(("dit", "champs"), [
    ("true", {"vaut": True}), ('"demi"', {"parmi": ("demi",)}), ('["demi", "journee"]', {"parmi": ("demi", "journee")}),
    ("3", {"minimum": 3, "maximum": 3}), ("{ minimum = 2 }", {"minimum": 2}), ('{ sauf = ["demi"] }', {"sauf": ("demi",)}),
])  # fmt: skip
def test_une_condition_s_ecrit_au_plus_court_et_se_relit(dit, champs):
    fait = "joueurs" if "3" in dit or "2" in dit else "formule"
    f = lu(CLUB.replace('quand.formule = "journee"', f"quand.{fait} = {dit}"))
    (condition,) = f.regles[0].portee.quand
    assert {k: getattr(condition, k) for k in champs} == champs
    assert lu(toml(f)).regles[1] == f.regles[0]


@pytest.mark.parametrize(("avant", "apres", "ligne", "ou", "dit"), [
    ("maximum = 4", 'maximum = "q"', 'maximum = "q"', "regles.quatre.maximum", "un nombre entier attendu"),
    ("maximum = 4", "maximum = 4\nminimum = 5", "maximum = 4", "regles.quatre.maximum", "au moins le minimum"),
    ("maximum = 4", "maximum = 4\nfoo = 5", 'genre = "seuil"', "regles.quatre.genre", "champ inconnu : foo"),
    ('quand.formule = "journee"', 'quand.formule = "jour"', "quand.formule", "regles.quatre.pour.quand.formule", "« jour » : « formule » ne dit que"),
    ('faits = ["joueurs"]', 'faits = ["joueur"]', 'genre = "seuil"', "regles.quatre.genre", "« joueur » n'est ni mesuré ni demandé"),
    ('sinon.par = "comite"', "", "[regles.quatre]", "regles.quatre.sinon.par", "qui répond"),
    ('genre = "horaires"', "", "[regles.heures]", "regles.heures", "de quel genre"),
    ("2026-12-24", '"demain"', "demain", "regles.heures.effet", "une date attendue"),
    ('type = "nombre"', 'type = "nombres"', "nombres", "faits.joueurs.type", "l'un de"),
    ("[regles.heures]", "[regle.heures]", None, "regle", "section inconnue"),
    ('titre = "Club"', 'nom = "Club"', "nom =", "reglement.nom", "inconnu ; se disent ici"),
    ("[faits.joueurs]", "[faits]\nx = 3\n[faits.joueurs]", "x = 3", "faits.x", "une section attendue"),
    ('source.organe = "assemblée"', 'source = "AG"', "[regles.quatre]", "regles.quatre.source", "un groupe de champs attendu"),
    ('article = "3"', 'source = "AG"\narticle = "3"', 'source = "AG"', "regles.quatre.source", "un groupe de champs attendu"),
    ("[faits.joueurs]", "[faits.joueurs", None, "", "n'est pas du TOML"),
])  # fmt: skip
def test_chaque_faute_dit_sa_ligne(avant, apres, ligne, ou, dit):
    assert avant in CLUB
    texte = CLUB.replace(avant, apres)
    with pytest.raises(DemandeInvalide) as faute:
        lu(texte)
    n = next(n for n, line in enumerate(texte.splitlines(), 1) if ligne in line) if ligne else 0
    said = [(f"ligne {n}, {ou}" if n else ou, dit)]
    assert any(path == said[0][0] and dit in what for path, what in (*faute.value.erreurs, ("", str(faute.value))))


def test_toutes_les_fautes_se_disent_a_la_fois():
    assert len(fautes(CLUB.replace("maximum = 4", 'maximum = "q"').replace('type = "nombre"', "type = 3"))) >= 2
    for section in ("reglement", "regles", "correspondance"):
        assert fautes(f"{section} = 3") == [(f"ligne 1, {section}", f"une section attendue : [{section}]")]


@settings(max_examples=60)
@given(Strategies(CATALOGUE).of(AdopterRegle))
def test_toute_regle_s_ecrit_et_se_relit(regle):
    assume(not regle.fautes("Europe/Paris"))
    made = Reglement()
    made.applique(adoptee(regle, 1), Note(1, "k/1", "", "", "camille", None, "", None))
    texte = ecrire("x", (), made.versions[regle.regle], CATALOGUE.codec)
    with suppress(DemandeInvalide):  # what no place would take is not taken from a file either
        (again,) = lire(texte, CATALOGUE, JOUR).regles
        assert Regle.de(again) == Regle.de(regle)
        said = [(r.du, r.motif, r.decision, r.source, r.deja) for r in (again, regle)]
        assert said[0] == said[1]


def test_une_expression_tient_ses_types_des_faits_du_fichier():
    texte = (
        CLUB
        + """
[regles.dire]
genre = "expression"
clauses = [{ id = "a", libelle = "pas plus que la formule", cel = "formule != 'demi' || joueurs <= 2" }]
"""
    )
    dire = lu(texte).regles[-1]
    assert dire.genre.faits == {"formule": "mot", "joueurs": "nombre"}
    assert Regle.de(lu(toml(lu(texte))).regles[0]) == Regle.de(dire)


def test_un_plan_ne_demande_que_ce_qui_differe():
    f = lu()
    vide, tenu = Reglement(), reglement_de(f)
    assert [type(d) for d in plan(f, vide, JOUR)] == [DeclarerFait, DeclarerFait, AdopterRegle, AdopterRegle]
    assert plan(f, tenu, JOUR) == []
    change = lu(CLUB.replace("maximum = 4", "maximum = 5"))
    (amende,) = plan(change, tenu, JOUR)
    assert (type(amende), amende.regle, amende.genre.maximum) == (AmenderRegle, "quatre", 5)
    assert (
        plan(lu(CLUB.replace('type = "nombre"', 'type = "nombre"\nunite = "joueurs"')), tenu, JOUR)[0].unite
        == "joueurs"
    )
    sans = lu(CLUB[: CLUB.index("[regles.heures]")])
    assert plan(sans, tenu, JOUR) == []
    (abroge,) = plan(sans, tenu, JOUR, complet=True)
    assert abroge == AbrogerRegle(regle="heures", du=JOUR, motif="n'est plus dans « Club »")
    tenu.applique(
        RegleAbrogee(regle=RegleId("heures"), du=JOUR, motif="m", decision=""), Note(9, "", "", "", "", None, "", None)
    )
    assert plan(sans, tenu, JOUR, complet=True) == []
    (encore,) = plan(f, tenu, JOUR)
    assert encore == f.regles[1], "une règle abrogée s'adopte à nouveau"


def test_un_plan_garde_ce_qui_est_annonce():
    tenu = reglement_de(lu())
    plus_tard = lu(CLUB.replace("2026-12-24", "2027-01-01"))
    assert [(d.regle, d.du) for d in plan(plus_tard, tenu, JOUR)] == [("heures", Date(2027, 1, 1))]
    assert sorted(tenues(tenu, JOUR)) == ["heures", "quatre"]


def test_une_exception_s_adopte_apres_ce_qu_elle_leve():
    genre = 'genre = "duree"\nmaximum_minutes = 60\nmotif = "m"\n'
    regles = "".join(
        f"[regles.{nom}]\n{genre}leve = {leve}\n" for nom, leve in (("c", '["b"]'), ("b", '["a"]'), ("a", "[]"))
    )
    assert [d.regle for d in plan(lu(regles), Reglement(), JOUR)] == ["a", "b", "c"]
    l_une_l_autre = regles.replace("leve = []", 'leve = ["c"]')
    assert sorted(d.regle for d in plan(lu(l_une_l_autre), Reglement(), JOUR)) == ["a", "b", "c"]


def test_une_difference_dit_chaque_chose_qui_change():
    avant, apres = lu(), lu(CLUB.replace("maximum = 4", "maximum = 5").replace('"comite"', '"bureau"'))
    (d,) = differences(map(Regle.de, avant.regles), map(Regle.de, apres.regles))
    assert [quoi for quoi, _, _ in d.details] == ["énoncé", "au plus", "sinon"]
    assert d.details[1] == ("au plus", "4", "5")
    seule = differences([], [Regle.de(avant.regles[0])])
    assert [(s.regle, s.avant, s.details) for s in seule] == [("quatre", None, ())]
    autre = lu(CLUB.replace('genre = "seuil"\nfaits = ["joueurs"]\nmaximum = 4', 'genre = "capacite"\nmaximum = 4'))
    (genre,) = differences(map(Regle.de, avant.regles), map(Regle.de, autre.regles))
    assert ("genre", "seuil", "capacite") in genre.details


def test_le_reglement_s_imprime_par_chapitres():
    r = reglement_de(lu())
    dit = document("Club", Date(2027, 1, 1), r.faits.values(), r.en_vigueur(Date(2027, 1, 1)))
    assert dit.startswith(
        "# Club\n\nEn vigueur le vendredi 1er janvier 2027.\n\n## Pour tout usage\n\n**heures.** Ouvert"
    )
    assert "## Pour réserver\n\n**quatre.** Joueurs : 4 au plus." in dit
    assert "Sinon : à valider par comite sous 3 jours" in dit
    assert "*Assemblée de mars. Depuis le mardi 24 novembre 2026 ; article 3, assemblée.*" in dit
    assert "- formule : journee ou demi" in dit
    assert "Aucune règle n'est en vigueur" in document("", JOUR, (), ())


CAS = [
    {"id": "3", "categorie": "capacite", "cas": [
        {"id": "a", "faits": {"action": "reserver", "joueurs": 4, "formule": "journee"}, "attendu": "accepte"},
        {"id": "b", "faits": {"action": "reserver", "joueurs": 5, "formule": "journee", "x": 1}, "attendu": "a_valider", "detail": {"autorite": "comite"}},
        {"id": "c", "faits": {"action": "reserver", "joueurs": 5, "formule": "journee"}, "attendu": "a_valider", "detail": {"autorite": "bureau"}},
        {"id": "d", "faits": {"action": "reserver", "formule": "journee"}, "attendu": "accepte"},
        {"id": "e", "faits": {"action": "reserver", "joueurs": "cinq"}, "attendu": "refuse"},
        {"id": "f", "faits": {"action": "reserver", "joueurs": 5, "formule": "demi"}, "attendu": "accepte"}]},
    {"id": "9", "categorie": "", "cas": [{"id": "g", "faits": {}, "attendu": "accepte"}]},
]  # fmt: skip


def test_des_cas_se_jugent_clause_par_clause():
    f = lu()
    found = couvrir(f, reglement_de(f), CAS)
    assert [(r.cas, r.trouve, r.juste) for r in found] == [
        ("a", "accepte", True), ("b", "a_valider", True), ("c", "a_valider", False), ("d", "indetermine", False),
        ("e", "illisible", False), ("f", "accepte", True), ("g", "aucune_regle", False),
    ]  # fmt: skip
    assert found[1].tus == ("x",)
    assert found[4].dit == ("« joueurs » est déclaré « nombre » ; le cas dit 'cinq'",)
    assert bilan(found) == {
        "clauses": {"toutes": (0, 2)}, "verdicts": {"a_valider": (1, 2), "accepte": (2, 4), "refuse": (0, 1)},
        "categories": {"": (0, 1), "capacite": (0, 1)},
    }  # fmt: skip


ATELIER = """
[reglement]
motif = "règlement"
[faits.urgent]
type = "oui_non"
[faits.inscrit_le]
type = "date"
[faits.arrivee]
type = "instant"
[faits.motifs]
type = "mots"
valeurs = ["bruit", "retard"]
[regles.ordre]
article = "1"
genre = "arbitrage"
cles = [{ fait = "inscrit_le" }]
pour.actions = ["arbitrer"]
[regles.urgences]
article = "1"
genre = "arbitrage"
cles = [{ fait = "urgent", sens = "oui_dabord", par = "comite" }, { fait = "inscrit_le" }]
pour.actions = ["arbitrer"]
pour.jours = [6]
[regles.deux-fois]
article = "2"
genre = "renouvellements"
maximum = 2
pour.actions = ["renouveler"]
[regles.dans-le-creneau]
article = "3"
genre = "delai"
de = "arrivee"
a = "fin"
unite = "minutes"
minimum = 0
pour.actions = ["acceder"]
[regles.motive]
article = "4"
genre = "choix"
fait = "motifs"
parmi = ["bruit", "retard"]
pour.actions = ["sanctionner"]
[regles.campagne]
article = "5"
genre = "expression"
clauses = [{ id = "an", libelle = "dans l'année", cel = "annee(inscrit_le) == 2026" }]
faits = { inscrit_le = "date" }
pour.actions = ["adherer"]
[correspondance]
faites = "renouvellements_faits"
creneau = "periode"
motif = "motifs"
inscription = "inscrit_le"
[correspondance.actions]
prolonger = "renouveler"
"""
A_ET_B = [
    {"id": "A", "inscription": "2025-02-10", "urgent": False},
    {"id": "B", "inscription": "2025-01-10", "urgent": False},
]
CRENEAU = ["2026-03-03T10:00:00+01:00", "2026-03-03T12:00:00+01:00"]


@pytest.mark.parametrize(
    ("clause", "faits", "trouve", "detail"),
    [
        ("1", {"action": "arbitrer", "demandes": A_ET_B}, "priorite", {"gagnant": "B"}),
        ("1", {"action": "arbitrer", "jour": "2026-03-07", "demandes": A_ET_B}, "priorite", {"gagnant": "B"}),
        (
            "1",
            {"action": "arbitrer", "jour": "2026-03-07", "demandes": [{**A_ET_B[0], "urgent": True}, A_ET_B[1]]},
            "a_valider",
            {"autorite": "comite"},
        ),
        ("1", {"action": "arbitrer", "demandes": [{"urgent": "oui"}]}, "illisible", {}),
        ("1", {"action": "arbitrer", "demandes": [{}, {"inscription": "2025-01-10"}]}, "priorite", {"gagnant": 2}),
        ("1", {"action": "arbitrer"}, "accepte", {}),
        ("2", {"action": "prolonger", "faites": 1}, "accepte", {}),
        ("2", {"action": "prolonger", "faites": 2}, "refuse", {}),
        ("3", {"action": "acceder", "creneau": CRENEAU, "arrivee": "2026-03-03T11:00:00+01:00"}, "accepte", {}),
        ("3", {"action": "acceder", "creneau": CRENEAU, "arrivee": "2026-03-03T12:01:00+01:00"}, "refuse", {}),
        ("3", {"action": "acceder", "creneau": CRENEAU[:1]}, "illisible", {}),
        ("4", {"action": "sanctionner", "motif": "bruit"}, "accepte", {}),
        ("4", {"action": "sanctionner", "motif": None}, "refuse", {}),
        ("4", {"action": "sanctionner"}, "indetermine", {}),
        ("5", {"action": "adherer", "inscription": "2026-01-01"}, "accepte", {}),
    ],
)
def test_un_cas_se_dit_avec_les_mots_de_chacun(clause, faits, trouve, detail):
    f = lu(ATELIER)
    (found,) = couvrir(f, reglement_de(f), [{"id": clause, "cas": [{"id": "x", "faits": faits, "attendu": trouve}]}])
    assert (found.trouve, found.detail, found.tus) == (trouve, detail, ())


LOURDES = """
[reglement]
motif = "règlement"
[faits]
a = { type = "oui_non" }
b = { type = "oui_non" }
c = { type = "oui_non" }
""" + "".join(
    f"""
[regles.{nom}]
article = "1"
genre = "exigence"
faits = ["{nom}"]
sinon.effet = "sanction"
sinon.echelle = [{echelle}]
"""
    for nom, echelle in (
        ("a", '{ mesure = "tolerance" }, { mesure = "suspension", duree_jours = 30 }'),
        ("b", '{ mesure = "suspension", duree_jours = 7 }, { mesure = "penalite" }'),
        ("c", '{ mesure = "avertissement" }'),
    )
)


@pytest.mark.parametrize(("respectes", "ecarts", "detail"), [
    ({}, 0, {"kind": "suspension", "duree_jours": 7}), ({}, 1, {"kind": "suspension", "duree_jours": 30}),
    ({"a": True}, 1, {"kind": "penalite"}), ({"b": True}, 0, {"kind": "avertissement"}),
    ({"b": True, "c": True}, 0, {}),
])  # fmt: skip
def test_de_plusieurs_sanctions_la_plus_lourde_se_dit(respectes, ecarts, detail):
    f = lu(LOURDES)
    dits = {"a": False, "b": False, "c": False, **respectes, "ecarts": ecarts}
    cas = {"id": "x", "faits": dits, "attendu": "sanction" if detail else "aucune_sanction", "detail": detail}
    (found,) = couvrir(f, reglement_de(f), [{"id": "1", "cas": [cas]}])
    assert (found.juste, found.detail) == (True, detail)


PAGE = (Path(__file__).parents[2] / "docs" / "reglement.md").read_text("utf-8")


def test_la_page_du_reglement_se_lit_et_ses_cas_vont_bien():
    ecrit, cas = (re.findall(rf"```{langue}\n(.*?)```", PAGE, re.DOTALL)[0] for langue in ("toml", "json"))
    f = lu(ecrit)
    assert [r.cas for r in couvrir(f, reglement_de(f), json.loads(cas)["clauses"]) if not r.juste] == []


def test_la_page_du_reglement_dit_chaque_mot_d_un_cas():
    lignes = PAGE.partition("## Les mots d'un cas")[2].splitlines()
    dits = [mot for ligne in lignes if ligne.startswith("| `") for mot in re.findall(r"`(\w+)`", ligne.split("|")[1])]
    assert sorted(dits) == sorted((*DU_LIEU, DEMANDES))


def test_une_formule_mal_ecrite_dit_sa_ligne():
    for ecrite, dit in (("3 * jour", "jour"), ("jours +", "ligne 1")):
        with pytest.raises(DemandeInvalide) as faute:
            lu(RETARD.replace("chacun=joueurs * 2", f"chacun={ecrite}"))
        ((ou, said),) = faute.value.erreurs
        assert ou.endswith("regles.retard.sinon.echelle[0].formules")
        assert ou.startswith("ligne ")
        assert said.startswith("« chacun » : ")
        assert dit in said


RETARD = (
    CLUB
    + """
[faits.jours]
type = "nombre"
[faits.compatible]
type = "mot"
valeurs = ["oui", "non", "a_voir"]
[faits.type]
type = "mot"
valeurs = ["livre"]
[faits.prevenu]
type = "oui_non"

[regles.retard]
article = "7"
genre = "seuil"
faits = ["jours"]
maximum = 0
sinon.effet = "sanction"
sinon.echelle = [{ mesure = "penalite", formules = ["euros=3 * jours > 10 ? 10 : 3 * jours", "chacun=joueurs * 2"] }]

[regles.prevenir]
article = "9"
genre = "exigence"
faits = ["prevenu"]

[regles.compatible]
article = "8"
genre = "choix"
fait = "compatible"
parmi = ["oui"]
"""
)


@pytest.mark.parametrize(("clause", "faits", "trouve", "detail"), [
    ("7", {"jours": 2, "joueurs": 1, "type": "livre"}, "sanction", {"kind": "penalite", "euros": 6, "chacun": 2}),
    ("7", {"jours": 9, "joueurs": 4}, "sanction", {"kind": "penalite", "euros": 10, "chacun": 8}),
    ("7", {"jours": 9}, "illisible", {}), ("7", {"jours": 0}, "aucune_sanction", {}),
    ("8", {"compatible": True}, "accepte", {}), ("8", {"compatible": False}, "refuse", {}),
    ("8", {"compatible": "a_voir"}, "refuse", {}),
    ("9", {"prevenu": "2026-11-23"}, "accepte", {}), ("9", {"prevenu": "hier"}, "illisible", {}),
])  # fmt: skip
def test_ce_que_vaut_un_ecart_se_calcule_et_ce_qui_est_dit_autrement_se_lit(clause, faits, trouve, detail):
    f = lu(RETARD)
    (cas,) = couvrir(f, reglement_de(f), [{"id": clause, "cas": [{"id": "a", "faits": faits, "attendu": trouve}]}])
    assert (cas.trouve, dict(cas.detail)) == (trouve, detail)
