"""What an expression judges: at, under and over its limit; what is not told; what fails; in words."""

# ruff: noqa: E501 - a row of the table is one line: the verdict, the clause, what is measured

from __future__ import annotations

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expressions.regles import INCONNU, NON, OUI, juge, preter, regle, renouveler, reserver
from whenever import Date

from tierslieu_adapters.expressions import NonDecidable, fautes_de_formule, formule
from tierslieu_adapters.expressions.variables import VARIABLES
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.vocabulaire.mesures import LUES, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

pytest.importorskip("cel_expr_python", reason="l'extra « cel » n'est pas installé")

UN_JOUR = Periode(Moment.depuis_texte("2026-11-20T10:00"), Moment.depuis_texte("2026-11-20T12:00"), "Europe/Paris")
USAGES = (Usage(UN_JOUR, (), en_cours=True), Usage(UN_JOUR, ()))
TABLE = [
    # under, at, over
    (OUI, "participants < 12", reserver(participants=11)),
    (NON, "participants < 12", reserver(participants=12)),
    (OUI, "participants <= 12", reserver(participants=12)),
    (NON, "participants <= 12", reserver(participants=13)),
    (OUI, "duree_minutes <= 120", reserver()),
    (NON, "duree_minutes <= 119", reserver()),
    # what is not told is for a person; unless the rest is enough
    (INCONNU, "participants <= 12", reserver()),
    (INCONNU, "!(participants <= 12)", reserver()),
    (INCONNU, "participants != 12", reserver()),
    (INCONNU, "accompagne", reserver()),
    (OUI, "!mineur || accompagne", reserver()),
    (INCONNU, "!mineur || accompagne", reserver(mineur=True)),
    (NON, "!mineur || accompagne", reserver(mineur=True, accompagne=False)),
    (NON, "adherent && adhesion >= jour", reserver()),
    (OUI, "adherent && adhesion >= jour", reserver(adhesion=Date(2026, 11, 23))),
    (NON, "adherent && adhesion >= jour", reserver(adhesion=Date(2026, 11, 22))),
    # words
    (OUI, "action == 'reserver' && 'categorie:salle' in lieux", reserver()),
    (NON, "lieux.exists(l, l.startsWith('objet:'))", reserver()),
    (OUI, "lieux.all(l, l.contains(':')) && size(lieux) == 2", reserver()),
    (OUI, "'atelier' in groupes || 'scie' in habilitations", reserver(habilitations=("scie",))),
    (NON, "'assurance' in documents", reserver(documents=("charte",))),
    (OUI, "'charte' in textes", reserver(textes={"charte": "2026-01-01"})),
    (OUI, "publics.exists_one(p, p == 'resident')", reserver(publics=("resident",))),
    (OUI, "en_cours == 1", reserver(usages=USAGES)),
    # an error is never true, whatever is done with it
    (INCONNU, "participants / 0 > 1", reserver(participants=3)),
    (INCONNU, "!(participants / 0 > 1)", reserver(participants=3)),
    (INCONNU, "9223372036854775807 + participants > 1", reserver(participants=3)),
    (INCONNU, "-9223372036854775807 - participants < 1", reserver(participants=3)),
    (INCONNU, "participants * 9223372036854775807 != 0", reserver(participants=3)),
    (INCONNU, "lieux[2] != 'x'", reserver()),
    (INCONNU, "lieux[-1] != 'x'", reserver()),
    (INCONNU, "date('2026-13-01') != jour", reserver()),
    (INCONNU, "mois_apres(jour, 9223372036854775807) != jour", reserver()),
    (INCONNU, "annees_apres(jour, 974) != jour", reserver()),
    (INCONNU, "minutes(9223372036854775807) != fin - debut", reserver()),
    (OUI, "participants / 0 > 1 || true", reserver(participants=3)),
    # the clock of the place, both days on which it changes, and the hour that comes twice
    (OUI, "heure(debut) == 14 && minute(debut) == 0 && jour_semaine(jour) == 1", reserver()),
    (OUI, "annee(jour) == 2026 && mois(jour) == 11 && jour_du_mois(jour) == 23", reserver()),
    (OUI, "minutes_entre(debut, fin) == 60 && duree_minutes == 60", reserver("2026-03-29T01:30", "2026-03-29T03:30")),
    (OUI, "heure(fin) - heure(debut) == 1", reserver("2026-10-25T01:30", "2026-10-25T02:30+01:00")),
    (OUI, "minutes_entre(debut, fin) == 120", reserver("2026-10-25T01:30", "2026-10-25T02:30+01:00")),
    (OUI, "debut >= jour && fin <= jours_apres(jour, 1)", reserver("2026-10-25T00:00", "2026-10-26T00:00")),
    (NON, "debut >= jour && fin <= jours_apres(jour, 1)", reserver("2026-10-25T00:00", "2026-10-26T00:01")),
    (OUI, "fin - debut <= heures(2) && fin - debut > minutes(119)", reserver()),
    (OUI, "debut == instant('2026-11-23T14:00') && jour_de(debut) == jour && jour == date('2026-11-23')", reserver()),
    (OUI, "debut == instant('2026-10-25T02:30+01:00')", reserver("2026-10-25T02:30+01:00", "2026-10-25T03:30")),
    # months end where they end; days and weeks are those of the calendar
    (OUI, "mois_apres(date('2027-01-31'), 1) == date('2027-02-28') && jour < fin", reserver()),
    (OUI, "mois_apres(date('2028-03-31'), -1) == date('2028-02-29') && jour < fin", reserver()),
    (OUI, "annees_apres(date('2028-02-29'), 1) == date('2029-02-28') && jour < fin", reserver()),
    (OUI, "mois_entre(date('2027-01-31'), date('2027-02-28')) == 1 && jour < fin", reserver()),
    (OUI, "mois_entre(date('2027-01-15'), date('2027-02-14')) == 0 && jour < fin", reserver()),
    (OUI, "mois_entre(date('2027-02-15'), date('2027-01-15')) == -1 && jour < fin", reserver()),
    (OUI, "jours_entre(date('2026-10-24'), date('2026-10-26')) == 2 && jour < fin", reserver()),
    (OUI, "jours_entre(debut, fin) == 1", reserver("2026-11-23T23:59", "2026-11-24T00:01")),
    (OUI, "jours_de_semaine_entre(jour, jours_apres(jour, 4)) == 4", reserver()),
    (OUI, "jours_de_semaine_entre(jour, jours_apres(jour, 6)) == 4", reserver()),
    (OUI, "jours_de_semaine_entre(jour, jours_apres(jour, 14)) == 10", reserver()),
    (OUI, "jours_de_semaine_entre(jours_apres(jour, 7), jour) == -5", reserver()),
    (OUI, "minutes_entre(fin, debut) == -120", reserver()),
    (OUI, "rang_du_jour_dans_le_mois(jour) == 4 && rang_depuis_la_fin_du_mois(jour) == 2", reserver()),
    (OUI, "rang_du_jour_dans_le_mois(date('2026-11-30')) == 5 && rang_depuis_la_fin_du_mois(date('2026-11-30')) == 1 && jour < fin", reserver()),
    # loans, and their renewals, which have days and no hours: the place's clock is known all the same
    (OUI, "duree_jours <= 7 && jours_entre(jour, fin) == 8", preter(7)),
    (NON, "duree_jours <= 7", preter(8)),
    (OUI, "renouvellements <= 1 && jour_semaine(jour) == 1", renouveler(zone="Europe/Paris")),
    (INCONNU, "renouvellements <= 1 && jour_semaine(jour) == 1", renouveler()),
    (INCONNU, "participants <= 12", preter(7)),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "cel", "m"), TABLE, ids=[f"{n} {row[1]}" for n, row in enumerate(TABLE)])
