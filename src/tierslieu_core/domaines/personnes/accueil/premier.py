"""Premier accueil (A1): a person is welcomed along a path of the place, step by step; each done, or left and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.accueil.parcours import ParcoursDefini, etapes_du, parcours_de
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ParcoursId, PersonneId, connu, parcours, personne
from tierslieu_core.vocabulaire.vie import vers

# ── événements : chacun dit l'accueil tout entier ───────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Etape:
    """One step of the path, as it was when the welcome was opened, and what became of it."""

    nom: str
    sort: Literal["à faire", "faite", "laissée"] = "à faire"


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (accueil_de(fait.personne, fait.parcours),)


@evenement("accueil.AccueilOuvert", "{accueillant} accueille {personne} (« {nom} »)")
class AccueilOuvert:
    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId = champ("qui accueille")
    du: Date
    etapes: tuple[Etape, ...]

    etiquettes = _etiquettes


@evenement("accueil.EtapeFaite", "Accueil de {personne} : « {etape} », c'est fait")
class EtapeFaite:
    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    etapes: tuple[Etape, ...]
    etape: str

    etiquettes = _etiquettes


@evenement("accueil.EtapeLaissee", "Accueil de {personne} : « {etape} » est laissée ({motif})")
class EtapeLaissee:
    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    etapes: tuple[Etape, ...]
    etape: str
    motif: Personnel = personnel(qui="personne", conservation="accueil")

    etiquettes = _etiquettes


@evenement("accueil.NouvellesPrises", "Des nouvelles de {personne} : {reponse}")
class NouvellesPrises:
    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    etapes: tuple[Etape, ...]
    reponse: Personnel = personnel(qui="personne", conservation="accueil")

    etiquettes = _etiquettes


@evenement("accueil.AccueilClos", "L'accueil de {personne} (« {nom} ») s'arrête là : {motif}")
class AccueilClos:
    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    etapes: tuple[Etape, ...]
    motif: Personnel = personnel(qui="personne", conservation="accueil")

    etiquettes = _etiquettes


Fait = AccueilOuvert | EtapeFaite | EtapeLaissee | NouvellesPrises | AccueilClos

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("accueil.OuvrirAccueil")
class OuvrirAccueil:
    """Accueillir une personne pour la première fois, selon un parcours du lieu."""

    personne: PersonneId
    parcours: ParcoursId
    accueillant: PersonneId | None = champ("qui accueille ; sinon vous", default=None)


@commande("accueil.FaireEtape")
class FaireEtape:
    """Dire qu'une étape d'un accueil est faite."""

    personne: PersonneId
    parcours: ParcoursId
    etape: str = champ("étape")


@commande("accueil.LaisserEtape")
class LaisserEtape:
    """Laisser une étape d'un accueil, et dire pourquoi ; elle peut se faire plus tard."""

    personne: PersonneId
    parcours: ParcoursId
    etape: str = champ("étape")
    motif: Personnel = personnel("pourquoi", qui="personne", conservation="accueil")


@commande("accueil.PrendreNouvelles")
class PrendreNouvelles:
    """Dire que l'on a pris des nouvelles d'une personne accueillie, et sa réponse."""

    personne: PersonneId
    parcours: ParcoursId
    reponse: Personnel = personnel("ce qu'elle répond", qui="personne", conservation="accueil")


@commande("accueil.CloreAccueil")
class CloreAccueil:
    """Clore un accueil avant sa dernière étape, et dire pourquoi ; il peut se rouvrir."""

    personne: PersonneId
    parcours: ParcoursId
    motif: Personnel = personnel("pourquoi", qui="personne", conservation="accueil")


@commande("accueil.CorrigerAccueil")
class CorrigerAccueil:
    """Corriger le dernier fait de l'accueil d'une personne, enregistré par erreur."""

    personne: PersonneId
    parcours: ParcoursId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "accueil.ParcoursAVenir",
    "Le parcours « {nom} » ne commence que le {du}.",
    "Attendez ce jour, ou définissez-en les étapes dès aujourd'hui (accueil.DefinirParcours).",
)
class ParcoursAVenir(Refus):
    nom: str
    du: Date


@refus(
    "accueil.AccueilDejaOuvert",
    "{accueillant} accueille déjà {personne} depuis le {du} (« {nom} »).",
    "Continuez cet accueil (accueil.FaireEtape), ou mettez-y fin d'abord (accueil.CloreAccueil).",
)
class AccueilDejaOuvert(Refus):
    personne: PersonneId
    accueillant: PersonneId
    du: Date
    nom: str


@refus(
    "accueil.AccueilAbsent",
    "Aucun accueil n'est ouvert pour {personne} selon « {nom} ».",
    "Ouvrez-le (accueil.OuvrirAccueil).",
)
class AccueilAbsent(Refus):
    personne: PersonneId
    nom: str


