"""What does not hold together in a rulebook is found, with a demand that shows it; what does is let alone."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from typing import Any

import pytest
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles import DeclarerFait, Portee, RegleAbrogee, RegleAdoptee, Sinon
from tierslieu_core.domaines.cadre.regles.coherence import Constat, verifier
from tierslieu_core.domaines.cadre.regles.depart import reglement_de_depart
from tierslieu_core.domaines.cadre.regles.faits import declare
from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.conditions import Choix, Exigence, Seuil
from tierslieu_core.domaines.cadre.regles.genres.delais import Delai
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import Habilitation
from tierslieu_core.domaines.cadre.regles.genres.notices import NOTICES
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture, Horaires, Plage
from tierslieu_core.domaines.cadre.regles.genres.quantites import Capacite, DureePret
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon, Preavis
from tierslieu_core.domaines.cadre.regles.portee import Condition
from tierslieu_core.domaines.cadre.regles.reglement import adoptee
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import EspaceId, ObjetId, PersonneId, RegleId

LUNDI = Date(2026, 11, 23)
HIER, BIENTOT = LUNDI.prev_day(), LUNDI.add(days=30)
HEURE = Duree(maximum_minutes=60)
FAITS = {
    d.fait: declare(d) for d in (
        DeclarerFait(fait="statut", type="mot", libelle="Statut", valeurs=("ecole", "association", "autre")),
        DeclarerFait(fait="age", type="nombre", libelle="Âge"),
        DeclarerFait(fait="caution", type="oui_non", libelle="Caution"),
        DeclarerFait(fait="outils", type="mots", libelle="Outils", valeurs=("scie", "tour")),
        DeclarerFait(fait="inscrit_le", type="date", libelle="Inscrit le"),
        DeclarerFait(fait="prevenu_le", type="instant", libelle="Prévenu le"),
    )
}  # fmt: skip


def note(n: int) -> Note:
    return Note(n, f"{n}/1", "", "", "camille", None, "m", None)


def reglement(*regles: tuple[str, Any, dict[str, Any]]) -> Reglement:
    """Rules: a name, a kind, and what else is said of it (``du``, a scope's fields, ``sinon``, ``leve``)."""
    book = Reglement()
    book.faits = dict(FAITS)
    for n, (nom, genre, reste) in enumerate(regles, 1):
        autour = {k: reste[k] for k in ("sinon", "leve") if k in reste}
        portee = Portee(**{k: v for k, v in reste.items() if k not in (*autour, "effet")})
        fait = RegleAdoptee(regle=RegleId(nom), version=1, texte="", motif="", decision="", genre=genre,
                            portee=portee, du=reste.get("effet", LUNDI), **autour)  # fmt: skip
        book.applique(fait, note(n))
    return book


def constats(*regles: tuple[str, Any, dict[str, Any]], **autour: Any) -> list[Constat]:
    return verifier(reglement(*regles), LUNDI, **autour)


def quand(fait: str, **dit: Any) -> tuple[Condition, ...]:
    return (Condition(fait=fait, **dit),)


@pytest.mark.parametrize(("regles", "nature", "lesquelles", "dit"), [
    # never applies
    ([("a", HEURE, {"au": HIER})], "vide", ("a",), "avant qu'elle prenne effet"),
    ([("a", HEURE, {"au": LUNDI, "effet": HIER, "jours": (3,)})], "vide", ("a",), "aucune demande à venir"),
    ([("a", HEURE, {"actions": ("reserver",), "quand": quand("action", parmi=("preter",))})], "vide", ("a",), "aucune demande n'est à la fois pour réserver quand action : preter"),
    ([("a", Seuil(faits=("age",), minimum=1), {"quand": quand("age", minimum=18) + quand("age", maximum=12)})], "vide", ("a",), "age : 18 au moins et age : 12 au plus"),
    ([("a", DureePret(maximum_jours=3), {"actions": ("reserver",)})], "vide", ("a",), "le genre « duree_pret » ne mesure rien de ce qu'elle vise (pour réserver)"),
    # never prevails
    ([("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {})], "masquee", ("a", "b"), "« b », du même genre sur la même mesure, l'emporte chaque fois"),
    ([("a", HEURE, {"jours": (1, 2)}), ("b", Duree(maximum_minutes=30), {"jours": (1,), "du": LUNDI}), ("c", Duree(maximum_minutes=20), {"jours": (2,), "du": LUNDI})], "masquee", ("a", "b", "c"), "« b » et « c »"),
    ([("a", Capacite(maximum=9), {}), ("b", Capacite(maximum=5), {"actions": ("reserver",)})], "masquee", ("a", "b"), "« b »"),
    ([("a", Battement(apres_minutes=5), {}), ("b", Battement(apres_minutes=9), {})], "masquee", ("a", "b"), "« b »"),
    # cannot be respected together
    ([("a", HEURE, {}), ("b", Seuil(faits=("duree_minutes",), minimum=180), {"actions": ("reserver",)})], "contradiction", ("a", "b"), "1 h au plus par réservation ; duree minutes : 180 au moins"),
    ([("a", Preavis(minimum_minutes=3 * 1440), {}), ("b", Horizon(maximum_jours=2), {})], "contradiction", ("a", "b"), "ne peuvent pas être respectées ensemble"),
    ([("a", Duree(maximum_minutes=300, minimum_minutes=180), {}), ("b", Horaires(plages=(Plage(jours=(1, 2, 3, 4, 5, 6, 7), de=Time(14), a=Time(16)),)), {})], "contradiction", ("a", "b"), "ne peuvent pas"),
    ([("a", Choix(fait="statut", parmi=("ecole",)), {"groupes": ("g",)}), ("b", Choix(fait="statut", parmi=("association",)), {"groupes": ("h",)})], "contradiction", ("a", "b"), "statut : ecole seulement ; statut : association seulement"),
    ([("a", Capacite(maximum=10), {"espaces": (EspaceId("verte"),)}), ("b", Seuil(faits=("participants",), minimum=12), {"categories": ("salle",)})], "contradiction", ("a", "b"), "ne peuvent pas"),
    ([("a", Delai(de="inscrit_le", a="jour", minimum=30), {"actions": ("reserver",)}), ("b", Delai(de="inscrit_le", a="debut", maximum=10), {"actions": ("reserver",)})], "contradiction", ("a", "b"), "ne peuvent pas"),
    # told apart by their dates alone
    ([("a", HEURE, {"groupes": ("g",)}), ("b", Duree(maximum_minutes=30), {"groupes": ("h",)})], "departagee", ("b", "a"), "adoptée après, le même jour d'effet"),
    ([("a", HEURE, {"groupes": ("g",), "effet": BIENTOT}), ("b", Duree(maximum_minutes=30), {"groupes": ("h",)})], "departagee", ("a", "b"), "en vigueur depuis plus récemment"),
    # lifts nothing
    ([("a", HEURE, {"jours": (1,)}), ("x", Habilitation(requise="tour"), {"jours": (2,), "leve": (RegleId("a"),)})], "exception", ("x", "a"), "aucune demande ne relève des deux"),
    ([("a", Battement(apres_minutes=5), {}), ("x", Habilitation(requise="tour"), {"leve": (RegleId("a"),)})], "exception", ("x", "a"), "elle ne refuse jamais rien"),
    ([("x", Habilitation(requise="tour"), {"leve": (RegleId("a"),)})], "exception", ("x", "a"), "elle n'est pas en vigueur"),
    ([("a", Seuil(faits=("age",), maximum=99), {"quand": quand("age", maximum=10)}), ("x", Habilitation(requise="tour"), {"leve": (RegleId("a"),)})], "exception", ("x", "a"), "ne lui contrevient"),
])  # fmt: skip
def test_ce_qui_cloche_se_dit_avec_ses_regles(regles, nature, lesquelles, dit):
    (found,) = constats(*regles)
    assert (found.nature, found.regles) == (nature, lesquelles)
    assert dit in found.dit
    assert found.remarque == (nature == "departagee")
    assert bool(found.demande) == (found.temoin is not None)


@pytest.mark.parametrize("regles", [
    [("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {"jours": (6, 7)})],
    [("a", HEURE, {"au": BIENTOT}), ("b", Duree(maximum_minutes=30), {})],
    [("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {"du": BIENTOT})],
    [("a", HEURE, {}), ("b", Duree(maximum_minutes=60), {"groupes": ("g",)}), ("c", Duree(maximum_minutes=60), {"groupes": ("h",)})],
    [("a", HEURE, {}), ("b", Quota(maximum=1)  , {}), ("c", Quota(maximum=1, unite="heures"), {})],
    [("a", HEURE, {}), ("b", Seuil(faits=("duree_minutes",), minimum=60), {})],
    [("a", HEURE, {"sinon": Sinon(effet="validation", par="bureau")}), ("b", Seuil(faits=("duree_minutes",), minimum=180), {})],
    [("a", HEURE, {}), ("b", Seuil(faits=("duree_minutes",), minimum=180), {}), ("x", Exigence(faits=("caution",)), {"leve": (RegleId("a"),)})],
    [("a", HEURE, {}), ("b", Exigence(faits=("caution",)), {}), ("x", Duree(maximum_minutes=30), {"leve": (RegleId("b"),)})],
    [("a", Fermeture(du=BIENTOT, au=BIENTOT), {}), ("b", HEURE, {})],
    [("a", HEURE, {"actions": ("reserver",)}), ("b", Seuil(faits=("duree_minutes",), minimum=180), {"actions": ("visite",)})],
    [("a", Choix(fait="statut", parmi=("ecole", "association")), {}), ("b", Exigence(faits=("caution",)), {})],
    [("a", Choix(fait="outils", tous=("scie",)), {}), ("b", Seuil(faits=("age",), minimum=18), {"quand": quand("outils", parmi=("scie",)) + quand("statut", sauf=("ecole",))})],
    [("a", Delai(de="prevenu_le", a="debut", unite="heures", minimum=2), {}), ("b", HEURE, {"quand": quand("jour_semaine", minimum=6) + quand("horizon_jours", maximum=3)})],
    [("a", HEURE, {"personnes": (PersonneId("ana"),), "objets": (ObjetId("scie"),), "publics": ("p",)})],
])  # fmt: skip
def test_ce_qui_se_tient_n_est_pas_montre(regles):
    assert constats(*regles) == []


@pytest.mark.parametrize(
    "genre", [Seuil(faits=("duree_jours",), maximum=250_000), Seuil(faits=("participants",), maximum=10**26)]
)
@pytest.mark.parametrize(
    "portee", [{}, {"quand": quand("duree_minutes", minimum=10**15) + quand("en_cours", minimum=10**12)}]
)
def test_un_nombre_qu_aucun_calendrier_ne_tient_s_essaie_aussi(genre, portee):
    assert all(c.nature == "vide" for c in constats(("a", genre, portee)))


def test_ce_que_le_lieu_ne_connait_pas_se_dit_avec_le_mot_le_plus_proche():
    connus = {"actions": {"visite"}, "groupes": {"bureau"}, "espaces": {"verte"}, "demandes": {"prets.PreterObjet"}}
    regle = {"actions": ("visites", "reserver"), "groupes": ("bureaux",), "espaces": (EspaceId("xyz"),)}
    found = constats(("a", HEURE, regle), connus=connus, droits=("prets.PretterObjet", "prets.PreterObjet"))
    assert [(c.nature, c.dit) for c in found] == [
        ("inconnu", "« a » est pour « visites », que le lieu ne connaît pas (actions). Vouliez-vous dire « visite » ?"),
        ("inconnu", "« a » est pour « bureaux », que le lieu ne connaît pas (groupes). Vouliez-vous dire « bureau » ?"),
        ("inconnu", "« a » est pour « xyz », que le lieu ne connaît pas (espaces)."),
        ("droits", "Des droits sont fixés pour la demande « prets.PretterObjet », qui n'existe pas. Vouliez-vous dire « prets.PreterObjet » ?"),
    ]  # fmt: skip
    assert constats(("a", HEURE, regle), droits=("prets.PretterObjet",)) == [], "sans mots connus, aucun n'est inconnu"


def test_une_regle_abrogee_plus_tard_ne_masque_que_jusque_la():
    book = reglement(("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {}))
    assert [c.nature for c in verifier(book, LUNDI)] == ["masquee"]
    book.applique(RegleAbrogee(regle=RegleId("b"), du=BIENTOT, motif="m", decision=""), note(3))
    assert [c.nature for c in verifier(book, LUNDI)] == ["departagee"]
    assert verifier(book, BIENTOT) == []
    book.applique(RegleAbrogee(regle=RegleId("a"), du=BIENTOT, motif="m", decision=""), note(4))
    assert [c.nature for c in verifier(book, LUNDI)] == ["masquee"], "elle n'aura jamais joué"


def test_deux_regles_qui_se_succedent_ne_se_departagent_pas():
    book = reglement(("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {"effet": BIENTOT}))
    assert [c.nature for c in verifier(book, LUNDI)] == ["departagee"]
    book.applique(RegleAbrogee(regle=RegleId("a"), du=BIENTOT, motif="m", decision=""), note(3))
    assert verifier(book, LUNDI) == []


def test_une_exception_a_ce_qui_ne_joue_jamais_ne_leve_rien():
    autres = ("a", HEURE, {}), ("b", Duree(maximum_minutes=30), {})
    found = constats(*autres, ("x", Exigence(faits=("caution",)), {"leve": (RegleId("a"),)}))
    assert [(c.nature, c.regles) for c in found] == [("masquee", ("a", "b")), ("exception", ("x", "a"))]
    assert "elle ne joue jamais" in found[1].dit


def test_la_demande_temoin_est_respectee_par_l_une_et_refusee_par_l_autre():
    une, autre = HEURE, Seuil(faits=("duree_minutes",), minimum=180)
    reste = {"groupes": ("bureau",), "espaces": (EspaceId("verte"),), "quand": quand("statut", parmi=("ecole",))}
    (found,) = constats(("a", une, reste), ("b", autre, reste))
    assert found.demande == "réserver, verte, le lundi 23 novembre 2026 à 9 h pour 1 h, bureau, statut : ecole"
    assert une.juge(une.mesure(found.temoin).valeur) == "satisfaite"
    assert autre.juge(autre.mesure(found.temoin).valeur) == "refuse"


def test_un_pret_se_dit_en_jours():
    (found,) = constats(("a", DureePret(maximum_jours=3), {}), ("b", DureePret(maximum_jours=2), {}))
    assert found.demande == "emprunter, le lundi 23 novembre 2026 pour 1 jour"


@pytest.mark.parametrize("nom", [nom for nom, genre in GENRES.items() if not issubclass(genre, Reglage)])
def test_de_tout_genre_il_est_une_demande_qui_en_releve(nom: str):
    """Else a rule of that kind would be told never to apply."""
    assert constats(("a", NOTICES[nom].exemple, {})) == []


def test_le_reglement_de_depart_se_tient():
    book = Reglement()
    for n, c in enumerate(reglement_de_depart(LUNDI), 1):
        book.applique(adoptee(c, 1), note(n))
    assert verifier(book, LUNDI) == []
