"""What a calendar says now against what it said before: asked if new, moved or cancelled if it changed.

Every version of an occurrence has a key: ``ics.CALENDAR.UID.OCCURRENCE.HOURS.N``, ``N``: how many came before. What
the calendar said last is thus read in the journal; what the place changed by itself since then is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Final

from whenever import Date, Instant

from tierslieu_adapters.imports.ics.lieux import Lieux
from tierslieu_adapters.imports.ics.occurrences import Occurrence
from tierslieu_adapters.imports.identifiants import empreinte
from tierslieu_adapters.imports.reprise import Etape, Reprise, en_une_ligne
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation, ReserverEspace
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.francais import compte, moment
from tierslieu_core.vocabulaire.identifiants import ReservationId
from tierslieu_core.vocabulaire.temps import Moment

RETRAIT: Final = "retrait"
CLOSES: Final = ("annulée", "refusée", "caduque", "libérée")
EPOQUE: Final = Instant.from_timestamp(0)


class Suivi:
    """One calendar, followed from one export to the next. ``zone``: that of the place."""

    def __init__(self, reprise: Reprise, lieux: Lieux, nom: str, zone: str) -> None:
        self.reprise, self.lieux, self.zone = reprise, lieux, zone
        self.prefixe = f"ics.{empreinte(nom, longueur=8)}."
        self.dites: dict[str, list[str]] = defaultdict(list)
        for row in scan(reprise.lieu.recorder, (DECISION,)):
            cle = unwrap(row).id.partition("/")[0]
            if cle.startswith(self.prefixe):
                self.dites[_sans_version(cle)].append(cle)
        rows = reprise.lieu.registre("reservations") if self.dites else []
        self.tenues = {_sans_version(r.reservation): r for r in rows if r.etat not in CLOSES}
        self.voulues: dict[str, Occurrence] = {}
        self.changements: dict[str, Instant] = {}
        self.gardees: set[str] = set()
        self.illisibles: set[str] = set()

    def reprendre(self, trouvees: list[Occurrence], illisibles: set[str]) -> None:
        """Take note of all that the calendar says now; ``illisibles``: UIDs of which it says nothing that is sure."""
        self.illisibles = {self._serie(uid) for uid in illisibles}
        for o in trouvees:
            un = f"{self._serie(o.uid)}{empreinte(self.lieux.espace(o), o.nom, (o.qui or ('',))[0], longueur=12)}"
            for told in (un, self._serie(o.uid)) if o.changee_le else ():
                self.changements[told] = max(o.changee_le or o.debut, self.changements.get(told, EPOQUE))
            if o.faute:
                self.reprise.rapport.indecidable(o.ou, o.faute)
                self.gardees.add(un)
            elif un in self.voulues:
                self.reprise.rapport.signaler(o.ou, f"déjà lu à {self.voulues[un].ou} : pris une fois")
            elif not o.sans:
                self.voulues[un] = o
                self.lieux.personne(o)
            elif un not in self.tenues:
                self.reprise.rapport.signaler(o.ou, f"{o.sans} ({moment(Moment.de(o.debut, self.zone))})")

    def nouvelles(self) -> Iterator[tuple[str, Instant]]:
        """The keys of what is asked for the first time, and when."""
        return ((self._cle(un, o), o.demandee_le or o.debut) for un, o in self.voulues.items())

    def retraits(self, jusqu_au: Date) -> Iterator[Etape]:
        """What the calendar no longer says, up to that day; what has taken place stays."""
        past = 0
        for un, held in self.tenues.items():
            serie = un[: len(un) - 12]
            if un in self.voulues or un in self.gardees or serie in self.illisibles or not self.dites.get(un):
                continue
            if self.dites[un][-1].split(".")[4] == RETRAIT or held.debut.local.date() > jusqu_au:
                continue
            quand = self.changements.get(un) or self.changements.get(serie) or self.reprise.lieu.horloge()
            if held.fin.dans(self.zone).to_instant() <= quand:
                past += 1
                continue
            yield partial(self._annuler, un, held.reservation, quand)
        if past:
            said = compte(past, "réservation passée n'y est plus", "réservations passées n'y sont plus")
            self.reprise.rapport.signaler("calendrier", f"{said} : ce qui a eu lieu reste")

    def etapes(self) -> Iterator[Etape]:
        """What moves, then what is asked, first come first."""
        moves = [un for un, o in self.voulues.items() if un in self.tenues and not self._deja(un, o)]
        for un in (*moves, *(un for un in self.voulues if un not in set(moves))):
            yield partial(self._dire, un, self.voulues[un])

    # ── one occurrence ──────────────────────────────────────────────────────────────────────────────────────────────

    def _dire(self, un: str, o: Occurrence) -> None:
        cle, debut, fin = self._cle(un, o), Moment.de(o.debut, self.zone), Moment.de(o.fin, self.zone)
        if self._deja(un, o):
            self.reprise.redire(cle, o.ou)
        elif un in self.tenues:
            deplacer = DeplacerReservation(reservation=self.tenues[un].reservation, debut=debut, fin=fin)
            quand = o.changee_le or self.reprise.lieu.horloge()
            self.reprise.rapport.deplacees += self.reprise.decider(cle, deplacer, quand, o.ou) == "accord"
        else:
            reserver = ReserverEspace(
                espace=self.lieux.espace(o), personne=self.lieux.personne(o), debut=debut, fin=fin,
                sujet=o.sujet or None,
            )  # fmt: skip
            self.reprise.decider(cle, reserver, o.demandee_le or o.debut, o.ou)

    def _annuler(self, un: str, reservation: ReservationId, quand: Instant) -> None:
        cle = f"{un}.{RETRAIT}.{len(self.dites[un])}"
        annuler = AnnulerReservation(reservation=reservation, motif="retirée du calendrier")
        try:
            reponse = self.reprise.demander(cle, annuler, quand)
        except DemandeInvalide as fault:
            self.reprise.rapport.signaler("calendrier", en_une_ligne(fault))
            return
        if reponse.acceptee:
            self.reprise.rapport.annulees += 1
        else:
            self.reprise.rapport.refus.append(("calendrier", " ".join(reponse.explication)))

    # ── its keys ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _deja(self, un: str, o: Occurrence) -> bool:
        """Whether this is what the calendar said last."""
        said = self.dites.get(un)
        return bool(said) and said[-1].split(".")[4] == _heures(o)  # type: ignore[index]  # said is not empty

    def _cle(self, un: str, o: Occurrence) -> str:
        return self.dites[un][-1] if self._deja(un, o) else f"{un}.{_heures(o)}.{len(self.dites.get(un, ()))}"

    def _serie(self, uid: str) -> str:
        return f"{self.prefixe}{empreinte(uid, longueur=10)}."


def _sans_version(cle: str) -> str:
    return cle.rsplit(".", 2)[0]


def _heures(o: Occurrence) -> str:
    return empreinte(str(o.debut), str(o.fin), longueur=8)
