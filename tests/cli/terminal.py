"""The real command at a real terminal, a hundred columns wide."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from collections.abc import Sequence

from tests.cli.conftest import COMPILE, Cli

SILENCE_S = 0.6
"""How long the program must say nothing, once it has said something, to be taken to wait for an answer."""
COULEUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def au_terminal(cli: Cli, *argv: str, reponses: Sequence[str] = (), lieu: str = "quai.db") -> tuple[int, str]:
    """Exit code and screen, without its colours; each answer is typed when the program waits."""
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
    answers, said = list(reponses), b""
    while True:
        quiet = said.rstrip(b" ").endswith((b":", b"]"))
        ready, _, _ = select.select([fd], [], [], SILENCE_S if answers and quiet else 30)
        if not ready:
            assert answers, f"le programme attend une réponse que personne ne donne : {said.decode()}"
            answer = answers.pop(0)
            os.write(fd, answer.encode() if answer == "\x04" else f"{answer}\n".encode())
            continue
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
