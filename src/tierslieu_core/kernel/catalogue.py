"""All that is declared, by name: built once from the areas, read by every part of the kernel and every adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import msgspec

from tierslieu_core.kernel.codec import Codec
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, RegleContraire
from tierslieu_core.kernel.declarations import Demande, Domaine, Identifiant, Note, Refus, Registre, Suite, fiche
from tierslieu_core.kernel.envelope import Enveloppe, decoder_of, note_of, unwrap
from tierslieu_core.kernel.errors import (
    CommandeInconnue,
    DemandeInvalide,
    ErreurTiersLieu,
    FormeInconnue,
    VersionFuture,
)
from tierslieu_core.kernel.fields import subject_of
from tierslieu_core.kernel.ports import Row

_decision = msgspec.json.Decoder(DecisionRendue)


@attrs.frozen(eq=False)
class Catalogue:
    """The declared areas, indexed. ``evenements`` maps each stored type to its class and version."""

    domaines: tuple[Domaine, ...]
    codec: Codec
    evenements: Mapping[str, tuple[type, int]]
    demandes: Mapping[str, Demande[Any, Any]]
    refus: Mapping[str, type[Refus]]
    registres: Mapping[str, Registre[Any]]
    identifiants: Mapping[str, Identifiant]
    suites: Mapping[type, tuple[Suite, ...]]
    _quick: dict[str, msgspec.json.Decoder[Enveloppe[Any]] | None] = attrs.field(init=False, factory=dict)

    @classmethod
    def of(
        cls,
        domaines: Iterable[Domaine],
        unions: Mapping[type, Mapping[str, type]],
        identifiers: Callable[[str], str | None],
    ) -> Catalogue:
        """The catalogue of these areas; an error when two of them declare one name."""
        areas = tuple(domaines)
        evenements = [(t, (c, v)) for d in areas for c in d.faits for v, t in enumerate(fiche(c).stockes(), 1)]
        identifiants = [(subject_of(i.type) or "", i) for d in areas for i in d.identifiants]
        suites: dict[type, tuple[Suite, ...]] = {}
        for suite in (s for d in areas for s in d.suites):
            suites[suite.fait] = (*suites.get(suite.fait, ()), suite)
        return cls(
            domaines=areas,
            codec=Codec(unions, identifiers),
            evenements=_unique("événement", evenements),
            demandes=_unique("commande", [(fiche(d.commande).nom, d) for a in areas for d in a.demandes]),
            refus=_unique("refus", [(fiche(r).nom, r) for r in (RegleContraire, *(r for a in areas for r in a.refus))]),
            registres=_unique("registre", [(r.nom, r) for a in areas for r in a.registres]),
            identifiants=_unique("identifiant", identifiants),
            suites=suites,
        )

    def demande(self, nom: str) -> Demande[Any, Any]:
        """The declaration of a command by its name."""
        found = self.demandes.get(nom)
        if found is None:
            raise CommandeInconnue(f"Commande inconnue : « {nom} ».{self._near(nom)}")
        return found

    def registre(self, nom: str) -> Registre[Any]:
        """The declaration of a register by its name."""
        found = self.registres.get(nom)
        if found is None:
            msg = f"Registre inconnu : « {nom} ». Registres tenus : {', '.join(sorted(self.registres))}."
            raise DemandeInvalide(msg)
        return found

    def types(self, classes: Iterable[type]) -> tuple[str, ...]:
        """The stored types, of every version, of these event classes."""
        return tuple(t for c in classes for t in fiche(c).stockes())

    def old(self, stored: str) -> bool:
        """Whether a stored type is of a version before the present one."""
        known = self.evenements.get(stored)
        return known is not None and known[1] < fiche(known[0]).version

    def check_versions(self, types: Iterable[str]) -> None:
        """``VersionFuture`` when the journal holds a version of a known event that this library cannot read.

        A lecture names the versions it knows: without this, it would silently miss the others.
        """
        names = {fiche(c).nom for c, _ in self.evenements.values()}
        future = sorted(t for t in types if t not in self.evenements and t.partition("@")[0] in names)
        if future:
            said = "Ce journal vient d'une version plus récente de la bibliothèque, que celle-ci ne sait pas lire"
            raise VersionFuture(f"{said} : {', '.join(future)}. Mettez la bibliothèque à jour.")

    def read(self, row: Row) -> tuple[Any, Note]:
        """The fact of a stored row, and what the journal says around it."""
        e = self._envelope(row)
        return e.fait, note_of(row.position, e)

    def fact(self, row: Row) -> Any:
        """The fact alone, brought to its present version."""
        return self._envelope(row).fait

    def _envelope(self, row: Row) -> Enveloppe[Any]:
        """Envelope and fact in one pass of msgspec; what it cannot read goes the long way, which tells every fault."""
        try:
            decoder = self._quick[row.type]
        except KeyError:
            decoder = self._quick[row.type] = self._decoder(row.type)
        if decoder is not None:
            try:
                return decoder.decode(row.data)
            except (msgspec.MsgspecError, ValueError):
                pass
        e = unwrap(row)
        return msgspec.structs.replace(e, fait=self._fact(row, e.fait))

    def _decoder(self, stored: str) -> msgspec.json.Decoder[Enveloppe[Any]] | None:
        """The one-pass decoder of a stored type, made when first met; ``None`` for an old version or a union."""
        if stored == DECISION:
            return decoder_of(DecisionRendue)
        cls, version = self.evenements.get(stored, (None, 0))
        plain = cls is not None and version == fiche(cls).version and self.codec.plain(cls) is not None
        return decoder_of(cls) if cls is not None and plain else None

    def _fact(self, row: Row, data: msgspec.Raw) -> Any:
        if row.type == DECISION:
            return self.decision(row, data)
        known = self.evenements.get(row.type)
        if known is None:
            msg = (
                f"Le fait n° {row.position} du journal est d'un type inconnu : « {row.type} ». "
                "Il vient d'un domaine qui n'est pas installé, ou d'une version plus récente de la bibliothèque."
            )
            raise FormeInconnue(msg)
        kind, version = known
        try:
            return self.codec.decode(
                data if version == fiche(kind).version else self._raised(data, kind, version), kind
            )
        except DemandeInvalide as fault:
            raise FormeInconnue(f"Fait n° {row.position} ({row.type}) : {fault}") from None

    def decision(self, row: Row, data: msgspec.Raw | None = None) -> DecisionRendue:
        """The decision of a stored row."""
        try:
            return _decision.decode(unwrap(row).fait if data is None else data)
        except msgspec.DecodeError as fault:
            raise FormeInconnue(f"La décision n° {row.position} du journal ne se lit pas : {fault}") from None

    def _raised(self, data: msgspec.Raw, kind: type, version: int) -> bytes:
        said, fields = fiche(kind), msgspec.json.decode(data)
        try:
            for n in range(version, said.version):
                fields = said.upcasts[n](fields)
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            raise DemandeInvalide(f"ne se met pas à la version {said.version} ({fault!r}).") from None
        return msgspec.json.encode(fields)

    def _near(self, nom: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only on an error's path

        close = get_close_matches(nom, self.demandes, n=3, cutoff=0.5)
        return f" Vouliez-vous dire : {', '.join(close)} ?" if close else " Voyez « tierslieu faire --help »."


def _unique(what: str, pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, thing in pairs:
        if name in found:
            msg = f"Deux déclarations pour le même {what} : « {name} »."
            raise ErreurTiersLieu(msg)
        found[name] = thing
    return found
