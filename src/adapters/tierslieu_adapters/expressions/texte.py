"""The source of an expression as a text: what is refused of it at once, and the engine's faults in French.

Each fault tells its place, line and column, both counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tierslieu_adapters.expressions.fonctions import FONCTIONS
from tierslieu_adapters.expressions.permis import MACROS, PERMIS
from tierslieu_core.vocabulaire.francais import liste

SOURCE_MAX, EMBOITEMENT_MAX, FAUTES_MAX = 1_000, 24, 5
HORS_CODE = re.compile(r"//[^\n]*|\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"[^\"\n]*\"|'[^'\n]*'")
"""Comments and texts, once no backslash can be in them."""
MOT = re.compile(r"\b[a-zA-Z_]\w*")
INTERDITS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"[^\x00-\x7f]+"), "« {} » : hors d'un texte entre guillemets, des lettres sans accent"),
    (re.compile(r"[{}]"), "« {} » n'est pas permis : une expression ne fait ni objet ni table"),
    (re.compile(r"\bnull\b"), "« {} » n'est pas permis : ce qui n'est pas dit laisse la clause indéterminée"),
)
RESERVES = frozenset({
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while",
    "bool", "bytes", "double", "duration", "dyn", "google", "int", "list", "map", "string", "timestamp", "type", "uint",
    "personne", "zone",
})  # fmt: skip
"""What a fact may not be called: words of the language, and what stands in every recorded measure."""


def lexicales(source: str) -> list[str]:
    """What is refused before the engine sees it: the faults, each with its place."""
    if len(source) > SOURCE_MAX:
        return [f"ligne 1, colonne 1 : {len(source)} caractères ; {SOURCE_MAX} au plus, faites-en plusieurs clauses"]
    if "\\" in source:
        return [place(source, source.index("\\"), "une barre oblique inverse n'est pas permise")]
    code = _code(source)
    if not source.strip():
        return ["ligne 1, colonne 1 : une expression, comme « participants <= 12 »"]
    found = [
        place(source, m.start(), said.format(m[0])) for motif, said in INTERDITS for m in motif.finditer(code)
    ]  # fmt: skip
    return [*found[:FAUTES_MAX], *_trop_emboite(source, code)]


def ne_lit_rien(source: str, noms: Collection[str]) -> str | None:
    """The fault of a source in which none of these names is written: nothing of the demand is in it."""
    mots = list(MOT.finditer(_code(source)))
    if any(m[0] in noms for m in mots):
        return None
    mots = [m for m in mots if m[0] not in {*FONCTIONS, *CEL, *RESERVES} - {"personne"}]
    if not mots:
        return "ligne 1, colonne 1 : ne lit rien de la demande, et vaut donc toujours la même chose"
    return place(source, mots[0].start(), nom_inconnu(mots[0][0], noms))


def _code(source: str) -> str:
    """The source, its comments and texts blank."""
    return HORS_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source)


def _trop_emboite(source: str, code: str) -> Iterator[str]:
    depth = 0
    for n, c in enumerate(code):
        depth += (c in "([") - (c in ")]")
        if depth > EMBOITEMENT_MAX:
            yield place(source, n, f"plus de {EMBOITEMENT_MAX} parenthèses les unes dans les autres")
            return


def place(source: str, indice: int, dit: str) -> str:
    """A fault with the line and the column of a character."""
    avant = source[:indice]
    return f"ligne {avant.count(chr(10)) + 1}, colonne {indice - avant.rfind(chr(10))} : {dit}"


# ── the engine's faults ─────────────────────────────────────────────────────────────────────────────────────────────

FAUTE = re.compile(r"^(?:INVALID_ARGUMENT: )?ERROR: <input>:(\d+):(\d+): (.*?)(?: \[\w+\])?$", re.MULTILINE)
TROP = re.compile("recursion|too deep|limit exceeded|complexity", re.IGNORECASE)
TYPES: Mapping[str, str] = {
    "bool": "oui ou non", "int": "un nombre entier", "uint": "un nombre « u »", "double": "un nombre à virgule",
    "string": "un texte", "bytes": "des octets", "google.protobuf.Timestamp": "un instant", "timestamp": "un instant",
    "google.protobuf.Duration": "une durée", "duration": "une durée", "dyn": "une valeur de type incertain",
}  # fmt: skip


def autre_type(rendu: str, voulu: str) -> str:
    """The fault of an expression that gives something else than it must."""
    return f"ligne 1, colonne 1 : doit donner {voulu} ; donne {_type(rendu.lower())}"


def _type(nom: str) -> str:
    """A type as the engine names it, in words."""
    return "une liste" if nom.startswith("list") else TYPES.get(nom, "autre chose")


def traduites(dites: str, source: str, types: Sequence[tuple[str, str]]) -> list[str]:
    """What the engine says of a source, in French; what it does not place begins the source."""
    found = []
    for ligne, colonne, dit in FAUTE.findall(dites):
        line, column, said = max(1, int(ligne)), max(1, int(colonne)), _traduite(dit, types)
        m = INCONNU.fullmatch(dit)
        if m and _ouvre(source, line, column):
            column, said = column - len(m[1]), _fonction_inconnue(m[1])
        found.append(f"ligne {line}, colonne {column} : {said}")
    return list(dict.fromkeys(found))[:FAUTES_MAX] or [f"ligne 1, colonne 1 : {_traduite(dites, types)}"]


def _ouvre(source: str, ligne: int, colonne: int) -> bool:
    """Whether a place of the source opens a parenthesis: the engine places a call there."""
    lines = source.split("\n")
    return ligne <= len(lines) and lines[ligne - 1][colonne - 1 : colonne] == "("


INCONNU = re.compile(r"undeclared reference to '\.?([\w.]+)' \(in container ''\)")
OPERATION = re.compile(r"found no matching overload for '(.+)' applied to '\((.*)\)'")
SYNTAXE = re.compile(r"Syntax error: ([\w ]+?)(?: at)?:? '(.*?)'(?: at '(.*?)')?(?: expecting .*)?")
RESERVE = re.compile(r"reserved identifier: (.*)")


def _traduite(dit: str, types: Sequence[tuple[str, str]]) -> str:
    for motif, said in _TRADUCTIONS:
        if m := motif.fullmatch(dit):
            return said(m, types)
    return "trop long ou trop emboîté : faites-en plusieurs clauses" if TROP.search(dit) else "ne se comprend pas"


def nom_inconnu(nom: str, noms: Collection[str]) -> str:
    """The fault of a name that is none of these."""
    if nom == "personne":
        return "« personne » ne se lit pas : une règle vaut pour chaque personne (la portée peut en nommer)"
    return f"« {nom} » n'est pas connu ; se lisent : {liste(sorted(noms))}"


def _fonction_inconnue(nom: str) -> str:
    return f"« {nom} » n'est pas connu ; se calculent : {liste(sorted((*FONCTIONS, *CEL)))}"


CEL = (*MACROS, *(nom for nom in PERMIS if nom.isalpha()))


def _operation(m: re.Match[str], _: Sequence[tuple[str, str]]) -> str:
    nom = m[1].removeprefix("@") if m[1][-1].isalpha() else m[1].strip("_").replace("_", "…")
    return f"« {nom} » ne va pas avec {liste([_type(t) for t in _types(m[2])])}"


def _types(dits: str) -> list[str]:
    """``int, list(string)`` as two types."""
    return [t for t in re.split(r", (?![^(]*\))", dits) if t]


def _syntaxe(m: re.Match[str], _: Sequence[tuple[str, str]]) -> str:
    if m[1].startswith("missing"):
        return f"il manque « {m[2]} »"
    if m[2] == "<EOF>":
        return "il manque la suite"
    return f"« {m[2].strip()} » ne se comprend pas à cet endroit"


_TRADUCTIONS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], Sequence[tuple[str, str]]], str]]] = (
    (INCONNU, lambda m, types: nom_inconnu(m[1], dict(types))),
    (OPERATION, _operation),
    (SYNTAXE, _syntaxe),
    (RESERVE, lambda m, _: f"« {m[1]} » est un mot réservé de CEL"),
    (re.compile(r"expression of type .* cannot be .*"), lambda _, __: "« . » ne mène à rien ici"),
    (re.compile(r".*(?:integer|int) literal.*|.*invalid int.*", re.IGNORECASE), lambda _, __: "un nombre trop grand"),
)
