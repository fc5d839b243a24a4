"""The life of a decision: what was decided about somebody, whether it may be contested, what became of it since.

A decision is known by its key. It is never edited: every fact here cites it, and says what becomes of its effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.recours import Recours
from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.decisions import DecisionRendue
from tierslieu_core.kernel.declarations import Contexte, Note, evenement, personnel
from tierslieu_core.kernel.edge import key_fault
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RecoursId, decision, personne, recours

Effets = Literal["garder", "annuler"]
SEULES = frozenset({"sanctions.Sanctionner"})
"""The suites that are contested by themselves: what they do to somebody, their cause does not say."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("recours.RecoursForme", "{personne} forme un recours auprès de {organe} ({commande}) : {motif}")
class RecoursForme:
    """``decision``: the key of the one contested; ``auteur``: who took it, ``None`` when the rules alone did.

    ``attend``: of this person, the commands whose sanction waits from now on for the answer to an appeal.
    """

    recours: RecoursId
    decision: str
    commande: str
    personne: PersonneId
    organe: str
    auteur: PersonneId | None
    autrui: bool
    suspensif: bool
    attend: tuple[str, ...]
    motif: Personnel = personnel(qui="personne", conservation="recours")

    def etiquettes(self) -> Iterable[str]:
        return recours(self.recours), personne(self.personne), decision(self.decision)


@evenement(
    "recours.RecoursTranche",
    "Le recours de {personne} ({commande}) est tranché : {issue} la décision, {effets} ses effets ; {motif}",
)
class RecoursTranche:
    recours: RecoursId
    decision: str
    commande: str
    personne: PersonneId
    issue: Literal["maintenir", "changer", "annuler"]
    effets: Effets
    attend: tuple[str, ...]
    motif: Personnel = personnel(qui="personne", conservation="recours")

    def etiquettes(self) -> Iterable[str]:
        return recours(self.recours), personne(self.personne), decision(self.decision)


@evenement(
    "recours.DecisionRevisee",
    "La décision {decision} ({commande}), qui concerne {personne}, est revue : {effets} ses effets ; {motif}",
)
class DecisionRevisee:
    decision: str
    commande: str
    personne: PersonneId
    effets: Effets
    attend: tuple[str, ...]
    motif: Personnel = personnel(qui="personne", conservation="recours")

    def etiquettes(self) -> Iterable[str]:
        return personne(self.personne), decision(self.decision)


Fait = RecoursForme | RecoursTranche | DecisionRevisee

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Rendue = tuple[DecisionRendue, Note]


def _rendue(_: Rendue | None, fait: DecisionRendue, note: Note) -> Rendue | None:
    return fait, note


def _vie(etat: tuple[Fait, ...], fait: Fait) -> tuple[Fait, ...]:
    return (*etat, fait)


def _attend(_: tuple[str, ...], fait: Fait) -> tuple[str, ...]:
    return fait.attend


decision_rendue = Lecture[Rendue | None]("recours.decision", None, _rendue, notes=True)
"""Under its key, alone; with somebody's tag beside, ``None`` unless it is about them."""
vie_de = Lecture[tuple[Fait, ...]]("recours.vie", (), _vie)
"""What became of one decision: as many facts as people contest or revise it."""
attente_de = Lecture[tuple[str, ...]]("recours.attente", (), _attend, dernier=True)
"""The commands whose sanctions wait, for this person, for the answer to an appeal."""


class Vue(NamedTuple):
    """A decision as one person may contest it; ``concerne``: whether it is about them."""

    rendue: Rendue | None
    concerne: bool
    vie: tuple[Fait, ...]
    attend: tuple[str, ...]

    @property
    def annulee(self) -> bool:
        """Whether its effects were undone already."""
        return any(not isinstance(fait, RecoursForme) and fait.effets == "annuler" for fait in self.vie)


