"""Mesure: what the rules of the place may judge of a use, asked or moved."""

from __future__ import annotations

from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Occupation, Voulu, categorie
from tierslieu_core.domaines.usages.reservations.reservation import Active
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import jours_entre


def mesure(v: Voulu, lieu: Lieu, x: Contexte) -> Mesures:
    """What rules may judge of this use."""
    (_, _, _, occupation), profil = lieu
    autres = _dans_les_mois_lus(v, occupation, x)
    debut, (instant, _) = v.periode.debut.local.date(), v.periode.bornes()
    return mesures_de(
        v.personne, profil, debut,
        action="reserver",
        lieux=_lieux(v.espace, categorie(lieu)),
        periode=v.periode,
        preavis_minutes=(instant.timestamp() - x.survenu_le.timestamp()) // 60,
        horizon_jours=jours_entre(x.aujourdhui, debut),
        participants=v.participants,
        usages=tuple(
            Usage(r.periode, _lieux(r.espace, r.categorie), en_cours=r.periode.bornes()[1] > x.survenu_le)
            for r in autres
            if r.reservation != v.sauf
        ),
    )  # fmt: skip


def _dans_les_mois_lus(v: Voulu, occupation: Occupation, x: Contexte) -> list[Active]:
    """The uses that lie in the months read: of one moved out of them, what became of it since is told elsewhere."""
    if not occupation:
        return []
    jours = list(v.periode.jours())
    premier, dernier = x.livre.mois_a_lire(jours[0], jours[-1], x.aujourdhui, "reserver")
    du, avant = premier.replace(day=1), dernier.replace(day=1).add(months=1)
    return [r for r in occupation.values() if r.periode.debut.local.date() < avant and r.periode.fin.local.date() >= du]


def _lieux(ou: EspaceId, categorie: str) -> tuple[str, ...]:
    return espace(ou), f"categorie:{categorie}"
