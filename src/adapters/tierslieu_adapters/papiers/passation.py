"""``passation`` and ``signer``: the document that hands the place over, and the two who sign it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.archiving import Par, who
from tierslieu_adapters.cli.asking import REFUSE
from tierslieu_adapters.cli.reading import Ici, day_of
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.fichiers import raison
from tierslieu_core.domaines.memoire.documentation import OuvrirPassation, SignerPassation
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import PassationId, PersonneId

if TYPE_CHECKING:
    from tierslieu_adapters.cli.session import Session
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu


def passation(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[
        Path | None, Parameter(name="FICHIER", help="où l'écrire : passation.md ; sans lui, sur la sortie standard")
    ] = None,
    /,
    *,
    depuis: Annotated[
        str | None, Parameter(metavar="AAAA-MM-JJ", help="ce qui a changé depuis ; sinon, depuis la dernière passation")
    ] = None,
    a: Annotated[str | None, Parameter(metavar="PERSONNE", help="qui arrive : ouvre la passation, à signer")] = None,
    de: Annotated[str | None, Parameter(metavar="PERSONNE", help="qui part ; sinon, qui demande")] = None,
    le: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="quel jour ; sinon, aujourd'hui")] = None,
    par: Par = None,
    session: Ici,
) -> int:
    """Écrire le document qui transmet le lieu : ce qui presse, ce qui court, les gens, les règles et pourquoi.

    Avec --a, la passation s'ouvre : qui part et qui arrive signent ensuite ce fichier-là (tierslieu signer).
    """
    lieu = session.founded()
    if a is not None and fichier is None:
        raise DemandeInvalide("Une passation se signe sur un fichier : dites où l'écrire, par exemple passation.md")
    if fichier is not None and fichier.exists():
        raise DemandeInvalide(f"« {fichier} » existe déjà : donnez un autre nom.")
    texte = lieu.passation(day_of("--depuis", depuis))
    if fichier is None:
        sys.stdout.write(texte)
        return 0
    octets = texte.encode()
    try:
        fichier.write_bytes(octets)
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne peut pas être écrit : {raison(fault)}.") from None
    if a is None:
        session.screen.verdict("accord", f"La passation est dans {fichier}. Pour l'ouvrir à signer : --a PERSONNE")
        return 0
    demandeur = who(session, par)
    ouvrir = OuvrirPassation(
        sortant=PersonneId(person_of(lieu, de) if de else demandeur), entrant=PersonneId(person_of(lieu, a)),
        le=day_of("--le", le) or lieu.aujourdhui, empreinte=Empreinte.de(octets),
    )  # fmt: skip
    return _told(
        session, lieu, lieu.executer(ouvrir, par=demandeur), f"À signer tous deux : tierslieu signer {fichier}"
    )


def signer(
    fichier: Annotated[Path, Parameter(name="FICHIER", help="le document que l'on a lu")],
    /,
    *,
    par: Par = None,
    session: Ici,
) -> int:
    """Signer une passation, qui part ou qui arrive : le document que l'on a lu, et pas un autre."""
    lieu = session.founded()
    try:
        empreinte = Empreinte.de(fichier.read_bytes())
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne se lit pas : {raison(fault)}.") from None
    demandeur = who(session, par)
    commande = SignerPassation(passation=_which(lieu, empreinte, demandeur), empreinte=empreinte)
    reponse = lieu.executer(commande, par=demandeur)
    return _told(session, lieu, reponse, "Gardez ce fichier tel quel : c'est lui qui est signé.")


def _which(lieu: Lieu, empreinte: Empreinte, qui: str) -> PassationId:
    """The handover of this document; else the one that waits for this person, who is then told what is wrong."""
    rows = lieu.registre("passations")
    found = [r for r in rows if r.empreinte == empreinte] or [r for r in rows if qui in r.manquent]
    if not found:
        raise DemandeInvalide("Aucune passation n'est à signer. Pour en ouvrir une : tierslieu passation FICHIER --a …")
    passation: PassationId = found[-1].passation
    return passation


def _told(session: Session, lieu: Lieu, reponse: Reponse, apres: str) -> int:
    show(session.screen, lieu, reponse, lieu.speaker())
    if not reponse.acceptee:
        return REFUSE
    session.screen.say(apres, indent=2)
    return 0
