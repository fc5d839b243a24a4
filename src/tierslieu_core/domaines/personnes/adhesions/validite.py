"""Validité: what a membership is worth on a day. Its dates alone say so; nothing is recorded when it lapses."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdherentExclu,
    DepartEnregistre,
    EnCours,
    Exclusion,
    ExclusionLevee,
)
from tierslieu_core.kernel.declarations import Refus, refus
from tierslieu_core.vocabulaire.identifiants import PersonneId

# ── refus que partagent les demandes sur une adhésion ───────────────────────────────────────────────────────────────


@refus("adhesions.DejaAdherent", "{personne} a déjà une adhésion, jusqu'au {au}.", "Renouvelez son adhésion.")
class DejaAdherent(Refus):
    personne: PersonneId
    au: Date


@refus("adhesions.PasAdherent", "{personne} n'a pas d'adhésion.", "Admettez d'abord cette personne.")
class PasAdherent(Refus):
    personne: PersonneId


@refus(
    "adhesions.DejaParti",
    "{personne} quitte le lieu, dernier jour le {le}.",
    "Si cette personne revient, admettez-la à nouveau, à partir du lendemain.",
)
class DejaParti(Refus):
    personne: PersonneId
    le: Date


@refus(
    "adhesions.EncoreExclu",
    "{personne} : exclusion en cours {exclusion}.",
    "Attendez la fin de l'exclusion, ou levez-la d'abord, avec un motif (adhesions.LeverExclusion).",
)
class EncoreExclu(Refus):
    personne: PersonneId
    exclusion: Exclusion


@refus(
    "adhesions.FinieParExclusion",
    "{personne} n'a plus d'adhésion : une exclusion y a mis fin ({exclusion}).",
    "Si cette personne revient, admettez-la à nouveau, une fois l'exclusion finie ou levée.",
)
class FinieParExclusion(Refus):
    personne: PersonneId
    exclusion: Exclusion


REFUS = (DejaAdherent, PasAdherent, DejaParti, EncoreExclu, FinieParExclusion)

# ── un jour donné ───────────────────────────────────────────────────────────────────────────────────────────────────


def dernier_jour(adhesion: Accordee) -> Date:
    """The last day of a membership, were it not paused: that of its departure or exclusion, if it is sooner."""
    match adhesion:
        case DepartEnregistre(le=le):
            return min(adhesion.au, le)
        case AdherentExclu(exclusion=exclusion) | ExclusionLevee(exclusion=exclusion):
            return min(adhesion.au, exclusion.du.prev_day())
        case _:
            return adhesion.au


def jusqu_au(adhesion: Accordee | None, jour: Date) -> Date | None:
    """The last day of a membership that is current on a day; ``None`` when none is (not begun, ended, paused)."""
    if adhesion is None or not adhesion.du <= jour <= dernier_jour(adhesion):
        return None
    paused = any(p is not None and p.court(jour) for p in (adhesion.suspension, adhesion.gel))
    return None if paused else dernier_jour(adhesion)


def sanction(adhesion: Accordee | None, jour: Date) -> bool:
    """Whether its person may have no right that day, even under others' memberships: suspended, or excluded."""
    if isinstance(adhesion, AdherentExclu) and adhesion.exclusion.court(jour):
        return True
    return adhesion is not None and adhesion.suspension is not None and adhesion.suspension.court(jour)


# ── ce qui empêche d'y toucher, ou d'en ouvrir une autre ────────────────────────────────────────────────────────────


def vivante(adhesion: Accordee | None, qui: PersonneId) -> EnCours | Refus:
    """The membership that can be renewed or paused, or why there is none."""
    match adhesion:
        case None:
            return PasAdherent(personne=qui)
        case DepartEnregistre(le=le):
            return DejaParti(personne=qui, le=le)
        case AdherentExclu(exclusion=exclusion) | ExclusionLevee(exclusion=exclusion):
            return FinieParExclusion(personne=qui, exclusion=exclusion)
        case _:
            return adhesion


def obstacle(adhesion: Accordee | None, jour: Date) -> Refus | None:
    """Why no other membership can begin on that day: this one still holds, or its person is excluded."""
    match adhesion:
        case None:
            return None
        case AdherentExclu(exclusion=exclusion) if exclusion.court(jour):
            return EncoreExclu(personne=adhesion.personne, exclusion=exclusion)
        case _ if dernier_jour(adhesion) < jour:
            return None
        case DepartEnregistre(le=le):
            return DejaParti(personne=adhesion.personne, le=le)
        case _:
            return DejaAdherent(personne=adhesion.personne, au=dernier_jour(adhesion))
