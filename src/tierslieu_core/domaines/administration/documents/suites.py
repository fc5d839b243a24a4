"""Suites: what other areas lead to, when a thing of theirs has documents, or has come to its end."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.administration.documents.depot import JoindreDocument
from tierslieu_core.domaines.administration.documents.destruction import CloreDocument
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import DocumentId


def jointes(documents: tuple[DocumentId, ...], *choses: Chose) -> Iterator[JoindreDocument]:
    """Its documents go with it."""
    for un in documents:
        for chose in choses:
            yield JoindreDocument(document=un, chose=chose)


def closes(documents: tuple[DocumentId, ...], fin: Date, note: Note) -> Iterator[CloreDocument]:
    """They are of no more use once it is over; when that day is still to come, somebody closes them by hand."""
    if fin.format_iso() <= note.survenu_le[:10]:
        for un in documents:
            yield CloreDocument(document=un)
