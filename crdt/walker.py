"""One bounded pass over a Yjs update (format v1) before any CRDT library sees it.

Answers: is it well formed, within bounds and of our kinds of content? Which clocks of which clients does it bring, which does it
need to be there already? Which roots does it name? From that follow ownership, gaps and clock jumps. It does
not apply anything and cannot tell what the change *means*; that is the gate's work on the shadow document.

Nothing is allocated from a length prefix; every count is compared with the bytes left (pycrdt 0.14.13 spends 512 MB on a
7-byte update and overflows its stack on 60 kB of nested arrays, so these bounds are what stands between a stranger and the process).

Source: Yjs 13 `UpdateEncoderV1`, `Item.write`, `DeleteSet`, and lib0 `writeAny`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from crdt.errors import MalformedFrame
from crdt.schema import MAP, ROOTS
from crdt.wire import Reader

MAX_DEPTH: Final = 32
MAX_CLOCK: Final = 2**31
MAX_DELETE_RANGES: Final = 100_000

_GC, _DELETED, _STRING, _TYPE, _ANY, _SKIP = 0, 1, 4, 7, 8, 10
_FOREIGN_KINDS: Final = {2: "JSON", 3: "binary", 5: "embed", 6: "format", 9: "subdocument"}
_HAS_LEFT, _HAS_RIGHT, _HAS_KEY = 0x80, 0x40, 0x20
_Y_MAP, _Y_TEXT = 1, 2
_FIXED_ANY_BYTES: Final = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}


@dataclass(frozen=True, slots=True)
class ClockRange:
    """Structs of one client: clocks `start` up to, not including, `end`."""

    client: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Walked:
    """What one update brings and needs.

    `ranges` are in the order of the update, contiguous ones joined. `needs` gives per client the clock below which every
    struct must be known (from this update or before) for the update to integrate completely. `deletions` counts ranges.
    """

    ranges: tuple[ClockRange, ...]
    needs: dict[int, int]
    deletions: int

    def is_empty(self) -> bool:
        """Tell whether the update changes nothing at all."""
        return not self.ranges and not self.deletions

    def news(self, known: dict[int, int]) -> dict[int, int]:
        """Return, per client that brings clocks beyond `known`, the clock it reaches."""
        reached: dict[int, int] = {}
        for part in self.ranges:
            if part.end > known.get(part.client, 0):
                reached[part.client] = max(reached.get(part.client, 0), part.end)
        return reached

    def gap(self, known: dict[int, int]) -> int | None:
        """Return a client of whom something is missing before this update can integrate, or None."""
        reached = dict(known)
        for part in self.ranges:
            if part.start > reached.get(part.client, 0):
                return part.client
            reached[part.client] = max(reached.get(part.client, 0), part.end)
        return next((client for client, clock in self.needs.items() if clock > reached.get(client, 0)), None)


@dataclass(slots=True)
class _Walk:
    reader: Reader
    ranges: list[ClockRange] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)

    def need(self, client: int, clock: int) -> None:
        if clock > self.needs.get(client, 0):
            self.needs[client] = clock


def walk_update(update: bytes) -> Walked:
    """Read an update of format v1. Raises MalformedFrame for whatever breaks the format, a bound or our kinds of content."""
    walk = _Walk(Reader(update))
    for _ in range(walk.reader.count(least_bytes_each=3)):
        _client_section(walk)
    deletions = _delete_set(walk)
    walk.reader.finish()
    return Walked(tuple(walk.ranges), walk.needs, deletions)


def walk_state_vector(vector: bytes) -> dict[int, int]:
    """Read a state vector: client id → clock."""
    reader = Reader(vector)
    clocks = {}
    for _ in range(reader.count(least_bytes_each=2)):
        client = reader.var_uint()
        clocks[client] = reader.var_uint()
    reader.finish()
    return clocks


def _client_section(walk: _Walk) -> None:
    reader = walk.reader
    structs = reader.var_uint()
    if structs > reader.left():
        raise MalformedFrame(f"{structs} structs announced, {reader.left()} bytes left")
    client = reader.var_uint()
    start = clock = reader.var_uint()
    for _ in range(structs):
        info = reader.byte()
        kind = info & 0x1F
        length = _struct(walk, info, kind)
        if length <= 0 or clock + length > MAX_CLOCK:
            raise MalformedFrame(f"clock of client {client} jumps from {clock} by {length}, limit is {MAX_CLOCK}")
        if kind == _SKIP:
            _close_range(walk, client, start, clock)
            start = clock + length
        clock += length
    _close_range(walk, client, start, clock)


def _close_range(walk: _Walk, client: int, start: int, end: int) -> None:
    if end > start:
        walk.ranges.append(ClockRange(client, start, end))


def _struct(walk: _Walk, info: int, kind: int) -> int:
    """Read one struct after its info byte; return how many clocks it takes."""
    reader = walk.reader
    if kind in (_GC, _SKIP):
        return reader.var_uint()
    if info & _HAS_LEFT:
        _reference(walk)
    if info & _HAS_RIGHT:
        _reference(walk)
    if not info & (_HAS_LEFT | _HAS_RIGHT):
        _parent(walk, has_key=bool(info & _HAS_KEY))
    return _content(reader, kind)


def _reference(walk: _Walk) -> None:
    client = walk.reader.var_uint()
    walk.need(client, walk.reader.var_uint() + 1)


def _parent(walk: _Walk, *, has_key: bool) -> None:
    reader = walk.reader
    if reader.var_uint() == 1:
        root = reader.text()
        _check_root(root, has_key=has_key)
    else:
        _reference(walk)
    if has_key:
        reader.text()


def _check_root(root: str, *, has_key: bool) -> None:
    shape = ROOTS.get(root)
    if shape is None:
        raise MalformedFrame(f"root {root[:40]!r} is not part of a case")
    if has_key != (shape == MAP):
        raise MalformedFrame(f"root {root!r} is a {shape}; the update writes it as another type")


def _content(reader: Reader, kind: int) -> int:
    if kind == _STRING:
        return _utf16_length(reader.text())
    if kind == _ANY:
        count = reader.count()
        for _ in range(count):
            _any(reader, 0)
        return count
    if kind == _DELETED:
        return reader.var_uint()
    if kind == _TYPE:
        type_ref = reader.var_uint()
        if type_ref not in (_Y_MAP, _Y_TEXT):
            raise MalformedFrame(f"shared type {type_ref} is not part of a case; only maps and texts are")
        return 1
    raise MalformedFrame(f"content of kind {_FOREIGN_KINDS.get(kind, kind)} is not part of a case")


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _any(reader: Reader, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise MalformedFrame(f"values nest deeper than {MAX_DEPTH}")
    tag = reader.byte()
    if tag == 119:
        reader.text()
    elif tag in _FIXED_ANY_BYTES:
        reader.skip(_FIXED_ANY_BYTES[tag])
    elif tag == 125:
        _var_int(reader)
    elif tag == 116:
        reader.bytes()
    elif tag == 117:
        for _ in range(reader.count()):
            _any(reader, depth + 1)
    elif tag == 118:
        for _ in range(reader.count(least_bytes_each=2)):
            reader.text()
            _any(reader, depth + 1)
    else:
        raise MalformedFrame(f"value type {tag} is not known")


def _var_int(reader: Reader) -> None:
    for _ in range(8):
        if reader.byte() < 0x80:
            return
    raise MalformedFrame("a signed number does not end within 8 bytes")


def _delete_set(walk: _Walk) -> int:
    reader = walk.reader
    total = 0
    for _ in range(reader.count(least_bytes_each=2)):
        client = reader.var_uint()
        ranges = reader.count(least_bytes_each=2)
        total += ranges
        if total > MAX_DELETE_RANGES:
            raise MalformedFrame(f"more than {MAX_DELETE_RANGES} deleted ranges in one update")
        for _ in range(ranges):
            start = reader.var_uint()
            end = start + reader.var_uint()
            if end > MAX_CLOCK:
                raise MalformedFrame(f"deletes client {client} up to clock {end}, limit is {MAX_CLOCK}")
            walk.need(client, end)
    return total
