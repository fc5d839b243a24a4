"""A rulebook as the command line names it: a file, or the place's own on a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.session import Session
from tierslieu_adapters.fichiers import raison
from tierslieu_adapters.reglement.lecture import Fichier, lire
from tierslieu_core.kernel.errors import DemandeInvalide

Au = Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce jour-là ; sans lui, aujourd'hui")]
FICHIER = Parameter(name="FICHIER", help="le règlement, comme « reglement.toml »")


def est_un_jour(texte: str) -> bool:
    """Whether it is written as a day, rather than the name of a file."""
    try:
        Date.parse_iso(texte)
    except ValueError:
        return False
    return True


def jour_de(session: Session, texte: str | None) -> Date:
    """That day; today, on the place's clock, when none is said."""
    if texte is None:
        lieu = session.place()
        return lieu.horloge().to_tz(lieu.livre.zone or "Europe/Paris").date()
    if not est_un_jour(texte):
        raise DemandeInvalide(f"« {texte} » n'est pas un jour : écrivez-le comme 2026-03-01.")
    return Date.parse_iso(texte)


def texte_de(chemin: Path) -> str:
    """What a file says; why it cannot be read."""
    try:
        return chemin.read_text(encoding="utf-8")
    except OSError as fault:
        raise DemandeInvalide(
            f"« {chemin} » ne se lit pas (un fichier, ou un jour comme 2026-03-01) : {raison(fault)}."
        ) from None
    except UnicodeDecodeError:
        raise DemandeInvalide(f"« {chemin} » n'est pas un texte en UTF-8.") from None


def fichier_lu(session: Session, chemin: Path, jour: Date, lieu: Any) -> Fichier:
    """The rulebook that a file says; ``lieu``: the one in force, whose facts and rules it may name."""
    return lire(texte_de(chemin), session.catalogue, jour, nom=chemin.name, lieu=lieu)
