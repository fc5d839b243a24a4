"""Relance en nombre: a loan in number is called back, its return announced and its lateness followed, as an item's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.usages.prets.quantite import CONCIERGE, PretEnNombreClos
from tierslieu_core.domaines.usages.prets.registre_en_nombre import LigneQuantite
from tierslieu_core.domaines.usages.prets.relance import etape_due, etapes, rappel_impossible, suspendus
from tierslieu_core.domaines.usages.prets.retour import PasEncorePrete
from tierslieu_core.domaines.usages.prets.sorties import (
    Fait,
    QuantiteRappelee,
    Sortie,
    nombres_de,
    quantite_de,
    sorties_de,
)
from tierslieu_core.domaines.usages.prets.suivi import QuantiteRelancee
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, Lue, lire
from tierslieu_core.vocabulaire.identifiants import PretId, modele, personne, pret
from tierslieu_core.vocabulaire.temps import matin

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.RappelerQuantite")
class RappelerQuantite:
    """Rappeler ce qui reste dehors d'un prêt en nombre, à rendre plus tôt que convenu, avec le préavis du lieu."""

    pret: PretId
    retour: Date = champ("à rendre désormais le")


@commande("prets.RelancerQuantite")
class RelancerQuantite:
    """Passer à l'étape fixée par le lieu pour un prêt en nombre : 0 annonce le retour, 1 commence les retards."""

    pret: PretId
    etape: int = champ("étape", default=1)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _relance(_: QuantiteRelancee | None, fait: QuantiteRelancee) -> QuantiteRelancee | None:
    return fait


relance_de = Lecture[QuantiteRelancee | None]("prets.relance_en_nombre", None, _relance, dernier=True)


def _lit(c: RappelerQuantite | RelancerQuantite, _: Contexte) -> Lot[Any]:
    tag = pret(c.pret)
    return lire(quantite_de(tag), relance_de(tag)).puis(lambda etats: Lot(tuple(_autour(etats[0]))))


def _autour(fait: Fait | None) -> Iterator[Lue[Any]]:
    """What is out of the model, and what that person has of it."""
    if fait is not None:
        yield from (sorties_de(modele(fait.modele)), nombres_de(personne(fait.personne)))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _dehors(c: RappelerQuantite | RelancerQuantite, etats: Any, jour: Date) -> tuple[Fait, Sortie, str] | Refus:
    """The loan, what is out of it and the category of that; or why nothing can be asked of it."""
    (fait, _), autour = etats
    sorties, siens = autour or ((), ())
    lui = next((s for s in sorties if s.pret == c.pret), None)
    if lui is None:
        return PretEnNombreClos(pret=c.pret)
    categorie = next((n.categorie for n in siens if n.pret == c.pret), "")
    return PasEncorePrete(modele=fait.modele, depuis=lui.depuis) if jour < lui.depuis else (fait, lui, categorie)


def _lieux(categorie: str) -> tuple[str, ...]:
    return (f"categorie:{categorie}",)


def _rappeler(c: RappelerQuantite, etats: Any, x: Contexte) -> Issue:
    dehors = _dehors(c, etats, x.aujourdhui)
    if isinstance(dehors, Refus):
        return dehors
    (fait, lui, categorie), (sorties, siens) = dehors, etats[1]
    if lui.retour == c.retour:
        return ()
    return rappel_impossible(lui, c.retour, _lieux(categorie), x, modele=fait.modele) or [
        QuantiteRappelee(
            pret=c.pret, modele=fait.modele, personne=lui.personne, depuis=lui.depuis, retour=c.retour,
            avant=lui.retour, restent=lui.quantite,
            sorties=tuple(attrs.evolve(s, retour=c.retour) if s == lui else s for s in sorties),
            en_nombre=tuple(attrs.evolve(n, retour=c.retour) if n.pret == c.pret else n for n in siens),
        )
    ]  # fmt: skip


def _relancer(c: RelancerQuantite, etats: Any, x: Contexte) -> Issue:
    dehors, faite = _dehors(c, etats, x.aujourdhui), etats[0][1]
    if isinstance(dehors, Refus):
        return dehors
    fait, lui, categorie = dehors
    if faite is not None and faite.retour == lui.retour and faite.etape >= c.etape:
        return ()
    etape = etape_due(c.etape, lui.retour, _lieux(categorie), x, modele=fait.modele)
    if isinstance(etape, Refus):
        return etape
    relance = QuantiteRelancee(
        pret=c.pret, modele=fait.modele, personne=lui.personne, depuis=lui.depuis, retour=lui.retour,
        restent=lui.quantite, etape=c.etape, mesure=etape.mesure if etape else "annonce",
    )  # fmt: skip
    return [relance, *suspendus(lui.personne, etape, x, modele=fait.modele, pret=c.pret)]


# ── échéances : ce qui vient à son jour, d'après le registre ────────────────────────────────────────────────────────


def _a_rendre(ligne: LigneQuantite, x: Contexte) -> Iterable[Due]:
    """The day of return: somebody brings back what is still out."""
    yield Due(matin(ligne.retour, x.livre.zone), pret(ligne.pret), "{restent} × {modele} : à rendre par {personne}")


def _dues(ligne: LigneQuantite, x: Contexte) -> Iterable[Due]:
    """The next step of each loan: what was done is behind, what comes later waits for it."""
    for n, le, etape in etapes(x, _lieux(ligne.categorie), ligne.retour):
        if n > ligne.etape:
            dit = f"{{restent}} × {{modele}}, à rendre le {{retour}} par {{personne}} : {etape or 'retour à annoncer'}"
            yield Due(matin(le, x.livre.zone), pret(ligne.pret), dit, RelancerQuantite(pret=ligne.pret, etape=n))
            return


DEMANDES = (
    Demande(RappelerQuantite, CONCIERGE, _lit, _rappeler),
    Demande(RelancerQuantite, CONCIERGE, _lit, _relancer),
)
ECHEANCES = (
    Echeance("prets.a_rendre_en_nombre", "Exemplaires à rendre", "prets_en_nombre", _a_rendre),
    Echeance("prets.retour_en_nombre", "Retours et retards des prêts en nombre", "prets_en_nombre", _dues),
)
