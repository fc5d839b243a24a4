"""A toy area whose clocks ring: each ring makes the next one due, the last one has a suite, and some refuse to ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from whenever import Instant

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    commande,
    evenement,
    personnel,
    refus,
)
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import PersonneId


def _etiquettes(fait: ReveilRegle | ReveilSonne | ReveilRange) -> Iterable[str]:
    return (f"reveil:{fait.reveil}",)


@evenement("reveil.ReveilRegle", "{reveil} sonnera {fois} fois pour {personne}")
class ReveilRegle:
    reveil: str
    fois: int
    personne: PersonneId
    des: Instant
    etiquettes = _etiquettes


@evenement("reveil.ReveilSonne", "{reveil} sonne ; encore {reste}")
class ReveilSonne:
    reveil: str
    reste: int
    etiquettes = _etiquettes


@evenement("reveil.ReveilRange", "{reveil} est rangé")
class ReveilRange:
    reveil: str
    etiquettes = _etiquettes


@commande("reveil.ReglerReveil")
class ReglerReveil:
    """Régler un réveil."""

    reveil: str
    fois: int
    personne: PersonneId
    des: Instant


@commande("reveil.SonnerReveil")
class SonnerReveil:
    """Faire sonner un réveil."""

    reveil: str


@commande("reveil.RangerReveil")
class RangerReveil:
    """Ranger un réveil qui a fini de sonner."""

    reveil: str
    personne: PersonneId | None = None


@commande("reveil.CorrigerReveil")
class CorrigerReveil:
    """Corriger le dernier fait d'un réveil."""

    reveil: str
    motif: Personnel = personnel("motif", qui="par", conservation="correction")


@refus("reveil.ReveilCasse", "{reveil} est cassé.", "Réparez-le d'abord.")
class ReveilCasse(Refus):
    reveil: str


Fait = ReveilRegle | ReveilSonne | ReveilRange
QUI = frozenset({"concierge"})


def _reste(_: int, fait: ReveilRegle | ReveilSonne) -> int:
    return fait.fois if isinstance(fait, ReveilRegle) else fait.reste


reste_de = Lecture[int]("reveil.reste", 0, _reste, dernier=True)


def _dernier(_: Read | None, fait: ReveilRegle | ReveilSonne | ReveilRange, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("reveil.dernier", None, _dernier, dernier=True, notes=True)


def _corriger(c: CorrigerReveil, etats: tuple[Read | None], x: Contexte) -> Issue:
    return corriger(None, f"reveil:{c.reveil}", c.motif, etats[0], x)


def _lit(c: ReglerReveil | SonnerReveil | RangerReveil, _: Contexte) -> Lot[tuple[int]]:
    return lire(reste_de(f"reveil:{c.reveil}"))


def _regler(c: ReglerReveil, _: tuple[int], __: Contexte) -> Issue:
    return [ReveilRegle(reveil=c.reveil, fois=c.fois, personne=c.personne, des=c.des)]


def _sonner(c: SonnerReveil, etats: tuple[int], _: Contexte) -> Issue:
    if c.reveil.startswith("casse"):
        return ReveilCasse(reveil=c.reveil)
    return [ReveilSonne(reveil=c.reveil, reste=etats[0] - 1)]


def _ranger(c: RangerReveil, _: tuple[int], __: Contexte) -> Issue:
    return [ReveilRange(reveil=c.reveil)]


@attrs.frozen
class Reveil:
    reveil: str
    personne: PersonneId
    des: Instant
    reste: int
    sonneries: int = 0
    range: int = 0


def _tenir(lignes: dict[str, Reveil], fait: Fait, _: Note) -> None:
    match fait:
        case ReveilRegle():
            lignes[fait.reveil] = Reveil(fait.reveil, fait.personne, fait.des, fait.fois)
        case ReveilSonne():
            deja = lignes[fait.reveil]
            lignes[fait.reveil] = attrs.evolve(deja, reste=fait.reste, sonneries=deja.sonneries + 1)
        case ReveilRange():
            deja = lignes[fait.reveil]
            lignes[fait.reveil] = attrs.evolve(deja, range=deja.range + 1)


def _sonneries(ligne: Reveil, _: Contexte) -> Iterator[Due]:
    """Every ring that is left, an hour apart; the next one alone can be asked for."""
    for n in range(min(ligne.reste, 3)):
        quand = ligne.des.add(hours=ligne.sonneries + n)
        yield Due(
            quand,
            f"reveil:{ligne.reveil}",
            "{reveil} doit sonner pour {personne} {là}",
            SonnerReveil(reveil=ligne.reveil),
        )


def _lustrer(ligne: Reveil, _: Contexte) -> Iterator[Due]:
    """Still said to be due once it is done, as long as the row is there: what was accepted is done all the same."""
    if ligne.reveil.startswith("or"):
        demande = RangerReveil(reveil=ligne.reveil, personne=ligne.personne)
        yield Due(ligne.des, f"reveil:{ligne.reveil}", "{reveil} est à lustrer", demande)


def _piles(ligne: Reveil, _: Contexte) -> Iterator[Due]:
    if not ligne.range:
        yield Due(ligne.des.add(hours=24 * 20), f"reveil:{ligne.reveil}", "Les piles de {reveil} sont à changer")


def _ranger_apres(fait: ReveilSonne) -> Iterator[RangerReveil]:
    if fait.reste == 0:
        yield RangerReveil(reveil=fait.reveil)


DOMAINE = Domaine(
    "reveil",
    "Réveils",
    faits=(ReveilRegle, ReveilSonne, ReveilRange),
    demandes=(
        Demande(CorrigerReveil, QUI, lambda c, _: lire(dernier_fait(f"reveil:{c.reveil}")), _corriger),
        Demande(ReglerReveil, QUI, _lit, _regler),
        Demande(SonnerReveil, QUI, _lit, _sonner),
        Demande(RangerReveil, QUI, _lit, _ranger),
    ),
    refus=(ReveilCasse,),
    registres=(Registre("reveils", Reveil, _tenir, titre="Registre des réveils"),),
    suites=(Suite("ranger", ReveilSonne, _ranger_apres),),
    echeances=(
        Echeance("reveil.sonner", "Réveils qui sonnent", "reveils", _sonneries),
        Echeance("reveil.lustrer", "Réveils à lustrer", "reveils", _lustrer),
        Echeance("reveil.piles", "Piles à changer", "reveils", _piles),
    ),
)
CATALOGUE = catalogue_of([*installed().domaines, DOMAINE])
