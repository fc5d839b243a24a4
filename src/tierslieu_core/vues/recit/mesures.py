"""What was known when a demand was decided: the recorded measures, read again, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs
import msgspec
from whenever import Date, OffsetDateTime

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.portee import DITES
from tierslieu_core.kernel.deciding import USAGES
from tierslieu_core.kernel.decisions import DecisionRendue
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.sentences import Namer
from tierslieu_core.vocabulaire.francais import compte, date, duree, lisible, liste, periode
from tierslieu_core.vocabulaire.mesures import Fait, Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

BREF = 6
"""How many of one kind are told, unless all of them are asked for."""


@attrs.frozen
class Dit:
    """One thing that was known: its French label and its value in words; ``nom``: how programs call it.

    ``demande``: the demand itself says it too. ``bref``: the same, shorter, when it is long.
    """

    nom: str
    libelle: str
    valeur: str
    demande: bool = False
    bref: str = ""

    def __str__(self) -> str:
        return f"{self.libelle} : {self.valeur}"


# ── relire ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def relues(decision: DecisionRendue) -> list[Mesures]:
    """What the rules measured, as values again: several for a series, none for a demand that no rule may judge.

    What the journal has at hand was not recorded: the other uses, and the calendar.
    """
    kept = msgspec.json.decode(decision.mesures)
    gardees = kept.get(USAGES, [kept] if "action" in kept else [])
    return [_relue(one) for one in gardees]


def _relue(garde: Mapping[str, Any]) -> Mesures:
    types = {f.nom: f.type for f in fields_of(Mesures)}
    dites = {nom: _typee(types[nom], v) for nom, v in garde.items() if nom in types}
    return Mesures(**{"lieux": (), **dites})


def _typee(kind: Any, value: Any) -> Any:
    if kind is Periode:
        return Periode(Moment.depuis_texte(value["debut"]), Moment.depuis_texte(value["fin"]), value["zone"])
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {nom: _typee(None, v) for nom, v in value.items()}
    return Date.parse_iso(value) if kind is Date else value


# ── dire ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Mot(NamedTuple):
    """How a measure is said. ``demande``: the demand says it by itself."""

    libelle: str
    dire: Callable[[Any, Namer], str]
    demande: bool = False


def _avant(minutes: int, _: Namer) -> str:
    jours, reste = divmod(minutes, 1440)
    dits = [compte(jours, "jour")] * bool(jours) + [duree(reste)] * bool(reste)
    return liste(dits) if minutes > 0 else "aucun, cela a commencé"


def _oui(oui: bool, _: Namer) -> str:  # noqa: FBT001 - a measure
    return lisible(oui)


def _liste(mots: Iterable[str], _: Namer) -> str:
    return liste(list(mots)) or "aucun"


def _jours(n: int, _: Namer) -> str:
    return compte(n, "jour")


def _le(jour: Date, _: Namer) -> str:
    return date(jour)


def _actions(actions: Iterable[str], _: Namer) -> str:
    return liste([DITES.get(a, a) for a in actions])


def _lieux(lieux: Iterable[str], nommer: Namer) -> str:
    return liste([nommer(genre, un) for genre, _, un in (lieu.partition(":") for lieu in lieux)])


def _textes(textes: Mapping[str, str], _: Namer) -> str:
    return liste([f"« {texte} », version du {date(Date.parse_iso(le))}" for texte, le in textes.items()])


DITS: dict[str, Mot] = {
    "action": Mot("action", lambda a, nommer: _actions([a], nommer), demande=True),
    "personne": Mot("personne", lambda qui, nommer: nommer("personne", qui), demande=True),
    "lieux": Mot("lieux et catégories", _lieux, demande=True),
    "jour": Mot("jour", _le, demande=True),
    "periode": Mot("heures", lambda p, _: periode(p), demande=True),
    "participants": Mot("participants", lambda n, _: compte(n, "personne"), demande=True),
    "publics": Mot("public", _liste),
    "groupes": Mot("groupes", _liste),
    "adhesion": Mot("adhésion à jour jusqu'au", _le),
    "droits": Mot("actions ouvertes par le palier", _actions),
    "habilitations": Mot("habilitations", _liste),
    "attestations": Mot("ce que les finances attestent", _liste),
    "documents": Mot("documents valides ce jour-là", _liste),
    "textes": Mot("textes acceptés", _textes),
    "contrats": Mot("contrats du lieu en cours ce jour-là", _liste),
    "conventions": Mot("conventions qui valent ce jour-là", _liste),
    "mineur": Mot("personne mineure", _oui),
    "accompagne": Mot("une personne majeure accompagne", _oui),
    "preavis_minutes": Mot("temps qui restait avant le début", _avant),
    "modification_minutes": Mot("temps qui restait avant la réservation à déplacer", _avant),
    "annulation_minutes": Mot("temps qui restait avant la réservation à annuler", _avant),
    "horizon_jours": Mot("demandé à l'avance de", _jours),
    "duree_jours": Mot("durée du prêt", _jours),
    "renouvellements": Mot("renouvellement demandé", lambda n, _: f"n° {n}"),
    "confirme": Mot("une personne avait déjà répondu", _oui),
    "nommee": Mot("seules les règles qui la nomment la jugent", _oui),
}
"""Each measure, by name: a test holds this table equal to what is recorded."""


def dites(mesures: Iterable[Mesures], declares: Mapping[str, FaitDeclare], nommer: Namer) -> tuple[Dit, ...]:
    """Each thing measured, once, in words; of a series, what all its uses share and what sets them apart alike.

    ``declares``: the facts that the place chose to ask, which it named itself.
    """
    return tuple(dict.fromkeys(dit for m in mesures for dit in (*_dites(m, nommer), *_declares(m, declares))))


def _dites(m: Mesures, nommer: Namer) -> Iterator[Dit]:
    for nom, mot in DITS.items():
        valeur = getattr(m, nom)
        if valeur is not None and valeur not in ((), {}):
            yield Dit(nom, mot.libelle, mot.dire(valeur, nommer), mot.demande)


def _declares(m: Mesures, declares: Mapping[str, FaitDeclare]) -> Iterator[Dit]:
    for nom, valeur in m.faits.items():
        fait = declares.get(nom)
        yield Dit(nom, fait.libelle if fait else nom, _declare(fait, valeur))


def _declare(fait: FaitDeclare | None, valeur: Fait) -> str:
    match fait and fait.type, valeur:
        case "date", str():
            return date(Date.parse_iso(valeur))
        case "instant", str():
            ici = OffsetDateTime.parse_iso(valeur).to_plain()
            return lisible(ici)
        case "nombre", int() if fait and fait.unite:
            return f"{valeur} {fait.unite}"
        case _, tuple():
            return liste([v.replace("_", " ") for v in valeur])
        case _:
            return lisible(valeur).replace("_", " ")
