"""The registers of appeals and of revisions; what waits for an answer is to be done."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.recours.vie import DecisionRevisee, Effets, RecoursForme, RecoursTranche
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RecoursId, recours
from tierslieu_core.vocabulaire.temps import matin


@attrs.frozen
class LigneRecours:
    """``etat``: attend, tranché, sans objet (the decision was revised meanwhile, its effects undone).

    ``suspensif``: a sanction waits for the answer. ``le`` (UTC): when it was formed. ``repond``: who answered.
    """

    recours: RecoursId
    decision: str
    commande: str
    personne: PersonneId
    organe: str
    le: Date
    suspensif: bool
    motif: Personnel
    etat: str = "attend"
    issue: str = ""
    effets: str = ""
    reponse: Personnel | None = None
    repond: PersonneId | None = None


def _tenir(
    lignes: dict[RecoursId, LigneRecours], fait: RecoursForme | RecoursTranche | DecisionRevisee, note: Note
) -> None:
    match fait:
        case RecoursForme():
            lignes[fait.recours] = LigneRecours(
                fait.recours, fait.decision, fait.commande, fait.personne, fait.organe, _jour(note), fait.suspensif,
                fait.motif,
            )  # fmt: skip
        case RecoursTranche(recours=lequel) if lequel in lignes:  # on a past date, it is not yet formed
            lignes[lequel] = attrs.evolve(
                lignes[lequel], etat="tranché", issue=fait.issue, effets=fait.effets, reponse=fait.motif,
                repond=PersonneId(note.par),
            )  # fmt: skip
        case _:
            annulee = fait.decision if isinstance(fait, DecisionRevisee) and fait.effets == "annuler" else ""
            for lequel, ligne in lignes.items():
                if ligne.decision == annulee and ligne.etat == "attend":
                    lignes[lequel] = attrs.evolve(ligne, etat="sans objet")


def _jour(note: Note) -> Date:
    return Date.parse_iso(note.survenu_le[:10])


@attrs.frozen
class Revision:
    """One decision looked at again, the last time; ``le`` (UTC)."""

    decision: str
    commande: str
    personne: PersonneId
    effets: Effets
    motif: Personnel
    par: PersonneId
    le: Date


def _tenir_revisions(lignes: dict[str, Revision], fait: DecisionRevisee, note: Note) -> None:
    lignes[fait.decision] = Revision(
        fait.decision, fait.commande, fait.personne, fait.effets, fait.motif, PersonneId(note.par), _jour(note)
    )


def _dues(ligne: LigneRecours, x: Contexte) -> Iterator[Due]:
    """The body answers; nobody else can."""
    if ligne.etat == "attend":
        phrase = "Recours de {personne} ({commande}), formé le {le} : {organe} y répond (recours.TrancherRecours)"
        yield Due(matin(ligne.le, x.livre.zone), recours(ligne.recours), phrase)


REGISTRES = (
    Registre("recours", LigneRecours, _tenir, titre="Registre des recours", index=("personne", "decision")),
    Registre("revisions", Revision, _tenir_revisions, titre="Registre des révisions"),
)
ECHEANCES = (Echeance("recours.a_trancher", "Recours sans réponse", "recours", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Ce qui est contesté",
        "recours",
        "{personne} conteste « {commande} » depuis le {le} : {motif} ; {organe} y répond",
        lambda ligne, _: ligne.etat == "attend",
    ),
)
