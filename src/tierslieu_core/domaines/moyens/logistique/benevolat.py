"""Bénévolat: the time that people choose to tell, theirs alone to tell, change and take back; totals by month."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import duree
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

JOURNEE = 1440


def temps(qui: PersonneId, le: Date) -> str:
    """What a person tells of the time that they gave on one day."""
    return f"temps:{qui}@{le.format_iso()}"


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("logistique.TempsDeclare", "{personne} dit avoir donné {minutes} minutes, le {le} : {quoi}")
class TempsDeclare:
    """``auparavant``: what they had told of that day until then."""

    personne: PersonneId
    le: Date
    minutes: int
    auparavant: int
    quoi: Personnel | None = personnel(qui="personne", conservation="benevolat")

    def etiquettes(self) -> Iterable[str]:
        return temps(self.personne, self.le), personne(self.personne)


@evenement("logistique.TempsRetire", "{personne} ne déclare plus de temps, le {le}")
class TempsRetire:
    personne: PersonneId
    le: Date
    auparavant: int

    def etiquettes(self) -> Iterable[str]:
        return temps(self.personne, self.le), personne(self.personne)


Fait = TempsDeclare | TempsRetire

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("logistique.DeclarerTemps")
class DeclarerTemps:
    """Dire, si on le veut, le temps donné un jour ; le redire remplace ce que l'on avait dit."""

    personne: PersonneId
    minutes: int = champ("combien", unite="minutes")
    le: Date | None = champ("quel jour ; sinon aujourd'hui", default=None)
    quoi: Personnel | None = personnel("à quoi", qui="personne", conservation="benevolat", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if 1 <= self.minutes <= JOURNEE else [("minutes", f"de 1 à {JOURNEE}, ce que dure un jour")]


@commande("logistique.RetirerTemps")
class RetirerTemps:
    """Retirer le temps que l'on avait dit avoir donné un jour."""

    personne: PersonneId
    le: Date = champ("quel jour")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "logistique.TempsAVenir",
    "Le temps se dit une fois donné : le {le} n'est pas venu.",
    "Donnez aujourd'hui ou un jour passé ; pour s'engager d'avance, prenez une tâche (logistique.PrendreTache).",
)
class TempsAVenir(Refus):
    le: Date


# ── lecture, décisions ──────────────────────────────────────────────────────────────────────────────────────────────


def _temps(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


temps_de = Lecture[Fait | None]("logistique.temps", None, _temps, dernier=True)


def _dit(fait: Fait | None) -> int:
    return fait.minutes if isinstance(fait, TempsDeclare) else 0


def _lit(c: DeclarerTemps | RetirerTemps, x: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(temps_de(temps(c.personne, c.le or x.aujourdhui)))


def _declarer(c: DeclarerTemps, etats: tuple[Fait | None], x: Contexte) -> Issue:
    le, deja = c.le or x.aujourdhui, _dit(etats[0])
    if le > x.aujourdhui:
        return TempsAVenir(le=le)
    if c.minutes == deja:
        return ()
    return [TempsDeclare(personne=c.personne, le=le, minutes=c.minutes, auparavant=deja, quoi=c.quoi)]


def _retirer(c: RetirerTemps, etats: tuple[Fait | None], _: Contexte) -> Issue:
    deja = _dit(etats[0])
    return [TempsRetire(personne=c.personne, le=c.le, auparavant=deja)] if deja else ()


# ── registre : jamais qui, sauf dans le dossier de chacun ───────────────────────────────────────────────────────────


@attrs.frozen
class LigneBenevolat:
    """What people told of a month, all together: how much, on how many days of how many."""

    mois: str
    minutes: int
    duree: str
    journees: int


def _tenir(lignes: dict[str, LigneBenevolat], fait: Fait, _: Note) -> None:
    mois = fait.le.format_iso()[:7]
    avant = lignes.get(mois) or LigneBenevolat(mois, 0, "", 0)
    minutes = avant.minutes + _dit(fait) - fait.auparavant
    journees = avant.journees + (_dit(fait) > 0) - (fait.auparavant > 0)
    lignes[mois] = LigneBenevolat(mois, minutes, duree(minutes), journees)


FAITS = (TempsDeclare, TempsRetire)
DEMANDES = (
    Demande(DeclarerTemps, frozenset({SOI}), _lit, _declarer),
    Demande(RetirerTemps, frozenset({SOI}), _lit, _retirer),
)
REFUS = (TempsAVenir,)
REGISTRES = (Registre("benevolat", LigneBenevolat, _tenir, titre="Temps donné, par mois", index=("mois",)),)
