"""The manifest of the golden files: a digest of every line and shape ever stored, each row held to the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

MANIFEST = "MANIFEST"
SHAPE = "forme:"


def listed(folder: Path) -> dict[str, str]:
    """Digest of everything that the manifest lists, by name."""
    return {name: digest for digest, _, name in _rows(folder)}


def append(folder: Path, added: Iterable[tuple[str, str]]) -> None:
    """List these names and texts, after all that is listed."""
    rows = _rows(folder)
    last = rows[-1][1] if rows else ""
    with (folder / MANIFEST).open("a", encoding="utf-8") as manifest:
        for name, text in added:
            last = _link(last, name, digest(text))
            manifest.write(f"{digest(text)} {last} {name}\n")


def digest(text: str) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def broken(folder: Path) -> Iterator[str]:
    """The first row that was changed, or whose predecessor went."""
    before = ""
    for n, (found, link, name) in enumerate(_rows(folder), 1):
        if link != _link(before, name, found):
            yield f"{MANIFEST}, ligne {n} ({name}) : changée, ou celle d'avant ôtée. On ne fait qu'y ajouter."
            return
        before = link


def changed(folder: Path) -> Iterator[str]:
    """Every line of a golden file that is not as listed."""
    wanted = {n: d for n, d in listed(folder).items() if not n.startswith(SHAPE)}
    found = {
        f"{path.relative_to(folder).as_posix()}:{n}": digest(line)
        for path in folder.rglob("*.jsonl")
        for n, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], 1)
    }
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield f"{name} a disparu : ce qui fut écrit doit se lire pour toujours. Rétablissez cette ligne."
        elif name not in wanted:
            yield f"{name} n'est pas au {MANIFEST} : ajoutez par la commande, qui l'y inscrit."
        elif wanted[name] != found[name]:
            yield f"{name} a changé : ce qui fut écrit ne change plus. Rétablissez cette ligne."


def _rows(folder: Path) -> list[tuple[str, str, str]]:
    path = folder / MANIFEST
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [(row[:64], row[65:81], row[82:]) for row in text.splitlines()]


def _link(before: str, name: str, found: str) -> str:
    return digest(f"{before} {name} {found}")[:16]
