"""A file of cases against a rulebook: each clause scored by its cases, each verdict told with what made it.

A case isolates its clause: only the rules of that clause (``article``) judge it, with the exceptions that lift them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from tierslieu_adapters.expressions import NonDecidable, formule
from tierslieu_adapters.reglement.lecture import Fichier
from tierslieu_adapters.reglement.mesurer import ZONE, Cas, mesurer
from tierslieu_core.domaines.cadre.regles.faits import declare
from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Arbitrage, arbitrer
from tierslieu_core.domaines.cadre.regles.jugement import clause_de, levees, validation_de
from tierslieu_core.domaines.cadre.regles.reglement import adoptee
from tierslieu_core.domaines.cadre.regles.sinon import SUSPENSION, TOLERANCE
from tierslieu_core.domaines.cadre.regles.versions import Reglement, Version
from tierslieu_core.domaines.personnes.sanctions.echelle import AVERTISSEMENT, EXCLUSION, RAPPEL
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.mesures import Mesures, lue

SUITE = {
    "refuse": "refuse",
    "caduque": "caduque",
    "a_valider": "a_valider",
    "indeterminee": "indetermine",
    "sanction": "sanction",
}
"""From the verdict of a clause to that of a case; the first that any clause has is the case's."""
DEMANDES = "demandes"
"""Several demands that want the same thing, in the order of asking: each with its own facts, and its ``id`` (its
number otherwise)."""
PAR = "clauses"
"""Under ``[correspondance]``, which rules apply each clause, where their ``article`` does not say it."""
ACTIONS = "actions"
"""Under it too, by what the cases call an action, what the place calls it: ``emprunter = "preter"``."""


@attrs.frozen(kw_only=True)
class Resultat:
    """One case: what was expected, what the rules say, and why."""

    cas: str
    clause: str
    categorie: str
    attendu: str
    trouve: str
    detail_attendu: Mapping[str, Any] = attrs.Factory(dict)
    detail: Mapping[str, Any] = attrs.Factory(dict)
    dit: tuple[str, ...] = ()
    tus: tuple[str, ...] = ()

    @property
    def juste(self) -> bool:
        """Whether the verdict is the one expected, with all that it says besides."""
        return self.trouve == self.attendu and all(self.detail.get(k) == v for k, v in self.detail_attendu.items())


def couvrir(fichier: Fichier, reglement: Reglement, clauses: Iterable[Mapping[str, Any]]) -> list[Resultat]:
    """Each case of each clause (``{id, categorie, cas: [{id, faits, attendu, detail}]}``), judged."""
    noms = {k: v for k, v in fichier.correspondance.items() if k not in {PAR, ACTIONS}}
    actions = fichier.correspondance.get(ACTIONS, {})
    found = []
    for clause in clauses:
        versions = _versions(clause["id"], fichier, reglement)
        for cas in clause["cas"]:
            said = {
                "cas": cas["id"],
                "clause": clause["id"],
                "categorie": clause.get("categorie", ""),
                "attendu": cas["attendu"],
                "detail_attendu": cas.get("detail") or {},
            }
            found.append(Resultat(**said, **_juge(versions, _du_lieu(cas["faits"], actions), noms, reglement)))
    return found


def _du_lieu(dits: Mapping[str, Any], actions: Mapping[str, str]) -> Mapping[str, Any]:
    """What a case says, its action as the place calls it."""
    ours = actions.get(dits.get("action", ""))
    return {**dits, "action": ours} if ours else dits


def _versions(clause: str, fichier: Fichier, reglement: Reglement) -> list[Version]:
    """The rules of one clause, and the exceptions that lift one of them."""
    named = fichier.correspondance.get(PAR, {}).get(clause, ())
    held = [vs[-1] for vs in reglement.versions.values() if vs]
    siennes = {v.regle for v in held if clause in v.source.articles or v.regle in named}
    return [v for v in held if v.regle in siennes or siennes & set(v.leve)]


def _juge(
    versions: Sequence[Version], dits: Mapping[str, Any], noms: Mapping[str, Any], reglement: Reglement
) -> dict[str, Any]:
    if not versions:
        return {"trouve": "aucune_regle"}
    try:
        cas = mesurer({k: v for k, v in dits.items() if k != DEMANDES}, reglement.faits, noms)
        candidats = [
            (d.get("id", n), mesurer({k: v for k, v in d.items() if k != "id"}, reglement.faits, noms).mesures)
            for n, d in enumerate(dits.get(DEMANDES, ()), 1)
        ]
    except ValueError as fault:
        return {"trouve": "illisible", "dit": (str(fault),)}
    applied = _prevalent([v for v in versions if v.portee.couvre(cas.mesures)])
    clauses = [c for v in applied if (c := clause_de(v, cas.mesures)) is not None]
    clauses = list(levees(clauses, reglement))
    decisive = _decisive(clauses, reglement, cas)
    dit = tuple(_phrase(c, reglement) for c in clauses)
    for v in applied if decisive is None and candidats else ():
        if isinstance(v.genre, Arbitrage):
            return _departage(v.regle, v.genre, candidats) | {"tus": cas.tus}
    if decisive is None:
        bien = "aucune_sanction" if any(v.sinon.effet == "sanction" for v in versions) else "accepte"
        return {"trouve": bien, "dit": dit, "tus": cas.tus}
    return {"dit": dit, "tus": cas.tus, **_decide(decisive, reglement, cas)}


