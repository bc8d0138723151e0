"""What a room wants done, as values. The hub performs them; nothing here does anything.

Those of every letter are tuples with names, which Python makes in a fraction of the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crdt.gate import Reason, Refused
from crdt.log import Append
from crdt.wire import AwarenessEntry
from server.core.session import Session
from server.errors import BUSY, CloseCode


class Wake(NamedTuple):
    """These sessions have something to send."""

    sessions: tuple[Session, ...]


class Commit(NamedTuple):
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
class TurnedDown:
    """A change of a session was refused; the session was told, and whoever runs the server may want to know."""

    session: Session
    reason: Reason


@dataclass(frozen=True, slots=True)
class Settled:
    """A change the server made itself is committed, or was refused, or its commit failed (`outcome` is then None)."""

    ticket: int
    outcome: Refused | int | None


class CallAt(NamedTuple):
    """Call the room's `tick` at this time (seconds of the monotonic clock)."""

    when: float


@dataclass(frozen=True, slots=True)
class LookUp:
    """Be level with the log and, when asked for, find out there who made every entry that ever was; then tell the room `looked_up`."""

    with_makers: bool


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the other servers what changed about who is present here."""

    entries: tuple[AwarenessEntry, ...]


Effect = Wake | Commit | KeepKeyframe | Close | TurnedDown | Settled | CallAt | LookUp | Announce


def wake(sessions: Sequence[Session]) -> list[Effect]:
    """Return what lets sessions read what waits for them; who reads too slowly is sent away."""
    overflowed = [session for session in sessions if session.outbox.has_overflowed]
    closes: list[Effect] = [Close(session, BUSY, "you read too slowly; come back in a moment") for session in overflowed]
    return [*closes, Wake(tuple(sessions))] if sessions else closes
