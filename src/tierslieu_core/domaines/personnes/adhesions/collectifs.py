"""Collectifs: a household or an association, whose one membership covers several people; somebody acts for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.adhesion import TailleCollectif
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, court_le, lue
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.sentences import Namer, as_is
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import JOURS_MAX, ordre

Nature = Literal["foyer", "association"]

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def collectif(qui: PersonneId) -> str:
    """Who belongs to a collective."""
    return f"collectif:{qui}"


def membre(qui: PersonneId) -> str:
    """To which collectives a person belongs."""
    return f"membre:{qui}"


@attrs.frozen(kw_only=True)
class Rattachement:
    """A person of a collective; ``au``: their last day in it, ``None`` while none is set."""

    collectif: PersonneId
    membre: PersonneId
    du: Date
    au: Date | None

    court = court_le

    def __str__(self) -> str:
        return self.nomme(as_is)

    def nomme(self, nommer: Namer) -> str:
        """The member by name, and since when."""
        jusqu_au = f", jusqu'au {date(self.au)}" if self.au else ""
        return f"{nommer('personne', self.membre)} (depuis le {date(self.du)}{jusqu_au})"


Rattachements = tuple[Rattachement, ...]


@evenement("adhesions.CollectifOuvert", "{collectif} est un collectif ({nature}), dont l'adhésion couvre ses membres")
class CollectifOuvert:
    collectif: PersonneId
    nature: Nature
    membres: Rattachements

    def etiquettes(self) -> Iterable[str]:
        return (collectif(self.collectif),)


@evenement("adhesions.MembreRattache", "{membre} rejoint {collectif} le {du}")
class MembreRattache:
    """``membres``: all those of the collective henceforth; ``rattachements``: all those of the person."""

    collectif: PersonneId
    membre: PersonneId
    du: Date
    au: Date | None
    nature: Nature
    membres: Rattachements
    rattachements: Rattachements

    def etiquettes(self) -> Iterable[str]:
        return collectif(self.collectif), membre(self.membre)


@evenement("adhesions.MembreDetache", "{membre} quitte {collectif}, dernier jour le {le}")
class MembreDetache:
    collectif: PersonneId
    membre: PersonneId
    le: Date
    nature: Nature
    membres: Rattachements
    rattachements: Rattachements

    def etiquettes(self) -> Iterable[str]:
        return collectif(self.collectif), membre(self.membre)


Fait = CollectifOuvert | MembreRattache | MembreDetache

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.OuvrirCollectif")
class OuvrirCollectif:
    """Dire qu'un identifiant est celui d'un foyer ou d'une association, dont l'adhésion couvre ses membres."""

    collectif: PersonneId = champ("foyer ou association")
    nature: Nature


@commande("adhesions.RattacherMembre")
class RattacherMembre:
    """Rattacher une personne à un foyer ou à une association ; le redire en change les jours."""

    collectif: PersonneId = champ("foyer ou association")
    membre: PersonneId = champ("personne couverte")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [("membre", "doit être une autre personne")] if self.membre == self.collectif else []
        return [*found, *ordre(self.du, self.au)]


@commande("adhesions.DetacherMembre")
class DetacherMembre:
    """Détacher une personne d'un foyer ou d'une association, à la demande de l'une ou de l'autre."""

    collectif: PersonneId = champ("foyer ou association")
    membre: PersonneId = champ("personne couverte")
    le: Date = champ("dernier jour")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.CollectifSansRepresentant",
    "Personne ne représente {collectif} aujourd'hui.",
    "Dites d'abord qui agit pour ce collectif (identites.RepresenterPersonne).",
)
class CollectifSansRepresentant(Refus):
    collectif: PersonneId


@refus(
    "adhesions.PasUnCollectif",
    "{collectif} n'est ni un foyer ni une association.",
    "Ouvrez d'abord ce collectif (adhesions.OuvrirCollectif).",
)
class PasUnCollectif(Refus):
    collectif: PersonneId


@refus(
    "adhesions.CollectifComplet",
    "Nombre de membres que couvre déjà l'adhésion de {collectif} : {membres}, sur {maximum} au plus.",
    "Détachez d'abord quelqu'un, ou prenez un palier qui en couvre davantage.",
)
class CollectifComplet(Refus):
    collectif: PersonneId
    membres: int
    maximum: int


@refus(
    "adhesions.PasRepresentant",
    "{personne} ne représente pas {collectif}.",
    "Demandez à qui représente ce collectif, ou à la conciergerie.",
)
class PasRepresentant(Refus):
    personne: PersonneId
    collectif: PersonneId


@refus(
    "adhesions.PasMembre",
    "{membre} n'est pas de {collectif} après le {le}.",
    "Voyez le registre des foyers et des associations : il n'y a rien à finir.",
)
class PasMembre(Refus):
    membre: PersonneId
    collectif: PersonneId
    le: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dernier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _rattachements(_: Rattachements, fait: MembreRattache | MembreDetache) -> Rattachements:
    return fait.rattachements


collectif_de = Lecture[Fait | None]("adhesions.collectif", None, _dernier, dernier=True)
rattachements_de = Lecture[Rattachements]("adhesions.rattachements", (), _rattachements, dernier=True)


def rattachements(qui: PersonneId, x: Contexte) -> Lot[tuple[Rattachements, ...]]:
    """The collectives of a person, under each of their identifiers, this one first."""
    return Lot(tuple(rattachements_de(membre(un)) for un in identifiants(qui, x)))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, Rattachements, Accordee | None]


def _lit(c: RattacherMembre | DetacherMembre, x: Contexte) -> Lot[Etats]:
    return lire(collectif_de(collectif(c.collectif)), rattachements_de(membre(c.membre)), lue(c.collectif, x))


def _ouvrir(c: OuvrirCollectif, etats: tuple[Fait | None], x: Contexte) -> Issue:
    (ouvert,) = etats
    if ouvert is not None and ouvert.nature == c.nature:
        return ()
    if not x.livre.mandats.qui.representants(c.collectif, x.aujourdhui):
        return CollectifSansRepresentant(collectif=c.collectif)
    return [CollectifOuvert(collectif=c.collectif, nature=c.nature, membres=ouvert.membres if ouvert else ())]


def _rattacher(c: RattacherMembre, etats: Etats, x: Contexte) -> Issue:
    ouvert, siens, adhesion = etats
    if ouvert is None:
        return PasUnCollectif(collectif=c.collectif)
    if _sans_titre(x, c.collectif):
        return PasRepresentant(personne=PersonneId(x.par), collectif=c.collectif)
    nouveau = Rattachement(collectif=c.collectif, membre=c.membre, du=c.du, au=c.au)
    if nouveau in ouvert.membres:
        return ()
    autres = _gardes([r for r in ouvert.membres if r.membre != c.membre], x.aujourdhui)
    tenus = sum(r.au is None or r.au >= c.du for r in autres)
    taille = x.livre.reglage(
        TailleCollectif, x.aujourdhui, personne=c.collectif, publics=(adhesion.palier,) if adhesion else ()
    )
    if taille is not None and tenus >= taille.maximum:
        return CollectifComplet(collectif=c.collectif, membres=tenus, maximum=taille.maximum)
    ailleurs = _gardes([r for r in siens if r.collectif != c.collectif], x.aujourdhui)
    return [
        MembreRattache(
            collectif=c.collectif, membre=c.membre, du=c.du, au=c.au, nature=ouvert.nature,
            membres=(*autres, nouveau), rattachements=(*ailleurs, nouveau),
        )
    ]  # fmt: skip


def _sans_titre(x: Contexte, *au_nom_de: PersonneId) -> bool:
    """Whether who asks holds no mandate, and speaks for none of these."""
    return x.mandat == INSCRIT and x.livre.mandats.qui.parle_pour(x.par, jour_de(x)).isdisjoint(au_nom_de)


def _gardes(them: list[Rattachement], jour: Date) -> Rattachements:
    """Those that may still count; those over for two months are left out, so that facts stay short."""
    garde = jour.subtract(days=JOURS_MAX)
    return tuple(r for r in them if r.au is None or r.au >= garde)


def _detacher(c: DetacherMembre, etats: Etats, x: Contexte) -> Issue:
    ouvert, siens, _ = etats
    if ouvert is None:
        return PasUnCollectif(collectif=c.collectif)
    if _sans_titre(x, c.collectif, c.membre):
        return PasRepresentant(personne=PersonneId(x.par), collectif=c.collectif)
    tenu = next((r for r in ouvert.membres if r.membre == c.membre), None)
    if tenu is not None and tenu.au == c.le:
        return ()
    if tenu is None or (tenu.au is not None and tenu.au < c.le):
        return PasMembre(membre=c.membre, collectif=c.collectif, le=c.le)
    fini = attrs.evolve(tenu, au=c.le)
    return [
        MembreDetache(
            collectif=c.collectif, membre=c.membre, le=c.le, nature=ouvert.nature,
            membres=tuple(fini if r == tenu else r for r in ouvert.membres),
            rattachements=tuple(fini if r == tenu else r for r in siens),
        )
    ]  # fmt: skip


ACCUEIL = frozenset({"concierge", "coordination"})
FAITS = (CollectifOuvert, MembreRattache, MembreDetache)
REFUS = (CollectifSansRepresentant, PasUnCollectif, CollectifComplet, PasRepresentant, PasMembre)
DEMANDES = (
    Demande(OuvrirCollectif, ACCUEIL, lambda c, _: lire(collectif_de(collectif(c.collectif))), _ouvrir),
    Demande(RattacherMembre, ACCUEIL | {INSCRIT}, _lit, _rattacher),
    Demande(DetacherMembre, ACCUEIL | {INSCRIT}, _lit, _detacher),
)
