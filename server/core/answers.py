"""Answers to state vectors, made once per state of the document however many ask: newcomers, or everyone after a restart."""

from __future__ import annotations

from typing import Final

from crdt import wire
from crdt.case import CaseDocument

MAX_ANSWERS_KEPT: Final = 16


class Answers:
    """The frames that answer state vectors for one document, the newest few."""

    def __init__(self, document: CaseDocument) -> None:
        self._document = document
        self._frames: dict[bytes, bytes] = {}

    def frame(self, vector: bytes) -> bytes:
        """Return the frame with all that the vector lacks (S1)."""
        if vector not in self._frames:
            while len(self._frames) >= MAX_ANSWERS_KEPT:
                del self._frames[next(iter(self._frames))]
            self._frames[vector] = wire.difference_frame(self._document.difference(vector))
        return self._frames[vector]

    def clear(self) -> None:
        """The document changed: what was made is no longer true."""
        self._frames.clear()
