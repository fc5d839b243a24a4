"""Atelier (A2): an awareness action towards publics: planned, held or cancelled; whom it reached, what was shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date, ZonedDateTime

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.cadre.regles.genres.commun import positif
from tierslieu_core.domaines.personnes.sensibilisation.adoption import MontrerOutil
from tierslieu_core.domaines.personnes.sensibilisation.outil import QUI
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.francais import entre
from tierslieu_core.vocabulaire.identifiants import AtelierId, EspaceId, OutilId, PersonneId, PublicId, espace, personne
from tierslieu_core.vocabulaire.identifiants import atelier as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode
from tierslieu_core.vocabulaire.vie import vers

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Touche:
    """So many people of a public."""

    public: PublicId
    nombre: int


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.atelier),)


@evenement("sensibilisation.AtelierPrevu", "Atelier prévu : {nom}, {periode}, animé par {animateur}[, pour {publics}]")
class AtelierPrevu:
    atelier: AtelierId
    nom: str
    animateur: PersonneId
    publics: tuple[PublicId, ...]
    periode: Periode
    espace: EspaceId | None
    outils: tuple[OutilId, ...]

    etiquettes = _etiquettes


@evenement("sensibilisation.AtelierTenu", "{nom}, {periode} : l'atelier a eu lieu (venues : {total})[ ; {bilan}]")
class AtelierTenu:
    """``touches``: how many of each public; ``personnes``: those who wished to be named; ``outils``: what was shown."""

    atelier: AtelierId
    nom: str
    animateur: PersonneId
    publics: tuple[PublicId, ...]
    periode: Periode
    espace: EspaceId | None
    outils: tuple[OutilId, ...]
    touches: tuple[Touche, ...]
    total: int
    personnes: tuple[PersonneId, ...]
    bilan: Personnel | None = personnel(qui="par", conservation="sensibilisation")

    etiquettes = _etiquettes


@evenement("sensibilisation.AtelierAnnule", "{nom}, {periode} : l'atelier est annulé ({motif})")
class AtelierAnnule:
    atelier: AtelierId
    nom: str
    animateur: PersonneId
    publics: tuple[PublicId, ...]
    periode: Periode
    espace: EspaceId | None
    outils: tuple[OutilId, ...]
    motif: Personnel = personnel(qui="par", conservation="sensibilisation")

    etiquettes = _etiquettes


Fait = AtelierPrevu | AtelierTenu | AtelierAnnule

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("sensibilisation.PrevoirAtelier")
class PrevoirAtelier:
    """Prévoir un atelier : ce dont il parle, pour quels publics, quand, qui l'anime, les outils qu'il montre."""

    atelier: AtelierId = nouveau("atelier, en un mot")
    nom: str = champ("ce dont il parle")
    debut: Moment = champ("début")
    fin: Moment = champ("fin")
    animateur: PersonneId = champ("qui l'anime")
    publics: tuple[PublicId, ...] = champ("publics visés", default=())
    espace: EspaceId | None = champ("où ; à réserver à part", default=None)
    outils: tuple[OutilId, ...] = champ("outils montrés", default=())

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes()


@commande("sensibilisation.TenirAtelier")
class TenirAtelier:
    """Dire qu'un atelier a eu lieu : combien de personnes de chaque public, et lesquelles si elles le veulent."""

    atelier: AtelierId
    touches: tuple[Touche, ...] = champ("combien, par public", default=())
    personnes: tuple[PersonneId, ...] = champ("qui, parmi les personnes qui veulent être nommées", default=())
    bilan: Personnel | None = personnel(
        "ce qu'il en est sorti", qui="par", conservation="sensibilisation", default=None
    )

    def fautes(self, _: str) -> list[tuple[str, str]]:
        publics = [une.public for une in self.touches]
        found = [f for une in self.touches for f in positif("touches", une.nombre)]
        deux = sorted({p for p in publics if publics.count(p) > 1})
        return found + [("touches", f"« {public} » y est deux fois") for public in deux]


@commande("sensibilisation.AnnulerAtelier")
class AnnulerAtelier:
    """Annuler un atelier, avec un motif."""

    atelier: AtelierId
    motif: Personnel = personnel("motif", qui="par", conservation="sensibilisation")


