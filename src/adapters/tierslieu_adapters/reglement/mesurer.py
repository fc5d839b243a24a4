"""From the facts of a case, by whatever names they come, to what rules measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from whenever import Date, Instant, OffsetDateTime, PlainDateTime

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Fait, Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre

ZONE = "Europe/Paris"
PERSONNE = PersonneId("personne")
JOUR = Date(2026, 1, 5)
"""A Monday, for a case that says no date."""
MOTS = ("publics", "groupes", "lieux", "habilitations", "documents")
NOMBRES = (
    "participants",
    "renouvellements",
    "duree_jours",
    "modification_minutes",
    "annulation_minutes",
    "preavis_minutes",
    "horizon_jours",
)
OUI_NON = ("mineur", "accompagne")
DEJA = ("usages", "heures", "en_cours", "absences")
PERIODE = "periode"
"""A pair of moments: ``debut`` and ``fin`` at once."""
DEJA_RENOUVELE = "renouvellements_faits"
"""How many times it was renewed; the renewal that is asked is one more."""
ECARTS = "ecarts"
"""How many breaches of that rule that person already had in the period."""
DU_LIEU = (
    "action", "debut", "fin", PERIODE, "demande_le", "jour", "adhesion",
    *MOTS, *NOMBRES, DEJA_RENOUVELE, *OUI_NON, *DEJA, ECARTS,
)  # fmt: skip
"""What a case may say in the place's own words; ``usages``, ``heures``, ``en_cours``, ``absences``: those already had
by that person, in any period of which the day of use is part."""


@attrs.frozen
class Cas:
    """What was told of one case: by the place's own words, and by the facts that it declared; ``tus``: neither."""

    mesures: Mesures
    tus: tuple[str, ...]
    ecarts: int = 0


def mesurer(
    dits: Mapping[str, Any], faits: Mapping[str, FaitDeclare], noms: Mapping[str, Any], zone: str = ZONE
) -> Cas:
    """The measures of a case. ``noms``: by the case's name, ours (one or several); those alike need not be said.

    Raises ``ValueError`` for a value that is not of the type its fact was declared with.
    """
    mots: dict[str, Any] = {}
    declares: dict[str, Fait] = {}
    tus = []
    for nom, valeur in dits.items():
        ours = noms.get(nom, nom)
        for un in [ours] if isinstance(ours, str) else ours:
            if un in faits:
                if valeur is not None or faits[un].type == "mots":
                    declares[un] = _declare(faits[un], valeur)
            elif un == PERIODE:
                mots["debut"], mots["fin"] = _paire(nom, valeur)
            elif un in DU_LIEU:
                mots[un] = valeur
            else:
                tus.append(nom)
    return Cas(_mesures(mots, declares, zone), tuple(tus), mots.get("ecarts") or 0)


def _paire(nom: str, valeur: Any) -> list[Any]:
    if not isinstance(valeur, list) or len(valeur) != len(("debut", "fin")):
        msg = f"« {nom} » : un début et une fin, le cas dit {valeur!r}"
        raise ValueError(msg)
    return valeur


def _declare(d: FaitDeclare, valeur: Any) -> Fait:
    """A value as its type has it; a date may be told with its hour, an hour without.

    Of several words, one may stand alone; ``None`` is none of them. Yes and no are words too, where a place declares
    them; and to say when it was says that it was.
    """
    if d.type == "mot" and isinstance(valeur, bool):
        valeur = "oui" if valeur else "non"
    if d.type == "oui_non" and isinstance(valeur, str) and _est_un_moment(valeur):
        valeur = True
    if d.type == "mots" and (valeur is None or isinstance(valeur, str)):
        valeur = [] if valeur is None else [valeur]
    match d.type:
        case "oui_non":
            bien = isinstance(valeur, bool)
        case "nombre":
            bien = type(valeur) is int
        case "mot":
            bien = valeur in d.valeurs
        case "mots":
            bien = isinstance(valeur, list | tuple) and set(valeur) <= set(d.valeurs)
        case _:
            bien = isinstance(valeur, str) and _est_un_moment(valeur)
    if not bien:
        parmi = f" (parmi : {', '.join(d.valeurs)})" if d.valeurs else ""
        msg = f"« {d.fait} » est déclaré « {d.type} »{parmi} ; le cas dit {valeur!r}"
        raise ValueError(msg)
    return tuple(valeur) if isinstance(valeur, list) else valeur


