"""Spaces linked, closed and booked at random, beside a model of each day: no two uses are in each other's way."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.domaines.quai import LUNDI
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.moyens.espaces import (
    DelierEspaces,
    FermerEspace,
    LierEspaces,
    OuvrirEspace,
    RouvrirEspace,
)
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.lieu import Lieu, ouvrir
from tierslieu_core.testing.spec import CAMILLE, memory_place
from tierslieu_core.vocabulaire.identifiants import EspaceId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

AVANT = Instant.from_utc(2026, 11, 1)
ESPACES = [EspaceId(e) for e in ("maison", "etage", "verte", "bleue")]
JOURS = [LUNDI.add(days=n) for n in range(3)]
"""Links and closings change on these days only, so that the last one is like all that follow."""
UN, JOUR = st.sampled_from(ESPACES), st.sampled_from(JOURS)
NATURE = st.sampled_from(["contient", "contient", "voisin"])
Lien = tuple[str, EspaceId, EspaceId]


class Journees:
    """The links and closings of each day, told day by day."""

    def __init__(self) -> None:
        self.liens: dict[Date, set[Lien]] = {le: set() for le in JOURS}
        self.fermes: dict[EspaceId, list[tuple[Date, Date]]] = {e: [] for e in ESPACES}

    def contient(self, dehors: EspaceId, dedans: EspaceId, le: Date) -> bool:
        return any(
            nature == "contient" and un == dehors and (autre == dedans or self.contient(autre, dedans, le))
            for nature, un, autre in self.liens[le]
        )

    def gene(self, un: EspaceId, autre: EspaceId, le: Date) -> bool:
        voisins = {("voisin", un, autre), ("voisin", autre, un)}
        return (
            un == autre
            or self.contient(un, autre, le)
            or self.contient(autre, un, le)
            or not voisins.isdisjoint(self.liens[le])
        )

    def ferme(self, un: EspaceId, le: Date) -> bool:
        autour = [e for e in ESPACES if e == un or self.contient(e, un, le)]
        return any(du <= le <= au for e in autour for du, au in self.fermes[e])

    def lier(self, nature: str, un: EspaceId, autre: EspaceId, du: Date) -> str:
        suite = [le for le in JOURS if le >= du]
        if nature == "contient" and any(self.contient(autre, un, le) for le in suite):
            return "refus"
        pareils = {("contient", un, autre)} if nature == "contient" else {("voisin", un, autre), ("voisin", autre, un)}
        deux = {lien for le in suite for lien in self.liens[le] if {un, autre} == {*lien[1:]}}
        if deux - pareils:
            return "refus"
        if all(not pareils.isdisjoint(self.liens[le]) for le in suite):
            return "sans_objet"
        for le in suite:
            self.liens[le] = self.liens[le] - pareils | {(nature, un, autre)}
        return "accord"

    def delier(self, un: EspaceId, autre: EspaceId, le: Date) -> str:
        suite = [j for j in JOURS if j >= le]
        avant = [len(self.liens[j]) for j in suite]
        for j in suite:
            self.liens[j] = {lien for lien in self.liens[j] if {un, autre} != {*lien[1:]}}
        return "sans_objet" if avant == [len(self.liens[j]) for j in suite] else "accord"


class LieuLie(RuleBasedStateMachine):
    """See the module."""

    neuf: ClassVar[Any] = staticmethod(lambda: memory_place(maintenant=AVANT))

    def __init__(self) -> None:
        super().__init__()
        self.lieu: Lieu = type(self).neuf()
        self.jours = Journees()
        self.usages: dict[ReservationId, tuple[EspaceId, Date, int, int]] = {}
        self.ask(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"))
        for e in ESPACES:
            self.ask(OuvrirEspace(espace=e, nom=e))

    def ask(self, commande: Any, attendu: str = "accord", **autres: Any) -> Reponse:
        reponse = self.lieu.executer(commande, par=CAMILLE, maintenant=AVANT, **autres)
        assert reponse.verdict == attendu, (commande, attendu, reponse.verdict, reponse.explication)
        return reponse

    @initialize(liens=st.lists(st.tuples(NATURE, UN, UN, JOUR), min_size=2, max_size=6))
    def meubler(self, liens: list[tuple[Any, EspaceId, EspaceId, Date]]) -> None:
        for lien in liens:
            self.lier(*lien)

    @rule(nature=NATURE, un=UN, autre=UN, du=JOUR)
    def lier(self, nature: Any, un: EspaceId, autre: EspaceId, du: Date) -> None:
        if un != autre:
            attendu = self.jours.lier(nature, un, autre, du)
            self.ask(LierEspaces(espace=un, avec=autre, nature=nature, du=du, sort="garder"), attendu)

    @rule(un=UN, autre=UN, le=JOUR)
    def delier(self, un: EspaceId, autre: EspaceId, le: Date) -> None:
        if un != autre:
            self.ask(DelierEspaces(espace=un, avec=autre, le=le), self.jours.delier(un, autre, le))

    @rule(un=UN, du=JOUR, n=st.integers(0, 2), rare=st.integers(0, 4))
    def fermer(self, un: EspaceId, du: Date, n: int, rare: int) -> None:
        if rare:
            return
        jours = du, du.add(days=n)
        attendu = "sans_objet" if jours in self.jours.fermes[un] else "accord"
        self.ask(FermerEspace(espace=un, du=jours[0], au=jours[1], motif="travaux", sort="garder"), attendu)
        self.jours.fermes[un] += [jours] * (attendu == "accord")

    @rule(un=UN, le=JOUR)
    def rouvrir(self, un: EspaceId, le: Date) -> None:
        fermes = self.jours.fermes[un]
        coupes = [(du, le.subtract(days=1)) if du <= le <= au else (du, au) for du, au in fermes]
        self.ask(RouvrirEspace(espace=un, le=le), "sans_objet" if coupes == fermes else "accord")
        self.jours.fermes[un] = list(dict.fromkeys((du, au) for du, au in coupes if du <= au))

    @rule(un=UN, le=JOUR, debut=st.integers(0, 11), n=st.integers(1, 8))
    def reserver(self, un: EspaceId, le: Date, debut: int, n: int) -> None:
        fin = min(debut + n, 12)
        autres = self.usages.values()
        genes = [u for u in autres if u[1] == le and debut < u[3] and u[2] < fin and self.jours.gene(un, u[0], le)]
        attendu = "refus" if genes or self.jours.ferme(un, le) else "accord"
        if (un, le, debut, fin) in self.usages.values():
            attendu = "sans_objet"
        commande = ReserverEspace(espace=un, personne=CAMILLE, debut=_heure(le, debut), fin=_heure(le, fin))
        for fait in self.ask(commande, attendu).evenements:
            self.usages[fait.reservation] = (un, le, debut, fin)

    @rule(data=st.data())
    def annuler(self, data: st.DataObject) -> None:
        if self.usages:
            laquelle = [*self.usages][data.draw(st.integers(0, len(self.usages) - 1))]  # keys differ at each run
            self.ask(AnnulerReservation(reservation=laquelle, motif="pluie"))
            del self.usages[laquelle]

    @rule(un=UN, le=JOUR)
    def chercher(self, un: EspaceId, le: Date) -> None:
        """Free time, on that day, is what the model says."""
        pris = [False] * 12
        for autre, j, debut, fin in self.usages.values():
            if j == le and self.jours.gene(un, autre, le):
                pris[debut:fin] = [True] * (fin - debut)
        pris = [True] * 12 if self.jours.ferme(un, le) else pris
        libres = self.lieu.libres(un, du=le, au=le)
        trouve = [any(not _heure(le, n) < c.debut and not c.fin < _heure(le, n + 1) for c in libres) for n in range(12)]
        assert trouve == [not p for p in pris]

    def teardown(self) -> None:
        assert self.lieu.rejouer().ecarts == ()


def _heure(le: Date, n: int) -> Moment:
    """So many times two hours after midnight."""
    jour = le.add(days=n // 12)
    return Moment.depuis_texte(f"{jour}T{n % 12 * 2:02d}:00")


BY_DAY = settings(max_examples=30, stateful_step_count=40)


def test_des_espaces_lies_ne_se_genent_jamais():
    run_state_machine_as_test(LieuLie, settings=BY_DAY)


def test_des_espaces_lies_ne_se_genent_jamais_sur_sqlite():
    class SurSqlite(LieuLie):
        neuf = staticmethod(lambda: ouvrir("memory:", horloge=lambda: AVANT))

    run_state_machine_as_test(SurSqlite, settings=BY_DAY)


@pytest.mark.nightly
def test_des_espaces_lies_ne_se_genent_jamais_longtemps():
    run_state_machine_as_test(LieuLie)
