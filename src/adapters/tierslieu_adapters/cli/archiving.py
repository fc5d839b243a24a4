"""``archiver`` and ``archive``: a period is closed into a file that verifies by itself; and such a file is verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from tierslieu_adapters.archives import archiver as archived
from tierslieu_adapters.archives import fautes
from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.asking import REFUSE
from tierslieu_adapters.cli.reading import Ici, Json, day_of
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.fichiers import raison
from tierslieu_core.echeancier import seul_concierge
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.francais import date

Par = Annotated[
    str | None,
    Parameter(
        env_var=PAR, show_env_var=False, metavar="PERSONNE",
        help=f"au nom de qui demander (sinon la variable {PAR}, sinon l'unique concierge)",
    ),
]  # fmt: skip
ALTEREE = 1


def archiver(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[Path, Parameter(name="FICHIER", help="où écrire l'archive : quai-2026.zip, par exemple")],
    /,
    *,
    au: Annotated[str, Parameter(metavar="AAAA-MM-JJ", help="dernier jour de la période")],
    du: Annotated[
        str | None, Parameter(metavar="AAAA-MM-JJ", help="premier jour ; sinon, à la suite de ce qui est archivé")
    ] = None,
    en_clair: Annotated[
        bool, Parameter(help="avec les noms et les mots des gens : l'oubli d'une personne n'atteint pas l'archive")
    ] = False,
    par: Par = None,
    session: Ici,
) -> int:
    """Archiver une période et la clore : un fichier qui se vérifie tout seul, et plus rien ne s'y date.

    Finit par 3 si le lieu s'y oppose : rien n'est alors ni écrit ni clos.
    """
    lieu = session.founded()
    last = day_of("--au", au) or lieu.aujourdhui
    if fichier.exists():
        raise DemandeInvalide(f"« {fichier} » existe déjà : une archive ne s'écrit pas par-dessus un autre fichier.")
    try:
        reponse = archived(lieu, fichier, last, par=who(session, par), du=day_of("--du", du), en_clair=en_clair)
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne peut pas être écrit : {raison(fault)}.") from None
    show(session.screen, lieu, reponse, lieu.speaker())
    if not reponse.acceptee:
        return REFUSE
    session.screen.say(
        f"L'archive est dans {fichier}. Notez son empreinte ailleurs, sur papier par exemple ;", indent=2
    )
    session.screen.say("pour la vérifier, aujourd'hui ou dans dix ans : tierslieu archive verifier FICHIER", indent=2)
    return 0


def archive(
    quoi: Annotated[Literal["verifier"], Parameter(name="QUOI", help="verifier")],
    fichier: Annotated[Path, Parameter(name="FICHIER", help="l'archive")],
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Vérifier une archive : que pas un octet n'y a changé, et qu'elle est bien de ce lieu, s'il est là.

    Finit par 1 si elle n'est plus sûre. Sans ce programme : python3 verifier.py ARCHIVE.zip, qu'elle contient.
    """
    del quoi
    try:
        octets = fichier.read_bytes()
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne se lit pas : {raison(fault)}.") from None
    found, empreinte = fautes(octets), Empreinte.de(octets)
    known = _known(session, empreinte)
    if en_json:
        session.screen.json({"fautes": found, "empreinte": str(empreinte), "du_lieu": known is not None})
        return ALTEREE if found else 0
    for faute in found:
        session.screen.verdict("refus", f"{faute}.")
    if found:
        session.screen.say("Cette archive n'est plus sûre : reprenez-en une autre copie.")
        return ALTEREE
    session.screen.verdict("accord", "Pas un octet n'a changé.")
    session.screen.say(f"empreinte {empreinte}", "dim", indent=2)
    session.screen.say(known or "Ce journal-ci ne la connaît pas : comparez l'empreinte à celle que vous avez notée.")
    return 0


def _known(session: Session, empreinte: Empreinte) -> str | None:
    """What the place's journal says of an archive; ``None`` when it says nothing, or is not there."""
    if session.missing() or not session.place().livre.zone:
        return None
    rows = session.place().registre("archives", filtre={"empreinte": empreinte})
    return next((f"C'est l'archive de ce lieu, du {date(r.du)} au {date(r.au)}." for r in rows), None)


def who(session: Session, par: str | None) -> str:
    """In whose name: as told, else whoever is alone to be concierge."""
    lieu = session.founded()
    return person_of(lieu, par) if par else seul_concierge(lieu)
