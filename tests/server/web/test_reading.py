"""What a client says goes straight to the hub, or waits its turn: in order, never twice, and no faster than the hub allows."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from starlette.websockets import WebSocket

from crdt.presence import Person
from server.core.session import Session
from server.errors import BAD_FRAME
from server.hub import Hub
from server.open_room import Connection, nothing
from server.web.reading import Reading


class Listening:
    """A hub that notes what it hears, and a socket that hands over what was received in the ordinary way."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.pauses: dict[bytes, float] = {}
        self.takes: dict[bytes, float] = {}
        self.received: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.now = 0.0

    def receive(self, case_id: str, connection: Connection, frame: bytes) -> float:
        if frame == b"fault":
            raise ZeroDivisionError
        self.heard.append(frame)
        self.now += self.takes.get(frame, 0.0)
        return self.pauses.get(frame, 0.0)

    def reading(self) -> Reading:
        self.connection = Connection(Session(Person("ann", "Ann", None, "partner"), "partner", True), nothing)
        return Reading(cast("Hub", self), "case", self.connection, lambda: self.now)

    async def read(self, reading: Reading) -> None:
        self.received.put_nowait({"type": "websocket.disconnect"})
        async with asyncio.timeout(5):
            await reading.read(cast("WebSocket", self._Socket(self.received)))

    class _Socket:
        def __init__(self, received: asyncio.Queue[dict[str, Any]]) -> None:
            self.receive = received.get

    def receives(self, frame: bytes) -> None:
        self.received.put_nowait({"type": "websocket.receive", "bytes": frame})


@pytest.fixture
async def hub() -> Listening:
    return Listening()


async def test_message_is_heard_in_the_call_that_read_it(hub: Listening) -> None:
    reading = hub.reading()

    assert reading.hear(b"a")
    assert reading.hear(b"b")
    assert hub.heard == [b"a", b"b"]


async def test_who_is_too_fast_is_not_heard_before_the_pause_is_over(hub: Listening) -> None:
    """[L1] What comes meanwhile is received in the ordinary way, which stops reading the socket."""
    hub.pauses[b"a"] = 2.0
    reading = hub.reading()

    assert reading.hear(b"a")
    assert not reading.hear(b"b")
    hub.now = 2.0
    assert reading.hear(b"c")
    assert hub.heard == [b"a", b"c"]


async def test_whose_message_took_long_waits_as_long(hub: Listening) -> None:
    """[L1] Two dozen questions about a large case fit in one read, and others must have their turn in between."""
    hub.takes = {b"question": 0.1, b"word": 0.001}
    reading = hub.reading()

    assert reading.hear(b"word")
    assert reading.hear(b"question")
    assert not reading.hear(b"question")
    hub.now += 0.1
    assert reading.hear(b"question")
    assert hub.heard == [b"word", b"question", b"question"]


async def test_who_is_being_sent_away_is_not_read_any_more(hub: Listening) -> None:
    """[L1] What nobody hears costs no pace either, so a flood of it must stay unread until the goodbye is said."""
    reading = hub.reading()
    hub.connection.close(BAD_FRAME, "no")

    assert not reading.hear(b"a")
    assert hub.heard == []


async def test_what_was_received_before_is_read_in_order(hub: Listening) -> None:
    reading = hub.reading()
    for frame in (b"a", b"b"):
        hub.receives(frame)
    await hub.read(reading)

    assert hub.heard == [b"a", b"b"]


async def test_fault_ends_the_reading_and_nothing_is_heard_after_it(hub: Listening) -> None:
    """What goes wrong in the call that read a message is raised where the pump tells of it, not in the web server."""
    reading = hub.reading()

    assert not reading.hear(b"fault")
    assert not reading.hear(b"a")
    hub.receives(b"fault")
    with pytest.raises(ZeroDivisionError):
        await hub.read(reading)
    assert hub.heard == []


async def test_nothing_is_heard_once_reading_has_ended(hub: Listening) -> None:
    reading = hub.reading()
    await hub.read(reading)

    assert not reading.hear(b"a")