def test_une_clause_est_vraie_fausse_ou_a_juger(verdict, cel, m):
    assert juge(regle(cel), m) == verdict


FAITS = {"porteur": "oui_non", "age": "nombre", "statut": "mot", "outils": "mots", "depuis": "date", "vu_le": "instant"}
DITS = {
    "porteur": True, "age": 17, "statut": "resident", "outils": ("scie", "tour"), "depuis": "2026-05-23",
    "vu_le": "2026-11-23T14:00:00+01:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("fait", "cel", "autres"),
    [
        ("porteur", "porteur", (1, "true", ("oui",), None)),
        ("age", "age == 17", (True, "17", 2**63, None)),
        ("statut", "statut == 'resident'", (1, True, ("resident",), "x" * 1025, None)),
        ("outils", "'scie' in outils", ("scie", 3, ("scie",) * 65, ("scie", "x" * 1025), ("scie", 1), None)),
        ("depuis", "mois_entre(depuis, jour) == 6", ("2026-02-30", "hier", 20260523, "0001-01-01", True, None)),
        ("vu_le", "vu_le == debut", ("2026-11-23T14:00", "2026-11-23", 0, "9999-12-31T23:59:59Z", None)),
    ],
)
def test_un_fait_declare_se_lit_selon_son_type_et_sinon_il_n_est_pas_dit(fait, cel, autres):
    genre = regle(cel, **FAITS)
    assert juge(genre, reserver(faits=DITS)) == OUI
    for autre in autres:
        faits = {**DITS, fait: autre} if autre is not None else {k: v for k, v in DITS.items() if k != fait}
        mesuree = genre.mesure(reserver(faits=faits))
        assert genre.juge(mesuree.valeur) == INCONNU
        assert fait not in msgspec.json.decode(mesuree.valeur)
    assert juge(regle(f"!({cel})", **FAITS), reserver(faits=DITS)) == NON
    assert juge(regle(f"!({cel})", **FAITS), reserver(faits={})) == INCONNU


