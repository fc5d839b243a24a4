"""Accompagnement (F1): a path with a person: its aims, meetings, aims reached, closed with its review.

Each fact tells where the path stands, so that the last one suffices; the words of each are sealed in it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import AccompagnementId, BesoinId, PersonneId
from tierslieu_core.vocabulaire.identifiants import accompagnement as etiquette
from tierslieu_core.vocabulaire.vie import vers

SANS_RENCONTRE_JOURS = 60
"""How long a path may go without a meeting held or agreed before it is told, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.accompagnement),)


@evenement("formations.AccompagnementOuvert", "{accompagnant} accompagne désormais {personne}")
class AccompagnementOuvert:
    """``buts``: how many aims were set; ``atteints``: the numbers of those reached; ``prochaine``: the next meeting."""

    accompagnement: AccompagnementId
    personne: PersonneId
    accompagnant: PersonneId
    besoins: tuple[BesoinId, ...]
    buts: int
    atteints: tuple[int, ...]
    prochaine: Date | None
    objet: Personnel = personnel(qui="personne", conservation="accompagnement")

    etiquettes = _etiquettes


@evenement("formations.ButFixe", "Accompagnement de {personne}, but n° {buts} : {but}")
class ButFixe:
    accompagnement: AccompagnementId
    personne: PersonneId
    accompagnant: PersonneId
    besoins: tuple[BesoinId, ...]
    buts: int
    atteints: tuple[int, ...]
    prochaine: Date | None
    but: Personnel = personnel(qui="personne", conservation="accompagnement")

    etiquettes = _etiquettes


@evenement(
    "formations.RencontreTenue",
    "{accompagnant} et {personne} se rencontrent : {compte_rendu}[ ; la prochaine fois, le {prochaine}]",
)
class RencontreTenue:
    accompagnement: AccompagnementId
    personne: PersonneId
    accompagnant: PersonneId
    besoins: tuple[BesoinId, ...]
    buts: int
    atteints: tuple[int, ...]
    prochaine: Date | None
    compte_rendu: Personnel = personnel(qui="personne", conservation="accompagnement")

    etiquettes = _etiquettes


@evenement("formations.AccompagnementClos", "L'accompagnement de {personne} par {accompagnant} s'achève : {bilan}")
class AccompagnementClos:
    accompagnement: AccompagnementId
    personne: PersonneId
    accompagnant: PersonneId
    besoins: tuple[BesoinId, ...]
    buts: int
    atteints: tuple[int, ...]
    prochaine: Date | None
    bilan: Personnel = personnel(qui="personne", conservation="accompagnement")

    etiquettes = _etiquettes


Fait = AccompagnementOuvert | ButFixe | RencontreTenue | AccompagnementClos
EnCours = AccompagnementOuvert | ButFixe | RencontreTenue

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.OuvrirAccompagnement")
class OuvrirAccompagnement:
    """Ouvrir l'accompagnement d'une personne : par qui, vers quoi, quand l'on se voit."""

    accompagnement: AccompagnementId = nouveau("accompagnement, en un mot")
    personne: PersonneId = champ("personne accompagnée")
    accompagnant: PersonneId = champ("qui l'accompagne")
    objet: Personnel = personnel("vers quoi", qui="personne", conservation="accompagnement")
    prochaine: Date | None = champ("première rencontre le", default=None)
    besoins: tuple[BesoinId, ...] = champ("besoins auxquels il répond", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("accompagnant", "quelqu'un d'autre")] if self.accompagnant == self.personne else []


@commande("formations.FixerBut")
class FixerBut:
    """Fixer un but de plus à un accompagnement."""

    accompagnement: AccompagnementId
    personne: PersonneId = champ("personne accompagnée")
    but: Personnel = personnel("le but", qui="personne", conservation="accompagnement")


@commande("formations.TenirRencontre")
class TenirRencontre:
    """Dire une rencontre : ce qui s'y est dit, les buts qui sont atteints (leur numéro), quand l'on se revoit."""

    accompagnement: AccompagnementId
    personne: PersonneId = champ("personne accompagnée")
    compte_rendu: Personnel = personnel("ce qui s'est dit", qui="personne", conservation="accompagnement")
    atteints: tuple[int, ...] = champ("buts atteints, par leur numéro", default=())
    prochaine: Date | None = champ("prochaine rencontre le", default=None)


