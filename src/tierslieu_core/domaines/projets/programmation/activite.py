"""Activité (P1, P2, P3): proposed by anyone, carried by several, supported, held or cancelled, reviewed.

Each fact tells it whole, so that the last one suffices. When it takes place stands in ``seances``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    BesoinId,
    EspaceId,
    PersonneId,
    PublicId,
    ReservationId,
)
from tierslieu_core.vocabulaire.identifiants import activite as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle, vers

# ── ce qu'une activité est ──────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Projet:
    """What is proposed, who carries it, for whom, for which needs; ``places``: how many may come, ``None`` for any."""

    nom: str
    porteurs: tuple[PersonneId, ...]
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    places: int | None
    soutiens: int = 0

    def __str__(self) -> str:
        return self.nom


@attrs.frozen(kw_only=True)
class Seance:
    """When and where it takes place; ``reservation``: the booking that was asked for it."""

    espace: EspaceId
    periode: Periode
    reservation: ReservationId


@attrs.frozen(kw_only=True)
class Venue:
    """How many of one public came."""

    public: PublicId
    nombre: int = champ("nombre de personnes")

    def nomme(self, nommer: Callable[[str, str], str]) -> str:
        """``Voisins 11``."""
        return f"{nommer('public', self.public)} {self.nombre}"


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.activite),)


@evenement("programmation.ActiviteProposee", "{personne} propose : {projet}")
class ActiviteProposee:
    activite: ActiviteId
    projet: Projet
    personne: PersonneId
    presentation: Personnel | None = personnel(qui="personne", conservation="programmation")

    etiquettes = _etiquettes

    @property
    def nom(self) -> str:
        """What the activity is called, wherever it is spoken of."""
        return self.projet.nom


@evenement("programmation.ActivitePortee", "{personne} porte aussi : {projet}")
class ActivitePortee:
    activite: ActiviteId
    projet: Projet
    personne: PersonneId
    seances: tuple[Seance, ...] = ()

    etiquettes = _etiquettes


@evenement("programmation.ActiviteSoutenue", "{personne} soutient : {projet}")
class ActiviteSoutenue:
    activite: ActiviteId
    projet: Projet
    personne: PersonneId
    seances: tuple[Seance, ...] = ()

    def etiquettes(self) -> Iterable[str]:
        return etiquette(self.activite), soutien(self.activite, self.personne)


@evenement("programmation.ActiviteProgrammee", "{projet} est programmée : {espace}, {periode}")
class ActiviteProgrammee:
    activite: ActiviteId
    projet: Projet
    espace: EspaceId
    periode: Periode
    seances: tuple[Seance, ...] = champ("toutes ses séances, désormais")

    etiquettes = _etiquettes


@evenement("programmation.ActiviteTenue", "{projet} a eu lieu[ ; y étaient : {presents}]")
class ActiviteTenue:
    activite: ActiviteId
    projet: Projet
    seances: tuple[Seance, ...]
    presents: tuple[PersonneId, ...] = champ("qui était là")
    venues: tuple[Venue, ...] = champ("combien sont venus, par public")

    etiquettes = _etiquettes


@evenement("programmation.ActiviteEvaluee", "Bilan de {projet} : {bilan}")
class ActiviteEvaluee:
    activite: ActiviteId
    projet: Projet
    seances: tuple[Seance, ...]
    bilan: Personnel = personnel(qui="par", conservation="programmation")

    etiquettes = _etiquettes


@evenement("programmation.ActiviteAnnulee", "{projet} n'aura pas lieu : {motif}")
class ActiviteAnnulee:
    activite: ActiviteId
    projet: Projet
    seances: tuple[Seance, ...]
    motif: Personnel = personnel(qui="par", conservation="programmation")

    etiquettes = _etiquettes


def soutien(laquelle: ActiviteId, qui: PersonneId) -> str:
    """The tag of one person's support."""
    return f"{etiquette(laquelle)}~{qui}"


