"""Mesure: what is done of somebody after an écart, or that somebody has to do; taken, then lifted if it must be."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.ecarts import EcartConstate
from tierslieu_core.kernel.declarations import Contexte, Note, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture, Lue
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId, SanctionId, personne, sanction

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement(
    "sanctions.MesurePrise",
    "{personne} : {mesure}[, écart n° {rang} à la règle « {regle} »][, du {du} au {au}] ; {motif}",
)
class MesurePrise:
    """Taken: by the ladder, after ``ecart`` (the identifier of its fact), the ``rang``-th of its period; or by hand.

    ``du``, ``au``: the days of a suspension; of an exclusion, ``du`` is that of the hearing.
    What somebody says, without a last day, has that day as ``du``. ``remplace``: what somebody had to take.
    """

    sanction: SanctionId
    personne: PersonneId
    mesure: str
    regle: RegleId | None
    ecart: str
    rang: int | None
    du: Date | None
    au: Date | None
    remplace: SanctionId | None
    motif: Personnel = personnel(qui="personne", conservation="sanction")

    def etiquettes(self) -> Iterable[str]:
        remplace = () if self.remplace is None else (sanction(self.remplace),)
        return sanction(self.sanction), personne(self.personne), *remplace


@evenement(
    "sanctions.MesureAPrendre", "{personne} : {mesure} à prononcer, écart n° {rang} à la règle « {regle} » ; {motif}"
)
class MesureAPrendre:
    """Somebody has to: it is the place's own word, or nobody can tell the days. ``precisions``: what the rung says."""

    sanction: SanctionId
    personne: PersonneId
    mesure: str
    regle: RegleId
    ecart: str
    rang: int
    precisions: tuple[str, ...]
    motif: Personnel = personnel(qui="personne", conservation="sanction")

    def etiquettes(self) -> Iterable[str]:
        return sanction(self.sanction), personne(self.personne)


@evenement("sanctions.SanctionLevee", "{personne} : {mesure} levée, le {le} ; {motif}")
class SanctionLevee:
    """``compte``: whether its écart still counts for the next ones. ``au``: the last day of the suspension it ends."""

    sanction: SanctionId
    personne: PersonneId
    mesure: str
    ecart: str
    au: Date | None
    le: Date
    compte: bool
    motif: Personnel = personnel(qui="personne", conservation="sanction")

    def etiquettes(self) -> Iterable[str]:
        return sanction(self.sanction), personne(self.personne)


Fait = MesurePrise | MesureAPrendre | SanctionLevee

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Ecarts = tuple[tuple[str, EcartConstate], ...]
"""Each with the identifier of its fact, in their order."""


def _sanction(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _suivis(etat: tuple[Fait, ...], fait: Fait) -> tuple[Fait, ...]:
    return (*etat, fait)


def _ecarts(etat: Ecarts, fait: EcartConstate, note: Note) -> Ecarts:
    return (*etat, (note.id, fait))


sanction_de = Lecture[Fait | None]("sanctions.sanction", None, _sanction, dernier=True)
_suites = Lecture[tuple[Fait, ...]]("sanctions.suites", (), _suivis)
_constates = Lecture[Ecarts]("sanctions.ecarts", (), _ecarts, notes=True)


def suites_de(qui: PersonneId, x: Contexte) -> Lue[tuple[Fait, ...]]:
    """All that was done after the écarts of a person, under each of their identifiers."""
    return _suites(*map(personne, identifiants(qui, x)))


def ecarts_de(qui: PersonneId, x: Contexte) -> Lue[Ecarts]:
    """The écarts of a person."""
    return _constates(*map(personne, identifiants(qui, x)))


def comptent(ecarts: Ecarts, suites: Iterable[Fait], x: Contexte) -> Ecarts:
    """Those that stand: of facts that no correction took back, and whose measure was not annulled."""
    annules = {fait.ecart for fait in suites if isinstance(fait, SanctionLevee) and not fait.compte}
    corriges = {fait.rpartition("/")[0] for fait in x.livre.corriges}
    return tuple((un, fait) for un, fait in ecarts if un not in annules and un.rpartition("/")[0] not in corriges)
