"""A room in memory and the connections to it, as the hub and the pump share them.

Holds them, wakes them and keeps the two timers of a room; decides nothing. When a timer is wanted, and what then happens, is the hub's.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final, Protocol

from server.core.room import Room
from server.core.session import Session
from server.errors import CloseCode

LINE_EXTENSION: Final = "puzzeltafel.line"
"""The ASGI extension under which a server that can do more than send offers the `line` of a connection (`direct_line.py`)."""


Hear = Callable[[bytes], bool]
"""Takes one message of a client, or will not now and returns False. Never raises."""


def nothing() -> None:
    """Do nothing."""


class Line(Protocol):
    """Where the frames of one connection can be put without waiting. One that is not free is free again later, or never."""

    @property
    def is_free(self) -> bool: ...

    def put(self, *payloads: bytes) -> None:
        """Send frames in one go; only while the line is free."""
        ...

    async def until_free(self) -> bool:
        """Wait until the line is free; return False when it never will be."""
        ...

    def listen(self, hear: Hear) -> None:
        """Hand whole binary messages straight to `hear` from now on; what it will not hear now is received in the ordinary way."""
        ...


class Connection:
    """One open connection as the hub and the pump share it: its session, when to look at its outbox, and what to call when it has arrived.

    It has arrived once its first state vector is answered. Over a `line`, where the server under us offers one, frames leave at once;
    while the client reads too slowly, or without a line, the pump sends them. Nothing overtakes: who has a line takes from its outbox only
    what is put on the line in the same breath.
    """

    def __init__(self, session: Session, on_arrival: Callable[[], None], line: Line | None = None) -> None:
        self.session = session
        self.arrived = on_arrival
        self.line = line
        self.ready = asyncio.Event()
        self.closing: tuple[CloseCode, str] | None = None

    def wake(self) -> None:
        """Send what waits, as far as that goes without waiting; the rest is the pump's."""
        line, outbox = self.line, self.session.outbox
        if line is not None and self.closing is None:
            while line.is_free:
                frames = outbox.take()
                if not frames:
                    break
                line.put(*frames)
            else:
                self.ready.set()
                return
            if not outbox.is_behind:
                return
        self.ready.set()

    def close(self, code: CloseCode, message: str) -> None:
        """Ask the pump to close; the first reason stands."""
        self.closing = self.closing or (code, message)
        self.ready.set()


@dataclass(slots=True, eq=False)
class OpenRoom:
    """A room in memory with what the shell keeps beside it. `timer_due` is when the timer goes, in the event loop's time.

    `mark` tells, while it is not closed, that the case is open. One that `is_gone` was dropped: whatever it still wants is not to be had.
    """

    room: Room
    connections: dict[Session, Connection] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None
    timer_due: float = 0.0
    retirement: asyncio.TimerHandle | None = None
    mark: ExitStack = field(default_factory=ExitStack)
    is_gone: bool = False
    users: int = 0
    tickets: set[int] = field(default_factory=set)
    refreshing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self, sessions: Iterable[Session]) -> None:
        """Let sessions that are still connected send what waits for them."""
        for session in sessions:
            if connection := self.connections.get(session):
                connection.wake()

    def close(self, session: Session, code: CloseCode, message: str) -> None:
        """Have a session sent away, if it is still connected."""
        if connection := self.connections.get(session):
            connection.close(code, message)

    def call_in(self, wait_s: float, tick: Callable[[OpenRoom], None]) -> None:
        """Have `tick` called after so many seconds, unless it is called before: the tick that comes first asks for the later one again.

        In whole milliseconds, rounded up: the event loop counts in them, and what rings a little early is asked for many times over.
        """
        loop = asyncio.get_running_loop()
        due = loop.time() + max(0, math.ceil(wait_s * 1_000)) / 1_000
        if self.timer is not None:
            if self.timer_due <= due:  # kept here: uvloop's handle of what is due at once cannot tell
                return
            self.timer.cancel()
        self.timer, self.timer_due = loop.call_at(due, self._ring, tick), due

    def _ring(self, tick: Callable[[OpenRoom], None]) -> None:
        self.timer = None
        tick(self)

    def retire_after(self, idle_s: float, retire: Callable[[OpenRoom], None]) -> None:
        """Have `retire` called after so many seconds, counted anew at each call."""
        self.stay()
        self.retirement = asyncio.get_running_loop().call_later(idle_s, retire, self)

    def stay(self) -> None:
        """Somebody came: retire nothing."""
        if self.retirement is not None:
            self.retirement.cancel()

    def stop_timers(self) -> None:
        for handle in (self.timer, self.retirement):
            if handle is not None:
                handle.cancel()
