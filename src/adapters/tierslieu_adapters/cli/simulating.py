"""``simuler``: the place's own history under proposed rules, before they are voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.asking import demand_of
from tierslieu_adapters.cli.naming import found
from tierslieu_adapters.cli.reading import Ici, Json, day_of
from tierslieu_adapters.cli.screen import Advance, Screen
from tierslieu_adapters.cli.values import short
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.francais import MOIS, date, liste

if TYPE_CHECKING:
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.simulation import Difference, Simulation

SHOWN = 10
Par = Literal["mois", "public", "espace"]
TITRES: Mapping[Par, str] = {"mois": "mois", "public": "public", "espace": "espace ou objet"}
AUTOUR = ("par", "pour", "cle", "survenu_le", "essai")
ORDRES = {
    "premier ordre": "Au premier ordre : chaque demande telle qu'elle fut, sur le passé tel qu'il fut.",
    "cascade": "En cascade : ce qui est refusé laisse sa place à qui suivait, ce qui est accordé la prend.",
}


def simuler(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[
        Path | None,
        Parameter(name="FICHIER", help="le règlement proposé, en TOML ; ou une commande JSON par ligne"),
    ] = None,
    /,
    *,
    depuis: Annotated[str, Parameter(metavar="AAAA-MM-JJ", help="depuis quel jour, comme si elles avaient été là")],
    jusqu_a: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="jusqu'à quel jour compris")] = None,
    regle: Annotated[list[str] | None, Parameter(metavar="JSON", help="une règle, ici même ; peut se répéter")] = None,
    complet: Annotated[bool, Parameter(help="le règlement en TOML dit tout : ce qu'il ne dit pas est abrogé")] = False,
    cascade: Annotated[bool, Parameter(help="ce qui est refusé laisse sa place à qui suivait")] = False,
    par: Annotated[Par | None, Parameter(help="compter ainsi seulement : mois, public ou espace")] = None,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Simuler des règles proposées sur l'histoire du lieu : ce qui aurait été décidé autrement, pour qui, combien.

    D'un règlement en TOML, seul ce qui diffère de ce qui est en vigueur est proposé. Chaque règle proposée vaut depuis
    --depuis, à la place de celle de son nom. Rien n'est enregistré.
    """
    lieu = session.founded()
    regles = propositions(lieu, fichier, regle or [], complet=complet)
    first, last = day_of("--depuis", depuis), day_of("--jusqu-a", jusqu_a)
    with Advance("Décisions simulées") as advance:
        total = sum(1 for _ in scan(lieu.recorder, (DECISION,)))
        simulation = lieu.simuler(
            regles, first or lieu.aujourdhui, last, cascade=cascade, progres=lambda done: advance(done, total)
        )
    if en_json:
        session.screen.json(as_json(simulation))
    else:
        show(session.screen, lieu, simulation, (par,) if par else tuple(TITRES))


def propositions(lieu: Lieu, fichier: Path | None, lignes: Iterable[str], *, complet: bool) -> list[Any]:
    """The proposed rules of a file, then those of the command line. What does not begin as JSON is a rulebook."""
    try:
        text = "" if fichier is None else fichier.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as fault:
        raise DemandeInvalide(f"« {fichier} » ne se lit pas : {getattr(fault, 'strerror', None) or fault}.") from None
    toml = bool(text.strip()) and not text.lstrip().startswith("{")
    if complet and not toml:
        raise DemandeInvalide("--complet va avec un règlement en TOML : lui seul peut tout dire.")
    said = [] if toml else [(f"{fichier}, ligne {n}", s) for n, s in enumerate(text.splitlines(), 1) if s.strip()]
    said += [("--regle", line) for line in lignes]
    if not said and not toml:
        raise DemandeInvalide(
            'Simuler quoi ? Donnez un fichier de règles, ou une règle : --regle \'{"commande": "…", …}\''
        )
    du_fichier = _reglement(lieu, fichier, text, complet=complet) if fichier and toml else []
    return du_fichier + [_proposition(lieu, where, line) for where, line in said]


def _reglement(lieu: Lieu, fichier: Path, text: str, *, complet: bool) -> list[Any]:
    """What a rulebook file would change today."""
    from tierslieu_adapters.reglement.differences import plan  # noqa: PLC0415 - only for such a file
    from tierslieu_adapters.reglement.lecture import lire  # noqa: PLC0415 - as above

    reglement, jour = lieu.livre.reglement, lieu.aujourdhui
    lu = lire(text, lieu.catalogue, jour, nom=fichier.name, lieu=reglement)
    return [*plan(lu, reglement, jour, complet=complet)]


def _proposition(lieu: Lieu, where: str, line: str) -> Any:
    try:
        champs = demand_of(line.encode())
        nom = fiche(found(lieu.catalogue, champs.pop("commande")).commande).nom
        return lieu.commande(nom, {k: v for k, v in champs.items() if k not in AUTOUR})
    except DemandeInvalide as fault:
        raise DemandeInvalide(f"{where} : {fault.titre}", fault.erreurs) from None


