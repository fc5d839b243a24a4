"""A store that is watched: what was appended to it, and under which condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBReadResponse, DCBRecorder, DCBSubscription


class Watched(DCBRecorder):
    """A store seen through the library's interface alone, that notes the condition of each append."""

    def __init__(self, recorder: DCBRecorder) -> None:
        self._recorder = recorder
        self.conditions: list[DCBAppendCondition | None] = []

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> DCBReadResponse:
        """As the store."""
        return self._recorder.read(query, after=after, limit=limit)

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        """As the store."""
        self.conditions.append(condition)
        return self._recorder.append(events, condition)

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> DCBSubscription[Any]:
        """As the store."""
        return self._recorder.subscribe(query, after=after)
