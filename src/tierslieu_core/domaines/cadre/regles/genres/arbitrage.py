"""The kind that sets who comes first among several demands that want the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.conditions import en_mots
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.mesures import Fait

Sens = Literal["croissant", "decroissant", "oui_dabord", "non_dabord", "dans_l_ordre"]
DITS: Mapping[str, str] = {
    "croissant": "du plus petit (ou du plus ancien) au plus grand",
    "decroissant": "du plus grand (ou du plus récent) au plus petit",
    "oui_dabord": "oui d'abord", "non_dabord": "non d'abord", "dans_l_ordre": "",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Cle:
    """One thing by which demands are put in order; what is not told comes last."""

    fait: str
    sens: Sens = champ("dans quel sens", default="croissant")  # noqa: RUF009 - champ() is an attrs field
    ordre: tuple[str, ...] = champ("les mots, le premier servi d'abord (dans_l_ordre)", default=())
    par: str = champ("qui en décide, quand cela change qui vient en tête", default="")

    def range_(self, candidats: Sequence[Mapping[str, Fait]], ordre: list[int]) -> list[int]:
        """The same, in the order of this key; those that are equal stay as they were."""
        return sorted(ordre, key=lambda n: self._rang(candidats[n].get(self.fait)), reverse=self.sens == "decroissant")

    def _rang(self, dit: Fait | None) -> tuple[Any, ...]:
        match self.sens:
            case "oui_dabord":
                return (dit is not True, dit is None)
            case "non_dabord":
                return (dit is not False, dit is None)
            case "dans_l_ordre":
                mots = dit if isinstance(dit, tuple) else (dit,)
                return (min((self.ordre.index(m) for m in mots if m in self.ordre), default=len(self.ordre)),)
            case _:
                tu = (dit is None) != (self.sens == "decroissant")
                return (tu, dit if isinstance(dit, int) else 0, dit if isinstance(dit, str) else "")

    def phrase(self) -> str:
        """``ancienneté, du plus grand au plus petit``."""
        comment = DITS[self.sens] or liste([en_mots(m) for m in self.ordre], "puis")
        qui = f" (au jugement de {self.par})" if self.par else ""
        return f"{en_mots(self.fait)}, {comment}{qui}"


@attrs.frozen(kw_only=True)
class Arbitrage(Reglage):
    """Among several demands for the same thing, who comes first: by these keys in turn, then by order of asking."""

    NOM: ClassVar[str] = "arbitrage"
    cles: tuple[Cle, ...] = champ("ce qui départage, dans l'ordre")

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return tuple(c.fait for c in self.cles)

    def phrase(self) -> str:
        return f"entre plusieurs demandes : {' ; puis '.join(c.phrase() for c in self.cles)} ; puis l'ordre d'arrivée"

    def fautes(self) -> list[tuple[str, str]]:
        found = [] if self.cles else [("genre.cles", "ce qui départage, une clé au moins")]
        for n, c in enumerate(self.cles):
            if (c.sens == "dans_l_ordre") != bool(c.ordre):
                found.append((f"genre.cles[{n}].ordre", "les mots, pour « dans_l_ordre » et pour lui seul"))
        return found


def arbitrer(cles: Sequence[Cle], candidats: Sequence[Mapping[str, Fait]]) -> tuple[tuple[int, ...], str | None]:
    """The candidates (in the order of asking) by their number, who comes first first; and who is to decide, if any.

    A key at somebody's discretion is theirs to weigh when it would change who comes first; ``None``: nobody's.
    """
    for cle in (c for c in cles if c.par):
        avant = [c for c in cles if not c.par or cles.index(c) < cles.index(cle)]
        avec = [c for c in cles if c in avant or c is cle]
        if candidats and _ordre(avec, candidats)[0] != _ordre(avant, candidats)[0]:
            return _ordre(cles, candidats), cle.par
    return _ordre(cles, candidats), None


def _ordre(cles: Sequence[Cle], candidats: Sequence[Mapping[str, Fait]]) -> tuple[int, ...]:
    ordre = list(range(len(candidats)))
    for cle in reversed(cles):  # sorting is stable: the first key is applied last
        ordre = cle.range_(candidats, ordre)
    return tuple(ordre)
