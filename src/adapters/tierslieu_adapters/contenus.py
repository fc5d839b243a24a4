"""Contenus: what the documents of a place contain, in a folder beside its journal, each file named by its fingerprint.

Nothing here is a fact: the journal says which contents there are, and who may read them; the folder only keeps bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from shutil import copyfile

import attrs

from tierslieu_core.vocabulaire.empreinte import EMPREINTE, Empreinte


@attrs.frozen
class Contenus:
    """A folder of contents: ``3f/3f2a9c…``."""

    dossier: Path

    def poser(self, fichier: Path) -> Empreinte:
        """Keep what a file holds, whole or not at all; the same content twice is kept once."""
        empreinte = empreinte_de(fichier)
        cible = self.chemin(empreinte)
        if not cible.exists():
            cible.parent.mkdir(parents=True, exist_ok=True)
            copie = cible.with_suffix(".part")
            copyfile(fichier, copie)
            os.replace(copie, cible)  # noqa: PTH105 - what it is known for
        return empreinte

    def chemin(self, empreinte: Empreinte) -> Path:
        """Where a content is, or would be."""
        return self.dossier / empreinte.hexa[:2] / empreinte.hexa

    def etat(self, empreinte: Empreinte) -> str:
        """``là``, ``absent``, or ``altéré``: what is there is not what was deposited."""
        chemin = self.chemin(empreinte)
        if not chemin.is_file():
            return "absent"
        return "là" if empreinte_de(chemin) == empreinte else "altéré"

    def oter(self, empreinte: Empreinte) -> bool:
        """Destroy a content; ``False`` when it was not there."""
        chemin = self.chemin(empreinte)
        if not chemin.is_file():
            return False
        chemin.unlink()
        return True

    def tous(self) -> Iterator[Empreinte]:
        """Every content that is there."""
        for chemin in sorted(self.dossier.glob("??/*")):
            if EMPREINTE.match(chemin.name):
                yield Empreinte(chemin.name)


def empreinte_de(fichier: Path) -> Empreinte:
    """The fingerprint of a file, read piece by piece."""
    with fichier.open("rb") as octets:
        return Empreinte(file_digest(octets, "sha256").hexdigest())
