"""``a-faire`` and ``echeances``: what falls due, who must act, and what can be asked without anybody."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import attrs
from cyclopts import Parameter
from whenever import Date, Instant, Time

from tierslieu_adapters.cli.answers import as_json, outcome
from tierslieu_adapters.cli.asking import CONFLICT, MALFORMED, REFUSE, instant_of
from tierslieu_adapters.cli.reading import Ici, Json, day_after, day_of
from tierslieu_adapters.cli.screen import SIGNS, Advance
from tierslieu_adapters.cli.session import PAR
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.cli.values import short
from tierslieu_core.echeancier import SansMandat, passer
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import Conflit, DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vocabulaire.temps import debut_de_semaine
from tierslieu_core.vues.a_faire import JOURS, AFaire
from tierslieu_core.vues.piste import VERDICTS

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.echeancier import Passage
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

GROUPES = ("En retard", "Aujourd'hui", "Cette semaine", "Plus tard")
MINUIT = Time(0)


def a_faire(
    *,
    jours: Annotated[int, Parameter(metavar="NOMBRE", help="jusqu'à combien de jours à venir")] = JOURS,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Voir tout ce qui arrive à échéance : en retard, aujourd'hui, bientôt ; et qui doit agir."""
    lieu = session.founded()
    until = day_after("--jours", lieu.aujourdhui, jours)
    found = lieu.a_faire(_end_of(lieu, until))
    screen = session.screen
    if en_json:
        lines = [{**_plain(one), "groupe": _groupe(lieu, one)} for one in found]
        screen.json({"jusqu_au": until.format_iso(), "a_faire": lines})
        return
    if not found:
        screen.say(f"Rien à faire d'ici le {date(until)}." if jours else "Rien à faire aujourd'hui.")
        return
    for groupe in GROUPES:
        mine = [one for one in found if _groupe(lieu, one) == groupe]
        if mine:
            screen.title(f"{groupe} : {compte(len(mine), 'chose')}")
            screen.table(("échéance", "quoi", "qui agit"), [row_of(lieu, one) for one in mine])
            screen.say()
    due = sum(one.automatique and one.quand <= lieu.horloge() for one in found)
    if due:
        said = compte(due, "chose échue se fait toute seule", "choses échues se font toutes seules")
        screen.say(f"{said} : tierslieu echeances", "dim")


def echeances(
    *,
    par: Annotated[
        str | None,
        Parameter(
            env_var=PAR, show_env_var=False, metavar="PERSONNE",
            help=f"au nom de qui demander (sinon la variable {PAR}, sinon l'unique concierge)",
        ),
    ] = None,
    essai: Annotated[bool, Parameter(help="montrer ce qui serait demandé, sans rien enregistrer")] = False,
    jusqu_au: Annotated[
        str | None,
        Parameter(metavar="INSTANT", help="ce qui est échu ce jour-là ou à cette heure ; à venir, avec --essai"),
    ] = None,
    en_json: Json = False,
    session: Ici,
) -> int:  # fmt: skip
    """Demander tout ce qui est échu et qu'une demande peut faire, une fois chacun ; à lancer aussi souvent qu'on veut.

    Finit d'abord ce qu'un programme arrêté a laissé. Finit par 0 si tout est accepté, 3 s'il y a des refus ou des
    demandes à valider, 4 s'il reste à faire au prochain passage, 2 si quelque chose ne peut pas être demandé.
    """
    lieu = session.founded()
    who, until = person_of(lieu, par) if par else None, _until(lieu, jusqu_au)
    with Advance("Échéances") as advance:
        passage = passer(lieu, who, essai=essai, jusqu_au=until, progres=advance)
    if en_json:
        session.screen.json(_passage_json(lieu, passage, essai=essai))
    else:
        show(session.screen, lieu, passage, essai=essai)
    return _code(passage)


