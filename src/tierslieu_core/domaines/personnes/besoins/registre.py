"""Registre des besoins: where each stands, who supports it, for how long it has waited; what nobody answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.personnes.besoins.besoin import (
    CYCLE,
    OUVERTS,
    BesoinEcarte,
    BesoinExprime,
    BesoinGroupe,
    BesoinRepondu,
    BesoinRouvert,
)
from tierslieu_core.domaines.personnes.besoins.soutien import SoutienApporte, SoutienRetire, SoutiensNotes
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    BesoinId,
    FormationId,
    PartenariatId,
    PersonneId,
    PublicId,
    ServiceId,
    besoin,
)
from tierslieu_core.vocabulaire.temps import jours_entre

SANS_REPONSE_JOURS = 90
"""How long a need waits before somebody is to answer it; a place may say earlier (``rappel_echeance``)."""


@attrs.frozen
class Appui:
    """One person's support of one need; or that of so many of a public, whom the place does not know."""

    besoin: BesoinId
    personne: PersonneId | None
    public: PublicId | None = None
    nombre: int = 1

    def nomme(self, nommer: Callable[[str, str], str]) -> str:
        """``Zoé Dupont``, ``Riverains × 12``."""
        if self.personne:
            return nommer("personne", self.personne)
        return f"{nommer('public', self.public or '')} × {self.nombre}"

    def meme(self, autre: Appui) -> bool:
        """Whether it says anew what the other said."""
        return (self.besoin, self.personne, self.public) == (autre.besoin, autre.personne, autre.public)


@attrs.frozen
class LigneBesoin:
    """``soutiens``: how many, each person once; ``jours``: for how long it has waited, while nothing answers it.

    ``dans``: the need that it is now said with; ``motif``: why it was set aside or reopened, in what it is answered.
    """

    besoin: BesoinId
    nom: str
    etat: str
    origine: str
    publics: tuple[PublicId, ...]
    depuis: Date
    soutiens: int = 0
    jours: int | None = None
    dans: BesoinId | None = None
    activite: ActiviteId | None = None
    service: ServiceId | None = None
    formation: FormationId | None = None
    partenariat: PartenariatId | None = None
    motif: Personnel | None = None
    appuis: tuple[Appui, ...] = ()


Lignes = dict[BesoinId, LigneBesoin]


def _tenir(
    lignes: Lignes,
    fait: BesoinExprime
    | BesoinGroupe
    | BesoinRepondu
    | BesoinEcarte
    | BesoinRouvert
    | SoutienApporte
    | SoutienRetire
    | SoutiensNotes,
    note: Note,
) -> None:
    match fait:
        case SoutienApporte() | SoutienRetire():
            dit = Appui(fait.besoin, fait.personne)
            _appuyer(lignes, dit, garde=isinstance(fait, SoutienApporte))
        case SoutiensNotes():
            _appuyer(lignes, Appui(fait.besoin, None, fait.public, fait.nombre), garde=fait.nombre > 0)
        case _:
            _avancer(lignes, fait, Date.parse_iso(note.survenu_le[:10]))


def _appuyer(lignes: Lignes, dit: Appui, *, garde: bool) -> None:
    """Said of a need, it counts there, and in those that it is now said with."""
    for une in list(lignes.values()):
        if une.besoin == dit.besoin or any(dit.meme(autre) for autre in une.appuis):
            sans = tuple(autre for autre in une.appuis if not dit.meme(autre))
            lignes[une.besoin] = _compte(une, (*sans, dit) if garde else sans)


def _compte(ligne: LigneBesoin, appuis: tuple[Appui, ...]) -> LigneBesoin:
    connues = {un.personne for un in appuis if un.personne}
    autres = sum(un.nombre for un in appuis if not un.personne)
    return attrs.evolve(ligne, appuis=appuis, soutiens=len(connues) + autres)


def _avancer(
    lignes: Lignes, fait: BesoinExprime | BesoinGroupe | BesoinRepondu | BesoinEcarte | BesoinRouvert, le: Date
) -> None:
    """What a step says is all there is; its supporters stay, and go with it into another."""
    appuis = lignes[fait.besoin].appuis if fait.besoin in lignes else ()
    depuis = le if isinstance(fait, OUVERTS) else lignes[fait.besoin].depuis
    dit: dict[str, Any] = {
        nom: getattr(fait, nom, None) for nom in ("dans", "activite", "service", "formation", "partenariat")
    }
    motif = getattr(fait, "motif", getattr(fait, "comment", None))
    ligne = LigneBesoin(fait.besoin, fait.nom, CYCLE.mot(fait), fait.origine, fait.publics, depuis, motif=motif, **dit)
    lignes[fait.besoin] = _compte(ligne, appuis)
    if isinstance(fait, BesoinGroupe) and fait.dans in lignes:
        autre = lignes[fait.dans]
        lignes[fait.dans] = _compte(autre, tuple(dict.fromkeys((*autre.appuis, *appuis))))


AILLEURS = ("dans", "activite", "service", "formation", "partenariat")
"""What a need leads to, by the names of the fields that say it."""


def _attend(ligne: LigneBesoin) -> bool:
    return ligne.etat in {CYCLE.mots[nature] for nature in OUVERTS}


def _au(ligne: LigneBesoin, jour: Date) -> LigneBesoin:
    return attrs.evolve(ligne, jours=max(0, jours_entre(ligne.depuis, jour))) if _attend(ligne) else ligne


def _dues(ligne: LigneBesoin, x: Contexte) -> Iterator[Due]:
    """Nobody's need waits for ever: somebody answers it, or says why not."""
    if _attend(ligne):
        quand = rappel(ligne.depuis.add(days=SANS_REPONSE_JOURS), x, action="repondre_besoin", jours=0)
        phrase = "« {nom} » attend depuis le {depuis} (soutiens : {soutiens}) ; y répondre, ou dire pourquoi non"
        yield Due(quand, besoin(ligne.besoin), phrase)


REGISTRES = (Registre("besoins", LigneBesoin, _tenir, _au, "Registre des besoins"),)
ECHEANCES = (Echeance("besoins.repondre", "Besoins sans réponse", "besoins", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Besoins sans réponse", "besoins", "{nom}[ ({publics})], depuis le {depuis} ; soutiens : {soutiens}",
        lambda ligne, _: _attend(ligne),
    ),
    Transmission(
        "Besoins écartés", "besoins", "{nom} : {motif}", lambda ligne, _: ligne.etat == CYCLE.mots[BesoinEcarte],
        rubrique="appris",
    ),
)  # fmt: skip
