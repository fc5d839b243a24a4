"""Attestations (D2): all that the money may ever say here: yes or no, until a date, in one word, never an amount.

The finance body lodges them under its own mandate; the concierge reads them, and can neither make nor change any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import FINANCES
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.attester import fautes_d_attestation
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

AVANT_JOURS = 30
"""How long before its term an attestation is told, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Attestee:
    """What was last said of one thing; ``jusqu_au``: its last day, ``None`` until something else is said."""

    nature: str
    valable: bool
    jusqu_au: Date | None

    def vaut(self, jour: Date) -> bool:
        """Whether it is a yes that holds on a day."""
        return self.valable and (self.jusqu_au is None or jour <= self.jusqu_au)


@evenement(
    "attestations.AttestationDeposee",
    "Les finances attestent, pour {personne} : « {nature} », {valable}[, jusqu'au {jusqu_au}]",
)
class AttestationDeposee:
    personne: PersonneId
    nature: str
    valable: bool
    jusqu_au: Date | None
    attestees: tuple[Attestee, ...] = champ("tout ce qui est attesté de la personne, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("attestations.DeposerAttestation")
class DeposerAttestation:
    """Attester d'une personne, par oui ou par non et en un mot : caution-deposee, cotisation-a-jour. Jamais un montant.

    Les finances seules le peuvent ; c'est tout ce que le lieu saura d'elles.
    """

    personne: PersonneId
    nature: str = champ("ce qui est attesté, en un mot : caution-deposee, cotisation-a-jour")
    valable: bool = champ("oui ou non", default=True)
    jusqu_au: Date | None = champ("dernier jour", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return fautes_d_attestation(self.nature, self.jusqu_au, valable=self.valable)


@commande("attestations.CorrigerAttestation")
class CorrigerAttestation:
    """Corriger la dernière attestation d'une personne, déposée par erreur."""

    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _attestees(_: tuple[Attestee, ...], fait: AttestationDeposee) -> tuple[Attestee, ...]:
    return fait.attestees


def _dernier(_: Read | None, fait: AttestationDeposee, note: Note) -> Read | None:
    return fait, note


attestees_de = Lecture[tuple[Attestee, ...]]("attestations.attestees", (), _attestees, dernier=True)
dernier_fait = Lecture[Read | None]("attestations.dernier_fait", None, _dernier, dernier=True, notes=True)

Etats = tuple[tuple[Attestee, ...], ...]


def attestees(qui: PersonneId, x: Contexte) -> Lot[Etats]:
    """What is attested of a person, under each of their identifiers, this one first."""
    return Lot(tuple(attestees_de(personne(un)) for un in identifiants(qui, x)))


def valables(etats: Etats, jour: Date) -> tuple[str, ...]:
    """What is attested, and holds on a day."""
    return tuple(dict.fromkeys(une.nature for attestees in etats for une in attestees if une.vaut(jour)))


# ── décision ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _deposer(c: DeposerAttestation, etats: Etats, x: Contexte) -> Issue:
    """Under each identifier of which it was ever said, so that none keeps saying something else."""
    dite = Attestee(nature=c.nature, valable=c.valable, jusqu_au=c.jusqu_au)
    return [
        AttestationDeposee(
            personne=un, nature=c.nature, valable=c.valable, jusqu_au=c.jusqu_au,
            attestees=(*(a for a in siennes if a.nature != c.nature), dite),
        )
        for un, siennes in zip(identifiants(c.personne, x), etats, strict=True)
        if dite not in siennes and (un == c.personne or any(a.nature == c.nature for a in siennes))
    ]  # fmt: skip


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAttestation:
    """``valable``: whether it is a yes that holds, on the day it is read; ``par``: who, of the finances, said so."""

    personne: PersonneId
    nature: str
    valable: bool
    jusqu_au: Date | None
    par: PersonneId
    le: str


def _tenir(lignes: dict[tuple[PersonneId, str], LigneAttestation], fait: AttestationDeposee, note: Note) -> None:
    lignes[fait.personne, fait.nature] = LigneAttestation(
        fait.personne, fait.nature, fait.valable, fait.jusqu_au, PersonneId(note.par), note.survenu_le
    )


def _au(ligne: LigneAttestation, jour: Date) -> LigneAttestation:
    dite = Attestee(nature=ligne.nature, valable=ligne.valable, jusqu_au=ligne.jusqu_au)
    return attrs.evolve(ligne, valable=dite.vaut(jour))


def _dues(ligne: LigneAttestation, x: Contexte) -> Iterator[Due]:
    if ligne.jusqu_au is not None:
        quand = rappel(ligne.jusqu_au, x, action="attester", jours=AVANT_JOURS)
        phrase = "{personne} : « {nature} » n'est attesté que jusqu'au {jusqu_au} ; les finances le diront à nouveau"
        yield Due(quand, personne(ligne.personne), phrase)


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SEULES = frozenset({FINANCES})
DOMAINE = Domaine(
    "attestations",
    "Attestations des finances",
    faits=(AttestationDeposee,),
    demandes=(
        Demande(DeposerAttestation, SEULES, lambda c, x: attestees(c.personne, x), _deposer),
        correction(CorrigerAttestation, SEULES, dernier_fait, lambda c: personne(c.personne)),
    ),
    registres=(Registre("attestations", LigneAttestation, _tenir, _au, "Registre des attestations", ("personne",)),),
    echeances=(Echeance("attestations.terme", "Attestations qui finissent", "attestations", _dues),),
)
