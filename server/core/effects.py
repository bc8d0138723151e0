"""What a room wants done, as values. The hub performs them; nothing here does anything."""

from __future__ import annotations

from dataclasses import dataclass

from crdt.gate import Refused
from crdt.log import Append
from server.core.session import Session
from server.errors import CloseCode


@dataclass(frozen=True, slots=True)
class Wake:
    """These sessions have something to send."""

    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """Make this durable, then tell the room `committed` or `commit_failed`."""

    append: Append


@dataclass(frozen=True, slots=True)
class KeepKeyframe:
    """Keep the whole state at `seq` of an epoch. Losing it costs time, not data."""

    epoch: int
    seq: int
    state: bytes


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connection of a session."""

    session: Session
    code: CloseCode
    message: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A change the server made itself is committed, or was refused, or its commit failed (`outcome` is then None)."""

    ticket: int
    outcome: Refused | int | None


@dataclass(frozen=True, slots=True)
class CallAt:
    """Call the room's `tick` at this time (seconds of the monotonic clock)."""

    when: float


Effect = Wake | Commit | KeepKeyframe | Close | Settled | CallAt
