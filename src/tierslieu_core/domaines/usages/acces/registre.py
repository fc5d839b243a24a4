"""Registres: what opens what, who could enter where on a date; what is to be taken back, and what is to be changed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdherentExclu,
    AdhesionAdmise,
    AdhesionRenouvelee,
    AdhesionReprise,
    AdhesionSuspendue,
    DepartEnregistre,
    ExclusionLevee,
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
    """Who holds what, and what they can enter with it.

    ``cause``: why it is to be taken back, from ``cause_du`` to ``cause_au`` (``None``: without end), if it is.
    """

    moyen: MoyenId
    nom: str
    personne: PersonneId
    ouvre: tuple[EspaceId, ...]
    depuis: Date
    jusqu_au: Date | None
    cause: str = ""
    cause_du: Date | None = None
    cause_au: Date | None = None


Acces = dict[tuple[PersonneId, MoyenId], LigneAcces]
DU_DEHORS = (
    AdherentExclu | ExclusionLevee | AdhesionSuspendue | AdhesionReprise | DepartEnregistre | AdhesionAdmise
    | AdhesionRenouvelee
)  # fmt: skip


def _tenir_acces(
    lignes: Acces,
    fait: MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange | AdherentExclu | ExclusionLevee
    | AdhesionSuspendue | AdhesionReprise | DepartEnregistre | AdhesionAdmise | AdhesionRenouvelee,
    note: Note,
) -> None:  # fmt: skip
    if isinstance(fait, DU_DEHORS):
        cause, du, au = _cause(fait)
        for cle, ligne in lignes.items():
            if ligne.personne == fait.personne:
                lignes[cle] = attrs.evolve(ligne, cause=cause, cause_du=du, cause_au=au)
        return
    for cle, ligne in list(lignes.items()):
        if ligne.moyen == fait.moyen and ligne.personne not in fait.tenants:
            del lignes[cle]
        elif ligne.moyen == fait.moyen:
            lignes[cle] = attrs.evolve(ligne, nom=fait.nom, ouvre=fait.ouvre)
    if isinstance(fait, MoyenRemis):
        le = Date.parse_iso(note.survenu_le[:10])
        lignes[fait.personne, fait.moyen] = LigneAcces(
            fait.moyen, fait.nom, fait.personne, fait.ouvre, le, fait.jusqu_au
        )


def _cause(
    fait: AdherentExclu | ExclusionLevee | AdhesionSuspendue | AdhesionReprise | DepartEnregistre | AdhesionAdmise
    | AdhesionRenouvelee,
) -> tuple[str, Date | None, Date | None]:  # fmt: skip
    """Why a person may not come in any more, and on which days; a suspension that is lifted is none."""
    match fait:
        case AdherentExclu():
            return "exclusion", fait.exclusion.du, fait.exclusion.au
        case DepartEnregistre():
            return "départ", fait.le.next_day(), None
        case AdhesionSuspendue():
            return "suspension", fait.suspension.du, fait.suspension.au
        case _:
            return "", None, None


# ── ce qui est à faire ──────────────────────────────────────────────────────────────────────────────────────────────


def _a_changer(ligne: LigneMoyen, _: Contexte) -> Iterator[Due]:
    if ligne.etat == "perdu":
        yield Due(
            Instant.parse_iso(ligne.le), moyen(ligne.moyen), "{nom} : perte déclarée ; changer ce qui ferme {ouvre}"
        )


def _a_reprendre(ligne: LigneAcces, x: Contexte) -> Iterator[Due]:
    """From the first day on which they may not come in; with the last mandate of whoever held one when it was given."""
    chose = f"{moyen(ligne.moyen)}~{ligne.personne}"
    passee = ligne.cause_au is not None and ligne.cause_au < x.aujourdhui
    if ligne.cause_du is not None and not passee:
        quand = matin(max(ligne.cause_du, ligne.depuis), x.livre.zone)
        yield Due(quand, chose, "{nom}, chez {personne}, est à reprendre : {cause}")
    elif ligne.jusqu_au is not None:
        yield Due(matin(ligne.jusqu_au, x.livre.zone), chose, "{nom} est à rendre par {personne}")
    if (dernier := _dernier_mandat(ligne, x)) is not None:
        role, fin = dernier
        phrase = f"{{nom}}, chez {{personne}}, est à reprendre : fin du mandat « {role} »"
        yield Due(matin(fin.next_day(), x.livre.zone), f"{chose}~mandat", phrase)


def _dernier_mandat(ligne: LigneAcces, x: Contexte) -> tuple[str, Date] | None:
    """The mandate that ends last, by its date or by a decision; ``None``: one goes on, or none was held then."""
    tableau = x.livre.mandats
    tenus = tableau.de(ligne.personne)
    if not any(m.du <= ligne.depuis and tableau.tient_jusqu_a(m, ligne.depuis) for m in tenus):
        return None
    fins = [(m.role, tableau.fin(m)) for m in tenus]
    return None if any(fin is None for _, fin in fins) else max(fins, key=lambda un: un[1])


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
