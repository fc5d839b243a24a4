"""Correction en nombre: the last fact of a loan in number was a mistake; what is out is counted again without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.usages.prets import reservation, suspension
from tierslieu_core.domaines.usages.prets.quantite import CONCIERGE
from tierslieu_core.domaines.usages.prets.sorties import (
    EnNombre,
    Fait,
    QuantitePretee,
    QuantiteRappelee,
    QuantiteRedite,
    QuantiteRendue,
    Sortie,
    nombres_de,
    sorties_de,
)
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PretId, connu, modele, personne, pret, reservation_modele


@commande("prets.CorrigerQuantite")
class CorrigerQuantite:
    """Corriger le dernier fait d'un prêt en nombre, enregistré par erreur : départ, rappel ou retour."""

    pret: PretId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Vie = tuple[Read, ...]
Retours = tuple[tuple[str, Date], ...]


def _vie(etat: Vie, fait: Fait, note: Note) -> Vie:
    return (*etat, (fait, note))


def _retours(etat: Retours, fait: QuantiteRendue, note: Note) -> Retours:
    return (*etat, (note.id, fait.le))


vie_de = Lecture[Vie]("prets.vie_en_nombre", (), _vie, notes=True)
"""The life of one loan: short, and read whole by a correction only."""
retours_de = Lecture[Retours]("prets.retours_en_nombre", (), _retours, notes=True)
"""Every return of a model, and its day; read by a correction only."""


def _lit(c: CorrigerQuantite, _: Contexte) -> Lot[Any]:
    return lire(vie_de(pret(c.pret))).puis(lambda e: _lit_autour(e[0][0][0]) if e[0] else RIEN)


def _lit_autour(pretee: QuantitePretee) -> Lot[Any]:
    tag, lui = modele(pretee.modele), personne(pretee.personne)
    du_modele = lire(sorties_de(tag), retours_de(tag), nombres_de(lui), suspension.suspension_de(lui))
    return du_modele.avec(Lot(tuple(_honoree(pretee))))


def _honoree(pretee: QuantitePretee) -> Iterator[Lue[Any]]:
    if pretee.reservation is not None:
        yield reservation.reservation_de(reservation_modele(pretee.reservation))


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _corriger(c: CorrigerQuantite, etats: Any, x: Contexte) -> Issue:
    """What is out, and in whose hands, is counted again; what that leaves reserved is looked at next (``sort``)."""
    (vie,), autour = etats
    issue = corriger(c.fait, pret(c.pret), c.motif, vie[-1] if vie else None, x)
    if isinstance(issue, Refus) or not issue:
        return issue
    (sorties, retours, siens, _), _ = autour
    *avant, (_, note) = vie
    pretee, lui = vie[0][0], _sortie([fait for fait, _ in avant])
    redite = QuantiteRedite(
        pret=c.pret, modele=pretee.modele, personne=pretee.personne,
        sorties=(*(s for s in sorties if s.pret != c.pret), *([lui] if lui else [])),
        en_nombre=(*(n for n in siens if n.pret != c.pret), *([_en_nombre(lui, pretee)] if lui else [])),
        dernier_retour=max((le for lequel, le in retours if lequel != note.id), default=None),
    )  # fmt: skip
    return [*issue, redite, *([] if avant else _jamais_prete(pretee, autour, x))]


def _jamais_prete(pretee: QuantitePretee, autour: Any, x: Contexte) -> list[Evenement]:
    """What a hand-over took from a reservation is awaited again, and nobody is suspended for what they never had."""
    (*_, suspendu), honorees = autour
    retablies = (f for r in honorees for f in reservation.retablie(r, quantite=pretee.quantite))
    return [*retablies, *suspension.tombee(suspendu, x, pretee.pret)]


def _sortie(faits: list[Any]) -> Sortie | None:
    """What is out of a loan after these facts of its life."""
    lui: Sortie | None = None
    for fait in faits:
        match fait:
            case QuantitePretee():
                lui = Sortie(
                    pret=fait.pret, personne=fait.personne, quantite=fait.quantite, depuis=fait.depuis,
                    retour=fait.retour,
                )  # fmt: skip
            case QuantiteRappelee():
                lui = attrs.evolve(connu(lui), retour=fait.retour)
            case _:
                lui = attrs.evolve(connu(lui), quantite=fait.restent)
    return lui


def _en_nombre(lui: Sortie, pretee: QuantitePretee) -> EnNombre:
    return EnNombre(pret=lui.pret, categorie=pretee.categorie, depuis=lui.depuis, retour=lui.retour)


DEMANDES = (Demande(CorrigerQuantite, CONCIERGE, _lit, _corriger),)
