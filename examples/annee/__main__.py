"""A year of a middle-sized place, invented from one seed, asked through the real command path, then read in every way.

    python examples/annee [--lieu annee-demo.db] [--graine 2026] [--echelle 1]

300 members, 20 spaces, 250 things, about 5,000 bookings and 800 loans, both nights when the clock changes, three rules
that change, refusals, waivers. The journal that it leaves is read with ``tierslieu --lieu annee-demo.db …``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from itertools import count
from random import Random

from agenda import Agenda, a
from passation import transmettre
from recit import CHAPITRES, Comptes, mois, tableau
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from vie import CAMILLE, DEBUT, FIN, Vie
from whenever import Date

import tierslieu_core as tl
from tierslieu_adapters.demo import FONDATION, faire_place, montrer
from tierslieu_core import echeancier
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.francais import compte, date

JOURS = (FIN.to_stdlib() - DEBUT.to_stdlib()).days + 1
LIGNES = 6


def main(argv: list[str]) -> int:
    """Play the year, then show it; 0 when the replay finds no difference."""
    options = argparse.ArgumentParser(description="Une année d'un lieu imaginaire.")
    options.add_argument("--lieu", default="annee-demo.db", help="le journal ; refait si c'est une démonstration")
    options.add_argument("--graine", type=int, default=2026, help="une autre graine, une autre année")
    options.add_argument("--echelle", type=float, default=1, help="1 : 300 membres ; 0.05 : quinze")
    said = options.parse_args(argv)
    console = Console(highlight=False)
    faire_place(said.lieu)
    agenda = Agenda(a(DEBUT, 8))
    with tl.ouvrir(said.lieu, horloge=agenda.horloge) as lieu:
        annee = Annee(lieu, agenda)
        annee.jouer(console, Random(said.graine), said.echelle)
        return annee.lire(console, said.lieu)


class Annee:
    """What was asked so far, and what of it is worth telling."""

    def __init__(self, lieu: Lieu, agenda: Agenda) -> None:
        self.lieu, self.agenda, self.numero = lieu, agenda, count(1)
        self.par_mois: defaultdict[str, Comptes] = defaultdict(Counter)
        self.echeances: Counter[str] = Counter()
        self.a_dire: dict[str, Reponse] = {}
        self.suivante = ""

    def demander(self, commande: object, *, par: str, cle: str | None = None) -> Reponse:
        """Ask the place; the first of each command and verdict is remembered."""
        n, quand = next(self.numero), mois(self.lieu.aujourdhui if self.par_mois else DEBUT)
        reponse = self.lieu.executer(commande, par=par, cle=FONDATION if n == 1 else cle or f"an.{n}")
        self.par_mois[quand][fiche(commande).nom, reponse.verdict] += 1
        self.a_dire.setdefault(f"{fiche(commande).nom} {reponse.verdict}", reponse)
        return reponse

    def passer(self) -> None:
        """What has fallen due, as every evening."""
        faites = echeancier.passer(self.lieu, CAMILLE).faites
        self.echeances[mois(self.lieu.aujourdhui)] += sum(reponse.verdict == "accord" for _, reponse in faites)

    def jouer(self, console: Console, hasard: Random, echelle: float) -> None:
        """Ask everything of the year, and tell the days when something changed."""
        montrer.chapitre(console, "Lundi 1er septembre 2025. La Halle ouvre ses portes")
        colonnes = (TextColumn("Une année"), BarColumn(), TextColumn("{task.fields[quand]}"), TimeRemainingColumn())
        with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
            tache = barre.add_task("", total=JOURS, quand="")

            def jour_fini(jour: Date) -> None:
                barre.update(tache, advance=1, quand=mois(jour))
                if jour in CHAPITRES:
                    montrer.paragraphes(barre.console, [CHAPITRES[jour]])

            vie = Vie(self.agenda, self.demander, self.passer, hasard, echelle)
            vie.lot, vie.commande = self.lieu.lot, self.lieu.commande
            vie.vivre(jour_fini)
            self.suivante = vie.membres[7].personne

    def lire(self, console: Console, url: str) -> int:
        """The year, read: months, registers, an explanation, a trail, what was true, what is to be done, the replay."""
        lieu = self.lieu
        montrer.chapitre(console, "L'année, mois par mois")
        tableau(console, self.par_mois, self.echeances)
        montrer.chapitre(console, f"{date(FIN).capitalize()} au soir, les registres")
        montrer.registre(console, lieu, "prets", ("objet", "personne", "retour", "etat"), tri="-retour")
        montrer.registre(console, lieu, "derogations", ("regle", "personne", "du"), tri="-du")
        refusee = self.a_dire.get("reservations.ReserverEspace refus")
        if refusee is not None:
            montrer.chapitre(console, "Une demande refusée, expliquée")
            montrer.explication(console, lieu, refusee.cle)
        corrigee = self.a_dire.get("prets.CorrigerPret accord")
        if corrigee is not None:
            sujet = corrigee.evenements[0].sujet
            montrer.chapitre(console, f"La piste de {lieu.nommer(*sujet.split(':'))}")
            montrer.piste(console, lieu, sujet)
        montrer.chapitre(console, "Ce qui était vrai au soir du 31 décembre")
        dehors = lieu.registre("prets", au="2025-12-31")
        en_retard = sum(ligne.etat == "en retard" for ligne in dehors)
        montrer.paragraphes(console, [f"{compte(len(dehors), 'chose')} dehors, dont {en_retard} en retard."])
        montrer.chapitre(console, "Ce qu'il y a à faire")
        reste = lieu.a_faire()
        montrer.paragraphes(console, [un.phrase for un in reste[:LIGNES]] or ["Rien, ce soir."])
        if len(reste) > LIGNES:
            montrer.detail(console, f"… et {compte(len(reste) - LIGNES, 'autre chose', 'autres choses')}")
        transmettre(console, lieu, url, self.suivante, self.demander)
        return montrer.rejeu(console, lieu, url, ("aujourdhui", "planning", "indicateurs", "audit personne:p-1"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
