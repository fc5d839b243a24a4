"""Les décisions: all that was decided about one person, theirs to read, and what they may still do of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.recours.registre import LigneRecours, Revision
from tierslieu_core.domaines.cadre.recours.vie import Rendue, jour_de, voie
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId

if TYPE_CHECKING:
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.piste import Reader, Trace

GESTES = {"maintenir": "maintient la décision", "changer": "change la décision", "annuler": "annule la décision"}
SORTS = {"garder": "garde ses effets", "annuler": "annule ses effets"}


@attrs.frozen
class DecisionLue:
    """One decision about somebody. ``suites``: what became of it, or until when and before whom it may be contested."""

    trace: Trace
    suites: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((str(self.trace), *self.suites))


def decisions(lieu: Lieu, reader: Reader, qui: PersonneId) -> list[DecisionLue]:
    """Every decision that changed something for a person, or refused them something, in order.

    Under each of their identifiers. What was already so decided nothing; what they asked about others is others'.
    """
    now = lieu.horloge()
    x = Contexte(now, now, par=qui, cle="", livre=lieu.livre)
    siens = identifiants(qui, x)
    wanted = [Selection((DECISION,), tuple(f"{kind}:{un}" for un in siens)) for kind in ("personne", "par")]
    (about, asked), _ = select(lieu.recorder, wanted)
    rows = {row.position: row for row in about}
    rows |= {row.position: row for row in asked if lieu.catalogue.decision(row).verdict == "refus"}
    recours = {r.decision: r for un in siens for r in lieu.registre("recours", filtre={"personne": un})}
    revisions = {r.decision: r for r in lieu.registre("revisions")}
    found = ((row, lieu.catalogue.read(row)) for _, row in sorted(rows.items()))
    return [
        DecisionLue(reader.trace(row), tuple(_suites(prise, qui, x, reader.speaker, recours, revisions)))
        for row, prise in found
        if prise[0].verdict != "sans_objet"
    ]


def _suites(  # noqa: PLR0913, PLR0917 - a decision, and all that is known of what became of it
    prise: Rendue,
    qui: PersonneId,
    x: Contexte,
    speaker: Speaker,
    recours: Mapping[str, LigneRecours],
    revisions: Mapping[str, Revision],
) -> Iterator[str]:
    cle = prise[1].cle
    forme, revision = recours.get(cle), revisions.get(cle)
    if revision is not None:
        par = speaker.nommer("personne", revision.par)
        yield f"Revue le {date(revision.le)} : {par} {SORTS[revision.effets]} ({speaker.personal(revision.motif)})."
    if forme is not None:
        yield f"Recours formé le {date(forme.le)} auprès de {forme.organe} : {_etat(forme, speaker)}."
    elif revision is None or revision.effets == "garder":
        yield from _delai(prise, qui, x)


def _delai(prise: Rendue, qui: PersonneId, x: Contexte) -> Iterator[str]:
    """Until when it may be contested, and before whom."""
    regle = voie(prise, qui, x) if prise[0].verdict in ("accord", "refus") else None
    jusqu_au = jour_de(prise[1], x).add(days=regle.delai_jours if regle else -1)
    if regle is not None and x.aujourdhui <= jusqu_au:
        yield f"Peut se contester jusqu'au {date(jusqu_au)}, auprès de {regle.organe} (recours.FormerRecours)."


def _etat(forme: LigneRecours, speaker: Speaker) -> str:
    if forme.etat == "tranché":
        return f"la réponse {GESTES[forme.issue]} et {SORTS[forme.effets]} ({speaker.personal(forme.reponse)})"
    if forme.etat == "sans objet":
        return "sans objet depuis"
    return "attend la réponse" + (", et la sanction aussi" if forme.suspensif else "")
