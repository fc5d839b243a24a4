"""Témoins: a finite sample of demands, made of what rules name and of their limits, plus « another »; one in words.

No solver: what the sample does not show is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

import attrs
from whenever import Date, Instant, Time

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.portee import ACTIONS, Portee
from tierslieu_core.domaines.cadre.regles.verification import lus
from tierslieu_core.domaines.cadre.regles.versions import Version
from tierslieu_core.vocabulaire.francais import date, duree, heure, lisible, liste
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import LUES, Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

Traits = Mapping[str, Any]
"""What makes a demand, by name: the fields of ``BASE``, and ``fait:x`` for a fact of the place."""
AUTRE = "(autre)"
ZONE = "Europe/Paris"
EN_JOURS = frozenset({"preter", "renouveler", "rendre"})
BASE: Traits = {
    "action": "reserver", "personne": AUTRE, "groupes": (), "publics": (), "lieux": (f"espace:{AUTRE}",),
    "heure": Time(9), "duree": 60, "jours": 1, "avance": 1440, "participants": 1, "renouvellements": 1, "deja": 0,
    "adhesion": True, "habilitations": (), "documents": (), "textes": (), "attestations": (), "contrats": (),
    "conventions": (), "mineur": False, "accompagne": None,
}  # fmt: skip
MESURES = {
    "duree_minutes": "duree", "duree_jours": "jours", "preavis_minutes": "avance", "annulation_minutes": "avance",
    "modification_minutes": "avance", "horizon_jours": "avance", "en_cours": "deja",
}  # fmt: skip
"""Where a measure that a condition names is not a trait by its own name."""
NOMBRES = ("duree", "jours", "participants", "renouvellements", "deja", "avance")
MOTS = (
    "habilitations", "documents", "textes", "attestations", "contrats", "conventions", "publics", "groupes",
)  # fmt: skip
LISTES = (*MOTS, "lieux")
PAR = (1, 60, 1440, 7 * 1440, 31 * 1440)
"""Minutes in what a delay may be counted in."""
BEAUCOUP = 60
"""More uses than that are never made up for a quota."""
AU_PLUS = {"duree": 3660 * 1440, "avance": 3660 * 1440, "jours": 3660, "deja": BEAUCOUP}
ESSAIS = 4000
"""So many demands of one sample at most."""


def mesures(t: Traits) -> Mesures:
    """The demand that has these traits; beyond ten years, no calendar holds it, nor need it be tried."""
    t = {**t, **{nom: min(t[nom], plus) for nom, plus in AU_PLUS.items()}}
    action, jour = t["action"], t["jour"]
    if action in EN_JOURS:
        periode = Periode.de_jours(jour, jour.add(days=t["jours"]), ZONE)
    else:
        debut = Moment(jour.at(t["heure"])).dans(ZONE).to_instant()
        periode = Periode(Moment.de(debut, ZONE), Moment.de(debut.add(minutes=t["duree"]), ZONE), ZONE)
    avance = t["avance"]
    demande = _demande(periode, action, avance)
    une = Usage(periode, t["lieux"], en_cours=True, absence=True)
    return Mesures(
        action=action, nommee=action not in ACTIONS or None, personne=PersonneId(t["personne"]), lieux=t["lieux"],
        jour=jour, publics=t["publics"], groupes=t["groupes"], periode=periode, participants=t["participants"],
        preavis_minutes=avance if action not in EN_JOURS else None, modification_minutes=avance,
        annulation_minutes=avance if action == "annuler" else None, demande_le=demande, zone=ZONE,
        horizon_jours=avance // 1440 if action not in EN_JOURS else None,
        adhesion=Date(9999, 12, 30) if t["adhesion"] else None, habilitations=t["habilitations"],
        documents=t["documents"], textes=dict.fromkeys(t["textes"], "9999-12-30"), mineur=t["mineur"],
        attestations=t["attestations"], contrats=t["contrats"], conventions=t["conventions"],
        accompagne=t["accompagne"], duree_jours=t["jours"] if action in EN_JOURS else None,
        renouvellements=t["renouvellements"] if action == "renouveler" else None, usages=(une,) * t["deja"],
        faits={k.removeprefix("fait:"): v for k, v in t.items() if k.startswith("fait:") and v is not None},
    )  # fmt: skip


def _demande(periode: Periode, action: str, avance: int) -> Instant:
    """When it is asked: so long before it begins; a return, as long after it was due."""
    debut, fin = periode.bornes()
    return fin.add(minutes=avance - 1440) if action == "rendre" else debut.subtract(minutes=avance)


def couvertes(versions: Sequence[Version], jours: Iterable[Date], combien: int = ESSAIS) -> Iterator[Traits]:
    """Demands that fall under all of these rules; every trait that no scope names is as in ``BASE``."""
    named: dict[str, list[Any]] = {"jour": list(jours)}
    if not any(v.portee.actions for v in versions):
        named["action"] = list(ACTIONS)
    for v in versions:
        for trait, values in _nommes(v.portee).items():
            named.setdefault(trait, []).extend(values)
    for trait, values in named.items():
        if trait in LISTES and len(values) > 1:
            values.append(tuple(dict.fromkeys(word for one in values for word in one)))
    for chosen in islice(product(*map(_sans_doublons, named.values())), combien):
        traits = {**BASE, **dict(zip(named, chosen, strict=True))}
        m = mesures(traits)
        if all(v.concerne(m) and v.portee.couvre(m) for v in versions):
            yield traits


def _nommes(p: Portee) -> dict[str, list[Any]]:
    """For each trait that a scope names, the values that it names of it, under, at and over its bounds."""
    lieux = [f"{kind}:{un}" for kind, which in _lieux(p) for un in which]
    found: dict[str, list[Any]] = {
        "action": list(p.actions), "personne": list(p.personnes), "groupes": [(g,) for g in p.groupes],
        "publics": [(g,) for g in p.publics], "lieux": [(un,) for un in lieux],
    }  # fmt: skip
    for c in p.quand:
        bornes = [n for n in (c.minimum, c.maximum) if n is not None]
        values: list[Any] = [*_autour(bornes), *c.parmi, *([c.vaut] if c.vaut is not None else [])]
        values = values or [AUTRE]
        trait = _trait(c.fait)
        if trait is None:
            continue
        facteur = 1440 if c.fait == "horizon_jours" else 1
        found.setdefault(trait, []).extend(
            (v,) if trait in LISTES else v * facteur if type(v) is int else v for v in values
        )
        if trait.startswith("fait:"):
            found[trait].extend((v,) for v in c.parmi)
    return {trait: values for trait, values in found.items() if values}


def _lieux(p: Portee) -> Iterable[tuple[str, Sequence[str]]]:
    return ("espace", p.espaces), ("objet", p.objets), ("categorie", p.categories)


def _trait(fait: str) -> str | None:
    """The trait that a condition reads; ``None`` for a measure that others make up (the day of the week…)."""
    found = MESURES.get(fait, fait)
    return found if found in BASE else None if fait in LUES else f"fait:{fait}"


def _autour(numbers: Iterable[int]) -> list[int]:
    """Under, at, over each."""
    return sorted({n + d for n in numbers for d in (-1, 0, 1)} - {-1})


def _sans_doublons(values: Iterable[Any]) -> list[Any]:
    return list({(type(v), v): v for v in values}.values())


def autour_des_limites(
    versions: Sequence[Version], faits: Mapping[str, FaitDeclare], jour: Date
) -> dict[str, list[Any]]:
    """For each trait, the values that the kinds of these rules name: words, hours, and numbers under, at, over."""
    dits = [part for v in versions for part in _parts(v.genre)]
    nombres, mots = _autour({n for n in dits if type(n) is int}), sorted({s for s in dits if isinstance(s, str)})
    found: dict[str, list[Any]] = {
        "duree": [60, *(n * u for n in nombres for u in PAR[:2])], "jours": nombres, "participants": nombres,
        "renouvellements": nombres, "deja": [n for n in nombres if n <= BEAUCOUP],
        "avance": [n * u + d for n in nombres for u in PAR for d in (-1, 0, 1)],
        "heure": [Time(9), *(h for h in dits if isinstance(h, Time))],
        "jour": [jour.add(days=n) for n in range(7)] + [d.add(days=n) for d in dits if isinstance(d, Date)
                                                         for n in (-1, 0, 1)],
        "mineur": [False, True], "accompagne": [None, False, True], "adhesion": [True, False],
        **{trait: [(), *((mot,) for mot in mots), tuple(mots)] for trait in MOTS},
    }  # fmt: skip
    found |= {f"fait:{nom}": _d_un_fait(faits[nom], nombres, jour) for v in versions for nom in lus(v.genre)
              if nom in faits}  # fmt: skip
    return {
        trait: [v for v in _sans_doublons(values) if type(v) is not int or v > 0 or trait == "deja"]
        for trait, values in found.items()
    }


def _parts(value: Any) -> Iterator[Any]:
    """Every number, word, date and hour among the parameters of a kind."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _parts(one)
    else:
        yield value


