"""Un besoin (P4, S1, S2): what a public or the territory needs; each fact tells it whole, the last one suffices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Note, Refus, champ, evenement, personnel, refus
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    BesoinId,
    FormationId,
    PartenariatId,
    PersonneId,
    PublicId,
    ServiceId,
    public,
)
from tierslieu_core.vocabulaire.identifiants import besoin as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle

Origine = Literal["public", "territoire"]

# ── événements : chacun dit le besoin tout entier ───────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.besoin),)


@evenement("besoins.BesoinExprime", "Un besoin s'exprime : {nom}[ ({publics})][, dit par {personne}]")
class BesoinExprime:
    """``personne``: who says it, if the place knows them; a need may be noted for a public, or for the territory."""

    besoin: BesoinId
    nom: str
    origine: Origine
    publics: tuple[PublicId, ...]
    personne: PersonneId | None
    detail: Personnel | None = personnel("ce qui en fut dit", qui="par", conservation="besoin")

    etiquettes = _etiquettes


@evenement("besoins.BesoinGroupe", "« {nom} » se dit désormais avec : {dans}")
class BesoinGroupe:
    besoin: BesoinId
    nom: str
    origine: Origine
    publics: tuple[PublicId, ...]
    personne: PersonneId | None
    dans: BesoinId

    etiquettes = _etiquettes


@evenement(
    "besoins.BesoinRepondu",
    "Réponse au besoin « {nom} »[ : l'activité {activite}][ : le service {service}][ : la formation {formation}]"
    "[ : le partenariat {partenariat}][ ({comment})]",
)
class BesoinRepondu:
    besoin: BesoinId
    nom: str
    origine: Origine
    publics: tuple[PublicId, ...]
    personne: PersonneId | None
    activite: ActiviteId | None
    service: ServiceId | None
    formation: FormationId | None
    partenariat: PartenariatId | None
    comment: Personnel | None = personnel(qui="par", conservation="besoin")

    etiquettes = _etiquettes


@evenement("besoins.BesoinEcarte", "Le besoin « {nom} » est écarté : {motif}")
class BesoinEcarte:
    besoin: BesoinId
    nom: str
    origine: Origine
    publics: tuple[PublicId, ...]
    personne: PersonneId | None
    motif: Personnel = personnel(qui="par", conservation="besoin")

    etiquettes = _etiquettes


@evenement("besoins.BesoinRouvert", "Le besoin « {nom} » se rouvre : {motif}")
class BesoinRouvert:
    besoin: BesoinId
    nom: str
    origine: Origine
    publics: tuple[PublicId, ...]
    personne: PersonneId | None
    motif: Personnel = personnel(qui="par", conservation="besoin")

    etiquettes = _etiquettes


Fait = BesoinExprime | BesoinGroupe | BesoinRepondu | BesoinEcarte | BesoinRouvert
OUVERTS = (BesoinExprime, BesoinRouvert)
CYCLE = Cycle(
    mots={
        BesoinExprime: "exprimé", BesoinGroupe: "groupé", BesoinRepondu: "répondu", BesoinEcarte: "écarté",
        BesoinRouvert: "rouvert",
    },
    apres={
        BesoinExprime: (DEBUT,), BesoinGroupe: OUVERTS, BesoinRepondu: (*OUVERTS, BesoinRepondu),
        BesoinEcarte: OUVERTS, BesoinRouvert: (BesoinRepondu, BesoinEcarte),
    },
)  # fmt: skip
"""A need that was answered may be answered again, by something else; what is part of another one is said there."""

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "besoins.BesoinDejaExprime",
    "Un besoin porte déjà ce nom court : {nom}.",
    "Si c'est le même, soutenez-le (besoins.SoutenirBesoin) ; sinon, donnez-lui un autre nom court.",
)
class BesoinDejaExprime(Refus):
    nom: str


@refus(
    "besoins.BesoinAbsent",
    "Le besoin « {besoin} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Exprimez-le (besoins.ExprimerBesoin).",
)
class BesoinAbsent(Refus):
    besoin: str


@refus(
    "besoins.PasACetteEtape",
    "« {nom} » est {etape} : il ne peut pas être {voulue}.",
    "Un besoin {avant} peut l'être[ ; celui-ci se dit avec : {dans}].",
)
class PasACetteEtape(Refus):
    nom: str
    etape: str
    voulue: str
    avant: str
    dans: BesoinId | None = champ(default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _besoin(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


besoin_de = Lecture[Fait | None]("besoins.besoin", None, _besoin, dernier=True)
dernier_fait = Lecture[Read | None]("besoins.dernier_fait", None, _dernier, dernier=True, notes=True)


# ── ce que les demandes partagent ───────────────────────────────────────────────────────────────────────────────────


def pas_la(lequel: BesoinId, b: Fait | None, voulue: str, avant: Iterable[type | None]) -> Refus:
    """Why a need cannot be so now: it is not there, or it stands elsewhere."""
    if b is None:
        return BesoinAbsent(besoin=lequel)
    mots = liste([CYCLE.mots[nature] for nature in avant if nature is not None], "ou")
    return PasACetteEtape(nom=b.nom, etape=CYCLE.mot(b), voulue=voulue, avant=mots, dans=getattr(b, "dans", None))


def mesure(action: str) -> Callable[[Any, Any, Contexte], Mesures]:
    """What the rules that name it judge: who says so, of which need, of which publics."""

    def mesurer(c: Any, _: Any, x: Contexte) -> Mesures:
        lieux = (etiquette(c.besoin), *map(public, getattr(c, "publics", ())))
        return Mesures(
            action=action, nommee=True, personne=c.personne or PersonneId(""), lieux=lieux, jour=x.aujourdhui
        )

    return mesurer


FAITS = (BesoinExprime, BesoinGroupe, BesoinRepondu, BesoinEcarte, BesoinRouvert)
REFUS = (BesoinDejaExprime, BesoinAbsent, PasACetteEtape)
