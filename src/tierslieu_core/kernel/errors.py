"""What can go wrong at the edge, before anything is recorded. Each message is French and shows a way out."""

from __future__ import annotations

from collections.abc import Sequence


class ErreurTiersLieu(Exception):
    """The one class to catch: every error that the library raises on purpose derives from it."""


class DemandeInvalide(ErreurTiersLieu):
    """A demand that cannot be read: nothing of it was recorded.

    ``erreurs`` lists every bad field as ``(path, message)``, all at once.
    """

    def __init__(self, titre: str, erreurs: Sequence[tuple[str, str]] = ()) -> None:
        self.titre = titre
        self.erreurs = tuple(erreurs)
        super().__init__(
            "\n".join([titre, *(f"  - {ou} : {quoi}" if ou else f"  - {quoi}" for ou, quoi in self.erreurs)])
        )


class CommandeInconnue(DemandeInvalide):
    """No area declares a command of that name."""


class ReferenceInconnue(DemandeInvalide):
    """A demand names a person, a space or an item that the place has never registered."""


class CleReutilisee(DemandeInvalide):
    """The idempotency key already answered another demand."""


class LieuNonFonde(DemandeInvalide):
    """The journal is empty: the place must be founded first."""


class Conflit(ErreurTiersLieu):
    """Other demands kept coming first: nothing was recorded, try again."""


class JournalIllisible(ErreurTiersLieu):
    """The journal's file cannot be used: absent, locked, read-only, or not a journal."""


class VersionFuture(ErreurTiersLieu):
    """A journal or a vault written by a more recent version of the library."""


class FormeInconnue(ErreurTiersLieu):
    """A stored name, version or shape that no declared area can read."""


class CoffreAbsent(ErreurTiersLieu):
    """The vault of personal data, or the master key that opens it, cannot be found."""


class ClairInterdit(ErreurTiersLieu):
    """A personal value was about to be recorded in clear: a fault of the area, never of the user."""


class PersonneOubliee(DemandeInvalide):
    """Something was about to be recorded about a person whom the place has forgotten."""

    def __init__(self, personne: str) -> None:
        super().__init__(
            f"La personne {personne} a été oubliée : plus rien de personnel ne peut être écrit sous cet identifiant. "
            "Si elle revient, inscrivez-la comme une nouvelle personne."
        )
