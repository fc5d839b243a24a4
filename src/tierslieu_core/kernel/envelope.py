"""What the journal stores around each fact, for ever, and the frame of bytes over which its integrity is computed."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack
from typing import Any, Generic, TypeVar

import msgspec

from tierslieu_core.kernel.codec import dec_hook
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.errors import FormeInconnue
from tierslieu_core.kernel.ports import Row

F = TypeVar("F")


class Enveloppe(msgspec.Struct, Generic[F], frozen=True, omit_defaults=True):
    """The stored form of every fact. Names are kept for ever; unknown ones are tolerated when reading."""

    id: str
    enregistre_le: str
    survenu_le: str
    par: str
    mandat: str
    fait: F
    pour: str | None = None
    cause: str | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Enveloppe[msgspec.Raw])


def wrap(enveloppe: Enveloppe[msgspec.Raw]) -> bytes:
    """The bytes to store."""
    return _encoder.encode(enveloppe)


def decoder_of(cls: type[F]) -> msgspec.json.Decoder[Enveloppe[F]]:
    """A decoder of the envelope and of the fact of that class in one pass."""
    return msgspec.json.Decoder(Enveloppe[cls], dec_hook=dec_hook)  # type: ignore[valid-type]  # known at run time


def unwrap(row: Row) -> Enveloppe[msgspec.Raw]:
    """The envelope of stored bytes; ``FormeInconnue`` when they are not one."""
    try:
        return _decoder.decode(row.data)
    except msgspec.DecodeError as fault:
        msg = f"Le fait n° {row.position} ({row.type}) du journal ne se lit pas : {fault}"
        raise FormeInconnue(msg) from None


def note_of(position: int, e: Enveloppe[Any]) -> Note:
    """What the journal says around a fact."""
    return Note(position, e.id, e.enregistre_le, e.survenu_le, e.par, e.pour, e.mandat, e.cause)


def frame(position: int, type_: str, tags: Sequence[str], data: bytes) -> bytes:
    """The canonical frame of a stored fact: position (8 bytes), type, number of tags, tags and data, each by length.

    Integers are big-endian, texts UTF-8, the data verbatim: never re-serialised, so that no upcast changes it.
    """
    parts = [type_.encode(), *(tag.encode() for tag in tags), data]
    framed = [pack(">I", len(p)) + p for p in parts]
    return b"".join([pack(">Q", position), framed[0], pack(">I", len(tags)), *framed[1:]])
