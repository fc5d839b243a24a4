"""Un contrat: insurance, rent, subscription. Each fact tells it whole; dates alone say where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from whenever import Date

from tierslieu_core.domaines.administration.contrats.termes import Termes
from tierslieu_core.kernel.declarations import Refus, evenement, personnel, refus
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ContratId, DocumentId, contrat

Partie = Literal["lieu", "organisme"]


def de_nature(nature: str) -> str:
    """The contracts of one kind: where a rule that asks for one in course reads."""
    return f"contrats:{nature}"


def _etiquettes(fait: Fait) -> Iterable[str]:
    return contrat(fait.contrat), de_nature(fait.nature)


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("contrats.ContratConclu", "Contrat conclu : « {nom} » ({nature})[, auprès de {organisme}], {termes}")
class ContratConclu:
    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]

    etiquettes = _etiquettes


@evenement("contrats.ContratAmende", "« {nom} » est amendé : {termes}[, auprès de {organisme}]")
class ContratAmende:
    """A notice that was given is lifted: both sides agreed on something else."""

    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]

    etiquettes = _etiquettes


@evenement("contrats.ContratRenouvele", "« {nom} » est renouvelé : {termes}")
class ContratRenouvele:
    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]

    etiquettes = _etiquettes


@evenement("contrats.PreavisDonne", "Préavis donné par {partie}, le {le} : « {nom} » prend fin le {fin}")
class PreavisDonne:
    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]
    partie: Partie
    le: Date
    fin: Date

    etiquettes = _etiquettes


@evenement("contrats.ContratTermine", "« {nom} » prend fin le {fin} : {motif}")
class ContratTermine:
    """``fin``: its last day."""

    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]
    fin: Date
    motif: Personnel = personnel(qui="par", conservation="contrat")

    etiquettes = _etiquettes


Fait = ContratConclu | ContratAmende | ContratRenouvele | PreavisDonne | ContratTermine
FAITS = (ContratConclu, ContratAmende, ContratRenouvele, PreavisDonne, ContratTermine)

# ── où il en est, un jour donné ─────────────────────────────────────────────────────────────────────────────────────

Etat = Literal["à venir", "en cours", "prend fin", "échu", "terminé"]


def fin_de(fait: Fait) -> Date | None:
    """Its last day, as far as the facts tell; ``None`` when it goes on by itself."""
    if isinstance(fait, PreavisDonne | ContratTermine):
        return fait.fin
    return None if fait.termes.tacite_mois else fait.termes.echeance


def court(fait: Fait, jour: Date) -> bool:
    """Whether it is in force that day."""
    fin = fin_de(fait)
    return fait.termes.du <= jour and (fin is None or jour <= fin)


def etat(fait: Fait, jour: Date) -> Etat:
    """Where it stands that day."""
    dit, clos = isinstance(fait, PreavisDonne | ContratTermine), isinstance(fait, ContratTermine)
    return etape(fait.termes, fin_de(fait), jour, dit=dit, clos=clos)


def etape(termes: Termes, fin: Date | None, jour: Date, *, dit: bool, clos: bool) -> Etat:
    """The same; ``dit``: its end was told (notice, or an agreement), ``clos``: somebody ended it.

    ``prend fin``: its end was told, for a day to come; ``échu``: it ran out, and nobody ended it.
    """
    if fin is not None and fin < jour:
        return "terminé" if clos else "échu"
    if dit:
        return "prend fin"
    return "à venir" if jour < termes.du else "en cours"


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("contrats.ContratPasACetteEtape", "« {contrat} » {etat} : cela ne s'en fait pas, ou plus.", "{issue}")
class ContratPasACetteEtape(Refus):
    contrat: ContratId
    etat: str
    issue: str


DITS: dict[Etat, str] = {
    "à venir": "n'a pas commencé", "en cours": "est en cours", "prend fin": "prend fin, et l'on sait quel jour",
    "échu": "est échu", "terminé": "est terminé",
}  # fmt: skip
ISSUES: dict[Etat, str] = {
    "prend fin": "S'il doit durer, dites ce qui est convenu par un avenant (contrats.AmenderContrat).",
    "échu": "Concluez celui qui le remplace (contrats.ConclureContrat), puis terminez celui-ci.",
    "terminé": "Concluez-en un nouveau (contrats.ConclureContrat).",
}

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Contrats = dict[ContratId, Fait]


def _contrat(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _tous(etat: Contrats, fait: Fait) -> Contrats:
    return {**etat, fait.contrat: fait}


contrat_de = Lecture[Fait | None]("contrats.contrat", None, _contrat, dernier=True)
contrats_de_nature = Lecture[Contrats]("contrats.de_nature", {}, _tous)
