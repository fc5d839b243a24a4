"""``exporter``: a register, in the form that another program reads."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, day_of, found
from tierslieu_adapters.fichiers import raison
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte


def exporter(  # noqa: PLR0913 - the options of the command
    format_: Annotated[str, Parameter(name="FORMAT", help="la forme du fichier : csv, ics (un agenda)…")],
    registre: Annotated[str, Parameter(name="REGISTRE", help="le registre à exporter")],
    fichier: Annotated[
        Path | None, Parameter(name="FICHIER", help="où l'écrire ; sans lui, sur la sortie standard")
    ] = None,
    /,
    *,
    au: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce qui était vrai ce jour-là")] = None,
    connu_le: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce qu'on en savait ce jour-là")] = None,
    remplacer: Annotated[bool, Parameter(help="écrire par-dessus un fichier qui existe déjà")] = False,
    session: Ici,
) -> None:
    """Exporter un registre vers un tableur ou un autre logiciel, données personnelles ouvertes comprises."""
    export = plugins.one("tierslieu.exporters", format_, "Format")
    nom = found(session, registre).nom
    if fichier is not None and fichier.exists() and not remplacer:
        raise DemandeInvalide(f"« {fichier} » existe déjà : donnez un autre nom, ou ajoutez --remplacer.")
    text = StringIO(newline="")  # whole first: what cannot be read leaves no half-written file
    rows = export(session.founded(), nom, text, au=day_of("--au", au), connu_le=day_of("--connu-le", connu_le))
    if fichier is None:
        sys.stdout.write(text.getvalue())
        return
    try:
        fichier.write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne peut pas être écrit : {raison(fault)}.") from None
    session.screen.verdict("accord", f"{compte(rows, 'ligne')} du registre « {nom} » dans {fichier}.")
