"""Programmation: a session is announced, changed, called off; who waits for a place is served when there are more."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.personnes.formations import formation
from tierslieu_core.domaines.personnes.formations.habilitation import (
    FORMATEURS,
    compter,
)
from tierslieu_core.domaines.personnes.formations.session import (
    Fait,
    SessionAnnulee,
    SessionProgrammee,
    SessionRevue,
    dernier_fait,
    etape,
    servie,
    session_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Refus,
    champ,
    commande,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, FormationId, PersonneId, SessionId
from tierslieu_core.vocabulaire.identifiants import formation as de_formation
from tierslieu_core.vocabulaire.identifiants import session as etiquette
from tierslieu_core.vocabulaire.temps import Moment, Periode
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.ProgrammerSession")
class ProgrammerSession:
    """Programmer une session d'une formation : quand, par qui, pour combien de personnes."""

    session: SessionId = nouveau("session, en un mot")
    formation: FormationId = champ("formation")
    debut: Moment = champ("début")
    fin: Moment = champ("fin")
    places: int = champ("places")
    formateur: PersonneId = champ("qui forme")
    espace: EspaceId | None = champ("où ; à réserver à part", default=None)

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes() + compter("places", self.places)


@commande("formations.ReviserSession")
class ReviserSession:
    """Changer l'heure, le nombre de places, le formateur ou l'espace d'une session ; qui attend est servi."""

    session: SessionId
    debut: Moment | None = champ("début", default=None)
    fin: Moment | None = champ("fin", default=None)
    places: int | None = champ("places", default=None)
    formateur: PersonneId | None = champ("qui forme", default=None)
    espace: EspaceId | None = champ("où", default=None)

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        if (self.debut is None) != (self.fin is None):
            return [("fin", "un début et une fin, ou ni l'un ni l'autre")]
        horaire = [] if self.debut is None or self.fin is None else Periode(self.debut, self.fin, zone).fautes()
        return horaire + compter("places", self.places)


@commande("formations.AnnulerSession")
class AnnulerSession:
    """Annuler une session qui n'a pas eu lieu, avec un motif."""

    session: SessionId
    motif: Personnel = personnel("motif", qui="par", conservation="formation")


@commande("formations.CorrigerSession")
class CorrigerSession:
    """Corriger le dernier fait d'une session, enregistré par erreur ; ses habilitations se corrigent à part."""

    session: SessionId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "formations.SessionDejaProgrammee",
    "Une session porte déjà ce nom court : {formation}, {periode}.",
    "Donnez-lui un autre nom court, ou révisez celle-là (formations.ReviserSession).",
)
class SessionDejaProgrammee(Refus):
    formation: FormationId
    periode: Periode


@refus(
    "formations.SessionAbsente",
    "La session « {session} » fut enregistrée par erreur : il n'y a plus rien sous ce nom court.",
    "Programmez-la (formations.ProgrammerSession).",
)
class SessionAbsente(Refus):
    session: str


@refus(
    "formations.SessionPasACetteEtape",
    "{formation}, {periode} : la session est {etape}, et ne peut pas {verbe}.",
    "Celles où cela se peut : tierslieu registre sessions.",
)
class SessionPasACetteEtape(Refus):
    formation: FormationId
    periode: Periode
    etape: str
    verbe: str


@refus(
    "formations.PlacesPrises",
    "{formation}, {periode} : déjà {inscrits} inscriptions, plus que {places} places.",
    "Gardez ces places, ou attendez que quelqu'un rende la sienne (formations.RendrePlace).",
)
class PlacesPrises(Refus):
    formation: FormationId
    periode: Periode
    inscrits: int
    places: int


@refus(
    "formations.FormeLaSession",
    "{formation}, {periode} : c'est {formateur} qui forme, et l'on ne se forme pas soi-même.",
    "Confiez la session à quelqu'un d'autre (formations.ReviserSession), ou choisissez-en une autre.",
)
class FormeLaSession(Refus):
    formation: FormationId
    periode: Periode
    formateur: PersonneId


# ── décisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PRENABLE, REVISABLE, FAITE = frozenset({"à venir", "en cours"}), frozenset({"à venir"}), frozenset({"passée"})


def permise(c: Any, s: Fait | None, x: Contexte, etapes: frozenset[str], verbe: str) -> Any:
    """The session, if it is at one of these steps; else what stops it."""
    if s is None:
        return SessionAbsente(session=c.session)
    ici = etape(s, x.survenu_le)
    if ici not in etapes:
        return SessionPasACetteEtape(formation=s.formation, periode=s.periode, etape=ici, verbe=verbe)
    return s


Vue = tuple[Fait | None, formation.Fait | None]


def _lit_programmer(c: ProgrammerSession, _: Contexte) -> Lot[Vue]:
    return lire(session_de(etiquette(c.session)), formation.formation_de(de_formation(c.formation)))


def _programmer(c: ProgrammerSession, etats: Vue, x: Contexte) -> Issue:
    deja, donnee = etats
    dite = SessionProgrammee(
        session=c.session, formation=c.formation, periode=Periode(c.debut, c.fin, x.livre.zone), places=c.places,
        formateur=c.formateur, espace=c.espace, inscrits=(), attente=(),
    )  # fmt: skip
    if deja is not None:
        meme = vers(SessionProgrammee, deja, inscrits=(), attente=()) == dite
        return () if meme else SessionDejaProgrammee(formation=deja.formation, periode=deja.periode)
    f = formation.proposee(c.formation, donnee)
    return f if isinstance(f, Refus) else [dite]


def lit(c: Any, _: Contexte) -> Lot[tuple[Fait | None]]:
    """The session that a demand names."""
    return lire(session_de(etiquette(c.session)))


def _reviser(c: ReviserSession, etats: tuple[Fait | None], x: Contexte) -> Issue:
    s = permise(c, etats[0], x, REVISABLE, "se réviser")
    if isinstance(s, Refus):
        return s
    periode = s.periode if c.debut is None or c.fin is None else Periode(c.debut, c.fin, x.livre.zone)
    places, qui = s.places if c.places is None else c.places, c.formateur or s.formateur
    if places < len(s.inscrits):
        return PlacesPrises(formation=s.formation, periode=s.periode, inscrits=len(s.inscrits), places=places)
    if qui in (*s.inscrits, *s.attente):
        return FormeLaSession(formation=s.formation, periode=s.periode, formateur=qui)
    ou = c.espace or s.espace
    if (periode, places, qui, ou) == (s.periode, s.places, s.formateur, s.espace):
        return ()
    return [servie(SessionRevue, s, s.inscrits, s.attente, places=places, periode=periode, formateur=qui, espace=ou)]


def _annuler(c: AnnulerSession, etats: tuple[Fait | None], x: Contexte) -> Issue:
    if isinstance(etats[0], SessionAnnulee):
        return ()
    s = permise(c, etats[0], x, PRENABLE | FAITE, "s'annuler")
    return s if isinstance(s, Refus) else [vers(SessionAnnulee, s, motif=c.motif)]


# ── le mot ────────────────────────────────────────────────────────────────────────────────────────────────────────────

DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(ProgrammerSession, FORMATEURS, _lit_programmer, _programmer),
    Demande(ReviserSession, FORMATEURS, lit, _reviser),
    Demande(AnnulerSession, FORMATEURS, lit, _annuler),
    correction(CorrigerSession, FORMATEURS, dernier_fait, lambda c: etiquette(c.session)),
)
REFUS = (SessionDejaProgrammee, SessionAbsente, SessionPasACetteEtape, PlacesPrises, FormeLaSession)
IDENTIFIANTS = (Identifiant(SessionId, SessionProgrammee),)
