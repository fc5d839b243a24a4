"""Expressions: rules that a place writes itself, in CEL, behind a guard. The engine is the extra ``cel``.

Without it, a journal that holds such rules opens, reads and prints; to decide under them says what to install.
"""

from __future__ import annotations

from collections.abc import Mapping

from tierslieu_adapters.expressions.genre import ClauseNommee, Expression, fautes_de_formule, formule
from tierslieu_adapters.expressions.moteur import ExtraAbsent, NonDecidable

GENRES: Mapping[str, type] = {Expression.NOM: Expression}

__all__ = ["GENRES", "ClauseNommee", "Expression", "ExtraAbsent", "NonDecidable", "fautes_de_formule", "formule"]
