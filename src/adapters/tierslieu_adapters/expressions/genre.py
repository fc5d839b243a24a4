"""Expression: a kind of rule whose clauses the place writes itself, in CEL, on what it measures and declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

import attrs
import msgspec

from tierslieu_adapters.expressions import moteur
from tierslieu_adapters.expressions.essai import essayer
from tierslieu_adapters.expressions.texte import RESERVES, lexicales, ne_lit_rien
from tierslieu_adapters.expressions.variables import GENRES_DE_FAIT, VARIABLES, lu, mesuree
from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree
from tierslieu_core.domaines.cadre.regles.genres.notices import Notice
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.faits import NOM
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.mesures import Mesures

CLAUSES_MAX, FAITS_MAX, LIBELLE_MAX = 20, 50, 200
NOMS: moteur.Types = tuple((nom, v.genre) for nom, v in VARIABLES.items())


@attrs.frozen(kw_only=True)
class ClauseNommee:
    """One thing that must be true: its name, what it says to people, and how it is worked out."""

    id: str
    libelle: str
    cel: str


@attrs.frozen(kw_only=True)
class Expression:
    """Every clause is true. ``faits``: the type of each declared fact that they read, so that the rule says it all."""

    NOM: ClassVar[str] = "expression"
    NOTICE: ClassVar[Notice]
    clauses: tuple[ClauseNommee, ...]
    faits: Mapping[str, str] = champ("type de chaque fait déclaré qu'elles lisent", default=attrs.Factory(dict))

    @staticmethod
    def du_fichier(table: dict[str, Any], types: Mapping[str, str]) -> dict[str, Any]:
        """A rule as a file has it, with the type of each declared fact that its clauses name, unless it says them."""
        texte = " ".join(str(c.get("cel", "")) for c in table.get("clauses", ()) if isinstance(c, dict))
        nommes = {nom: genre for nom, genre in types.items() if re.search(rf"\b{nom}\b", texte)}
        return {"faits": nommes, **table}

    @cached_property
    def types(self) -> moteur.Types:
        """Every name that its clauses may read, with its type."""
        return tuple(sorted((*NOMS, *self.faits.items())))

    @cached_property
    def lus(self) -> tuple[str, ...]:
        """The names that its clauses do read."""
        return tuple(sorted(frozenset().union(*(moteur.lus(c.cel, self.types) for c in self.clauses))))

    def lit(self) -> tuple[str, ...]:
        """The declared facts that it reads."""
        return tuple(self.faits)

    def sur(self) -> str:
        return ", ".join(c.id for c in self.clauses)

    def mesure(self, m: Mesures) -> Mesuree | None:
        zone = m.zone or (m.periode.zone if m.periode else "")
        types = dict(self.types)
        said = {}
        for nom in self.lus:
            valeur = mesuree(nom, m)
            if lu(types[nom], valeur, zone) is not None:
                said[nom] = valeur
        return Mesuree(encoder.encode(said | ({"zone": zone} if zone else {})).decode())

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        found = [verdict for _, verdict in self.verdicts(valeur)]
        return "refuse" if False in found else "indeterminee" if None in found or not found else "satisfaite"

    def verdicts(self, valeur: Valeur) -> list[tuple[ClauseNommee, bool | None]]:
        """Each clause with whether it holds on what was measured; ``None`` when it cannot be told."""
        said = _dites(valeur)
        zone = str(said.get("zone", ""))
        return [(c, self._tient(c, said, zone)) for c in self.clauses]

    def _tient(self, c: ClauseNommee, dites: Mapping[str, Any], zone: str) -> bool | None:
        try:
            return moteur.valeur(c.cel, self.types, "oui_non", dites, zone) is True
        except moteur.NonDecidable:
            return None

    def limite(self) -> Valeur:
        return None

    def phrase(self) -> str:
        return " ; ".join(c.libelle for c in self.clauses)

    def refus(self, valeur: Valeur, _: str) -> str:
        try:
            found = self.verdicts(valeur)
        except moteur.ExtraAbsent as fault:
            return f"{self.phrase()}. Pour savoir laquelle de ces clauses ne tient pas : {fault}"
        said = _dites(valeur)
        non = [f"« {c.libelle} » n'est pas respecté{self._avec(c, said)}" for c, tient in found if tient is False]
        inconnu = [f"« {c.libelle} » ne peut pas être jugé{self._avec(c, said)}" for c, tient in found if tient is None]
        if not non and not inconnu:
            return f"{self.phrase()}."
        sortie = "Changez ce qui peut l'être dans la demande." if non else "Une personne du lieu le juge."
        return f"{' ; '.join([*non, *inconnu])}. {sortie}"

    def _avec(self, c: ClauseNommee, dites: Mapping[str, Any]) -> str:
        """What a clause read, in words."""
        types, zone = dict(self.types), str(dites.get("zone", ""))
        told = [
            f"{_nom(nom)} : {_dit(nom, types[nom], dites.get(nom), zone)}"
            for nom in sorted(moteur.lus(c.cel, self.types))
        ]
        return f" ({' ; '.join(told)})" if told else ""

    def fautes(self) -> list[tuple[str, str]]:
        found = [*self._fautes_des_clauses(), *self._fautes_des_faits()]
        if found:
            return found
        tried = essayer(tuple(c.cel for c in self.clauses), self.types)
        return [(f"genre.clauses[{n}].cel", faute) for n, faute in tried]

    def _fautes_des_clauses(self) -> Iterator[tuple[str, str]]:
        if not 1 <= len(self.clauses) <= CLAUSES_MAX:
            yield "genre.clauses", f"de 1 à {CLAUSES_MAX} clauses, reçu {len(self.clauses)}"
            return
        for n, c in enumerate(self.clauses):
            ici = f"genre.clauses[{n}]"
            if not NOM.match(c.id.replace("-", "_")):
                yield f"{ici}.id", f"« {c.id} » : des minuscules sans accent, des chiffres, _ et - (60 au plus)"
            elif c.id in [autre.id for autre in self.clauses[:n]]:
                yield f"{ici}.id", f"« {c.id} » nomme déjà une autre clause"
            if not 1 <= len(c.libelle.strip()) <= LIBELLE_MAX or "\n" in c.libelle:
                yield f"{ici}.libelle", f"une phrase, sur une ligne ({LIBELLE_MAX} caractères au plus)"
            yield from ((f"{ici}.cel", faute) for faute in lexicales(c.cel) or self._vide(c))

    def _vide(self, c: ClauseNommee) -> list[str]:
        faute = ne_lit_rien(c.cel, dict(self.types))
        return [faute] if faute else []

    def _fautes_des_faits(self) -> Iterator[tuple[str, str]]:
        if len(self.faits) > FAITS_MAX:
            yield "genre.faits", f"{FAITS_MAX} faits au plus, reçu {len(self.faits)}"
        for nom, genre in self.faits.items():
            if not NOM.match(nom) or nom in VARIABLES or nom in RESERVES:
                yield (
                    f"genre.faits.{nom}",
                    f"« {nom} » est un nom pris ou mal formé : aucun fait déclaré ne se lit ainsi",
                )
            if genre not in GENRES_DE_FAIT:
                yield (
                    f"genre.faits.{nom}",
                    f"« {genre} » n'est pas un type de fait : {liste(list(GENRES_DE_FAIT), 'ou')}",
                )


def _dites(valeur: Valeur) -> Mapping[str, Any]:
    """A measure as it was recorded; nothing when it is not one."""
    try:
        said = msgspec.json.decode(valeur) if isinstance(valeur, str) else {}
    except msgspec.DecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _nom(nom: str) -> str:
    return VARIABLES[nom].libelle if nom in VARIABLES else nom.replace("_", " ")


def _dit(nom: str, genre: str, valeur: Any, zone: str) -> str:
    if lu(genre, valeur, zone) is None:
        return "pas dit"
    return VARIABLES[nom].dite(valeur, zone) if nom in VARIABLES else GENRES_DE_FAIT[genre].dit(valeur, zone)


def formule(cel: str, faits: Mapping[str, Any], types: Mapping[str, str], zone: str = "") -> int | str | bool:
    """What an expression gives on these values, under the same guard: a number, a word, yes or no.

    ``types``: that of each name, as a place declares facts. ``NonDecidable`` when it cannot be told.
    """
    known = _dont_elle_parle(cel, types)
    for rend in moteur.RENDS:
        if not moteur.fautes(cel, known, rend):
            return moteur.valeur(cel, known, rend, faits, zone)
    raise moteur.NonDecidable(f"« {cel} » : {' ; '.join(moteur.fautes(cel, known, 'nombre'))}")


def fautes_de_formule(cel: str, types: Mapping[str, str], rend: str = "nombre") -> list[str]:
    """What is wrong with a formula that is proposed, tried apart as the clauses of a rule are."""
    return lexicales(cel) or [faute for _, faute in essayer((cel,), _dont_elle_parle(cel, types), rend)]


def _dont_elle_parle(cel: str, types: Mapping[str, str]) -> moteur.Types:
    """The names whose words it has; the others may be words that CEL keeps for itself, as « type »."""
    mots = set(re.findall(r"\w+", cel))
    return tuple(sorted((nom, genre) for nom, genre in types.items() if nom in mots))


MATIN = ClauseNommee(
    id="matin", libelle="les associations réservent le matin", cel="statut != 'association' || heure(debut) < 12"
)
Expression.NOTICE = Notice(
    "Le lieu écrit lui-même ce qui doit être vrai, par une formule (voir docs/expressions.md).",
    Expression(clauses=(MATIN,), faits={"statut": "mot"}),
    "ce que les formules lisent",
    Mesuree('{"debut":"2026-11-25T14:00:00+01:00","statut":"association","zone":"Europe/Paris"}'),
)
