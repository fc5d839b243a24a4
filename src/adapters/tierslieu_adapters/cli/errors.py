"""What cyclopts could not read, said in French with the way out."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cyclopts import CycloptsError, MissingArgumentError, RepeatArgumentError, UnknownCommandError, UnknownOptionError

from tierslieu_core.kernel.errors import DemandeInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def french(fault: CycloptsError, commands: Iterable[str], usage: str) -> DemandeInvalide:
    """The same error for people; ``usage``: how to ask for help."""
    match fault:
        case UnknownCommandError():
            word = (fault.unused_tokens or ["?"])[0]
            said = f"Commande inconnue : « {word} ».{near(word, commands)}"
        case UnknownOptionError():
            word = fault.token.keyword or fault.token.value
            names = [name for argument in fault.argument_collection for name in argument.names]
            said = f"Option inconnue : {word}.{near(word, names)}"
        case RepeatArgumentError():
            said = f"{fault.token.keyword} est donnée deux fois."
        case MissingArgumentError():
            said = _missing(fault)
        case _ if fault.unused_tokens:
            said = f"Que faire de « {' '.join(fault.unused_tokens)} » ? Cette commande n'en attend pas tant."
        case _:
            argument = fault.argument.name if fault.argument is not None else ""
            token = getattr(fault, "token", None)
            given = f" : « {token.value} »" if token is not None else ""
            said = f"{argument or 'Une valeur'} ne peut pas se lire{given}."
    return DemandeInvalide(f"{said}\n  Pour voir ce qui est attendu : {usage} --help")


def as_options(fault: DemandeInvalide, names: Mapping[str, str], usage: str) -> DemandeInvalide:
    """The same faults, told as options (``names``, by field), and how to see them all when one is missing."""
    told = [(names.get(where, where), what) for where, what in fault.erreurs]
    missing = any(what.startswith("manque") for _, what in told)
    said = str(DemandeInvalide(fault.titre, told))
    return DemandeInvalide(f"{said}\n  Pour voir ce qui est attendu : {usage} --help" if missing else said)


def near(word: str, known: Iterable[str]) -> str:
    """The nearest names, as a question; nothing when none is near."""
    alike = [k for k in known if k.startswith("-") == word.startswith("-")]
    close = get_close_matches(word, alike, cutoff=0.6)
    return f" Vouliez-vous dire : {', '.join(dict.fromkeys(close))} ?" if close else ""


def _missing(fault: MissingArgumentError) -> str:
    argument = fault.argument
    assert argument is not None  # noqa: S101 - cyclopts always names what is missing
    if fault.keyword is not None or argument.tokens:
        return f"{fault.keyword or argument.name} attend une valeur."
    return f"Il manque {argument.name}."
