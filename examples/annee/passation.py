"""The end of the year: Camille hands the place over to a member; the document is written, read together, signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from vie import CAMILLE, DEBUT, FIN

from tierslieu_adapters.demo import montrer
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat
from tierslieu_core.domaines.memoire.documentation import OuvrirPassation, SignerPassation
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import PersonneId

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu


def transmettre(console: Console, lieu: Lieu, url: str, entrant: str, demander: Callable[..., Reponse]) -> None:
    """Give the mandate, write the handover beside the journal, show how it begins, and have both sign it."""
    qui = PersonneId(entrant)
    demander(DonnerMandat(personne=qui, role="concierge", du=FIN.next_day()), par=CAMILLE)
    texte = lieu.passation(DEBUT)
    fichier = Path(url.removeprefix("sqlite:///").removesuffix(":")).with_suffix(".passation.md")
    fichier.write_text(texte, encoding="utf-8")
    empreinte = Empreinte.de(texte.encode())
    ouverte = demander(OuvrirPassation(sortant=CAMILLE, entrant=qui, le=FIN, empreinte=empreinte), par=CAMILLE)
    montrer.chapitre(console, f"{lieu.nommer('personne', qui)} prend la suite : la passation de l'année")
    bref = texte.partition("## En bref\n")[2].partition("\n## ")[0].strip()
    montrer.paragraphes(console, bref.splitlines())
    for un in (CAMILLE, qui):
        passation = ouverte.evenements[0].passation
        signee = demander(SignerPassation(passation=passation, empreinte=empreinte), par=un)
        montrer.fait(console, f"{lieu.nommer('personne', un)} signe", signee)
    montrer.detail(console, f"Le document entier : {fichier}")