def test_un_fait_peut_avoir_le_nom_d_une_fonction():
    genre = regle("heure == heure(debut)", heure="nombre")
    assert juge(genre, reserver(faits={"heure": 14})) == OUI
    assert genre.lus == ("debut", "heure")
    assert not genre.fautes()
    assert genre.lit() == ("heure",)


def test_tout_ce_que_le_lieu_mesure_se_lit_et_rien_d_autre():
    assert VARIABLES.keys() - LUES.keys() == {"adherent", "textes"}
    assert LUES.keys() <= VARIABLES.keys()
    assert "personne" not in VARIABLES


def test_toutes_les_clauses_sont_evaluees_et_une_fausse_l_emporte():
    genre = regle("participants <= 12", "accompagne", "'scie' in habilitations")
    assert juge(genre, reserver(participants=3, accompagne=True, habilitations=("scie",))) == OUI
    assert juge(genre, reserver(participants=3, habilitations=("scie",))) == INCONNU
    assert juge(genre, reserver(participants=13)) == NON
    tient = {c.id: tient for c, tient in genre.verdicts(genre.mesure(reserver(participants=13)).valeur)}
    assert tient == {"c1": False, "c2": None, "c3": False}


def test_la_mesure_ne_garde_que_ce_que_les_clauses_lisent():
    genre = regle("participants <= 12 && lieux.all(jour, jour != '')", **FAITS)
    valeur = genre.mesure(reserver(participants=3, faits=DITS, habilitations=("scie",))).valeur
    assert valeur == '{"lieux":["espace:verte","categorie:salle"],"participants":3,"zone":"Europe/Paris"}'


@pytest.mark.parametrize(
    "valeur", [None, True, 3, "", "{", "[]", "null", '{"participants":"3"}', '{"participants":null}', '{"participants":3.5}']
)  # fmt: skip
def test_une_mesure_qui_n_en_est_pas_une_est_a_juger(valeur):
    assert regle("participants <= 12").juge(valeur) == INCONNU
    assert regle("!(participants > 12)").juge(valeur) == INCONNU


def test_une_regle_sans_clause_n_accorde_rien():
    assert regle().juge("{}") == INCONNU


