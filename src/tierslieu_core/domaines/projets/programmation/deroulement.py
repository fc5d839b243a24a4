"""Déroulement (P1): what was programmed takes place or not, one séance or the whole; then its review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.personnes.besoins import RepondreBesoin
from tierslieu_core.domaines.projets.programmation.activite import (
    REGIE,
    ActiviteAnnulee,
    ActiviteEvaluee,
    ActivitePortee,
    ActiviteProgrammee,
    ActiviteProposee,
    ActiviteSoutenue,
    ActiviteTenue,
    Etats,
    Fait,
    Seance,
    Venue,
    lit,
    menee,
    seances_de,
)
from tierslieu_core.domaines.projets.programmation.seances import Lues, lit_reservations, lit_seances, rendus, tenues
from tierslieu_core.domaines.usages import reservations
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ActiviteId, EspaceId, PersonneId, ReservationId
from tierslieu_core.vocabulaire.identifiants import activite as etiquette
from tierslieu_core.vocabulaire.temps import Moment, Periode
from tierslieu_core.vocabulaire.vie import vers

# ── événements : chacun dit la séance tout entière ──────────────────────────────────────────────────────────────────


def de_la_seance(laquelle: ActiviteId, reservation: ReservationId) -> str:
    """What was said of one séance."""
    return f"{etiquette(laquelle)}@{reservation}"


def _etiquettes(fait: Dite) -> Iterable[str]:
    return (de_la_seance(fait.activite, fait.reservation),)


@evenement(
    "programmation.SeanceTenue", "{nom} a eu lieu {periode}[ ; sont venus : {venues}][ ; y étaient : {presents}]"
)
class SeanceTenue:
    activite: ActiviteId
    reservation: ReservationId
    nom: str
    espace: EspaceId
    periode: Periode
    presents: tuple[PersonneId, ...] = champ("qui était là")
    venues: tuple[Venue, ...] = champ("combien sont venus, par public")

    etiquettes = _etiquettes


@evenement("programmation.SeanceAnnulee", "{nom} n'aura pas lieu {periode} : {motif}")
class SeanceAnnulee:
    activite: ActiviteId
    reservation: ReservationId
    nom: str
    espace: EspaceId
    periode: Periode
    motif: Personnel = personnel(qui="par", conservation="programmation")

    etiquettes = _etiquettes


Dite = SeanceTenue | SeanceAnnulee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("programmation.TenirSeance")
class TenirSeance:
    """Dire qu'une séance d'une activité a eu lieu : qui était là, combien de chaque public ; l'activité continue."""

    activite: ActiviteId
    debut: Moment = champ("début, comme elle fut programmée")
    presents: tuple[PersonneId, ...] = champ("qui était là", default=())
    venues: tuple[Venue, ...] = champ("combien sont venus, par public", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return sans_negatif(self.venues)


@commande("programmation.AnnulerSeance")
class AnnulerSeance:
    """Annuler une séance d'une activité, avec un motif ; son espace se libère, et l'activité continue."""

    activite: ActiviteId
    debut: Moment = champ("début, comme elle fut programmée")
    motif: Personnel = personnel("motif", qui="par", conservation="programmation")


@commande("programmation.TenirActivite")
class TenirActivite:
    """Dire qu'une activité programmée a eu lieu : qui était là, combien de chaque public."""

    activite: ActiviteId
    presents: tuple[PersonneId, ...] = champ("qui était là", default=())
    venues: tuple[Venue, ...] = champ("combien sont venus, par public", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return sans_negatif(self.venues)


@commande("programmation.EvaluerActivite")
class EvaluerActivite:
    """Faire le bilan d'une activité qui a eu lieu."""

    activite: ActiviteId
    bilan: Personnel = personnel("ce que l'on en retient", qui="par", conservation="programmation")


@commande("programmation.AnnulerActivite")
class AnnulerActivite:
    """Annuler une activité, avec un motif ; ses espaces se libèrent."""

    activite: ActiviteId
    motif: Personnel = personnel("motif", qui="par", conservation="programmation")


@commande("programmation.CorrigerSeance")
class CorrigerSeance:
    """Corriger ce qui fut dit d'une séance par erreur ; annulée à tort, son espace est à réserver de nouveau."""

    activite: ActiviteId
    debut: Moment = champ("début, comme elle fut programmée")
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@commande("programmation.CorrigerActivite")
class CorrigerActivite:
    """Corriger le dernier fait d'une activité, enregistré par erreur."""

    activite: ActiviteId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


def sans_negatif(venues: tuple[Venue, ...]) -> list[tuple[str, str]]:
    """Nobody came is zero."""
    return [("venues", f"{un.public} : un nombre, zéro ou plus") for un in venues if un.nombre < 0]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "programmation.SeanceInconnue",
    "{nom} n'a pas de séance à cette heure[ ; les siennes : {seances}].",
    "Dites l'heure à laquelle elle fut programmée ; ou programmez-la (programmation.ProgrammerActivite).",
)
class SeanceInconnue(Refus):
    nom: str
    seances: tuple[Periode, ...]


@refus(
    "programmation.SeanceDejaDite",
    "Cette séance de {nom}, {periode}, est déjà {etat}.",
    "Si ce fut dit par erreur, la conciergerie peut le corriger (programmation.CorrigerSeance).",
)
class SeanceDejaDite(Refus):
    nom: str
    periode: Periode
    etat: str


@refus(
    "programmation.SeanceAVenir",
    "{nom} est encore à venir : {seances}.",
    "Dites ce qui a eu lieu une fois que c'est fait ; ce qui n'aura pas lieu s'annule (programmation.AnnulerSeance).",
)
class SeanceAVenir(Refus):
    nom: str
    seances: tuple[Periode, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dernier(
    _: Read | None,
    fait: ActiviteProposee | ActivitePortee | ActiviteSoutenue | ActiviteProgrammee | ActiviteTenue | ActiviteEvaluee
    | ActiviteAnnulee,
    note: Note,
) -> Read | None:  # fmt: skip
    return fait, note


def _dite(_: Dite | None, fait: SeanceTenue | SeanceAnnulee) -> Dite | None:
    return fait


def _derniere_dite(_: Read | None, fait: SeanceTenue | SeanceAnnulee, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("programmation.dernier_fait", None, _dernier, dernier=True, notes=True)
dite_de = Lecture[Dite | None]("programmation.seance_dite", None, _dite, dernier=True)
derniere_dite = Lecture[Read | None]("programmation.derniere_dite", None, _derniere_dite, dernier=True, notes=True)

# ── décisions : une séance ──────────────────────────────────────────────────────────────────────────────────────────

DeLaSeance = tuple[Lues, tuple[Any, ...]]


def _choisie(c: TenirSeance | AnnulerSeance | CorrigerSeance, a: Fait | None) -> Seance | None:
    """The séance of that hour; of several, the one that was programmed last."""
    seances = () if a is None else seances_de(a)
    return next((s for s in reversed(seances) if s.periode.debut == c.debut), None)


def _lit_seance(c: TenirSeance | AnnulerSeance, x: Contexte) -> Lot[DeLaSeance]:
    return lit_seances(c, x).puis(lambda lues: _lit_dite(c, lues[0][0], dite_de))


def _lit_dite(c: Any, a: Fait | None, lecture: Lecture[Any]) -> Lot[tuple[Any, ...]]:
    s = _choisie(c, a)
    return Lot(() if s is None else (lecture(de_la_seance(c.activite, s.reservation)),))


class Menee(NamedTuple):
    """A séance of which something is said: its activity, the booking that it holds, and what a fact says of it."""

    activite: Fait
    reservee: reservations.Active | None
    dit: dict[str, Any]


def _menee(c: TenirSeance | AnnulerSeance, etats: DeLaSeance, x: Contexte) -> Menee | Refus:
    """The séance, if whoever asks may say now what becomes of it; its hours and space are those of its booking."""
    (((lue,), lues), dite), s = etats, _choisie(c, etats[0][0][0])
    a = menee(c, ActiviteAnnulee, lue, x)  # as long as it may be cancelled, its séances are to come or to be told
    if isinstance(a, Refus):
        return a
    if s is None:
        return SeanceInconnue(nom=a.projet.nom, seances=tuple(un.periode for un in seances_de(a)))
    if dite[0] is not None:
        return SeanceDejaDite(nom=a.projet.nom, periode=dite[0].periode, etat=ETATS[type(dite[0])])
    r = next((r for une, r in tenues(a, lues, x) if une == s), None)
    ou = s if r is None else r
    dit = {"activite": a.activite, "reservation": s.reservation, "nom": a.projet.nom}
    return Menee(a, r, {**dit, "espace": ou.espace, "periode": ou.periode})


ETATS = {SeanceTenue: "tenue", SeanceAnnulee: "annulée"}


def _tenir_seance(c: TenirSeance, etats: DeLaSeance, x: Contexte) -> Issue:
    if _redite(c, etats):
        return ()
    m = _menee(c, etats, x)
    if isinstance(m, Refus):
        return m
    if m.dit["periode"].bornes()[0] > x.survenu_le:
        return SeanceAVenir(nom=m.dit["nom"], seances=(m.dit["periode"],))
    return [SeanceTenue(**m.dit, presents=c.presents, venues=c.venues)]


def _redite(c: TenirSeance | AnnulerSeance, etats: DeLaSeance) -> bool:
    """Whether it says what was said."""
    dite = etats[1][0] if etats[1] else None
    if isinstance(c, AnnulerSeance):
        return isinstance(dite, SeanceAnnulee)
    return isinstance(dite, SeanceTenue) and (dite.presents, dite.venues) == (c.presents, c.venues)


def _annuler_seance(c: AnnulerSeance, etats: DeLaSeance, x: Contexte) -> Issue:
    if _redite(c, etats):
        return ()
    m = _menee(c, etats, x)
    if isinstance(m, Refus):
        return m
    return [SeanceAnnulee(**m.dit, motif=c.motif), *rendus(m.activite, [m.reservee], c.motif, x)]


def _lit_corriger_seance(c: CorrigerSeance, x: Contexte) -> Lot[tuple[Etats, tuple[Any, ...]]]:
    return lit(c, x).puis(lambda etats: _lit_dite(c, etats[0], derniere_dite))


def _corriger_seance(c: CorrigerSeance, etats: tuple[Etats, tuple[Any, ...]], x: Contexte) -> Issue:
    s = _choisie(c, etats[0][0])
    sujet = etiquette(c.activite) if s is None else de_la_seance(c.activite, s.reservation)
    return corriger(c.fait, sujet, c.motif, etats[1][0] if s is not None else None, x)


# ── décisions : toute l'activité ────────────────────────────────────────────────────────────────────────────────────


def _tenir(c: TenirActivite, etats: Lues, x: Contexte) -> Issue:
    (deja,), lues = etats
    if isinstance(deja, ActiviteTenue) and (deja.presents, deja.venues) == (c.presents, c.venues):
        return ()
    a = menee(c, ActiviteTenue, deja, x)
    if isinstance(a, Refus):
        return a
    a_venir = tuple(r.periode for _, r in tenues(a, lues, x) if r.periode.bornes()[0] > x.survenu_le)
    if a_venir:
        return SeanceAVenir(nom=a.projet.nom, seances=a_venir)
    return [vers(ActiviteTenue, a, presents=c.presents, venues=c.venues)]


def _evaluer(c: EvaluerActivite, etats: Etats, x: Contexte) -> Issue:
    a = menee(c, ActiviteEvaluee, etats[0], x)
    return a if isinstance(a, Refus) else [vers(ActiviteEvaluee, a, bilan=c.bilan)]


def _annuler(c: AnnulerActivite, etats: Lues, x: Contexte) -> Issue:
    (deja,), lues = etats
    if isinstance(deja, ActiviteAnnulee):
        return ()
    a = menee(c, ActiviteAnnulee, deja, x)
    if isinstance(a, Refus):
        return a
    annulee = vers(ActiviteAnnulee, a, seances=seances_de(a), motif=c.motif)
    return [annulee, *rendus(a, (r for _, r in tenues(a, lues, x)), c.motif, x)]


Corrigee = tuple[tuple[Read | None], Any]


def _lit_corriger(c: CorrigerActivite, _: Contexte) -> Lot[Corrigee]:
    return lire(dernier_fait(etiquette(c.activite))).puis(lambda lu: lit_reservations(lu[0][0] if lu[0] else None))


def _corriger(c: CorrigerActivite, etats: Corrigee, x: Contexte) -> Issue:
    """A séance that was programmed by mistake keeps no space."""
    (dernier,), lues = etats
    issue = corriger(c.fait, etiquette(c.activite), c.motif, dernier, x)
    if isinstance(issue, Refus) or not issue or dernier is None or not isinstance(dernier[0], ActiviteProgrammee):
        return issue
    a: Any = dernier[0]
    sienne = (r for s, r in tenues(a, lues, x) if s == a.seances[-1])
    return [*issue, *rendus(a, sienne, c.motif, x)]


# ── suites ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _repondre(fait: ActiviteTenue) -> Iterator[RepondreBesoin]:
    """What took place answers the needs that it was proposed for."""
    for besoin in fait.projet.besoins:
        yield RepondreBesoin(besoin=besoin, activite=fait.activite)


PORTEURS = REGIE | {INSCRIT}
FAITS = (SeanceTenue, SeanceAnnulee)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(TenirSeance, PORTEURS, _lit_seance, _tenir_seance),
    Demande(AnnulerSeance, PORTEURS, _lit_seance, _annuler_seance),
    Demande(TenirActivite, PORTEURS, lit_seances, _tenir),
    Demande(EvaluerActivite, PORTEURS, lit, _evaluer),
    Demande(AnnulerActivite, PORTEURS, lit_seances, _annuler),
    Demande(CorrigerSeance, REGIE, _lit_corriger_seance, _corriger_seance),
    Demande(CorrigerActivite, REGIE, _lit_corriger, _corriger),
)
SUITES = (Suite("besoins", ActiviteTenue, _repondre),)
REFUS = (SeanceInconnue, SeanceDejaDite, SeanceAVenir)
