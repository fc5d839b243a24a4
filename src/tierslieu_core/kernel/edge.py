"""The edge of the kernel: a demand is checked whole, told all its faults at once, and sealed, before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs
import msgspec

from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.codec import encoder, structured
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import ClairInterdit, DemandeInvalide
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.kernel.ports import Vault

CLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}\Z")
IDENTIFIANT = re.compile(r"[a-z0-9][a-z0-9._~-]{0,119}\Z")


def identifier_fault(text: str) -> str | None:
    """Why a text cannot be an identifier, or ``None``."""
    if IDENTIFIANT.match(text):
        return None
    return f"« {text} » n'est pas un identifiant : des minuscules sans accent, des chiffres, . _ ~ - (120 au plus)"


def key_fault(cle: str) -> str | None:
    """Why a text cannot be an idempotency key, or ``None``."""
    return (
        None
        if CLE.match(cle)
        else f"« {cle} » n'est pas une clé : lettres sans accent, chiffres, . _ : ~ - (120 au plus)"
    )


def command_from(catalogue: Catalogue, nom: str, champs: dict[str, Any]) -> Any:
    """The command of that name with these fields (JSON values); every bad field is told at once."""
    cls = catalogue.demande(nom).commande
    return structured(catalogue.codec.edge, champs, cls, titre=f"La demande « {nom} » ne peut pas être lue :")


def checked(catalogue: Catalogue, commande: Any) -> bytes:
    """The command's canonical JSON, once every field is of its declared type."""
    nom = fiche(commande).nom
    cls = catalogue.demande(nom).commande
    titre = f"La demande « {nom} » ne peut pas être lue :"
    try:
        data = catalogue.codec.encode(commande)
        raw = msgspec.json.decode(data)
    except (TypeError, AttributeError, ValueError) as fault:
        raise DemandeInvalide(titre, [("", str(fault))]) from None
    if structured(catalogue.codec.edge, raw, cls, titre) != commande:
        raise DemandeInvalide(titre, [("", "un champ n'est pas du type déclaré (une heure sans fuseau, par exemple)")])
    return data


def place_faults(commande: Any, zone: str) -> list[tuple[str, str]]:
    """What is wrong with the command on the place's own clock: hours that do not exist, and what it says of itself."""
    found: list[tuple[str, str]] = []
    for field in fields_of(type(commande)):
        value = getattr(commande, field.nom)
        if hasattr(field.element, "faute_dans"):
            for one in value if field.plusieurs else (value,):
                fault = None if one is None else one.faute_dans(zone)
                if fault:
                    found.append((field.nom, fault))
    if not found and hasattr(commande, "fautes"):
        found.extend(commande.fautes(zone))
    return found


def references(commande: Any) -> Iterable[tuple[str, str, str]]:
    """Every identifier that the command names and does not create, inside its values too: path, tag prefix, value."""
    for field in fields_of(type(commande)):
        value = getattr(commande, field.nom)
        if field.nouveau or value is None:
            continue
        for one in value if field.plusieurs else (value,):
            if field.sujet:
                yield field.nom, field.sujet, one
            elif attrs.has(type(one)):
                yield from ((f"{field.nom}.{path}", kind, inner) for path, kind, inner in references(one))


def sealed(commande: Any, vault: Vault, par: str, cle: str) -> Any:
    """The same command with every personal field sealed, once and for all."""
    changes: dict[str, Scelle] = {}
    for field in fields_of(type(commande)):
        value = getattr(commande, field.nom)
        if field.qui is not None and isinstance(value, str):
            person = par if field.qui == "par" else getattr(commande, field.qui)
            where = f"{fiche(commande).nom}.{field.nom}"
            changes[field.nom] = vault.seal(
                value, person=person, retention=field.conservation or "", key=cle, field=where
            )
    return attrs.evolve(commande, **changes) if changes else commande


def assert_sealed(fait: Any) -> None:
    """No personal value in clear ever reaches the journal."""
    for field in fields_of(type(fait)):
        if field.qui is not None and isinstance(getattr(fait, field.nom), str):
            msg = f"{fiche(fait).nom}.{field.nom} est une donnée personnelle en clair : elle doit venir scellée de la demande."
            raise ClairInterdit(msg)


def digest(vault: Vault, nom: str, par: str, pour: str | None, data: bytes) -> str:
    """The keyed digest of what was asked, by whom: what a reused key is compared with."""
    return vault.digest(encoder.encode([nom, par, pour]) + data)
