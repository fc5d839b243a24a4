"""One demand, and what the journal will say of it: its decision and its facts, as events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import msgspec
from eventsourcing.dcb.api import DCBEvent
from msgspec.structs import replace
from whenever import Instant

from tierslieu_core.kernel import edge
from tierslieu_core.kernel.clock import stamp
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Livre, Motif, tags_of
from tierslieu_core.kernel.declarations import Contexte, Note, fiche
from tierslieu_core.kernel.envelope import Enveloppe, wrap
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.oracle import Oracle

if TYPE_CHECKING:
    from tierslieu_core.kernel.codec import Codec
    from tierslieu_core.kernel.deciding import Outcome
    from tierslieu_core.kernel.ports import Vault


JADIS = Instant.from_utc(1900, 1, 1)


@attrs.define(kw_only=True, eq=False)
class Asked:
    """One demand as it was put. ``donnees``: the command's JSON; ``empreinte``: the keyed digest of what was asked."""

    commande: Any
    donnees: bytes
    empreinte: str
    par: str
    cle: str
    maintenant: Instant
    survenu_le: Instant
    pour: str | None = None
    cause: str | None = None
    essai: bool = False

    def check(self) -> None:
        """What surrounds the command; ``DemandeInvalide`` with every fault."""
        faults = [("cle", fault)] if (fault := edge.key_fault(self.cle)) else []
        faults += [(f, fault) for f, who in self.people() if (fault := edge.identifier_fault(who))]
        if faults:
            raise DemandeInvalide("La demande ne peut pas être enregistrée :", faults)

    def check_words(self, livre: Livre) -> None:
        """Raise ``DemandeInvalide`` for what the place does not know what to do with; a suite says what a fact said."""
        if self.cause is None and (faults := livre.fautes(self.commande)):
            raise DemandeInvalide(f"La demande « {fiche(self.commande).nom} » ne peut pas être enregistrée :", faults)

    def check_time(self) -> None:
        """Nothing takes effect later than now. A retry never comes here: its answer stands, whatever clocks say."""
        if not JADIS <= self.survenu_le <= self.maintenant:
            said = "est dans l'avenir, ou avant 1900 : un fait est daté d'aujourd'hui ou d'avant"
            raise DemandeInvalide("La demande ne peut pas être enregistrée :", [("survenu_le", said)])

    def people(self) -> list[tuple[str, str]]:
        """Who asks, and for whom, by the name of the parameter."""
        return [("par", self.par)] if self.pour is None else [("par", self.par), ("pour", self.pour)]

    def seal(self, vault: Vault, codec: Codec) -> None:
        """Seal its personal fields, once its key is known to be new: a retry outlives the forgetting of a person."""
        kept = edge.sealed(self.commande, vault, self.par, self.cle)
        if kept is not self.commande:
            self.commande, self.donnees = kept, codec.encode(kept)

    def context(self, livre: Livre, oracle: Oracle) -> Contexte:
        """What its decision knows besides the facts."""
        return Contexte(self.maintenant, self.survenu_le, self.par, self.cle, livre, self.pour, oracle=oracle)

    def note(self, mandat: str, position: int) -> Note:
        """What the journal says around its decision."""
        when, since = stamp(self.maintenant), stamp(self.survenu_le)
        return Note(position, f"{self.cle}/0", when, since, self.par, self.pour, mandat, self.cause)

    def events(self, codec: Codec, decision: DecisionRendue, decided: Outcome) -> list[DCBEvent]:
        """The decision and its facts, to be recorded together."""
        tags = tags_of(self.cle, self.par, self.commande, decided.faits)
        decided_on = Enveloppe(
            id=f"{self.cle}/0", enregistre_le=stamp(self.maintenant), survenu_le=stamp(self.survenu_le),
            par=self.par, mandat=decided.mandat, fait=msgspec.Raw(encoder.encode(decision)), pour=self.pour,
            cause=self.cause,
        )  # fmt: skip
        found = [DCBEvent(DECISION, wrap(decided_on), tags)]
        for n, fait in enumerate(decided.faits, 1):
            edge.assert_sealed(fait)
            data = wrap(replace(decided_on, id=f"{self.cle}/{n}", fait=msgspec.Raw(codec.encode(fait))))
            found.append(DCBEvent(fiche(fait).stocke(), data, list(dict.fromkeys(fait.etiquettes()))))
        return found


def decision_of(asked: Asked, decided: Outcome, codec: Codec) -> DecisionRendue:
    """The decision with its evidence."""
    refus = decided.refus
    return DecisionRendue(
        commande=fiche(asked.commande).nom,
        demande=msgspec.Raw(asked.donnees),
        empreinte=asked.empreinte,
        verdict=decided.verdict,
        motif=None if refus is None else Motif(fiche(refus).nom, codec.stored.unstructure(refus)),
        clauses=decided.clauses,
        mesures=msgspec.Raw(encoder.encode(decided.mesures)),
        faits=len(decided.faits),
    )
