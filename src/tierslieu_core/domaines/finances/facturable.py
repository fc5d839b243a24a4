"""Faits facturables (G5): what of the place's life is to be invoiced; received by reference, once each, in order.

The finance body declares here which facts it follows: the place's journal knows nothing of it, and tells nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.mots import LIEU, SEULES, TiersId
from tierslieu_core.domaines.finances.reference import (
    Reference,
    ReferenceCorrigee,
    ReferenceRecue,
    SuiviAvance,
    reference_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.temps import ordre

NATURE = re.compile(r"[a-z][a-z_]*\.[A-Z][A-Za-z]*\Z")
SUR = re.compile(r"[a-z]+:[a-z0-9][a-z0-9._~-]*\Z")

# ── événements (ceux d'une référence sont dans « reference ») ───────────────────────────────────────────────────────


@evenement("finances.LieuSuivi", "Ces finances sont celles du lieu « {nom} »")
class LieuSuivi:
    lieu: str = champ("le fait de sa fondation, dans son journal")
    nom: str

    def etiquettes(self) -> Iterable[str]:
        return (LIEU,)


@evenement(
    "finances.FacturableDeclare", "« {libelle} » se facture, à partir du {du}[, jusqu'au {au}] ({nature}[, {sur}])"
)
class FacturableDeclare:
    nature: str
    libelle: str
    du: Date
    au: Date | None
    sur: str | None

    def etiquettes(self) -> Iterable[str]:
        return (mots.facturable(self.nature),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("finances.SuivreLieu")
class SuivreLieu:
    """Dire de quel lieu ces finances sont celles ; « tierslieu finances suivre » le dit lui-même, la première fois."""

    lieu: str = champ("le fait de sa fondation, dans son journal, comme « clé/1 »")
    nom: str = champ("nom du lieu")


@commande("finances.DeclarerFacturable")
class DeclarerFacturable:
    """Déclarer ce qui se facture de la vie du lieu : une nature de faits, à partir d'un jour, d'un espace."""

    nature: str = champ("nature des faits, dans le journal du lieu, comme reservations.ReservationAcceptee")
    libelle: str = champ("ce que c'est, en clair : location de salle")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)
    sur: str | None = champ("seulement ce qui touche à cela, comme espace:grande-salle", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = ordre(self.du, self.au)
        if not NATURE.match(self.nature):
            found.append(("nature", "une nature de faits, comme « reservations.ReservationAcceptee »"))
        if self.sur is not None and not SUR.match(self.sur):
            found.append(("sur", "une étiquette, comme « espace:grande-salle »"))
        return found


@attrs.frozen(kw_only=True)
class ReferenceDite:
    """One fact of the place, by reference: its identifier there, its day, the person that it is about."""

    fait: str = champ("le fait, dans le journal du lieu, comme « clé/1 »")
    le: Date = champ("le jour où il a eu lieu")  # noqa: RUF009 - champ() is an attrs field
    tiers: TiersId | None = champ("la personne", dit="personne", default=None)  # noqa: RUF009 - as above


@commande("finances.RecevoirReferences")
class RecevoirReferences:
    """Recevoir des faits facturables du lieu, par référence ; « tierslieu finances suivre » le demande lui-même."""

    nature: str = champ("nature des faits")
    depuis: int = champ("position, dans le journal du lieu, d'où ils furent lus")
    position: int = champ("position jusqu'où ils le furent")
    references: tuple[ReferenceDite, ...] = champ("les faits", default=())
    corriges: tuple[str, ...] = champ("ceux que le lieu a corrigés depuis", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        avance = 0 <= self.depuis < self.position
        return [] if avance else [("position", "au-delà de « depuis »")]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "finances.AutreLieu",
    "Ces finances sont celles du lieu « {nom} », et d'aucun autre.",
    "Un lieu, ses finances : ouvrez un autre journal pour celles d'un autre lieu.",
)
class AutreLieu(Refus):
    nom: str


@refus(
    "finances.NonFacturable",
    "Rien n'est à facturer de « {nature} ».",
    "Déclarez-le d'abord (finances.DeclarerFacturable).",
)
class NonFacturable(Refus):
    nature: str


@refus(
    "finances.SuiviAilleurs",
    "Les faits « {nature} » sont déjà reçus jusqu'à la position {position}, et non {depuis}.",
    "Un autre suivi est passé entre-temps : recommencez, rien n'est reçu deux fois.",
)
class SuiviAilleurs(Refus):
    nature: str
    position: int
    depuis: int


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lieu(_: LieuSuivi | None, fait: LieuSuivi) -> LieuSuivi | None:
    return fait


def _facturable(_: FacturableDeclare | None, fait: FacturableDeclare) -> FacturableDeclare | None:
    return fait


def _position(_: int, fait: SuiviAvance) -> int:
    return fait.position


lieu_suivi = Lecture[LieuSuivi | None]("finances.lieu", None, _lieu, dernier=True)
facturable_de = Lecture[FacturableDeclare | None]("finances.facturable", None, _facturable, dernier=True)
position_de = Lecture[int]("finances.position", 0, _position, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Recevoir = tuple[tuple[FacturableDeclare | None, int], tuple[Reference | None, ...]]


def _suivre(c: SuivreLieu, etats: tuple[LieuSuivi | None], _: Contexte) -> Issue:
    suivi = etats[0]
    if suivi is None:
        return [LieuSuivi(lieu=c.lieu, nom=c.nom)]
    return () if suivi.lieu == c.lieu else AutreLieu(nom=suivi.nom)


def _declarer(c: DeclarerFacturable, etats: tuple[FacturableDeclare | None], _: Contexte) -> Issue:
    declare = FacturableDeclare(nature=c.nature, libelle=c.libelle, du=c.du, au=c.au, sur=c.sur)
    return () if etats[0] == declare else [declare]


def _lit(c: RecevoirReferences, _: Contexte) -> Lot[Recevoir]:
    ou = mots.facturable(c.nature)
    recues: Lot[tuple[Reference | None, ...]] = Lot(tuple(reference_de(mots.reference(un)) for un in c.corriges))
    return lire(facturable_de(ou), position_de(ou)).avec(recues)


def _recevoir(c: RecevoirReferences, etats: Recevoir, _: Contexte) -> Issue:
    """What was corrected before it was ever received leaves nothing here."""
    (declare, position), recues = etats
    if declare is None:
        return NonFacturable(nature=c.nature)
    if position >= c.position:
        return ()
    if position != c.depuis:
        return SuiviAilleurs(nature=c.nature, position=position, depuis=c.depuis)
    faits: list[Evenement] = [
        ReferenceRecue(reference=une.fait, nature=c.nature, libelle=declare.libelle, le=une.le, tiers=une.tiers)
        for une in c.references
    ]
    faits += [ReferenceCorrigee(reference=une.reference, libelle=une.libelle) for une in recues if une is not None]
    return [*faits, SuiviAvance(nature=c.nature, position=c.position)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneFacturable:
    """``position``: how far the place's journal was read for these; ``du``, ``au``: which days count."""

    nature: str
    libelle: str
    du: Date
    au: Date | None
    sur: str | None
    position: int = 0


