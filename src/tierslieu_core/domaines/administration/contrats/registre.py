"""Registre: a row for each contract, with where it stands on the day it is read, and what it calls for."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.contrats.contrat import (
    ContratAmende,
    ContratConclu,
    ContratRenouvele,
    ContratTermine,
    PreavisDonne,
    etape,
    fin_de,
)
from tierslieu_core.domaines.administration.contrats.termes import Termes
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import ContratId, DocumentId, contrat

RAPPEL_JOURS = 30


@attrs.frozen
class LigneContrat:
    """``etat``: à venir, en cours, prend fin, échu, terminé. ``echeance``: of the period in course that day.

    ``preavis_avant``: the last day on which notice is given for it; ``preavis_par``: who gave it; ``fin``: its last
    day, when one is known; ``motif``: why somebody ended it.
    """

    contrat: ContratId
    nom: str
    nature: str
    organisme: str
    termes: Termes
    documents: tuple[DocumentId, ...]
    fin: Date | None
    preavis_par: str = ""
    motif: Personnel | None = None
    etat: str = ""
    echeance: Date | None = None
    preavis_avant: Date | None = None


def _tenir(
    lignes: dict[ContratId, LigneContrat],
    fait: ContratConclu | ContratAmende | ContratRenouvele | PreavisDonne | ContratTermine,
    _: Note,
) -> None:
    par = fait.partie if isinstance(fait, PreavisDonne) else ""
    motif = fait.motif if isinstance(fait, ContratTermine) else None
    lignes[fait.contrat] = LigneContrat(
        fait.contrat, fait.nom, fait.nature, fait.organisme, fait.termes, fait.documents, fin_de(fait), par, motif
    )


def _au(ligne: LigneContrat, jour: Date) -> LigneContrat:
    termes = ligne.termes
    echeance = termes.echeance_au(max(jour, termes.du))
    avant = termes.limite(echeance) if echeance and ligne.fin is None else None
    return attrs.evolve(ligne, etat=_etat(ligne, jour), echeance=echeance, preavis_avant=avant)


def _etat(ligne: LigneContrat, jour: Date) -> str:
    clos = ligne.motif is not None
    return etape(ligne.termes, ligne.fin, jour, dit=clos or bool(ligne.preavis_par), clos=clos)


# ── échéances : le préavis d'abord, puis la fin ─────────────────────────────────────────────────────────────────────


def _dues(ligne: LigneContrat, x: Contexte) -> Iterator[Due]:
    tag, fin, jour = contrat(ligne.contrat), ligne.fin, x.aujourdhui
    if ligne.motif is not None:
        return
    if fin is not None:
        suite = "préavis donné ; à remplacer s'il le faut" if ligne.preavis_par else "à renouveler, ou à remplacer"
        dit = f"prend fin le {date(fin)} : {suite}" if jour <= fin else f"a pris fin le {date(fin)} : {CLORE}"
        yield Due(rappel(fin, x, action="echeance_contrat", jours=RAPPEL_JOURS), tag, f"« {{nom}} » {dit}")
    elif ligne.termes.echeance is not None:
        echeance = ligne.termes.fin(jour, max(jour, ligne.termes.du))
        limite, pour = ligne.termes.limite(echeance), ligne.termes.reconduction()
        dit = f"préavis à donner jusqu'au {date(limite)} ; sinon, au {date(echeance)}, il se reconduit pour {pour}"
        yield Due(rappel(limite, x, action="preavis_contrat", jours=RAPPEL_JOURS), tag, f"« {{nom}} » : {dit}")


CLORE = "à remplacer s'il le faut, puis à terminer (contrats.TerminerContrat)"
REGISTRES = (Registre("contrats", LigneContrat, _tenir, _au, "Registre des contrats", index=("nature",)),)
ECHEANCES = (Echeance("contrats.a_suivre", "Contrats à suivre", "contrats", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les contrats",
        "contrats",
        "{nom} ({nature})[, auprès de {organisme}] : {etat}, {termes}",
        lambda ligne, _: ligne.etat != "terminé",
    ),
)
