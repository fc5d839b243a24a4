"""A period closes into one file, which a stranger verifies years later with Python alone; it is then never touched."""

import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.archives import archiver, fautes
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne, RenommerPersonne
from tierslieu_core.domaines.memoire.documentation import NoterEntree

now = Instant.from_utc(2025, 9, 1, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(NoterEntree(texte="Premier café : onze personnes, et la pluie."), par="p-1")

now = Instant.from_utc(2026, 9, 2, 9)  # a year has passed
with tempfile.TemporaryDirectory() as dossier:
    fichier = Path(dossier, "quai-2026.zip")
    tot = archiver(lieu, fichier, Date(2026, 9, 2), par="camille")
    print("trop tôt :", tot.explication[0])
    print("archivée :", archiver(lieu, fichier, Date(2026, 8, 31), par="camille").verdict)
    octets = fichier.read_bytes()
    ZipFile(fichier).extract("verifier.py", dossier)
    seul = subprocess.run(
        [sys.executable, "-I", "-S", "verifier.py", "quai-2026.zip"],
        cwd=dossier, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    print(seul.stdout.splitlines()[0])

# One bit of one byte, anywhere.
touche = bytearray(octets)
touche[len(touche) // 2] ^= 1
print("un bit plus loin :", fautes(bytes(touche)) != [])
print("personne n'y est nommé :", b"Zoe" not in octets and "Zoé".encode() not in octets)
(close,) = lieu.registre("archives")
print("le journal en garde l'empreinte :", close.du, close.au, len(str(close.empreinte)))

hier = RenommerPersonne(personne="p-1", nom="Zoé D.")
refus = lieu.executer(hier, par="camille", survenu_le=Instant.from_utc(2026, 8, 30, 9))
print(refus.explication[0])
print("rejeu fidèle :", lieu.rejouer().fidele)
