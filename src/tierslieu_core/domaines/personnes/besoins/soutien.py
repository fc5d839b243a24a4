"""Soutenir un besoin (S3): each person once, known to the place or counted with their public; taken back at will."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.besoins.besoin import OUVERTS, Fait, besoin_de, mesure, pas_la
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, evenement
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import BesoinId, PersonneId, PublicId, besoin, personne, public

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("besoins.SoutienApporte", "{personne} soutient : {besoin}")
class SoutienApporte:
    besoin: BesoinId
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (par(self.besoin, self.personne),)


@evenement("besoins.SoutienRetire", "{personne} ne soutient plus : {besoin}")
class SoutienRetire:
    besoin: BesoinId
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (par(self.besoin, self.personne),)


@evenement("besoins.SoutiensNotes", "Soutiens comptés parmi {public} : {nombre}, pour « {besoin} »")
class SoutiensNotes:
    """How many of a public, whom the place does not know, support a need; the last number noted holds."""

    besoin: BesoinId
    public: PublicId
    nombre: int

    def etiquettes(self) -> Iterable[str]:
        return (du_public(self.besoin, self.public),)


Soutien = SoutienApporte | SoutienRetire

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("besoins.SoutenirBesoin")
class SoutenirBesoin:
    """Soutenir un besoin que quelqu'un a exprimé."""

    besoin: BesoinId
    personne: PersonneId


@commande("besoins.RetirerSoutien")
class RetirerSoutien:
    """Ne plus soutenir un besoin."""

    besoin: BesoinId
    personne: PersonneId


@commande("besoins.NoterSoutiens")
class NoterSoutiens:
    """Noter combien de personnes que le lieu ne connaît pas, d'un public, soutiennent un besoin."""

    besoin: BesoinId
    public: PublicId
    nombre: int = champ("combien de personnes, en tout")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if self.nombre >= 0 else [("nombre", f"0 au moins, reçu {self.nombre}")]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def par(lequel: BesoinId, qui: PersonneId) -> str:
    """The tag of one person's support."""
    return f"{besoin(lequel)}@{personne(qui)}"


def du_public(lequel: BesoinId, qui: PublicId) -> str:
    """The tag of the support of one public."""
    return f"{besoin(lequel)}@{public(qui)}"


def _soutien(_: Soutien | None, fait: SoutienApporte | SoutienRetire) -> Soutien | None:
    return fait


def _notes(_: int, fait: SoutiensNotes) -> int:
    return fait.nombre


soutien_de = Lecture[Soutien | None]("besoins.soutien", None, _soutien, dernier=True)
notes_de = Lecture[int]("besoins.soutiens_notes", 0, _notes, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Fait | None], tuple[Soutien | None, ...]]


def _lit(c: SoutenirBesoin | RetirerSoutien, x: Contexte) -> Lot[Etats]:
    """The need; what the person said of it, under each of their identifiers."""
    siens: Lot[Any] = Lot(tuple(soutien_de(par(c.besoin, un)) for un in identifiants(c.personne, x)))
    return lire(besoin_de(besoin(c.besoin))).avec(siens)


def _soutenir(c: SoutenirBesoin, etats: Etats, _: Contexte) -> Issue:
    (b,), siens = etats
    if not isinstance(b, OUVERTS):
        return pas_la(c.besoin, b, "soutenu", OUVERTS)
    deja = any(isinstance(un, SoutienApporte) for un in siens)
    return () if deja else [SoutienApporte(besoin=c.besoin, personne=c.personne)]


def _retirer(_: RetirerSoutien, etats: Etats, __: Contexte) -> Issue:
    """Whatever became of the need: one's word is one's own."""
    return [SoutienRetire(besoin=un.besoin, personne=un.personne) for un in etats[1] if isinstance(un, SoutienApporte)]


def _lit_noter(c: NoterSoutiens, _: Contexte) -> Lot[tuple[Fait | None, int]]:
    return lire(besoin_de(besoin(c.besoin)), notes_de(du_public(c.besoin, c.public)))


def _noter(c: NoterSoutiens, etats: tuple[Fait | None, int], _: Contexte) -> Issue:
    b, deja = etats
    if not isinstance(b, OUVERTS):
        return pas_la(c.besoin, b, "soutenu", OUVERTS)
    return () if deja == c.nombre else [SoutiensNotes(besoin=c.besoin, public=c.public, nombre=c.nombre)]


QUI = frozenset({"concierge", "coordination"})
FAITS = (SoutienApporte, SoutienRetire, SoutiensNotes)
DEMANDES = (
    Demande(SoutenirBesoin, QUI | {SOI}, _lit, _soutenir, mesure("soutenir_besoin")),
    Demande(RetirerSoutien, QUI | {SOI}, _lit, _retirer),
    Demande(NoterSoutiens, QUI, _lit_noter, _noter),
)
