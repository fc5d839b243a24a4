"""Fermetures: a space closed for some days, opened again before the end, gone for good; and all that it contains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from whenever import Date

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.arrets import Arret, Arrets, arret_entre, arrets_avec, arrets_sans, depart
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace
from tierslieu_core.vocabulaire.temps import ordre

REGIE = frozenset({"concierge", "coordination", "regie"})

Sort = Literal["revoir", "garder", "annuler"]
"""What becomes of the bookings in the way: somebody looks at each again, they stay, or they are cancelled."""

# ── événements (chacun dit toutes les fermetures de l'espace : le dernier suffit) ───────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (espace(fait.espace),)


def _a_revoir(champs: dict[str, Any]) -> dict[str, Any]:
    """Before, what became of the bookings was not said: they were to be looked at again."""
    return {**champs, "sort": "revoir"}


@evenement("espaces.EspaceFerme", "{espace} ferme du {du} au {au} : {motif}", version=2, upcasts={1: _a_revoir})
class EspaceFerme:
    espace: EspaceId
    du: Date
    au: Date
    motif: str
    arrets: Arrets = champ("toutes les fermetures de l'espace, désormais")
    sort: Sort = champ("sort des réservations de ces jours", default="revoir")

    etiquettes = _etiquettes


@evenement(
    "espaces.EspaceRetire",
    "{espace} n'est plus un espace du lieu, à partir du {le} : {motif}",
    version=2,
    upcasts={1: _a_revoir},
)
class EspaceRetire:
    espace: EspaceId
    le: Date
    motif: str
    arrets: Arrets = champ("toutes les fermetures de l'espace, désormais")
    sort: Sort = champ("sort des réservations qui suivent", default="revoir")

    etiquettes = _etiquettes


@evenement("espaces.EspaceRouvert", "{espace} rouvre le {le}")
class EspaceRouvert:
    espace: EspaceId
    le: Date
    arrets: Arrets = champ("toutes les fermetures de l'espace, désormais")

    etiquettes = _etiquettes


Fait = EspaceFerme | EspaceRetire | EspaceRouvert

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("espaces.FermerEspace")
class FermerEspace:
    """Fermer un espace, et ce qu'il contient, de tel jour à tel jour, avec un motif."""

    espace: EspaceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str
    sort: Sort = champ("sort des réservations de ces jours (revoir, garder, annuler)", default="revoir")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("espaces.RetirerEspace")
class RetirerEspace:
    """Retirer un espace du lieu, à partir d'un jour, avec un motif."""

    espace: EspaceId
    le: Date = champ("à partir du")
    motif: str
    sort: Sort = champ("sort des réservations qui suivent (revoir, garder, annuler)", default="revoir")


@commande("espaces.RouvrirEspace")
class RouvrirEspace:
    """Rouvrir un espace avant la fin prévue de sa fermeture."""

    espace: EspaceId
    le: Date = champ("ouvert à nouveau à partir du")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.EspaceAbsent",
    "{espace} n'est plus un espace du lieu, à partir du {le} : {motif}.",
    "Choisissez un autre espace.",
)
class EspaceAbsent(Refus):
    espace: EspaceId
    le: Date
    motif: str


@refus(
    "espaces.EspaceEnFermeture",
    "{espace} est en fermeture du {du} au {au} : {motif}.",
    "Choisissez des jours hors de cette fermeture, ou un autre espace.",
)
class EspaceEnFermeture(Refus):
    espace: EspaceId
    du: Date
    au: Date
    motif: str


@refus(
    "espaces.ConteneurAbsent",
    "{espace} fait partie de {dans}, qui n'est plus un espace du lieu, à partir du {le} : {motif}.",
    "Choisissez un autre espace ; ou, si celui-ci existe encore, déliez-le de ce qui est parti.",
)
class ConteneurAbsent(Refus):
    espace: EspaceId
    dans: EspaceId
    le: Date
    motif: str


