"""Échéances: a membership or a document about to end, a hearing to hold, a demand that silence admits."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles.genres.adhesion import RappelAdhesion
from tierslieu_core.domaines.personnes.adhesions.candidature import ConstaterAdmission, tacitement
from tierslieu_core.domaines.personnes.adhesions.documents import Document
from tierslieu_core.domaines.personnes.adhesions.registre import Adhesion
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne
from tierslieu_core.vocabulaire.temps import MINUIT


def _matin(le: Date, x: Contexte) -> Instant:
    """When a day begins."""
    return le.at(MINUIT).assume_tz(x.livre.zone, disambiguation="compatible").to_instant()


def _tacite(ligne: Adhesion, x: Contexte) -> Iterator[Due]:
    """The place's silence admits, where its rules say so: the runner may ask for it."""
    found = tacitement(ligne.personne, ligne.palier_demande, ligne.demandee_le, x)
    if ligne.candidature == "demandée" and found is not None:
        phrase = "La demande d'adhésion de {personne} est restée sans réponse : le silence du lieu vaut admission"
        commande = ConstaterAdmission(personne=ligne.personne)
        yield Due(_matin(found[1], x), personne(ligne.personne), phrase, commande)


def _demande(ligne: Adhesion, x: Contexte) -> Iterator[Due]:
    """Somebody answers, unless the place's silence does."""
    tacite = tacitement(ligne.personne, ligne.palier_demande, ligne.demandee_le, x)
    if ligne.candidature == "demandée" and ligne.demandee_le is not None and tacite is None:
        phrase = "{personne} demande à adhérer ({palier_demande}) depuis le {demandee_le} : à admettre ou à écarter"
        yield Due(_matin(ligne.demandee_le, x), personne(ligne.personne), phrase)


def _audition(ligne: Adhesion, x: Contexte) -> Iterator[Due]:
    """Only somebody who was there can tell."""
    if ligne.audition_le is not None and not ligne.entendue:
        phrase = "Audition de {personne} le {audition_le} : constater qu'elle a eu lieu, ou l'absence"
        yield Due(_matin(ligne.audition_le, x), personne(ligne.personne), phrase)


def _expiration(ligne: Adhesion, x: Contexte) -> Iterator[Due]:
    """Who leaves, or was excluded, is not reminded."""
    if ligne.parti_le is None and ligne.du is not None and ligne.au is not None:
        phrase = "L'adhésion de {personne} expire le {au} : prévenir la personne"
        yield from _rappel(ligne.personne, phrase, ligne.au, x)


def _document(ligne: Document, x: Contexte) -> Iterator[Due]:
    """Likewise for a document."""
    if not ligne.retire and ligne.jusqu_au is not None:
        phrase = "Le document « {document} » de {personne} expire le {jusqu_au} : prévenir la personne"
        yield from _rappel(ligne.personne, phrase, ligne.jusqu_au, x)


def _rappel(qui: PersonneId, phrase: str, dernier: Date, x: Contexte) -> Iterator[Due]:
    """To be told by somebody until its last day, from thirty days before, unless the place's rules say otherwise."""
    rappel = x.livre.reglage(RappelAdhesion, x.aujourdhui, personne=qui) or RappelAdhesion()
    if x.aujourdhui <= dernier:
        yield Due(_matin(dernier.subtract(days=rappel.jours_avant), x), personne(qui), phrase)


ECHEANCES = (
    Echeance("adhesions.demande", "Demandes d'adhésion à examiner", "adhesions", _demande),
    Echeance("adhesions.tacite", "Demandes d'adhésion sans réponse", "adhesions", _tacite),
    Echeance("adhesions.audition", "Auditions à constater", "adhesions", _audition),
    Echeance("adhesions.expiration", "Adhésions qui expirent", "adhesions", _expiration),
    Echeance("adhesions.document", "Documents qui expirent", "documents", _document),
)
