"""Potager: rows of the place's garden, sown, watered and harvested. A toy area, as another package would bring it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, NewType

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.genres import Mesuree
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures

RangId = NewType("RangId", str)


@evenement("potager.RangSeme", "Le rang {rang} est semé de {graine} par {personne} ({note})")
class RangSeme:
    rang: RangId
    graine: str
    personne: PersonneId
    le: Date
    note: Personnel | None = personnel(qui="personne", conservation="potager", default=None)

    def etiquettes(self) -> Iterable[str]:
        return (f"rang:{self.rang}",)


@evenement("potager.RangArrose", "Le rang {rang} est arrosé le {le}")
class RangArrose:
    rang: RangId
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (f"rang:{self.rang}",)


@commande("potager.SemerRang")
class SemerRang:
    """Semer un rang du potager."""

    rang: RangId = nouveau("identifiant du rang")
    graine: str = champ("graine")
    personne: PersonneId = champ("jardinier ou jardinière")
    note: Personnel | None = personnel("note", qui="personne", conservation="potager", default=None)


@commande("potager.ArroserRang")
class ArroserRang:
    """Arroser un rang."""

    rang: RangId


@refus("potager.RangDejaSeme", "Le rang {rang} est déjà semé de {graine}.", "Semez-en un autre.")
class RangDejaSeme(Refus):
    rang: RangId
    graine: str


Fait = RangSeme | RangArrose


def _semis(_: RangSeme | None, fait: RangSeme) -> RangSeme | None:
    return fait


def _arrosage(_: RangArrose | None, fait: RangArrose) -> RangArrose | None:
    return fait


semis_de = Lecture[RangSeme | None]("potager.semis", None, _semis, dernier=True)
arrosage_de = Lecture[RangArrose | None]("potager.arrosage", None, _arrosage, dernier=True)


def _lit(c: SemerRang | ArroserRang, _: Contexte) -> Lot[tuple[RangSeme | None, RangArrose | None]]:
    return lire(semis_de(f"rang:{c.rang}"), arrosage_de(f"rang:{c.rang}"))


def _semer(c: SemerRang, etats: tuple[RangSeme | None, RangArrose | None], x: Contexte) -> Issue:
    seme = etats[0]
    if seme is not None:
        deja = (seme.graine, seme.personne) == (c.graine, c.personne)
        return () if deja else RangDejaSeme(rang=c.rang, graine=seme.graine)
    return [RangSeme(rang=c.rang, graine=c.graine, personne=c.personne, le=x.aujourdhui, note=c.note)]


def _arroser(c: ArroserRang, etats: tuple[RangSeme | None, RangArrose | None], x: Contexte) -> Issue:
    arrose = etats[1]
    return () if arrose is not None and arrose.le == x.aujourdhui else [RangArrose(rang=c.rang, le=x.aujourdhui)]


def _mesure(c: SemerRang, _: tuple[RangSeme | None, RangArrose | None], x: Contexte) -> Mesures:
    return Mesures(action="semer", personne=c.personne, lieux=(f"rang:{c.rang}",), jour=x.aujourdhui)


@attrs.frozen
class Rang:
    rang: RangId
    graine: str
    seme_le: Date
    arrose_le: Date | None = None
    soif: bool = False


def _tenir(lignes: dict[RangId, Rang], fait: RangSeme | RangArrose, _: Note) -> None:
    match fait:
        case RangSeme():
            lignes[fait.rang] = Rang(fait.rang, fait.graine, fait.le)
        case RangArrose(rang=rang) if rang in lignes:  # on a past date, it may not be sown yet
            lignes[rang] = attrs.evolve(lignes[rang], arrose_le=fait.le)


def _au(ligne: Rang, jour: Date) -> Rang:
    return attrs.evolve(ligne, soif=ligne.arrose_le is None or ligne.arrose_le.add(days=2) < jour)


def _arroser_apres_semis(fait: RangSeme) -> Iterator[ArroserRang]:
    yield ArroserRang(rang=fait.rang)


def _a_arroser(ligne: Rang, x: Contexte) -> Iterator[Due]:
    quand = (ligne.arrose_le or ligne.seme_le).add(days=3).at(Time(8)).assume_tz(x.livre.zone).to_instant()
    yield Due(quand, f"rang:{ligne.rang}", "Le rang {rang} ({graine}) a soif", ArroserRang(rang=ligne.rang))


def _a_recolter(ligne: Rang, x: Contexte) -> Iterator[Due]:
    quand = ligne.seme_le.add(days=20).at(Time(8)).assume_tz(x.livre.zone).to_instant()
    yield Due(quand, f"rang:{ligne.rang}", "Le rang {rang} ({graine}) est à récolter")


@attrs.frozen(kw_only=True)
class AValider:
    """Whatever is sown is for a person to validate: a rule kind of another package."""

    NOM: ClassVar[str] = "potager_a_valider"
    equipe: str = champ("équipe qui valide")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(self.equipe) if m.action == "semer" else None

    def juge(self, _: Valeur) -> VerdictDeClause:
        return "a_valider"

    def limite(self) -> Valeur:
        return self.equipe

    def phrase(self) -> str:
        return f"l'équipe {self.equipe} valide chaque semis"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()}. Voyez avec elle."

    def fautes(self) -> list[tuple[str, str]]:
        return []


GENRES = {AValider.NOM: AValider}
JARDIN = frozenset({"concierge", "jardin"})
DOMAINE = Domaine(
    "potager",
    "Potager",
    faits=(RangSeme, RangArrose),
    demandes=(
        Demande(SemerRang, JARDIN | {"soi"}, _lit, _semer, _mesure),
        Demande(ArroserRang, JARDIN, _lit, _arroser),
    ),
    refus=(RangDejaSeme,),
    registres=(Registre("potager", Rang, _tenir, _au, "Registre du potager"),),
    identifiants=(Identifiant(RangId, RangSeme),),
    suites=(Suite("arroser", RangSeme, _arroser_apres_semis),),
    echeances=(
        Echeance("potager.arroser", "Rangs à arroser", "potager", _a_arroser),
        Echeance("potager.recolter", "Rangs à récolter", "potager", _a_recolter),
    ),
)
