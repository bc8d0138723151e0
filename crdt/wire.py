"""Bounded reading and writing of y-protocol frames.

Reads var-ints, strings and the frames of `docs/protocol.md` (rules F1 to F4) without believing a length prefix before it is
compared with the bytes that are left. Does not look inside updates; that is `walker.py`. Does not judge who may write
what; that is the gate's work.

Source: lib0 encoding and the y-protocols `PROTOCOL.md` (sync 0, awareness 1, query awareness 3).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from crdt.errors import MalformedFrame

MAX_VAR_UINT: Final = 2**53 - 1
MAX_VAR_UINT_BYTES: Final = 8
MAX_AWARENESS_ENTRIES: Final = 1_000

SYNC: Final = 0
AWARENESS: Final = 1
QUERY_AWARENESS: Final = 3
HELLO: Final = 100
SAVED: Final = 101
REFUSED: Final = 102
PEOPLE: Final = 103
STATE: Final = 104
RULES: Final = 105
WAITING: Final = 106

STEP_VECTOR: Final = 0
STEP_DIFFERENCE: Final = 1
STEP_UPDATE: Final = 2
_UPDATE_HEAD: Final = bytes((SYNC, STEP_UPDATE))


class Reader:
    """A cursor over bytes that never reads past their end."""

    __slots__ = ("data", "end", "position")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self.end = len(data)

    def left(self) -> int:
        """Return how many bytes are still unread."""
        return self.end - self.position

    def byte(self) -> int:
        """Read one byte."""
        position = self.position
        if position >= self.end:
            raise MalformedFrame(f"cut short: 1 byte wanted at {position}, the message has {self.end}")
        self.position = position + 1
        return self.data[position]

    def var_uint(self) -> int:
        """Read an unsigned var-int of at most 8 bytes and below 2^53."""
        data, position, end = self.data, self.position, self.end
        if position < end and data[position] < 0x80:  # the common case: one byte
            self.position = position + 1
            return data[position]
        if position + 1 < end and data[position + 1] < 0x80:  # the next most common one
            self.position = position + 2
            return data[position] & 0x7F | data[position + 1] << 7
        return self._long_var_uint()

    def _long_var_uint(self) -> int:
        data, position, end = self.data, self.position, self.end
        value = shift = 0
        for index in range(position, min(end, position + MAX_VAR_UINT_BYTES)):
            octet = data[index]
            value |= (octet & 0x7F) << shift
            if octet < 0x80:
                self.position = index + 1
                if value > MAX_VAR_UINT:
                    raise MalformedFrame(f"number {value} at {position} is 2^53 or more")
                return value
            shift += 7
        raise MalformedFrame(f"number at {self.position} does not end within {MAX_VAR_UINT_BYTES} bytes")

    def var_uints(self, count: int) -> list[int]:
        """Read so many unsigned var-ints, four times as fast as one by one. The caller has bounded `count`."""
        data, position = self.data, self.position
        found: list[int] = []
        add = found.append
        try:
            for _ in range(count):
                low = data[position]
                if low < 0x80:
                    position += 1
                    add(low)
                elif (middle := data[position + 1]) < 0x80:
                    position += 2
                    add(low & 0x7F | middle << 7)
                elif (high := data[position + 2]) < 0x80:
                    position += 3
                    add(low & 0x7F | (middle & 0x7F) << 7 | high << 14)
                else:
                    self.position = position
                    add(self._long_var_uint())
                    position = self.position
        except IndexError:
            raise MalformedFrame(f"cut short: {count} numbers wanted, the message has {self.end} bytes") from None
        self.position = position
        return found

    def count(self, least_bytes_each: int = 1) -> int:
        """Read a count of things that take at least so many bytes each, and check that they can be there."""
        value = self.var_uint()
        if value * least_bytes_each > self.left():
            raise MalformedFrame(f"{value} items announced, {self.left()} bytes left")
        return value

    def bytes(self) -> bytes:
        """Read a byte string with its length in front."""
        length = self.count()
        start = self.position
        self.position = start + length
        return self.data[start : start + length]

    def text(self) -> str:
        """Read a string: valid UTF-8 with its length in bytes in front."""
        start = self.position
        try:
            return self.bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedFrame(f"string at {start} is not valid UTF-8: {error.reason}") from None

    def skip(self, length: int) -> None:
        """Pass over so many bytes."""
        if length > self.left():
            raise MalformedFrame(f"{length} bytes announced, {self.left()} left")
        self.position += length

    def finish(self) -> None:
        """Check that nothing is left over."""
        if self.position != self.end:
            raise MalformedFrame(f"{self.left()} bytes left over at {self.position}")


def var_uint(value: int) -> bytes:
    """Write an unsigned var-int."""
    out = bytearray()
    while value > 0x7F:
        out.append(0x80 | (value & 0x7F))
        value >>= 7
    out.append(value)
    return bytes(out)


def var_bytes(data: bytes) -> bytes:
    """Write a byte string with its length in front."""
    return var_uint(len(data)) + data


def var_text(text: str) -> bytes:
    """Write a string with its length in bytes in front."""
    return var_bytes(text.encode("utf-8"))


# Messages from a client


@dataclass(frozen=True, slots=True)
class StateVector:
    """Sync step 0: what the client has; it asks for the rest."""

    vector: bytes


class Update(NamedTuple):
    """Sync step 1 or 2: changes to the document. Step 1 is the answer to our state vector: all the client has and we lack."""

    update: bytes
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class AwarenessEntry:
    """The presence one client announces: `state` is JSON text, `null` when it leaves."""

    client_id: int
    clock: int
    state: str


@dataclass(frozen=True, slots=True)
class Awareness:
    """Presence announcements."""

    entries: tuple[AwarenessEntry, ...]


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    """The client asks who is present."""


ClientMessage = StateVector | Update | Awareness | QueryAwareness


def read_frame(frame: bytes) -> ClientMessage:
    """Read one whole frame from a client.

    Raises MalformedFrame for anything that is not exactly one message of a known type (F1, F2).
    """
    if frame[:2] == _UPDATE_HEAD and len(frame) > 2 and frame[2] < 0x80 and len(frame) == 3 + frame[2]:  # the commonest, a short update
        return Update(frame[3:])
    reader = Reader(frame)
    kind = reader.var_uint()
    message: ClientMessage
    if kind == SYNC:
        message = _read_sync(reader)
    elif kind == AWARENESS:
        message = Awareness(read_awareness(reader.bytes()))
    elif kind == QUERY_AWARENESS:
        message = QueryAwareness()
    else:
        raise MalformedFrame(f"message type {kind} is not known; known are 0, 1 and 3")
    reader.finish()
    return message


def _read_sync(reader: Reader) -> StateVector | Update:
    step = reader.var_uint()
    if step == STEP_VECTOR:
        return StateVector(reader.bytes())
    if step in (STEP_DIFFERENCE, STEP_UPDATE):
        return Update(reader.bytes(), is_answer=step == STEP_DIFFERENCE)
    raise MalformedFrame(f"sync step {step} is not known; known are 0, 1 and 2")


def read_awareness(payload: bytes) -> tuple[AwarenessEntry, ...]:
    """Read an awareness update: a count, then client id, clock and JSON state of each."""
    reader = Reader(payload)
    count = reader.count(least_bytes_each=3)
    if count > MAX_AWARENESS_ENTRIES:
        raise MalformedFrame(f"{count} presence states in one message, limit is {MAX_AWARENESS_ENTRIES}")
    entries = tuple(AwarenessEntry(reader.var_uint(), reader.var_uint(), reader.text()) for _ in range(count))
    reader.finish()
    if any(entry.clock >= MAX_VAR_UINT for entry in entries):
        raise MalformedFrame(f"the clock of a presence state is at its limit of {MAX_VAR_UINT}: nothing could follow it")
    return entries


# Frames to a client


def vector_frame(vector: bytes) -> bytes:
    """Frame sync step 0: ask for what this state vector lacks."""
    return bytes((SYNC, STEP_VECTOR)) + var_bytes(vector)


def difference_frame(update: bytes) -> bytes:
    """Frame sync step 1: the answer to a state vector."""
    return bytes((SYNC, STEP_DIFFERENCE)) + var_bytes(update)


def update_frame(update: bytes) -> bytes:
    """Frame sync step 2: changes as they happen."""
    return bytes((SYNC, STEP_UPDATE)) + var_bytes(update)


def awareness_frame(entries: Iterable[AwarenessEntry]) -> bytes:
    """Frame presence states."""
    listed = list(entries)
    body = b"".join(var_uint(e.client_id) + var_uint(e.clock) + var_text(e.state) for e in listed)
    return bytes((AWARENESS,)) + var_bytes(var_uint(len(listed)) + body)


def saved_frame(clocks: Mapping[int, int], updates: int) -> bytes:
    """Frame E2, what is on disk: the same bytes as JSON of it would be, for one goes to every writer in every tick."""
    told = ",".join([f'"{client}":{clock}' for client, clock in clocks.items()])
    return var_uint(SAVED) + var_bytes(f'{{"clocks":{{{told}}},"updates":{updates}}}'.encode())


def extension_frame(kind: int, body: object) -> bytes:
    """Frame one of our own messages (E): the type, then JSON."""
    return var_uint(kind) + var_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
