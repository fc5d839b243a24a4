"""Help as the people of a place read it: French headings, one option a line, no frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

REQUIRED = "obligatoire"
"""The word at the head of the help of what must be given."""
FILLED = re.compile(r"(?<=\S)\n(?=\S)")
"""The end of a line that a paragraph goes on after."""
HIDDEN = frozenset({"--help", "-h", "--version"})


class French:
    """cyclopts' HelpFormatter."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:  # noqa: ARG002 - as cyclopts asks
        """The first line."""
        from rich.text import Text  # noqa: PLC0415 - only when help is asked

        said = str(usage).strip().removeprefix("Usage: ").replace("[ARGS]", "[ARGUMENT]")
        if said:
            console.print(Text.assemble(("Usage : ", "bold"), (said, "cyan")))

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:  # noqa: ARG002 - as cyclopts asks
        """What the command is for: paragraphs are filled again, what is indented is left as it is."""
        said = _plain(description, console)
        if said:
            console.print()
            console.print(FILLED.sub(" ", said))

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:  # noqa: ARG002 - as cyclopts asks
        """One heading with its entries."""
        from rich.table import Table  # noqa: PLC0415 - only when help is asked
        from rich.text import Text  # noqa: PLC0415 - as above

        entries = [e for e in panel.entries if not HIDDEN.intersection(e.all_options)]
        if not entries:
            return
        console.print()
        console.print(Text(str(panel.title), style="bold"))
        widest = max(24, console.width // 2)
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="cyan", overflow="fold", max_width=widest)
        table.add_column(overflow="fold")
        for entry in entries:
            table.add_row(_within(_name(entry), widest - 2), _described(entry, console))
        console.print(table)


def _name(entry: HelpEntry) -> str:
    label = entry.positional_label or entry.all_options[0]
    negative = f" / {entry.negative_names[0]}" if entry.negative_names and not entry.positional_label else ""
    metavar = "|".join(entry.choices) if entry.choices else entry.metavar
    value = f" {metavar}" if metavar and not entry.positional_label else ""
    return f"{label}{negative}{value}"


def _within(name: str, width: int) -> str:
    """The name, its value on a line of its own when both are too wide: a name is never cut in its middle."""
    return "  " + (name if len(name) <= width else name.replace(" ", "\n    ", 1))


def _described(entry: HelpEntry, console: Console) -> Any:
    from rich.text import Text  # noqa: PLC0415 - only when help is asked

    plain = _plain(entry.description, console)
    if plain.startswith(REQUIRED):
        return Text.assemble((REQUIRED, "yellow"), plain.removeprefix(REQUIRED))
    return Text(plain)


def _plain(said: Any, console: Console) -> str:
    """The text of whatever cyclopts made of a docstring."""
    from rich.text import Text  # noqa: PLC0415 - only when help is asked

    with console.capture() as capture:
        console.print(said or "", end="", soft_wrap=True)
    return Text.from_ansi(capture.get()).plain.strip()
