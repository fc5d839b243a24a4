"""Registres: the kinds of démarches that the place hears, and one row for each that was made."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import ZonedDateTime

from tierslieu_core.domaines.usages.demarches.demarche import (
    DemarcheAccordee,
    DemarcheClassee,
    DemarcheEnAttente,
    DemarcheOuverte,
    DemarcheRefusee,
    Fait,
)
from tierslieu_core.domaines.usages.demarches.reponse import AccorderDemarche
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.identifiants import DemarcheId, EspaceId, ObjetId, PersonneId, demarche
from tierslieu_core.vocabulaire.temps import Moment, Periode


def _tenir_ouvertes(lignes: dict[str, DemarcheOuverte], fait: DemarcheOuverte, _: Note) -> None:
    lignes[fait.action] = fait


@attrs.frozen
class LigneDemarche:
    """``etat``, on the day it is read: accordée, en attente, caduque (nobody answered), refusée, close."""

    demarche: DemarcheId
    action: str
    personne: PersonneId
    espace: EspaceId | None
    objet: ObjetId | None
    periode: Periode | None
    etat: str
    aupres_de: tuple[str, ...] = ()
    jusqu_au: Moment | None = None
    silence: str = ""
    zone: str = ""


ETATS = {DemarcheAccordee: "accordée", DemarcheEnAttente: "en attente", DemarcheRefusee: "refusée",
         DemarcheClassee: "close"}  # fmt: skip


def _tenir(lignes: dict[DemarcheId, LigneDemarche], fait: Fait, _: Note) -> None:
    ligne = LigneDemarche(
        fait.demarche, fait.action, fait.personne, fait.espace, fait.objet, fait.periode, ETATS[type(fait)]
    )
    if isinstance(fait, DemarcheEnAttente):
        ligne = attrs.evolve(
            ligne, aupres_de=fait.aupres_de, jusqu_au=fait.jusqu_au, silence=fait.silence, zone=fait.zone
        )
    lignes[fait.demarche] = ligne


def _au(ligne: LigneDemarche, le: ZonedDateTime) -> LigneDemarche:
    passe = ligne.jusqu_au is not None and ligne.jusqu_au.dans(ligne.zone) <= le
    return attrs.evolve(ligne, etat="caduque") if passe and ligne.silence == "refus" else ligne


def _dues(ligne: LigneDemarche, _: Contexte) -> Iterator[Due]:
    if ligne.jusqu_au is None:
        return
    accord = ligne.silence == "accord"
    suite = "sans réponse, elle est accordée" if accord else "sans réponse, elle tombe"
    phrase = f"{{action}} ({{personne}}) : réponse attendue de {{aupres_de}} ; {suite}"
    commande = AccorderDemarche(demarche=ligne.demarche) if accord else None
    quand = ligne.jusqu_au.dans(ligne.zone).to_instant()
    yield Due(quand, demarche(ligne.demarche), phrase, commande, avant="{aupres_de}")


REGISTRES = (
    Registre("demarches-ouvertes", DemarcheOuverte, _tenir_ouvertes, titre="Démarches que le lieu reçoit"),
    Registre("demarches", LigneDemarche, _tenir, _au, "Registre des démarches", ("personne",), heure=True),
)
ECHEANCES = (Echeance("demarches.reponse", "Démarches à répondre", "demarches", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les démarches qui attendent une réponse",
        "demarches",
        "{action} ({personne})[, {espace}][, {objet}][, {periode}][ : {aupres_de} y répond jusqu'au {jusqu_au}]",
        lambda ligne, _: ligne.etat == "en attente",
    ),
)