EnProjet = ActiviteProposee | ActivitePortee | ActiviteSoutenue
Fait = EnProjet | ActiviteProgrammee | ActiviteTenue | ActiviteEvaluee | ActiviteAnnulee
VIVANTES = (ActiviteProposee, ActivitePortee, ActiviteSoutenue, ActiviteProgrammee)
CYCLE = Cycle(
    mots={
        ActiviteProposee: "proposée", ActivitePortee: "proposée", ActiviteSoutenue: "proposée",
        ActiviteProgrammee: "programmée", ActiviteTenue: "tenue", ActiviteEvaluee: "évaluée",
        ActiviteAnnulee: "annulée",
    },
    apres={
        ActiviteProposee: (DEBUT, ActiviteAnnulee), ActivitePortee: VIVANTES, ActiviteSoutenue: VIVANTES,
        ActiviteProgrammee: VIVANTES, ActiviteTenue: (ActiviteProgrammee, ActivitePortee, ActiviteSoutenue),
        ActiviteEvaluee: (ActiviteTenue, ActiviteEvaluee), ActiviteAnnulee: VIVANTES,
    },
)  # fmt: skip
"""One that was cancelled may be proposed again. Carried or supported once programmed, it is still programmed."""

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("programmation.ProposerActivite")
class ProposerActivite:
    """Proposer une activité : ce qu'elle est, pour quels publics, à quels besoins elle répond, pour combien."""

    activite: ActiviteId = nouveau("activité, en un mot")
    nom: str = champ("nom")
    personne: PersonneId = champ("qui la propose, et la porte")
    publics: tuple[PublicId, ...] = champ("publics", default=())
    besoins: tuple[BesoinId, ...] = champ("besoins auxquels elle répond", default=())
    places: int | None = champ("nombre de places", unite="personnes", default=None)
    presentation: Personnel | None = personnel(
        "en quelques mots", qui="personne", conservation="programmation", default=None
    )

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("places", "une au moins")] if self.places is not None and self.places < 1 else []


@commande("programmation.PorterActivite")
class PorterActivite:
    """Porter, avec d'autres, une activité proposée."""

    activite: ActiviteId
    personne: PersonneId


@commande("programmation.SoutenirActivite")
class SoutenirActivite:
    """Soutenir une activité proposée : dire que l'on voudrait qu'elle ait lieu ; une fois chacun."""

    activite: ActiviteId
    personne: PersonneId


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "programmation.ActiviteDejaProposee",
    "Une activité porte déjà ce nom court : {nom}, que portent {porteurs}.",
    "Donnez-lui un autre nom court, ou portez celle-là avec eux (programmation.PorterActivite).",
)
class ActiviteDejaProposee(Refus):
    nom: str
    porteurs: tuple[PersonneId, ...]


@refus(
    "programmation.ActiviteAbsente",
    "L'activité « {activite} » fut enregistrée par erreur : il n'y a plus rien sous ce nom court.",
    "Proposez-la (programmation.ProposerActivite).",
)
class ActiviteAbsente(Refus):
    activite: str


@refus(
    "programmation.PasACetteEtape",
    "{nom} est {etape} : il est trop tôt, ou trop tard, pour cela.",
    "Une activité se propose, se soutient, se programme, a lieu, puis s'évalue.",
)
class PasACetteEtape(Refus):
    nom: str
    etape: str


