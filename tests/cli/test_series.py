"""A series from the command line: the first occurrence, and what repeats it."""

from __future__ import annotations

from tests.cli.conftest import Cli

SERIE = ("faire", "ReserverSerie", "--espace", "salle", "--personne", "p-1", "--par", "camille")


def test_une_serie_se_demande_avec_sa_premiere_occurrence_et_sa_regle(cli: Cli):
    assert cli("faire", "OuvrirEspace", "--espace", "salle", "--nom", "Salle", "--par", "camille").code == 0
    heures = ("--debut", "2027-01-05T18:00", "--fin", "2027-01-05T20:00")
    done = cli(
        *SERIE, *heures, "--regle", "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "--sauf", "2027-01-12", "--cle", "s", "--essai"
    )
    assert "essai : rien n'est enregistré" in done.out
    sans_fin = cli(*SERIE, *heures, "--regle", "FREQ=WEEKLY")
    assert sans_fin.code == 2
    assert "elle n'a pas de fin : ajoutez COUNT=10" in sans_fin.err
