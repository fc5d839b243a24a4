"""Adoption (SE2): who was shown a tool, who tries it, uses it, or gave it up and why; and whom to come back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.personnes.formations import InviterFormation
from tierslieu_core.domaines.personnes.sensibilisation import outil
from tierslieu_core.domaines.personnes.sensibilisation.outil import QUI
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import AtelierId, FormationId, OutilId, PersonneId
from tierslieu_core.vocabulaire.identifiants import outil as de_l_outil
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle

RELANCE_JOURS = 30
"""How long after somebody was shown a tool one comes back to them, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def par_personne(lequel: OutilId, qui: PersonneId) -> str:
    """What one person does of one tool."""
    return f"{de_l_outil(lequel)}@{qui}"


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (par_personne(fait.outil, fait.personne),)


@evenement("sensibilisation.OutilMontre", "On montre {outil} à {personne}")
class OutilMontre:
    """``formation``: the one that teaches it, to which showing it invites."""

    outil: OutilId
    personne: PersonneId
    formation: FormationId | None
    atelier: AtelierId | None

    etiquettes = _etiquettes


@evenement("sensibilisation.OutilEssaye", "{personne} essaie {outil}")
class OutilEssaye:
    outil: OutilId
    personne: PersonneId

    etiquettes = _etiquettes


@evenement("sensibilisation.OutilAdopte", "{personne} se sert de {outil}")
class OutilAdopte:
    outil: OutilId
    personne: PersonneId

    etiquettes = _etiquettes


@evenement("sensibilisation.OutilDelaisse", "{personne} ne se sert pas, ou plus, de {outil} ({motif})")
class OutilDelaisse:
    outil: OutilId
    personne: PersonneId
    motif: Personnel = personnel(qui="personne", conservation="sensibilisation")

    etiquettes = _etiquettes


Fait = OutilMontre | OutilEssaye | OutilAdopte | OutilDelaisse
CYCLE = Cycle(
    mots={OutilMontre: "montré", OutilEssaye: "à l'essai", OutilAdopte: "en usage", OutilDelaisse: "délaissé"},
    apres={
        OutilMontre: (DEBUT, OutilDelaisse),
        OutilEssaye: (DEBUT, OutilMontre, OutilDelaisse),
        OutilAdopte: (DEBUT, OutilMontre, OutilEssaye, OutilDelaisse),
        OutilDelaisse: (OutilMontre, OutilEssaye, OutilAdopte),
    },
)
"""What is further on already needs no step back: to be shown what one uses changes nothing."""

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("sensibilisation.MontrerOutil")
class MontrerOutil:
    """Dire que l'on a montré un outil à une personne ; si une formation l'enseigne, elle y est invitée."""

    outil: OutilId
    personne: PersonneId
    atelier: AtelierId | None = champ("au cours de quel atelier", default=None)


@commande("sensibilisation.EssayerOutil")
class EssayerOutil:
    """Dire que l'on essaie un outil."""

    outil: OutilId
    personne: PersonneId


@commande("sensibilisation.AdopterOutil")
class AdopterOutil:
    """Dire que l'on se sert d'un outil."""

    outil: OutilId
    personne: PersonneId


@commande("sensibilisation.DelaisserOutil")
class DelaisserOutil:
    """Dire que l'on ne se sert pas, ou plus, d'un outil, et pourquoi."""

    outil: OutilId
    personne: PersonneId
    motif: Personnel = personnel("pourquoi", qui="personne", conservation="sensibilisation")


@commande("sensibilisation.CorrigerAdoption")
class CorrigerAdoption:
    """Corriger le dernier fait d'une personne et d'un outil, enregistré par erreur."""

    outil: OutilId
    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "sensibilisation.OutilJamaisVu",
    "{personne} n'a pas encore vu, ni essayé, {outil}.",
    "Montrez-le d'abord (sensibilisation.MontrerOutil).",
)
class OutilJamaisVu(Refus):
    outil: OutilId
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


