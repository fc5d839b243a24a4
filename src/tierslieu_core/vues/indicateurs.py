"""Les indicateurs: what was asked of each area, period by period; counted again from the decisions each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import attrs
import msgspec
from whenever import Date

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.envelope import decoder_of
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.vocabulaire.temps import debut_de_semaine
from tierslieu_core.vues.piste import titre

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

Pas = Literal["semaine", "mois", "annee"]
PERIODES: Mapping[Pas, Callable[[Date], str]] = {
    "semaine": lambda le: debut_de_semaine(le).format_iso(),
    "mois": lambda le: le.format_iso()[:7],
    "annee": lambda le: le.format_iso()[:4],
}
"""The period of a day: its week's Monday, its month, its year."""


@attrs.frozen
class Indicateur:
    """How one command fared in a period. ``personnes``: how many different people it was about.

    ``sans_objet`` (what was already so) is not counted: nothing came of it.
    """

    periode: str
    domaine: str
    commande: str
    action: str
    accords: int
    refus: int
    a_valider: int
    personnes: int


class DeQui(msgspec.Struct, frozen=True):
    """Whom a demand names."""

    personne: str | None = None


class Comptee(msgspec.Struct, frozen=True):
    """What this reads of a decision, and no more."""

    commande: str
    verdict: str
    demande: DeQui


_comptee = decoder_of(Comptee)


def indicateurs(lieu: Lieu, du: Date, au: Date, pas: Pas = "mois") -> list[Indicateur]:
    """What took effect on these days, both included: by period, then in the order of the areas and their commands."""
    comptes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    gens: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for le, lue in _decisions(lieu, du, au):
        cle = PERIODES[pas](le), lue.commande
        comptes[cle][lue.verdict] += 1
        gens[cle].update(filter(None, [lue.demande.personne]))
    places = {nom: n for n, nom in enumerate(lieu.catalogue.demandes)}
    return [
        Indicateur(
            periode, _domaine(lieu, commande), commande, titre(lieu.catalogue.demande(commande).commande),
            c["accord"], c["refus"], c["a_valider"], len(gens[periode, commande]),
        )
        for (periode, commande), c in sorted(comptes.items(), key=lambda one: (one[0][0], places[one[0][1]]))
    ]  # fmt: skip


def _decisions(lieu: Lieu, du: Date, au: Date) -> Iterator[tuple[Date, Comptee]]:
    """Each decision of these days that decided something, with its day."""
    zone = lieu.livre.zone or "UTC"
    since, until = end_of(du.prev_day(), zone), end_of(au, zone)
    for row in scan(lieu.recorder, (DECISION,)):
        read = _comptee.decode(row.data)
        if since <= read.survenu_le < until and read.fait.verdict != "sans_objet":
            yield instant(read.survenu_le).to_tz(zone).date(), read.fait


def _domaine(lieu: Lieu, commande: str) -> str:
    area = commande.partition(".")[0]
    return next((d.titre for d in lieu.catalogue.domaines if d.nom == area), area)
