"""The edge of the kernel: a demand is checked whole, told all its faults at once, and sealed, before any reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
import msgspec
from whenever import Date, Instant

from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.clock import ANNEES, to_millis
from tierslieu_core.kernel.codec import PRIMITIFS, TEMPS, Codec, encoder, structured
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import ClairInterdit, CommandeInconnue, DemandeInvalide, PersonneOubliee
from tierslieu_core.kernel.fields import Champ, fields_of, is_personal, once, pointing
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.kernel.ports import Vault

CLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}\Z")
IDENTIFIANT = re.compile(r"[a-z0-9][a-z0-9._~-]{0,119}\Z")


def identifier_fault(text: Any) -> str | None:
    """Why a text cannot be an identifier, or ``None``."""
    if isinstance(text, str) and IDENTIFIANT.match(text):
        return None
    return f"« {text} » n'est pas un identifiant : des minuscules sans accent, des chiffres, . _ ~ - (120 au plus)"


def key_fault(cle: Any) -> str | None:
    """Why a text cannot be an idempotency key, or ``None``."""
    return (
        None
        if isinstance(cle, str) and CLE.match(cle)
        else f"« {cle} » n'est pas une clé : lettres sans accent, chiffres, . _ : ~ - (120 au plus)"
    )


def millis(instant: Any, field: str) -> Instant:
    """The same instant as the journal can say it; ``DemandeInvalide`` for what is not one."""
    if not isinstance(instant, Instant):
        said = f"attend un instant (whenever.Instant), reçu {instant!r} : une heure sans fuseau ne dit pas quand"
        raise DemandeInvalide("La demande ne peut pas être enregistrée :", [(field, said)])
    return to_millis(instant)


def command_from(catalogue: Catalogue, nom: str, champs: dict[str, Any]) -> Any:
    """The command of that name with these fields (JSON values); every bad field is told at once."""
    cls = catalogue.demande(nom).commande
    titre = f"La demande « {nom} » ne peut pas être lue :"
    made = structured(catalogue.codec.edge, champs, cls, titre)
    forged = [f.nom for f in _personal(cls) if isinstance(getattr(made, f.nom), Scelle)]
    if forged:  # another's value, or one that nobody could open
        raise DemandeInvalide(titre, [(nom, "un texte attendu : c'est le lieu qui le scelle") for nom in forged])
    return made


def checked(catalogue: Catalogue, commande: Any) -> bytes:
    """The command's canonical JSON, once every field is of its declared type."""
    if not hasattr(type(commande), "__fiche__"):
        raise CommandeInconnue(f"Ceci n'est pas une commande : {commande!r}.")
    nom = fiche(commande).nom
    cls = catalogue.demande(nom).commande
    titre = f"La demande « {nom} » ne peut pas être lue :"
    try:
        data = catalogue.codec.encode(commande)
        if _surely_well_made(catalogue.codec, cls, commande, data):
            return data
        raw = msgspec.json.decode(data)
    except UnicodeError:
        raise DemandeInvalide(titre, [("", "un caractère Unicode y est incomplet")]) from None
    except (TypeError, AttributeError, ValueError, LookupError) as fault:
        raise DemandeInvalide(titre, [("", f"un champ ne peut pas être écrit ({fault})")]) from None
    if structured(catalogue.codec.edge, raw, cls, titre) != commande:
        raise DemandeInvalide(titre, [("", "un champ n'est pas du type déclaré (une heure sans fuseau, par exemple)")])
    return data


def _surely_well_made(codec: Codec, cls: type, commande: Any, data: bytes) -> bool:
    """A quick yes by msgspec, 4 µs rather than 30; what it cannot tell, or refuses, is for cattrs to judge."""
    decoder, known = codec.plain(cls), _identifiers(cls)
    if decoder is None or known is None:
        return False
    try:
        if decoder.decode(data) != commande:
            return False
    except (msgspec.ValidationError, ValueError):
        return False
    check = codec.identifiers
    return check is None or not any(check(one) for name, many in known for one in _given(commande, name, many))


@once
def _identifiers(cls: type) -> tuple[tuple[str, bool], ...] | None:
    """The fields that are identifiers, and whether they hold several; ``None`` when others lie deeper."""
    fields = fields_of(cls)
    if any(_identifiers(f.element) != () for f in fields if attrs.has(f.element)):
        return None
    return tuple((f.nom, f.plusieurs) for f in fields if hasattr(f.element, "__supertype__"))