def show(screen: Screen, lieu: Lieu, passage: Passage, *, essai: bool) -> None:
    """What was done, what was not and why, what is left to people. Silent in a pipe when nothing happened: cron."""
    nothing = not (passage.reponses or passage.empechees)
    if nothing and screen.rich:
        screen.verdict("accord", "Rien d'échu que le programme puisse demander.")
    trial = " (essai : rien n'est enregistré)" if essai else ""
    if passage.reprises:
        screen.title(f"Ce qu'un programme arrêté avait laissé : {compte(len(passage.reprises), 'demande')}")
        screen.table(("réponse", "quoi"), [outcome(lieu, one) for one in passage.reprises])
    if passage.faites or passage.empechees:
        asked = len(passage.faites) + len(passage.empechees)
        screen.title(f"{compte(asked, 'chose échue', 'choses échues')}{trial}")
        rows = [(*row_of(lieu, one)[:2], _answer(lieu, reponse)) for one, reponse in passage.faites]
        rows += [(*row_of(lieu, one)[:2], f"✘ pas demandé : {fault}") for one, fault in passage.empechees]
        screen.table(("échéance", "quoi", "réponse"), rows)
    if passage.inacheve:
        screen.say("D'autres choses sont échues entre-temps : elles attendent le prochain passage.", "yellow")
    if passage.restent and not (nothing and not screen.rich):
        screen.say()
        screen.title(f"Reste à des personnes : {compte(len(passage.restent), 'chose')}")
        screen.table(("échéance", "quoi", "qui agit"), [row_of(lieu, one) for one in passage.restent])


def _answer(lieu: Lieu, reponse: Reponse) -> str:
    """What became of it; a lapse that leaves nothing to do says so, not only that it was so already."""
    verdict, said = outcome(lieu, reponse)
    sign = SIGNS[reponse.verdict][0]
    return f"{sign} échu, sans autre effet ({said})" if reponse.verdict == "sans_objet" else f"{verdict} : {said}"


def _code(passage: Passage) -> int:
    faults = [fault for _, fault in passage.empechees]
    if any(not isinstance(fault, Conflit | SansMandat) for fault in faults):
        return MALFORMED
    if passage.inacheve or any(isinstance(fault, Conflit) for fault in faults):
        return CONFLICT
    return REFUSE if faults or not all(one.acceptee for one in passage.reponses) else 0


def row_of(lieu: Lieu, one: AFaire) -> tuple[str, str, str]:
    """When, what, and who is to act."""
    quand = short(lieu.livre.zone, one.quand.to_tz(lieu.livre.zone).to_plain())
    return quand, one.phrase, _who(one, late=one.quand <= lieu.horloge())


def _who(one: AFaire, *, late: bool) -> str:
    if one.automatique:
        return "l'échéancier" if late or not one.avant else f"{one.avant}, sinon l'échéancier"
    if one.verdict is None:
        return "une personne"
    said = VERDICTS[one.verdict] if one.raisons else f"{VERDICTS[one.verdict]}, puis corrigé"
    return " ".join((f"une personne ({said})", *one.raisons[:1]))


def _groupe(lieu: Lieu, one: AFaire) -> str:
    day, today = one.quand.to_tz(lieu.livre.zone).date(), lieu.aujourdhui
    week = debut_de_semaine(today).add(days=7)
    return GROUPES[0 if day < today else 1 if day == today else 2 if day < week else 3]


def _plain(one: AFaire) -> dict[str, Any]:
    said = {f.name: getattr(one, f.name) for f in attrs.fields(AFaire)}
    said |= {"quand": one.quand.format_iso(), "qui": "echeancier" if one.automatique else "personne"}
    return said | {"commande": one.commande and fiche(one.commande).nom}


def _passage_json(lieu: Lieu, passage: Passage, *, essai: bool) -> dict[str, Any]:
    speaker = lieu.speaker()
    faults: Iterable[tuple[AFaire, Exception]] = passage.empechees
    return {
        "essai": essai,
        "reprises": [as_json(lieu, one, speaker) for one in passage.reprises],
        "faites": [{**_plain(one), "reponse": as_json(lieu, r, speaker)} for one, r in passage.faites],
        "empechees": [{**_plain(one), "erreur": type(f).__name__, "message": str(f)} for one, f in faults],
        "restent": [_plain(one) for one in passage.restent],
        "inacheve": passage.inacheve,
    }


def _until(lieu: Lieu, text: str | None) -> Instant | None:
    """A day (until its end) or an hour."""
    if text is None:
        return None
    with suppress(DemandeInvalide):
        return _end_of(lieu, day_of("--jusqu-au", text) or lieu.aujourdhui)
    try:
        return instant_of(text, lieu.livre.zone)
    except ValueError as fault:
        raise DemandeInvalide("Cet instant ne se lit pas :", [("--jusqu-au", str(fault))]) from None


def _end_of(lieu: Lieu, day: Date) -> Instant:
    """The last instant of a local day."""
    return day.next_day().at(MINUIT).assume_tz(lieu.livre.zone).to_instant().subtract(milliseconds=1)
