"""Registres: a row for each partnership, one for each thing that a side owes; what falls due of both."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.projets.partenariats.partenariat import (
    ContactNoue,
    ConventionSignee,
    EngagementConstate,
    PartenariatClos,
    PartenariatEvalue,
)
from tierslieu_core.kernel.declarations import Contexte, Identifiant, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ActeurId, AxeId, PartenariatId, PersonneId, partenariat
from tierslieu_core.vocabulaire.temps import matin

AVANT_JOURS, SANS_SUITE_JOURS = 60, 45
"""How long before its term an agreement is told; how long a contact waits before somebody is to take it up again."""


@attrs.frozen
class LignePartenariat:
    """``etat``, on the day it is read: contact, à venir, en cours, échu, fini. ``bilan``: the last review.

    ``depuis``: the day of the last word said of it.
    """

    partenariat: PartenariatId
    nom: str
    nature: str
    axe: AxeId | None
    acteur: ActeurId | None
    personne: PersonneId
    depuis: Date
    du: Date | None = None
    au: Date | None = None
    bilan: Personnel | None = None
    fini: bool = False
    etat: str = ""


def _tenir(
    lignes: dict[PartenariatId, LignePartenariat],
    fait: ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos,
    note: Note,
) -> None:
    qui, avant = fait.partenaire, lignes.get(fait.partenariat)
    le = Date.parse_iso(note.survenu_le[:10])
    ligne = LignePartenariat(fait.partenariat, qui.nom, qui.nature, qui.axe, qui.acteur, qui.personne, le)
    if avant is not None:
        ligne = attrs.evolve(ligne, du=avant.du, bilan=avant.bilan)
    match fait:
        case ContactNoue():
            ligne = attrs.evolve(ligne, du=None)
        case PartenariatClos():
            ligne = attrs.evolve(ligne, au=fait.le, fini=True)
        case PartenariatEvalue():
            ligne = attrs.evolve(ligne, du=fait.convention.du, au=fait.convention.au, bilan=fait.bilan)
        case _:
            ligne = attrs.evolve(ligne, du=fait.convention.du, au=fait.convention.au)
    lignes[fait.partenariat] = ligne


def _au(ligne: LignePartenariat, jour: Date) -> LignePartenariat:
    return attrs.evolve(ligne, etat=_etat(ligne, jour))


def _etat(ligne: LignePartenariat, jour: Date) -> str:
    if ligne.fini:
        return "fini"
    if ligne.du is None or ligne.au is None:
        return "contact"
    return "à venir" if jour < ligne.du else "en cours" if jour <= ligne.au else "échu"


def _dues(ligne: LignePartenariat, x: Contexte) -> Iterator[Due]:
    """What is to be done of a partnership: take a contact up again, see to what is owed, review and renew in time."""
    chose = partenariat(ligne.partenariat)
    if ligne.fini:
        return
    if ligne.au is None:
        quand = rappel(ligne.depuis.add(days=SANS_SUITE_JOURS), x, action="contacter", jours=0)
        yield Due(quand, chose, "{nom} : contact sans suite depuis le {depuis} ; à reprendre, ou à clore")
        return
    quand = rappel(ligne.au, x, action="conventionner", jours=AVANT_JOURS)
    yield Due(quand, chose, "{nom} : la convention finit le {au} ; en faire le bilan, la renouveler ou y mettre fin")


# ── ce que chacun doit ──────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEngagement:
    """What one side owes under the agreement that holds; ``tenu``: whether it did, once somebody said."""

    partenariat: PartenariatId
    nom: str
    engagement: str
    cote: str
    pour_le: Date | None
    tenu: bool | None


Engages = dict[tuple[PartenariatId, str], LigneEngagement]


def _tenir_engagements(
    lignes: Engages,
    fait: ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos,
    _: Note,
) -> None:
    for cle in [cle for cle in lignes if cle[0] == fait.partenariat]:
        del lignes[cle]
    if not isinstance(fait, ContactNoue | PartenariatClos):
        for un in fait.convention.engagements:
            lignes[fait.partenariat, un.nom] = LigneEngagement(
                fait.partenariat, fait.partenaire.nom, un.nom, un.cote, un.pour_le, un.tenu
            )


def _dus(ligne: LigneEngagement, x: Contexte) -> Iterator[Due]:
    if ligne.tenu is None and ligne.pour_le is not None:
        chose = f"{partenariat(ligne.partenariat)}~{ligne.engagement}"
        phrase = "{nom} : « {engagement} », que doit le {cote}"
        yield Due(matin(ligne.pour_le, x.livre.zone), chose, phrase)


REGISTRES = (
    Registre("partenariats", LignePartenariat, _tenir, _au, "Registre des partenariats"),
    Registre("engagements", LigneEngagement, _tenir_engagements, titre="Ce que chacun doit à ses partenaires"),
)
IDENTIFIANTS = (Identifiant(PartenariatId, ContactNoue),)
TRANSMISSIONS = (
    Transmission(
        "Les partenariats", "partenariats", "{nom} ({nature}), {etat}[ jusqu'au {au}], que suit {personne}",
        lambda ligne, _: ligne.etat != "fini",
    ),
    Transmission(
        "Ce que le lieu doit à ses partenaires, et eux à lui", "engagements",
        "{nom} : « {engagement} », que doit le {cote}",
        lambda ligne, _: not ligne.tenu,
    ),
    Transmission(
        "Ce que les partenariats ont donné", "partenariats", "{nom} : {bilan}", lambda ligne, _: bool(ligne.bilan),
        rubrique="appris",
    ),
)  # fmt: skip
ECHEANCES = (
    Echeance("partenariats.terme", "Partenariats à suivre", "partenariats", _dues),
    Echeance("partenariats.engagement", "Engagements de partenariat", "engagements", _dus),
)
