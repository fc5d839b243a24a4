"""Recours: a sanction that waits for the answer to an appeal is not counted; one that is annulled is corrected."""

from __future__ import annotations

from collections.abc import Iterator

from tierslieu_core.domaines.cadre.recours import EffetsAnnules, attente_de
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdherentExclu,
    AdhesionRenouvelee,
    Finie,
    termes,
)  # fmt: skip
from tierslieu_core.domaines.personnes.adhesions.correction import CorrigerAdhesion
from tierslieu_core.domaines.personnes.adhesions.exclusion import ExclureAdherent
from tierslieu_core.kernel.declarations import Suite, fiche
from tierslieu_core.kernel.lectures import Lot

CORRIGEES = frozenset({
    "adhesions.EcarterDemande", "adhesions.EnregistrerDepart", "adhesions.ExclureAdherent",
    "adhesions.SuspendreAdhesion",
})  # fmt: skip

SUSPENDENT = frozenset({"adhesions.SuspendreAdhesion", "sanctions.PrononcerSanction", "sanctions.Sanctionner"})
"""What suspends a membership, by itself or by what follows."""


def lit_attente(adhesion: Accordee | None, siens: tuple[str, ...]) -> Lot[tuple[tuple[str, ...], ...]]:
    """The sanctions that wait: read only of whoever has one, so that the others cost nothing more."""
    sanction = adhesion is not None and (adhesion.suspension is not None or isinstance(adhesion, AdherentExclu))
    return Lot((attente_de(*siens),)) if sanction else Lot(())


def en_attendant(adhesion: Accordee | None, attend: tuple[tuple[str, ...], ...]) -> Accordee | None:
    """A membership as it counts: the sanctions against which a suspensive appeal waits are left aside."""
    (attendues,) = attend or ((),)
    if adhesion is None or not attendues:
        return adhesion
    exclue = isinstance(adhesion, AdherentExclu) and fiche(ExclureAdherent).nom in attendues
    if isinstance(adhesion, Finie) and not exclue:
        return adhesion
    if exclue and not adhesion.palier:  # whoever had no membership of their own
        return None
    suspension = adhesion.suspension if SUSPENDENT.isdisjoint(attendues) else None
    return AdhesionRenouvelee(**termes(adhesion, suspension=suspension))


def _annuler(fait: EffetsAnnules) -> Iterator[CorrigerAdhesion]:
    """What went before is true again, if nothing was built upon it since; else the correction says what was."""
    if fait.commande in CORRIGEES:
        yield CorrigerAdhesion(personne=fait.personne, motif=fait.motif, fait=f"{fait.decision}/1")


SUITES = (Suite("adhesion_retablie", EffetsAnnules, _annuler),)
