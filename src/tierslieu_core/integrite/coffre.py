"""The vault of personal data: what it sealed can be read until its person is forgotten, and never after.

One data key per person and retention class, wrapped by the master key, which lies elsewhere. Each box is bound to
what it belongs to (see ``boites``): a value to its person, class, key version, demand and field; a key to its person,
class and version. Those names are stored for ever in what they bind, hence never to be changed.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, Final

from tierslieu_core.integrite.boites import aesgcm, as_text, decrypt, encrypt, from_text, names
from tierslieu_core.integrite.magasin import DETRUITE, EtatCle, Magasin, Oubli
from tierslieu_core.integrite.recherche import prefixes, words
from tierslieu_core.kernel.errors import CoffreAbsent, DemandeInvalide, ErreurTiersLieu, PersonneOubliee
from tierslieu_core.kernel.personal import Efface, Scelle

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = 1  # of the data keys made today; keys of any version open
_CACHED_KEYS: Final = 4_096


class CoffreAltere(ErreurTiersLieu):
    """A sealed value, or a key of the vault, is not as it was written."""


class CleMaitresseRefusee(ErreurTiersLieu):
    """The master key is damaged, or is another vault's."""


class Coffre:
    """The vault over a store of wrapped keys; ``maitresse`` is the 32 bytes that unwrap them.

    Another vault's master key is refused here, at opening. Whether a key is still active is asked of the store each
    time: who was forgotten by another process is at once forgotten by this one.
    """

    def __init__(self, magasin: Magasin, maitresse: bytes) -> None:
        self._store = magasin
        self._master = maitresse
        self._secrets: dict[str, bytes] = {}
        self._keyed: hmac.HMAC | None = None
        self._unwrapped: dict[tuple[str, str, int], tuple[bytes, AESGCM]] = {}
        proof = hmac.digest(maitresse, b"tierslieu/temoin/1", "sha256")
        if not hmac.compare_digest(magasin.garder("temoin", proof), proof):
            raise CleMaitresseRefusee(
                "Cette clé maîtresse n'est pas celle de ce coffre. Donnez celle qui a été faite avec lui : "
                "le fichier .cle qui porte son nom, la variable TIERSLIEU_CLE, ou la copie imprimée."
            )

    def digest(self, content: bytes) -> str:
        """A keyed HMAC-SHA-256 of ``content``, 32 hexadecimal characters."""
        if self._keyed is None:
            self._keyed = hmac.new(self._secret("idempotence"), digestmod="sha256")
        keyed = self._keyed.copy()  # 10 µs less in each demand than a new one
        keyed.update(content)
        return keyed.hexdigest()[:32]

    def seal(self, text: str, *, person: str, retention: str, key: str, field: str) -> Scelle:
        """``text`` under the key of that person and class; ``PersonneOubliee`` if it was destroyed."""
        try:
            clear = text.encode()
        except UnicodeEncodeError:
            raise DemandeInvalide("Texte illisible.", [(field, "un caractère Unicode y est incomplet")]) from None
        box = self._store.cle(person, retention, VERSION)
        if box is None:
            new = self._wrap(os.urandom(32), names("cle", person, retention, str(VERSION)))
            box = self._store.ajouter_cle(person, retention, VERSION, new)
        if box == DETRUITE:
            self._unwrapped.pop((person, retention, VERSION), None)
            raise PersonneOubliee(person)
        cipher = self._data_key(box, person, retention, VERSION)
        sealed = encrypt(cipher, clear, names("valeur", person, retention, str(VERSION), key, field))
        return Scelle(person, retention, VERSION, key, field, as_text(sealed))

    def open(self, sealed: Scelle) -> str | Efface | Scelle:
        """The text; ``Efface`` if its key was destroyed; the same ``Scelle`` if this vault never had that key."""
        person, retention, version = sealed.personne, sealed.conservation, sealed.version
        box = self._store.cle(person, retention, version)
        if box is None:
            return sealed
        if box == DETRUITE:
            self._unwrapped.pop((person, retention, version), None)
            return Efface(person, retention)
        cipher = self._data_key(box, person, retention, version)
        bound_to = names("valeur", person, retention, str(version), sealed.cle, sealed.champ)
        clear = decrypt(cipher, from_text(sealed.boite), bound_to)
        if clear is None:
            raise CoffreAltere(
                f"La valeur scellée « {sealed.champ} » de la demande {sealed.cle} a été altérée ou déplacée : elle ne "
                "s'ouvre pas. Vérifiez le journal contre son dernier point de contrôle, puis reprenez une copie saine."
            )
        return clear.decode()

    def index(self, person: str, text: str) -> None:
        """Let ``person`` be found by the words of ``text``; ``PersonneOubliee`` if the place has forgotten them."""
        if not self._store.indexer(person, self._fingerprints(prefixes(text))):
            raise PersonneOubliee(person)

    def search(self, text: str) -> list[str]:
        """Persons one of whose words starts with each word of ``text``; case, accents, lone letters do not count."""
        wanted = words(text)
        return self._store.chercher(self._fingerprints(wanted)) if wanted else []

    def oublier(self, personne: str) -> Oubli:
        """Make all that was sealed for ``personne`` unreadable for ever. Done again, it destroys nothing more."""
        oubli = self._store.oublier(personne)
        for name in [name for name in list(self._unwrapped) if name[0] == personne]:
            self._unwrapped.pop(name, None)
        return oubli

    def etats(self, personne: str) -> dict[str, EtatCle]:
        """What became of the person's keys, by retention class; a class that never had one is not there."""
        return self._store.etats(personne)

    def close(self) -> None:
        """Let go of the store, and of the keys in memory."""
        self._unwrapped.clear()
        self._secrets.clear()
        self._keyed = None
        self._store.close()

    def _secret(self, name: str) -> bytes:
        secret = self._secrets.get(name)
        if secret is None:
            bound_to = names("secret", name)
            box = self._store.garder(name, self._wrap(os.urandom(32), bound_to))
            secret = self._secrets[name] = self._unwrap(box, bound_to)
        return secret

    def _fingerprints(self, texts: set[str]) -> set[bytes]:
        secret = self._secret("recherche")
        return {hmac.digest(secret, text.encode(), "sha256")[:16] for text in texts}

    def _data_key(self, box: bytes, person: str, retention: str, version: int) -> AESGCM:
        known = self._unwrapped.get((person, retention, version))
        if known is None or known[0] != box:
            cipher = aesgcm(self._unwrap(box, names("cle", person, retention, str(version))))
            if len(self._unwrapped) >= _CACHED_KEYS:
                self._unwrapped.clear()
            known = self._unwrapped[person, retention, version] = (box, cipher)
        return known[1]

    def _wrap(self, key: bytes, bound_to: bytes) -> bytes:
        return encrypt(aesgcm(self._master), key, bound_to)

    def _unwrap(self, box: bytes, bound_to: bytes) -> bytes:
        key = decrypt(aesgcm(self._master), box, bound_to)
        if key is None:
            raise CoffreAltere(
                "Une clé du coffre est abîmée, ou n'est plus à sa place. Reprenez la dernière copie du fichier .coffre."
            )
        return key


class SansCoffre:
    """For a reader who was not given the vault: what is sealed stays sealed, and nothing can be sealed or looked up."""

    def digest(self, content: bytes) -> str:  # noqa: ARG002 - as in Vault
        """``CoffreAbsent``."""
        raise _absent()

    def seal(self, text: str, *, person: str, retention: str, key: str, field: str) -> Scelle:  # noqa: ARG002 - as in Vault
        """``CoffreAbsent``."""
        raise _absent()

    def open(self, sealed: Scelle) -> str | Efface | Scelle:
        """``sealed`` itself."""
        return sealed

    def index(self, person: str, text: str) -> None:  # noqa: ARG002 - as in Vault
        """``CoffreAbsent``."""
        raise _absent()

    def search(self, text: str) -> list[str]:  # noqa: ARG002 - as in Vault
        """``CoffreAbsent``."""
        raise _absent()


def _absent() -> CoffreAbsent:
    return CoffreAbsent(
        "Le coffre des données personnelles n'est pas ouvert : on peut lire le journal, pas y écrire ni chercher "
        "une personne par son nom. Ouvrez le lieu avec son fichier .coffre et sa clé maîtresse (le fichier .cle, ou "
        "la variable TIERSLIEU_CLE)."
    )
