"""Reservations of a LibreBooking database: each instance with its series, the series' resources, and its person.

Times are UTC without a zone mark, intervals half-open; ``series.status_id`` 2 is a deleted series, and
``reservation_user_level`` 1 the person who reserves; without one, the series' owner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import attrs
from whenever import Instant

from tierslieu_adapters.imports.dates import instant
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.tables import Ligne, par_id

SUPPRIMEE: Final = 2


@attrs.frozen
class Reservation:
    """One demand: this resource for this user, from ``debut`` (included) to ``fin`` (excluded)."""

    cle: str
    ou: str
    ressource: int
    utilisateur: int
    debut: Instant
    fin: Instant
    demandee_le: Instant
    supprimee_le: Instant | None
    sujet: str | None


class Reservations:
    """Reservations as the tables tell them together: an instance, its series, the series' resources, its person."""

    def __init__(
        self, tables: dict[str, list[Ligne]], ressources: set[int], utilisateurs: set[int], rapport: Rapport
    ) -> None:
        self.rapport, self.connues, self.connus = rapport, ressources, utilisateurs
        self.instances = tables["reservation_instances.csv"]
        self.series = dict(par_id(tables["reservation_series.csv"], "series_id", rapport.signaler))
        self.des_series: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
        for r in sorted(tables["reservation_resources.csv"], key=_rang):
            une = r.entier("resource_id")
            self.des_series[r.entier("series_id")].append((-1 if une is None else une, r.texte("resource_id")))
        self.de_qui: dict[int | None, Ligne] = {}
        for u in tables["reservation_users.csv"]:
            if u.texte("reservation_user_level") in ("1", ""):
                self.de_qui.setdefault(u.entier("reservation_instance_id"), u)

    def __iter__(self) -> Iterator[Reservation]:
        """Those that can be decided, in order of their id; an instance without one is told as undecidable."""
        for un, ligne in par_id(self.instances, "reservation_instance_id", self.rapport.indecidable):
            yield from self._de(un, ligne)

    def _de(self, un: int, ligne: Ligne) -> Iterator[Reservation]:
        """One demand for each resource of an instance; the first keeps the instance's own key."""
        debut, fin = instant(ligne.texte("start_date")), instant(ligne.texte("end_date"))
        serie = self.series.get(ligne.entier("series_id") or 0)
        if debut is None or fin is None or serie is None or fin <= debut:
            self.rapport.indecidable(ligne.ou, self._pourquoi(ligne, debut, fin, serie))
            return
        qui = self.de_qui.get(un, serie)
        personne = qui.entier("owner_id" if qui is serie else "user_id")
        if personne not in self.connus:
            said = qui.texte("owner_id" if qui is serie else "user_id")
            self.rapport.indecidable(ligne.ou, f"personne inconnue : l'utilisateur « {said} » ({qui.ou})")
            return
        des = list(dict.fromkeys(self.des_series.get(serie.entier("series_id"), ())))
        if not des:
            self.rapport.indecidable(ligne.ou, f"aucune ressource pour la série {ligne.texte('series_id')}")
        demandee_le = self._demandee_le(serie, debut, ligne)
        for n, (une, said) in enumerate(des):
            if une not in self.connues:
                self.rapport.indecidable(ligne.ou, f"ressource inconnue : « {said} »")
                continue
            yield Reservation(
                cle=f"librebooking.instance.{un}" + (f".ressource.{une}" if n else ""),
                ou=ligne.ou, ressource=une, utilisateur=personne or 0, debut=debut, fin=fin,
                demandee_le=demandee_le, supprimee_le=_supprimee_le(serie, demandee_le),
                sujet=" — ".join(t for t in (serie.texte("title"), serie.texte("description")) if t) or None,
            )  # fmt: skip

    def _pourquoi(self, ligne: Ligne, debut: Instant | None, fin: Instant | None, serie: Ligne | None) -> str:
        for colonne, lu in (("start_date", debut), ("end_date", fin)):
            if lu is None:
                return f"date illisible ({colonne}) : « {ligne.texte(colonne)} »"
        if serie is None:
            return f"série inconnue : « {ligne.texte('series_id')} »"
        return f"la fin ({ligne.texte('end_date')}) ne vient pas après le début ({ligne.texte('start_date')})"

    def _demandee_le(self, serie: Ligne, debut: Instant, ligne: Ligne) -> Instant:
        quand = instant(serie.texte("date_created"))
        if quand is None:
            said = f"date de création illisible ({serie.ou}) : la demande est datée du début de la réservation"
            self.rapport.signaler(ligne.ou, said)
        return quand or debut


def _rang(ligne: Ligne) -> tuple[int, int]:
    """A series' main resource first, whatever the order of the rows: keys must not depend on it."""
    return ligne.entier("resource_level_id") or 0, ligne.entier("resource_id") or 0


def _supprimee_le(serie: Ligne, demandee_le: Instant) -> Instant | None:
    """When a deleted series was: at its last change, or else at once."""
    if serie.entier("status_id") != SUPPRIMEE:
        return None
    return max(demandee_le, instant(serie.texte("last_modified")) or demandee_le)
