"""Frames put straight on the line: what they look like, and that nothing is lost, doubled or out of order when a client reads slowly."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from crdt.presence import Person
from server.core.outbox import TOGETHER_BYTES, Kind, Outbox
from server.core.session import Session
from server.direct_line import Framing, framed, whole_message
from server.errors import RESTART
from server.open_room import Connection, Hear, nothing


class Line:
    """A line to a client that reads when it is told to."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.writes = 0
        self.room_for = 100

    @property
    def is_free(self) -> bool:
        return self.room_for > 0

    def put(self, *payloads: bytes) -> None:
        assert self.is_free
        self.room_for -= 1
        self.writes += 1
        self.taken.extend(payloads)

    async def until_free(self) -> bool:
        return self.is_free

    def listen(self, hear: Hear) -> None:
        raise AssertionError("nobody says anything here")


@pytest.fixture
def line() -> Line:
    return Line()


def connection(line: Line, max_bytes: int = 1_000) -> Connection:
    session = Session(Person("ann", "Ann", None, "partner"), "partner", True, Outbox(max_bytes))
    return Connection(session, nothing, line)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 1_000_000])
def test_a_frame_is_what_the_websocket_library_makes(length: int) -> None:
    """[C1] The same bytes, whatever the length."""
    payload = bytes(length)

    assert framed(payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)


def test_what_goes_to_many_is_framed_once() -> None:
    """[S9] The very same bytes, also with a word for one client in between."""
    framing, shared = Framing(), bytes(1_000)
    first = framing.frame(shared)

    assert framing.frame(b"saved") == framed(b"saved")
    assert framing.frame(shared) is first
    assert framing.frame(bytes(999)) == framed(bytes(999))


@pytest.mark.parametrize("length", [0, 1, 40, 125, 126, 900, 65_535])
def test_a_message_that_comes_alone_needs_no_parser(length: int) -> None:
    """[C1] Whatever mask a client chose."""
    payload = bytes(number % 251 for number in range(length))

    assert whole_message(Frame(Opcode.BINARY, payload).serialize(mask=True)) == payload


@given(st.binary(max_size=300), st.integers(0, 13), st.integers(0, 255), st.integers(-3, 3))
def test_what_is_not_exactly_one_message_is_left_to_the_parser(payload: bytes, at: int, octet: int, more: int) -> None:
    """[C1] One byte changed, some cut off or added: what is still taken is what the library would read."""
    data = bytearray(Frame(Opcode.BINARY, payload).serialize(mask=True))
    data[min(at, len(data) - 1)] = octet
    changed = bytes(data[:more]) if more < 0 else bytes(data) + b"x" * more
    taken = whole_message(changed)
    if taken is None:
        return
    reader = StreamReader()
    reader.feed_data(changed)
    parsing = Frame.parse(reader.read_exact, mask=True)
    with pytest.raises(StopIteration) as parsed:
        next(parsing)
    frame = parsed.value.value

    assert (frame.opcode, frame.fin, bytes(frame.data)) == (Opcode.BINARY, True, taken)
    assert not reader.buffer


@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.PING, Opcode.PONG, Opcode.CLOSE, Opcode.CONT])
def test_only_binary_messages_are_taken_at_once(opcode: Opcode) -> None:
    """[C1] All else has a meaning of its own."""
    assert whole_message(Frame(opcode, b"").serialize(mask=True)) is None


def test_what_bears_no_mask_is_left_to_the_parser() -> None:
    """[C1] It ends the connection."""
    assert whole_message(Frame(Opcode.BINARY, b"abcdef").serialize(mask=False)) is None


async def test_waking_sends_at_once(line: Line) -> None:
    """[S9] The pump has nothing left to do."""
    awake = connection(line)
    for frame in (b"a", b"b"):
        awake.session.outbox.push(Kind.OWN, frame)
    awake.wake()

    assert line.taken == [b"a", b"b"]
    assert not awake.ready.is_set()


async def test_what_does_not_fit_is_left_to_the_pump(line: Line) -> None:
    """[S10] It stays in the outbox, where it is counted."""
    slow, line.room_for = connection(line, 10 * TOGETHER_BYTES), 1
    first, second = bytes(TOGETHER_BYTES), bytes(TOGETHER_BYTES + 1)
    for frame in (first, second):
        slow.session.outbox.push(Kind.OWN, frame)
    slow.wake()

    assert line.taken == [first]
    assert slow.ready.is_set()
    assert slow.session.outbox.pop() == second


@pytest.mark.parametrize(("lengths", "writes"), [((10, 10, 10), 1), ((10, 20_000, 10), 3), ((20_000, 10), 2), ((10, 9_000, 9_000), 2)])
async def test_short_frames_leave_together(line: Line, lengths: tuple[int, ...], writes: int) -> None:
    """[S9] In their order; a long one is not copied for the sake of a short one."""
    awake = connection(line, 10 * TOGETHER_BYTES)
    frames = [bytes([number]) * length for number, length in enumerate(lengths)]
    for frame in frames:
        awake.session.outbox.push(Kind.OWN, frame)
    awake.wake()

    assert line.taken == frames
    assert line.writes == writes


async def test_who_is_behind_is_caught_up_by_the_pump(line: Line) -> None:
    """[S10] What was dropped is not in the outbox: only the room can tell what is missing."""
    behind = connection(line, max_bytes=10)
    behind.session.outbox.push(Kind.UPDATE, bytes(11), b"vector")
    behind.wake()

    assert line.taken == []
    assert behind.ready.is_set()


async def test_who_is_sent_away_hears_no_more(line: Line) -> None:
    """[E7] Only the goodbye, which is the pump's."""
    leaving = connection(line)
    leaving.close(RESTART, "come back")
    leaving.ready.clear()
    leaving.session.outbox.push(Kind.OWN, b"a")
    leaving.wake()

    assert line.taken == []
    assert leaving.ready.is_set()


async def test_without_a_line_the_pump_sends(line: Line) -> None:
    """[S9] As over a server that knows nothing of lines."""
    plain = connection(line)
    plain.line = None
    plain.session.outbox.push(Kind.OWN, b"a")
    plain.wake()

    async with asyncio.timeout(1):
        await plain.ready.wait()
    assert plain.session.outbox.pop() == b"a"
