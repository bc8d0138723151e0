"""What newcomers are told, made once however many come in: answers to state vectors, and who everybody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crdt import wire
from crdt.case import CaseDocument
from crdt.presence import Person
from server.core import bodies

MAX_ANSWERS_KEPT: Final = 16


class Answers:
    """The frames that answer state vectors for one document, the newest few."""

    def __init__(self, document: CaseDocument) -> None:
        self._document = document
        self._frames: dict[bytes, bytes] = {}
        self._everyone: bytes | None = None

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

    def everyone(self, people: Mapping[str, Person], owners: Mapping[int, str]) -> bytes:
        """Return the frame with everybody and whose each Yjs client id is (E4)."""
        if self._everyone is None:
            self._everyone = wire.extension_frame(wire.PEOPLE, bodies.people(people, owners))
        return self._everyone

    def forget_everyone(self) -> None:
        """Somebody is new or has changed."""
        self._everyone = None
