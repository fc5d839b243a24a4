"""What each line of a leihs database asks of the place: reserved, out, back, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from whenever import Date, Instant

from tierslieu_adapters.imports.dates import midi
from tierslieu_adapters.imports.leihs.lignes import PREVUE, Demandee
from tierslieu_adapters.imports.reprise import Etape, Reprise
from tierslieu_core.domaines.usages.prets import (
    AnnulerReservationModele,
    LignePret,
    PreterObjet,
    PreterQuantite,
    RendreObjet,
    RendreQuantite,
    RenouvelerPret,
    ReserverModele,
)
from tierslieu_core.vocabulaire.identifiants import ObjetId, PretId, ReservationModeleId, depuis_cle


class Prets:
    """The lines of one import, asked; ``zone``: that of the place."""

    def __init__(self, reprise: Reprise, demandees: list[Demandee], zone: str) -> None:
        self.reprise, self.demandees, self.zone = reprise, demandees, zone

    def nouvelles(self) -> Iterator[tuple[str, Instant]]:
        """The keys of what is asked, and when."""
        for d in self.demandees:
            yield (_reserve(d.id), self._le(d)) if d.etat == PREVUE else (_pret(d), self._midi(d.du))

    def etapes(self) -> Iterator[Etape]:
        """By the day; an item comes back before it leaves again."""
        steps: list[tuple[Instant, int, Etape]] = []
        for n, d in enumerate(self.demandees):
            if d.etat == PREVUE:
                steps.append((self._le(d), 2 * n, partial(self._reserver, d)))
                continue
            steps.append((self._midi(d.du), 2 * n, partial(self._preter, d)))
            if d.rendue is not None:
                steps.append((self._midi(d.rendue), 2 * n + 1, partial(self._rendre, d, d.rendue)))
        return (etape for _, _, etape in sorted(steps, key=lambda step: step[:2]))

    def annulations(self, sans_suite: list[tuple[str, str]]) -> Iterator[Etape]:
        """What an earlier import reserved, and leihs holds no more."""
        for cle, ou in ((_reserve(un), ou) for un, ou in sans_suite):
            if self.reprise.verdict_de(cle) == "accord":
                reservation = ReservationModeleId(depuis_cle(cle))
                annuler = AnnulerReservationModele(reservation=reservation, motif="annulée dans leihs")
                yield partial(self.reprise.noter, f"{cle}.annulation", annuler, self.reprise.lieu.horloge(), ou)

    def _reserver(self, d: Demandee) -> None:
        reserver = ReserverModele(modele=d.modele, personne=d.personne, du=d.du, au=d.au, quantite=d.quantite)
        self.reprise.une_fois(_reserve(d.id), reserver, self._le(d), d.ou)

    def _preter(self, d: Demandee) -> None:
        """What an earlier import reserved ahead is handed over, if it is still awaited."""
        reservation = self._attendue(d)
        if d.objet is None:
            quantite = PreterQuantite(
                modele=d.modele, personne=d.personne, quantite=d.quantite, retour=d.au, reservation=reservation
            )
            self.reprise.une_fois(_pret(d), quantite, self._midi(d.du), d.ou)
            return
        deja = self.reprise.verdict_de(_pret(d)) == "accord"
        preter = PreterObjet(objet=d.objet, personne=d.personne, retour=d.au, reservation=reservation)
        self.reprise.une_fois(_pret(d), preter, self._midi(d.du), d.ou)
        held = self._en_main.get(d.objet) if deja and d.rendue is None else None
        if held is not None and held.personne == d.personne and held.retour < d.au:  # prolonged since
            renouveler = RenouvelerPret(objet=d.objet, personne=d.personne, retour=d.au)
            self.reprise.une_fois(f"{_pret(d)}.jusqu-au.{d.au}", renouveler, self.reprise.lieu.horloge(), d.ou)

    @cached_property
    def _en_main(self) -> dict[ObjetId, LignePret]:
        """What was out before this import."""
        return {row.objet: row for row in self.reprise.lieu.registre("prets")}

    def _attendue(self, d: Demandee) -> ReservationModeleId | None:
        if self.reprise.verdict_de(_reserve(d.id)) != "accord":
            return None
        one = ReservationModeleId(depuis_cle(_reserve(d.id)))
        rows = self.reprise.lieu.registre("reservations_materiel", filtre={"reservation": one}, au=d.du)
        return one if any(row.etat == "réservée" and row.modele == d.modele for row in rows) else None

    def _rendre(self, d: Demandee, le: Date) -> None:
        if self.reprise.verdict_de(_pret(d)) != "accord":
            return
        rendre: RendreObjet | RendreQuantite = RendreQuantite(pret=PretId(depuis_cle(_pret(d))), quantite=d.quantite)
        if d.objet is not None:
            rendre = RendreObjet(objet=d.objet, personne=d.personne)
        self.reprise.noter(f"{_pret(d)}.retour", rendre, self._midi(le), d.ou)

    def _midi(self, le: Date) -> Instant:
        return midi(le, self.zone)

    def _le(self, d: Demandee) -> Instant:
        """When it was reserved: before it begins."""
        return min(d.le or self._midi(d.du), self._midi(d.du))


def _reserve(un: str) -> str:
    return f"leihs.reserve.{un}"


def _pret(d: Demandee) -> str:
    return f"leihs.pret.{d.id}"
