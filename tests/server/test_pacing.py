"""How much of what a client sent is taken in at one go: never more than a piece, nothing while a message waits, asides at their rate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from server.open_room import Hear
from server.pacing import ASIDES_BURST, ASIDES_PER_S, PIECE, PacedWebSocket
from tests.campaigns.raw_socket import BINARY, PING, frame

PONG: Final = 10
HEAD: Final = (
    b"GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Transport(asyncio.Transport):
    """A transport that remembers whether it is read, and what was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = True
        self.written = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += len(data)

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        pass


class Listener:
    """An application that takes in a message when told to."""

    def __init__(self) -> None:
        self.receive: Any = None
        self.is_here = asyncio.Event()
        self.is_over = asyncio.Event()

    async def __call__(self, _: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.receive = receive
        self.is_here.set()
        await self.is_over.wait()

    async def hear(self) -> bytes:
        message = await asyncio.wait_for(self.receive(), 5)
        return bytes(message["bytes"])

    async def asks_for_more(self) -> None:
        asking = asyncio.create_task(self.receive())
        await asyncio.sleep(0)
        asking.cancel()


class Clock:
    """The waits that were asked of the loop, passed one by one."""

    def __init__(self, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = loop.time()
        self.waits: list[float] = []
        self._calls: list[Any] = []
        monkeypatch.setattr(loop, "time", lambda: self.now)
        monkeypatch.setattr(loop, "call_later", self._later)

    def _later(self, seconds: float, call: Any, *_: Any) -> Any:
        self.waits.append(seconds)
        self._calls.append(call)
        return asyncio.TimerHandle(self.now + seconds, call, (), asyncio.get_running_loop())

    def pass_one(self) -> None:
        self.now += self.waits[-1]
        self._calls.pop(0)()


class Table:
    """One connection, past its handshake."""

    def __init__(self) -> None:
        self.listener = Listener()
        self.transport = Transport()
        self.socket = PacedWebSocket(Config(self.listener, ws_ping_interval=None), ServerState(), {})

    async def open(self) -> None:
        self.socket.connection_made(self.transport)
        self.socket.data_received(HEAD)
        await self.listener.is_here.wait()
        self.transport.written = 0


def hearing(heard: list[bytes]) -> Hear:
    """Return what hears everything at once."""

    def hear(message: bytes) -> bool:
        heard.append(message)
        return True

    return hear


@pytest.fixture
async def table() -> AsyncIterator[Table]:
    opened = Table()
    await opened.open()
    yield opened
    opened.listener.is_over.set()
    await asyncio.gather(*opened.socket.tasks)


async def test_no_more_is_parsed_than_a_piece_while_a_message_waits(table: Table) -> None:
    """[D6] A thousand messages in one read are heard one piece after the other, all of them, in order."""
    said = [number.to_bytes(4) for number in range(1_000)]
    table.socket.data_received(b"".join(frame(BINARY, one) for one in said))

    assert table.socket.queue.qsize() <= PIECE // len(frame(BINARY, said[0])) + 1
    assert not table.transport.reading
    assert [await table.listener.hear() for _ in said] == said
    await table.listener.asks_for_more()
    assert table.transport.reading


async def test_nothing_heard_on_the_line_overtakes_what_is_received(table: Table) -> None:
    """[D6] While one message is in hand, those behind it wait, although they could be handed on at once."""
    heard: list[bytes] = []
    is_busy = True

    def hear(message: bytes) -> bool:
        if not is_busy:
            heard.append(message)
        return not is_busy

    table.socket.listen(hear)
    said = [bytes((number,)) * PIECE for number in range(4)]
    table.socket.data_received(b"".join(frame(BINARY, one) for one in said))
    heard.append(await table.listener.hear())
    is_busy = False
    await table.listener.asks_for_more()

    assert heard == said


async def test_a_message_in_the_midst_of_another_is_never_taken_for_one(table: Table) -> None:
    """[C1] Bytes that look like a whole message may be the inside of one: cut anywhere, what is heard is what was said."""
    heard: list[bytes] = []
    table.socket.listen(hearing(heard))
    inner = frame(BINARY, b"inner")
    outer = frame(BINARY, b"ab" + inner + b"cd")
    for cut in range(1, len(outer)):
        for piece in (outer[:cut], outer[cut:], frame(BINARY, b"next")):
            table.socket.data_received(piece)
        assert heard == [b"ab" + inner + b"cd", b"next"]
        heard.clear()
    begins = outer.index(inner)
    for piece in (outer[:begins], inner, outer[begins + len(inner) :]):
        table.socket.data_received(piece)

    assert heard == [b"ab" + inner + b"cd"]


async def test_a_message_between_the_parts_of_another_is_a_fault(table: Table) -> None:
    """[C1] As the library has it."""
    heard: list[bytes] = []
    table.socket.listen(hearing(heard))
    table.socket.data_received(frame(BINARY, b"a", fin=False))
    table.socket.data_received(frame(BINARY, b"b"))

    assert heard == []
    assert not table.socket.is_free


async def test_a_message_larger_than_a_piece_is_heard_whole(table: Table) -> None:
    """[D6] A large message waits for nobody; what follows it waits for it."""
    large = bytes(range(256)) * 400
    table.socket.data_received(frame(BINARY, large) + frame(BINARY, b"next"))

    assert await table.listener.hear() == large
    assert await table.listener.hear() == b"next"


async def test_a_flood_of_pings_is_read_at_its_rate(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[D6] After the burst every ping costs its time, and the rest stays unread."""
    clock = Clock(asyncio.get_running_loop(), monkeypatch)
    flood = frame(PING, b"") * 2_000
    table.socket.data_received(flood)
    answered = table.transport.written // 2

    assert answered <= PIECE // 6 + 1
    assert clock.waits == [pytest.approx((answered - ASIDES_BURST) / ASIDES_PER_S, rel=0.01)]
    assert not table.transport.reading

    clock.pass_one()
    assert table.transport.written // 2 <= 2 * (PIECE // 6 + 1)
    assert not table.transport.reading


@pytest.mark.parametrize("opcode", [PING, PONG])
async def test_one_aside_takes_a_turn_and_no_more(table: Table, opcode: int) -> None:
    """[D6] Who pings now and then is read on at once, and heard."""
    table.socket.data_received(frame(opcode, b"x") + frame(BINARY, b"word"))

    assert await table.listener.hear() == b"word"
    await table.listener.asks_for_more()
    assert table.transport.reading


async def test_parts_of_a_message_are_asides_and_the_message_is_heard(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[D6] A message in parts comes together; its parts are counted."""
    clock = Clock(asyncio.get_running_loop(), monkeypatch)
    table.socket.data_received(frame(BINARY, b"a", fin=False) + frame(0, b"b", fin=False) + frame(0, b"c"))
    clock.pass_one()

    assert await table.listener.hear() == b"abc"
    await table.listener.asks_for_more()
    assert table.transport.reading


async def test_what_is_said_after_goodbye_is_read_at_a_rate(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[D6] Nobody takes it any more, and it may not cost everyone's time either."""
    await table.socket.send({"type": "websocket.close", "code": 1000})
    clock = Clock(asyncio.get_running_loop(), monkeypatch)
    table.socket.data_received(frame(BINARY, b"") * 2_000)

    assert clock.waits[0] > 1
    assert not table.transport.reading
