"""Attente: who wants hours that are taken waits for them, in a list that is served in order."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.usages.reservations.demande import deja, motif_exige
from tierslieu_core.domaines.usages.reservations.obstacle import PRIS, Obstacle
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, lit_lieu
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.voulu import fautes_du_creneau, veut
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
from tierslieu_core.kernel.sentences import Namer, as_is
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import AttenteId, EspaceId, PersonneId, ReservationId, depuis_cle, jour
from tierslieu_core.vocabulaire.identifiants import attente as de_l_attente
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Passee:
    """Somebody who came before, wanted some of the same hours, and could not have them; and why."""

    attente: AttenteId
    personne: PersonneId
    obstacles: tuple[Obstacle, ...]

    def __str__(self) -> str:
        return self.nomme(as_is)

    def nomme(self, nommer: Namer) -> str:
        """In words, with the name of the person."""
        return f"{nommer('personne', self.personne)} ({liste([str(o) for o in self.obstacles])})"


def _etiquettes(fait: FaitAttente) -> Iterable[str]:
    """The place in the list, and its space on each local day: where lists are read when hours are free again."""
    yield de_l_attente(fait.attente)
    yield from (jour(fait.espace, j) for j in fait.periode.jours())


@evenement("reservations.AttenteDemandee", "{personne} attend {espace} {periode}", version=2, upcasts={1: dict})
class AttenteDemandee:
    attente: AttenteId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    configuration: str | None
    inscrits: tuple[PersonneId, ...]
    usage: str
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    etiquettes = _etiquettes


@evenement("reservations.AttenteQuittee", "{personne} n'attend plus {espace} {periode}")
class AttenteQuittee:
    attente: AttenteId
    espace: EspaceId
    personne: PersonneId
    periode: Periode

    etiquettes = _etiquettes


@evenement("reservations.AttenteServie", "{personne} attendait {espace} {periode} : c'est son tour (avant : {passees})")
class AttenteServie:
    """``passees``: those who came before, and could not have these hours."""

    attente: AttenteId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    reservation: ReservationId
    passees: tuple[Passee, ...]

    etiquettes = _etiquettes


@evenement(
    "reservations.CreneauPropose",
    "Proposition à {personne} : {espace} {periode}, à confirmer jusqu'au {jusqu_au} (avant : {passees})",
)
class CreneauPropose:
    attente: AttenteId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    reservation: ReservationId
    jusqu_au: Moment
    passees: tuple[Passee, ...]

    etiquettes = _etiquettes


FaitAttente = AttenteDemandee | AttenteQuittee | AttenteServie | CreneauPropose

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.AttendreCreneau")
class AttendreCreneau:
    """Attendre qu'un espace pris se libère, de telle heure à telle heure."""

    espace: EspaceId
    personne: PersonneId = champ("personne pour qui l'on attend")
    debut: Moment = champ("début")
    fin: Moment
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)
    configuration: str | None = champ("configuration de l'espace", default=None)
    inscrits: tuple[PersonneId, ...] = champ("qui y participe", default=())
    usage: str = champ("genre d'usage, comme « formation »", default="")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    fautes = fautes_du_creneau


@commande("reservations.QuitterAttente")
class QuitterAttente:
    """Ne plus attendre."""

    attente: AttenteId
    personne: PersonneId = champ("personne qui attendait")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("reservations.CreneauLibre", "{espace} est libre {periode}.", "N'attendez pas : réservez-le.")
