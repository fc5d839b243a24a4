"""``audit`` and ``journal``: who asked what, as what, when, what was decided, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json, day_of
from tierslieu_adapters.cli.screen import SIGNS, Screen
from tierslieu_adapters.cli.subjects import subject_of
from tierslieu_core.kernel.suites import ECHEANCE, reserved
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vues.journal import NoteDite, du_jour, notes_du, notes_sous
from tierslieu_core.vues.piste import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tierslieu_adapters.cli.session import Session
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.piste import Trace

Tout = Annotated[bool, Parameter(help="avec les suites qui n'ont rien changé")]
VERDICT_OF = {said: verdict for verdict, said in VERDICTS.items()}


def audit(
    sujet: Annotated[str, Parameter(help="un sujet (personne:p-7, cle:…), un identifiant, ou le nom d'une personne")],
    /,
    *,
    tout: Tout = False,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Suivre une personne, un espace, un objet, une règle ou une demande à la trace, dans l'ordre."""
    lieu = session.founded()
    tag = subject_of(lieu, sujet)
    traces = lieu.audit(tag)
    if en_json:
        session.screen.json({"sujet": tag, "decisions": [attrs.asdict(t) for t in traces]})
        return
    kind, _, one = tag.partition(":")
    name = lieu.nommer(kind, one)
    said = tag if name == one else f"{name} ({tag})"
    if not traces:
        session.screen.say(f"Rien dans le journal au sujet de {said}.")
        return
    _show(session.screen, lieu, said, traces, tout=tout or kind == "cle")


def journal(
    jour: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="le jour à lire ; sans lui, aujourd'hui")] = None,
    /,
    *,
    mot: Annotated[
        str | None, Parameter(metavar="MOT", help="les notes sous ce mot du journal, de tous les jours")
    ] = None,
    tout: Tout = False,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire le journal d'un jour : ce que les gens y ont noté, et tout ce qui y a été demandé et décidé."""
    lieu = session.founded()
    if mot is not None:
        _under(session, lieu, mot, en_json=en_json)
        return
    day = day_of("jour", jour) or lieu.aujourdhui
    traces, notes = lieu.journal(day), notes_du(lieu, day)
    if en_json:
        said = {"notes": [attrs.asdict(n) for n in notes], "decisions": [attrs.asdict(t) for t in traces]}
        session.screen.json({"jour": day.format_iso(), **said})
        return
    if not (traces or notes):
        session.screen.say(f"Rien dans le journal du {date(day)}. Un autre jour : tierslieu journal AAAA-MM-JJ")
        return
    _show(session.screen, lieu, f"Journal du {date(day)}", traces, tout=tout, notes=notes)


def _under(session: Session, lieu: Lieu, mot: str, *, en_json: bool) -> None:
    """Every note under a word."""
    found, screen = notes_sous(lieu, mot), session.screen
    if en_json:
        screen.json({"mot": mot, "notes": [{"jour": le.format_iso(), **attrs.asdict(n)} for le, n in found]})
    elif not found:
        screen.say(f"Aucune note sous le mot « {mot} ». Les mots du journal : tierslieu registre mots")
    else:
        screen.title(f"Sous le mot « {mot} » : {compte(len(found), 'note')}")
        screen.table(("jour", "qui", "note"), [(court(le), n.auteur, n.texte) for le, n in found])


def _show(  # noqa: PLR0913 - what there is to tell
    screen: Screen, lieu: Lieu, what: str, traces: Sequence[Trace], *, tout: bool, notes: Sequence[NoteDite] = ()
) -> None:
    """What was decided; the suites that changed nothing are counted only, unless ``tout``. A note tells itself."""
    told = [t for t in traces if tout or not _silent(lieu.catalogue, t)]
    both = du_jour(told, notes) if notes else told
    counts = ((len(both) - len(notes), "décision"), (len(notes), "note"))
    screen.title(f"{what} : {', '.join(compte(n, word) for n, word in counts if n) or compte(0, 'décision')}")
    show(screen, both)
    if len(told) < len(traces):
        silent = compte(len(traces) - len(told), "suite qui n'a rien changé", "suites qui n'ont rien changé")
        screen.say()
        screen.say(f"Et {silent} (avec --tout)", "dim")


def _silent(catalogue: Catalogue, t: Trace) -> bool:
    """Whether it is a suite (its key says so) that found it so already."""
    suite = reserved(catalogue, t.cle) and not t.cle.startswith(ECHEANCE)
    return suite and t.verdict == VERDICTS["sans_objet"]


def show(screen: Screen, traces: Iterable[Trace | NoteDite]) -> None:
    """Each decision: when and who, then what, then the facts or the reasons; and each note, in its author's words."""
    for t in traces:
        if isinstance(t, NoteDite):
            screen.say()
            screen.say(f"{t.quand} — {t.auteur}", "dim")
            screen.say(f"✎ Note{t.sous}", "bold")
            screen.say(t.texte, indent=2)
            screen.say(f"note {t.entree}", "dim", indent=2)
            continue
        sign, colour = SIGNS[VERDICT_OF[t.verdict]]
        who = f"{t.par} ({t.en_tant_que})" if t.en_tant_que else t.par
        for_whom = f", pour {t.pour}" if t.pour else ""
        screen.say()
        screen.say(f"{t.quand} — {who}{for_whom}", "dim")
        screen.say(f"{sign} {t.commande} : {t.verdict}", f"{colour} bold")
        for phrase in t.phrases:
            screen.say(phrase, indent=2)
        screen.say(f"clé {t.cle}", "dim", indent=2)
