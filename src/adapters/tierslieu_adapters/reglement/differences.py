"""What separates two rulebooks, clause by clause; and the demands that lead from the one in force to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_adapters.reglement.lecture import Fichier
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, DeclarerFait
from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare, declare
from tierslieu_core.domaines.cadre.regles.versions import Reglement, Version
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.sentences import as_is
from tierslieu_core.vocabulaire.francais import date, lisible
from tierslieu_core.vocabulaire.identifiants import RegleId

Changement = Literal["adoptee", "amendee", "abrogee", "declare"]


VERBES: Mapping[type, tuple[str, str]] = {
    DeclarerFait: ("+", "déclarer"), AdopterRegle: ("+", "adopter"), AmenderRegle: ("~", "amender"),
    AbrogerRegle: ("−", "abroger"),
}  # fmt: skip
"""The sign and the verb of each demand of a plan."""


def dite(demande: Any) -> tuple[str, str]:
    """The sign of a demand of a plan, and what it does, in words."""
    sign, verbe = VERBES[type(demande)]
    nom = getattr(demande, "regle", None) or demande.fait
    du = f", à partir du {date(demande.du)}" if hasattr(demande, "du") else ""
    texte = getattr(demande, "texte", "") or (demande.genre.phrase() if hasattr(demande, "genre") else "")
    return sign, f"{verbe} « {nom} »{du}{f' : {texte}' if texte else ''}"


@attrs.frozen(kw_only=True)
class Regle:
    """A rule as it is compared: what it says, not who said it nor when."""

    regle: RegleId
    genre: Any
    portee: Any
    texte: str
    sinon: Any
    leve: tuple[RegleId, ...]

    @classmethod
    def de(cls, r: AdopterRegle | Version) -> Regle:
        """That of a version, or of a demand that would make one."""
        return cls(
            regle=r.regle, genre=r.genre, portee=r.portee, texte=r.texte or r.genre.phrase(), sinon=r.sinon, leve=r.leve
        )


@attrs.frozen(kw_only=True)
class Difference:
    """One rule that only one side has, or that both have unlike. ``details``: what changes, before and after."""

    regle: RegleId
    avant: Regle | None = None
    apres: Regle | None = None

    @property
    def details(self) -> tuple[tuple[str, str, str], ...]:
        """Each thing that changes, in words: what, before, after."""
        if self.avant is None or self.apres is None:
            return ()
        pairs = [
            ("énoncé", self.avant.texte, self.apres.texte),
            ("genre", self.avant.genre.NOM, self.apres.genre.NOM),
            *_parametres(self.avant.genre, self.apres.genre),
            ("pour", self.avant.portee.nomme(as_is) or "tout", self.apres.portee.nomme(as_is) or "tout"),
            ("sinon", self.avant.sinon.phrase() or "refus", self.apres.sinon.phrase() or "refus"),
            ("lève", lisible(self.avant.leve), lisible(self.apres.leve)),
        ]
        return tuple(p for p in pairs if p[1] != p[2])


def _parametres(avant: Any, apres: Any) -> list[tuple[str, str, str]]:
    """The parameters that differ, of two rules of one kind."""
    if type(avant) is not type(apres):
        return []
    return [
        (f.libelle or f.nom, lisible(getattr(avant, f.nom)), lisible(getattr(apres, f.nom)))
        for f in fields_of(type(avant))
    ]


def differences(avant: Iterable[Regle], apres: Iterable[Regle]) -> list[Difference]:
    """What separates two rulebooks, by name of rule."""
    before, after = ({r.regle: r for r in side} for side in (avant, apres))
    return [
        Difference(regle=nom, avant=before.get(nom), apres=after.get(nom))
        for nom in sorted(before.keys() | after.keys())
        if before.get(nom) != after.get(nom)
    ]


def tenues(reglement: Reglement, jour: Date) -> dict[RegleId, Version]:
    """The last version of each rule that is or will be in force, seen from a day."""
    dernieres = {nom: max(vs, key=lambda v: (v.du, v.position)) for nom, vs in reglement.versions.items()}
    return {nom: v for nom, v in dernieres.items() if not reglement.abrogee(nom, max(jour, v.du))}


def plan(
    fichier: Fichier, reglement: Reglement, jour: Date, *, complet: bool = False
) -> list[DeclarerFait | AdopterRegle | AmenderRegle | AbrogerRegle]:
    """The demands that make of the rulebook what the file says; none for what it says already.

    ``complet``: the file is the whole rulebook, so that a rule which it does not say is repealed from ``jour`` on.
    """
    held = tenues(reglement, jour)
    asked: list[Any] = [d for d in fichier.faits if not _deja(d, reglement.faits)]
    for r in _dans_l_ordre(fichier.regles):
        now = held.get(r.regle)
        if now is None:
            asked.append(r)
        elif Regle.de(now) != Regle.de(r) or (r.regle in fichier.effets and r.du > max(jour, now.du)):
            asked.append(AmenderRegle(**{f.nom: getattr(r, f.nom) for f in fields_of(AdopterRegle)}))
    if complet:
        dites = {r.regle for r in fichier.regles}
        motif = f"n'est plus dans « {fichier.titre or 'le règlement'} »"
        asked += [AbrogerRegle(regle=nom, du=jour, motif=motif) for nom in sorted(held.keys() - dites)]
    return asked


def _dans_l_ordre(regles: Iterable[AdopterRegle]) -> list[AdopterRegle]:
    """As they come, an exception after what it lifts: nobody lifts a rule that is not there yet."""
    reste, rangees = {r.regle: r for r in regles}, list[AdopterRegle]()
    while reste:
        pretes = [r for r in reste.values() if reste.keys().isdisjoint(r.leve)]
        for r in pretes or list(reste.values()):  # exceptions that lift one another: the adoption says why not
            rangees.append(reste.pop(r.regle))
    return rangees


def _deja(d: DeclarerFait, faits: Mapping[str, FaitDeclare]) -> bool:
    return faits.get(d.fait) == declare(d)
