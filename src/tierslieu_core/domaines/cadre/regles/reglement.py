"""Règlement (D1): a rule is adopted and amended by versions that say why, by whom, since when; none is ever lost.

How a rule pauses or ends stands in ``suspensions``; which version holds on a day, in ``versions``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION
from tierslieu_core.domaines.cadre.regles import effet
from tierslieu_core.domaines.cadre.regles.effet import trop_tot
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.sinon import REFUS_SIMPLE, Sinon
from tierslieu_core.domaines.cadre.regles.source import DE_CE_JOUR, Deja, Source
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


@evenement(
    "regles.RegleAdoptee",
    "La règle « {regle} » est adoptée, à partir du {du} : {texte} ({motif})",
    version=2,
    upcasts={1: dict},
)
class RegleAdoptee:
    regle: RegleId
    version: int
    texte: str
    motif: str
    decision: str
    genre: GenreDeRegle
    portee: Portee
    du: Date
    sinon: Sinon = REFUS_SIMPLE
    leve: tuple[RegleId, ...] = ()
    deja: Deja = "gardees"
    source: Source = DE_CE_JOUR

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
    sinon: Sinon = champ("ce qui s'ensuit quand elle n'est pas respectée", default=REFUS_SIMPLE)
    leve: tuple[RegleId, ...] = champ("les règles que cette exception lève, quand elle tient", default=())
    deja: Deja = champ("ce que devient ce qui était déjà réservé", default="gardees")
    source: Source = champ("d'où elle vient : quel organe, quel jour, quel document", default=DE_CE_JOUR)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return fautes(self)


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
    sinon: Sinon = champ("ce qui s'ensuit quand elle n'est pas respectée", default=REFUS_SIMPLE)
    leve: tuple[RegleId, ...] = champ("les règles que cette exception lève, quand elle tient", default=())
    deja: Deja = champ("ce que devient ce qui était déjà réservé", default="gardees")
    source: Source = champ("d'où elle vient : quel organe, quel jour, quel document", default=DE_CE_JOUR)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return fautes(self)


class Ecrite(Protocol):
    """A rule as a demand writes it, whatever the demand: to adopt it, to amend it, to propose it."""

    @property
    def regle(self) -> RegleId: ...
    @property
    def genre(self) -> GenreDeRegle: ...
    @property
    def portee(self) -> Portee: ...
    @property
    def sinon(self) -> Sinon: ...
    @property
    def leve(self) -> tuple[RegleId, ...]: ...


def fautes(c: Ecrite) -> list[tuple[str, str]]:
    """What is wrong with a rule, whatever the place."""
    found = [*c.genre.fautes(), *c.portee.fautes(), *c.sinon.fautes()]
    if c.leve and c.sinon != REFUS_SIMPLE:
        found.append(("leve", "une exception lève d'autres règles et ne fait rien d'autre : ôtez « sinon »"))
    if "rendre" in c.portee.actions and not (c.leve or c.sinon.effet == "sanction" or isinstance(c.genre, Reglage)):
        found.append(("sinon.effet", "« sanction » : un retour ne se refuse jamais, une règle en dit la suite"))
    if c.regle in c.leve:
        found.append(("leve", "une règle ne se lève pas elle-même"))
    return found


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "regles.RegleDejaAdoptee", "La règle « {regle} » existe déjà.", "Amendez-la, ou donnez un autre nom à la nouvelle."
)
class RegleDejaAdoptee(Refus):
    regle: RegleId


@refus(
    "regles.RegleAbsente",
    "La règle « {regle} » n'est pas en vigueur.",
    "Voyez le registre des règles ; une règle abrogée s'adopte à nouveau.",
)
class RegleAbsente(Refus):
    regle: RegleId


# ── décisions (l'état est le livre des règles, lu avec toute demande) ───────────────────────────────────────────────


def adoptee(c: AdopterRegle | AmenderRegle, n: int) -> RegleAdoptee:
    """The n-th version of a rule, as it is asked."""
    return RegleAdoptee(
        regle=c.regle, version=n, texte=c.texte or c.genre.phrase(), motif=c.motif, decision=c.decision, genre=c.genre,
        portee=c.portee, du=c.du, sinon=c.sinon, leve=c.leve, deja=c.deja, source=c.source,
    )  # fmt: skip


def _meme(v: Version, c: AdopterRegle | AmenderRegle) -> bool:
    mine = (v.genre, v.portee, v.du, v.texte, v.sinon, v.leve)
    return mine == (c.genre, c.portee, c.du, c.texte or c.genre.phrase(), c.sinon, c.leve)


def adopter(c: AdopterRegle, _: tuple[()], x: Contexte) -> Issue:
    """A first version, unless the name is taken; or one more, of a rule that was repealed."""
    versions = x.livre.reglement.versions.get(c.regle, [])
    if versions and not x.livre.reglement.abrogee(c.regle, c.du):
        return () if _meme(versions[-1], c) else RegleDejaAdoptee(regle=c.regle)
    return trop_tot(c.du, x) or [adoptee(c, len(versions) + 1)]


def amender(c: AmenderRegle, _: tuple[()], x: Contexte) -> Issue:
    """One more version."""
    versions = x.livre.reglement.versions.get(c.regle)
    if not versions or x.livre.reglement.abrogee(c.regle, c.du):
        return RegleAbsente(regle=c.regle)
    return () if _meme(versions[-1], c) else trop_tot(c.du, x) or [adoptee(c, len(versions) + 1)]


FAISEURS = frozenset({CONCIERGE, COORDINATION})
FAITS = (RegleAdoptee,)
DEMANDES = (
    Demande(AdopterRegle, FAISEURS, lambda _, __: lire(), adopter),
    Demande(AmenderRegle, FAISEURS, lambda _, __: lire(), amender),
)
REFUS = (RegleDejaAdoptee, RegleAbsente, *effet.REFUS)