@refus(
    "accueil.EtapeInconnue",
    "« {etape} » n'est pas une étape de cet accueil.",
    "Ses étapes : {etapes}.",
)
class EtapeInconnue(Refus):
    etape: str
    etapes: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def accueil_de(qui: PersonneId, lequel: ParcoursId) -> str:
    """The tag of a person's welcome along a path."""
    return f"{personne(qui)}@{parcours(lequel)}"


def _accueil(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


dernier_accueil = Lecture[Fait | None]("accueil.accueil", None, _accueil, dernier=True)
dernier_fait = Lecture[Read | None]("accueil.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[ParcoursDefini | None, Fait | None]


def _lit(c: Any, x: Contexte) -> Lot[Etats]:
    """The path; the welcome, under whichever identifier of the person it was opened."""
    siens = [accueil_de(un, c.parcours) for un in identifiants(c.personne, x)]
    return lire(parcours_de(parcours(c.parcours)), dernier_accueil(*siens))


def _ouvrir(c: OuvrirAccueil, etats: Etats, x: Contexte) -> Issue:
    p, deja = connu(etats[0]), etats[1]
    accueillant = c.accueillant or PersonneId(x.par)
    if deja is not None and not isinstance(deja, AccueilClos):
        if isinstance(deja, AccueilOuvert) and (deja.accueillant, deja.du) == (accueillant, x.aujourdhui):
            return ()
        return AccueilDejaOuvert(personne=c.personne, accueillant=deja.accueillant, du=deja.du, nom=deja.nom)
    etapes = etapes_du(p, x.aujourdhui)
    if not etapes:
        return ParcoursAVenir(nom=p.nom, du=min(v.du for v in p.versions))
    dites = tuple(Etape(nom=nom) for nom in etapes)
    dit = AccueilOuvert(
        personne=c.personne, parcours=c.parcours, nom=p.nom, accueillant=accueillant, du=x.aujourdhui, etapes=dites
    )  # fmt: skip
    return [dit]


def _ouvert(c: Any, etats: Etats) -> Fait | Refus:
    """The welcome under way, or that there is none."""
    p, a = connu(etats[0]), etats[1]
    return AccueilAbsent(personne=c.personne, nom=p.nom) if a is None or isinstance(a, AccueilClos) else a


def _faire(c: FaireEtape, etats: Etats, _: Contexte) -> Issue:
    a = _ouvert(c, etats)
    etapes = a if isinstance(a, Refus) else _avancees(a, c.etape, Etape(nom=c.etape, sort="faite"))
    if isinstance(etapes, Refus):
        return etapes
    return [vers(EtapeFaite, a, etapes=etapes, etape=c.etape)] if etapes else ()


def _laisser(c: LaisserEtape, etats: Etats, _: Contexte) -> Issue:
    a = _ouvert(c, etats)
    etapes = a if isinstance(a, Refus) else _avancees(a, c.etape, Etape(nom=c.etape, sort="laissée"))
    if isinstance(etapes, Refus):
        return etapes
    return [vers(EtapeLaissee, a, etapes=etapes, etape=c.etape, motif=c.motif)] if etapes else ()


def _avancees(a: Fait, etape: str, dite: Etape) -> Sequence[Etape] | Refus:
    """The steps, once one of them is so; none when it was already."""
    noms = tuple(un.nom for un in a.etapes)
    if etape not in noms:
        return EtapeInconnue(etape=etape, etapes=noms)
    return () if dite in a.etapes else tuple(dite if un.nom == etape else un for un in a.etapes)


def _prendre(c: PrendreNouvelles, etats: Etats, _: Contexte) -> Issue:
    a = _ouvert(c, etats)
    return a if isinstance(a, Refus) else [vers(NouvellesPrises, a, reponse=c.reponse)]


def _clore(c: CloreAccueil, etats: Etats, _: Contexte) -> Issue:
    if isinstance(etats[1], AccueilClos):
        return ()
    a = _ouvert(c, etats)
    return a if isinstance(a, Refus) else [vers(AccueilClos, a, motif=c.motif)]


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

QUI = frozenset({"concierge", "coordination"})
FAITS = (AccueilOuvert, EtapeFaite, EtapeLaissee, NouvellesPrises, AccueilClos)
DEMANDES = (
    Demande(OuvrirAccueil, QUI, _lit, _ouvrir),
    Demande(FaireEtape, QUI, _lit, _faire),
    Demande(LaisserEtape, QUI, _lit, _laisser),
    Demande(PrendreNouvelles, QUI, _lit, _prendre),
    Demande(CloreAccueil, QUI, _lit, _clore),
    correction(CorrigerAccueil, QUI, dernier_fait, lambda c: accueil_de(c.personne, c.parcours)),
)
REFUS = (ParcoursAVenir, AccueilDejaOuvert, AccueilAbsent, EtapeInconnue)