def test_la_phrase_et_le_refus_nomment_les_clauses_par_leur_libelle_avec_ce_qu_elles_ont_lu():
    genre = attrs.evolve(
        regle("participants <= 12", "mineur ? accompagne : true", "depuis <= jour && heure(debut) >= 8", depuis="date"),
        clauses=tuple(
            attrs.evolve(c, libelle=dit)
            for c, dit in zip(
                regle("participants <= 12", "!mineur || accompagne", "depuis <= jour && heure(debut) >= 8").clauses,
                ("pas plus de douze", "une personne mineure vient accompagnée", "dans la maison depuis ce jour-là"),
                strict=True,
            )
        ),
    )
    assert (
        genre.phrase()
        == "pas plus de douze ; une personne mineure vient accompagnée ; dans la maison depuis ce jour-là"
    )
    m = reserver(participants=13, mineur=True, faits={"depuis": "2027-01-01"})
    assert genre.refus(genre.mesure(m).valeur, "") == (
        "« pas plus de douze » n'est pas respecté (participants : 13) ; "
        "« dans la maison depuis ce jour-là » n'est pas respecté (début : lundi 23 novembre 2026 à 14 h ; depuis : vendredi 1er janvier 2027 ; "
        "jour de l'usage : lundi 23 novembre 2026) ; "
        "« une personne mineure vient accompagnée » ne peut pas être jugé (venue avec une personne majeure : pas dit ; "
        "personne notée mineure ce jour-là : oui). Changez ce qui peut l'être dans la demande."
    )  # fmt: skip
    seul = regle("duree_minutes <= participants && size(groupes) == 0")
    assert seul.refus(seul.mesure(reserver()).valeur, "") == (
        "« clause 1 » ne peut pas être jugé (durée d'une réservation : 2 h ; groupes : aucun ; "
        "participants : pas dit). Une personne du lieu le juge."
    )  # fmt: skip


def test_la_meme_regle_relue_du_journal_juge_de_meme():
    codec = catalogue_of().codec
    base = next(iter(codec.unions))
    genre = regle("age >= 18 || porteur", "heure(debut) < 18", **FAITS)
    stored = codec.stored.unstructure(genre, base)
    assert stored["genre"] == "expression"
    again = codec.stored.structure(stored, base)
    assert again == genre
    for m in (reserver(faits=DITS), reserver(), reserver("2026-11-23T19:00", "2026-11-23T20:00", faits={"age": 18})):
        mesuree = genre.mesure(m)
        assert (again.mesure(m), again.juge(mesuree.valeur)) == (mesuree, genre.juge(mesuree.valeur))
        assert again.refus(*mesuree) == genre.refus(*mesuree)


# ── an error is never true: against three-valued logic, worked out apart ────────────────────────────────────────────

NOMS = {"a": "oui_non", "b": "oui_non", "n": "nombre", "p": "nombre"}
GRAND = 2**63 - 1
NOMBRES = st.recursive(
    st.sampled_from(["n", "p"]) | st.sampled_from([0, 1, 2, GRAND]),
    lambda inside: st.tuples(st.sampled_from("+-*/%"), inside, inside),
    max_leaves=4,
)
CLAUSES = st.recursive(
    st.sampled_from(["a", "b", True, False]) | st.tuples(st.sampled_from(["<", ">=", "==", "!="]), NOMBRES, NOMBRES),
    lambda inside: (
        st.tuples(st.sampled_from(["&&", "||"]), inside, inside)
        | st.tuples(st.just("!"), inside)
        | st.tuples(st.just("?"), inside, inside, inside)
    ),
    max_leaves=6,
)
DITES = st.fixed_dictionaries(
    {}, optional={"a": st.booleans(), "b": st.booleans(), "n": st.integers(-3, 3) | st.just(GRAND), "p": st.just(0)}
)


