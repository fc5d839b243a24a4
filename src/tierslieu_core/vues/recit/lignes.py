"""A story as chapters of lines: what a terminal colours, and a text prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from tierslieu_core.vocabulaire.francais import compte, date, liste
from tierslieu_core.vues.recit.mesures import BREF, Dit

if TYPE_CHECKING:
    from tierslieu_core.vues.recit.recit import Recit
    from tierslieu_core.vues.recit.regles import ClauseDite

SIGNES = {"accord": "✔", "sans_objet": "=", "a_valider": "…", "refus": "✘"}
CLAUSES = {
    "satisfaite": "✔", "refuse": "✘", "a_valider": "…", "indeterminee": "?", "derogee": "~", "levee": "~",
    "sans_effet": "·", "sanction": "!", "caduque": "×",
}  # fmt: skip
"""The sign of each verdict: of a decision, of a clause."""
PASSE = frozenset({"satisfaite", "sans_effet"})
"""The clauses that change nothing: told last, and shortly."""


@attrs.frozen
class Ligne:
    """One line. ``ton``: a verdict that colours it, ``discret``, ``issue``, or nothing; ``marge``: in columns."""

    texte: str
    ton: str = ""
    marge: int = 2


@attrs.frozen
class Chapitre:
    """A title and its lines; the first chapter has the verdict for title, whose ``ton`` it says."""

    titre: str
    lignes: tuple[Ligne, ...]
    ton: str = ""

    def __str__(self) -> str:
        return "\n".join([self.titre, *(f"{' ' * one.marge}{one.texte}" for one in self.lignes)])


def chapitres(r: Recit, *, tout: bool = False) -> list[Chapitre]:
    """The story, chapter by chapter; ``tout``: with what the rest says too, and all of what is long."""
    verdict = r.decision.verdict
    found = [
        Chapitre(f"{SIGNES[verdict]} {r.trace.commande} : {r.trace.verdict}", tuple(_entete(r)), verdict),
        Chapitre("Ce qui était demandé", tuple(_dits(r.demande, tout=tout))),
        Chapitre("Ce que l'on savait", tuple(_dits(r.mesures if tout else _propres(r), tout=tout))),
        Chapitre("Ce que les règles ont dit", tuple(_clauses(r.clauses, tout=tout))),
        Chapitre("Ce qui a été décidé", tuple(_decide(r, tout=tout))),
        Chapitre("Ce qui a suivi", tuple(_suivi(r, tout=tout))),
        Chapitre("Ce qui peut se faire", tuple(Ligne(f"→ {one}", "issue") for one in r.possible)),
        Chapitre("Et aujourd'hui", tuple(_aujourdhui(r))),
    ]
    return [one for one in found if one.lignes]


def _entete(r: Recit) -> Iterator[Ligne]:
    t = r.trace
    qui = f"{t.par} ({t.en_tant_que})" if t.en_tant_que else t.par
    pour = f", pour {t.pour}" if t.pour else ""
    yield Ligne(f"{t.quand}, par {qui}{pour}", "discret", 0)
    yield from (Ligne(one, "discret", 0) for one in r.autour)


def _dits(dits: Iterable[Dit], *, tout: bool) -> Iterator[Ligne]:
    yield from (Ligne(str(dit) if tout or not dit.bref else f"{dit.libelle} : {dit.bref}") for dit in dits)


def _propres(r: Recit) -> Iterator[Dit]:
    """What the demand does not say by itself; of a series, from the first use to the last."""
    noms: dict[str, list[Dit]] = {}
    for dit in r.mesures:
        noms.setdefault(dit.nom, []).append(dit)
    for first, *others in noms.values():
        if not first.demande:
            bref = f"de {first.valeur} à {others[-1].valeur}, selon l'usage" if others else ""
            yield attrs.evolve(first, bref=bref)


def _clauses(clauses: Iterable[ClauseDite], *, tout: bool) -> Iterator[Ligne]:
    """Those that do not simply pass first; where a rule comes from is told of those, and of all when asked."""
    found = list(clauses) if tout else _groupees(clauses)
    for c in sorted(found, key=lambda c: c.clause.verdict in PASSE):
        verdict = c.clause.verdict
        ici = f" Ici, {c.ici}." if c.ici else ""
        fois = f" ({compte(c.fois, 'fois', 'fois')})" if c.fois > 1 else ""
        yield Ligne(f"{CLAUSES[verdict]} {c.phrase}{ici}{fois}", verdict)
        yield from _autour(c, tout=tout or verdict not in PASSE)


def _groupees(clauses: Iterable[ClauseDite]) -> list[ClauseDite]:
    """Those of a rule that passes alike for several uses, as one."""
    found: dict[object, ClauseDite] = {}
    for c in clauses:
        passe = c.clause.verdict in PASSE
        une = (c.clause.regle, c.clause.version, c.clause.verdict) if passe else c.clause
        avant = found.get(une)
        found[une] = c if avant is None else attrs.evolve(avant, ici="", fois=avant.fois + c.fois)
    return list(found.values())


def _autour(c: ClauseDite, *, tout: bool) -> Iterator[Ligne]:
    if c.derogation is not None:
        yield Ligne(f"C'est la {c.derogation}.", "discret", 4)
    if tout and c.leve:
        yield Ligne(f"C'est une exception à {liste([f'« {regle} »' for regle in c.leve])}.", "discret", 4)
    if tout and c.provenance is not None:
        portee = f"Elle vaut {c.portee} ; " if c.portee else "Elle a été "
        yield Ligne(f"{portee}{c.provenance}.", "discret", 4)
    for autre in c.ecartees:
        yield Ligne(f"Elle l'emporte sur {autre}.", "discret", 4)


def _decide(r: Recit, *, tout: bool) -> Iterator[Ligne]:
    if r.motif is not None:
        yield Ligne(r.motif)
    yield from _premieres([Ligne(str(fait)) for fait in r.faits], tout=tout)
    if r.motif is None and not r.faits:
        yield Ligne(RIEN[r.decision.verdict])


RIEN = {
    "sans_objet": "C'était déjà ainsi : rien n'a changé.",
    "a_valider": "Une personne ou une instance doit en juger : rien n'a changé encore.",
    "accord": "Rien n'a changé.",
}


def _suivi(r: Recit, *, tout: bool) -> Iterator[Ligne]:
    """The suites that changed something, then what happened later."""
    for t in r.suites:
        if tout or t.verdict != "déjà ainsi":
            yield Ligne(f"Aussitôt : {t.commande}, {t.verdict}. {' '.join(t.phrases)}".strip())
    depuis = [Ligne(f"{date(one.le)}, par {one.par} : {one.phrase}") for one in r.depuis]
    yield from _premieres(depuis, tout=tout)


def _premieres(lignes: list[Ligne], *, tout: bool) -> Iterator[Ligne]:
    """All of them, or the first ones and how many others there are."""
    told = lignes if tout or len(lignes) <= BREF + 1 else lignes[:BREF]
    yield from told
    if len(told) < len(lignes):
        yield Ligne(f"Et {len(lignes) - len(told)} autres faits (avec --tout)", "discret")


def _aujourdhui(r: Recit) -> Iterator[Ligne]:
    told = r.aujourdhui
    if told.verdict is not None or r.decision.verdict != "accord":
        yield Ligne(str(told), told.verdict or "" if told.autrement else "")
    yield from (Ligne(one, "discret", 4) for one in told.change)
