"""Loans: reserved ahead, handed over, renewed, recalled, brought back in parts, lost and found; and corrected."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.moyens.materiel import ImmobiliserObjet, RemettreEnService
from tierslieu_core.domaines.usages.prets import (
    AnnulerReservationModele,
    CorrigerPret,
    CorrigerQuantite,
    CorrigerReservationModele,
    DeclarerPerdu,
    PreterObjet,
    PreterQuantite,
    RappelerPret,
    RappelerQuantite,
    RendreObjet,
    RendrePartie,
    RendreQuantite,
    RenouvelerPret,
    ReserverModele,
)
from tierslieu_core.testing.machines.commun import AN_ITEM, BITS, CABLE, DRILL, ONE_OF_US, SORT, Living
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, PretId, ReservationModeleId
from tierslieu_core.vocabulaire.parties import Partie

BACK = 1, 2, 3
DAYS, A_MODEL = st.integers(0, 8), st.sampled_from([DRILL, CABLE])


class Loans(Living):
    """See the module."""

    @initialize(
        out=st.lists(st.tuples(AN_ITEM, ONE_OF_US, DAYS), max_size=2),
        ahead=st.lists(st.tuples(A_MODEL, ONE_OF_US, DAYS, DAYS, st.integers(1, 3)), max_size=4),
    )
    def in_use(
        self, out: list[tuple[ObjetId, PersonneId, int]], ahead: list[tuple[ModeleId, PersonneId, int, int, int]]
    ) -> None:
        """Some items are out already, some are reserved."""
        for one in ahead:
            self.reserve_ahead(*one)
        for item, person, days in out:
            self.ask(PreterObjet(objet=item, personne=person, retour=self.today.add(days=days)))

    @rule(model=A_MODEL, person=ONE_OF_US, wait=DAYS, days=DAYS, n=st.integers(1, 3))
    def reserve_ahead(self, model: ModeleId, person: PersonneId, wait: int, days: int, n: int) -> None:
        """So many of a model, for some days."""
        first = self.today.add(days=wait)
        self.ask(ReserverModele(modele=model, personne=person, du=first, au=first.add(days=days), quantite=n))

    @rule(item=AN_ITEM, person=ONE_OF_US, days=DAYS, data=st.data(), ahead=st.booleans())
    def lend(self, item: ObjetId, person: PersonneId, days: int, data: st.DataObject, ahead: bool) -> None:  # noqa: FBT001 - drawn
        """Handed over, with or without a reservation."""
        for one in self._some_reservation(data) if ahead else [None]:
            who = person if one is None else self.witness.loans.reserved.of[one][0].personne
            self.ask(PreterObjet(objet=item, personne=who, retour=self.today.add(days=days), reservation=one))

    @rule(item=AN_ITEM, days=DAYS, what=st.integers(0, 9), person=ONE_OF_US)
    def go_on(self, item: ObjetId, days: int, what: int, person: PersonneId) -> None:
        """What becomes of an item that is out."""
        who, until = self.witness.loans.in_hand().get(item, (person, self.today))
        whose: dict[str, Any] = {"objet": item, "personne": PersonneId(who)}
        match what:
            case 0 | 1:
                self.ask(RenouvelerPret(**whose, retour=until.add(days=days)))
            case 2:
                self.ask(RappelerPret(objet=item, retour=self.today.add(days=days)))
            case 3:
                self.ask(RendrePartie(**whose, parties=(Partie(nom="foret", nombre=1),)))
            case 4:
                self.ask(DeclarerPerdu(**whose, constat="perdu"))
            case 5 | 6:
                self.ask(CorrigerPret(objet=item, motif="m"))
            case 7:
                self.ask(RendreObjet(**whose, etat_general="en panne", manquants=(BITS,)))
            case _:
                self.ask(RendreObjet(**whose))

    @rule(item=AN_ITEM, wait=DAYS, days=DAYS, sort=SORT, what=st.integers(0, 3))
    def stop(self, item: ObjetId, wait: int, days: int, sort: Any, what: int) -> None:
        """Out of service for some days, or in service again."""
        first = self.today.add(days=wait)
        if what:
            self.ask(RemettreEnService(objet=item))
        else:
            self.ask(ImmobiliserObjet(objet=item, du=first, au=first.add(days=days), motif="m", sort=sort))

    @rule(person=ONE_OF_US, days=DAYS, n=st.integers(1, 3), data=st.data(), what=st.integers(0, 5))
    def in_number(self, person: PersonneId, days: int, n: int, data: st.DataObject, what: int) -> None:
        """Cables go out and come back by number, are called back, corrected; a reservation is cancelled."""
        loans = self.witness.loans
        if what == 0:
            for one in self._some_reservation(data):
                kind = AnnulerReservationModele if n == 1 else CorrigerReservationModele
                self.ask(kind(reservation=one, motif="m"))
        elif what in BACK and loans.numbers.of:
            pret = PretId(data.draw(st.sampled_from(list(loans.numbers.of)[-6:]), label="loan"))
            asked = RendreQuantite(pret=pret, quantite=n), RappelerQuantite(pret=pret, retour=self.today.add(days=days))
            self.ask((*asked, CorrigerQuantite(pret=pret, motif="m"))[what - 1])
        else:
            until = self.today.add(days=days)
            self.ask(PreterQuantite(modele=CABLE, personne=person, quantite=n, retour=until))

    def _some_reservation(self, data: st.DataObject) -> list[ReservationModeleId]:
        known = [ReservationModeleId(r) for r in self.witness.loans.reserved.lasts()][-6:]
        return [data.draw(st.sampled_from(known), label="reservation")] if known else []