def _d_un_fait(d: FaitDeclare, nombres: Sequence[int], jour: Date) -> list[Any]:
    match d.type:
        case "oui_non":
            return [True, False]
        case "nombre":
            return [0, *nombres]
        case "mot":
            return list(d.valeurs)
        case "mots":
            return [*((v,) for v in d.valeurs), d.valeurs, ()]
        case _:
            ecarts = sorted({0} | {s * n * u for n in nombres for u in (1, 7, 31) for s in (-1, 1)})
            jours = [jour.add(days=n).format_iso() for n in ecarts if abs(n) <= 3660]  # noqa: PLR2004 - ten years
            return jours if d.type == "date" else [f"{le}T09:00:00+01:00" for le in jours]


def dite(m: Mesures) -> str:
    """A demand in words, as a witness of what it shows."""
    qui = [*([m.personne] if m.personne != AUTRE else []), *m.groupes, *m.publics]
    ou = [un.partition(":")[2] for un in m.lieux if not un.endswith(f":{AUTRE}")]
    faits = [f"{k.replace('_', ' ')} : {lisible(v)}" for k, v in m.faits.items()]
    quand = _quand(m)
    return ", ".join(p for p in (ACTIONS.get(m.action, m.action), liste(ou), quand, liste(qui), *faits) if p)


def _quand(m: Mesures) -> str:
    if m.periode is None or m.duree_jours is not None:
        return f"le {date(m.jour)}" + (f" pour {duree(1440 * m.duree_jours)}" if m.duree_jours else "")
    return f"le {date(m.jour)} à {heure(m.periode.debut.local)} pour {duree(m.periode.minutes())}"
