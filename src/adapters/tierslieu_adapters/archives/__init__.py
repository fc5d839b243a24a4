"""A period, closed into an archive: one file, and the fact that it is closed, both or neither."""

from __future__ import annotations

import os
from pathlib import Path

from whenever import Date

from tierslieu_adapters.archives.composer import Archive, composer, dans, premier_jour
from tierslieu_adapters.archives.verifier import fautes
from tierslieu_core.domaines.cadre.archives import ClorePeriode
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.empreinte import Empreinte


def archiver(  # noqa: PLR0913 - what may be said of an archive
    lieu: Lieu, fichier: Path, au: Date, *, par: str, du: Date | None = None, en_clair: bool = False
) -> Reponse:
    """Write the archive of the period until ``au`` into ``fichier``, and close it; the answer, which may be a refusal.

    ``du``: the day after the last one that was archived, or that of the oldest fact, unless told.
    """
    lieu.reprendre()  # what facts led to is part of their period
    premier = du or premier_jour(lieu)
    annonce = _clore(premier, au, Archive(b"", 0, Empreinte.de(b""), 0))
    if not lieu.executer(annonce, par=par, essai=True).acceptee:
        return lieu.executer(annonce, par=par)
    while True:
        archive = composer(lieu, premier, au, en_clair=en_clair)
        with lieu.lot():
            if not _depuis(lieu, archive, premier, au):
                reponse = lieu.executer(_clore(premier, au, archive), par=par)
                if reponse.acceptee:
                    _ecrire(fichier, archive.octets)
                return reponse


def _clore(du: Date, au: Date, archive: Archive) -> ClorePeriode:
    return ClorePeriode(du=du, au=au, nombre=archive.nombre, chaine=archive.chaine, empreinte=archive.empreinte)


def _depuis(lieu: Lieu, archive: Archive, du: Date, au: Date) -> bool:
    """Whether something came into the period while its archive was being made."""
    debut, fin = (end_of(le, lieu.livre.zone) for le in (du.prev_day(), au))
    return any(dans(row, debut, fin) for row in scan(lieu.recorder, None, archive.position))


def _ecrire(fichier: Path, octets: bytes) -> None:
    """Whole, and on the disk, before the period is said to be closed."""
    provisoire = fichier.with_name(f"{fichier.name}.partiel")
    with provisoire.open("wb") as sortie:
        sortie.write(octets)
        sortie.flush()
        os.fsync(sortie.fileno())
    provisoire.replace(fichier)


__all__ = ["Archive", "archiver", "composer", "fautes"]