adoption_de = Lecture[Fait | None]("sensibilisation.adoption", None, _derniere, dernier=True)
dernier_fait = Lecture[Read | None]("sensibilisation.dernier_fait_adoption", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, outil.Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(adoption_de(par_personne(c.outil, c.personne)), outil.outil_de(de_l_outil(c.outil)))


def _montrer(c: MontrerOutil, etats: Etats, _: Contexte) -> Issue:
    o = outil.en_usage(c.outil, etats[1])
    if isinstance(o, Refus):
        return o
    dit = OutilMontre(outil=c.outil, personne=c.personne, formation=o.formation, atelier=c.atelier)
    return [dit] if CYCLE.permet(OutilMontre, etats[0]) else ()


def _essayer(c: EssayerOutil, etats: Etats, _: Contexte) -> Issue:
    return _avancer(OutilEssaye(outil=c.outil, personne=c.personne), etats)


def _adopter(c: AdopterOutil, etats: Etats, _: Contexte) -> Issue:
    return _avancer(OutilAdopte(outil=c.outil, personne=c.personne), etats)


def _avancer(dit: OutilEssaye | OutilAdopte, etats: Etats) -> Issue:
    o = outil.en_usage(dit.outil, etats[1])
    if isinstance(o, Refus):
        return o
    return [dit] if CYCLE.permet(type(dit), etats[0]) else ()


def _delaisser(c: DelaisserOutil, etats: Etats, _: Contexte) -> Issue:
    if etats[0] is None:
        return OutilJamaisVu(outil=c.outil, personne=c.personne)
    dit = OutilDelaisse(outil=c.outil, personne=c.personne, motif=c.motif)
    return [dit] if CYCLE.permet(OutilDelaisse, etats[0]) else ()


def _inviter(fait: OutilMontre) -> Iterable[InviterFormation]:
    """Whoever is shown a tool is invited to learn it, where a training teaches it."""
    if fait.formation is not None:
        yield InviterFormation(formation=fait.formation, personne=fait.personne)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAdoption:
    """``etat``: montré, à l'essai, en usage, délaissé; ``depuis``: since which day; ``motif``: why it was given up."""

    outil: OutilId
    personne: PersonneId
    etat: str
    depuis: Date
    montre_le: Date | None
    motif: Personnel | None = None


def _tenir(lignes: dict[tuple[OutilId, PersonneId], LigneAdoption], fait: Fait, note: Note) -> None:
    cle, le = (fait.outil, fait.personne), Date.parse_iso(note.survenu_le[:10])
    deja = lignes.get(cle)
    montre = le if isinstance(fait, OutilMontre) else deja.montre_le if deja else None
    motif = fait.motif if isinstance(fait, OutilDelaisse) else None
    lignes[cle] = LigneAdoption(fait.outil, fait.personne, CYCLE.mot(fait), le, montre, motif)


SUITE = {
    "montré": "{personne} a vu {outil} le {depuis}, et ne s'en sert pas encore : l'y aider ?",
    "à l'essai": "{personne} essaie {outil} depuis le {depuis} : s'en sert-elle ?",
}


def _dues(ligne: LigneAdoption, x: Contexte) -> Iterator[Due]:
    """Some time after, one comes back to whoever saw it or tries it."""
    if ligne.etat in SUITE:
        quand = rappel(ligne.depuis.add(days=RELANCE_JOURS), x, action="adopter", jours=0)
        yield Due(quand, par_personne(ligne.outil, ligne.personne), SUITE[ligne.etat])


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FAITS = (OutilMontre, OutilEssaye, OutilAdopte, OutilDelaisse)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(MontrerOutil, QUI, _lit, _montrer),
    Demande(EssayerOutil, QUI | {SOI}, _lit, _essayer),
    Demande(AdopterOutil, QUI | {SOI}, _lit, _adopter),
    Demande(DelaisserOutil, QUI | {SOI}, _lit, _delaisser),
    correction(CorrigerAdoption, QUI, dernier_fait, lambda c: par_personne(c.outil, c.personne)),
)
REFUS = (OutilJamaisVu,)
REGISTRES = (
    Registre("adoption", LigneAdoption, _tenir, titre="Qui se sert de quels outils", index=("personne", "outil")),
)
SUITES = (Suite("invitation", OutilMontre, _inviter),)
ECHEANCES = (Echeance("sensibilisation.adoption", "Outils vus et pas encore adoptés", "adoption", _dues),)
