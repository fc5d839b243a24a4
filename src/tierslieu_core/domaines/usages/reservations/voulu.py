"""Voulu: what somebody wants of a space, and when; asked once or in series, held as an option, or waited for."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from tierslieu_core.domaines.usages.reservations.reservation import Fait
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId
from tierslieu_core.vocabulaire.temps import Moment, Periode


class Demandee(Protocol):
    """What every demand for a space says."""

    @property
    def espace(self) -> EspaceId: ...
    @property
    def personne(self) -> PersonneId: ...
    @property
    def participants(self) -> int | None: ...
    @property
    def configuration(self) -> str | None: ...
    @property
    def inscrits(self) -> tuple[PersonneId, ...]: ...
    @property
    def usage(self) -> str: ...
    @property
    def faits(self) -> tuple[FaitDit, ...]: ...


class DemandeeUneFois(Demandee, Protocol):
    """From such an hour to such an hour."""

    @property
    def debut(self) -> Moment: ...
    @property
    def fin(self) -> Moment: ...


class Voulu(NamedTuple):
    """A space, for a person, then. ``sauf``: the booking that moves there, and so is not in its own way.

    ``marges``: minutes before and after, when they are not those that the place now sets.
    """

    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    sauf: ReservationId | None = None
    configuration: str | None = None
    inscrits: tuple[PersonneId, ...] = ()
    usage: str = ""
    serie: SerieId | None = None
    marges: tuple[int, int] | None = None
    faits: tuple[FaitDit, ...] = ()

    @classmethod
    def demande(cls, c: Demandee, periode: Periode) -> Voulu:
        """What is asked, at those hours."""
        return cls(
            c.espace, c.personne, periode, c.participants,
            configuration=c.configuration, inscrits=c.inscrits, usage=c.usage, faits=c.faits,
        )  # fmt: skip

    @classmethod
    def de(cls, r: Fait, periode: Periode | None = None, ou: EspaceId | None = None) -> Voulu:
        """What a booking wants, at other hours or elsewhere where that is said."""
        p = r.precisions
        return cls(
            ou or r.espace, r.personne, periode or r.periode, r.participants, r.reservation,
            p.configuration, p.inscrits, p.usage, r.serie, faits=p.faits,
        )  # fmt: skip


def veut(c: DemandeeUneFois, x: Contexte) -> Voulu:
    """What is asked, at the hours that the demand says."""
    return Voulu.demande(c, Periode(c.debut, c.fin, x.livre.zone))


def fautes_du_creneau(c: DemandeeUneFois, zone: str) -> list[tuple[str, str]]:
    """What cannot be asked of anybody: so many persons, and these hours."""
    return fautes_de_participants(c) + Periode(c.debut, c.fin, zone).fautes()


def fautes_de_participants(c: Demandee) -> list[tuple[str, str]]:
    """Nobody at all; fewer than those who are named."""
    if c.participants is not None and c.participants < 1:
        return [("participants", "une personne au moins")]
    if c.participants is not None and c.participants < len(set(c.inscrits)):
        return [("participants", f"au moins les {len(set(c.inscrits))} personnes que la demande nomme")]
    return []
