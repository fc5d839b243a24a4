"""The command line ``tierslieu``: everything that it knows, it reads from what the areas declare.

Exit codes: 0, accepted or already so; 1, a replay found differences; 2, what was asked cannot be read or opened
(nothing of it recorded); 3, refused, or waiting for a validation; 4, conflicts outlasted the retries: try again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

TRACE = "TIERSLIEU_TRACE"
"""The environment variable that shows where an unexpected error comes from, for those who write the program."""


INTERROMPU = "Interrompu. Ce qui a reçu une réponse est enregistré, le reste non."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code; whatever goes wrong is one message in French on stderr."""
    try:
        return _answered(argv)
    except KeyboardInterrupt:  # even while the program itself loads
        sys.stderr.write(f"{INTERROMPU}\n")
        return 130


def _answered(argv: Sequence[str] | None) -> int:
    from tierslieu_adapters.cli.program import run  # noqa: PLC0415 - as below
    from tierslieu_adapters.cli.screen import complain  # noqa: PLC0415 - loaded once the program runs
    from tierslieu_core.kernel.errors import Conflit, ErreurTiersLieu  # noqa: PLC0415 - as above

    try:
        return run(sys.argv[1:] if argv is None else list(argv))
    except Conflit as fault:
        complain(str(fault))
        return 4
    except ErreurTiersLieu as fault:
        complain(str(fault))
        return 2
    except (KeyboardInterrupt, EOFError):
        complain(INTERROMPU)
        return 130
    except BrokenPipeError:  # whoever was reading has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as fault:  # nobody at a counter should meet a traceback
        if os.environ.get(TRACE):
            raise
        complain(
            f"Le programme s'est trompé ({type(fault).__name__} : {fault}). Ce n'est pas votre faute : signalez-le à"
            f" qui s'en occupe, avec ce que dit la même commande lancée avec {TRACE}=1."
        )
        return 70
