"""What newcomers are told, made once however many come in: answers to state vectors, and who everybody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crdt import wire
from crdt.presence import Person
from crdt.walker import walk_state_vector
from server.core import bodies
from server.core.live import Live

MAX_ANSWERS_KEPT: Final = 16


class Answers:
    """The frames that answer state vectors for one document, the newest few."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._frames: dict[bytes, bytes] = {}
        self._everyone: bytes | None = None

    def frame(self, vector: bytes) -> bytes:
        """Return the frame with all that the vector lacks (S1). Raises MalformedFrame when it is none."""
        if vector not in self._frames:
            walk_state_vector(vector)
            while len(self._frames) >= MAX_ANSWERS_KEPT:
                del self._frames[next(iter(self._frames))]
            self._frames[vector] = wire.difference_frame(self._live.document.difference(vector))
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