def _decisive(clauses: Sequence[Clause], reglement: Reglement, cas: Cas) -> Clause | None:
    """The clause that prevails: the first verdict of ``SUITE`` that any has; of several sanctions, the heaviest."""
    for verdict in SUITE:
        if siennes := [c for c in clauses if c.verdict == verdict]:
            return max(siennes, key=lambda c: _poids(c, reglement, cas))
    return None


def _poids(clause: Clause, reglement: Reglement, cas: Cas) -> tuple[int, int]:
    """How heavy what follows a breach is, then for how long; what the place has its own word for is in between."""
    v = reglement.version(RegleId(clause.regle), clause.version) if clause.verdict == "sanction" else None
    if v is None:
        return 0, 0
    marche = v.sinon.marche(cas.ecarts)
    return POIDS.get(marche.mesure, MOT_DU_LIEU), marche.duree_jours


POIDS = {TOLERANCE: 0, RAPPEL: 1, AVERTISSEMENT: 2, SUSPENSION: 4, EXCLUSION: 5}
MOT_DU_LIEU = 3


def _decide(decisive: Clause, reglement: Reglement, cas: Cas) -> dict[str, Any]:
    """What the clause that prevails makes of a case."""
    try:
        detail = _detail(decisive, reglement, cas)
    except NonDecidable as fault:
        return {"trouve": "illisible", "dit": (str(fault),)}
    if detail.get("kind") == TOLERANCE:
        return {"trouve": "aucune_sanction"}
    return {"trouve": SUITE[decisive.verdict], "detail": detail}


def _departage(regle: str, genre: Arbitrage, candidats: Sequence[tuple[str | int, Mesures]]) -> dict[str, Any]:
    """Who comes first among several demands; or who is to say so."""
    dits = [{nom: said for nom in genre.lit() if (said := lue(m, nom)) is not None} for _, m in candidats]
    rangs, par = arbitrer(genre.cles, dits)
    phrase = (f"{regle} : {genre.phrase()}",)
    if par is not None:
        return {"trouve": "a_valider", "detail": {"autorite": par}, "dit": phrase}
    return {"trouve": "priorite", "detail": {"gagnant": candidats[rangs[0]][0]}, "dit": phrase}


def _prevalent(versions: Sequence[Version]) -> list[Version]:
    """Of each kind, measure and period, the most specific: as ``Reglement.applicables`` has it."""
    best: dict[tuple[Any, ...], Version] = {}
    for v in versions:
        on = v.sur()
        if on not in best or v.rang() > best[on].rang():
            best[on] = v
    return sorted(best.values(), key=lambda v: v.regle)


def _detail(clause: Clause, reglement: Reglement, cas: Cas) -> dict[str, Any]:
    """What else the verdict says: who answers, or what the breach is worth (``NonDecidable``: cannot be worked out)."""
    v = reglement.version(RegleId(clause.regle), clause.version)
    if v is None:
        return {}
    if clause.verdict == "a_valider" and (asked := validation_de(v)):
        return {"autorite": asked.par}
    if clause.verdict != "sanction":
        return {}
    marche = v.sinon.marche(cas.ecarts)
    found: dict[str, Any] = {"kind": marche.mesure}
    if marche.duree_jours:
        found["duree_jours"] = marche.duree_jours
    for dit in marche.details:
        nom, _, valeur = dit.partition("=")
        found[nom] = _valeur(valeur)
    types = {nom: d.type for nom, d in reglement.faits.items()}
    for dit in marche.formules:
        nom, _, cel = dit.partition("=")
        found[nom] = formule(cel, cas.mesures.faits, types, ZONE)
    return found


def _valeur(texte: str) -> Any:
    if texte in {"oui", "non"}:
        return texte == "oui"
    return int(texte) if texte.lstrip("-").isdigit() else texte


def _phrase(clause: Clause, reglement: Reglement) -> str:
    v = reglement.version(RegleId(clause.regle), clause.version)
    if v is None or clause.verdict == "satisfaite":
        return f"{clause.regle} : respectée"
    return f"{clause.regle} : {v.genre.refus(clause.valeur, clause.sur)}"


def bilan(resultats: Sequence[Resultat]) -> dict[str, dict[str, tuple[int, int]]]:
    """How many are right, of how many: by clause (all its cases), by verdict expected, by category."""
    clauses: dict[str, bool] = {}
    categories: dict[str, set[str]] = {}
    verdicts: dict[str, list[bool]] = {}
    for r in resultats:
        clauses[r.clause] = clauses.get(r.clause, True) and r.juste
        categories.setdefault(r.categorie, set()).add(r.clause)
        verdicts.setdefault(r.attendu, []).append(r.juste)
    return {
        "clauses": {"toutes": (sum(clauses.values()), len(clauses))},
        "verdicts": {v: (sum(justes), len(justes)) for v, justes in sorted(verdicts.items())},
        "categories": {c: (sum(clauses[k] for k in ks), len(ks)) for c, ks in sorted(categories.items())},
    }


def reglement_de(fichier: Fichier) -> Reglement:
    """The rulebook that a file would make, by itself."""
    made = Reglement()
    for n, r in enumerate(fichier.regles, 1):
        made.applique(adoptee(r, 1), Note(n, f"fichier/{n}", "", "", "", None, "", None))
    made.faits = {d.fait: declare(d) for d in fichier.faits}
    return made
