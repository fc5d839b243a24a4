"""Règlement (D1): a rule is adopted, amended, suspended, repealed; each version says why, by whom, since when; none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import CADRE, CONCIERGE, COORDINATION
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
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
    nouveau,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.identifiants import RegleId

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.regles.livre import Version

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


@evenement("regles.RegleSuspendue", "La règle « {regle} » est suspendue à partir du {du} ({motif})")
class RegleSuspendue:
    regle: RegleId
    du: Date
    au: Date | None
    motif: str
    decision: str

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"regle:{self.regle}"


@evenement("regles.RegleAbrogee", "La règle « {regle} » est abrogée à partir du {du} ({motif})")
class RegleAbrogee:
    regle: RegleId
    du: Date
    motif: str
    decision: str

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"regle:{self.regle}"


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("regles.AdopterRegle")
class AdopterRegle:
    """Adopter une règle : son genre et ses paramètres, à qui et à quoi elle s'applique, son texte, son motif, sa date d'effet."""

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


@commande("regles.SuspendreRegle")
class SuspendreRegle:
    """Suspendre une règle pour un temps ; sans date de fin, jusqu'à une nouvelle version."""

    regle: RegleId
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)
    motif: str
    decision: str = champ("décision humaine (réunion, document)", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("au", f"doit venir après le {self.du}")] if self.au is not None and self.au < self.du else []


@commande("regles.AbrogerRegle")
class AbrogerRegle:
    """Abroger une règle ; les décisions qu'elle a fondées restent lisibles sous elle."""

    regle: RegleId
    du: Date = champ("date d'effet")
    motif: str
    decision: str = champ("décision humaine (réunion, document)", default="")


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


def _retro(du: Date, x: Contexte) -> EffetRetroactif | None:
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
    return _retro(c.du, x) or [_version(c, 1)]


def _amender(c: AmenderRegle, _: tuple[()], x: Contexte) -> Issue:
    versions = x.livre.reglement.versions.get(c.regle)
    if not versions or x.livre.reglement.abrogee(c.regle, c.du):
        return RegleAbsente(regle=c.regle)
    return () if _meme(versions[-1], c) else _retro(c.du, x) or [_version(c, len(versions) + 1)]


def _suspendre(c: SuspendreRegle, _: tuple[()], x: Contexte) -> Issue:
    if not x.livre.reglement.vivante(c.regle, c.du):
        return RegleAbsente(regle=c.regle)
    return _retro(c.du, x) or [RegleSuspendue(regle=c.regle, du=c.du, au=c.au, motif=c.motif, decision=c.decision)]


def _abroger(c: AbrogerRegle, _: tuple[()], x: Contexte) -> Issue:
    versions = x.livre.reglement.versions.get(c.regle)
    if not versions:
        return RegleAbsente(regle=c.regle)
    if x.livre.reglement.abrogee(c.regle, c.du):
        return ()
    return _retro(c.du, x) or [RegleAbrogee(regle=c.regle, du=c.du, motif=c.motif, decision=c.decision)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Regle:
    """One version of a rule; ``au``: its last day, once another version or a repeal follows."""

    regle: RegleId
    version: int
    texte: str
    portee: str
    motif: str
    decision: str
    par: str
    du: Date
    au: Date | None = None
    suspensions: tuple[tuple[Date, Date | None], ...] = ()
    en_vigueur: bool = False


def _tenir(
    lignes: dict[tuple[RegleId, int], Regle], fait: RegleAdoptee | RegleSuspendue | RegleAbrogee, note: Note
) -> None:
    mine = [k for k in lignes if k[0] == fait.regle]
    match fait:
        case RegleAdoptee():
            for k in mine:
                if lignes[k].au is None or lignes[k].au >= fait.du:  # type: ignore[operator]  # None is tested first
                    lignes[k] = attrs.evolve(lignes[k], au=max(fait.du.prev_day(), lignes[k].du.prev_day()))
            lignes[fait.regle, fait.version] = Regle(
                fait.regle, fait.version, fait.texte, fait.portee.phrase(), fait.motif, fait.decision, note.par, fait.du
            )
        case RegleSuspendue():
            for k in mine:
                lignes[k] = attrs.evolve(lignes[k], suspensions=(*lignes[k].suspensions, (fait.du, fait.au)))
        case RegleAbrogee():
            for k in mine:
                if lignes[k].au is None:
                    lignes[k] = attrs.evolve(lignes[k], au=fait.du.prev_day())


def _au(ligne: Regle, jour: Date) -> Regle:
    held = ligne.du <= jour and (ligne.au is None or jour <= ligne.au)
    paused = any(du <= jour and (au is None or jour <= au) for du, au in ligne.suspensions)
    return attrs.evolve(ligne, en_vigueur=held and not paused)


FAISEURS = frozenset({CONCIERGE, COORDINATION})
FAITS = (RegleAdoptee, RegleSuspendue, RegleAbrogee)
DEMANDES = (
    Demande(AdopterRegle, FAISEURS, lambda _, __: lire(), _adopter),
    Demande(AmenderRegle, FAISEURS, lambda _, __: lire(), _amender),
    Demande(SuspendreRegle, FAISEURS, lambda _, __: lire(), _suspendre),
    Demande(AbrogerRegle, FAISEURS, lambda _, __: lire(), _abroger),
)
REFUS = (RegleDejaAdoptee, RegleAbsente, EffetRetroactif)
REGISTRES = (Registre("regles", Regle, _tenir, _au, "Registre des règles"),)
