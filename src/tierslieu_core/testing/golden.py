"""Golden files: bytes as the journal stores them, kept for ever, that every later version of the library must read.

One file of JSON lines for each (event, version), command and refusal, and the decision itself; and ``MANIFEST``, to
which lines are only ever added: the digest of every line of every file, and of the shape of every class that is stored.

    python -m tierslieu_core.testing.golden tests/golden [--refaire]

adds what is missing, and refuses to change what exists. ``--refaire`` makes all of it anew, but for the older versions,
which nothing can make again: only before the first release, since afterwards journals exist that hold the old forms.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import attrs
import msgspec

from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.decisions import DECISION, Clause, DecisionRendue, Motif
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.envelope import Enveloppe, wrap
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.testing import manifest
from tierslieu_core.testing.manifest import MANIFEST, SHAPE
from tierslieu_core.testing.samples import samples
from tierslieu_core.testing.spec import all_stored


class Line(msgspec.Struct, frozen=True):
    """One line of a golden file: which case, under which tags, and the bytes that the journal stores."""

    cas: str
    etiquettes: list[str]
    donnees: msgspec.Raw


Files = dict[str, list[str]]
"""Name of each golden file, its lines."""


def made(catalogue: Catalogue) -> Files:
    """The golden files of the present version of everything that is stored."""
    found = {f"{DECISION}.jsonl": [_line(cas, ["cle:cle-1", "par:camille"], d) for cas, d in _decisions()]}
    for cls in (c for area in catalogue.domaines for c in area.faits):
        cases = samples(cls, catalogue.codec.unions)
        lines = [_line(cas, fait.etiquettes(), _enclosed(catalogue.codec.encode(fait), cas)) for cas, fait in cases]
        found[f"{fiche(cls).stocke()}.jsonl"] = lines
    for folder, classes in (
        ("demandes", [d.commande for d in catalogue.demandes.values()]),
        ("refus", list(catalogue.refus.values())),
    ):
        for cls in classes:
            cases = samples(cls, catalogue.codec.unions)
            found[f"{folder}/{fiche(cls).nom}.jsonl"] = [_line(c, (), catalogue.codec.encode(v)) for c, v in cases]
    return found


def shapes(catalogue: Catalogue) -> dict[str, str]:
    """The shape of every stored class, by ``forme:`` and its name: names and types of fields, all the way down."""
    unions = catalogue.codec.unions
    found = {fiche(c).stocke(): _shape(c, unions) for area in catalogue.domaines for c in area.faits}
    found |= {f"{base.__name__}/{n}": _shape(c, unions) for base, kinds in unions.items() for n, c in kinds.items()}
    for struct in (Enveloppe, DecisionRendue, Clause, Motif):
        found[struct.__name__] = [[f.encode_name, _words(f.type)] for f in msgspec.structs.fields(struct)]
    return {f"{SHAPE}{name}": json.dumps(shape, ensure_ascii=False) for name, shape in found.items()}


def faults(folder: Path, catalogue: Catalogue) -> list[str]:
    """All that is wrong with the golden files of a folder, each with what to do."""
    kept = [*manifest.broken(folder), *manifest.changed(folder)]
    return [*kept, *_changed_shapes(folder, catalogue), *_missing(folder, catalogue)]


def add_missing(folder: Path, catalogue: Catalogue) -> list[str]:
    """Write what is missing, and the manifest's new lines; the names of what was added. Nothing that exists changes."""
    listed, added = manifest.listed(folder), []
    for name, lines in made(catalogue).items():
        known = [n for n in listed if n.startswith(f"{name}:")]
        if not known:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            added += [(f"{name}:{n}", line) for n, line in enumerate(lines, 1)]
    added += [(name, shape) for name, shape in shapes(catalogue).items() if name not in listed]
    manifest.append(folder, added)
    return [name for name, _ in added]


# ── what is made ────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(cas: str, etiquettes: Any, donnees: bytes) -> str:
    return msgspec.json.encode(Line(cas, list(dict.fromkeys(etiquettes)), msgspec.Raw(donnees))).decode()


def _enclosed(fait: bytes, cas: str) -> bytes:
    """The envelope around a fact; whole in the full case."""
    whole = {"pour": "personne-1", "cause": "cle-0/1"} if cas == "complet" else {}
    since, until = "2026-11-22T09:00:00.000Z", "2026-11-23T09:00:00.000Z"
    return wrap(Enveloppe("cle-1/1", until, since, "camille", "m-concierge", msgspec.Raw(fait), **whole))


