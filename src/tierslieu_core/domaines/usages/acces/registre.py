"""Registres: what opens what, who could enter where on a date; what is to be taken back, and what is to be changed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import MandatTermine
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdherentExclu,
    AdhesionAdmise,
    AdhesionRenouvelee,
    AdhesionSuspendue,
    DepartEnregistre,
)
from tierslieu_core.domaines.usages.acces.moyens import (
    MoyenChange,
    MoyenDeclare,
    MoyenPerdu,
    MoyenRemis,
    MoyenRendu,
)
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.identifiants import EspaceId, MoyenId, PersonneId, moyen
from tierslieu_core.vocabulaire.temps import matin


@attrs.frozen
class LigneMoyen:
    """``etat``: au tableau, en main, perdu (it opens until it is changed)."""

    moyen: MoyenId
    nom: str
    nature: str
    ouvre: tuple[EspaceId, ...]
    tenants: tuple[PersonneId, ...]
    etat: str
    le: str = ""


def _tenir(
    lignes: dict[MoyenId, LigneMoyen],
    fait: MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange,
    note: Note,
) -> None:
    etat = "perdu" if fait.perdu else "en main" if fait.tenants else "au tableau"
    lignes[fait.moyen] = LigneMoyen(fait.moyen, fait.nom, fait.nature, fait.ouvre, fait.tenants, etat, note.survenu_le)


@attrs.frozen
class LigneAcces:
    """Who holds what, and what they can enter with it; ``cause``: why it is to be taken back, if it is."""

    personne: PersonneId
    moyen: MoyenId
    nom: str
    ouvre: tuple[EspaceId, ...]
    depuis: Date
    jusqu_au: Date | None
    cause: str = ""


Acces = dict[tuple[PersonneId, MoyenId], LigneAcces]
DU_DEHORS = MandatTermine | AdherentExclu | AdhesionSuspendue | DepartEnregistre | AdhesionAdmise | AdhesionRenouvelee


def _tenir_acces(
    lignes: Acces,
    fait: MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange | MandatTermine | AdherentExclu
    | AdhesionSuspendue | DepartEnregistre | AdhesionAdmise | AdhesionRenouvelee,
    note: Note,
) -> None:  # fmt: skip
    if isinstance(fait, DU_DEHORS):
        for cle, ligne in lignes.items():
            if ligne.personne == fait.personne:
                lignes[cle] = attrs.evolve(ligne, cause=_cause(fait))
        return
    for cle, ligne in list(lignes.items()):
        if ligne.moyen == fait.moyen and ligne.personne not in fait.tenants:
            del lignes[cle]
        elif ligne.moyen == fait.moyen:
            lignes[cle] = attrs.evolve(ligne, nom=fait.nom, ouvre=fait.ouvre)
    if isinstance(fait, MoyenRemis):
        le = Date.parse_iso(note.survenu_le[:10])
        lignes[fait.personne, fait.moyen] = LigneAcces(
            fait.personne, fait.moyen, fait.nom, fait.ouvre, le, fait.jusqu_au
        )


def _cause(
    fait: MandatTermine | AdherentExclu | AdhesionSuspendue | DepartEnregistre | AdhesionAdmise | AdhesionRenouvelee,
) -> str:
    match fait:
        case MandatTermine():
            return f"fin du mandat « {fait.role} »"
        case AdherentExclu():
            return "exclusion"
        case AdhesionSuspendue():
            return "suspension"
        case DepartEnregistre():
            return "départ"
        case _:
            return ""


# ── ce qui est à faire ──────────────────────────────────────────────────────────────────────────────────────────────


def _a_changer(ligne: LigneMoyen, _: Contexte) -> Iterator[Due]:
    if ligne.etat == "perdu":
        yield Due(Instant.parse_iso(ligne.le), moyen(ligne.moyen), "{nom} est perdu : changer ce qui ferme {ouvre}")


def _a_reprendre(ligne: LigneAcces, x: Contexte) -> Iterator[Due]:
    chose = f"{moyen(ligne.moyen)}~{ligne.personne}"
    if ligne.cause:
        yield Due(matin(ligne.depuis, x.livre.zone), chose, "{nom}, chez {personne}, est à reprendre : {cause}")
    elif ligne.jusqu_au is not None:
        yield Due(matin(ligne.jusqu_au, x.livre.zone), chose, "{nom} est à rendre par {personne}")


REGISTRES = (
    Registre("moyens", LigneMoyen, _tenir, titre="Clés, badges et codes"),
    Registre("acces", LigneAcces, _tenir_acces, titre="Qui peut entrer où", index=("personne", "moyen")),
)
ECHEANCES = (
    Echeance("acces.a_changer", "Serrures et codes à changer", "moyens", _a_changer),
    Echeance("acces.a_reprendre", "Clés, badges et codes à reprendre", "acces", _a_reprendre),
)
TRANSMISSIONS = (
    Transmission(
        "Qui a quelle clé", "acces", "{nom}, chez {personne} ({ouvre})[, jusqu'au {jusqu_au}][ : {cause}]",
        rubrique="gens",
    ),
    Transmission(
        "Ce que les vérifications ont laissé à corriger", "securite", "{nom} : {observations}",
        lambda ligne, _: bool(ligne.observations),
    ),
)  # fmt: skip
