"""The real command at a real terminal, a hundred columns wide."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from collections.abc import Sequence

from tests.cli.conftest import COMPILE, Cli

PATIENCE_S = 60
"""After so long without a word, the program waits for an answer that the test forgot."""
FIN = "\x04"
"""Ctrl-D: nothing more will be typed."""
COULEUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def au_terminal(cli: Cli, *argv: str, reponses: Sequence[str] = (), lieu: str = "quai.db") -> tuple[int, str]:
    """Exit code and screen, without its colours; the answers are typed ahead."""
    code, screen = en_couleurs(cli, *argv, reponses=reponses, lieu=lieu)
    return code, COULEUR.sub("", screen)


def en_couleurs(cli: Cli, *argv: str, reponses: Sequence[str] = (), lieu: str = "quai.db") -> tuple[int, str]:
    """The same, colours included."""
    pid, fd = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes the program
        os.chdir(cli.dossier)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("TIERSLIEU_", "FORCE_COLOR", "NO_COLOR"))}
        env |= {"COLUMNS": "100", "LINES": "50", "TERM": "xterm-256color", **COMPILE, **cli.env}
        command = [sys.executable, "-m", "tierslieu_adapters.cli", "--lieu", lieu, *argv]
        os.execve(sys.executable, command, env)  # noqa: S606 - the program itself
    # Typed ahead, as one may: the terminal keeps each line until the program asks for it.
    os.write(fd, "".join(one if one == FIN else f"{one}\n" for one in reponses).encode())
    said = b""
    while True:
        ready, _, _ = select.select([fd], [], [], PATIENCE_S)
        assert ready, f"le programme attend une réponse que personne ne donne : {said.decode()}"
        try:
            data = os.read(fd, 65_536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not data:
            break
        said += data
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    screen = said.decode().replace("\r\n", "\n")
    assert "Traceback" not in screen, screen
    return os.waitstatus_to_exitcode(status), screen
