"""The trail says who, as what, when and why; the replay takes every decision again, and finds what was doctored."""

import sqlite3
import tempfile
from pathlib import Path

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet

with tempfile.TemporaryDirectory() as dossier:
    journal = Path(dossier) / "quai.db"
    with tl.ouvrir(str(journal), horloge=lambda: Instant.from_utc(2026, 11, 23, 9)) as lieu:
        lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
        lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
        lieu.executer(CreerModele(modele="perforateur", nom="Perforateur"), par="camille")
        lieu.executer(AjouterObjet(objet="perforateur-1", modele="perforateur", nom="Le perforateur"), par="camille")
        for qui in ("p-1", "camille"):
            lieu.executer(
                PreterObjet(objet="perforateur-1", personne=qui, retour=Date(2026, 11, 30)), par="camille", cle=qui
            )
        for trace in lieu.audit("objet:perforateur-1"):
            print(trace)
        rejeu = lieu.rejouer()
        print(rejeu.decisions, "décisions rejouées,", len(rejeu.ecarts), "différence")

    # Somebody rewrites history in the file: one digit of a loan.
    with sqlite3.connect(journal) as base:
        base.execute("UPDATE events SET data = replace(CAST(data AS TEXT), '11-30', '12-30') WHERE type LIKE '%Prete%'")
    base.close()
    with tl.ouvrir(str(journal), creer=False) as lieu:
        premier = lieu.rejouer().ecarts[0]
        print("après falsification : position", premier.position, "de la demande", premier.cle, "→", premier.quoi)
