"""Une adhésion: what it is at each moment. Every fact of one says it whole, so that the last one suffices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.kernel.declarations import Contexte, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture, Lue
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Accordee) -> Iterable[str]:
    return (personne(fait.personne),)


def _sans_gel(v1: dict[str, Any]) -> dict[str, Any]:
    return {**v1, "gel": None}


class Jours(Protocol):
    """From a day to another; ``au``: ``None`` without end."""

    @property
    def du(self) -> Date: ...
    @property
    def au(self) -> Date | None: ...


def court_le(jours: Jours, jour: Date) -> bool:
    """Whether it holds on a day."""
    return jours.du <= jour and (jours.au is None or jour <= jours.au)


def en_jours(jours: Jours) -> str:
    """From when to when, in words."""
    du = date(jours.du)
    return f"à partir du {du}, sans terme" if jours.au is None else f"du {du} au {date(jours.au)}"


@attrs.frozen(kw_only=True)
class Suspension:
    """A sanction: first and last day."""

    du: Date
    au: Date

    court = court_le

    def __str__(self) -> str:
        return en_jours(self)


@attrs.frozen(kw_only=True)
class Gel:
    """A pause that the member asked for; ``rendus_jours``: by how much it puts off the end of the membership."""

    du: Date
    au: Date
    rendus_jours: int

    court = court_le

    def __str__(self) -> str:
        return en_jours(self)


@attrs.frozen(kw_only=True)
class Exclusion:
    """First and last day; ``au``: ``None`` without end."""

    du: Date
    au: Date | None

    court = court_le

    def __str__(self) -> str:
        return en_jours(self)


@evenement("adhesions.AdhesionAdmise", "{personne} entre parmi les adhérents ({palier}), du {du} au {au}")
class AdhesionAdmise:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: ClassVar[None] = None
    gel: ClassVar[None] = None

    etiquettes = _etiquettes


@evenement(
    "adhesions.AdhesionRenouvelee", "L'adhésion de {personne} ({palier}) est renouvelée jusqu'au {au}",
    version=2, upcasts={1: _sans_gel},
)  # fmt: skip
class AdhesionRenouvelee:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel | None

    etiquettes = _etiquettes


@evenement(
    "adhesions.AdhesionSuspendue", "L'adhésion de {personne} est suspendue {suspension} : {motif}",
    version=2, upcasts={1: _sans_gel},
)  # fmt: skip
class AdhesionSuspendue:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension
    gel: Gel | None
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


@evenement("adhesions.AdhesionGelee", "L'adhésion de {personne} est gelée {gel}, et va jusqu'au {au}")
class AdhesionGelee:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel

    etiquettes = _etiquettes


@evenement("adhesions.AdhesionReprise", "{personne} reprend son adhésion le {le}, jusqu'au {au}")
class AdhesionReprise:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel | None
    le: Date

    etiquettes = _etiquettes


@evenement(
    "adhesions.DepartEnregistre", "{personne} quitte le lieu, dernier jour le {le}", version=2, upcasts={1: _sans_gel}
)
class DepartEnregistre:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel | None
    le: Date
    motif: Personnel | None = personnel(qui="personne", conservation="adhesion", default=None)

    etiquettes = _etiquettes


@evenement("adhesions.AdherentExclu", "{personne} : exclusion {exclusion} ({motif})")
class AdherentExclu:
    """Its ``palier`` is empty for whoever had no membership of their own."""

    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel | None
    exclusion: Exclusion
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


@evenement("adhesions.ExclusionLevee", "L'exclusion de {personne} est levée le {le} : {motif}")
class ExclusionLevee:
    """The membership ended all the same: who comes back is admitted again."""

    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    gel: Gel | None
    exclusion: Exclusion
    le: Date
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


EnCours = AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | AdhesionGelee | AdhesionReprise
Finie = DepartEnregistre | AdherentExclu | ExclusionLevee
Accordee = EnCours | Finie

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _accordee(_: Accordee | None, fait: Accordee) -> Accordee | None:
    return fait


adhesion_de = Lecture[Accordee | None]("adhesions.adhesion", None, _accordee, dernier=True)


def lue(qui: PersonneId, x: Contexte) -> Lue[Accordee | None]:
    """The membership of a person, under whichever of their identifiers it was last spoken of."""
    return adhesion_de(*map(personne, identifiants(qui, x)))


def termes(adhesion: Accordee, **autres: Any) -> dict[str, Any]:
    """What a membership is, carried on from fact to fact; ``autres``: what changes."""
    return {
        "personne": adhesion.personne, "palier": adhesion.palier, "groupes": adhesion.groupes, "du": adhesion.du,
        "au": adhesion.au, "suspension": adhesion.suspension, "gel": adhesion.gel, **autres,
    }  # fmt: skip
