"""Finances (G3, G5), behind their wall: a journal of their own, that no other area reads, and that reads no other.

Budget, commitments, what of the place's life is to be invoiced, invoices by their number, attestations. No payment.
"""

from tierslieu_core.domaines.finances import attestation, budget, engagement, facturable, facture
from tierslieu_core.kernel.declarations import Domaine

PARTS = (budget, engagement, facturable, facture, attestation)
DOMAINE = Domaine(
    "finances",
    "Finances",
    faits=tuple(fait for part in PARTS for fait in part.FAITS),
    demandes=tuple(demande for part in PARTS for demande in part.DEMANDES),
    refus=tuple(refus for part in PARTS for refus in part.REFUS),
    registres=tuple(registre for part in PARTS for registre in part.REGISTRES),
    identifiants=budget.IDENTIFIANTS + engagement.IDENTIFIANTS + facture.IDENTIFIANTS,
    echeances=engagement.ECHEANCES + facture.ECHEANCES,
)

__all__ = ["DOMAINE"]
