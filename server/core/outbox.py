"""The bounded queue of frames to one client, and what happens when it is full.

A slow reader costs bounded memory: first queued presence is dropped, then queued updates, and the outbox is *behind*. When the client can
be written to again it gets one difference against the state it last had (S10). Words meant for this client alone
(hello, saved, refused, people, state) are kept; if even they do not fit, the outbox overflows and the connection must close. The answer
to a state vector may be as large as the document and does not count; at most one waits, for a newer one covers the older.

    flowing ──full──► behind ──caught_up──► flowing
       └──────────────────┴──own words do not fit──► overflowed
"""

from __future__ import annotations

from collections import deque
from enum import Enum, auto
from typing import Final

MAX_QUEUED_BYTES: Final = 1_048_576
TOGETHER_BYTES: Final = 16_384
"""Frames that are together no longer than this leave in one write, which costs more than to put a few short ones together."""


class Kind(Enum):
    """What a queued frame carries; decides what may be dropped."""

    UPDATE = auto()
    PRESENCE = auto()
    OWN = auto()
    ANSWER = auto()


_UPDATE: Final = Kind.UPDATE
_ANSWER: Final = Kind.ANSWER


class Outbox:
    """Frames for one client, oldest first, never more than `max_bytes`."""

    __slots__ = ("_base", "_max_bytes", "_queue", "has_overflowed", "is_behind", "queued_bytes")

    def __init__(self, max_bytes: int = MAX_QUEUED_BYTES) -> None:
        self._queue: deque[tuple[Kind, bytes]] = deque()
        self._max_bytes = max_bytes
        self._base: bytes | None = None
        self.queued_bytes = 0
        self.is_behind = False
        self.has_overflowed = False

    def push(self, kind: Kind, frame: bytes, base: bytes = b"") -> None:
        """Queue a frame. `base` is, for an update, a state vector the client has without it. Overflowed, it takes nothing more."""
        if self.has_overflowed:
            return
        if kind is _ANSWER:
            self._drop(_ANSWER)
            self._queue.append((kind, frame))
            return
        if kind is _UPDATE:
            if self.is_behind:
                return
            if self._base is None:
                self._base = base
        self._queue.append((kind, frame))
        self.queued_bytes += len(frame)
        if self.queued_bytes > self._max_bytes:
            self._shed()

    def pop(self) -> bytes | None:
        """Take the next frame, or None when there is none (the client may still be behind)."""
        return self._next() if self._queue else None

    def take(self) -> list[bytes]:
        """Take the next frame and the short ones right behind it, to be sent in one write; nothing when there is none."""
        if not self._queue:
            return []
        frames = [self._next()]
        if self._queue:
            left = TOGETHER_BYTES - len(frames[0])
            while self._queue and (left := left - len(self._queue[0][1])) >= 0:
                frames.append(self._next())
        return frames

    def _next(self) -> bytes:
        kind, frame = self._queue.popleft()
        if kind is not _ANSWER:
            self.queued_bytes -= len(frame)
        if not self._queue and not self.is_behind:
            self._base = None
        return frame

    def base(self) -> bytes:
        """Return the state vector of what a client that is behind certainly has."""
        assert self._base is not None, "only a client that is behind has a base"
        return self._base

    def caught_up(self, frame: bytes) -> None:
        """Queue the one difference that replaces all updates dropped."""
        self.is_behind = False
        self._base = None
        self.push(Kind.ANSWER, frame)

    def _shed(self) -> None:
        self._drop(Kind.PRESENCE)
        if self.queued_bytes > self._max_bytes and self._base is not None:
            self.is_behind = True
            self._drop(_UPDATE)
        self.has_overflowed = self.queued_bytes > self._max_bytes

    def _drop(self, kind: Kind) -> None:
        self._queue = deque(queued for queued in self._queue if queued[0] is not kind)
        self.queued_bytes = sum(len(frame) for kept, frame in self._queue if kept is not _ANSWER)
