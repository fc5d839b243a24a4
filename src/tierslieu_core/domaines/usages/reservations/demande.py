"""Demande: a space is asked, from such an hour to such an hour."""

from __future__ import annotations

from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Voulu, categorie, empechement, lit_lieu
from tierslieu_core.domaines.usages.reservations.reservation import ReservationAcceptee
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, depuis_cle
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.ReserverEspace")
class ReserverEspace:
    """Réserver un espace, de telle heure à telle heure du lieu, plusieurs jours et la nuit compris."""

    espace: EspaceId
    personne: PersonneId = champ("personne pour qui l'on réserve")
    debut: Moment = champ("début")
    fin: Moment
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        personne = self.participants is not None and self.participants < 1
        few = [("participants", "une personne au moins")] if personne else []
        return few + Periode(self.debut, self.fin, zone).fautes()


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_reserver(c: ReserverEspace, x: Contexte) -> Lot[Lieu]:
    return lit_lieu(_veut(c, x), x)


def _veut(c: ReserverEspace, x: Contexte) -> Voulu:
    return Voulu(c.espace, c.personne, Periode(c.debut, c.fin, x.livre.zone), c.participants)


def _reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Issue:
    v = _veut(c, x)
    voulu = (v.personne, v.periode.bornes(), v.participants)
    if any((r.personne, r.periode.bornes(), r.participants) == voulu for r in lieu[0][0].values()):
        return ()
    return empechement(v, lieu) or [
        ReservationAcceptee(
            reservation=ReservationId(depuis_cle(x.cle)), espace=v.espace, personne=v.personne, periode=v.periode,
            categorie=categorie(lieu), participants=v.participants, sujet=c.sujet,
        )
    ]  # fmt: skip


def _mesure_reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Mesures:
    return mesure(_veut(c, x), lieu, x)


QUI = frozenset({"concierge", "coordination", "referent", "soi"})
DEMANDES = (Demande(ReserverEspace, QUI, _lit_reserver, _reserver, _mesure_reserver),)
