"""The words of the finance body's own journal: what it names, and the tags by which its facts are found."""

from __future__ import annotations

from typing import NewType

ExerciceId = NewType("ExerciceId", str)
LigneId = NewType("LigneId", str)
EngagementId = NewType("EngagementId", str)
FactureId = NewType("FactureId", str)
TiersId = NewType("TiersId", str)
"""A person, as the place's journal identifies them: they need not be registered here, nor named."""

SEULES = frozenset({"finances"})
"""Who may ask anything of the finances."""


def exercice(lequel: ExerciceId) -> str:
    """A budget year: its vote."""
    return f"exercice:{lequel}"


def ligne(laquelle: LigneId) -> str:
    """A line of budgets, from year to year."""
    return f"ligne:{laquelle}"


def compte(laquelle: LigneId, lequel: ExerciceId) -> str:
    """One line in one year: the bucket that commitments are decided in."""
    return f"ligne:{laquelle}@{lequel}"


def engagement(lequel: EngagementId) -> str:
    """The life of one commitment."""
    return f"engagement:{lequel}"


def facturable(nature: str) -> str:
    """What is to be invoiced of one kind of facts, and how far they were received."""
    return f"facturable:{nature}"


def reference(laquelle: str) -> str:
    """The life of one billable fact, known by its identifier in the place's journal."""
    return f"reference:{laquelle}"


def facture(laquelle: FactureId) -> str:
    """The life of one invoice."""
    return f"facture:{laquelle}"


def attestation(qui: TiersId, nature: str) -> str:
    """What is attested of a person, in one word."""
    return f"attestation:{qui}~{nature}"


LIEU = "lieu"
"""Which place's finances these are."""