def _decisions() -> Iterator[tuple[str, bytes]]:
    demande = msgspec.Raw(b'{"objet":"objet-1"}')
    clauses = (
        Clause("pret", 1, 12, 14, "satisfaite"),
        Clause("heures", 2, None, "8 h", "indeterminee", "semaine du 23 novembre"),
        Clause("adhesion", 1, valeur=False, limite=True, verdict="derogee", sur="« l’œil »", derogation="d-1"),
    )
    motif = Motif("prets.ObjetDejaPrete", {"objet": "objet-1", "personne": "personne-1", "retour": "2026-11-28"})
    mesures = msgspec.Raw(b'{"duree_jours":12,"lieux":["objet:objet-1"]}')
    for cas, decision in (
        ("minimal", DecisionRendue("prets.RendreObjet", demande, "0" * 32, "sans_objet")),
        ("complet", DecisionRendue("prets.PreterObjet", demande, "f" * 32, "accord", None, clauses, mesures, 1)),
        ("refus", DecisionRendue("prets.PreterObjet", demande, "f" * 32, "refus", motif, clauses[:1], mesures)),
        ("unicode et vides", DecisionRendue("a.B", msgspec.Raw(b"{}"), "0" * 32, "a_valider", None, clauses[1:])),
    ):
        yield cas, _enclosed(encoder.encode(decision), cas)


def _words(kind: Any) -> str:
    """A type in words; one of several words may become one of more: what was written still reads."""
    return "mot" if get_origin(kind) is Literal else str(kind)


def _shape(cls: Any, unions: Mapping[type, Mapping[str, type]]) -> Any:
    return [[f.nom, _kind(f.element, unions), f.facultatif, f.plusieurs] for f in fields_of(cls)]


def _kind(kind: Any, unions: Mapping[type, Mapping[str, type]]) -> Any:
    if kind in unions:
        return f"union {kind.__name__}"  # a new class of it changes no other form: each has a shape of its own
    if hasattr(kind, "__supertype__"):
        return "identifiant"
    if get_origin(kind) is not None:
        return [str(get_origin(kind)), *(str(a) for a in get_args(kind))]
    if attrs.has(kind) and not hasattr(kind, "depuis_texte"):
        return _shape(kind, unions)
    return kind.__name__


# ── what is wrong ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _changed_shapes(folder: Path, catalogue: Catalogue) -> Iterator[str]:
    listed = manifest.listed(folder)
    for name, shape in shapes(catalogue).items():
        if name in listed and listed[name] != manifest.digest(shape):
            what = name.removeprefix(SHAPE)
            yield (
                f"La forme de {what} a changé ({shape}) sans nouvelle version : les journaux d'hier ne se liraient "
                "plus. Rendez-lui sa forme, ou déclarez @evenement(…, version=n + 1, upcasts={…, n: fonction}), où la "
                "fonction fait des champs de la version n ceux de la version n + 1 ; puis ajoutez par la commande."
            )


def _missing(folder: Path, catalogue: Catalogue) -> Iterator[str]:
    listed = manifest.listed(folder)
    names = [f"{t}.jsonl:1" for area in catalogue.domaines for c in area.faits for t in fiche(c).stockes()]
    names += [f"{file}:1" for file in made(catalogue)] + list(shapes(catalogue))
    for name in sorted(set(names) - listed.keys()):
        yield f"{name} manque : « python -m tierslieu_core.testing.golden {folder.name} » l'ajoute."


def main(arguments: list[str]) -> int:
    """Add what is missing; ``--refaire`` makes all anew, before the first release only."""
    folder = Path(next(a for a in arguments if not a.startswith("--")))
    if "--refaire" in arguments:
        older = _older(all_stored())
        for path in (*folder.rglob("*.jsonl"), folder / MANIFEST):
            if path.name not in older:
                path.unlink(missing_ok=True)
        kept = ((path, path.read_text(encoding="utf-8").splitlines()) for path in sorted(folder.glob("*.jsonl")))
        manifest.append(folder, [(f"{path.name}:{n}", line) for path, lines in kept for n, line in enumerate(lines, 1)])
    added = add_missing(folder, all_stored())
    print(*added, f"{len(added)} ligne(s) ajoutée(s).", *faults(folder, all_stored()), sep="\n")  # noqa: T201 - a command
    return 1 if faults(folder, all_stored()) else 0


def _older(catalogue: Catalogue) -> set[str]:
    """The files of the versions before the present ones."""
    return {f"{t}.jsonl" for area in catalogue.domaines for c in area.faits for t in fiche(c).stockes()[:-1]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
