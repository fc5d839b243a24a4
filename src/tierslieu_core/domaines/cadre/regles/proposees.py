"""Règles proposées: what somebody proposed, and what became of it; the register where they wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.sinon import Sinon
from tierslieu_core.kernel.declarations import Contexte, Identifiant, Note, Registre, evenement, personnel
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, PropositionId, RegleId, proposition
from tierslieu_core.vocabulaire.temps import matin

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("regles.RegleProposee", "{auteur} propose la règle « {regle} » : {texte} ({motif})")
class RegleProposee:
    """``texte``: what its kind says of it; who adopts it words it. The motive is its author's own, and sealed."""

    proposition: PropositionId
    auteur: PersonneId
    regle: RegleId
    texte: str
    genre: GenreDeRegle
    portee: Portee
    sinon: Sinon
    leve: tuple[RegleId, ...]
    motif: Personnel = personnel(qui="auteur", conservation="proposition")

    def etiquettes(self) -> Iterable[str]:
        return proposition(self.proposition), f"regle:{self.regle}", f"personne:{self.auteur}"


@evenement("regles.PropositionRetiree", "La règle proposée « {regle} » est retirée ({proposition})")
class PropositionRetiree:
    proposition: PropositionId
    regle: RegleId

    def etiquettes(self) -> Iterable[str]:
        return proposition(self.proposition), f"regle:{self.regle}"


@evenement("regles.PropositionEcartee", "La règle proposée « {regle} » est écartée : {motif} ({proposition})")
class PropositionEcartee:
    proposition: PropositionId
    regle: RegleId
    motif: Personnel = personnel(qui="par", conservation="proposition")

    def etiquettes(self) -> Iterable[str]:
        return proposition(self.proposition), f"regle:{self.regle}"


@evenement(
    "regles.PropositionRetenue",
    "La règle « {regle} » (version {version}) vient de ce qu'a proposé {auteur} ({proposition})",
)
class PropositionRetenue:
    proposition: PropositionId
    auteur: PersonneId
    regle: RegleId
    version: int

    def etiquettes(self) -> Iterable[str]:
        return proposition(self.proposition), f"regle:{self.regle}", f"personne:{self.auteur}"


Fait = RegleProposee | PropositionRetiree | PropositionEcartee | PropositionRetenue

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

EN_ATTENTE = "en attente"
ETATS: dict[type, str] = {
    PropositionRetiree: "retirée", PropositionEcartee: "écartée", PropositionRetenue: "adoptée",
}  # fmt: skip


@attrs.frozen
class Vue:
    """A proposal, and what became of it; ``etat`` is empty while it waits."""

    proposee: RegleProposee | None = None
    etat: str = ""


def _vue(vue: Vue, fait: Fait) -> Vue:
    return Vue(fait) if isinstance(fait, RegleProposee) else attrs.evolve(vue, etat=ETATS[type(fait)])


proposition_de = Lecture[Vue]("regles.proposition", Vue(), _vue)


def _ouverte(ouvertes: tuple[RegleProposee, ...], fait: Fait) -> tuple[RegleProposee, ...]:
    if isinstance(fait, RegleProposee):
        return (*ouvertes, fait)
    return tuple(une for une in ouvertes if une.proposition != fait.proposition)


ouvertes_de = Lecture[tuple[RegleProposee, ...]]("regles.propositions_ouvertes", (), _ouverte)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Proposition:
    """``etat``: en attente, retirée, écartée, adoptée; ``version``: the one of its rule that came of it."""

    proposition: PropositionId
    regle: RegleId
    texte: str
    portee: Portee
    motif: Personnel
    par: PersonneId
    le: Date
    etat: str = EN_ATTENTE
    version: int | None = None
    reponse: Personnel | None = None


def _tenir(lignes: dict[PropositionId, Proposition], fait: Fait, note: Note) -> None:
    if isinstance(fait, RegleProposee):
        lignes[fait.proposition] = Proposition(
            fait.proposition, fait.regle, fait.texte, fait.portee, fait.motif, fait.auteur,
            Date.parse_iso(note.survenu_le[:10]),
        )  # fmt: skip
    elif fait.proposition in lignes:  # on a past date, it is not yet made
        lignes[fait.proposition] = attrs.evolve(
            lignes[fait.proposition], etat=ETATS[type(fait)], version=getattr(fait, "version", None),
            reponse=getattr(fait, "motif", None),
        )  # fmt: skip


def _dues(ligne: Proposition, x: Contexte) -> Iterator[Due]:
    """Whoever makes the rules answers."""
    if ligne.etat == EN_ATTENTE:
        phrase = "{par} propose la règle « {regle} » : {texte} (regles.AdopterProposition, regles.EcarterProposition)"
        yield Due(matin(ligne.le, x.livre.zone), proposition(ligne.proposition), phrase)


FAITS = (RegleProposee, PropositionRetiree, PropositionEcartee, PropositionRetenue)
REGISTRES = (Registre("propositions", Proposition, _tenir, titre="Règles proposées"),)
ECHEANCES = (Echeance("regles.proposition", "Proposition sans réponse", "propositions", _dues),)
IDENTIFIANTS = (Identifiant(PropositionId, RegleProposee),)
TRANSMISSIONS = (
    Transmission(
        "Les règles proposées qui attendent une réponse",
        "propositions",
        "{par} propose la règle « {regle} », le {le} : {texte} ; {motif}",
        lambda ligne, _: ligne.etat == EN_ATTENTE,
    ),
)
