"""Passation (DOC3): the document that hands the place over, signed by who leaves and by who arrives; else it is redone.

The journal keeps the digest of the text, never the text: what it tells is read from the place, and names people.
"""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION, INSCRIT
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
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import PassationId, PersonneId, depuis_cle, passation, personne
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle, vers

TEXTE = "empreinte du document"

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    """The handover, and who leaves: they leave once at a time."""
    return passation(fait.passation), personne(fait.sortant)


@evenement("documentation.PassationOuverte", "Passation de {sortant} à {entrant}, pour le {le} : à signer tous deux")
class PassationOuverte:
    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId
    le: Date = champ("jour de la passation")
    empreinte: Empreinte = champ(TEXTE)

    etiquettes = _etiquettes


@evenement(
    "documentation.PassationReprise", "Le document de la passation de {sortant} à {entrant} est refait : à signer"
)
class PassationReprise:
    """What was signed of the former text is not of this one."""

    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId
    le: Date = champ("jour de la passation")
    empreinte: Empreinte = champ(TEXTE)

    etiquettes = _etiquettes


@evenement("documentation.PassationSignee", "La passation de {sortant} à {entrant} est signée par {signataires}")
class PassationSignee:
    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId
    le: Date = champ("jour de la passation")
    empreinte: Empreinte = champ(TEXTE)
    signataires: tuple[PersonneId, ...] = champ(dit="personne")

    etiquettes = _etiquettes


@evenement("documentation.PassationAbandonnee", "La passation de {sortant} à {entrant} n'aura pas lieu : {motif}")
class PassationAbandonnee:
    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId
    le: Date = champ("jour de la passation")
    motif: Personnel = personnel(qui="par", conservation="mandat")

    etiquettes = _etiquettes


Fait = PassationOuverte | PassationReprise | PassationSignee | PassationAbandonnee
VIVANTE = (PassationOuverte, PassationReprise, PassationSignee)
VIE = Cycle(
    mots={
        PassationOuverte: "à signer", PassationReprise: "à signer", PassationSignee: "signée",
        PassationAbandonnee: "abandonnée",
    },
    apres={
        PassationOuverte: (DEBUT, PassationSignee, PassationAbandonnee), PassationReprise: VIVANTE,
        PassationSignee: VIVANTE, PassationAbandonnee: VIVANTE,
    },
)  # fmt: skip


def signataires(fait: Fait) -> tuple[PersonneId, ...]:
    """Who has signed the text as it is."""
    return fait.signataires if isinstance(fait, PassationSignee) else ()


def texte(fait: Fait) -> Empreinte | None:
    """What is to be signed; nothing, once it was given up."""
    return None if isinstance(fait, PassationAbandonnee) else fait.empreinte


def manquent(fait: Fait) -> tuple[PersonneId, ...]:
    """Who has yet to sign."""
    return tuple(un for un in (fait.sortant, fait.entrant) if un not in signataires(fait))


def conclue(fait: Fait) -> bool:
    """Whether both have signed the same text: nothing of it moves any more."""
    return isinstance(fait, PassationSignee) and not manquent(fait)


def etat(fait: Fait) -> str:
    """à signer, signée d'un côté, conclue, abandonnée."""
    return "conclue" if conclue(fait) else "signée d'un côté" if signataires(fait) else VIE.mot(fait)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documentation.OuvrirPassation")
class OuvrirPassation:
    """Ouvrir une passation : qui part, qui arrive, quel jour, et quel document ils auront à signer."""

    sortant: PersonneId = champ("qui part")
    entrant: PersonneId = champ("qui arrive")
    le: Date = champ("jour de la passation")
    empreinte: Empreinte = champ(TEXTE)


@commande("documentation.ReprendrePassation")
class ReprendrePassation:
    """Refaire le document d'une passation qui n'est pas conclue : tous deux ont alors à signer le nouveau."""

    passation: PassationId
    empreinte: Empreinte = champ(TEXTE)
    le: Date | None = champ("autre jour de la passation", default=None)


@commande("documentation.SignerPassation")
class SignerPassation:
    """Signer une passation, en qualité de qui part ou de qui arrive : ce document-là, et pas un autre."""

    passation: PassationId
    empreinte: Empreinte = champ(TEXTE)


@commande("documentation.AbandonnerPassation")
class AbandonnerPassation:
    """Renoncer à une passation qui n'est pas conclue, avec un motif."""

    passation: PassationId
    motif: Personnel = personnel("motif", qui="par", conservation="mandat")


@commande("documentation.CorrigerPassation")
class CorrigerPassation:
    """Corriger le dernier fait d'une passation, enregistré par erreur (une signature, par exemple)."""

    passation: PassationId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documentation.MemePersonne",
    "{sortant} ne se transmet pas le lieu à soi-même.",
    "Une passation va de qui part à qui arrive : dites les deux.",
)
class MemePersonne(Refus):
    sortant: PersonneId


@refus(
    "documentation.PassationEnCours",
    "La passation de {sortant} à {entrant} est déjà ouverte, et n'est pas conclue.",
    "Signez-la, refaites-en le document (ReprendrePassation {passation}) ou renoncez-y (AbandonnerPassation).",
)
class PassationEnCours(Refus):
    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId


