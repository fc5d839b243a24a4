"""What is told of the year: the days when something changed, and each month in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from whenever import Date

from tierslieu_core.vocabulaire.francais import MOIS

Comptes = Counter[tuple[str, str]]
"""How many demands of a name got a verdict."""
CHAPITRES: Mapping[Date, str] = {
    Date(2025, 9, 29): "29 septembre. La chorale adhère ; elle chantera onze mardis de suite, sauf ceux qui sont pris.",
    Date(2025, 10, 26): "26 octobre. On regarde les étoiles de 1 h à 4 h : quatre heures vraies, et la règle le sait.",
    Date(2025, 11, 3): "3 novembre. Les salles étaient prises des après-midi entiers : 3 h au plus, désormais.",
    Date(2025, 12, 6): "6 décembre. Premier café réparation : neuf objets sur onze repartent réparés.",
    Date(2026, 1, 12): "12 janvier. Quatorze jours ne suffisaient pas aux chantiers : un prêt en dure vingt et un.",
    Date(2026, 3, 16): "16 mars. Chacun doit trouver sa place : 8 h par semaine au lieu de 12.",
    Date(2026, 3, 27): "27 mars. Le repas du jeudi, à l'essai depuis janvier, devient un service du lieu.",
    Date(2026, 3, 29): "29 mars. Cette nuit-là, il n'est jamais 2 h 30 : personne ne peut le réserver.",
    Date(2026, 4, 20): "20 avril. Un retour est saisi pour la mauvaise machine, et corrigé le soir même.",
    Date(2026, 5, 4): "4 mai. On ne s'exclut pas d'un trait : convocation, audition, puis décision.",
    Date(2026, 6, 20): "20 juin. Fête des voisins, proposée en mars par un membre ; cent sept personnes.",
}
COLONNES = {
    "adhésions": ("adhesions.AdmettreAdherent",),
    "réservations": ("reservations.ReserverEspace", "reservations.ReserverSerie"),
    "prêts": ("prets.PreterObjet",),
    "dérog.": ("regles.AccorderDerogation",),
}


def mois(jour: Date) -> str:
    """``mars 2026``."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def tableau(console: Console, par_mois: Mapping[str, Comptes], echeances: Mapping[str, int]) -> None:
    """The year, a month a row; what was refused, in parentheses."""
    table = Table(box=box.SIMPLE_HEAD, header_style="cyan", pad_edge=False, show_footer=True, footer_style="bold")
    total = sum(par_mois.values(), Comptes())
    for titre, cellule in zip(
        ("", *COLONNES, "échéances"), _ligne("(refus)", total, sum(echeances.values())), strict=True
    ):
        table.add_column(titre, cellule, justify="right" if titre else "left", no_wrap=True)
    for quand, comptes in par_mois.items():
        table.add_row(*_ligne(quand, comptes, echeances.get(quand, 0)))
    console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _ligne(quand: str, comptes: Comptes, echeances: int) -> list[str]:
    return [quand, *(_cellule(comptes, noms) for noms in COLONNES.values()), str(echeances or "")]


def _cellule(comptes: Comptes, noms: tuple[str, ...]) -> str:
    oui, non = (sum(comptes[nom, verdict] for nom in noms) for verdict in ("accord", "refus"))
    return f"{oui or ''}" + (f" ({non})" if non else "")
