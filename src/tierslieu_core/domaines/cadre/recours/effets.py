"""The effects of a decision, undone explicitly: a refusal by dérogations, an act by what its area corrects or lifts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.recours.vie import Vue, mesuree, voie
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.domaines.cadre.regles.genres.recours import Recours
from tierslieu_core.kernel.decisions import DecisionRendue, RegleContraire
from tierslieu_core.kernel.declarations import Contexte, Evenement, Refus, evenement, fiche, personnel, refus
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    DerogationId,
    PersonneId,
    RegleId,
    ReservationId,
    depuis_cle,
    personne,
)  # fmt: skip

SANCTIONS = frozenset({
    "adhesions.ExclureAdherent", "adhesions.SuspendreAdhesion", "prets.RelancerPret", "prets.RelancerQuantite",
    "sanctions.PrononcerSanction", "sanctions.Sanctionner",
})  # fmt: skip
"""What a suspensive appeal suspends: while it waits, such a sanction of this person is not counted."""
ANNULABLES = frozenset({
    "adhesions.EcarterDemande", "adhesions.EnregistrerDepart", "adhesions.ExclureAdherent",
    "adhesions.SuspendreAdhesion", "formations.RetirerHabilitation", "prets.RelancerPret", "prets.RelancerQuantite",
    "reservations.AnnulerReservation", "reservations.NoterAbsence", "reservations.RefuserReservation",
    "sanctions.PrononcerSanction", "sanctions.Sanctionner",
})  # fmt: skip
"""The commands whose areas undo what they did, as suites of ``EffetsAnnules`` (a test holds the two equal)."""


@evenement("recours.EffetsAnnules", "Les effets de la décision {decision} ({commande}) sont annulés pour {personne}")
class EffetsAnnules:
    """``reservation``: the booking that the decision named, if it named one."""

    decision: str
    commande: str
    personne: PersonneId
    reservation: ReservationId | None
    motif: Personnel = personnel(qui="personne", conservation="recours")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@refus(
    "recours.RienAAnnuler",
    "Les effets de cette décision ({commande}) ne s'annulent pas d'eux-mêmes : {pourquoi}.",
    "Gardez ses effets, dites pourquoi, puis demandez ce qui les change.",
)
class RienAAnnuler(Refus):
    commande: str
    pourquoi: str


def annuler(cle: str, v: Vue, qui: PersonneId, motif: Personnel, x: Contexte) -> Sequence[Evenement] | Refus:
    """What undoes a decision, beside the fact that says so.

    A refusal is not turned into the thing itself, which may no longer be possible: each rule that refused is lifted
    for the person, by a dérogation that cites the refusal, and the demand is asked again as any other. So a replay
    finds the same facts, whatever the place has become meanwhile.
    """
    assert v.rendue is not None, "la décision vient d'être lue"  # noqa: S101 - so
    prise, _ = v.rendue
    if prise.verdict == "refus":
        return _lever(cle, v, qui, motif, x)
    if prise.commande not in ANNULABLES:
        return RienAAnnuler(commande=prise.commande, pourquoi="rien ne défait seul ce genre de décision")
    laquelle = msgspec.json.decode(prise.demande).get("reservation")
    return [EffetsAnnules(decision=cle, commande=prise.commande, personne=qui, reservation=laquelle, motif=motif)]


def _lever(cle: str, v: Vue, qui: PersonneId, motif: Personnel, x: Contexte) -> Sequence[Evenement] | Refus:
    assert v.rendue is not None, "la décision vient d'être lue"  # noqa: S101 - so
    prise, _ = v.rendue
    if not _par_les_regles(prise):
        return RienAAnnuler(commande=prise.commande, pourquoi="un fait la refuse, non une règle que l'on puisse lever")
    du, au = _jours(mesuree(prise), voie(v.rendue, qui, x) or Recours(), x)
    regles = dict.fromkeys(RegleId(c.regle) for c in prise.clauses if c.verdict in ("refuse", "caduque"))
    return [
        DerogationAccordee(
            derogation=DerogationId(depuis_cle(x.cle, regle)), regle=regle, personne=qui, du=du, au=au,
            categorie="recours", decision=cle, motif=motif,
        )
        for regle in regles
        if x.livre.reglement.vivante(regle, au)
    ]  # fmt: skip


def _par_les_regles(prise: DecisionRendue) -> bool:
    return prise.motif is not None and prise.motif.refus == fiche(RegleContraire).nom


def _jours(dit: dict[str, Any], regle: Recours, x: Contexte) -> tuple[Date, Date]:
    """The very day that was refused, if it is still ahead; else so many days, to ask for another."""
    jour = Date.parse_iso(dit["jour"])
    return (jour, jour) if jour >= x.aujourdhui else (x.aujourdhui, x.aujourdhui.add(days=regle.redemander_jours))
