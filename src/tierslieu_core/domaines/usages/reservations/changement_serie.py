"""Changement d'une série: from a day on, or all that is left, is changed; the past never is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.usages.reservations.changement import PasLaSienne
from tierslieu_core.domaines.usages.reservations.demande import attente
from tierslieu_core.domaines.usages.reservations.emprise import emprise
from tierslieu_core.domaines.usages.reservations.ensemble import ensemble_lu, groupe, lieu_de, lit_ensemble
from tierslieu_core.domaines.usages.reservations.mesure import minutes_avant
from tierslieu_core.domaines.usages.reservations.obstacle import Ecartee, juger
from tierslieu_core.domaines.usages.reservations.occupation import precisions_ailleurs
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import (
    Active,
    ReservationDeplacee,
    ReservationPrecisee,
    vers,
)
from tierslieu_core.domaines.usages.reservations.serie import (
    FaitSerie,
    Prevue,
    SerieEnConflit,
    SerieModifiee,
    SerieParErreur,
    Vies,
    a_venir,
    lit_vies,
    serie_de,
)
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId, connu
from tierslieu_core.vocabulaire.identifiants import serie as de_la_serie
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode, debut_de_semaine

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.ModifierSerie")
class ModifierSerie:
    """Changer ce qui reste d'une série : ses heures, son jour de la semaine, ses participants, son objet."""

    serie: SerieId
    personne: PersonneId = champ("personne dont c'est la série")
    depuis: Date | None = champ("à partir de ce jour ; sinon toutes les occurrences à venir", default=None)
    jour: int | None = champ("autre jour de la même semaine (lundi : 1)", default=None)
    debut: Time | None = champ("autre heure de début", default=None)
    fin: Time | None = champ("autre heure de fin ; sinon la même durée", default=None)
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)
    conflits: Literal["sauter", "refuser"] = champ("occurrences qui ne peuvent pas changer", default="refuser")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        jour = self.jour is not None and not 1 <= self.jour <= SEMAINE
        personne = self.participants is not None and self.participants < 1
        return [
            *([("jour", f"{self.jour} n'est pas un jour (lundi : 1 … dimanche : 7)")] if jour else []),
            *([("participants", "une personne au moins")] if personne else []),
        ]


SEMAINE = 7


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.SerieSansSuite",
    "Cette série ({espace}) n'a plus d'occurrence à venir qui puisse changer.",
    "Ce qui a été déplacé à part se change réservation par réservation ; ou réservez une nouvelle série.",
)
class SerieSansSuite(Refus):
    espace: EspaceId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[FaitSerie | None], tuple[tuple[Vies], Any]]

# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _a_sa_place(p: Prevue, r: Active, s: FaitSerie) -> bool:
    """Whether an occurrence is where the series has it, and waits for nobody."""
    return (r.espace, r.periode) == (s.espace, p.periode) and not isinstance(r, Provisoire)


def _lit_modifier(c: ModifierSerie, x: Contexte) -> Lot[Etats]:
    return lire(serie_de(de_la_serie(c.serie))).puis(
        lambda e: lit_vies(e[0]).puis(lambda vies: lit_ensemble([v for _, v in _changes(c, e[0], vies[0], x)], x))
    )


def _changes(c: ModifierSerie, s: FaitSerie | None, vies: Vies, x: Contexte) -> list[tuple[Active, Voulu]]:
    """The occurrences that change, and what is wanted of each."""
    found = list[tuple[Active, Voulu]]()
    for p, r in a_venir(s, vies, c.depuis, x):
        if not _a_sa_place(p, r, connu(s)):
            continue
        participants = r.participants if c.participants is None else c.participants
        faits = joints(r.precisions.faits, c.faits)
        v = Voulu.de(r, _ailleurs(c, r.periode))._replace(participants=participants, faits=faits)
        avant = (r.periode, r.participants, r.precisions.faits)
        if (v.periode, participants, faits) != avant or c.sujet is not None:
            found.append((r, v))
    return found


def _ailleurs(c: ModifierSerie, p: Periode) -> Periode:
    """The hours that an occurrence moves to, on the place's clock."""
    debut, fin = p.debut.local, p.fin.local
    le = debut.date() if c.jour is None else debut_de_semaine(debut.date()).add(days=c.jour - 1)
    nouveau = le.at(c.debut or debut.time())
    if c.fin is not None:
        jusqu_au = le if c.fin > nouveau.time() else le.next_day()
        ailleurs = Creneau.a_l_horloge(nouveau, jusqu_au.at(c.fin), p.zone)
    elif nouveau == debut:
        return p
    else:
        duree = fin.difference(debut, naive_arithmetic_ok=True)
        ailleurs = Creneau.a_l_horloge(nouveau, nouveau.add(duree, naive_arithmetic_ok=True), p.zone)
    return p if ailleurs.periode(p.zone).bornes() == p.bornes() else ailleurs.periode(p.zone)