def ecrit(e):
    """A clause as CEL."""
    match e:
        case bool():
            return str(e).lower()
        case ("!", un):
            return f"!({ecrit(un)})"
        case ("?", si, oui, non):
            return f"({ecrit(si)} ? {ecrit(oui)} : {ecrit(non)})"
        case (op, un, deux):
            return f"({ecrit(un)} {op} {ecrit(deux)})"
    return str(e)


def vaut(e, dites):  # noqa: PLR0911 - one line for each form
    """What it is worth, ``None`` when nobody can tell: Kleene's logic, integers of 64 bits."""
    match e:
        case bool() | int():
            return e
        case str():
            return dites.get(e)
        case ("!", un):
            found = vaut(un, dites)
            return None if found is None else not found
        case ("?", si, oui, non):
            found = vaut(si, dites)
            return None if found is None else vaut(oui if found else non, dites)
        case ("&&" | "||" as op, un, deux):
            tranche = op == "||"
            both = [vaut(un, dites), vaut(deux, dites)]
            return tranche if tranche in both else None if None in both else not tranche
    op, un, deux = e[0], vaut(e[1], dites), vaut(e[2], dites)
    if un is None or deux is None or (op in "/%" and deux == 0):
        return None
    found = {
        "<": lambda: un < deux, ">=": lambda: un >= deux, "==": lambda: un == deux, "!=": lambda: un != deux,
        "+": lambda: un + deux, "-": lambda: un - deux, "*": lambda: un * deux,
        "/": lambda: abs(un) // abs(deux) * (1 if (un < 0) == (deux < 0) else -1),
        "%": lambda: abs(un) % abs(deux) * (-1 if un < 0 else 1),
    }[op]()  # fmt: skip
    return found if -GRAND - 1 <= found <= GRAND else None


@given(CLAUSES, DITES)
def test_une_erreur_n_est_jamais_vraie(e, dites):
    genre, attendu = regle(ecrit(e), **NOMS), vaut(e, dites)
    assert juge(genre, reserver(faits=dites)) == {True: OUI, False: NON, None: INCONNU}[attendu]


@given(st.text(max_size=60) | st.text("()[]!&|<>=+-*/%?:.,'\" \nna0'", max_size=40), DITES)
def test_un_texte_quelconque_n_accorde_rien_sans_le_dire(source, dites):
    genre = regle(source, **NOMS)
    verdict = juge(genre, reserver(faits=dites))
    assert verdict in (OUI, NON, INCONNU)
    if genre._vide(genre.clauses[0]) and verdict == OUI:
        assert not genre.lus  # a constant, which no adoption lets in
        assert genre.fautes()


# ── formulas ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_formule_donne_un_nombre_un_mot_ou_oui():
    types = {"retard": "nombre", "depuis": "date", "statut": "mot"}
    faits = {"retard": 3, "depuis": "2026-11-01", "statut": "resident"}
    assert formule("retard * 7", faits, types) == 21
    assert formule("retard > 2 ? 'suspension' : 'rappel'", faits, types) == "suspension"
    assert formule("statut == 'resident'", faits, types) is True
    assert formule("jours_entre(depuis, date('2026-11-23'))", faits, types, "Europe/Paris") == 22


@pytest.mark.parametrize("cel", ["retard / 0", "retard + statut", "depuis", "autre", "", "depuis < depuis", "[retard]"])
def test_une_formule_indecidable_le_dit(cel):
    with pytest.raises(NonDecidable, match=r"«"):
        formule(cel, {"retard": 3, "depuis": "2026-11-01"}, {"retard": "nombre", "depuis": "date"})


def test_une_formule_se_verifie_avant_de_servir():
    types = {"retard": "nombre"}
    assert not fautes_de_formule("retard * 7", types)
    assert fautes_de_formule("retard > 7", types) == [
        "ligne 1, colonne 1 : doit donner un nombre entier ; donne oui ou non"
    ]
    assert fautes_de_formule("retard *", types) == ["ligne 1, colonne 9 : il manque la suite"]
    assert fautes_de_formule("", types) == ["ligne 1, colonne 1 : une expression, comme « participants <= 12 »"]
