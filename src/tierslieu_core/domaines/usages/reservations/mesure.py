"""Mesure: what the rules of the place may judge of a use, asked or moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.domaines.usages.reservations.emprise import Emprise, emprise
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Occupation, categorie, lieux
from tierslieu_core.domaines.usages.reservations.reservation import AbsenceNotee, Fait
from tierslieu_core.domaines.usages.reservations.tenue import tient
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Periode, jours_entre


def mesure(v: Voulu, lieu: Lieu, x: Contexte, **autres: Any) -> Mesures:
    """What rules may judge of this use."""
    cadre, (_, occupation, *_) = lieu
    debut = v.periode.debut.local.date()
    return mesures_de(
        v.personne, cadre[1], debut,
        action="reserver",
        lieux=lieux(v.espace, categorie(cadre), v.usage),
        periode=v.periode,
        demande_le=x.survenu_le,
        preavis_minutes=minutes_avant(v.periode, x),
        horizon_jours=jours_entre(x.aujourdhui, debut),
        participants=v.participants if v.participants is not None else len(v.inscrits) or None,
        usages=tuple(_usage(r, e, x) for r, e in _dans_les_mois_lus(v, occupation, x) if r.reservation != v.sauf),
        faits=faits_de(v.faits, x),
        calendrier=Calendrier.de(x),
        **autres,
    )  # fmt: skip


def mesure_encore(v: Voulu, lieu: Lieu, x: Contexte) -> Mesures:
    """The same of a use asked before: its notice was given then, and whoever had to answer has."""
    return attrs.evolve(mesure(v, lieu, x), preavis_minutes=None, confirme=True)


def minutes_avant(periode: Periode, x: Contexte) -> int:
    """Whole minutes until it begins; negative once it has."""
    return int(periode.bornes()[0].timestamp() - x.survenu_le.timestamp()) // 60


def _usage(r: Fait, e: Emprise, x: Contexte) -> Usage:
    en_cours = e.periode.bornes()[1] > x.survenu_le
    ou = lieux(e.espace, getattr(r, "categorie", ""), r.precisions.usage)
    return Usage(e.periode, ou, en_cours=en_cours, absence=isinstance(r, AbsenceNotee))


def _dans_les_mois_lus(v: Voulu, occupation: Occupation, x: Contexte) -> Iterator[tuple[Fait, Emprise]]:
    """The uses that lie in the months read: of one moved out of them, what became of it since is told elsewhere."""
    if not occupation:
        return
    jours = list(v.periode.jours())
    premier, dernier = x.livre.mois_a_lire(jours[0], jours[-1], x.aujourdhui, "reserver")
    du, avant = premier.replace(day=1), dernier.replace(day=1).add(months=1)
    for r in occupation.values():
        compte = emprise(r) if isinstance(r, AbsenceNotee) else next(tient(r, x.survenu_le), None)
        if compte and compte.periode.debut.local.date() < avant and compte.periode.fin.local.date() >= du:
            yield r, compte
