"""What is told of the year: each month in a line, and the days when a rule changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.console import Console
from whenever import Date

from tierslieu_adapters.demo import montrer
from tierslieu_core.vocabulaire.francais import MOIS, compte

CHAPITRES: Mapping[Date, tuple[str, ...]] = {
    Date(2025, 10, 26): ("La nuit du 26 octobre dure une heure de plus : les durées restent vraies.",),
    Date(2025, 11, 3): ("3 novembre. Les salles étaient prises des après-midi entiers : 3 h au plus, désormais.",),
    Date(2026, 1, 12): ("12 janvier. Quatorze jours ne suffisaient pas aux chantiers : un prêt en dure vingt et un.",),
    Date(2026, 3, 16): ("16 mars. Chacun doit trouver sa place : 8 h par semaine au lieu de 12.",),
    Date(2026, 3, 29): ("La nuit du 29 mars, il n'est jamais 2 h 30 : personne ne peut le réserver.",),
}
DITES = {
    "adhésion": ("adhesions.AdmettreAdherent",),
    "réservation": ("reservations.ReserverEspace",),
    "prêt": ("prets.PreterObjet",),
    "dérogation": ("regles.AccorderDerogation",),
}


def mois(jour: Date) -> str:
    """``mars 2026``."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def resume(console: Console, jour: Date, du_mois: Counter[tuple[str, str]]) -> None:
    """A month in a line."""
    parts = []
    for mot, noms in DITES.items():
        accordees = sum(n for (nom, verdict), n in du_mois.items() if nom in noms and verdict == "accord")
        refusees = sum(n for (nom, verdict), n in du_mois.items() if nom in noms and verdict == "refus")
        if accordees or refusees:
            parts.append(f"{compte(accordees, mot)}" + (f" ({refusees} refus)" if refusees else ""))
    montrer.detail(console, f"{mois(jour):<15} {' · '.join(parts)}")
