"""What the rules may measure of a demand. An area fills in what it knows; a rule that needs the rest does not apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

import attrs
from whenever import Date, Instant

from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import Periode

Fait = int | bool | str | tuple[str, ...]
"""What a fact that the place declared may be: a number, yes or no, a word, a date or an instant (ISO), words."""


@attrs.frozen
class Usage:
    """One use, past or to come, that rules count; ``en_cours``: not yet over (a booking to come, an item in hand).

    ``lieux``: the tags of what is used, its category included. ``absence``: nobody came.
    """

    periode: Periode
    lieux: tuple[str, ...]
    en_cours: bool = False
    absence: bool = False


@attrs.frozen(kw_only=True)
class Mesures:
    """What one demand measures; ``None``: not measured here.

    ``action``: ``reserver``, ``preter``, ``renouveler``, ``annuler``, ``rendre``, or a kind of démarche. ``jour``: the
    local day of use. ``lieux``: what is used, as tags (``espace:salle-verte``, ``categorie:salle``). ``usages``: that
    person's others, this one apart.
    ``adhesion``: the last day of a current membership. ``publics``: the tier that day, ``non-adherent`` without any.
    ``droits``: the actions that their tier opens, ``None`` for any. ``documents``: those handed in and valid that day.
    ``expires``: the last day (ISO) of those that are over by then.
    ``textes``: the latest version accepted of each (ISO dates). ``accompagne``: ``None`` when nobody said.
    These are read only when a rule asks for one, each what holds that day. ``attestations``: what the finances attest;
    ``contrats``: the natures of which the place has a contract in course; ``conventions``: those of the agreements
    between the place and the person, for this use.
    ``faits``: what the place itself chose to ask or to know, as it declared (``regles.FaitDeclare``).
    ``demande_le``: when it is asked. ``nommee``: only rules that name the action judge it.
    ``confirme``: whoever had to answer has: it goes to nobody again.
    ``calendrier``: whom to ask about a day (``Contexte.oracle``); what it answers is recorded apart.
    ``zone``: the place's clock, which its foundation says.
    """

    action: str
    personne: PersonneId
    lieux: tuple[str, ...]
    jour: Date
    publics: tuple[str, ...] = ()
    groupes: tuple[str, ...] = ()
    periode: Periode | None = None
    preavis_minutes: int | None = None
    modification_minutes: int | None = None
    annulation_minutes: int | None = None
    horizon_jours: int | None = None
    participants: int | None = None
    adhesion: Date | None = None
    habilitations: tuple[str, ...] = ()
    droits: tuple[str, ...] | None = None
    documents: tuple[str, ...] = ()
    expires: Mapping[str, str] = attrs.Factory(dict)
    textes: Mapping[str, str] = attrs.Factory(dict)
    attestations: tuple[str, ...] | None = None
    contrats: tuple[str, ...] | None = None
    conventions: tuple[str, ...] | None = None
    mineur: bool | None = None
    accompagne: bool | None = None
    duree_jours: int | None = None
    renouvellements: int | None = None
    usages: tuple[Usage, ...] | None = None
    confirme: bool | None = None
    nommee: bool | None = None
    faits: Mapping[str, Fait] = attrs.Factory(dict)
    demande_le: Instant | None = None
    calendrier: Any = attrs.field(default=None, eq=False)
    zone: str = attrs.field(default="", eq=False)

    def garde(self) -> dict[str, Any]:
        """What is recorded with the decision: all but what the journal already has at hand."""
        kept = zip(GARDEES, _gardees(self), strict=True)
        return {name: _plain(value) for name, value in kept if value or (value is not None and value not in ((), {}))}


RELUES = frozenset({"usages", "expires", "demande_le", "calendrier", "zone"})
"""What the journal has at hand."""
GARDEES = tuple(a.name for a in attrs.fields(Mesures) if a.name not in RELUES)
_gardees = attrgetter(*GARDEES)


def _plain(value: Any) -> Any:
    if isinstance(value, Periode):
        return {"debut": str(value.debut), "fin": str(value.fin), "zone": value.zone}
    return value.format_iso() if isinstance(value, Date) else value


def _bornes(m: Mesures, n: int) -> str | None:
    if m.periode is None:
        return None
    at = (m.periode.debut, m.periode.fin)[n].dans(m.periode.zone)
    return at.to_fixed_offset().format_iso()


def _retour(m: Mesures) -> str | None:
    if m.periode is None or m.duree_jours is None:
        return None
    return m.periode.fin.local.date().prev_day().format_iso()


def _demande(m: Mesures) -> str | None:
    if m.demande_le is None:
        return None
    return (m.demande_le.to_tz(m.periode.zone).to_fixed_offset() if m.periode else m.demande_le).format_iso()


LUES: Mapping[str, Callable[[Mesures], Fait | None]] = {
    "action": lambda m: m.action,
    "publics": lambda m: m.publics,
    "groupes": lambda m: m.groupes,
    "lieux": lambda m: m.lieux,
    "jour": lambda m: m.jour.format_iso(),
    "jour_semaine": lambda m: m.jour.day_of_week().value,
    "debut": lambda m: _bornes(m, 0),
    "fin": lambda m: _bornes(m, 1),
    "demande_le": _demande,
    "retour_prevu": _retour,
    "duree_minutes": lambda m: None if m.periode is None or m.duree_jours is not None else m.periode.minutes(),
    "duree_jours": lambda m: m.duree_jours,
    "preavis_minutes": lambda m: m.preavis_minutes,
    "modification_minutes": lambda m: m.modification_minutes,
    "annulation_minutes": lambda m: m.annulation_minutes,
    "horizon_jours": lambda m: m.horizon_jours,
    "participants": lambda m: m.participants,
    "adhesion": lambda m: None if m.adhesion is None else m.adhesion.format_iso(),
    "habilitations": lambda m: m.habilitations,
    "documents": lambda m: m.documents,
    "mineur": lambda m: m.mineur,
    "accompagne": lambda m: m.accompagne,
    "renouvellements": lambda m: m.renouvellements,
    "en_cours": lambda m: None if m.usages is None else sum(u.en_cours for u in m.usages),
}
"""What the place measures of every demand, by the names under which rules may read it (instants and dates as ISO)."""


def lue(m: Mesures, nom: str) -> Fait | None:
    """A fact that the place declared, or one of its measures; ``None``: not told, not measured here."""
    if nom in m.faits:
        return m.faits[nom]
    read = LUES.get(nom)
    return None if read is None else read(m)
