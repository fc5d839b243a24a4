"""Registre de sécurité (R2): what is checked, how often, by whom; what was observed, what put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ControleId, DocumentId, EspaceId
from tierslieu_core.vocabulaire.identifiants import controle as etiquette
from tierslieu_core.vocabulaire.vie import vers

AVANT_JOURS = 30
"""How long before its day a check is told, unless the place has set otherwise."""

# ── événements : chacun dit la vérification tout entière ────────────────────────────────────────────────────────────


def _etiquettes(fait: Any) -> Iterable[str]:
    return (etiquette(fait.controle),)


@evenement("acces.ControlePrevu", "À vérifier tous les {tous_les_mois} mois : {nom}[, {espace}]")
class ControlePrevu:
    controle: ControleId
    nom: str
    espace: EspaceId | None
    tous_les_mois: int = champ("tous les", unite="mois")
    prochain: Date
    observations: tuple[str, ...] = ()

    etiquettes = _etiquettes


@evenement("acces.ControleFait", "{nom}, vérifié le {le} par {organisme}[ ; observations : {observations}]")
class ControleFait:
    controle: ControleId
    nom: str
    espace: EspaceId | None
    tous_les_mois: int
    prochain: Date
    observations: tuple[str, ...] = champ("ce qui reste à corriger")
    le: Date
    organisme: str
    document: DocumentId | None

    etiquettes = _etiquettes


@evenement("acces.ObservationLevee", "{nom} : « {observation} » est corrigé ({travaux})")
class ObservationLevee:
    controle: ControleId
    nom: str
    espace: EspaceId | None
    tous_les_mois: int
    prochain: Date
    observations: tuple[str, ...]
    observation: str
    travaux: str

    etiquettes = _etiquettes


Fait = ControlePrevu | ControleFait | ObservationLevee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("acces.PrevoirControle")
class PrevoirControle:
    """Prévoir une vérification périodique : extincteurs, électricité, alarme…"""

    controle: ControleId = nouveau("vérification, en un mot")
    nom: str = champ("nom")
    tous_les_mois: int = champ("tous les", unite="mois")
    prochain: Date = champ("la prochaine, au plus tard")
    espace: EspaceId | None = champ("d'un seul espace", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if 1 <= self.tous_les_mois <= MOIS_MAX else [("tous_les_mois", f"de 1 à {MOIS_MAX}")]


@commande("acces.NoterControle")
class NoterControle:
    """Noter une vérification faite : quand, par quel organisme, ce qu'il a observé."""

    controle: ControleId
    le: Date = champ("jour de la vérification")
    organisme: str = champ("par quel organisme (jamais une personne)")
    observations: tuple[str, ...] = champ("ce qu'il faut corriger", default=())
    document: DocumentId | None = champ("son rapport", default=None)


@commande("acces.LeverObservation")
class LeverObservation:
    """Dire qu'une observation est corrigée, et par quels travaux."""

    controle: ControleId
    observation: str
    travaux: str = champ("ce qui fut fait")


@commande("acces.CorrigerControle")
class CorrigerControle:
    """Corriger le dernier fait d'une vérification, enregistré par erreur."""

    controle: ControleId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


MOIS_MAX = 120

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "acces.ControleAbsent",
    "La vérification « {controle} » fut enregistrée par erreur : il n'y a plus rien sous ce nom court.",
    "Prévoyez-la (acces.PrevoirControle).",
)
class ControleAbsent(Refus):
    controle: str


@refus(
    "acces.ObservationInconnue",
    "{nom} : rien n'est observé sous « {observation} ».",
    "Ce qui reste à corriger : {observations}.",
)
class ObservationInconnue(Refus):
    nom: str
    observation: str
    observations: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _controle(_: Fait | None, fait: ControlePrevu | ControleFait | ObservationLevee) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: ControlePrevu | ControleFait | ObservationLevee, note: Note) -> Read | None:
    return fait, note


