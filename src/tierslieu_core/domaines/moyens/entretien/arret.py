"""Hors d'usage: the days on which what is broken or under works is nobody's, and the demands by which it is so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens import espaces, materiel
from tierslieu_core.kernel.declarations import Contexte, Refus, champ
from tierslieu_core.kernel.lectures import Lue
from tierslieu_core.vocabulaire.arrets import Arrets, Sort, depart
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.identifiants import EspaceId, ObjetId, PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures

REGIE = frozenset({"concierge", "coordination", "regie"})
SORT = "ce que devient ce qui était réservé ces jours-là (revoir, garder, annuler)"
SUR = "quoi : un espace ou un objet, comme « espace:salle-verte » ou « objet:scie »"


@attrs.frozen(kw_only=True)
class HorsUsage:
    """Days without use, both included; ``motif``: what people are told; ``sort``: what becomes of what was reserved."""

    du: Date
    au: Date
    motif: str
    sort: Sort = champ("ce que devient ce qui était réservé", default="revoir")  # noqa: RUF009 - champ() is an attrs field

    def __str__(self) -> str:
        return f"du {court(self.du)} au {court(self.au)}"


def faute_de_chose(sur: Chose) -> list[tuple[str, str]]:
    """What can be kept in order: a space, an item."""
    return [] if sur.genre in {"espace", "objet"} else [("sur", f"un espace ou un objet, reçu « {sur} »")]


def arrets_de(sur: Chose) -> Lue[Arrets]:
    """The stops of either."""
    return espaces.arrets_de(str(sur)) if sur.genre == "espace" else materiel.arrets_de(str(sur))


def parti(sur: Chose, arrets: Arrets, le: Date) -> Refus | None:
    """That it is of the place no more by that day; ``None`` when it is."""
    d = depart(arrets)
    if d is None or d.du > le:
        return None
    if sur.genre == "espace":
        return espaces.EspaceAbsent(espace=EspaceId(sur.un), le=d.du, motif=d.motif)
    return materiel.ObjetAbsent(objet=ObjetId(sur.un), le=d.du, motif=d.motif)


def rendu_le(arret: HorsUsage | None, arrets: Arrets, le: Date, sauf: HorsUsage | None = None) -> Date | None:
    """From ``le`` on, the first day on which this stop alone keeps the thing, ``sauf`` what replaces it.

    ``None``: there is none, or no such day is left; other stops are nobody's to lift here.
    """
    if arret is None:
        return None
    jour = max(le, arret.du)
    while jour <= arret.au:
        garde = sauf is not None and sauf.du <= jour <= sauf.au
        if not garde and {a.motif for a in arrets if a.touche(jour, jour)} == {arret.motif}:
            return jour
        jour = jour.next_day()
    return None


def arreter(sur: Chose, arret: HorsUsage | None) -> Iterator[object]:
    """The demand that closes the space, or takes the item out of service; those concerned are told there."""
    if arret is None:
        return
    jours: dict[str, Any] = {"du": arret.du, "au": arret.au, "motif": arret.motif, "sort": arret.sort}
    if sur.genre == "espace":
        yield espaces.FermerEspace(espace=EspaceId(sur.un), **jours)
    else:
        yield materiel.ImmobiliserObjet(objet=ObjetId(sur.un), **jours)


def rendre(sur: Chose, rendu: Date | None) -> Iterator[object]:
    """The demand that gives it back from that day on."""
    if rendu is None:
        return
    if sur.genre == "espace":
        yield espaces.RouvrirEspace(espace=EspaceId(sur.un), le=rendu)
    else:
        yield materiel.LeverImmobilisation(objet=ObjetId(sur.un), le=rendu)


def mesures(action: str, sur: Chose, jour: Date, x: Contexte) -> Mesures:
    """What the rules that name this action judge."""
    return Mesures(
        action=action, nommee=True, personne=PersonneId(x.par), lieux=(str(sur),), jour=jour, demande_le=x.survenu_le
    )