# ── ce qui se lit ───────────────────────────────────────────────────────────────────────────────────────────────────


def show(screen: Screen, lieu: Lieu, simulation: Simulation, quoi: Iterable[Par]) -> None:
    """As people read it: how many, of whom, when and where, the first ones, and what a simulation is not."""
    headline(screen, simulation)
    if simulation.differences:
        speaker = lieu.speaker()
        for par in quoi:
            _counts(screen, speaker, par, simulation.par(par))
        screen.say()
        for one in simulation.differences[:SHOWN]:
            _one(screen, lieu, speaker, one)
        if len(simulation.differences) > SHOWN:
            screen.say(f"… et {_nombre(len(simulation.differences) - SHOWN)} autres (toutes avec --json)", "dim")
    screen.say()
    screen.say(ORDRES[simulation.ordre], "dim")
    screen.say(simulation.avertissement, "yellow")


def headline(screen: Screen, s: Simulation) -> None:
    """In one sentence; the rest of it follows."""
    quand = f"depuis le {date(s.depuis)}" if s.jusqu_a is None else f"du {date(s.depuis)} au {date(s.jusqu_a)}"
    rendues = f"{_nombre(s.decisions)} {'décision rendue' if s.decisions == 1 else 'décisions rendues'} {quand}"
    if not s.differences:
        screen.verdict("sans_objet", f"Rien ne changerait, sur {rendues}.")
        return
    seraient = "1 serait autre" if s.autres == 1 else f"{_nombre(s.autres)} seraient autres"
    screen.verdict("a_valider", f"Sur {rendues}, {seraient}.")
    who, suites = len(s.personnes_refusees), sum(d.devient == "sans_suite" for d in s.differences)
    if who:
        screen.say(f"Quelque chose serait refusé à {_nombre(who)} {'personne' if who == 1 else 'personnes'}.", indent=2)
    if suites:
        perdu = "demande n'aurait" if suites == 1 else "demandes n'auraient"
        screen.say(f"{_nombre(suites)} {perdu} plus lieu d'être, faute de ce qui précède.", indent=2)


def _counts(screen: Screen, speaker: Speaker, par: Par, counts: Mapping[str, Counter[Any]]) -> None:
    from tierslieu_core.vues.simulation import DEVIENT  # noqa: PLC0415 - when needed

    shown: list[Any] = [one for one in DEVIENT if any(count[one] for count in counts.values())]
    rows = [[_titre(speaker, key), *(_nombre(count[one]) for one in shown)] for key, count in counts.items()]
    screen.say()
    screen.table([TITRES[par], *(DEVIENT[one] for one in shown)], rows)


def _titre(speaker: Speaker, key: str) -> str:
    kind, sep, one = key.partition(":")
    if sep:
        return speaker.nommer(kind, one)
    year, sep, month = key.partition("-")
    return f"{MOIS[int(month) - 1]} {year}" if sep and month.isdigit() else key or "—"


def _one(screen: Screen, lieu: Lieu, speaker: Speaker, d: Difference) -> None:
    from tierslieu_core.vues.piste import VERDICTS  # noqa: PLC0415 - when needed
    from tierslieu_core.vues.simulation import DEVENU  # noqa: PLC0415 - as above

    was = VERDICTS[d.etait] if d.etait else "pas demandé"
    where = liste([_titre(speaker, tag) for tag in d.lieux])
    about = f"{d.titre} ({where})" if where else d.titre
    who, le = speaker.nommer("personne", d.personne), short(lieu.livre.zone, d.jour)
    screen.say(f"{le}, {who} : {about} — {was} → {DEVENU[d.devient]}.", indent=2)
    alors = "Alors : " if d.devient == "accord" and d.etait else ""
    for raison in d.raisons(speaker):
        screen.say(f"{alors}{raison}", "dim", indent=4)


def _nombre(n: int) -> str:
    return f"{n:,}".replace(",", " ")


# ── ce qu'un programme lit : identifiants seuls ─────────────────────────────────────────────────────────────────────


def as_json(s: Simulation) -> dict[str, Any]:
    """The whole, without any name."""
    return {
        "ordre": s.ordre, "depuis": _iso(s.depuis), "jusqu_a": _iso(s.jusqu_a), "decisions": s.decisions,
        "autres": s.autres, "personnes_refusees": s.personnes_refusees, "avertissement": s.avertissement,
        **{f"par_{quoi}": s.par(quoi) for quoi in TITRES},
        "differences": [
            {
                "position": d.position, "cle": d.cle, "jour": _iso(d.jour), "par": d.par, "personne": d.personne,
                "commande": d.commande, "lieux": d.lieux, "publics": d.publics, "etait": d.etait, "serait": d.serait,
                "devient": d.devient, "raisons": d.raisons(),
            }
            for d in s.differences
        ],
    }  # fmt: skip


def _iso(le: Date | None) -> str | None:
    return None if le is None else le.format_iso()
