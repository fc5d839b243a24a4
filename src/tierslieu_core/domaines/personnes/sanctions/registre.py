"""Registre: what was done after each écart, and what somebody has yet to do."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.personnes.sanctions.mesure import Fait, MesureAPrendre, MesurePrise
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId, SanctionId, sanction
from tierslieu_core.vocabulaire.temps import matin


@attrs.frozen
class LigneSanction:
    """``etat``: à prononcer, prise, levée. ``rang``: of the écart, in its period. ``le`` (UTC)."""

    sanction: SanctionId
    personne: PersonneId
    mesure: str
    regle: RegleId | None
    rang: int | None
    le: Date
    motif: Personnel
    etat: str
    du: Date | None = None
    au: Date | None = None
    precisions: tuple[str, ...] = ()


def _tenir(lignes: dict[SanctionId, LigneSanction], fait: Fait, note: Note) -> None:
    le = Date.parse_iso(note.survenu_le[:10])
    match fait:
        case MesurePrise():
            if fait.remplace is not None:
                lignes.pop(fait.remplace, None)
            lignes[fait.sanction] = LigneSanction(
                fait.sanction, fait.personne, fait.mesure, fait.regle, fait.rang, le, fait.motif, "prise", fait.du,
                fait.au,
            )  # fmt: skip
        case MesureAPrendre():
            lignes[fait.sanction] = LigneSanction(
                fait.sanction, fait.personne, fait.mesure, fait.regle, fait.rang, le, fait.motif, "à prononcer",
                precisions=fait.precisions,
            )  # fmt: skip
        case _ if fait.sanction in lignes:  # on a past date, it is not yet taken
            lignes[fait.sanction] = attrs.evolve(lignes[fait.sanction], etat="levée")


def _dues(ligne: LigneSanction, x: Contexte) -> Iterator[Due]:
    """Somebody takes it; nobody guesses what it is."""
    if ligne.etat == "à prononcer":
        phrase = "{personne} : {mesure}, écart n° {rang} à la règle « {regle} » (sanctions.PrononcerSanction)"
        yield Due(matin(ligne.le, x.livre.zone), sanction(ligne.sanction), phrase)


REGISTRES = (Registre("sanctions", LigneSanction, _tenir, titre="Registre des sanctions", index=("personne",)),)
ECHEANCES = (Echeance("sanctions.a_prononcer", "Sanctions à prononcer", "sanctions", _dues),)


def _court(ligne: LigneSanction, x: Contexte) -> bool:
    """Whether it runs, or somebody has yet to pronounce it: not what is over, nor a warning, which leaves no trace."""
    dure = ligne.du is not None and (ligne.au is None or ligne.au >= x.aujourdhui)
    return ligne.etat == "à prononcer" or (ligne.etat == "prise" and dure)


TRANSMISSIONS = (
    Transmission(
        "Les sanctions qui courent",
        "sanctions",
        "{personne} : {mesure} ({etat})[, à partir du {du}][, jusqu'au {au}] ; {motif}",
        _court,
    ),
)