controle_de = Lecture[Fait | None]("acces.controle", None, _controle, dernier=True)
dernier_fait = Lecture[Read | None]("acces.dernier_fait_controle", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(controle_de(etiquette(c.controle)))


def _prevoir(c: PrevoirControle, etats: Etats, _: Contexte) -> Issue:
    deja = etats[0]
    dit = vers(ControlePrevu, c, observations=deja.observations if deja else ())
    return () if deja is not None and vers(ControlePrevu, deja) == dit else [dit]


def _noter(c: NoterControle, etats: Etats, _: Contexte) -> Issue:
    k = etats[0]
    if k is None:
        return ControleAbsent(controle=c.controle)
    if isinstance(k, ControleFait) and (k.le, k.organisme, k.document) == (c.le, c.organisme, c.document):
        return ()
    prochain = c.le.add(months=k.tous_les_mois)
    observations = tuple(dict.fromkeys((*k.observations, *c.observations)))
    return [
        vers(ControleFait, k, le=c.le, organisme=c.organisme, document=c.document, prochain=prochain,
             observations=observations)
    ]  # fmt: skip


def _lever(c: LeverObservation, etats: Etats, _: Contexte) -> Issue:
    k = etats[0]
    if k is None:
        return ControleAbsent(controle=c.controle)
    if isinstance(k, ObservationLevee) and k.observation == c.observation:
        return ()
    if c.observation not in k.observations:
        return ObservationInconnue(nom=k.nom, observation=c.observation, observations=k.observations)
    restent = tuple(un for un in k.observations if un != c.observation)
    return [vers(ObservationLevee, k, observations=restent, observation=c.observation, travaux=c.travaux)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneControle:
    """The safety register: what is checked, when it last was, when it is to be, what remains to be put right."""

    controle: ControleId
    nom: str
    espace: EspaceId | None
    tous_les_mois: int
    prochain: Date
    dernier: Date | None = None
    organisme: str = ""
    observations: tuple[str, ...] = ()


def _tenir(
    lignes: dict[ControleId, LigneControle], fait: ControlePrevu | ControleFait | ObservationLevee, _: Note
) -> None:
    avant = lignes.get(fait.controle)
    dernier, organisme = (avant.dernier, avant.organisme) if avant else (None, "")
    if isinstance(fait, ControleFait):
        dernier, organisme = fait.le, fait.organisme
    lignes[fait.controle] = LigneControle(
        fait.controle, fait.nom, fait.espace, fait.tous_les_mois, fait.prochain, dernier, organisme, fait.observations
    )


def _dues(ligne: LigneControle, x: Contexte) -> Iterator[Due]:
    chose = etiquette(ligne.controle)
    quand = rappel(ligne.prochain, x, action="verifier", jours=AVANT_JOURS)
    yield Due(quand, chose, "{nom} : à vérifier avant le {prochain}")
    if ligne.observations and ligne.dernier is not None:
        quand = rappel(ligne.dernier.add(days=AVANT_JOURS), x, action="verifier", jours=0)
        yield Due(quand, f"{chose}~observations", "{nom} : reste à corriger, depuis le {dernier} : {observations}")


REGIE = frozenset({"concierge", "coordination", "regie"})
FAITS = (ControlePrevu, ControleFait, ObservationLevee)
DEMANDES = (
    Demande(PrevoirControle, REGIE, _lit, _prevoir),
    Demande(NoterControle, REGIE, _lit, _noter),
    Demande(LeverObservation, REGIE, _lit, _lever),
    correction(CorrigerControle, REGIE, dernier_fait, lambda c: etiquette(c.controle)),
)
REFUS = (ControleAbsent, ObservationInconnue)
REGISTRES = (Registre("securite", LigneControle, _tenir, titre="Registre de sécurité"),)
IDENTIFIANTS = (Identifiant(ControleId, ControlePrevu, (ControlePrevu,)),)
ECHEANCES = (Echeance("acces.controle", "Registre de sécurité", "securite", _dues),)
