"""Selon la règle: a rule takes effect; what is booked and it would refuse gets the fate chosen with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date, Instant, Time

from tierslieu_core.domaines.cadre.regles import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.ensemble import Ensemble, ensemble_lu, groupe, lieu_de, lit_ensemble
from tierslieu_core.domaines.usages.reservations.mesure import mesure_encore
from tierslieu_core.domaines.usages.reservations.occupation import HORIZON_MOIS, Occupation, occupation_de
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Active,
    PresenceSignalee,
    ReservationAnnulee,
    ReservationRevue,
    vers,
)
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, actuelle
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Suite, champ, commande, personnel
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, ReservationId, jour
from tierslieu_core.vocabulaire.temps import JOURS_MAX, Moment, jours_entre, ordre


@commande("reservations.RevoirSelonRegle")
class RevoirSelonRegle:
    """Décider du sort de ce qui est réservé, de tel jour à tel jour, et qu'une version d'une règle refuserait.

    Le sort est celui que cette version a choisi (``deja``) : gardées, revues par quelqu'un, ou annulées.
    """

    regle: str = champ("identifiant de la règle")
    version: int = champ("sa version")
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: Personnel = personnel("motif", qui="par", conservation="reservation", default="une règle ne le permet plus")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if jours_entre(self.du, self.au) >= JOURS_MAX:
            return [("au", f"{JOURS_MAX} jours au plus à la fois")]
        return ordre(self.du, self.au)


# ── lire : la version, les espaces, ce qui y est réservé ces jours, et ce qu'il faut pour le juger ──────────────────

Versions = dict[int, tuple[RegleAdoptee, Note]]


def _versions(etat: Versions, fait: RegleAdoptee, note: Note) -> Versions:
    return {**etat, fait.version: (fait, note)}


versions_de = Lecture[Versions]("reservations.versions", {}, _versions, notes=True)
"""Read beside the rulebook: on trial, a version is not in it yet."""


def _lit(c: RevoirSelonRegle, x: Contexte) -> Lot[Any]:
    la = lire(versions_de(f"regle:{c.regle}"), espaces.espaces_ouverts(espaces.ESPACES))
    return la.puis(lambda lus: _lit_usages(c, lus, x))


def _lit_usages(c: RevoirSelonRegle, lus: Any, x: Contexte) -> Lot[Any]:
    (versions, ouverts) = lus
    if c.version not in versions:
        return RIEN
    fait, note = versions[c.version]
    effet = _au_jour_d_effet(fait, note, x)
    ou: tuple[EspaceId, ...] = fait.portee.espaces or ouverts
    jours = [c.du.add(days=n) for n in range(jours_entre(c.du, c.au) + 1)]
    occupe = lire(occupation_de(*(jour(e, j) for e in ou for j in jours)))
    return occupe.puis(lambda o: lit_ensemble(map(Voulu.de, _jugeables(c, o[0], effet)), effet))


def _au_jour_d_effet(fait: RegleAdoptee, note: Note, x: Contexte) -> Contexte:
    """As things will be judged on the first day of that version, by the rules of that day."""
    des = Moment(fait.du.at(Time(0))).dans(x.livre.zone).to_instant()
    return attrs.evolve(x, survenu_le=max(x.survenu_le, des), livre=x.livre.avec(fait, note))


def _jugeables(c: RevoirSelonRegle, occupation: Occupation, effet: Contexte) -> list[Active]:
    """What begins on one of these days and has been granted; what still waits for an answer is judged with it."""
    tenues = (r for f in occupation.values() if (r := actuelle(f, effet.survenu_le)) is not None)
    return [r for r in tenues if _jugeable(r, effet.survenu_le) and c.du <= r.periode.debut.local.date() <= c.au]


def _jugeable(r: Active, des: Instant) -> bool:
    jamais = isinstance(r, Provisoire | AbsenceNotee | PresenceSignalee) or a_deplacer(r)
    return not jamais and r.periode.bornes()[0] >= des


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _revoir(c: RevoirSelonRegle, etats: Any, x: Contexte) -> Issue:
    (versions, _), suite = etats
    if c.version not in versions or versions[c.version][0].deja == "gardees":
        return ()
    fait, note = versions[c.version]
    (occupation,), lus = suite
    effet = _au_jour_d_effet(fait, note, x)
    tenues = _jugeables(c, occupation, effet)
    refusees = _refusees(fait, tenues, ensemble_lu(map(Voulu.de, tenues), lus), effet)
    if fait.deja == "annulees":
        return [vers(ReservationAnnulee, r, motif=c.motif) for r in refusees]
    cause = dite(fait)
    deja = {r.reservation for r in tenues if isinstance(r, ReservationRevue) and r.cause == cause}
    return [vers(ReservationRevue, r, sort="à revoir", cause=cause) for r in refusees if r.reservation not in deja]


def _refusees(fait: RegleAdoptee, tenues: list[Active], ensemble: Ensemble, effet: Contexte) -> list[Active]:
    """Those that this version would refuse: each with those of its person that were booked before it and stay."""
    found: list[Active] = []
    for r in tenues:
        v = Voulu.de(r)
        sans = {*_venues_apres(r, ensemble[groupe(v)].lieu[1][1], effet), *(un.reservation for un in found)}
        lieu = lieu_de(v, ensemble, sans=sans)
        mesures = mesure_encore(v, lieu, effet)
        clauses = effet.livre.juge("", mesures, effet)
        clauses = effet.livre.deroge(clauses, (ensemble[groupe(v)].derogations,), mesures, effet)
        if any((k.regle, k.version) == (fait.regle, fait.version) and k.verdict in REFUSE for k in clauses):
            found.append(r)
    return found


def _venues_apres(r: Active, usages: Occupation, effet: Contexte) -> list[ReservationId]:
    """The later bookings of that person: they are judged by it, not it by them."""
    noms = list(usages)
    rang = noms.index(r.reservation) if r.reservation in usages else len(noms)
    return [un for un in noms[rang + 1 :] if usages[un].periode.bornes()[0] >= effet.survenu_le]


REFUSE = frozenset({"refuse", "caduque"})

# ── suite : une règle est adoptée ou amendée ────────────────────────────────────────────────────────────────────────


def dite(fait: RegleAdoptee) -> str:
    """Which rule version."""
    return f"la règle « {fait.regle} » (version {fait.version})"


def _a_l_adoption(fait: RegleAdoptee, note: Note) -> Iterator[RevoirSelonRegle]:
    """A few demands of two months at most, over all the days, from its effect on, that a booking can reach."""
    if fait.deja == "gardees" or not _refuse_des_reservations(fait):
        return
    demande = Date.parse_iso(note.enregistre_le[:10])  # in UTC: the day it is in the place may be the one before
    du, fin = max(fait.du, demande.prev_day()), demande.add(months=HORIZON_MOIS, days=1)
    while du <= fin:
        au = min(fin, du.add(days=JOURS_MAX - 1))
        yield RevoirSelonRegle(regle=fait.regle, version=fait.version, du=du, au=au, motif=dite(fait))
        du = au.next_day()


def _refuse_des_reservations(fait: RegleAdoptee) -> bool:
    """Whether it can refuse a booking: a setting, an exception or a consequence never does."""
    juge = not isinstance(fait.genre, Reglage) and not fait.leve and fait.sinon.effet in ("refus", "caducite")
    return juge and (not fait.portee.actions or "reserver" in fait.portee.actions)


DEMANDES = (Demande(RevoirSelonRegle, frozenset({"concierge", "coordination"}), _lit, _revoir),)
SUITES = (Suite("deja", RegleAdoptee, _a_l_adoption, notes=True),)
