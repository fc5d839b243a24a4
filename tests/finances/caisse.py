"""The people, lines and facts that the sentences of the finances speak of."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import MandatDonne
from tierslieu_core.domaines.finances.budget import BudgetVote, LigneVotee
from tierslieu_core.domaines.finances.engage import EngagementPris
from tierslieu_core.domaines.finances.facturable import FacturableDeclare
from tierslieu_core.domaines.finances.mots import EngagementId, ExerciceId, LigneId, TiersId
from tierslieu_core.domaines.finances.reference import ReferenceRecue
from tierslieu_core.testing.spec import Given, given, installed_finances
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId
from tierslieu_core.vocabulaire.montant import Montant

LEA, ZOE = PersonneId("lea"), TiersId("zoe")
AN, ASSURANCE, LOYER, PRIME = ExerciceId("2027"), LigneId("assurance"), LigneId("loyer"), EngagementId("prime")
JANVIER, DECEMBRE, FEVRIER = Date(2027, 1, 1), Date(2027, 12, 31), Date(2027, 2, 1)
AUX_FINANCES = MandatDonne(mandat=MandatId("m-f"), personne=LEA, role="finances", du=Date(2021, 1, 1))
VOTE = BudgetVote(exercice=AN, du=JANVIER, au=DECEMBRE)
LIGNES = (
    LigneVotee(exercice=AN, ligne=ASSURANCE, montant=Montant(125_000)),
    LigneVotee(exercice=AN, ligne=LOYER, montant=Montant(960_000)),
)
BUDGET = (VOTE, *LIGNES)
PRIS = EngagementPris(
    engagement=PRIME, exercice=AN, ligne=ASSURANCE, objet="Prime 2027", montant=Montant(120_000), jusqu_au=FEVRIER
)
SALLES = "reservations.ReservationAcceptee"
DECLARE = FacturableDeclare(nature=SALLES, libelle="Location de salle", du=Date(2026, 11, 1), au=None, sur=None)
UNE, DEUX = (
    ReferenceRecue(reference=f"r-{n}/1", nature=SALLES, libelle="Location de salle", le=Date(2026, 11, n), tiers=ZOE)
    for n in (1, 2)
)


def aux_finances(*faits: Any) -> Given:
    """These happened in the finances' own journal, of which Léa holds the mandate."""
    return given(AUX_FINANCES, *faits, catalogue=installed_finances())