@refus(
    "espaces.ConteneurEnFermeture",
    "{espace} fait partie de {dans}, en fermeture du {du} au {au} : {motif}.",
    "Choisissez des jours hors de cette fermeture, ou un autre espace.",
)
class ConteneurEnFermeture(Refus):
    espace: EspaceId
    dans: EspaceId
    du: Date
    au: Date
    motif: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _arrets(_: Arrets, fait: EspaceFerme | EspaceRetire | EspaceRouvert) -> Arrets:
    return fait.arrets


arrets_de = Lecture[Arrets]("espaces.arrets", (), _arrets, dernier=True)


def empechement(lequel: EspaceId, arrets: Arrets, du: Date, au: Date) -> EspaceAbsent | EspaceEnFermeture | None:
    """Why a space by itself cannot be used from one day to another, both included; ``None`` when it can."""
    a = arret_entre(arrets, du, au)
    if a is None:
        return None
    if a.au is None:
        return EspaceAbsent(espace=lequel, le=a.du, motif=a.motif)
    return EspaceEnFermeture(espace=lequel, du=a.du, au=a.au, motif=a.motif)


def empechement_dans(lequel: EspaceId, arrets: Mapping[EspaceId, Arrets], du: Date, au: Date) -> Refus | None:
    """The same, of a space and of each one that contains it (``enveloppe``), with the stops of each."""
    for un, siens in arrets.items():
        trouve = empechement(un, siens, du, au)
        if trouve is None:
            continue
        if un == lequel:
            return trouve
        if isinstance(trouve, EspaceAbsent):
            return ConteneurAbsent(espace=lequel, dans=un, le=trouve.le, motif=trouve.motif)
        return ConteneurEnFermeture(espace=lequel, dans=un, du=trouve.du, au=trouve.au, motif=trouve.motif)
    return None


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: FermerEspace | RetirerEspace | RouvrirEspace, _: Contexte) -> Lot[tuple[Arrets]]:
    return lire(arrets_de(espace(c.espace)))


def _fermer(c: FermerEspace, etats: tuple[Arrets], x: Contexte) -> Issue:
    arrets, nouveau = etats[0], Arret(du=c.du, au=c.au, motif=c.motif)
    if nouveau in arrets:
        return ()
    parti = depart(arrets)
    if parti is not None and parti.du <= c.du:
        return EspaceAbsent(espace=c.espace, le=parti.du, motif=parti.motif)
    tous = arrets_avec(arrets, nouveau, x.aujourdhui)
    return [EspaceFerme(espace=c.espace, du=c.du, au=c.au, motif=c.motif, arrets=tous, sort=c.sort)]


def _retirer(c: RetirerEspace, etats: tuple[Arrets], x: Contexte) -> Issue:
    arrets = etats[0]
    parti = depart(arrets)
    if parti is not None:
        return () if parti.du == c.le else EspaceAbsent(espace=c.espace, le=parti.du, motif=parti.motif)
    tous = arrets_avec(arrets, Arret(du=c.le, au=None, motif=c.motif), x.aujourdhui)
    return [EspaceRetire(espace=c.espace, le=c.le, motif=c.motif, arrets=tous, sort=c.sort)]


def _rouvrir(c: RouvrirEspace, etats: tuple[Arrets], _: Contexte) -> Issue:
    arrets = etats[0]
    ferme = empechement(c.espace, arrets, c.le, c.le)
    if ferme is None:
        return ()
    if isinstance(ferme, EspaceAbsent):
        return ferme
    return [EspaceRouvert(espace=c.espace, le=c.le, arrets=arrets_sans(arrets, c.le))]


FAITS = (EspaceFerme, EspaceRetire, EspaceRouvert)
DEMANDES = (
    Demande(FermerEspace, REGIE | {"referent"}, _lit, _fermer),
    Demande(RetirerEspace, REGIE, _lit, _retirer),
    Demande(RouvrirEspace, REGIE | {"referent"}, _lit, _rouvrir),
)
REFUS = (EspaceAbsent, EspaceEnFermeture, ConteneurAbsent, ConteneurEnFermeture)
