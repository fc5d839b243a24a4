"""Real regulations, as files that a place could have written: all their cases are judged as these texts say.

``pytest tests/corpus -s`` prints the scores: by clause, by verdict and by category, never one rate alone.
"""

import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import attrs
import pytest
from whenever import Date, Instant

from tierslieu_adapters.expressions import GENRES as EXPRESSIONS
from tierslieu_adapters.reglement.cas import ACTIONS, PAR, Resultat, bilan, couvrir, reglement_de
from tierslieu_adapters.reglement.differences import plan
from tierslieu_adapters.reglement.lecture import DE_LA_REGLE, MEMES, SECTIONS, TETE, lire
from tierslieu_adapters.reglement.mesurer import DU_LIEU, PERIODE
from tierslieu_core import ouvrir
from tierslieu_core.domaines.cadre.regles import DeclarerFait
from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.domaines.cadre.regles.portee import ACTIONS as DU_COEUR
from tierslieu_core.lieu import catalogue_of

ICI = Path(__file__).parent
LIEUX = sorted(p.stem for p in (ICI / "reglements").glob("*.json"))
CATALOGUE = catalogue_of()
CLAUSES = 181
PART_JUSTE = 95  # in a hundred


@cache
def clauses(lieu):
    return json.loads((ICI / "reglements" / f"{lieu}.json").read_text(encoding="utf-8"))["clauses"]


@cache
def juges(lieu):
    """Each case of a place by its rulebook; all are wrong of one that has none."""
    fichier = ICI / f"{lieu}.toml"
    if not fichier.exists():
        return [
            Resultat(cas=k["id"], clause=c["id"], categorie=c["categorie"], attendu=k["attendu"], trouve="aucun")
            for c in clauses(lieu) for k in c["cas"]
        ]  # fmt: skip
    f = lire(fichier.read_text(encoding="utf-8"), CATALOGUE, Date(2026, 1, 1), nom=fichier.name)
    return couvrir(f, reglement_de(f), clauses(lieu))


@cache
def tous():
    return [r for lieu in LIEUX for r in juges(lieu)]


def fausses():
    return {r.clause for r in tous() if not r.juste}


def test_les_reglements_reels_sont_juges_comme_ils_le_disent():
    scores = bilan(tous())
    sys.stdout.writelines(
        f"\n{quoi}\n" + "".join(f"  {nom:<24} {bons:>4} sur {n}\n" for nom, (bons, n) in parts.items())
        for quoi, parts in scores.items()
    )
    bons, n = scores["clauses"]["toutes"]
    assert n == CLAUSES
    assert bons * 100 >= PART_JUSTE * n, sorted(fausses())


@pytest.mark.parametrize("verdict", sorted({k["attendu"] for lieu in LIEUX for c in clauses(lieu) for k in c["cas"]}))
def test_chaque_sorte_de_verdict_est_toujours_juste(verdict):
    faux = [f"{r.cas} : {r.trouve} {dict(r.detail)}" for r in tous() if r.attendu == verdict and not r.juste]
    assert not faux


def test_ce_que_le_format_ne_sait_pas_dire_est_nomme_et_rien_d_autre():
    lignes = (ICI / "NON_EXPRIMEES.md").read_text(encoding="utf-8").splitlines()
    nommees = [m[1] for ligne in lignes if (m := re.match(r"- `([^`]+)` : .+ ; .+", ligne))]
    assert sorted(nommees) == sorted(fausses())


# ── des données, et rien d'autre ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lieu", LIEUX)
def test_un_reglement_ne_dit_que_ce_que_le_format_sait_lire(lieu):
    brut = tomllib.loads((ICI / f"{lieu}.toml").read_text(encoding="utf-8"))
    assert set(brut) <= set(SECTIONS)
    assert set(brut["reglement"]) <= set(TETE)
    for fait in brut.get("faits", {}).values():
        assert set(fait) <= {a.name for a in attrs.fields(DeclarerFait)} - {"fait"}
    for regle in brut["regles"].values():
        parametres = {a.name for a in attrs.fields({**GENRES, **EXPRESSIONS}[regle["genre"]])}
        assert set(regle) <= parametres | set(MEMES) | set(DE_LA_REGLE)


@pytest.mark.parametrize("lieu", LIEUX)
def test_ce_qu_un_cas_dit_n_est_que_renomme(lieu):
    brut = tomllib.loads((ICI / f"{lieu}.toml").read_text(encoding="utf-8"))
    connus = {*DU_LIEU, PERIODE, *brut.get("faits", {})}
    renommes = brut.get("correspondance", {})
    for noms in (noms for nom, noms in renommes.items() if nom not in {PAR, ACTIONS}):
        assert set([noms] if isinstance(noms, str) else noms) <= connus
    assert all(set(regles) <= set(brut["regles"]) for regles in renommes.get(PAR, {}).values())
    assert set(renommes.get(ACTIONS, {}).values()) <= set(DU_COEUR)


@pytest.mark.parametrize("lieu", LIEUX)
def test_chaque_clause_a_ses_regles_et_chaque_regle_sa_clause(lieu):
    brut = tomllib.loads((ICI / f"{lieu}.toml").read_text(encoding="utf-8"))
    regles = brut["regles"]
    dits = (r["article"] for r in regles.values() if "article" in r)
    articles = {a for said in dits for a in ([said] if isinstance(said, str) else said)}
    assert articles | set(brut.get("correspondance", {}).get(PAR, {})) == {c["id"] for c in clauses(lieu)}
    assert all("article" in r or r.get("leve") for r in regles.values())


@pytest.mark.parametrize("lieu", LIEUX)
def test_un_lieu_adopte_chacun_de_ces_reglements(lieu):
    ouvert = ouvrir("memory:", horloge=lambda: Instant.from_utc(2020, 9, 1, 9))
    fonder = {"nom": "Le Quai", "personne": "camille", "nom_personne": "Camille Martin"}
    ouvert.demander("gouvernance.FonderLieu", fonder, par="camille", cle="fonder")
    jour = ouvert.aujourdhui
    fichier = lire((ICI / f"{lieu}.toml").read_text(encoding="utf-8"), CATALOGUE, jour)
    for n, demande in enumerate(plan(fichier, ouvert.livre.reglement, jour)):
        assert ouvert.executer(demande, par="camille", cle=f"{n}").acceptee
    assert set(ouvert.livre.reglement.versions) >= {r.regle for r in fichier.regles}


def test_il_n_y_a_ici_que_des_reglements():
    assert {p.stem for p in ICI.glob("*.toml")} == set(LIEUX)
    assert {p.name for p in ICI.iterdir() if p.suffix == ".py"} == {"test_corpus.py"}
