"""``tierslieu demo``: a month of a fictional place, told through the real command path, then read in every way."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from whenever import Instant

from tierslieu_adapters.demo import montrer
from tierslieu_adapters.demo.recit import CHAPITRES, ENCORE, RECIT
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import JournalIllisible
from tierslieu_core.kernel.ports import scan
from tierslieu_core.lieu import Lieu, ouvrir
from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from rich.console import Console

FONDATION = "demo.lieu"
ENDS = ("-wal", "-shm", "-journal", ".verrou", ".porte", ".registres", ".registres-wal", ".registres-shm")
SOIR = Instant.from_utc(2026, 3, 31, 16)


def jouer(console: Console, url: str, donnees: Path | None = None) -> int:
    """Play it into a new journal at ``url``; ``donnees``: a LibreBooking export to import instead of the story.

    A journal that a demo made is made again; any other is left alone (``JournalIllisible``). 0 when the replay finds
    no difference, else 1.
    """
    if donnees is not None:
        _verifier(donnees)
    faire_place(url)
    if donnees is None:
        horloge = Horloge()
        with ouvrir(url, horloge=horloge) as lieu:
            raconter(console, lieu, horloge)
            horloge.avance(SOIR)
            return montrer.un_mois(console, lieu, url)
    with ouvrir(url) as lieu:
        importer(console, lieu, donnees)
        return montrer.une_histoire(console, lieu, url)


class Horloge:
    """The clock of the story: it shows the hour of the last thing that happened, and never goes back."""

    def __init__(self) -> None:
        self.il_est = Instant.from_utc(2026, 3, 1)

    def __call__(self) -> Instant:
        """Now, in the story."""
        return self.il_est

    def avance(self, quand: Instant) -> None:
        """Time passes."""
        self.il_est = max(self.il_est, quand)


def demandes() -> list[dict[str, Any]]:
    """The month's demands, in order: what ``tierslieu faire`` also reads as JSON lines."""
    text = resources.files("tierslieu_adapters.demo").joinpath("un_mois_au_quai.jsonl").read_bytes()
    return [msgspec.json.decode(line) for line in text.splitlines()]


def raconter(console: Console, lieu: Lieu, horloge: Horloge) -> None:
    """Ask everything of the month, and tell it as it goes."""
    told: set[str] = set()
    for demande in demandes():
        cle, par, quand = demande.pop("cle"), demande.pop("par"), _instant(demande.pop("survenu_le"), lieu)
        horloge.avance(quand)
        reponse = lieu.demander(demande.pop("commande"), demande, par=par, cle=cle, survenu_le=quand)
        if cle in CHAPITRES and cle not in told:
            montrer.chapitre(console, CHAPITRES[cle])
        if cle in RECIT:
            montrer.fait(console, ENCORE if cle in told else RECIT[cle], reponse, again=cle in told)
        told.add(cle)


def importer(console: Console, lieu: Lieu, donnees: Path) -> None:
    """A real history instead of the story."""
    from rich.progress import Progress  # noqa: PLC0415 - only when there is something to import

    from tierslieu_adapters.imports.librebooking import importer as importer_librebooking  # noqa: PLC0415 - as above

    montrer.chapitre(console, "Une histoire réelle, décidée à nouveau")
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Import")
        rapport = importer_librebooking(
            lieu, donnees, progres=lambda n, total: bar.update(task, completed=n, total=total), fondation=FONDATION
        )
    montrer.paragraphes(console, str(rapport).splitlines()[1:])
    first, others = rapport.lignes[:3], len(rapport.lignes[3:])
    for ou, pourquoi in first:
        montrer.detail(console, f"{ou} : {pourquoi}")
    if others:
        montrer.detail(console, f"… et {compte(others, 'autre ligne', 'autres lignes')} de ce genre")


def faire_place(url: str) -> None:
    """Remove the journal of an earlier demo; refuse to touch anybody else's."""
    if url == "memory:":
        return
    journal = Path(url.removeprefix("sqlite:///"))
    if journal.is_dir():
        raise JournalIllisible(f"« {url} » est un dossier : donnez le chemin du fichier du journal.")
    beside = [journal.with_suffix(".coffre"), journal.with_suffix(".cle")]
    if not journal.exists():
        if any(path.exists() for path in beside):
            raise JournalIllisible(
                f"Il y a un coffre ou une clé à côté de « {url} », sans journal : la démonstration n'y touche pas. "
                "Donnez-lui un autre fichier : tierslieu --lieu autre.db demo."
            )
        return
    if journal.stat().st_size and not _de_demonstration(url):
        raise JournalIllisible(
            f"« {url} » est le journal de quelqu'un : la démonstration n'y touche pas. Donnez-lui un autre fichier : "
            "tierslieu --lieu autre.db demo."
        )
    for path in (journal, *beside):
        for mine in (
            path,
            *(path.with_name(path.name + end) for end in ENDS),
        ):
            mine.unlink(missing_ok=True)


def _verifier(donnees: Path) -> None:
    """Say that it is no export while the journal of the last demo is still there."""
    from tierslieu_adapters.imports.librebooking.export import lire  # noqa: PLC0415 - only when there is one
    from tierslieu_adapters.imports.rapport import Rapport  # noqa: PLC0415 - as above

    lire(donnees, Rapport("LibreBooking"))


def _de_demonstration(url: str) -> bool:
    """Whether its first fact is a demo's founding."""
    with ouvrir(url, creer=False) as lieu:
        first = next(iter(scan(lieu.recorder, None, 0, 1)), None)
        return first is None or unwrap(first).id == f"{FONDATION}/0"


def _instant(texte: str, lieu: Lieu) -> Instant:
    """An hour of the place's clock; before it is founded, the text says its offset."""
    return Moment.depuis_texte(texte.removesuffix(":00+01:00")).dans(lieu.livre.zone or "Europe/Paris").to_instant()
