"""``expliquer``: one decision, whole: what was asked, what each rule measured, what was decided, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import attrs
import msgspec
from cyclopts import Parameter

from tierslieu_adapters.cli.answers import clauses, clauses_json
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.vues.piste import facts_of

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.kernel.decisions import DecisionRendue
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.piste import Trace


def expliquer(
    cle: Annotated[str, Parameter(help="la clé de la demande, que donne sa réponse et que disent audit et journal")],
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Expliquer une décision : la demande, chaque règle avec ce qu'elle a mesuré, la réponse et sa raison."""
    lieu = session.founded()
    trace = lieu.expliquer(cle.removeprefix("cle:")).trace
    (row,) = scan(lieu.recorder, None, trace.position - 1, trace.position)
    decision = lieu.catalogue.decision(row)
    if en_json:
        session.screen.json(_as_json(lieu, trace, decision))
    else:
        _show(session.screen, lieu, trace, decision)


def _show(screen: Screen, lieu: Lieu, trace: Trace, decision: DecisionRendue) -> None:
    speaker = lieu.speaker()
    screen.verdict(decision.verdict, f"{trace.commande} : {trace.verdict}")
    screen.say(f"{trace.quand}, par {trace.par}" + (f" ({trace.en_tant_que})" if trace.en_tant_que else ""), "dim")
    screen.say()
    screen.title("Ce qui était demandé")
    for label, said in _asked(lieu, decision):
        screen.say(f"{label} : {said}", indent=2)
    if decision.clauses:
        screen.say()
        screen.title("Ce que les règles ont dit")
        clauses(screen, lieu, decision.clauses)
    screen.say()
    screen.title("Ce qui a été décidé")
    refus = refusal(lieu.catalogue, decision)
    if refus is not None:
        screen.say(speaker.phrase(refus), indent=2)
        screen.say(f"→ {speaker.issue(refus)}", "italic", indent=2)
        return
    facts = facts_of(lieu.recorder, lieu.catalogue, trace.position, decision)
    for fait, note in facts:
        corrige = " (corrigé depuis : ne compte plus)" if note.id in lieu.livre.corriges else ""
        screen.say(f"{speaker.phrase(fait)}{corrige}.", indent=2)
    if not facts:
        screen.say(NOTHING[decision.verdict], indent=2)


NOTHING = {
    "sans_objet": "C'était déjà ainsi : rien n'a changé.",
    "a_valider": "Une personne ou une instance doit en juger : rien n'a changé encore.",
    "accord": "Rien n'a changé.",
}


def _asked(lieu: Lieu, decision: DecisionRendue) -> list[tuple[str, str]]:
    """The demand's fields that say something, in words."""
    cls = lieu.catalogue.demande(decision.commande).commande
    demande, speaker = lieu.catalogue.codec.decode(decision.demande, cls), lieu.speaker()
    found = []
    for field in fields_of(cls):
        value = getattr(demande, field.nom)
        if value not in (None, "", ()):
            phrase = getattr(value, "phrase", None)
            found.append((field.libelle, phrase() if callable(phrase) else speaker.value(field, value)))
    return [(label, said) for label, said in found if said]


def _as_json(lieu: Lieu, trace: Trace, decision: DecisionRendue) -> dict[str, Any]:
    speaker, refus = lieu.speaker(), refusal(lieu.catalogue, decision)
    cls = lieu.catalogue.demande(decision.commande).commande
    demande = lieu.catalogue.codec.decode(decision.demande, cls)
    return {
        **attrs.asdict(trace),
        "demande": {"commande": decision.commande, **plain(lieu.catalogue, speaker, demande)},
        "refus": None if decision.motif is None else decision.motif.refus,
        "motif": None if refus is None else speaker.phrase(refus),
        "issue": None if refus is None else speaker.issue(refus),
        "clauses": clauses_json(lieu, decision.clauses),
        "mesures": msgspec.json.decode(decision.mesures),
    }
