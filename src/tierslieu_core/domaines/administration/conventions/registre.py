"""Registre: a row for each convention, with where it stands on the day it is read, and who has yet to sign."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.conventions.convention import (
    PARTIES,
    Accord,
    AvenantPropose,
    ConventionPreparee,
    ConventionTerminee,
    ProjetRetire,
    RenouvellementPropose,
    SignatureApposee,
    etape,
    terminee_le,
)
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import ConventionId, PersonneId, convention
from tierslieu_core.vocabulaire.temps import matin

RAPPEL_JOURS = 30


@attrs.frozen
class LigneConvention:
    """``etat``: à signer, à venir, en cours, prend fin, échue, terminée. ``vigueur``: what both sides signed.

    ``projet``: what is proposed, and waits for ``reste`` to sign; ``depuis`` (UTC) that day.
    """

    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    vigueur: Accord | None
    projet: Accord | None
    reste: tuple[str, ...]
    depuis: Date
    terminee_le: Date | None
    etat: str = ""


def _tenir(
    lignes: dict[ConventionId, LigneConvention],
    fait: (
        ConventionPreparee | AvenantPropose | RenouvellementPropose | SignatureApposee | ProjetRetire
        | ConventionTerminee
    ),
    note: Note,
) -> None:  # fmt: skip
    reste = () if fait.projet is None else tuple(p for p in PARTIES if p not in fait.signee_par)
    lignes[fait.convention] = LigneConvention(
        fait.convention, fait.nom, fait.nature, fait.personne, fait.vigueur, fait.projet, reste,
        Date.parse_iso(note.survenu_le[:10]), terminee_le(fait),
    )  # fmt: skip


def _au(ligne: LigneConvention, jour: Date) -> LigneConvention:
    return attrs.evolve(ligne, etat=etape(ligne.vigueur, ligne.terminee_le, jour))


def _dues(ligne: LigneConvention, x: Contexte) -> Iterator[Due]:
    """What waits to be signed; then, ahead of its last day, what is to be renewed."""
    if ligne.terminee_le is not None:
        return
    tag, jour = convention(ligne.convention), x.aujourdhui
    if ligne.projet is not None:
        phrase = "« {nom} », avec {personne} : reste à signer côté {reste}"
        yield Due(matin(ligne.depuis, x.livre.zone), tag, phrase)
    elif ligne.vigueur is not None and (au := ligne.vigueur.au) is not None:
        fini = f"a pris fin le {date(au)} : à renouveler, ou à terminer (conventions.TerminerConvention)"
        dit = f"prend fin le {date(au)} : à renouveler, ou à laisser finir" if jour <= au else fini
        yield Due(
            rappel(au, x, action="echeance_convention", jours=RAPPEL_JOURS), tag,
            f"« {{nom}} », avec {{personne}}, {dit}",
        )  # fmt: skip


REGISTRES = (
    Registre("conventions", LigneConvention, _tenir, _au, "Registre des conventions", index=("personne", "nature")),
)
ECHEANCES = (Echeance("conventions.a_suivre", "Conventions à suivre", "conventions", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les conventions",
        "conventions",
        "{nom} ({nature}), avec {personne} : {etat}[ le {terminee_le}][, {vigueur}][ ; reste à signer côté {reste}]",
        lambda ligne, _: ligne.etat != "terminée",
    ),
)
