"""An answer, for eyes and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierslieu_adapters.cli.screen import SIGNS
from tierslieu_adapters.cli.trial import changes_json, show_changes
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.vues.piste import VERDICTS, titre
from tierslieu_core.vues.recit.regles import ici

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.kernel.decisions import Clause, DecisionRendue, Reponse
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu

CLAUSES = {
    "satisfaite": ("✔", "green"),
    "refuse": ("✘", "red"),
    "a_valider": ("…", "yellow"),
    "indeterminee": ("?", "yellow"),
    "derogee": ("~", "cyan"),
    "levee": ("~", "cyan"),
    "sans_effet": ("·", "dim"),
    "sanction": ("!", "yellow"),
    "caduque": ("×", "red"),
}
"""The sign and the colour of each clause's verdict."""


def show(screen: Screen, lieu: Lieu, reponse: Reponse, speaker: Speaker, suite: str = "") -> None:
    """An answer as people read it; a trial shows every clause."""
    asked = titre(lieu.catalogue.demande(reponse.decision.commande).commande)
    trial = " (essai : rien n'est enregistré)" if reponse.essai else ""
    screen.verdict(reponse.verdict, f"{suite}{VERDICTS[reponse.verdict].capitalize()} : {asked}{trial}")
    for fait in reponse.evenements:
        screen.say(f"{speaker.phrase(fait)}.", indent=2)
    reasons(screen, lieu, reponse.decision, speaker, every=reponse.essai)
    if not reponse.essai:
        screen.say(f"clé {reponse.cle}", "dim", indent=2)
    for after in telling(reponse):
        show(screen, lieu, after, speaker, "Suite — ")
    if reponse.essai and not suite:
        show_changes(screen, lieu, reponse, speaker)


def telling(reponse: Reponse) -> list[Reponse]:
    """What an answer led to, without the suites that found it so already: they are noise to people."""
    return [one for one in reponse.suites if one.verdict != "sans_objet"]


def outcome(lieu: Lieu, reponse: Reponse) -> tuple[str, str]:
    """An answer in two cells: the verdict with its sign, then what happened and what followed, or why it did not."""
    said = [f"{lieu.speaker().phrase(fait)}." for fait in reponse.evenements] or reponse.explication[:1]
    what = titre(lieu.catalogue.demande(reponse.decision.commande).commande)
    after = [f"Suite, {' : '.join(outcome(lieu, one))}" for one in telling(reponse)]
    return f"{SIGNS[reponse.verdict][0]} {VERDICTS[reponse.verdict]}", " ".join([" ".join(said) or what, *after])


def reasons(screen: Screen, lieu: Lieu, decision: DecisionRendue, speaker: Speaker, *, every: bool) -> None:
    """Why: the refusal, the clauses (``every`` one, or those that did not simply pass), the way out."""
    refus = refusal(lieu.catalogue, decision)
    if refus is not None:
        screen.say(speaker.phrase(refus), indent=2)
    clauses(screen, lieu, (c for c in decision.clauses if every or c.verdict != "satisfaite"))
    if refus is not None:
        screen.say(f"→ {speaker.issue(refus)}", "italic", indent=2)


def clauses(screen: Screen, lieu: Lieu, which: Iterable[Clause]) -> None:
    """One line for each clause, with the sign of its verdict."""
    for clause in which:
        sign, colour = CLAUSES[clause.verdict]
        screen.say(f"{sign} {lieu.livre.phrase(clause)}{_measured(lieu, clause)}", colour, indent=2)


def _measured(lieu: Lieu, clause: Clause) -> str:
    """What a rule that is kept measured, where that is a number."""
    version = lieu.livre.version(clause)
    said = "" if version is None else ici(clause, version)
    return f" Ici, {said}." if said else ""


def as_json(lieu: Lieu, reponse: Reponse, speaker: Speaker, *, changes: bool = False) -> dict[str, Any]:
    """An answer as JSON: the same keys whatever the verdict. ``changes``: with what a trial would change."""
    decision, note = reponse.decision, reponse.note
    return {
        "verdict": reponse.verdict,
        "commande": decision.commande,
        "cle": reponse.cle,
        "par": note.par,
        "pour": note.pour,
        "mandat": note.mandat,
        "survenu_le": note.survenu_le,
        "enregistre_le": None if reponse.essai else note.enregistre_le,
        "position": reponse.position,
        "essai": reponse.essai,
        "refus": None if decision.motif is None else decision.motif.refus,
        "explication": list(reponse.explication),
        "clauses": clauses_json(lieu, decision.clauses),
        "faits": [_fact(lieu, fait, speaker) for fait in reponse.evenements],
        "suites": [as_json(lieu, one, speaker) for one in reponse.suites],
        "changements": changes_json(lieu, reponse, speaker) if reponse.essai and changes else None,
    }


def clauses_json(lieu: Lieu, which: Iterable[Clause]) -> list[dict[str, Any]]:
    """Each clause with what it measured, its limit and its sentence."""
    return [
        {
            "regle": c.regle, "version": c.version, "verdict": c.verdict, "valeur": c.valeur, "limite": c.limite,
            "sur": c.sur, "derogation": c.derogation, "phrase": lieu.livre.phrase(c),
        }
        for c in which
    ]  # fmt: skip


def _fact(lieu: Lieu, fait: Any, speaker: Speaker) -> dict[str, Any]:
    return {
        "fait": fiche(fait).nom,
        "phrase": speaker.phrase(fait),
        "champs": plain(lieu.catalogue, speaker, fait),
    }