class Changees(NamedTuple):
    """``faits`` (``attente``: while somebody has yet to say yes), ``mesures``, and what could not be changed."""

    faits: tuple[Evenement, ...]
    attente: tuple[Evenement, ...]
    periodes: dict[ReservationId, Periode]
    mesures: tuple[Mesures, ...]
    ecartees: tuple[Ecartee, ...]


def _juger(c: ModifierSerie, etats: Etats, x: Contexte) -> Changees:
    """All move at once: what cannot stays where it was, and may then be in the way of others of the series."""
    s, (vies, lus) = etats[0][0], etats[1]
    voulues, refusees = _changes(c, s, vies[0], x), list[Ecartee]()
    ensemble = ensemble_lu([v for _, v in voulues], lus)
    while True:
        faits, attente_, mesures, ecartees = list[Any](), list[Any](), list[Mesures](), dict[ReservationId, Ecartee]()
        bougent = {r.reservation for r, _ in voulues}
        for r, v in voulues:
            lieu = lieu_de(v, ensemble, attente_, bougent)
            sujet = c.sujet if c.sujet is not None else getattr(r, "sujet", None)
            found = juger(
                v, sujet, lieu, ensemble[groupe(v)].derogations, x,
                modification_minutes=minutes_avant(r.periode, x) if v.periode != r.periode else None,
            )  # fmt: skip
            if isinstance(found, tuple):
                ecartees[r.reservation] = Ecartee(r.periode, found)
                continue
            dites = attrs.evolve(r.precisions, faits=v.faits)
            change: dict[str, Any] = {"participants": v.participants, "sujet": sujet, "precisions": dites}
            if v.periode == r.periode:
                fait: Any = vers(ReservationPrecisee, r, **change)
            else:
                change |= {"periode": v.periode, "precisions": precisions_ailleurs(r, v, lieu, x)}
                fait = vers(ReservationDeplacee, r, **change)
            tenu = fait
            if found.validations:
                tenu = vers(ReservationEnAttente, r, **change, **attente(found.validations, v, x), garde=emprise(r))
            faits += [*found.place, fait]
            attente_ += [*found.place, tenu]
            mesures.append(found.mesures)
        refusees += ecartees.values()
        if not ecartees:
            periodes = {r.reservation: v.periode for r, v in voulues}
            return Changees(tuple(faits), tuple(attente_), periodes, tuple(mesures), tuple(refusees))
        voulues = [(r, v) for r, v in voulues if r.reservation not in ecartees]


def _modifier(c: ModifierSerie, etats: Etats, x: Contexte) -> Issue:
    s, vies = etats[0][0], etats[1][0][0]
    if s is None:
        return SerieParErreur(serie=c.serie)
    if s.personne != c.personne:
        return PasLaSienne(personne=s.personne)
    if not any(_a_sa_place(p, r, s) for p, r in a_venir(s, vies, c.depuis, x)):
        return SerieSansSuite(espace=s.espace)
    changees = _juger(c, etats, x)
    if changees.ecartees and (c.conflits == "refuser" or not changees.faits):
        return SerieEnConflit(espace=s.espace, ecartees=changees.ecartees)
    return [_ensemble(c, etats, changees, x), *changees.faits] if changees.faits else ()


def _modifier_attend(c: ModifierSerie, etats: Etats, x: Contexte, _: tuple[Validation, ...]) -> Sequence[Evenement]:
    changees = _juger(c, etats, x)
    return [_ensemble(c, etats, changees, x), *changees.attente]


def _ensemble(c: ModifierSerie, etats: Etats, changees: Changees, x: Contexte) -> SerieModifiee:
    s, vies = connu(etats[0][0]), etats[1][0][0]
    a_part = tuple(p.reservation for p, r in a_venir(s, vies, c.depuis, x) if not _a_sa_place(p, r, s))
    occurrences = tuple(Prevue(p.reservation, changees.periodes.get(p.reservation) or p.periode) for p in s.occurrences)
    return vers(SerieModifiee, s, depuis=c.depuis, occurrences=occurrences, ecartees=changees.ecartees, a_part=a_part)


def _mesures(c: ModifierSerie, etats: Etats, x: Contexte) -> tuple[Mesures, ...]:
    return _juger(c, etats, x).mesures


QUI = frozenset({"concierge", "coordination", "soi"})
DEMANDES = (Demande(ModifierSerie, QUI, _lit_modifier, _modifier, _mesures, attend=_modifier_attend),)
REFUS = (SerieSansSuite,)
