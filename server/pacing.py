"""How much of what a client sent is taken in at one go: a WebSocket that lets others have their turn.

One read of the kernel's buffer may hold tens of thousands of the smallest frames, and taking those in at once would keep everyone waiting.
So bytes are parsed a piece at a time, no further while a message waits to be heard, and what carries no message (pings, pongs, parts of
one) has a rate of its own. What messages may cost is `core/limits.py`'s and the hub's; who is let go is `patience.py`'s.

    read ──► held ──a piece──► parsed ─┬─ a message: no further until the application has taken it
                                       └─ asides: no further for as long as their bucket says (at least one turn of the loop)
    nothing held, nothing waiting, no rest ──► reading goes on
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from websockets.frames import Frame

from server.core.limits import Bucket
from server.direct_line import DirectWebSocket

PIECE: Final = 1_024
"""Bytes parsed at one go; at six bytes for the smallest frame, half a millisecond."""

ASIDES_PER_S: Final = 20.0
ASIDES_BURST: Final = 100.0
"""A browser sends no pings and few parts; a message of the most parts allowed fits in."""


class PacedWebSocket(DirectWebSocket):
    """A WebSocket whose client is read no faster than it is heard."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._held = bytearray()
        self._rest: asyncio.TimerHandle | None = None
        self._asides = 0
        self._bucket = Bucket(ASIDES_PER_S, ASIDES_BURST, filled_at=self.loop.time())

    def connection_lost(self, exc: Exception | None) -> None:
        self._held.clear()
        if self._rest is not None:
            self._rest.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if len(data) <= PIECE and not self._held and self._rest is None:
            self._parse(data)
        else:
            self._held += data
        if self._held or self._rest is not None:
            self._go_on()

    async def receive(self) -> Any:
        if self.read_paused and self.queue.empty():
            self._go_on()  # only now: what was received before has been dealt with, and nothing may overtake it
        return await self.queue.get()

    def _go_on(self) -> None:
        """Parse what is held until there is a reason to wait, and read again when there is none."""
        while self._held and self._may_go_on and not self.transport.is_closing():
            piece = bytes(self._held[:PIECE])
            del self._held[:PIECE]
            self._parse(piece)
        self._read_when(not self._held and self._may_go_on)

    @property
    def _may_go_on(self) -> bool:
        """Tell whether nothing this client said still waits; after a goodbye nobody will take it."""
        return self._rest is None and (self.close_sent or self.queue.empty())

    def _parse(self, piece: bytes) -> None:
        super().data_received(piece)
        if self._asides:
            cost, self._asides = self._asides, 0
            self._rest = self.loop.call_later(self._bucket.wait(self.loop.time(), cost), self._rested)

    def _rested(self) -> None:
        self._rest = None
        self._go_on()

    def _read_when(self, is_time: bool) -> None:
        if is_time is not self.read_paused or self.transport.is_closing():
            return
        self.read_paused = not is_time
        if is_time:
            self.transport.resume_reading()
        else:
            self.transport.pause_reading()

    def handle_ping(self) -> None:
        self._asides += 1
        super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        self._asides += 1
        super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        self._asides += 1
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.close_sent:
            self._asides += 1
        super().send_receive_event_to_app()
