"""Liens: a floor contains its rooms, a wall between two rooms opens. What is in use in one is in the other's way."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE, Sort
from tierslieu_core.domaines.moyens.espaces.genes import Genes, Lien, Nature, contenus
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
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace

GARDE_MOIS = 13
"""How long a link that is over is still said: a demand may be dated back so far."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: EspacesLies | EspacesDelies) -> Iterable[str]:
    """Each space whose links it says."""
    return (espace(e) for e in dict.fromkeys((fait.espace, fait.avec, *fait.espaces)))


@evenement("espaces.EspacesLies", "Lien entre {espace} et {avec}, à partir du {du} ({nature})")
class EspacesLies:
    espace: EspaceId
    avec: EspaceId
    nature: Nature
    du: Date
    sort: Sort = champ("sort des réservations qui se gênent")
    espaces: tuple[EspaceId, ...] = champ("les espaces dont ce fait dit tous les liens")
    liens: Genes = champ("tous leurs liens, désormais")

    etiquettes = _etiquettes


@evenement("espaces.EspacesDelies", "Plus de lien entre {espace} et {avec}, à partir du {le}")
class EspacesDelies:
    espace: EspaceId
    avec: EspaceId
    le: Date
    espaces: tuple[EspaceId, ...] = champ("les espaces dont ce fait dit tous les liens")
    liens: Genes = champ("tous leurs liens, désormais")

    etiquettes = _etiquettes


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("espaces.LierEspaces")
class LierEspaces:
    """Lier deux espaces qui se gênent : le premier contient l'autre, ou ils sont voisins (un mur qui s'ouvre)."""

    espace: EspaceId
    avec: EspaceId = champ("l'autre espace")
    nature: Nature = champ("contient, ou voisin")
    du: Date = champ("à partir du")
    sort: Sort = champ("sort des réservations qui se gênent (revoir, garder, annuler)", default="revoir")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("avec", "un autre espace que le premier")] if self.avec == self.espace else []


@commande("espaces.DelierEspaces")
class DelierEspaces:
    """Délier deux espaces, à partir d'un jour : chacun ne gêne plus l'autre."""

    espace: EspaceId
    avec: EspaceId = champ("l'autre espace")
    le: Date = champ("à partir du")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.EspacesEnBoucle",
    "{espace} ne peut pas contenir {avec} : {avec} le contient déjà, directement ou non.",
    "Déliez d'abord ce qui les réunit, ou liez-les dans l'autre sens.",
)
class EspacesEnBoucle(Refus):
    espace: EspaceId
    avec: EspaceId


@refus(
    "espaces.EspacesLiesAutrement",
    "{espace} et {avec} sont déjà liés autrement ({nature}), depuis le {du}.",
    "Déliez-les d'abord à partir du jour où cela change.",
)
class EspacesLiesAutrement(Refus):
    espace: EspaceId
    avec: EspaceId
    nature: Nature
    du: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _genes(_: Genes, fait: EspacesLies | EspacesDelies) -> Genes:
    return fait.liens


genes_de = Lecture[Genes]("espaces.genes", (), _genes, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Genes, Genes]


def _lit(c: LierEspaces | DelierEspaces, _: Contexte) -> Lot[Etats]:
    return lire(genes_de(espace(c.espace)), genes_de(espace(c.avec)))


def _lier(c: LierEspaces, etats: Etats, x: Contexte) -> Issue:
    genes = _ensemble(c, etats)
    if c.nature == "contient" and c.espace in contenus(c.avec, genes, c.du, Date.MAX):
        return EspacesEnBoucle(espace=c.espace, avec=c.avec)
    suivants = [lien for lien in genes if lien.deux() == {c.espace, c.avec} and lien.fin() >= c.du]
    autrement = next((lien for lien in suivants if lien.nature != c.nature), None)
    if autrement is not None:
        return EspacesLiesAutrement(espace=c.espace, avec=c.avec, nature=autrement.nature, du=autrement.du)
    if any(lien.du <= c.du and lien.au is None for lien in suivants):
        return ()
    neuf = Lien(espace=c.espace, avec=c.avec, nature=c.nature, du=min([c.du, *(lien.du for lien in suivants)]))
    gardes = tuple(lien for lien in genes if lien not in suivants)
    return [
        EspacesLies(
            espace=c.espace, avec=c.avec, nature=c.nature, du=c.du, sort=c.sort, espaces=_tous(c, genes),
            liens=(*_recents(gardes, x.aujourdhui), neuf),
        )
    ]  # fmt: skip


def _delier(c: DelierEspaces, etats: Etats, x: Contexte) -> Issue:
    genes = _ensemble(c, etats)
    suivants = [lien for lien in genes if lien.deux() == {c.espace, c.avec} and lien.fin() >= c.le]
    if not suivants:
        return ()
    finis = [attrs.evolve(lien, au=c.le.subtract(days=1)) for lien in suivants if lien.du < c.le]
    restes = (*(lien for lien in genes if lien not in suivants), *finis)
    return [
        EspacesDelies(
            espace=c.espace, avec=c.avec, le=c.le, espaces=_tous(c, genes), liens=_recents(restes, x.aujourdhui)
        )
    ]


def _ensemble(c: LierEspaces | DelierEspaces, etats: Etats) -> Genes:
    """The links of all that a chain of links leads to from the two; what the last fact says of others may be old."""
    return tuple(dict.fromkeys((*_chaine(c.espace, etats[0]), *_chaine(c.avec, etats[1]))))


def _chaine(depart: EspaceId, genes: Genes) -> Iterable[Lien]:
    avant: set[EspaceId] = set()
    atteints = {depart}
    while atteints != avant:
        avant = atteints
        atteints = avant | {e for lien in genes if avant & lien.deux() for e in lien.deux()}
    return (lien for lien in genes if lien.espace in atteints)


def _tous(c: LierEspaces | DelierEspaces, genes: Genes) -> tuple[EspaceId, ...]:
    return tuple(dict.fromkeys((c.espace, c.avec, *(e for lien in genes for e in (lien.espace, lien.avec)))))


def _recents(genes: Genes, jour: Date) -> Genes:
    """Without those over for a year and more on that day, so that facts stay short, and late papers still judged."""
    garde = jour.subtract(months=GARDE_MOIS)
    return tuple(lien for lien in genes if lien.fin() >= garde)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneLien:
    """``en_vigueur``: whether the link holds on the day it is read."""

    espace: EspaceId
    avec: EspaceId
    nature: Nature
    du: Date
    au: Date | None
    en_vigueur: bool = False


def _tenir(
    lignes: dict[tuple[EspaceId, EspaceId, Date], LigneLien], fait: EspacesLies | EspacesDelies, _: Note
) -> None:
    dits = {(lien.espace, lien.avec, lien.du): LigneLien(lien.espace, lien.avec, lien.nature, lien.du, lien.au)
            for lien in fait.liens}  # fmt: skip
    for cle in [c for c, ligne in lignes.items() if {ligne.espace, ligne.avec} == {fait.espace, fait.avec}]:
        del lignes[cle]
    lignes.update(dits)


def _au(ligne: LigneLien, le: Date) -> LigneLien:
    return attrs.evolve(ligne, en_vigueur=ligne.du <= le <= (ligne.au or Date.MAX))


FAITS = (EspacesLies, EspacesDelies)
DEMANDES = (
    Demande(LierEspaces, REGIE, _lit, _lier),
    Demande(DelierEspaces, REGIE, _lit, _delier),
)
REFUS = (EspacesEnBoucle, EspacesLiesAutrement)
REGISTRES = (Registre("liens", LigneLien, _tenir, _au, "Espaces liés"),)