def _est_un_moment(texte: str) -> bool:
    try:
        (Date if len(texte) == len("2026-11-23") else OffsetDateTime).parse_iso(texte)
    except ValueError:
        return False
    return True


def _mesures(mots: Mapping[str, Any], declares: Mapping[str, Fait], zone: str) -> Mesures:
    demande = _instant(mots.get("demande_le"), zone)
    periode = _periode(mots, zone)
    jour = Date.parse_iso(mots["jour"][:10]) if mots.get("jour") else periode.debut.local.date() if periode else (
        demande.to_tz(zone).date() if demande else JOUR
    )  # fmt: skip
    said: dict[str, Any] = {k: mots[k] for k in (*NOMBRES, *OUI_NON) if mots.get(k) is not None}
    said |= {k: (mots[k],) if isinstance(mots[k], str) else tuple(mots[k]) for k in MOTS if mots.get(k)}
    if periode and _en_jours(mots):
        said.setdefault("duree_jours", jours_entre(periode.debut.local.date(), Date.parse_iso(mots["fin"][:10])))
    if demande:
        debut = periode.bornes()[0] if periode else None
        la = demande.to_tz(zone).date()
        if debut is not None:
            said.setdefault("preavis_minutes", int((debut.timestamp() - demande.timestamp()) // 60))
        said.setdefault("horizon_jours", jours_entre(la, jour))
    if mots.get(DEJA_RENOUVELE) is not None:
        said["renouvellements"] = mots[DEJA_RENOUVELE] + 1
    if mots.get("adhesion"):
        said["adhesion"] = Date.parse_iso(mots["adhesion"][:10])
    lieux = said.pop("lieux", ())
    return Mesures(
        action=mots.get("action") or "", personne=PERSONNE, lieux=lieux, jour=jour, periode=periode, faits=declares,
        demande_le=demande, usages=_usages(mots, jour, lieux, zone), zone=zone, **said,
    )  # fmt: skip


def _periode(mots: Mapping[str, Any], zone: str) -> Periode | None:
    debut, fin = mots.get("debut"), mots.get("fin") or mots.get("debut")
    if not debut or not fin:
        return None
    if _en_jours(mots):
        du, au = Date.parse_iso(debut[:10]), Date.parse_iso(fin[:10])
        return Periode.de_jours(du, max(du, au), zone)
    de, a = _moment(debut, zone), _moment(fin, zone)
    return Periode(de, a if a != de else Moment(de.local.add(minutes=1, naive_arithmetic_ok=True)), zone)


def _en_jours(mots: Mapping[str, Any]) -> bool:
    """Whether the use is told by dates, as a loan is."""
    return len(mots.get("debut") or "") == len("2026-11-23") and bool(mots.get("fin"))


def _moment(texte: str, zone: str) -> Moment:
    instant = _instant(texte, zone)
    return Moment.de(instant, zone) if instant else Moment(PlainDateTime.parse_iso(texte))


def _instant(texte: str | None, zone: str) -> Instant | None:
    """From an hour with its offset; an hour or a day alone is the place's."""
    if not texte:
        return None
    if len(texte) == len("2026-11-23"):
        return Date.parse_iso(texte).at(PlainDateTime(2026, 1, 1).time()).assume_tz(zone).to_instant()
    try:
        return OffsetDateTime.parse_iso(texte).to_instant()
    except ValueError:
        return PlainDateTime.parse_iso(texte).assume_tz(zone).to_instant()


def _usages(mots: Mapping[str, Any], jour: Date, lieux: tuple[str, ...], zone: str) -> tuple[Usage, ...] | None:
    """As many uses as are told, on the day of use itself: so that every period which has it counts them."""
    if all(mots.get(k) is None for k in DEJA):
        return None
    heure = Periode(Moment(jour.at(_h(1))), Moment(jour.at(_h(2))), zone)
    minute = Periode(Moment(jour.at(_h(1))), Moment(jour.at(_h(1, 1))), zone)
    return (
        *(Usage(heure, lieux) for _ in range(mots.get("heures") or 0)),
        *(Usage(minute, lieux) for _ in range(mots.get("usages") or 0)),
        *(Usage(minute, lieux, en_cours=True) for _ in range(mots.get("en_cours") or 0)),
        *(Usage(minute, lieux, absence=True) for _ in range(mots.get("absences") or 0)),
    )


def _h(h: int, m: int = 0) -> Any:
    return PlainDateTime(2026, 1, 1, h, m).time()
