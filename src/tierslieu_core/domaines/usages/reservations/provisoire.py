"""Provisoire: what holds hours until somebody answers, or its person confirms, and lapses otherwise."""

from __future__ import annotations

from typing import Literal

from tierslieu_core.domaines.usages.reservations.emprise import Emprise, Precisions, etiquettes_de
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId
from tierslieu_core.vocabulaire.temps import Moment, Periode


@evenement(
    "reservations.ReservationEnAttente",
    "{personne} demande {espace} {periode} : réponse attendue de {aupres_de} jusqu'au {jusqu_au}",
    version=2,
    upcasts={1: dict},
)
class ReservationEnAttente:
    """``garde``: the hours that it still has while it asks for others."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    aupres_de: tuple[str, ...] = champ("rôles qui ont à répondre")
    jusqu_au: Moment = champ("réponse attendue jusqu'au")
    silence: Literal["refus", "accord"] = champ("ce que vaut le silence")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    garde: Emprise | None = champ("ce qu'elle garde en attendant", default=None)
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.OptionPosee",
    "{personne} pose une option sur {espace} {periode}, jusqu'au {jusqu_au}",
    version=2,
    upcasts={1: dict},
)
class OptionPosee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    jusqu_au: Moment = champ("à confirmer jusqu'au")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


Provisoire = ReservationEnAttente | OptionPosee
