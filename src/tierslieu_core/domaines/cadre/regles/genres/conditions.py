"""Kinds on what the place itself asks: what must be so, which words, how many. They need no code and no formula.

``faits`` name what the place declared (``regles.DeclarerFait``) or measures (``vocabulaire.mesures.LUES``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.mesures import Fait, Mesures, lue

OUI, NON, INCONNU = "oui", "non", "?"


def en_mots(nom: str) -> str:
    """``carte_va`` → ``carte va``."""
    return nom.replace("_", " ")


def noms(faits: Iterable[str], champ: str = "genre.faits") -> list[tuple[str, str]]:
    """Why these name nothing: there must be at least one, each named once."""
    mots = list(faits)
    bien = mots and all(mots) and len(set(mots)) == len(mots)
    return [] if bien else [(champ, "au moins un fait, chacun une fois")]


@attrs.frozen(kw_only=True)
class Exigence:
    """These must be so: all of them, or so many of them at least (a document, a signature, a deposit attested…)."""

    NOM: ClassVar[str] = "exigence"
    faits: tuple[str, ...] = champ("ce qui doit être vrai (faits oui ou non)")
    au_moins: int = champ("combien suffisent (0 : tous)", default=0)

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return self.faits

    def sur(self) -> str:
        return ",".join(self.faits)

    def mesure(self, m: Mesures) -> Mesuree | None:
        said = (lue(m, nom) for nom in self.faits)
        return Mesuree(",".join(OUI if v is True else NON if v is False else INCONNU for v in said))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        said = str(valeur).split(",")
        enough = self.au_moins or len(self.faits)
        if said.count(OUI) >= enough:
            return "satisfaite"
        return "indeterminee" if said.count(OUI) + said.count(INCONNU) >= enough else "refuse"

    def tus(self, valeur: Valeur) -> tuple[str, ...]:
        """Those that nobody told."""
        return tuple(nom for nom, v in zip(self.faits, str(valeur).split(","), strict=False) if v == INCONNU)

    def limite(self) -> Valeur:
        return self.au_moins or len(self.faits)

    def phrase(self) -> str:
        quoi = liste([en_mots(nom) for nom in self.faits], "et" if not self.au_moins else "ou")
        return f"il faut : {quoi}" if not self.au_moins else f"il faut au moins {self.au_moins} de : {quoi}"

    def refus(self, valeur: Valeur, _: str) -> str:
        said = dict(zip(self.faits, str(valeur).split(","), strict=False))
        manque = [en_mots(nom) for nom, v in said.items() if v == NON]
        tu = [en_mots(nom) for nom in self.tus(valeur)]
        dits = [f"il manque : {liste(manque)}"] if manque else []
        dits += [f"n'est pas dit : {liste(tu)}"] if tu else []
        return f"{self.phrase()} ; {' ; '.join(dits)}. Apportez ce qui manque, puis redemandez."

    def fautes(self) -> list[tuple[str, str]]:
        assez = 0 <= self.au_moins <= len(self.faits)
        return [*noms(self.faits), *([] if assez else [("genre.au_moins", f"de 0 (tous) à {len(self.faits)}")])]


@attrs.frozen(kw_only=True)
class Choix:
    """A word is one of these, or none of those; of several words, each is; and all of ``tous`` are among them."""

    NOM: ClassVar[str] = "choix"
    fait: str = champ("le fait (un mot ou des mots)")
    parmi: tuple[str, ...] = champ("les seuls admis", default=())
    sauf: tuple[str, ...] = champ("ceux qui ne le sont pas", default=())
    tous: tuple[str, ...] = champ("ceux qui doivent tous y être", default=())

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return (self.fait,)

    def sur(self) -> str:
        return self.fait

    def mesure(self, m: Mesures) -> Mesuree | None:
        said = lue(m, self.fait)
        return Mesuree(None if said is None else "+".join(_mots(said)))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        mots = set(valeur.split("+")) - {""}
        bien = (not self.parmi or (mots and mots <= set(self.parmi))) and mots.isdisjoint(self.sauf)
        return "satisfaite" if bien and mots >= set(self.tous) else "refuse"

    def limite(self) -> Valeur:
        return "/".join("+".join(mots) for mots in (self.parmi, self.sauf, self.tous))

    def phrase(self) -> str:
        dits = [
            f"{liste([en_mots(m) for m in self.parmi], 'ou')} seulement" if self.parmi else "",
            f"ni {' ni '.join(en_mots(m) for m in self.sauf)}" if self.sauf else "",
            f"avec {liste([en_mots(m) for m in self.tous])}" if self.tous else "",
        ]
        return f"{en_mots(self.fait)} : {', '.join(d for d in dits if d)}"

    def refus(self, valeur: Valeur, _: str) -> str:
        if valeur is None:
            return f"{self.phrase()} ; ce n'est pas dit. Dites-le, puis redemandez."
        mots = str(valeur).split("+")
        manque = [en_mots(m) for m in self.tous if m not in mots]
        dit = (
            f"il manque {liste(manque)}"
            if manque
            else f"la demande dit : {liste([en_mots(m) for m in mots]) or 'rien'}"
        )
        return f"{self.phrase()} ; {dit}. Changez ce point, puis redemandez."

    def fautes(self) -> list[tuple[str, str]]:
        found = [] if self.parmi or self.sauf or self.tous else [("genre.parmi", "des mots admis, exclus ou exigés")]
        both = sorted(set(self.parmi) & set(self.sauf)) + sorted(set(self.tous) & set(self.sauf))
        if both:
            found.append(("genre.sauf", f"{liste(both)} : admis et exclus à la fois"))
        return [*noms((self.fait,), "genre.fait"), *found]


@attrs.frozen(kw_only=True)
class Seuil:
    """A number, or the sum of several, is at least so much, at most so much."""

    NOM: ClassVar[str] = "seuil"
    faits: tuple[str, ...] = champ("le nombre ; plusieurs s'ajoutent")
    minimum: int | None = champ("au moins", default=None)
    maximum: int | None = champ("au plus", default=None)

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return self.faits

    def sur(self) -> str:
        return ",".join(self.faits)

    def mesure(self, m: Mesures) -> Mesuree | None:
        said = [lue(m, nom) for nom in self.faits]
        numbers = [n for n in said if type(n) is int]
        return Mesuree(sum(numbers) if len(numbers) == len(said) else None)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, int):
            return "indeterminee"
        assez = self.minimum is None or valeur >= self.minimum
        return "satisfaite" if assez and (self.maximum is None or valeur <= self.maximum) else "refuse"

    def limite(self) -> Valeur:
        return f"{'' if self.minimum is None else self.minimum}/{'' if self.maximum is None else self.maximum}"

    def phrase(self) -> str:
        bornes = [
            f"{self.minimum} au moins" if self.minimum is not None else "",
            f"{self.maximum} au plus" if self.maximum is not None else "",
        ]
        return f"{' + '.join(map(en_mots, self.faits))} : {liste([b for b in bornes if b])}"

    def refus(self, valeur: Valeur, _: str) -> str:
        if valeur is None:
            return f"{self.phrase()} ; ce n'est pas dit. Dites-le, puis redemandez."
        return f"cela fait {valeur} ; {self.phrase()}. Changez ce nombre, puis redemandez."

    def fautes(self) -> list[tuple[str, str]]:
        found = noms(self.faits)
        if self.minimum is None and self.maximum is None:
            found.append(("genre.maximum", "un minimum, un maximum, ou les deux"))
        elif self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            found.append(("genre.maximum", f"au moins le minimum, {self.minimum}"))
        return found


def _mots(said: Fait) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (str(said),)
