"""A year of a middle-sized place, invented from one seed, asked through the real command path, then read in every way.

    python examples/annee [--lieu annee.db] [--graine 2026] [--echelle 1]

300 members, 20 spaces, 250 things, about 5,000 bookings and 800 loans, both nights when the clock changes, three rules
that change, refusals, waivers. The journal that it leaves is read with ``tierslieu --lieu annee.db …``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import count
from random import Random

from agenda import Agenda, a
from recit import CHAPITRES, mois, resume
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from vie import CAMILLE, DEBUT, FIN, Vie
from whenever import Date

import tierslieu_core as tl
from tierslieu_core import echeancier
from tierslieu_adapters.demo import FONDATION, faire_place, montrer
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.francais import compte

JOURS = (FIN.to_stdlib() - DEBUT.to_stdlib()).days + 1


def main(argv: list[str]) -> int:
    """Play the year, then show it; 0 when the replay finds no difference."""
    options = argparse.ArgumentParser(description="Une année d'un lieu imaginaire.")
    options.add_argument(
        "--lieu", default="annee-demo.db", help="le journal à faire ; refait si c'est une démonstration"
    )
    options.add_argument("--graine", type=int, default=2026, help="une autre graine, une autre année")
    options.add_argument("--echelle", type=float, default=1, help="1 : 300 membres ; 0.05 : quinze")
    said = options.parse_args(argv)
    console = Console(highlight=False)
    faire_place(said.lieu)
    agenda = Agenda(a(DEBUT, 8))
    with tl.ouvrir(said.lieu, horloge=agenda.horloge) as lieu:
        demandes = jouer(console, lieu, agenda, Random(said.graine), said.echelle)
        return lire(console, lieu, said.lieu, demandes)


def jouer(console: Console, lieu: Lieu, agenda: Agenda, hasard: Random, echelle: float) -> dict[str, Reponse]:
    """Ask everything; the answers worth telling, by what they are."""
    numero, du_mois, a_dire = count(1), Counter[tuple[str, str]](), dict[str, Reponse]()

    def demander(commande: object, *, par: str) -> Reponse:
        n = next(numero)
        reponse = lieu.executer(commande, par=par, cle=FONDATION if n == 1 else f"an.{n}")
        du_mois[fiche(commande).nom, reponse.verdict] += 1
        a_dire.setdefault(f"{fiche(commande).nom} {reponse.verdict}", reponse)
        return reponse

    def passer() -> None:
        for un, reponse in echeancier.passer(lieu, CAMILLE).faites:
            du_mois[un.echeance, reponse.verdict] += 1
            a_dire.setdefault(f"{un.echeance} {reponse.verdict}", reponse)

    montrer.chapitre(console, "Lundi 1er septembre 2025. La Halle ouvre ses portes")
    colonnes = (TextColumn("Une année"), BarColumn(), TextColumn("{task.fields[quand]}"), TimeRemainingColumn())
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("", total=JOURS, quand="")

        def jour_fini(jour: Date) -> None:
            barre.update(tache, advance=1, quand=mois(jour))
            if jour.add(days=1).day == 1:
                resume(barre.console, jour, du_mois)
                du_mois.clear()
            for phrase in CHAPITRES.get(jour, ()):
                montrer.paragraphes(barre.console, [phrase])

        Vie(agenda, demander, passer, hasard, echelle).vivre(jour_fini)
    return a_dire


def lire(console: Console, lieu: Lieu, url: str, a_dire: dict[str, Reponse]) -> int:
    """The year, read: registers, an explanation, a trail, what was true and what was known, the replay."""
    montrer.chapitre(console, "Lundi 31 août 2026 au soir, les registres")
    montrer.registre(console, lieu, "prets", ("objet", "personne", "retour", "etat"), tri="-retard_jours")
    montrer.registre(console, lieu, "derogations", ("regle", "personne", "du", "par"), tri="-du")
    refusee = a_dire.get("reservations.ReserverEspace refus")
    if refusee is not None:
        montrer.chapitre(console, "Une demande refusée, expliquée")
        montrer.explication(console, lieu, refusee.cle)
    montrer.chapitre(console, "La piste d'une chose")
    montrer.piste(console, lieu, "objet:perceuse-1")
    montrer.chapitre(console, "Ce qui était vrai au soir du 31 décembre")
    dehors = lieu.registre("prets", au="2025-12-31")
    en_retard = sum(ligne.etat == "en retard" for ligne in dehors)
    montrer.paragraphes(console, [f"{compte(len(dehors), 'chose')} dehors, dont {en_retard} en retard."])
    return montrer.rejeu(console, lieu, url, ("audit personne:p-1", "registre regles", "journal --jour 2026-03-29"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
