"""Four processes ask for the same room at once: one has it, three are told why, and nothing is lost."""

import subprocess
import sys
import tempfile
from pathlib import Path

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.temps import Moment


def concourir(journal: str, qui: str) -> None:
    """What each process runs. The key makes a retry silent: the same demand, asked twice, is answered once."""
    with tl.ouvrir(journal, creer=False) as lieu:
        jour = lieu.aujourdhui.add(days=30)
        debut, fin = Moment.depuis_texte(f"{jour}T18:00"), Moment.depuis_texte(f"{jour}T20:00")
        for _ in range(2):
            reponse = lieu.executer(
                ReserverEspace(espace="hangar", personne=qui, debut=debut, fin=fin), par=qui, cle=f"concours.{qui}"
            )
        print(qui, reponse.verdict, *reponse.explication[:1])


def main() -> None:
    """Found the place, start the others, then look at what the journal holds."""
    with tempfile.TemporaryDirectory() as dossier:
        journal = str(Path(dossier) / "quai.db")
        with tl.ouvrir(journal) as lieu:
            lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
            lieu.executer(OuvrirEspace(espace="hangar", nom="Le hangar"), par="camille")
            for n in range(4):
                lieu.executer(InscrirePersonne(personne=f"p-{n}", nom=f"Personne {n}"), par="camille")
        command = [sys.executable, __file__, journal]
        started = [
            subprocess.Popen([*command, f"p-{n}"], stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - this very script
            for n in range(4)
        ]
        for process in started:
            print(process.communicate()[0], end="")
        print("sorties :", [process.returncode for process in started])
        with tl.ouvrir(journal, creer=False) as lieu:
            print("réservations :", len(lieu.registre("reservations")), "; rejeu fidèle :", lieu.rejouer().fidele)


if __name__ == "__main__":
    concourir(*sys.argv[1:]) if sys.argv[1:] else main()