class CreneauLibre(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.CreneauCommence",
    "Ce créneau a déjà commencé : {espace}, {periode}.",
    "Attendez-en un qui est encore à venir.",
)
class CreneauCommence(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.AttenteAutre",
    "Cette place dans la liste d'attente est celle de {personne}.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class AttenteAutre(Refus):
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Attentes = dict[AttenteId, AttenteDemandee]
"""Those who still wait, who came first first."""


def _attentes(etat: Attentes, fait: FaitAttente) -> Attentes:
    if isinstance(fait, AttenteDemandee):
        return {**etat, fait.attente: fait}
    return {a: f for a, f in etat.items() if a != fait.attente}


def _derniere(_: FaitAttente | None, fait: FaitAttente) -> FaitAttente | None:
    return fait


attentes_de = Lecture[Attentes]("reservations.attentes", {}, _attentes)
attente_de = Lecture[FaitAttente | None]("reservations.attente", None, _derniere, dernier=True)

# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

EtatsAttendre = tuple[tuple[Attentes], Lieu]


def _lit_attendre(c: AttendreCreneau, x: Contexte) -> Lot[EtatsAttendre]:
    v = veut(c, x)
    return lire(attentes_de(*(jour(v.espace, j) for j in v.periode.jours()))).puis(lambda _: lit_lieu(v, x))


def _attendre(c: AttendreCreneau, etats: EtatsAttendre, x: Contexte) -> Issue:
    (attentes,), lieu = etats
    v = veut(c, x)
    voulu = (v.espace, v.personne, v.periode.bornes(), v.participants)
    attend = any((a.espace, a.personne, a.periode.bornes(), a.participants) == voulu for a in attentes.values())
    if attend or deja(v, lieu, x):
        return ()
    if v.periode.bornes()[0] <= x.survenu_le:
        return CreneauCommence(espace=v.espace, periode=v.periode)
    place = motif_exige(v, c.sujet, lieu, x) or faire_place(v, lieu, x)
    if not isinstance(place, Refus):
        return CreneauLibre(espace=v.espace, periode=v.periode)
    if not isinstance(place, PRIS):
        return place
    return [
        AttenteDemandee(
            attente=AttenteId(depuis_cle(x.cle)), espace=v.espace, personne=v.personne, periode=v.periode,
            participants=v.participants, sujet=c.sujet, configuration=v.configuration, inscrits=v.inscrits,
            usage=v.usage, faits=v.faits,
        )
    ]  # fmt: skip


def _lit_quitter(c: QuitterAttente, _: Contexte) -> Lot[tuple[FaitAttente | None]]:
    return lire(attente_de(de_l_attente(c.attente)))


def _quitter(c: QuitterAttente, etats: tuple[FaitAttente | None], _: Contexte) -> Issue:
    a = etats[0]
    if a is None:
        return ()  # it was asked by mistake: nobody waits
    if a.personne != c.personne:
        return AttenteAutre(personne=a.personne)
    if not isinstance(a, AttenteDemandee):
        return ()
    return [AttenteQuittee(attente=a.attente, espace=a.espace, personne=a.personne, periode=a.periode)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAttente:
    """``rang``: 1 for who is next, among those who want some of the same hours of that space; ``ordre``: of arrival.

    ``etat``, on the day it is read: en attente, passée.
    """

    attente: AttenteId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    rang: int
    ordre: int
    etat: str = ""


def _tenir(lignes: dict[AttenteId, LigneAttente], fait: FaitAttente, note: Note) -> None:
    autres = [ligne for ligne in lignes.values() if ligne.espace == fait.espace and ligne.periode.croise(fait.periode)]
    if isinstance(fait, AttenteDemandee):
        lignes[fait.attente] = LigneAttente(
            fait.attente, fait.espace, fait.personne, fait.periode, len(autres) + 1, note.position
        )
    elif (partie := lignes.pop(fait.attente, None)) is not None:
        for ligne in autres:
            if ligne.ordre > partie.ordre:
                lignes[ligne.attente] = attrs.evolve(ligne, rang=ligne.rang - 1)


def _au(ligne: LigneAttente, le: Date) -> LigneAttente:
    return attrs.evolve(ligne, etat="en attente" if le <= ligne.periode.debut.local.date() else "passée")


CONCIERGE = frozenset({"concierge", "coordination"})
FAITS = (AttenteDemandee, AttenteQuittee, AttenteServie, CreneauPropose)
DEMANDES = (
    Demande(AttendreCreneau, CONCIERGE | {"referent", "soi"}, _lit_attendre, _attendre),
    Demande(QuitterAttente, CONCIERGE | {"soi"}, _lit_quitter, _quitter),
)
REFUS = (CreneauLibre, CreneauCommence, AttenteAutre)
REGISTRES = (Registre("attentes", LigneAttente, _tenir, _au, "Liste d'attente"),)
