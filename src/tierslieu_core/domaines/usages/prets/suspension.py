"""Suspension: for some days, a person borrows nothing; it follows from loans that were late, and is lifted by hand."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, commande, evenement, personnel, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("prets.EmpruntsSuspendus", "{personne} n'emprunte plus rien jusqu'au {au} : {objet} n'est pas revenu")
class EmpruntsSuspendus:
    personne: PersonneId
    objet: ObjetId
    du: Date
    au: Date

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("prets.SuspensionLevee", "{personne} peut de nouveau emprunter : {motif}")
class SuspensionLevee:
    personne: PersonneId
    le: Date
    motif: Personnel = personnel(qui="personne", conservation="pret")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@commande("prets.LeverSuspension")
class LeverSuspension:
    """Laisser une personne emprunter de nouveau, avant la fin de sa suspension."""

    personne: PersonneId
    motif: Personnel = personnel("motif", qui="personne", conservation="pret")


@refus(
    "prets.PasDEmprunt",
    "{personne} n'emprunte rien jusqu'au {au} : un prêt n'est pas revenu à temps.",
    "Attendez ce jour ; la conciergerie peut lever la suspension (« tierslieu faire prets.LeverSuspension »).",
)
class PasDEmprunt(Refus):
    personne: PersonneId
    au: Date


# ── lecture, décision ───────────────────────────────────────────────────────────────────────────────────────────────

Suspension = EmpruntsSuspendus | None


def _suspension(_: Suspension, fait: EmpruntsSuspendus | SuspensionLevee) -> Suspension:
    return fait if isinstance(fait, EmpruntsSuspendus) else None


suspension_de = Lecture[Suspension]("prets.suspension", None, _suspension, dernier=True)


def suspendu(suspension: Suspension, le: Date) -> Refus | None:
    """Why a person borrows nothing on a day; ``None`` when they may."""
    if suspension is None or not suspension.du <= le <= suspension.au:
        return None
    return PasDEmprunt(personne=suspension.personne, au=suspension.au)


def _lit(c: LeverSuspension, _: Contexte) -> Lot[tuple[Suspension]]:
    return lire(suspension_de(personne(c.personne)))


def _lever(c: LeverSuspension, etats: tuple[Suspension], x: Contexte) -> Issue:
    if etats[0] is None or etats[0].au < x.aujourdhui:
        return ()
    return [SuspensionLevee(personne=c.personne, le=x.aujourdhui, motif=c.motif)]


FAITS = (EmpruntsSuspendus, SuspensionLevee)
DEMANDES = (Demande(LeverSuspension, frozenset({"concierge", "coordination"}), _lit, _lever),)
REFUS = (PasDEmprunt,)