def lit_decision(cle: str, qui: PersonneId, x: Contexte) -> Lot[Any]:
    """What is known of a decision, for one person; ``vue`` reads it."""
    siens = [personne(un) for un in identifiants(qui, x)]
    une = lire(decision_rendue(f"cle:{cle}"), vie_de(decision(cle)), attente_de(*siens))
    return une.avec(Lot(tuple(decision_rendue(f"cle:{cle}").et(un) for un in siens)))


def vue(lue: Any, qui: PersonneId, x: Contexte) -> Vue:
    """A decision is about whoever it names, and about whoever asked for what it refuses."""
    (rendue, vie, attend), siennes = lue
    concerne = any(un is not None for un in siennes)
    if rendue is not None and rendue[0].verdict == "refus":
        concerne = concerne or rendue[1].par in identifiants(qui, x)
    return Vue(rendue, concerne, vie, attend)


# ── ce qu'une décision dit d'elle-même ──────────────────────────────────────────────────────────────────────────────


def mesuree(rendue: DecisionRendue) -> dict[str, Any]:
    """What the rules measured of it; of several uses at once, of the first."""
    garde: dict[str, Any] = msgspec.json.decode(rendue.mesures)
    usages: Sequence[dict[str, Any]] = garde.get("usages", ())
    return usages[0] if usages else garde


def jour_de(note: Note, x: Contexte) -> Date:
    """The local day on which it was recorded: nobody can contest what is not yet written."""
    return instant(note.enregistre_le).to_tz(x.livre.zone).date()


def voie(rendue: Rendue, qui: PersonneId, x: Contexte) -> Recours | None:
    """How a person may contest a decision, by the rules of the day when it was taken; ``None``: not at all.

    An answer to an appeal, and a revision, are not contested in their turn; of a suite, it is its cause that is.
    """
    (prise, note), dit = rendue, mesuree(rendue[0])
    suite = note.cause is not None and prise.commande not in SEULES
    if suite or prise.commande.startswith("recours."):
        return None
    jour = jour_de(note, x)
    found: Recours | None = x.livre.reglage(
        Recours, jour, le=Date.parse_iso(dit["jour"]) if "jour" in dit else jour,
        action=dit.get("action", prise.commande), lieux=tuple(dit.get("lieux", ())), personne=qui,
        publics=tuple(dit.get("publics", ())), groupes=tuple(dit.get("groupes", ())),
    )  # fmt: skip
    return found


def auteur(rendue: Rendue) -> PersonneId | None:
    """Who took a decision; ``None`` for a refusal, which the rules or the facts made."""
    prise, note = rendue
    return PersonneId(note.par) if prise.verdict == "accord" else None


def partie(x: Contexte, qui: PersonneId, preneur: PersonneId | None) -> bool:
    """Whether who asks is judge in their own cause: it is about them, or whom they represent, or they took it."""
    siens = x.livre.mandats.qui.parle_pour(x.par, x.aujourdhui)
    return not siens.isdisjoint(identifiants(qui, x)) or (preneur is not None and preneur in identifiants_de(x))


def identifiants_de(x: Contexte) -> tuple[PersonneId, ...]:
    """Those of whoever asks."""
    return identifiants(PersonneId(x.par), x)


def faute_de_cle(cle: str) -> list[tuple[str, str]]:
    """A decision is known by its key."""
    return [("decision", fault)] if (fault := key_fault(cle)) else []


def _sans(attend: Iterable[str], commande: str) -> tuple[str, ...]:
    """One appeal against such a sanction waits less."""
    restent = list(attend)
    premier = restent.index(commande) if commande in restent else len(restent)
    return (*restent[:premier], *restent[premier + 1 :])


def attend_apres(v: Vue, commande: str, *, suspendu: bool) -> tuple[str, ...]:
    """What still waits once an appeal that suspended this sanction, or did not, is over."""
    return _sans(v.attend, commande) if suspendu else v.attend