@refus(
    "documentation.PassationClose",
    "La passation de {sortant} à {entrant} est {etat}.",
    "Elle reste dans l'histoire du lieu. Pour une autre : tierslieu passation --a PERSONNE",
)
class PassationClose(Refus):
    sortant: PersonneId
    entrant: PersonneId
    etat: str


@refus(
    "documentation.PasDeLaPassation",
    "{personne} n'est ni qui part ({sortant}), ni qui arrive ({entrant}).",
    "Ces deux personnes signent elles-mêmes, et elles seules.",
)
class PasDeLaPassation(Refus):
    personne: PersonneId
    sortant: PersonneId
    entrant: PersonneId


@refus(
    "documentation.TexteChange",
    "Ce document n'est pas celui qui est à signer : empreinte {donnee}, et non {attendue}.",
    "Relisez ce qui a changé depuis. Si c'est ce nouveau texte que vous voulez tous deux : tierslieu faire"
    " ReprendrePassation, puis signez-le l'un et l'autre.",
)
class TexteChange(Refus):
    donnee: Empreinte
    attendue: Empreinte


@refus(
    "documentation.PassationParErreur",
    "Cette passation fut ouverte par erreur, et ne compte plus ({passation}).",
    "Pour en ouvrir une autre : tierslieu passation FICHIER --a PERSONNE",
)
class PassationParErreur(Refus):
    passation: PassationId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


passation_de = Lecture[Fait | None]("documentation.passation", None, _derniere, dernier=True)
dernier_fait = Lecture[Read | None]("documentation.dernier_fait_passation", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]
Suite = ReprendrePassation | SignerPassation | AbandonnerPassation


def _lit_ouvrir(c: OuvrirPassation, _: Contexte) -> Lot[Etats]:
    return lire(passation_de(personne(c.sortant)))


def _ouvrir(c: OuvrirPassation, etats: Etats, x: Contexte) -> Issue:
    if c.entrant in x.livre.mandats.qui.memes(c.sortant):
        return MemePersonne(sortant=c.sortant)
    deja = etats[0]
    if deja is not None and not isinstance(deja, PassationAbandonnee) and not conclue(deja):
        if (deja.entrant, deja.le, deja.empreinte) == (c.entrant, c.le, c.empreinte):
            return ()
        return PassationEnCours(passation=deja.passation, sortant=deja.sortant, entrant=deja.entrant)
    neuve = PassationId(depuis_cle(x.cle))
    return [PassationOuverte(passation=neuve, sortant=c.sortant, entrant=c.entrant, le=c.le, empreinte=c.empreinte)]


def _lit(c: Suite, _: Contexte) -> Lot[Etats]:
    return lire(passation_de(passation(c.passation)))


def _close(fait: Fait) -> PassationClose | None:
    """Why nothing more comes of it."""
    if VIE.permet(PassationSignee, fait) and not conclue(fait):
        return None
    return PassationClose(sortant=fait.sortant, entrant=fait.entrant, etat=etat(fait))


def _reprendre(c: ReprendrePassation, etats: Etats, _: Contexte) -> Issue:
    fait = etats[0]
    if fait is None:
        return PassationParErreur(passation=c.passation)
    if (close := _close(fait)) is not None:
        return close
    le = c.le or fait.le
    return (
        ()
        if (texte(fait), fait.le) == (c.empreinte, le)
        else [vers(PassationReprise, fait, empreinte=c.empreinte, le=le)]
    )


def _signer(c: SignerPassation, etats: Etats, x: Contexte) -> Issue:
    fait = etats[0]
    if fait is None:
        return PassationParErreur(passation=c.passation)
    siens = x.livre.mandats.qui.memes(x.par)
    qui = next((un for un in (fait.sortant, fait.entrant) if un in siens), None)
    if qui is None:
        return PasDeLaPassation(personne=PersonneId(x.par), sortant=fait.sortant, entrant=fait.entrant)
    attendue = texte(fait)
    if attendue is not None and attendue != c.empreinte:
        return TexteChange(donnee=c.empreinte, attendue=attendue)
    if qui in signataires(fait):
        return ()
    return _close(fait) or [vers(PassationSignee, fait, signataires=(*signataires(fait), qui))]


def _abandonner(c: AbandonnerPassation, etats: Etats, _: Contexte) -> Issue:
    fait = etats[0]
    if fait is None or isinstance(fait, PassationAbandonnee):
        return ()
    return _close(fait) or [vers(PassationAbandonnee, fait, motif=c.motif)]


QUI = frozenset({CONCIERGE, COORDINATION})
FAITS = (PassationOuverte, PassationReprise, PassationSignee, PassationAbandonnee)
DEMANDES = (
    Demande(OuvrirPassation, QUI, _lit_ouvrir, _ouvrir),
    Demande(ReprendrePassation, QUI, _lit, _reprendre),
    Demande(SignerPassation, QUI | {INSCRIT}, _lit, _signer),
    Demande(AbandonnerPassation, QUI, _lit, _abandonner),
    correction(CorrigerPassation, QUI, dernier_fait, lambda c: passation(c.passation)),
)
REFUS = (MemePersonne, PassationEnCours, PassationClose, PassationParErreur, PasDeLaPassation, TexteChange)
