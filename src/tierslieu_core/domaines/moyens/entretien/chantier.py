"""Chantier: works begin, last, end or are given up; what they kept from use is used again."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.entretien.arret import (
    REGIE,
    arrets_de,
    rendre,
    rendu_le,
)
from tierslieu_core.domaines.moyens.entretien.entretiens import NoterEntretien
from tierslieu_core.domaines.moyens.entretien.planification import deplacer
from tierslieu_core.domaines.moyens.entretien.signalement import ResoudreIncident
from tierslieu_core.domaines.moyens.entretien.travaux import (
    EnCours,
    Fait,
    TravauxAbandonnes,
    TravauxCommences,
    TravauxProlonges,
    TravauxTermines,
    travaux_de,
    vivants,
)
from tierslieu_core.domaines.moyens.espaces import ConfigurerEspace
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    TravauxId,
    connu,
)
from tierslieu_core.vocabulaire.identifiants import travaux as etiquette
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("entretien.CommencerTravaux")
class CommencerTravaux:
    """Dire que des travaux commencent."""

    travaux: TravauxId


@commande("entretien.ProlongerTravaux")
class ProlongerTravaux:
    """Dire que des travaux en cours finiront un autre jour, plus tard ou plus tôt que prévu."""

    travaux: TravauxId
    au: Date = champ("dernier jour")


@commande("entretien.TerminerTravaux")
class TerminerTravaux:
    """Dire des travaux terminés : ce qu'ils fermaient rouvre dès ce jour, et l'incident est résolu."""

    travaux: TravauxId


@commande("entretien.AbandonnerTravaux")
class AbandonnerTravaux:
    """Abandonner des travaux, en disant pourquoi ; ce qu'ils fermaient rouvre."""

    travaux: TravauxId
    motif: Personnel = personnel("motif", qui="par", conservation="travaux")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "entretien.FinDejaPassee",
    "Les travaux, prévus dès le {du}, ne peuvent pas finir le {au} : ce jour est passé, ou les précède.",
    "Donnez aujourd'hui ou un jour à venir ; s'ils sont finis, terminez-les (entretien.TerminerTravaux).",
)
class FinDejaPassee(Refus):
    du: Date
    au: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Fait | None], tuple[Arrets]]
Suivante = CommencerTravaux | ProlongerTravaux | TerminerTravaux | AbandonnerTravaux


def _lit(c: Suivante, _: Contexte) -> Lot[Etats]:
    return lire(travaux_de(etiquette(c.travaux))).puis(lambda etats: lire(arrets_de(connu(etats[0]).sur)))


def _commencer(_: CommencerTravaux, etats: Etats, __: Contexte) -> Issue:
    (dernier,), _arrets = etats
    if isinstance(dernier, EnCours):
        return ()
    fait = vivants(dernier, TravauxCommences)
    return fait if isinstance(fait, Refus) else [vers(TravauxCommences, fait)]


def _prolonger(c: ProlongerTravaux, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    fait = vivants(dernier, TravauxProlonges)
    if isinstance(fait, Refus):
        return fait
    if fait.au == c.au:
        return ()
    if c.au < max(fait.du, x.aujourdhui):
        return FinDejaPassee(du=fait.du, au=c.au)
    arret = fait.arret and attrs.evolve(fait.arret, au=c.au)
    rendu = rendu_le(fait.arret, arrets, x.aujourdhui, arret)
    return [vers(TravauxProlonges, fait, au=c.au, arret=arret, rendu=rendu)]


def _terminer(_: TerminerTravaux, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    if isinstance(dernier, TravauxTermines):
        return ()
    fait = vivants(dernier, TravauxTermines)
    if isinstance(fait, Refus):
        return fait
    return [vers(TravauxTermines, fait, le=x.aujourdhui, rendu=rendu_le(fait.arret, arrets, x.aujourdhui))]


def _abandonner(c: AbandonnerTravaux, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    if isinstance(dernier, TravauxAbandonnes):
        return ()
    fait = vivants(dernier, TravauxAbandonnes)
    if isinstance(fait, Refus):
        return fait
    return [vers(TravauxAbandonnes, fait, motif=c.motif, rendu=rendu_le(fait.arret, arrets, x.aujourdhui))]


# ── ce qui suit ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _finir(fait: TravauxTermines) -> Iterator[object]:
    """The thing is given back, the incident solved, the periodic upkeep noted, the space set up as it can be now."""
    yield from rendre(fait.sur, fait.rendu)
    if fait.incident is not None:
        yield ResoudreIncident(incident=fait.incident, remede=fait.nom)
    if fait.entretien is not None:
        yield NoterEntretien(entretien=fait.entretien, le=fait.le)
    if fait.amenagement is not None:
        yield ConfigurerEspace(
            espace=EspaceId(fait.sur.un), configuration=fait.amenagement.configuration,
            capacite=fait.amenagement.capacite, du=fait.le,
        )  # fmt: skip


def _renoncer(fait: TravauxAbandonnes) -> Iterator[object]:
    yield from rendre(fait.sur, fait.rendu)


DEMANDES = (
    Demande(CommencerTravaux, REGIE, _lit, _commencer),
    Demande(ProlongerTravaux, REGIE, _lit, _prolonger),
    Demande(TerminerTravaux, REGIE, _lit, _terminer),
    Demande(AbandonnerTravaux, REGIE, _lit, _abandonner),
)
REFUS = (FinDejaPassee,)
SUITES = (
    Suite("travaux_deplaces", TravauxProlonges, deplacer),
    Suite("travaux_finis", TravauxTermines, _finir),
    Suite("travaux_abandonnes", TravauxAbandonnes, _renoncer),
)