@attrs.frozen
class LigneLieu:
    """The place whose finances these are."""

    lieu: str
    nom: str


def _tenir(lignes: dict[str, LigneFacturable], fait: FacturableDeclare | SuiviAvance, _: Note) -> None:
    avant = lignes.get(fait.nature)
    if isinstance(fait, FacturableDeclare):
        position = 0 if avant is None else avant.position
        lignes[fait.nature] = LigneFacturable(fait.nature, fait.libelle, fait.du, fait.au, fait.sur, position)
    elif avant is not None:
        lignes[fait.nature] = attrs.evolve(avant, position=fait.position)


def _tenir_lieu(lignes: dict[str, LigneLieu], fait: LieuSuivi, _: Note) -> None:
    lignes[fait.lieu] = LigneLieu(fait.lieu, fait.nom)


FAITS = (LieuSuivi, FacturableDeclare, SuiviAvance, ReferenceRecue, ReferenceCorrigee)
DEMANDES = (
    Demande(SuivreLieu, SEULES, lambda _, __: lire(lieu_suivi(LIEU)), _suivre),
    Demande(DeclarerFacturable, SEULES, lambda c, _: lire(facturable_de(mots.facturable(c.nature))), _declarer),
    Demande(RecevoirReferences, SEULES, _lit, _recevoir),
)
REFUS = (AutreLieu, NonFacturable, SuiviAilleurs)
REGISTRES = (
    Registre("facturables", LigneFacturable, _tenir, titre="Ce qui se facture de la vie du lieu"),
    Registre("lieu-suivi", LigneLieu, _tenir_lieu, titre="Le lieu dont ce sont les finances"),
)
