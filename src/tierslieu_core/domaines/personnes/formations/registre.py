"""Registres: the sessions of the place, to come and past, and what each person has followed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date, ZonedDateTime

from tierslieu_core.domaines.personnes.formations.session import Fait, SessionAnnulee, SessionTenue
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.francais import entre
from tierslieu_core.vocabulaire.identifiants import EspaceId, FormationId, PersonneId, SessionId, espace, personne
from tierslieu_core.vocabulaire.identifiants import session as etiquette
from tierslieu_core.vocabulaire.temps import Moment, Periode


@attrs.frozen
class LigneSession:
    """``etat``, at the hour it is read: à venir, en cours, passée (presence is still to be told), tenue, annulée."""

    session: SessionId
    formation: FormationId
    quand: str
    formateur: PersonneId
    espace: EspaceId | None
    places: int
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]
    presents: tuple[PersonneId, ...]
    acquis: tuple[PersonneId, ...]
    debut: Moment
    fin: Moment
    zone: str
    etat: str = ""


def _tenir(lignes: dict[SessionId, LigneSession], fait: Fait, _: Note) -> None:
    p, dit = fait.periode, fait if isinstance(fait, SessionTenue) else None
    lignes[fait.session] = LigneSession(
        fait.session, fait.formation, entre(p.debut, p.fin), fait.formateur, fait.espace, fait.places, fait.inscrits,
        fait.attente, dit.presents if dit else (), dit.acquis if dit else (), p.debut, p.fin, p.zone, _close(fait),
    )  # fmt: skip


def _close(fait: Fait) -> str:
    return {SessionTenue: "tenue", SessionAnnulee: "annulée"}.get(type(fait), "")


def _au(ligne: LigneSession, le: ZonedDateTime) -> LigneSession:
    return ligne if ligne.etat else attrs.evolve(ligne, etat=_etape(ligne, le))


def _etape(ligne: LigneSession, le: ZonedDateTime) -> str:
    debut, fin = (m.dans(ligne.zone) for m in (ligne.debut, ligne.fin))
    return "à venir" if le < debut else "en cours" if le < fin else "passée"


def _dues(ligne: LigneSession, _: Contexte) -> Iterator[Due]:
    """Once it is over, somebody is to say who was there."""
    if ligne.etat not in ("tenue", "annulée"):
        quand = ligne.fin.dans(ligne.zone).to_instant()
        phrase = "{formation}, {quand} : {formateur} dit qui était là, et ce qui est acquis"
        yield Due(quand, etiquette(ligne.session), phrase)


def _prevus(ligne: LigneSession, _: Contexte) -> Iterator[Prevu]:
    if ligne.etat != "annulée":
        debut, fin = Periode(ligne.debut, ligne.fin, ligne.zone).bornes()
        ou = () if ligne.espace is None else (espace(ligne.espace),)
        avec = (*ou, *(personne(un) for un in (ligne.formateur, *ligne.inscrits)))
        yield Prevu(debut, fin, etiquette(ligne.session), "{formation}, par {formateur} ({etat})", avec)


# ── ce que chaque personne a suivi ──────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneSuivie:
    """A training that a person followed; ``acquis``: whether they learnt what it teaches."""

    personne: PersonneId
    formation: FormationId
    le: Date
    formateur: PersonneId
    acquis: bool


def _tenir_suivies(lignes: dict[tuple[SessionId, PersonneId], LigneSuivie], fait: SessionTenue, _: Note) -> None:
    for qui in fait.presents:
        lignes[fait.session, qui] = LigneSuivie(qui, fait.formation, fait.du, fait.formateur, qui in fait.acquis)


REGISTRES = (
    Registre("sessions", LigneSession, _tenir, _au, "Sessions de formation", heure=True),
    Registre("formations_suivies", LigneSuivie, _tenir_suivies, titre="Formations suivies", index=("personne",)),
)
ECHEANCES = (Echeance("formations.presence", "Présences à dire", "sessions", _dues),)
PLANNINGS = (Planning("formations.sessions", "Formation", "sessions", _prevus),)
