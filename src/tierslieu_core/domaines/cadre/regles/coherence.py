"""Cohérence: rules that contradict, never apply, or never prevail, each with a demand that shows it.

What is looked for is looked for in a finite sample of demands (``temoins``): what is found is so; what is not may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations, islice, product
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.jugement import LEVABLE, clause_de
from tierslieu_core.domaines.cadre.regles.portee import DITES
from tierslieu_core.domaines.cadre.regles.temoins import Traits, autour_des_limites, couvertes, dite, mesures
from tierslieu_core.domaines.cadre.regles.versions import Reglement, Version
from tierslieu_core.vocabulaire.francais import date, liste
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

Nature = Literal["inconnu", "vide", "masquee", "contradiction", "exception", "departagee", "droits"]
REMARQUES = frozenset({"departagee"})
"""What is so, and may well be meant."""
Connus = Mapping[str, Collection[str]]
"""The words that a place knows, by what they name: ``actions``, ``groupes``, ``publics``, ``personnes``, ``espaces``,
``objets``, ``categories``, ``demandes``; what is not given is not checked."""
ESSAIS = 10_000
"""So many demands tried on two rules; what would take more is not told."""


@attrs.frozen(kw_only=True)
class Constat:
    """One thing found: of which rules, in a sentence, and a demand that shows it (``None`` when no demand can)."""

    nature: Nature
    regles: tuple[str, ...]
    dit: str
    temoin: Mesures | None = None

    @property
    def demande(self) -> str:
        """The demand that shows it, in words."""
        return "" if self.temoin is None else dite(self.temoin)

    @property
    def remarque(self) -> bool:
        """Whether it is only a remark."""
        return self.nature in REMARQUES


def verifier(
    reglement: Reglement, jour: Date, connus: Connus | None = None, droits: Collection[str] = ()
) -> list[Constat]:
    """What does not hold together in a rulebook from a day on; ``droits``: the demands whose rights the place set."""
    connus = connus or {}
    v = _Verification(reglement, jour)
    found = [*_mots_inconnus(v.versions, connus), *_droits(droits, connus.get("demandes", ()))]
    return [*found, *v.vides(), *v.masquees(), *v.deux_a_deux(), *v.exceptions()]


def _mots_inconnus(versions: Iterable[Version], connus: Connus) -> Iterator[Constat]:
    """What a scope names and the place does not know."""
    for v in versions:
        for quoi, connu in connus.items():
            for mot in getattr(v.portee, quoi, ()):
                if mot not in connu and not (quoi == "actions" and mot in DITES):
                    proche = _proche(mot, [*connu, *(DITES if quoi == "actions" else ())])
                    dit = f"« {v.regle} » est pour « {mot} », que le lieu ne connaît pas ({quoi}).{proche}"
                    yield Constat(nature="inconnu", regles=(v.regle,), dit=dit)


def _droits(droits: Iterable[str], demandes: Collection[str]) -> Iterator[Constat]:
    for nom in sorted(droits):
        if demandes and nom not in demandes:
            dit = f"Des droits sont fixés pour la demande « {nom} », qui n'existe pas.{_proche(nom, demandes)}"
            yield Constat(nature="droits", regles=(), dit=dit)


def _proche(mot: str, connus: Iterable[str]) -> str:
    close = get_close_matches(mot, connus, n=1)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""


class _Verification:
    """The rules in force on some day from now on, each day on which that changes, and what each rule reads."""

    def __init__(self, reglement: Reglement, jour: Date) -> None:
        self.reglement, self.jour = reglement, jour
        debuts = {v.du for vs in reglement.versions.values() for v in vs}
        fins = {le for dites in reglement.abrogations.values() for le, _ in dites}
        self.jours = sorted({jour, *(le for le in debuts | fins if le > jour)})
        self.tenues = {le: reglement.en_vigueur(le) for le in self.jours}
        self.versions = sorted({v.regle: v for le in reversed(self.jours) for v in self.tenues[le]}.values(), key=_nom)
        self._muettes: set[RegleId] = set()
        self._exemples: dict[RegleId, Traits] = {}
        self._lus: dict[RegleId, frozenset[str]] = {}

    def _usages(self, *versions: Version) -> list[Date]:
        """The days of use to try: a week from the day they hold, and around every date that a scope names."""
        debut = max(self.jour, *(v.du for v in versions))
        bornes = {b for v in versions for b in (v.portee.du, v.portee.au) if b is not None}
        proches = {b.add(days=n) for b in bornes for n in range(-7, 8)}
        return sorted({*(debut.add(days=n) for n in range(7)), *(le for le in proches if le >= debut)})

    def vides(self) -> Iterator[Constat]:
        """Rules that no demand falls under, or of which no demand that does is measured."""
        for v in self.versions:
            essayees = couvertes((v,), self._usages(v))
            premiere = next(essayees, None)
            if premiere is None:
                self._muettes.add(v.regle)
                yield Constat(nature="vide", regles=(v.regle,), dit=f"« {v.regle} » ne s'applique jamais : {_vide(v)}.")
                continue
            mesuree = premiere if isinstance(v.genre, Reglage) else _mesuree(v, (premiere, *essayees))
            if mesuree is None:
                self._muettes.add(v.regle)
                dit = (
                    f"« {v.regle} » ne s'applique jamais : le genre « {v.genre.NOM} » ne mesure rien de ce qu'elle vise"
                    f" ({str(v.portee) or 'tout'})."
                )
                yield Constat(nature="vide", regles=(v.regle,), dit=dit, temoin=mesures(premiere))
            else:
                self._exemples[v.regle] = mesuree

    def masquees(self) -> Iterator[Constat]:
        """Rules that never prevail: on every demand that they measure another of their kind does."""
        for v in self._vives():
            devant, temoin = self._devant(v)
            if devant:
                self._muettes.add(v.regle)
                qui = liste([f"« {nom} »" for nom in devant])
                dit = f"« {v.regle} » ne joue jamais : {qui}, du même genre sur la même mesure, l'emporte chaque fois."
                yield Constat(nature="masquee", regles=(v.regle, *devant), dit=dit, temoin=temoin)

    def _devant(self, v: Version) -> tuple[list[RegleId], Mesures | None]:
        """Those that prevail over it whatever is asked, and a demand; none when it prevails once."""
        devant: dict[RegleId, None] = {}
        temoin = None
        for le in self.jours:
            if v not in self.tenues[le]:
                continue
            rivales = [w for w in self.tenues[le] if w is not v and _meme_mesure(v, w) and w.rang() > v.rang()]
            for traits in couvertes((v,), self._usages(v, *rivales)) if rivales else ():
                m = mesures(traits)
                if not isinstance(v.genre, Reglage) and clause_de(v, m) is None:
                    continue
                fortes = [w for w in rivales if w.concerne(m) and w.portee.couvre(m)]
                if not fortes:
                    return [], None
                devant[max(fortes, key=Version.rang).regle] = None
                temoin = temoin or m
            if not rivales:
                return [], None
        return list(devant), temoin

    def _vives(self) -> list[Version]:
        return [v for v in self.versions if v.regle not in self._muettes]

    def deux_a_deux(self) -> Iterator[Constat]:
        """Rules that no demand can respect together; and those that only their dates tell apart."""
        levees = {nom for v in self.versions for nom in v.leve}
        for v, w in combinations(self._vives(), 2):
            if not any(v in held and w in held for held in self.tenues.values()):
                continue
            egales = _meme_mesure(v, w)
            if egales and (v.portee.rang() != w.portee.rang() or (v.genre, v.sinon) == (w.genre, w.sinon)):
                continue
            if not egales and (isinstance(v.genre, Reglage) or not self._lit(v) & self._lit(w)):
                continue
            commune = next(couvertes((v, w), self._usages(v, w)), None)
            if commune is None:
                continue
            temoin = None if levees & {v.regle, w.regle} else self._incompatibles(v, w, commune)
            if temoin is not None:
                dit = (
                    f"« {v.regle} » et « {w.regle} » ne peuvent pas être respectées ensemble : "
                    f"{v.genre.phrase()} ; {w.genre.phrase()}."
                )
                yield Constat(nature="contradiction", regles=(v.regle, w.regle), dit=dit, temoin=temoin)
            elif egales:
                yield _departage(v, w, mesures(commune))

    def _incompatibles(self, v: Version, w: Version, base: Traits) -> Mesures | None:
        """A demand that one respects and the other refuses, when each has some and both have none in common."""
        seules: dict[RegleId, Mesures] = {}
        lus = self._lit(v) | self._lit(w)
        if not _bloque(v) or not _bloque(w) or not lus:
            return None
        for n, m in enumerate(self._variantes((v, w), base, lus)):
            bien = [one for one in (v, w) if _verdict(one, m) == "satisfaite"]
            if len(bien) == 2 or n >= ESSAIS:  # noqa: PLR2004 - both
                return None
            seules |= {one.regle: m for one in bien if one.regle not in seules}
        return seules[v.regle] if len(seules) == 2 else None  # noqa: PLR2004 - as above

    def _variantes(self, versions: Sequence[Version], base: Traits, lus: Iterable[str]) -> Iterator[Mesures]:
        """The demands like ``base`` whose traits that rules read are at, under and over what they name."""
        valeurs = autour_des_limites(versions, self.reglement.faits, base["jour"])
        traits = [t for t in sorted(lus) if t in valeurs]
        for chosen in islice(product(*([base.get(t), *valeurs[t]] for t in traits)), ESSAIS + 1):
            m = mesures({**base, **dict(zip(traits, chosen, strict=True))})
            if all(v.concerne(m) and v.portee.couvre(m) for v in versions):
                yield m

    def _lit(self, v: Version) -> frozenset[str]:
        """The traits on which its measure depends."""
        if v.regle not in self._lus:
            base = self._exemples[v.regle]
            avant = _valeur(v, base)
            self._lus[v.regle] = frozenset(
                t for t, values in autour_des_limites((v,), self.reglement.faits, base["jour"]).items()
                if any(_valeur(v, {**base, t: value}) != avant for value in values)
            )  # fmt: skip
        return self._lus[v.regle]

    def exceptions(self) -> Iterator[Constat]:
        """Exceptions that lift nothing that could ever stand in the way."""
        par_nom = {v.regle: v for v in self.versions}
        for x in self._vives():
            for nom in x.leve:
                why, temoin = self._sans_objet(x, par_nom.get(nom))
                if why:
                    dit = f"L'exception « {x.regle} » ne lève rien de « {nom} » : {why}."
                    yield Constat(nature="exception", regles=(x.regle, nom), dit=dit, temoin=temoin)

    def _sans_objet(self, x: Version, levee: Version | None) -> tuple[str, Mesures | None]:
        exemple = mesures(self._exemples[x.regle])
        if levee is None:
            return "elle n'est pas en vigueur", exemple
        if isinstance(levee.genre, Reglage):
            return "elle ne refuse jamais rien", exemple
        if levee.regle in self._muettes:
            return "elle ne joue jamais", exemple
        commune = next(couvertes((x, levee), self._usages(x, levee)), None)
        if commune is None:
            return "aucune demande ne relève des deux", exemple
        possibles = self._variantes((x, levee), commune, self._lit(levee))
        if any(_verdict(levee, m) in LEVABLE for m in possibles):
            return "", None
        return "aucune demande qui relève des deux ne lui contrevient", mesures(commune)


def _nom(v: Version) -> str:
    return v.regle


def _vide(v: Version) -> str:
    """Why no demand falls under it."""
    p = v.portee
    if p.au is not None and p.au < v.du:
        return f"ses jours d'usage finissent le {date(p.au)}, avant qu'elle prenne effet, le {date(v.du)}"
    if p.quand:
        return f"aucune demande n'est à la fois {p}"
    return f"aucune demande à venir n'est {str(p) or 'de sa portée'}"


def _mesuree(v: Version, essayees: Iterable[Traits]) -> Traits | None:
    return next((t for t in essayees if clause_de(v, mesures(t)) is not None), None)


def _meme_mesure(v: Version, w: Version) -> bool:
    return v.sur() == w.sur()


def _departage(v: Version, w: Version, temoin: Mesures) -> Constat:
    forte, faible = (v, w) if v.rang() > w.rang() else (w, v)
    par = "en vigueur depuis plus récemment" if forte.du != faible.du else "adoptée après, le même jour d'effet"
    dit = f"« {forte.regle} » l'emporte sur « {faible.regle} » par sa seule date : aussi précise, {par}."
    return Constat(nature="departagee", regles=(forte.regle, faible.regle), dit=dit, temoin=temoin)


def _bloque(v: Version) -> bool:
    return not v.leve and v.effet("refuse") in {"refuse", "caduque"}


def _verdict(v: Version, m: Mesures) -> str:
    clause = clause_de(v, m)
    return "satisfaite" if clause is None else clause.verdict


def _valeur(v: Version, traits: Traits) -> Any:
    clause = clause_de(v, mesures(traits))
    return None if clause is None else clause.valeur
