"""Verify the archive of a tiers-lieu: ``python3 verifier.py ARCHIVE.zip``, years later, with nothing but Python.

An archive is a zip without compression, written in one way only: what was read of it, written again, gives the same
bytes, so that no byte of the file can change unseen. ``faits.jsonl`` holds the facts as the journal stored them, one a
line, each chained to the one before; ``manifeste.json`` the digest of every file, and of the chain.
"""

# This file travels inside each archive: it imports nothing but the standard library, and prints what it finds.
from __future__ import annotations

import json
import sys
from binascii import crc32
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import BadZipFile, ZipFile

FORMAT = "tierslieu-archive/1"
MANIFESTE, FAITS = "manifeste.json", "faits.jsonl"
DEBUT = "0" * 64
"""What comes before the first fact of the first archive."""
JAMAIS = 0x21
"""The date of every entry, 1 January 1980: when a file was made says nothing of what is in it."""
TROP = 0xFFFFFFFF
SUITE = b',"donnees":'


# ── écrire : d'une seule façon ──────────────────────────────────────────────────────────────────────────────────────


def ecrite(fichiers: dict[str, bytes]) -> bytes:
    """The archive of these files, in the order of their names: the same files always give the same bytes."""
    corps, table = BytesIO(), BytesIO()
    for nom in sorted(fichiers):
        contenu, place = fichiers[nom], corps.tell()
        if place + len(contenu) > TROP:
            raise ValueError("archive de plus de 4 Go : prenez une période plus courte")
        nomme = nom.encode("ascii")
        commun = pack("<HHHHIIIHH", 0, 0, 0, JAMAIS, crc32(contenu), len(contenu), len(contenu), len(nomme), 0)
        corps.write(b"PK\x03\x04" + pack("<H", 20) + commun + nomme + contenu)
        table.write(b"PK\x01\x02" + pack("<HH", 20, 20) + commun + pack("<HHHII", 0, 0, 0, 0, place) + nomme)
    place, n = corps.tell(), len(fichiers)
    fin = pack("<HHHHIIH", 0, 0, n, n, table.tell(), place, 0)
    return corps.getvalue() + table.getvalue() + b"PK\x05\x06" + fin


def ligne(position: int, nature: str, etiquettes: list[str], donnees: bytes) -> bytes:
    """One fact, on its line; the data as the journal holds them, to the byte."""
    dit = {"position": position, "type": nature, "etiquettes": etiquettes}
    tete = json.dumps(dit, ensure_ascii=False, separators=(",", ":"))
    return tete[:-1].encode() + SUITE + donnees + b"}"


# ── vérifier ────────────────────────────────────────────────────────────────────────────────────────────────────────


def maillon(avant: str, dite: bytes) -> str:
    """The digest of a fact and of all those before it, from its line."""
    tete, _, donnees = dite.partition(SUITE)
    dit = json.loads(tete + b"}")
    return chainee(avant, dit["position"], dit["type"], dit["etiquettes"], donnees[:-1])


def chainee(avant: str, position: int, nature: str, etiquettes: list[str], donnees: bytes) -> str:
    """The same, from what the fact is: each part is preceded by its length, so that none flows into the next."""
    parts = [nature.encode(), *(un.encode() for un in etiquettes), donnees]
    cadre = [pack(">I", len(part)) + part for part in parts]
    entier = b"".join([pack(">Q", position), cadre[0], pack(">I", len(etiquettes)), *cadre[1:]])
    return sha256(bytes.fromhex(avant) + entier).hexdigest()


def fautes(archive: bytes) -> list[str]:
    """All that is wrong with an archive; none: not one byte of it has changed since it was made."""
    try:
        with ZipFile(BytesIO(archive)) as zip_:
            fichiers = {nom: zip_.read(nom) for nom in zip_.namelist()}
        if ecrite(fichiers) != archive:
            return ["le fichier n'est plus celui qui fut écrit : un octet au moins a changé hors des documents"]
        manifeste = json.loads(fichiers[MANIFESTE])
        if manifeste["format"] != FORMAT:
            return [f"format inconnu : {manifeste['format']}"]
        return [*_fichiers(fichiers, manifeste["fichiers"]), *_faits(fichiers[FAITS], manifeste)]
    except (BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, EOFError, RuntimeError, OSError) as faute:
        return [f"le fichier ne se lit plus ({faute})"]


def _fichiers(fichiers: dict[str, bytes], dits: dict[str, str]) -> list[str]:
    """Each document against its digest; none is missing, none was added."""
    noms = {*fichiers} - {MANIFESTE}
    trouves = [f"{nom} manque" for nom in sorted(dits.keys() - noms)]
    trouves += [f"{nom} n'est pas de l'archive" for nom in sorted(noms - dits.keys())]
    changes = (nom for nom in sorted(noms & dits.keys()) if sha256(fichiers[nom]).hexdigest() != dits[nom])
    return [*trouves, *(f"{nom} a changé" for nom in changes)]


def _faits(faits: bytes, manifeste: dict[str, object]) -> list[str]:
    """The facts are as many, in order, of the period, and chained as the manifest says."""
    chaine, derniere, n = str(manifeste["chaine_avant"]), 0, 0
    for dite in faits.splitlines():
        fait = json.loads(dite)
        if fait["position"] <= derniere:
            return [f"le fait n° {fait['position']} n'est pas à sa place"]
        if not str(manifeste["debut"]) <= fait["donnees"]["survenu_le"] < str(manifeste["fin"]):
            return [f"le fait n° {fait['position']} n'est pas de la période"]
        chaine, derniere, n = maillon(chaine, dite), fait["position"], n + 1
    if (n, chaine) != (manifeste["nombre"], manifeste["chaine"]):
        return ["les faits ne sont plus ceux qui furent archivés : leur chaîne est rompue"]
    return []


def main(argv: list[str]) -> int:
    """Say what an archive is and whether it is whole; 1 when it is not."""
    if len(argv) != 1:
        print("python3 verifier.py ARCHIVE.zip")
        return 2
    archive = Path(argv[0]).read_bytes()
    trouvees = fautes(archive)
    for faute in trouvees:
        print(f"✘ {faute}")
    if trouvees:
        print("Cette archive n'est plus sûre : reprenez-en une autre copie.")
        return 1
    with ZipFile(BytesIO(archive)) as zip_:
        dit = json.loads(zip_.read(MANIFESTE))
    print(f"✔ {dit['lieu']}, du {dit['du']} au {dit['au']} : {dit['nombre']} faits, pas un octet n'a changé.")
    print(f"Empreinte du fichier : {sha256(archive).hexdigest()}")
    print("Elle doit être celle que le journal du lieu garde, et que l'on a pu noter sur papier.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