@refus(
    "programmation.PasPorteur",
    "{nom} est portée par {porteurs}.",
    "Demandez-leur, ou à la conciergerie ; ou portez-la avec eux (programmation.PorterActivite).",
)
class PasPorteur(Refus):
    nom: str
    porteurs: tuple[PersonneId, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _activite(
    _: Fait | None,
    fait: ActiviteProposee | ActivitePortee | ActiviteSoutenue | ActiviteProgrammee | ActiviteTenue | ActiviteEvaluee
    | ActiviteAnnulee,
) -> Fait | None:  # fmt: skip
    return fait


def _soutenue(_: bool, __: ActiviteSoutenue) -> bool:  # noqa: FBT001 - a state
    return True


activite_de = Lecture[Fait | None]("programmation.activite", None, _activite, dernier=True)
deja_soutenue = Lecture[bool]("programmation.soutenue", False, _soutenue, dernier=True)  # noqa: FBT003 - a state

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def lit(c: Any, _: Contexte) -> Lot[Etats]:
    """The activity that a demand names."""
    return lire(activite_de(etiquette(c.activite)))


def seances_de(a: Fait) -> tuple[Seance, ...]:
    """When it takes place."""
    found: tuple[Seance, ...] = getattr(a, "seances", ())
    return found


def etape(a: Fait) -> str:
    """Where it stands: carried or supported once programmed, it is programmed."""
    return CYCLE.mots[ActiviteProgrammee] if isinstance(a, EnProjet) and seances_de(a) else CYCLE.mot(a)


def menee(c: Any, nature: type, a: Fait | None, x: Contexte) -> Fait | Refus:
    """The activity, if that may come of it now and whoever asks may say so; else why not."""
    if a is None:
        return ActiviteAbsente(activite=c.activite)
    if not CYCLE.permet(nature, a) or (nature is ActiviteTenue and not seances_de(a)):
        return PasACetteEtape(nom=a.projet.nom, etape=etape(a))
    if x.mandat == INSCRIT and x.par not in a.projet.porteurs:
        return PasPorteur(nom=a.projet.nom, porteurs=a.projet.porteurs)
    return a


def _proposer(c: ProposerActivite, etats: Etats, _: Contexte) -> Issue:
    projet, deja = vers(Projet, c, porteurs=(c.personne,)), etats[0]
    if isinstance(deja, ActiviteAnnulee):
        projet = attrs.evolve(projet, soutiens=deja.projet.soutiens)  # who wanted it still does
    if deja is None or isinstance(deja, ActiviteAnnulee):
        return [ActiviteProposee(activite=c.activite, projet=projet, personne=c.personne, presentation=c.presentation)]
    meme = attrs.evolve(deja.projet, porteurs=deja.projet.porteurs[:1], soutiens=0) == projet
    return () if meme else ActiviteDejaProposee(nom=deja.projet.nom, porteurs=deja.projet.porteurs)


def _mesure_proposer(c: ProposerActivite, _: Etats, x: Contexte) -> Mesures:
    return Mesures(action="proposer", personne=c.personne, lieux=(), jour=x.aujourdhui, participants=c.places)


def _porter(c: PorterActivite, etats: Etats, x: Contexte) -> Issue:
    a = menee(c, ActivitePortee, etats[0], x)
    if isinstance(a, Refus):
        return a
    if c.personne in a.projet.porteurs:
        return ()
    projet = attrs.evolve(a.projet, porteurs=(*a.projet.porteurs, c.personne))
    return [vers(ActivitePortee, a, projet=projet, personne=c.personne)]


def _lit_soutenir(c: SoutenirActivite, x: Contexte) -> Lot[Any]:
    return lit(c, x).avec(lire(deja_soutenue(soutien(c.activite, c.personne))))


def _soutenir(c: SoutenirActivite, etats: tuple[Etats, tuple[bool]], x: Contexte) -> Issue:
    a = menee(c, ActiviteSoutenue, etats[0][0], x)
    if isinstance(a, Refus):
        return a
    if etats[1][0]:
        return ()
    projet = attrs.evolve(a.projet, soutiens=a.projet.soutiens + 1)
    return [vers(ActiviteSoutenue, a, projet=projet, personne=c.personne)]


REGIE = frozenset({"concierge", "coordination"})
FAITS = (
    ActiviteProposee, ActivitePortee, ActiviteSoutenue, ActiviteProgrammee, ActiviteTenue, ActiviteEvaluee,
    ActiviteAnnulee,
)  # fmt: skip
DEMANDES = (
    Demande(ProposerActivite, REGIE | {"soi"}, lit, _proposer, _mesure_proposer),
    Demande(PorterActivite, REGIE | {"soi"}, lit, _porter),
    Demande(SoutenirActivite, frozenset({"soi"}), _lit_soutenir, _soutenir),
)
REFUS = (ActiviteDejaProposee, ActiviteAbsente, PasACetteEtape, PasPorteur)
