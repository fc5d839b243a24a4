"""Why a file cannot be read or written, in French."""

from __future__ import annotations

import errno

RAISONS = {
    errno.ENOENT: "fichier ou dossier absent",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un dossier du chemin n'en est pas un",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EROFS: "disque en lecture seule",
    errno.EIO: "le disque ne répond pas",
}


def raison(fault: OSError) -> str:
    """The reason, as people say it; the system's own words for what is seldom seen."""
    return RAISONS.get(fault.errno or 0) or fault.strerror or str(fault)
