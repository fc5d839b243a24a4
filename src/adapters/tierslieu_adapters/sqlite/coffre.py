"""The vault in a SQLite file of its own: beside the journal ``quai.db``, ``quai.coffre``, and its key ``quai.cle``."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tierslieu_adapters.sqlite import cle_maitresse, fichier_coffre
from tierslieu_core.integrite.coffre import Coffre
from tierslieu_core.integrite.magasin import DETRUITE, EtatCle, MagasinMemoire, Oubli
from tierslieu_core.kernel.errors import CoffreAbsent


def ouvrir_coffre(chemin_journal: Path | None, creer: bool) -> Coffre:  # noqa: FBT001 - one call, in one place
    """The vault of a journal; of ``None``, one that lasts as long as its process.

    ``creer`` makes the vault and its master key where there is no journal yet: they come first, since a key must be
    durable before the fact that needs it. ``CoffreAbsent`` when the vault or its key is missing.
    """
    if chemin_journal is None:
        return Coffre(MagasinMemoire(), os.urandom(32))
    coffre, cle = chemin_journal.with_suffix(".coffre"), chemin_journal.with_suffix(".cle")
    if _filled(coffre):
        maitresse = cle_maitresse.lire(cle)
    elif creer and not _filled(chemin_journal):
        maitresse = cle_maitresse.creer(cle)
    else:
        raise CoffreAbsent(
            f"Le coffre {coffre} manque à côté du journal {chemin_journal.name} : sans lui, les données personnelles "
            "du lieu sont illisibles. Remettez à sa place sa dernière copie de sauvegarde. N'en faites pas un neuf : "
            "il n'ouvrirait rien de ce qui est écrit."
        )
    magasin = MagasinSqlite(coffre, creer=creer)
    try:
        return Coffre(magasin, maitresse)
    except BaseException:
        magasin.close()
        raise


class MagasinSqlite:
    """A ``Magasin`` in a file. Threads may share it; processes each open their own."""

    def __init__(self, chemin: Path, *, creer: bool = False) -> None:
        self._path = chemin
        self._lock = threading.Lock()
        self._connection = fichier_coffre.connect(chemin, create=creer)

    def garder(self, nom: str, valeur: bytes) -> bytes:
        """See ``Magasin``."""
        kept = self._read(_KEPT, (nom,))
        if not kept:
            with self._writing() as connection:
                connection.execute("INSERT OR IGNORE INTO gardes VALUES (?, ?)", (nom, valeur))
                kept = connection.execute(_KEPT, (nom,)).fetchall()
        return bytes(kept[0][0])

    def cle(self, personne: str, conservation: str, version: int) -> bytes | None:
        """See ``Magasin``."""
        for (boite,) in self._read(_KEY, (personne, conservation, version)):
            return bytes(boite)
        return DETRUITE if self._read(_FORGOTTEN, (personne,)) else None

    def ajouter_cle(self, personne: str, conservation: str, version: int, boite: bytes) -> bytes:
        """See ``Magasin``."""
        with self._writing() as connection:
            if connection.execute(_FORGOTTEN, (personne,)).fetchone():
                return DETRUITE
            name = (personne, conservation, version)
            connection.execute("INSERT OR IGNORE INTO cles VALUES (?, ?, ?, ?)", (*name, boite))
            return bytes(connection.execute(_KEY, name).fetchone()[0])

    def etats(self, personne: str) -> dict[str, EtatCle]:
        """See ``Magasin``."""
        sql = "SELECT conservation, max(boite <> x'') FROM cles WHERE personne = ? GROUP BY 1 ORDER BY 1"
        return {c: EtatCle.ACTIVE if active else EtatCle.DETRUITE for c, active in self._read(sql, (personne,))}

    def oublier(self, personne: str) -> Oubli:
        """See ``Magasin``."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO oublis VALUES (?)", (personne,))
            sql = "SELECT DISTINCT conservation FROM cles WHERE personne = ? AND boite <> x'' ORDER BY 1"
            destroyed = tuple([c for (c,) in connection.execute(sql, (personne,))])
            connection.execute("UPDATE cles SET boite = x'' WHERE personne = ?", (personne,))
            entries = connection.execute("DELETE FROM entrees WHERE personne = ?", (personne,)).rowcount
        # secure_delete wipes a deleted entry, not the copies that page splits left in gaps: the file is made anew.
        self._read("VACUUM")
        return Oubli(personne, destroyed, entries)

    def indexer(self, personne: str, empreintes: Collection[bytes]) -> bool:
        """See ``Magasin``."""
        with self._writing() as connection:
            if connection.execute(_FORGOTTEN, (personne,)).fetchone():
                return False
            connection.executemany("INSERT OR IGNORE INTO entrees VALUES (?, ?)", [(e, personne) for e in empreintes])
        return True

    def chercher(self, empreintes: Collection[bytes]) -> list[str]:
        """See ``Magasin``."""
        sql = (
            f"SELECT personne FROM entrees WHERE empreinte IN ({', '.join('?' * len(empreintes))}) "  # noqa: S608 - only question marks
            "GROUP BY personne HAVING count(*) = ? ORDER BY personne"
        )
        return [personne for (personne,) in self._read(sql, (*empreintes, len(empreintes)))]

    def close(self) -> None:
        """See ``Magasin``."""
        self._connection.close()

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise fichier_coffre.unreadable(self._path, error) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of what is written, on the disk, or nothing."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise fichier_coffre.unreadable(self._path, error) from error
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


_KEPT = "SELECT valeur FROM gardes WHERE nom = ?"
_KEY = "SELECT boite FROM cles WHERE personne = ? AND conservation = ? AND version = ?"
_FORGOTTEN = "SELECT 1 FROM oublis WHERE personne = ?"


def _filled(path: Path) -> bool:
    """Whether that file holds something: a creation that was cut short leaves an empty one."""
    return path.is_file() and path.stat().st_size > 0