@commande("sensibilisation.CorrigerAtelier")
class CorrigerAtelier:
    """Corriger le dernier fait d'un atelier, enregistré par erreur."""

    atelier: AtelierId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "sensibilisation.AtelierDejaPrevu",
    "Un atelier porte déjà ce nom court : {nom}, {periode}.",
    "Donnez-lui un autre nom court.",
)
class AtelierDejaPrevu(Refus):
    nom: str
    periode: Periode


@refus(
    "sensibilisation.AtelierAbsent",
    "L'atelier « {atelier} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Prévoyez-le (sensibilisation.PrevoirAtelier).",
)
class AtelierAbsent(Refus):
    atelier: str


@refus(
    "sensibilisation.AtelierPasACetteEtape",
    "{nom}, {periode} : l'atelier est {etape}, et ne peut pas {verbe}.",
    "Voyez où en sont les ateliers : tierslieu registre ateliers.",
)
class AtelierPasACetteEtape(Refus):
    nom: str
    periode: Periode
    etape: str
    verbe: str


@refus(
    "sensibilisation.PasAnimateur",
    "{nom} : c'est {animateur} qui l'anime.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasAnimateur(Refus):
    nom: str
    animateur: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _atelier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


atelier_de = Lecture[Fait | None]("sensibilisation.atelier", None, _atelier, dernier=True)
dernier_fait = Lecture[Read | None]("sensibilisation.dernier_fait_atelier", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(atelier_de(etiquette(c.atelier)))


def _prevoir(c: PrevoirAtelier, etats: Etats, x: Contexte) -> Issue:
    deja, dit = etats[0], vers(AtelierPrevu, c, periode=Periode(c.debut, c.fin, x.livre.zone))
    if deja is None:
        return [dit]
    return () if vers(AtelierPrevu, deja) == dit else AtelierDejaPrevu(nom=deja.nom, periode=deja.periode)


def _mesure(c: PrevoirAtelier, _: Etats, x: Contexte) -> Mesures:
    """What the rules that name ``sensibiliser`` judge."""
    periode = Periode(c.debut, c.fin, x.livre.zone)
    return Mesures(
        action="sensibiliser", nommee=True, personne=c.animateur, jour=c.debut.local.date(), periode=periode,
        lieux=() if c.espace is None else (espace(c.espace),), demande_le=x.survenu_le,
        preavis_minutes=int(periode.bornes()[0].timestamp() - x.survenu_le.timestamp()) // 60,
    )  # fmt: skip


def _prevu(c: TenirAtelier | AnnulerAtelier, a: Fait | None, verbe: str) -> AtelierPrevu | Refus:
    """The workshop, if nobody said yet what became of it."""
    if a is None:
        return AtelierAbsent(atelier=c.atelier)
    if isinstance(a, AtelierPrevu):
        return a
    return AtelierPasACetteEtape(nom=a.nom, periode=a.periode, etape=ETAPES[type(a)], verbe=verbe)


ETAPES: dict[type, str] = {AtelierTenu: "tenu", AtelierAnnule: "annulé"}


def _tenir(c: TenirAtelier, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], AtelierTenu) and (etats[0].touches, etats[0].personnes) == (c.touches, c.personnes):
        return ()
    a = _prevu(c, etats[0], "être dit tenu")
    if isinstance(a, Refus):
        return a
    if x.mandat == INSCRIT and x.par != a.animateur:
        return PasAnimateur(nom=a.nom, animateur=a.animateur)
    if x.survenu_le < a.periode.bornes()[0]:
        return AtelierPasACetteEtape(nom=a.nom, periode=a.periode, etape="à venir", verbe="être dit tenu")
    total = max(sum(une.nombre for une in c.touches), len(c.personnes))
    return [vers(AtelierTenu, a, touches=c.touches, personnes=c.personnes, total=total, bilan=c.bilan)]


def _annuler(c: AnnulerAtelier, etats: Etats, _: Contexte) -> Issue:
    if isinstance(etats[0], AtelierAnnule):
        return ()
    a = _prevu(c, etats[0], "s'annuler")
    return a if isinstance(a, Refus) else [vers(AtelierAnnule, a, motif=c.motif)]


def _montrer(fait: AtelierTenu) -> Iterable[MontrerOutil]:
    """Those who came and are named were shown its tools."""
    for qui in fait.personnes:
        for lequel in fait.outils:
            yield MontrerOutil(outil=lequel, personne=qui, atelier=fait.atelier)


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAtelier:
    """``etat``: prévu, tenu, annulé, or à dire once it took place and nobody said; ``venues``: how many came."""

    atelier: AtelierId
    nom: str
    quand: str
    animateur: PersonneId
    espace: EspaceId | None
    publics: tuple[PublicId, ...]
    outils: tuple[OutilId, ...]
    debut: Moment
    fin: Moment
    zone: str
    etat: str = "prévu"
    venues: int | None = None
    bilan: Personnel | None = None


def _inscrire(lignes: dict[AtelierId, LigneAtelier], fait: Fait, _: Note) -> None:
    p = fait.periode
    ligne = LigneAtelier(
        fait.atelier, fait.nom, entre(p.debut, p.fin), fait.animateur, fait.espace, fait.publics, fait.outils, p.debut,
        p.fin, p.zone, ETAPES.get(type(fait), "prévu"),
    )  # fmt: skip
    if isinstance(fait, AtelierTenu):
        ligne = attrs.evolve(ligne, venues=fait.total, bilan=fait.bilan)
    lignes[fait.atelier] = ligne


def _au(ligne: LigneAtelier, le: ZonedDateTime) -> LigneAtelier:
    passe = ligne.etat == "prévu" and ligne.fin.dans(ligne.zone) <= le
    return attrs.evolve(ligne, etat="à dire") if passe else ligne


@attrs.frozen
class LigneTouche:
    """How many people of a public a workshop reached, one day."""

    public: PublicId
    atelier: AtelierId
    nom: str
    le: Date
    nombre: int


def _compter(lignes: dict[tuple[AtelierId, PublicId], LigneTouche], fait: AtelierTenu, _: Note) -> None:
    le = fait.periode.debut.local.date()
    for une in fait.touches:
        lignes[fait.atelier, une.public] = LigneTouche(une.public, fait.atelier, fait.nom, le, une.nombre)


def _dues(ligne: LigneAtelier, _: Contexte) -> Iterator[Due]:
    if ligne.etat not in ETAPES.values():
        quand = ligne.fin.dans(ligne.zone).to_instant()
        yield Due(quand, etiquette(ligne.atelier), "{nom}, {quand} : {animateur} dit combien de personnes sont venues")


def _prevus(ligne: LigneAtelier, _: Contexte) -> Iterator[Prevu]:
    if ligne.etat != "annulé":
        debut, fin = Periode(ligne.debut, ligne.fin, ligne.zone).bornes()
        ou = () if ligne.espace is None else (espace(ligne.espace),)
        yield Prevu(debut, fin, etiquette(ligne.atelier), "{nom}, par {animateur}", (*ou, personne(ligne.animateur)))


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FAITS = (AtelierPrevu, AtelierTenu, AtelierAnnule)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(PrevoirAtelier, QUI, _lit, _prevoir, _mesure),
    Demande(TenirAtelier, QUI | {INSCRIT}, _lit, _tenir),
    Demande(AnnulerAtelier, QUI, _lit, _annuler),
    correction(CorrigerAtelier, QUI, dernier_fait, lambda c: etiquette(c.atelier)),
)
REFUS = (AtelierDejaPrevu, AtelierAbsent, AtelierPasACetteEtape, PasAnimateur)
REGISTRES = (
    Registre("ateliers", LigneAtelier, _inscrire, _au, "Ateliers", heure=True),
    Registre("publics_touches", LigneTouche, _compter, titre="Publics touchés par les ateliers"),
)
IDENTIFIANTS = (Identifiant(AtelierId, AtelierPrevu, (AtelierPrevu,)),)
SUITES = (Suite("outils_montres", AtelierTenu, _montrer),)
ECHEANCES = (Echeance("sensibilisation.atelier", "Ateliers à raconter", "ateliers", _dues),)
PLANNINGS = (Planning("sensibilisation.ateliers", "Atelier", "ateliers", _prevus),)
TRANSMISSIONS = (
    Transmission(
        "Ce que les ateliers ont donné", "ateliers", "{nom}, {quand}[ : {venues} personnes][ ; {bilan}]",
        lambda ligne, _: ligne.bilan is not None, rubrique="appris",
    ),
)  # fmt: skip