def _given(commande: Any, name: str, many: bool) -> tuple[Any, ...]:  # noqa: FBT001 - as the declaration says
    """The values of a field that are there."""
    value = getattr(commande, name)
    return () if value is None else value if many else (value,)


def place_faults(commande: Any, zone: str, *, suite: bool = False) -> list[tuple[str, str]]:
    """What is wrong with the command on the place's own clock: hours that do not exist, and what it says of itself.

    ``suite``: its dates are a stored fact's, which nobody can write anew.
    """
    found = [] if suite else list(_date_faults(commande))
    for field in _of_the_clock(type(commande)):
        for one in _given(commande, field.nom, field.plusieurs):
            fault = one.faute_dans(zone)
            if fault:
                found.append((field.nom, fault))
    if not found and hasattr(commande, "fautes"):
        found.extend(commande.fautes(zone))
    return found


def _date_faults(commande: Any) -> Iterator[tuple[str, str]]:
    """Every date of a year that nobody lives in, inside the command's values too."""
    for field in _dated(type(commande)):
        for one in _given(commande, field.nom, field.plusieurs):
            if isinstance(one, Date):
                if one.year not in ANNEES:
                    yield field.nom, f"{one.year} : une année de {ANNEES[0]} à {ANNEES[-1]} attendue"
            elif attrs.has(type(one)):
                yield from ((f"{field.nom}.{path}", said) for path, said in _date_faults(one))


@once
def _dated(cls: type) -> tuple[Champ, ...]:
    """The fields that are dates, or whose values may hold some."""
    return tuple(f for f in fields_of(cls) if f.element is Date or not _bare(f.element))


@once
def _of_the_clock(cls: type) -> tuple[Champ, ...]:
    return tuple(f for f in fields_of(cls) if hasattr(f.element, "faute_dans"))


def references(commande: Any) -> Iterator[tuple[str, str, str]]:
    """Every identifier that the command names and does not create, inside its values too: path, tag prefix, value."""
    for field in _naming(type(commande)):
        for one in _given(commande, field.nom, field.plusieurs):
            if field.sujet:
                yield field.nom, field.sujet, one
            elif attrs.has(type(one)):
                yield from ((f"{field.nom}.{path}", kind, inner) for path, kind, inner in references(one))


def pointed(commande: Any) -> Iterator[tuple[str, str, str]]:
    """Whatever the command points to by its whole tag, of any kind: path, tag prefix, value."""
    for field in _pointing(type(commande)):
        yield from ((field.nom, *one.reference) for one in _given(commande, field.nom, field.plusieurs))


@once
def _pointing(cls: type) -> tuple[Champ, ...]:
    return tuple(f for f in fields_of(cls) if pointing(f))


@once
def _naming(cls: type) -> tuple[Champ, ...]:
    """The fields that name something already there, or whose values may."""
    return tuple(f for f in fields_of(cls) if not f.nouveau and (f.sujet or not _bare(f.element)))


def _bare(kind: Any) -> bool:
    """Whether values of this type hold no others."""
    return kind in PRIMITIFS or kind in TEMPS or is_personal(kind) or hasattr(kind, "depuis_texte")


def sealed(commande: Any, vault: Vault, par: str, cle: str) -> Any:
    """The same command with every personal field sealed, once and for all."""
    changes: dict[str, Scelle] = {}
    for field in _personal(type(commande)):
        value = getattr(commande, field.nom)
        if isinstance(value, str):
            person = par if field.qui == "par" else getattr(commande, str(field.qui))
            where = f"{fiche(commande).nom}.{field.nom}"
            kept = field.conservation or ""
            try:
                changes[field.nom] = vault.seal(value, person=person, retention=kept, key=cle, field=where)
            except PersonneOubliee:  # said of someone forgotten, it is forgotten at once
                changes[field.nom] = Scelle(person, kept, 0, cle, where, "")
    return attrs.evolve(commande, **changes) if changes else commande


def assert_sealed(fait: Any) -> None:
    """No personal value in clear ever reaches the journal."""
    for field in _personal(type(fait)):
        if isinstance(getattr(fait, field.nom), str):
            said = "est une donnée personnelle en clair : elle doit venir scellée de la demande."
            raise ClairInterdit(f"{fiche(fait).nom}.{field.nom} {said}")


@once
def _personal(cls: type) -> tuple[Champ, ...]:
    return tuple(f for f in fields_of(cls) if f.qui is not None)


def digest(vault: Vault, nom: str, par: str, pour: str | None, data: bytes) -> str:
    """The keyed digest of what was asked, by whom: what a reused key is compared with."""
    return vault.digest(encoder.encode([nom, par, pour]) + data)
