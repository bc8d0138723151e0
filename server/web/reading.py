"""Reads one WebSocket for the hub, pausing as the hub says: straight off the line where there is one, else in the ordinary way.

A line hands over a message in the very call that read it; no task wakes for it. While this client is slowed down, or a message is still in
hand, what comes is received in the ordinary way, which stops reading the socket; so nothing overtakes and nothing piles up. Whose
message took long waits for as long as that took, so that others have their turn; who is being sent away is not read at all.

    hearing ──too fast, or a fault──► receiving, with pauses ──all received, pause over──► hearing
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from starlette.websockets import WebSocket

from server.hub import Hub
from server.open_room import Connection
from server.telemetry import Event, log_event

LONG_S: Final = 0.005
"""A message that takes longer than this is followed by a turn for others: there may be dozens of its kind in one read."""

logger = logging.getLogger("puzzeltafel.websocket")


class Reading:
    """What one client says, on its way to the hub. `clock` gives seconds."""

    def __init__(self, hub: Hub, case_id: str, connection: Connection, clock: Callable[[], float] | None = None) -> None:
        self._hub = hub
        self._case_id = case_id
        self._connection = connection
        self._clock = clock or asyncio.get_running_loop().time
        self._waits_until = 0.0
        self._is_busy = False
        self._is_slowed = False
        self._fault: Exception | None = None

    async def read(self, websocket: WebSocket) -> None:
        """Read until the client is gone; whoever closes the connection ends this. Raises whatever went wrong while a message was heard."""
        if self._connection.line is not None:
            self._connection.line.listen(self.hear)
        try:
            await self._receive_all(websocket)
        finally:
            self._is_busy = True

    def hear(self, frame: bytes) -> bool:
        """Take a message now, unless an earlier one is in hand or this client must wait; a fault is raised where messages are received."""
        if self._is_busy or self._connection.closing or self._clock() < self._waits_until:
            return False
        try:
            self._take(frame)
        except Exception as fault:
            self._fault, self._is_busy = fault, True
            return False
        return True

    async def _receive_all(self, websocket: WebSocket) -> None:
        while True:
            message = await websocket.receive()
            if self._fault is not None:
                raise self._fault
            if message["type"] == "websocket.disconnect":
                return
            self._is_busy = True
            if (pause := self._waits_until - self._clock()) > 0:
                await asyncio.sleep(pause)
            frame = message.get("bytes")
            self._take(message["text"] if frame is None else frame)
            if self._connection.closing:
                await asyncio.Event().wait()  # the writer says goodbye and ends this task
            self._is_busy = False

    def _take(self, frame: bytes | str) -> None:
        began = self._clock()
        pause = self._hub.receive(self._case_id, self._connection, frame)
        ended = self._clock()
        if pause and not self._is_slowed:
            participant = self._connection.session.person.id
            log_event(logger, Event.SLOWED, case=self._case_id, participant=participant, seconds=round(pause, 1))
        self._is_slowed = pause > 0
        took = ended - began
        self._waits_until = ended + max(pause, took if took > LONG_S else 0.0)
