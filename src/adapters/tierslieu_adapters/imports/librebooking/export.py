"""A LibreBooking database as one CSV per table, read into what a place can be asked.

Tables and columns: LibreBooking's ``database_schema``. What cannot be read is told with its line, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from whenever import Instant, TimeZoneNotFoundError

from tierslieu_adapters.imports.dates import instant
from tierslieu_adapters.imports.librebooking.reservations import Reservation, Reservations
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.tables import Ligne, lire_table, par_id
from tierslieu_core.kernel.errors import DemandeInvalide

FUSEAU: Final = "Europe/Paris"
TABLES: Final = {
    "schedules.csv": ("schedule_id", "name"),
    "users.csv": ("user_id",),
    "resources.csv": ("resource_id", "name"),
    "reservation_series.csv": ("series_id", "owner_id"),
    "reservation_resources.csv": ("series_id", "resource_id"),
    "reservation_users.csv": ("reservation_instance_id", "user_id"),
    "reservation_instances.csv": ("reservation_instance_id", "start_date", "end_date", "series_id"),
}
_INSTANCE = re.compile(r"reservation_instances\.csv:(?!1$)\d+")


@attrs.frozen
class Ressource:
    """What becomes a space; ``capacite`` in persons."""

    id: int
    ou: str
    nom: str
    description: str
    capacite: int | None


@attrs.frozen
class Utilisateur:
    """Who becomes a person."""

    id: int
    ou: str
    nom: str
    contact: str | None
    inscrit_le: Instant | None


@attrs.frozen
class Export:
    """All that could be read, in order of the source's ids; ``debut``: its first instant, where it tells any."""

    nom: str
    fuseau: str
    ressources: tuple[Ressource, ...]
    utilisateurs: tuple[Utilisateur, ...]
    reservations: tuple[Reservation, ...]
    debut: Instant | None


def lire(dossier: Path, rapport: Rapport) -> Export:
    """The export in a folder; ``rapport`` is told every line left out. ``DemandeInvalide`` when it is no export."""
    if not any((dossier / nom).is_file() for nom in TABLES):
        raise DemandeInvalide(
            f"« {dossier} » n'est pas un export de LibreBooking : on y cherche les tables de sa base, une par fichier "
            f"({', '.join(TABLES)})."
        )
    tables = {nom: lire_table(dossier, nom, requises, rapport.signaler) for nom, requises in TABLES.items()}
    rapport.indecidees = sum(_INSTANCE.fullmatch(ou) is not None for ou, _ in rapport.lignes)
    ressources = tuple(_ressources(tables["resources.csv"], rapport))
    utilisateurs = tuple(_utilisateurs(tables["users.csv"], rapport))
    lues = Reservations(tables, {r.id for r in ressources}, {u.id for u in utilisateurs}, rapport)
    reservations = tuple(lues)
    known = [u.inscrit_le for u in utilisateurs if u.inscrit_le] + [r.demandee_le for r in reservations]
    horaire = next(iter(sorted(tables["schedules.csv"], key=lambda s: s.texte("isdefault") != "1")), None)
    return Export(
        nom=(horaire.texte("name") if horaire else "") or dossier.resolve().name,
        fuseau=_fuseau(horaire, tables["users.csv"], reservations),
        ressources=ressources,
        utilisateurs=utilisateurs,
        reservations=reservations,
        debut=min(known, default=None),
    )


def _ressources(lignes: list[Ligne], rapport: Rapport) -> Iterator[Ressource]:
    for un, ligne in par_id(lignes, "resource_id", rapport.signaler):
        nom, capacite = ligne.texte("name") or f"Ressource {un}", ligne.entier("max_participants") or None
        yield Ressource(un, ligne.ou, nom, ligne.texte("description"), capacite)


def _utilisateurs(lignes: list[Ligne], rapport: Rapport) -> Iterator[Utilisateur]:
    for un, ligne in par_id(lignes, "user_id", rapport.signaler):
        nom = " ".join(n for n in (ligne.texte("fname"), ligne.texte("lname")) if n)
        contact = ", ".join(c for c in (ligne.texte("email"), ligne.texte("phone")) if c)
        inscrit_le = instant(ligne.texte("date_created"))
        yield Utilisateur(
            un, ligne.ou, nom or ligne.texte("username") or f"Utilisateur {un}", contact or None, inscrit_le
        )


def _fuseau(horaire: Ligne | None, users: list[Ligne], reservations: tuple[Reservation, ...]) -> str:
    """The schedule's zone where the export has one, else that of most reservations' persons, else France's."""
    zones = {u.entier("user_id"): u.texte("timezone") for u in users}
    often = Counter(zones.get(r.utilisateur, "") for r in reservations)
    said = [horaire.texte("timezone")] if horaire else []
    for zone in (*said, *(z for z, _ in often.most_common())):
        try:
            Instant.from_timestamp(0).to_tz(zone)
        except (TimeZoneNotFoundError, ValueError):
            continue
        return zone
    return FUSEAU
