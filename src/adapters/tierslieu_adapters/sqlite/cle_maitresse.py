"""The master key of a vault: made once, written so that people can print it, and type it in again.

It is a text file that only its owner may read, or the environment variable ``TIERSLIEU_CLE``, which comes first.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from base64 import b32decode, b32encode
from pathlib import Path
from typing import Final

from tierslieu_adapters.fichiers import raison
from tierslieu_core.integrite.coffre import CleMaitresseRefusee
from tierslieu_core.integrite.magasin import CoffreIllisible
from tierslieu_core.kernel.errors import CoffreAbsent

VARIABLE: Final = "TIERSLIEU_CLE"
"""The environment variable that stands for the file, in the same form, on one line or several."""

AVERTISSEMENT: Final = """\
La clé maîtresse ouvre toutes les données personnelles du lieu : noms, adresses, téléphones, remarques sur des gens.
  - Imprimez-la maintenant, et gardez-en deux copies à l'abri, dans deux endroits : jamais au même endroit que les
    copies du journal (.db) et du coffre (.coffre). Qui tient les trois lit tout.
  - Si elle est perdue, toutes ces données deviennent illisibles pour toujours. Personne ne peut la refaire.
  - Ne l'envoyez ni par courriel ni par messagerie.
"""

_EN_TETE: Final = """\
# Clé maîtresse du coffre de données personnelles « {coffre} »
#
{avertissement}#
# Pour s'en resservir : recopiez ce fichier à côté du journal, sous le nom « {nom} », ou donnez les lettres
# ci-dessous (contrôle compris) dans la variable d'environnement {variable}. Majuscules, espaces et tirets ne
# comptent pas ; les lignes qui commencent par # non plus. Le contrôle dit si une lettre a été mal recopiée.

"""
_KEY_BYTES: Final = 32
_KEY_LETTERS: Final = 52  # 32 bytes in base32, without padding
_CHECK_LETTERS: Final = 8
_LOOKALIKES: Final = str.maketrans("018", "OIB")  # digits that base32 does not use


def creer(chemin: Path) -> bytes:
    """The master key of a new vault: from the environment, else from that file, which is made if it is not there."""
    if not (os.environ.get(VARIABLE, "").strip() or chemin.exists()):
        try:
            _ecrire(chemin, _texte(os.urandom(_KEY_BYTES), chemin))
        except OSError as erreur:
            raise CoffreIllisible(
                f"La clé maîtresse ne peut pas être écrite dans {chemin} ({raison(erreur)}). Vérifiez que ce dossier "
                "existe, qu'on peut y écrire et que le disque n'est pas plein, puis recommencez."
            ) from erreur
    return lire(chemin)


def lire(chemin: Path) -> bytes:
    """The 32 bytes of the master key: from the environment, else from that file."""
    if texte := os.environ.get(VARIABLE, "").strip():
        return _cle(texte, f"de la variable {VARIABLE}")
    try:
        return _cle(chemin.read_text(encoding="utf-8", errors="replace"), f"du fichier {chemin}")
    except FileNotFoundError:
        raise CoffreAbsent(
            f"La clé maîtresse {chemin} manque : sans elle, les données personnelles du lieu sont illisibles. Remettez "
            f"ce fichier à sa place, ou donnez les lettres de la copie imprimée dans la variable {VARIABLE}."
        ) from None
    except OSError as erreur:
        raise CoffreIllisible(
            f"La clé maîtresse {chemin} ne peut pas être lue ({raison(erreur)}). Seule la personne qui l'a créée en a "
            "le droit : utilisez le même compte, ou rendez-lui ce fichier."
        ) from erreur


def _texte(cle: bytes, chemin: Path) -> str:
    lettres = _lettres(cle)
    groupes = [lettres[n : n + 4] for n in range(0, len(lettres), 4)]
    lignes = ["-".join(groupes[n : n + 4]) for n in range(0, _KEY_LETTERS // 4, 4)]
    lignes[-1] = groupes[_KEY_LETTERS // 4 - 1]
    en_tete = _EN_TETE.format(
        coffre=chemin.with_suffix(".coffre").name,
        avertissement="".join(f"# {ligne}\n" for ligne in AVERTISSEMENT.splitlines()),
        nom=chemin.name,
        variable=VARIABLE,
    )
    return en_tete + "\n".join([*lignes, "contrôle : " + "-".join(groupes[_KEY_LETTERS // 4 :]), ""])


def _cle(texte: str, origine: str) -> bytes:
    utiles = [ligne.rpartition(":")[2] for ligne in texte.splitlines() if not ligne.lstrip().startswith("#")]
    lettres = "".join(c for c in "".join(utiles).upper() if c.isalnum()).translate(_LOOKALIKES)
    try:
        cle = b32decode(lettres[:_KEY_LETTERS] + "====")
    except ValueError:
        cle = b""
    if len(cle) != _KEY_BYTES or _lettres(cle) != lettres:
        raise CleMaitresseRefusee(
            f"La clé maîtresse {origine} est abîmée : son contrôle ne correspond pas, au moins une lettre manque ou a "
            "changé. Comparez-la lettre à lettre à la copie imprimée, contrôle compris, et corrigez."
        )
    return cle


def _lettres(cle: bytes) -> str:
    """The letters of the key, then those of its check."""
    controle = hashlib.sha256(b"tierslieu/cle-maitresse/1" + cle).digest()
    return b32encode(cle).decode().rstrip("=") + b32encode(controle).decode()[:_CHECK_LETTERS]


def _ecrire(chemin: Path, texte: str) -> None:
    """Write the whole file or nothing, durably; a file that came first stays."""
    descripteur, essai = tempfile.mkstemp(dir=chemin.parent, prefix=f".{chemin.name}.")  # made with mode 0600
    try:
        with os.fdopen(descripteur, "w", encoding="utf-8") as fichier:
            fichier.write(texte)
            fichier.flush()
            os.fsync(fichier.fileno())
        try:
            os.link(essai, chemin)
        except FileExistsError:
            return
    finally:
        Path(essai).unlink()
    if os.name == "posix":  # elsewhere a folder cannot be opened
        dossier = os.open(chemin.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)