@commande("formations.CloreAccompagnement")
class CloreAccompagnement:
    """Clore un accompagnement, avec son bilan."""

    accompagnement: AccompagnementId
    personne: PersonneId = champ("personne accompagnée")
    bilan: Personnel = personnel("bilan", qui="personne", conservation="accompagnement")


@commande("formations.CorrigerAccompagnement")
class CorrigerAccompagnement:
    """Corriger le dernier fait d'un accompagnement, enregistré par erreur."""

    accompagnement: AccompagnementId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "formations.AccompagnementDejaOuvert",
    "Un accompagnement porte déjà ce nom court : celui de {personne} par {accompagnant}.",
    "Donnez-lui un autre nom court.",
)
class AccompagnementDejaOuvert(Refus):
    personne: PersonneId
    accompagnant: PersonneId


@refus(
    "formations.AccompagnementAbsent",
    "L'accompagnement « {accompagnement} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Ouvrez-le (formations.OuvrirAccompagnement).",
)
class AccompagnementAbsent(Refus):
    accompagnement: str


@refus(
    "formations.AccompagnementAcheve",
    "L'accompagnement de {personne} par {accompagnant} est achevé.",
    "Ouvrez-en un autre ; s'il fut clos par erreur, corrigez ce fait (formations.CorrigerAccompagnement).",
)
class AccompagnementAcheve(Refus):
    personne: PersonneId
    accompagnant: PersonneId


