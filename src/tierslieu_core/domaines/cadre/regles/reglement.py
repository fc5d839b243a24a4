"""Règlement (D1): a rule is adopted and amended by versions that say why, by whom, since when; none is ever lost.

How a rule pauses or ends stands in ``suspensions``; which version holds on a day, in ``versions``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    nouveau,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.identifiants import RegleId

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.regles.versions import Version

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("regles.RegleAdoptee", "La règle « {regle} » est adoptée, à partir du {du} : {texte} ({motif})")
class RegleAdoptee:
    regle: RegleId
    version: int
    texte: str
    motif: str
    decision: str
    genre: GenreDeRegle
    portee: Portee
    du: Date

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"regle:{self.regle}"


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("regles.AdopterRegle")
class AdopterRegle:
    """Adopter une règle : son genre et ses paramètres, à qui et à quoi elle s'applique, son motif, sa date d'effet."""

    regle: RegleId = nouveau("identifiant de la règle")
    genre: GenreDeRegle = champ("genre et paramètres")
    du: Date = champ("date d'effet")
    motif: str = champ("motif")
    decision: str = champ("décision humaine qui la fait (réunion, document)", default="")
    texte: str = champ("texte (à défaut, celui du genre)", default="")
    portee: Portee = champ("à qui, à quoi, quand", default=Portee())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [*self.genre.fautes(), *self.portee.fautes()]


@commande("regles.AmenderRegle")
class AmenderRegle:
    """Amender une règle : une nouvelle version, entière ; l'ancienne vaut jusqu'à la date d'effet, et reste lisible."""

    regle: RegleId
    genre: GenreDeRegle = champ("genre et paramètres")
    du: Date = champ("date d'effet")
    motif: str = champ("motif")
    decision: str = champ("décision humaine qui l'amende (réunion, document)", default="")
    texte: str = champ("texte (à défaut, celui du genre)", default="")
    portee: Portee = champ("à qui, à quoi, quand", default=Portee())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [*self.genre.fautes(), *self.portee.fautes()]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "regles.RegleDejaAdoptee", "La règle « {regle} » existe déjà.", "Amendez-la, ou donnez un autre nom à la nouvelle."
)
class RegleDejaAdoptee(Refus):
    regle: RegleId


@refus("regles.RegleAbsente", "La règle « {regle} » n'est pas en vigueur.", "Voyez le registre des règles.")
class RegleAbsente(Refus):
    regle: RegleId


@refus(
    "regles.EffetRetroactif",
    "Une règle ne change pas le passé : le {du} est avant aujourd'hui, {aujourdhui}.",
    "Donnez-lui effet d'aujourd'hui ou de plus tard.",
)
class EffetRetroactif(Refus):
    du: Date
    aujourdhui: Date


# ── décisions (l'état est le livre des règles, lu avec toute demande) ───────────────────────────────────────────────


def retro(du: Date, x: Contexte) -> EffetRetroactif | None:
    """Why a rule cannot change from that day on, when it is past."""
    return EffetRetroactif(du=du, aujourdhui=x.aujourdhui) if du < x.aujourdhui else None


def _version(c: AdopterRegle | AmenderRegle, n: int) -> RegleAdoptee:
    return RegleAdoptee(
        regle=c.regle, version=n, texte=c.texte or c.genre.phrase(), motif=c.motif, decision=c.decision, genre=c.genre,
        portee=c.portee, du=c.du,
    )  # fmt: skip


def _meme(v: Version, c: AdopterRegle | AmenderRegle) -> bool:
    return (v.genre, v.portee, v.du, v.texte) == (c.genre, c.portee, c.du, c.texte or c.genre.phrase())


def _adopter(c: AdopterRegle, _: tuple[()], x: Contexte) -> Issue:
    versions = x.livre.reglement.versions.get(c.regle)
    if versions:
        return () if _meme(versions[-1], c) else RegleDejaAdoptee(regle=c.regle)
    return retro(c.du, x) or [_version(c, 1)]


def _amender(c: AmenderRegle, _: tuple[()], x: Contexte) -> Issue:
    versions = x.livre.reglement.versions.get(c.regle)
    if not versions or x.livre.reglement.abrogee(c.regle, c.du):
        return RegleAbsente(regle=c.regle)
    return () if _meme(versions[-1], c) else retro(c.du, x) or [_version(c, len(versions) + 1)]


FAISEURS = frozenset({CONCIERGE, COORDINATION})
FAITS = (RegleAdoptee,)
DEMANDES = (
    Demande(AdopterRegle, FAISEURS, lambda _, __: lire(), _adopter),
    Demande(AmenderRegle, FAISEURS, lambda _, __: lire(), _amender),
)
REFUS = (RegleDejaAdoptee, RegleAbsente, EffetRetroactif)
