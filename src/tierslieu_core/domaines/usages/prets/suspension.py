"""Suspension: for some days, a person borrows nothing; it follows from loans that were late, and is lifted by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.recours import EffetsAnnules, attente_de
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, PretId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement(
    "prets.EmpruntsSuspendus",
    "{personne} n'emprunte plus rien jusqu'au {au} : [{objet} n'est pas revenu][des exemplaires manquent ({modele})]",
    version=2,
    upcasts={1: lambda champs: {**champs, "modele": None, "pret": None}},
)
class EmpruntsSuspendus:
    personne: PersonneId
    objet: ObjetId | None = None
    du: Date
    au: Date
    modele: ModeleId | None = champ("le modèle, d'un prêt en nombre", default=None)
    pret: PretId | None = champ("le prêt en nombre", default=None)

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("prets.SuspensionLevee", "{personne} peut de nouveau emprunter : {motif}")
class SuspensionLevee:
    personne: PersonneId
    le: Date
    motif: Personnel = personnel(qui="personne", conservation="pret")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("prets.SuspensionTombee", "{personne} peut de nouveau emprunter : le prêt était enregistré par erreur")
class SuspensionTombee:
    personne: PersonneId
    le: Date

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


COMMANDES = frozenset({"prets.RelancerPret", "prets.RelancerQuantite"})
"""What suspends."""

# ── lecture, décision ───────────────────────────────────────────────────────────────────────────────────────────────

Suspension = EmpruntsSuspendus | None


def _suspension(_: Suspension, fait: EmpruntsSuspendus | SuspensionLevee | SuspensionTombee) -> Suspension:
    return fait if isinstance(fait, EmpruntsSuspendus) else None


suspension_de = Lecture[Suspension]("prets.suspension", None, _suspension, dernier=True)


def suspensions_de(siens: tuple[str, ...]) -> Lot[tuple[Suspension, ...]]:
    """Those of a person, under each of their tags; none while a suspensive appeal against one waits for its answer."""
    toutes: Lot[tuple[Suspension, ...]] = Lot(tuple(suspension_de(un) for un in siens))
    lues: Lot[Any] = toutes.puis(lambda found: Lot((attente_de(*siens),) if any(found) else ()))
    return lues.shaped(lambda etats: () if any(not COMMANDES.isdisjoint(a) for a in etats[1]) else etats[0])


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


def _annuler(fait: EffetsAnnules) -> Iterable[LeverSuspension]:
    """An appeal or a revision undid it."""
    if fait.commande in COMMANDES:
        yield LeverSuspension(personne=fait.personne, motif=fait.motif)


def tombee(suspension: Suspension, x: Contexte, chose: ObjetId | PretId) -> Iterable[SuspensionTombee]:
    """The fact that a suspension ends, if it is that of a loan that was recorded by mistake."""
    if suspension is not None and chose in (suspension.objet, suspension.pret):
        yield SuspensionTombee(personne=suspension.personne, le=x.aujourdhui)


FAITS = (EmpruntsSuspendus, SuspensionLevee, SuspensionTombee)
DEMANDES = (Demande(LeverSuspension, frozenset({"concierge", "coordination"}), _lit, _lever),)
REFUS = (PasDEmprunt,)
SUITES = (Suite("suspension_annulee", EffetsAnnules, _annuler),)
