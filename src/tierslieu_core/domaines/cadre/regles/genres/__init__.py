"""The kinds of rules: each a typed value that measures, judges, and says itself in French both ways.

A kind is an attrs class with ``NOM`` and the methods of ``GenreDeRegle``; another package adds its own through the
entry-point group ``tierslieu.genres`` (a mapping of names to classes).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from tierslieu_core.domaines.cadre.regles.genres import (
    adhesion,
    administration,
    adoption,
    arbitrage,
    attente,
    cadence,
    calendrier,
    conditions,
    delais,
    dossier,
    eligibilite,
    entretien,
    fenetres,
    materiel,
    ouverture,
    plages,
    presence,
    prets,
    processus,
    quantites,
    quotas,
    recours,
    reglages,
    saisons,
    temps,
)
from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.vocabulaire.mesures import Mesures


class GenreDeRegle(Protocol):
    """What every kind of rule offers.

    One that counts other uses also has ``regarde(du, au, aujourdhui)``: the first and last day of those it must know.
    One that judges giving up a use says so by ``ACTION = "annuler"``: no other kind does.
    One whose refusal ends on a known day has ``possible_le(valeur, jour)``: that day, for a demand of ``jour``.
    """

    NOM: ClassVar[str]

    def sur(self) -> str:
        """The measure and period that it judges: rules of one kind replace each other only on the same one."""
        ...

    def mesure(self, m: Mesures, /) -> Mesuree | None:
        """What it measures (``None`` as value: cannot be told); ``None`` when the demand is not of its concern."""
        ...

    def juge(self, valeur: Valeur, /) -> VerdictDeClause:
        """The verdict on a measure; must say the same for ever."""
        ...

    def limite(self) -> Valeur:
        """The limit, as recorded with each clause."""
        ...

    def phrase(self) -> str:
        """The rule as text."""
        ...

    def refus(self, valeur: Valeur, sur: str, /) -> str:
        """Why a measure does not pass: what was measured, the limit, the way out."""
        ...

    def fautes(self) -> list[tuple[str, str]]:
        """What is wrong with its parameters."""
        ...


GENRES: Mapping[str, type] = {
    kind.NOM: kind
    for kind in (
        temps.Duree, temps.Preavis, temps.Horizon, fenetres.HorizonFin, fenetres.Fenetre, fenetres.OuvertureDesDemandes,
        ouverture.Horaires, ouverture.Fermeture,
        calendrier.Feries, calendrier.VacancesScolaires,
        quotas.Quota, saisons.QuotaDeSaison, quantites.Simultanes, quantites.Capacite,
        quantites.DureePret, quantites.Renouvellements,
        cadence.JoursConsecutifs, cadence.Intervalle, cadence.Pratique, cadence.SansRetard,
        eligibilite.AdhesionAJour, eligibilite.Public, eligibilite.Habilitation, processus.Validation,
        attente.LongueurSerie, attente.OrdreAttente, attente.ConfirmationAttente, arbitrage.Arbitrage,
        materiel.RemiseEnEtat, materiel.KitComplet, materiel.Reparation,
        entretien.DelaiIncident,
        reglages.MotifExige, reglages.Battement, reglages.DureeOption, reglages.Presence, reglages.Priorite,
        reglages.RappelEcheance,
        presence.PreavisAnnulation, presence.PreavisModification, presence.Absences,
        dossier.DocumentValide, dossier.AttestationValable, dossier.ReglementAccepte, dossier.Majorite,
        dossier.DroitDuPalier, administration.ContratEnCours, administration.ConventionSignee,
        adhesion.DroitsProvisoires, adhesion.AdmissionTacite, adhesion.DelaiAudition, adhesion.DureeGel,
        adhesion.TailleCollectif, adhesion.RappelAdhesion,
        conditions.Exigence, conditions.Choix, conditions.Seuil, delais.Delai, plages.PlageHoraire,
        prets.Retards, prets.RappelAvant, prets.PreavisRappel, prets.TenueReservation, prets.JoursDePret,
        recours.Recours, adoption.PreavisDeRegle,
    )
}  # fmt: skip

__all__ = ["GENRES", "GenreDeRegle", "Mesuree"]
