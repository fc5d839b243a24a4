"""Références: a billable fact of the place, by its identifier there; its life here, and nothing of what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.mots import FactureId, TiersId
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel

Etat = Literal["à facturer", "facturée", "écartée", "à revoir", "corrigée"]

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("finances.ReferenceRecue", "À facturer : {libelle}, le {le}[, à {tiers}] (le fait {reference} du lieu)")
class ReferenceRecue:
    reference: str
    nature: str
    libelle: str
    le: Date
    tiers: TiersId | None = champ("personne", dit="personne")

    def etiquettes(self) -> Iterable[str]:
        return (mots.reference(self.reference),)


@evenement("finances.ReferenceCorrigee", "{libelle} : le lieu a corrigé ce fait ({reference}), il ne compte plus")
class ReferenceCorrigee:
    reference: str
    libelle: str

    def etiquettes(self) -> Iterable[str]:
        return (mots.reference(self.reference),)


@evenement("finances.SuiviAvance", "Les faits « {nature} » du lieu sont reçus jusqu'à la position {position}")
class SuiviAvance:
    nature: str
    position: int

    def etiquettes(self) -> Iterable[str]:
        return (mots.facturable(self.nature),)


@evenement("finances.ReferenceEcartee", "{libelle} ne sera pas facturé ({reference}) : {motif}")
class ReferenceEcartee:
    reference: str
    libelle: str
    motif: Personnel = personnel(qui="par", conservation="finances")

    def etiquettes(self) -> Iterable[str]:
        return (mots.reference(self.reference),)


@evenement("finances.ReferenceReprise", "{libelle} est de nouveau à facturer ({reference})")
class ReferenceReprise:
    reference: str
    libelle: str

    def etiquettes(self) -> Iterable[str]:
        return (mots.reference(self.reference),)


@evenement("finances.FactureAnnoncee", "Facture {numero} : {references}")
class FactureAnnoncee:
    facture: FactureId
    numero: str
    references: tuple[str, ...]

    def etiquettes(self) -> Iterable[str]:
        return mots.facture(self.facture), *(mots.reference(une) for une in self.references)


@evenement("finances.FactureAnnulee", "Facture {numero} annulée par l'avoir {avoir}")
class FactureAnnulee:
    facture: FactureId
    numero: str
    references: tuple[str, ...]
    avoir: str

    def etiquettes(self) -> Iterable[str]:
        return mots.facture(self.facture), *(mots.reference(une) for une in self.references)


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Fait = ReferenceRecue | ReferenceCorrigee | ReferenceEcartee | ReferenceReprise | FactureAnnoncee | FactureAnnulee


@attrs.frozen
class Reference:
    """Where one billable fact stands: to be invoiced, invoiced, set aside; corrected by the place, maybe too late."""

    reference: str
    libelle: str
    etat: Etat = "à facturer"


APRES: dict[type, dict[Etat, Etat]] = {
    ReferenceCorrigee: {"à facturer": "corrigée", "écartée": "corrigée", "facturée": "à revoir"},
    ReferenceEcartee: {"à facturer": "écartée"},
    ReferenceReprise: {"écartée": "à facturer"},
    FactureAnnoncee: {"à facturer": "facturée"},
    FactureAnnulee: {"facturée": "à facturer", "à revoir": "corrigée"},
}
"""What each fact makes of a reference, from where it stood; elsewhere, it changes nothing."""


def suivant(etat: Etat, fait: Fait) -> Etat:
    """Where a reference stands after a fact."""
    return APRES.get(type(fait), {}).get(etat, etat)


def _reference(
    lue: Reference | None,
    fait: ReferenceRecue | ReferenceCorrigee | ReferenceEcartee | ReferenceReprise | FactureAnnoncee | FactureAnnulee,
) -> Reference | None:
    if isinstance(fait, ReferenceRecue):
        return lue or Reference(fait.reference, fait.libelle)
    return None if lue is None else attrs.evolve(lue, etat=suivant(lue.etat, fait))


reference_de = Lecture[Reference | None]("finances.reference", None, _reference)
