"""What is shown: colours and tables on a terminal, plain alined text in a file or a pipe, JSON for programs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

SIGNS = {
    "accord": ("✔", "green"),
    "sans_objet": ("=", "cyan"),
    "a_valider": ("…", "yellow"),
    "refus": ("✘", "red"),
}
"""The sign and the colour of each verdict."""
CONTROLS = {n: "·" for n in (*range(32), *range(127, 160)) if n != ord("\n")}
"""What a text typed by someone could do to a terminal, besides being read."""
GLUED = re.compile(r" (?=[:;!?»])|(?<=«) ")
"""The spaces of French that no line ends with."""


def terminal(stream: TextIO) -> bool:
    """Whether someone looks at it; ``FORCE_COLOR`` says yes, ``TERM=dumb`` no."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """A rich console that shows texts as they are: no markup, no guessing of what to colour."""
    from rich.console import Console  # noqa: PLC0415 - only for eyes: a pipe does without it

    return Console(file=stream, markup=False, highlight=False, emoji=False, force_terminal=terminal(stream) or None)


def complain(message: str) -> None:
    """One error message, on stderr."""
    sys.stdout.flush()
    head, _, rest = message.partition("\n")
    if not terminal(sys.stderr):
        sys.stderr.write(f"{message}\n")
        return
    from rich.text import Text  # noqa: PLC0415 - only for eyes

    out = console(sys.stderr)
    out.print(Text.assemble(("✘ ", "red bold"), (head, "bold")))
    if rest:
        out.print(Text(rest))


def program() -> str:
    """How to run this program from here: its name when the shell finds it, else its path."""
    if shutil.which("tierslieu"):
        return "tierslieu"
    mine = Path(sys.executable).with_name("tierslieu")
    if not mine.exists():
        return f"{sys.executable} -m tierslieu_adapters.cli"
    return str(mine.relative_to(Path.cwd()) if mine.is_relative_to(Path.cwd()) else mine)


class Screen:
    """Where answers go: one stream."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.rich = terminal(self.stream)

    @cached_property
    def console(self) -> Console:
        """For what only a terminal can show."""
        return console(self.stream)

    def say(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, indented by ``indent`` columns."""
        text = text.translate(CONTROLS)
        if not self.rich:
            margin = " " * indent
            print("\n".join(margin + line if line else "" for line in text.split("\n")), file=self.stream)
            return
        from rich.padding import Padding  # noqa: PLC0415 - only for eyes
        from rich.text import Text  # noqa: PLC0415 - as above

        if not text:
            self.console.print()
            return
        width = max(20, self.console.width - indent)
        hang = 2 if text[1:2] == " " else 0  # what opens with a sign goes on below its text
        for n, line in enumerate(_filled(text, width, hang)):
            left = indent + (hang if n else 0)
            self.console.print(Padding(Text(line, style=style), (0, 0, 0, left), expand=False))

    def title(self, text: str) -> None:
        """What follows, named."""
        self.say(text, "bold")

    def verdict(self, verdict: str, text: str) -> None:
        """A sentence that opens with the sign of a verdict."""
        sign, colour = SIGNS[verdict]
        self.say(f"{sign} {text}", f"{colour} bold")

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table, whose first column names each row."""
        rows = [[cell.translate(CONTROLS).replace("\n", " / ") for cell in row] for row in rows]
        if not self.rich:
            self._aligned(columns, rows)
            return
        from tierslieu_adapters.cli.tables import show  # noqa: PLC0415 - only for eyes

        show(self.console, columns, rows)

    def json(self, value: Any, *, line: bool = False) -> None:
        """One JSON value: on one line for programs, laid out when someone looks and did not ask for a line."""
        data = msgspec.json.encode(value)
        if self.rich and not line:
            self.console.print_json(data.decode(), indent=2, ensure_ascii=False)
            return
        print(data.decode(), file=self.stream, flush=line)

    def _aligned(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        everything = [columns, *rows]
        widths = [max(len(line[n]) for line in everything) for n in range(len(columns))]
        for line in everything:
            row = "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True))
            print(row.rstrip(), file=self.stream)


def _filled(text: str, width: int, hang: int) -> list[str]:
    """Its lines, none wider than ``width`` nor opening with a colon; what is laid out by hand stays so."""
    from textwrap import wrap  # noqa: PLC0415 - only for eyes

    if "\n" in text:
        return [text]
    glued = GLUED.sub("\u00a0", text)
    first = wrap(glued, width) or [""]
    lines = [first[0], *wrap(glued[len(first[0]) :].lstrip(), width - hang)] if len(first) > 1 else first
    return [line.replace("\u00a0", " ") for line in lines]


class Advance:
    """A progress bar on stderr, when someone looks; what it gives is told how far, of how much."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Progress | None = None

    def __enter__(self) -> Callable[[int, int], None]:
        if not terminal(sys.stderr):
            return lambda _done, _total: None
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - only for eyes

        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console(sys.stderr), transient=True,
        )  # fmt: skip
        task = self._bar.add_task(self._title, total=None)
        self._bar.start()
        bar = self._bar
        return lambda done, total: bar.update(task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
