"""À faire: all that falls due, over every area; read from the registers each time, and never recorded."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Instant

from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Verdict
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.oracle import Oracle
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.kernel.sentences import explained, filled
from tierslieu_core.kernel.suites import ECHEANCE, suite_key

if TYPE_CHECKING:
    from tierslieu_core.kernel.due import Due, Echeance
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu

JOURS = 30
"""How many days ahead people look, unless told."""


@attrs.frozen
class AFaire:
    """One thing to do. ``cle``: the key of the demand that does it; ``chose``: the tag of what it is about.

    ``avant``: who may act before it is due. ``verdict``: what its demand was answered already, when that did not settle
    the matter; ``raisons``: why.
    """

    quand: Instant
    phrase: str
    echeance: str
    titre: str
    chose: str
    cle: str
    commande: Any | None = None
    verdict: Verdict | None = None
    raisons: tuple[str, ...] = ()
    avant: str = ""

    @property
    def automatique(self) -> bool:
        """Whether ``tierslieu echeances`` can ask for it; if not, only a person can do it."""
        return self.commande is not None and self.verdict is None


def a_faire(lieu: Lieu, jusqu_au: Instant, maintenant: Instant) -> list[AFaire]:
    """What falls due until an instant, the oldest first, as it reads at ``maintenant``."""
    livre = lieu.livre
    if not livre.zone:
        return []
    x = Contexte(maintenant, maintenant, par="", cle="", livre=livre, oracle=Oracle(lieu.handler.source))
    speaker = lieu.speaker()
    found = [
        _said(echeance, due, ligne, speaker)
        for domaine in lieu.catalogue.domaines
        for echeance in domaine.echeances
        for ligne in lieu.registre(echeance.registre)
        for due in echeance.dues(ligne, x)
        if due.quand <= jusqu_au
    ]
    return sorted(_answered(lieu, speaker, found), key=lambda one: (one.quand, one.titre, one.phrase))


def _said(echeance: Echeance, due: Due, ligne: Any, speaker: Speaker) -> AFaire:
    fields = speaker.fields(ligne)
    return AFaire(
        due.quand, filled(due.phrase, fields), echeance.nom, echeance.titre, due.chose, _cle(echeance.nom, due),
        due.commande, avant=filled(due.avant, fields),
    )  # fmt: skip


def _cle(echeance: str, due: Due) -> str:
    """The key of its demand: the same for the same thing due at the same instant, so that it is asked once."""
    chose = sha256(due.chose.encode()).hexdigest()[:16]
    return suite_key(f"{ECHEANCE}{echeance}.{chose}.{due.quand.format_iso()}")


def _answered(lieu: Lieu, speaker: Speaker, found: list[AFaire]) -> Iterator[AFaire]:
    """What is still to do: not what was asked and accepted; what was refused, with its reasons."""
    wanted = [Selection((DECISION,), (f"cle:{one.cle}",), last=True) for one in found if one.commande is not None]
    answers = iter(select(lieu.recorder, wanted)[0])
    for one in found:
        rows = next(answers) if one.commande is not None else []
        decision = lieu.catalogue.decision(rows[0]) if rows else None
        if decision is None:
            yield one
        elif not _stands(lieu, one.cle, decision):
            why = tuple(explained(lieu.catalogue, lieu.livre, decision, speaker))
            yield attrs.evolve(one, verdict=decision.verdict, raisons=why)


def _stands(lieu: Lieu, cle: str, decision: DecisionRendue) -> bool:
    """Whether it was done: accepted, or already so, and not corrected since."""
    corriges = lieu.livre.corriges
    done = decision.verdict in ("accord", "sans_objet")
    return done and not any(f"{cle}/{n}" in corriges for n in range(1, decision.faits + 1))