@refus(
    "formations.PasAccompagnant",
    "C'est {accompagnant} qui accompagne {personne}.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasAccompagnant(Refus):
    personne: PersonneId
    accompagnant: PersonneId


@refus(
    "formations.ButInconnu",
    "Cet accompagnement n'a pas de but n° {numeros} : il en a {buts}.",
    "Fixez-le d'abord (formations.FixerBut), ou dites-en un autre : tierslieu registre buts.",
)
class ButInconnu(Refus):
    numeros: tuple[int, ...]
    buts: int


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


accompagnement_de = Lecture[Fait | None]("formations.accompagnement", None, _derniere, dernier=True)
dernier_fait = Lecture[Read | None]("formations.dernier_fait_accompagnement", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: Any, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(accompagnement_de(etiquette(c.accompagnement)))


def _ouvrir(c: OuvrirAccompagnement, etats: tuple[Fait | None], _: Contexte) -> Issue:
    deja = etats[0]
    if deja is None:
        return [vers(AccompagnementOuvert, c, buts=0, atteints=())]
    meme = (deja.personne, deja.accompagnant) == (c.personne, c.accompagnant)
    return () if meme else AccompagnementDejaOuvert(personne=deja.personne, accompagnant=deja.accompagnant)


def _en_cours(c: FixerBut | TenirRencontre | CloreAccompagnement, a: Fait | None, x: Contexte) -> EnCours | Refus:
    """The path, if it goes on and whoever asks walks it."""
    if a is None:
        return AccompagnementAbsent(accompagnement=c.accompagnement)
    siens = identifiants(a.personne, x)
    if c.personne not in siens or (x.mandat == INSCRIT and x.par not in (a.accompagnant, *siens)):
        return PasAccompagnant(personne=a.personne, accompagnant=a.accompagnant)
    if isinstance(a, AccompagnementClos):
        return AccompagnementAcheve(personne=a.personne, accompagnant=a.accompagnant)
    return a


def _fixer(c: FixerBut, etats: tuple[Fait | None], x: Contexte) -> Issue:
    a = _en_cours(c, etats[0], x)
    return a if isinstance(a, Refus) else [vers(ButFixe, a, buts=a.buts + 1, but=c.but)]


def _rencontrer(c: TenirRencontre, etats: tuple[Fait | None], x: Contexte) -> Issue:
    a = _en_cours(c, etats[0], x)
    if isinstance(a, Refus):
        return a
    inconnus = tuple(n for n in c.atteints if not 1 <= n <= a.buts)
    if inconnus:
        return ButInconnu(numeros=inconnus, buts=a.buts)
    atteints = tuple(sorted({*a.atteints, *c.atteints}))
    return [vers(RencontreTenue, a, compte_rendu=c.compte_rendu, atteints=atteints, prochaine=c.prochaine)]


def _clore(c: CloreAccompagnement, etats: tuple[Fait | None], x: Contexte) -> Issue:
    if isinstance(etats[0], AccompagnementClos):
        return ()
    a = _en_cours(c, etats[0], x)
    return a if isinstance(a, Refus) else [vers(AccompagnementClos, a, bilan=c.bilan, prochaine=None)]


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAccompagnement:
    """``depuis``: the day of the last word; ``prochaine``: when they meet next; ``bilan``: what came of it."""

    accompagnement: AccompagnementId
    personne: PersonneId
    accompagnant: PersonneId
    depuis: Date
    rencontres: int
    buts: int
    atteints: int
    prochaine: Date | None
    besoins: tuple[BesoinId, ...]
    etat: str = "en cours"
    bilan: Personnel | None = None


def _tenir(lignes: dict[AccompagnementId, LigneAccompagnement], fait: Fait, note: Note) -> None:
    deja, le = lignes.get(fait.accompagnement), Date.parse_iso(note.survenu_le[:10])
    ligne = LigneAccompagnement(
        fait.accompagnement, fait.personne, fait.accompagnant, le, deja.rencontres if deja else 0, fait.buts,
        len(fait.atteints), fait.prochaine, fait.besoins,
    )  # fmt: skip
    if isinstance(fait, RencontreTenue):
        ligne = attrs.evolve(ligne, rencontres=ligne.rencontres + 1)
    elif isinstance(fait, AccompagnementClos):
        ligne = attrs.evolve(ligne, etat="achevé", bilan=fait.bilan)
    lignes[fait.accompagnement] = ligne


@attrs.frozen
class LigneBut:
    """One aim of a path; ``atteint``: the day on which it was told reached."""

    accompagnement: AccompagnementId
    numero: int
    personne: PersonneId
    but: Personnel
    atteint: Date | None = None


def _tenir_buts(
    lignes: dict[tuple[AccompagnementId, int], LigneBut], fait: ButFixe | RencontreTenue, note: Note
) -> None:
    if isinstance(fait, ButFixe):
        lignes[fait.accompagnement, fait.buts] = LigneBut(fait.accompagnement, fait.buts, fait.personne, fait.but)
        return
    for n in fait.atteints:
        ligne = lignes.get((fait.accompagnement, n))
        if ligne is not None and ligne.atteint is None:
            lignes[fait.accompagnement, n] = attrs.evolve(ligne, atteint=Date.parse_iso(note.survenu_le[:10]))


def _dues(ligne: LigneAccompagnement, x: Contexte) -> Iterator[Due]:
    """The meeting agreed, that day; else a word, when there was none for long."""
    if ligne.etat != "en cours":
        return
    chose = etiquette(ligne.accompagnement)
    if ligne.prochaine is not None:
        quand = rappel(ligne.prochaine, x, action="accompagner", jours=0)
        yield Due(quand, chose, "{accompagnant} et {personne} se rencontrent le {prochaine} ; à dire ensuite")
    else:
        quand = rappel(ligne.depuis.add(days=SANS_RENCONTRE_JOURS), x, action="accompagner", jours=0)
        yield Due(quand, chose, "{accompagnant} et {personne} : aucune rencontre prévue depuis le {depuis}")


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

OUVRE = frozenset({"concierge", "coordination", "formateur"})
QUI = OUVRE | {INSCRIT}
FAITS = (AccompagnementOuvert, ButFixe, RencontreTenue, AccompagnementClos)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(OuvrirAccompagnement, OUVRE, _lit, _ouvrir),
    Demande(FixerBut, QUI, _lit, _fixer),
    Demande(TenirRencontre, QUI, _lit, _rencontrer),
    Demande(CloreAccompagnement, QUI, _lit, _clore),
    correction(CorrigerAccompagnement, OUVRE, dernier_fait, lambda c: etiquette(c.accompagnement)),
)
REFUS = (AccompagnementDejaOuvert, AccompagnementAbsent, AccompagnementAcheve, PasAccompagnant, ButInconnu)
REGISTRES = (
    Registre("accompagnements", LigneAccompagnement, _tenir, titre="Accompagnements", index=("personne",)),
    Registre("buts", LigneBut, _tenir_buts, titre="Buts des accompagnements", index=("accompagnement",)),
)
IDENTIFIANTS = (Identifiant(AccompagnementId, AccompagnementOuvert),)
ECHEANCES = (Echeance("formations.rencontre", "Rencontres d'accompagnement", "accompagnements", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les accompagnements en cours", "accompagnements",
        "{personne}, par {accompagnant} : {atteints} buts atteints sur {buts}[ ; rencontre le {prochaine}]",
        lambda ligne, _: ligne.etat == "en cours",
    ),
)  # fmt: skip
