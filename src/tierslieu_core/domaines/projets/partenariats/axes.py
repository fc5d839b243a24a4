"""Axes (PA1): what the place looks for in its partnerships, adopted and closed."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import AxeId
from tierslieu_core.vocabulaire.identifiants import axe as etiquette
from tierslieu_core.vocabulaire.vie import vers

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("partenariats.AxeAdopte", "Un axe de partenariat, à partir du {du} : {nom}")
class AxeAdopte:
    axe: AxeId
    nom: str
    du: Date

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.axe),)


@evenement("partenariats.AxeClos", "L'axe de partenariat « {nom} » est clos le {le} : {bilan}")
class AxeClos:
    axe: AxeId
    nom: str
    le: Date
    bilan: Personnel = personnel(qui="par", conservation="partenariat")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.axe),)


Axe = AxeAdopte | AxeClos

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("partenariats.AdopterAxe")
class AdopterAxe:
    """Adopter un axe de la stratégie de partenariats, ou le dire autrement ; un axe clos se rouvre ainsi."""

    axe: AxeId = nouveau("axe, en un mot")
    nom: str = champ("ce que le lieu cherche")
    du: Date = champ("premier jour")


@commande("partenariats.CloreAxe")
class CloreAxe:
    """Clore un axe de la stratégie de partenariats, et dire ce qu'il a donné."""

    axe: AxeId
    le: Date = champ("dernier jour")
    bilan: Personnel = personnel("ce qu'il a donné", qui="par", conservation="partenariat")


@commande("partenariats.CorrigerAxe")
class CorrigerAxe:
    """Corriger le dernier fait d'un axe de partenariat, enregistré par erreur."""

    axe: AxeId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "partenariats.SansAxe",
    "L'axe « {axe} » n'est pas de la stratégie du lieu[ : il fut clos le {clos_le}].",
    "Voyez ceux qui en sont (tierslieu registre axes), ou adoptez-le (partenariats.AdopterAxe).",
)
class SansAxe(Refus):
    axe: str
    clos_le: Date | None


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _axe(_: Axe | None, fait: AxeAdopte | AxeClos) -> Axe | None:
    return fait


def _dernier(_: Read | None, fait: AxeAdopte | AxeClos, note: Note) -> Read | None:
    return fait, note


axe_de = Lecture[Axe | None]("partenariats.axe", None, _axe, dernier=True)
dernier_fait = Lecture[Read | None]("partenariats.dernier_fait_axe", None, _dernier, dernier=True, notes=True)


def ferme(lequel: AxeId, axe: Axe | None) -> SansAxe | None:
    """Why nothing can be hung on an axis; ``None`` when it holds."""
    if isinstance(axe, AxeAdopte):
        return None
    return SansAxe(axe=lequel, clos_le=None if axe is None else axe.le)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Axe | None]


def _lit(c: AdopterAxe | CloreAxe, _: Contexte) -> Lot[Etats]:
    return lire(axe_de(etiquette(c.axe)))


def _adopter(c: AdopterAxe, etats: Etats, _: Contexte) -> Issue:
    dit = vers(AxeAdopte, c)
    return () if etats[0] == dit else [dit]


def _clore(c: CloreAxe, etats: Etats, _: Contexte) -> Issue:
    axe = etats[0]
    if isinstance(axe, AxeClos) and axe.le == c.le:
        return ()
    if not isinstance(axe, AxeAdopte):
        return SansAxe(axe=c.axe, clos_le=None if axe is None else axe.le)
    return [vers(AxeClos, axe, le=c.le, bilan=c.bilan)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAxe:
    """``au``: its last day, once it is closed; ``bilan``: what it gave."""

    axe: AxeId
    nom: str
    du: Date
    au: Date | None = None
    bilan: Personnel | None = None


def _tenir(lignes: dict[AxeId, LigneAxe], fait: AxeAdopte | AxeClos, _: Note) -> None:
    if isinstance(fait, AxeAdopte):
        lignes[fait.axe] = LigneAxe(fait.axe, fait.nom, fait.du)
    else:
        lignes[fait.axe] = attrs.evolve(lignes[fait.axe], au=fait.le, bilan=fait.bilan)


QUI = frozenset({"concierge", "coordination"})
FAITS = (AxeAdopte, AxeClos)
DEMANDES = (
    Demande(AdopterAxe, QUI, _lit, _adopter),
    Demande(CloreAxe, QUI, _lit, _clore),
    correction(CorrigerAxe, QUI, dernier_fait, lambda c: etiquette(c.axe)),
)
REFUS = (SansAxe,)
REGISTRES = (Registre("axes", LigneAxe, _tenir, titre="Axes de la stratégie de partenariats"),)
IDENTIFIANTS = (Identifiant(AxeId, AxeAdopte, (AxeAdopte,)),)
