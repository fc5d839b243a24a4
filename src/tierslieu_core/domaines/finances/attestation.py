"""Attestations, as the finance body decides them; « remises » once they are lodged in the place's journal."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.mots import SEULES, TiersId
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
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.attester import fautes_d_attestation

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement(
    "finances.AttestationEtablie", "À attester au lieu, pour {tiers} : « {nature} », {valable}[, jusqu'au {jusqu_au}]"
)
class AttestationEtablie:
    tiers: TiersId = champ("personne", dit="personne")
    nature: str
    valable: bool
    jusqu_au: Date | None
    rang: int = champ("la combientième de cette personne, de cette nature")

    def etiquettes(self) -> Iterable[str]:
        return (mots.attestation(self.tiers, self.nature),)


@evenement("finances.AttestationRemise", "C'est attesté au lieu, pour {tiers} : « {nature} » (n° {rang})")
class AttestationRemise:
    tiers: TiersId = champ("personne", dit="personne")
    nature: str
    rang: int

    def etiquettes(self) -> Iterable[str]:
        return (mots.attestation(self.tiers, self.nature),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("finances.EtablirAttestation")
class EtablirAttestation:
    """Établir ce qui sera attesté au lieu d'une personne : oui ou non, en un mot ; « finances remettre » l'y dépose."""

    tiers: TiersId = champ("personne, comme le lieu l'identifie", dit="personne")
    nature: str = champ("ce qui est attesté, en un mot : caution-deposee, cotisation-a-jour")
    valable: bool = champ("oui ou non", default=True)
    jusqu_au: Date | None = champ("dernier jour", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return fautes_d_attestation(self.nature, self.jusqu_au, valable=self.valable)


@commande("finances.NoterRemise")
class NoterRemise:
    """Noter qu'une attestation est déposée au lieu ; « tierslieu finances remettre » le note lui-même."""

    tiers: TiersId = champ("personne", dit="personne")
    nature: str = champ("ce qui est attesté")
    rang: int = champ("son rang")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "finances.AttestationAbsente",
    "Aucune attestation n° {rang} « {nature} » n'est établie pour {tiers}.",
    "Voyez celles qui le sont : tierslieu --finances registre attestations-etablies.",
)
class AttestationAbsente(Refus):
    tiers: TiersId = champ("personne", dit="personne")
    nature: str
    rang: int


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Etablie = tuple[AttestationEtablie | None, int]
"""The last one, and the rank of the last that was lodged."""


def _attestation(lue: Etablie, fait: AttestationEtablie | AttestationRemise) -> Etablie:
    return (fait, lue[1]) if isinstance(fait, AttestationEtablie) else (lue[0], fait.rang)


attestation_de = Lecture[Etablie]("finances.attestation", (None, 0), _attestation)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: EtablirAttestation | NoterRemise, _: Contexte) -> Lot[tuple[Etablie]]:
    return lire(attestation_de(mots.attestation(c.tiers, c.nature)))


def _etablir(c: EtablirAttestation, etats: tuple[Etablie], _: Contexte) -> Issue:
    ((derniere, _remise),) = etats
    if derniere is not None and (derniere.valable, derniere.jusqu_au) == (c.valable, c.jusqu_au):
        return ()
    rang = 1 if derniere is None else derniere.rang + 1
    return [AttestationEtablie(tiers=c.tiers, nature=c.nature, valable=c.valable, jusqu_au=c.jusqu_au, rang=rang)]


def _noter(c: NoterRemise, etats: tuple[Etablie], _: Contexte) -> Issue:
    ((derniere, remise),) = etats
    if c.rang <= remise:
        return ()
    if derniere is None or derniere.rang < c.rang:
        return AttestationAbsente(tiers=c.tiers, nature=c.nature, rang=c.rang)
    return [AttestationRemise(tiers=c.tiers, nature=c.nature, rang=c.rang)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEtablie:
    """The last attestation of a person, of one nature; ``remise``: whether the place's journal has it."""

    tiers: TiersId = attrs.field(metadata={"libelle": "personne", "dit": "personne"})
    nature: str
    valable: bool
    jusqu_au: Date | None
    rang: int
    remise: bool = False


def _tenir(
    lignes: dict[tuple[TiersId, str], LigneEtablie], fait: AttestationEtablie | AttestationRemise, _: Note
) -> None:
    cle = fait.tiers, fait.nature
    if isinstance(fait, AttestationEtablie):
        lignes[cle] = LigneEtablie(fait.tiers, fait.nature, fait.valable, fait.jusqu_au, fait.rang)
    elif cle in lignes:
        lignes[cle] = attrs.evolve(lignes[cle], remise=fait.rang >= lignes[cle].rang)


FAITS = (AttestationEtablie, AttestationRemise)
DEMANDES = (Demande(EtablirAttestation, SEULES, _lit, _etablir), Demande(NoterRemise, SEULES, _lit, _noter))
REFUS = (AttestationAbsente,)
REGISTRES = (Registre("attestations-etablies", LigneEtablie, _tenir, titre="Attestations établies"),)
