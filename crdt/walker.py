"""One bounded pass over a Yjs update (format v1) before any CRDT library sees it.

Answers: is it well formed, within bounds and of our kinds of content? Which clocks of which clients does it bring, which does it
need to be there already? Which roots does it name? From that follow ownership, gaps and clock jumps. It does
not apply anything and cannot tell what the change *means*; that is the gate's work on the shadow document.

Nothing is allocated from a length prefix; every count is compared with the bytes left (pycrdt 0.14.13 spends 512 MB on a
7-byte update and overflows its stack on 60 kB of nested arrays, so these bounds are what stands between a stranger and the process).
Where two readers of the format differ (a client told of twice, flags where none belong), the update is refused: the
server and the browsers would not end with the same case. Which shared type may stand where is `nesting.py`.

Source: Yjs 13 `UpdateEncoderV1`, `Item.write`, `DeleteSet`, and lib0 `writeAny`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import add
from typing import Final, Literal

from crdt.errors import MalformedFrame
from crdt.nesting import Nesting, Parent, StructId
from crdt.schema import MAP, ROOTS, TEXT
from crdt.values import read_value
from crdt.walked import ClockRange, Deleted, Walked
from crdt.wire import Reader

MAX_CLOCK: Final = 2**31

_GC, _DELETED, _STRING, _TYPE, _ANY, _SKIP = 0, 1, 4, 7, 8, 10
_FOREIGN_KINDS: Final = {2: "JSON", 3: "binary", 5: "embed", 6: "format", 9: "subdocument", 11: "move"}
_HOLDERS: Final = {_STRING: TEXT, _ANY: MAP, _TYPE: MAP}
_HAS_LEFT, _HAS_RIGHT, _HAS_KEY = 0x80, 0x40, 0x20
_SHARED_TYPES: Final[dict[int, Literal["map", "text"]]] = {1: "map", 2: "text"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one update may bring: structs and values together, clients, deleted ranges, and clocks in one struct without content."""

    parts: int
    clients: int
    deletions: int
    jump: int


FROM_CLIENTS: Final = Bounds(parts=6_000, clients=10_000, deletions=100_000, jump=2**24)
"""For what comes over the wire: more than anyone does in a day without a network, little enough to be read in no time."""

OF_OURS: Final = Bounds(parts=MAX_CLOCK, clients=MAX_CLOCK, deletions=MAX_CLOCK, jump=MAX_CLOCK)
"""For what the server made or has in its log, where rows are joined."""

MAX_VECTOR_CLIENTS: Final = 50_000


@dataclass(slots=True)
class _Walk:
    reader: Reader
    bounds: Bounds
    parts: int = 0
    structs: int = 0
    ranges: list[ClockRange] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)
    nesting: Nesting = field(default_factory=Nesting)
    halves: list[StructId] = field(default_factory=list)

    def need(self, client: int, clock: int) -> None:
        if clock > self.needs.get(client, 0):
            self.needs[client] = clock

    def expect(self, parts: int) -> None:
        """Count what is announced before any of it is read."""
        self.parts += parts
        if self.parts > self.bounds.parts:
            raise MalformedFrame(f"{self.parts} structs and values in one update, limit is {self.bounds.parts}; send it in smaller parts")


def walk_update(update: bytes, bounds: Bounds = FROM_CLIENTS) -> Walked:
    """Read an update of format v1. Raises MalformedFrame for whatever breaks the format, a bound or our kinds of content."""
    walk = _Walk(Reader(update), bounds)
    seen: set[int] = set()
    for _ in range(_clients(walk)):
        _once(seen, _client_section(walk))
    walk.nesting.check()
    deleted = _delete_set(walk)
    walk.reader.finish()
    return Walked(tuple(walk.ranges), walk.needs, deleted, walk.structs, walk.nesting, tuple(walk.halves))


def walk_state_vector(vector: bytes, most_clients: int = MAX_VECTOR_CLIENTS) -> dict[int, int]:
    """Read a state vector: client id → clock. Raises MalformedFrame."""
    reader = Reader(vector)
    count = reader.count(least_bytes_each=2)
    if count > most_clients:
        raise MalformedFrame(f"{count} clients in one state vector, limit is {most_clients}")
    clocks: dict[int, int] = {}
    for _ in range(count):
        client = reader.var_uint()
        clocks[client] = _clock(reader.var_uint())
    if len(clocks) != count:
        raise MalformedFrame("a client stands in a state vector twice")
    reader.finish()
    return clocks


def _once(seen: set[int], client: int) -> None:
    """Check that a client is told of once: of two tellings, Yjs keeps one and other readers both."""
    if client in seen:
        raise MalformedFrame(f"client {client} is told of twice")
    seen.add(client)


def _clock(clock: int) -> int:
    if clock > MAX_CLOCK:
        raise MalformedFrame(f"clock {clock} is beyond the limit of {MAX_CLOCK}")
    return clock


def _client_section(walk: _Walk) -> int:
    reader = walk.reader
    structs = reader.count(least_bytes_each=2)
    if structs == 0:
        raise MalformedFrame("a client is told of without structs")
    walk.expect(structs)
    walk.structs += structs
    client = reader.var_uint()
    start = clock = _clock(reader.var_uint())
    for _ in range(structs):
        info = reader.byte()
        kind = info & 0x1F
        length = _empty(walk, info) if kind in (_GC, _SKIP) else _item(walk, client, clock, info, kind)
        if length <= 0 or clock + length > MAX_CLOCK:
            raise MalformedFrame(f"clock of client {client} jumps from {clock} by {length}, limit is {MAX_CLOCK}")
        if kind == _SKIP:
            _close_range(walk, client, start, clock)
            start = clock + length
        clock += length
    _close_range(walk, client, start, clock)
    return client


def _close_range(walk: _Walk, client: int, start: int, end: int) -> None:
    if end > start:
        walk.ranges.append(ClockRange(client, start, end))


def _empty(walk: _Walk, info: int) -> int:
    """Read a struct without content; Yjs writes no flags beside its kind, and not all readers pass over them."""
    if info not in (_GC, _SKIP):
        raise MalformedFrame(f"info {info:#x} marks an empty struct with flags")
    return _length_without_content(walk)


def _length_without_content(walk: _Walk) -> int:
    length = walk.reader.var_uint()
    if length > walk.bounds.jump:
        raise MalformedFrame(f"a struct without content jumps by {length} clocks, limit is {walk.bounds.jump}")
    return length


def _item(walk: _Walk, client: int, clock: int, info: int, kind: int) -> int:
    """Read one struct with content after its info byte; return how many clocks it takes."""
    left = _reference(walk, client, clock) if info & _HAS_LEFT else None
    right = _reference(walk, client, clock) if info & _HAS_RIGHT else None
    if left is not None or right is not None:
        length = _content(walk, client, clock, kind)
        walk.nesting.followers.append((client, clock, clock + length, left, right, _HOLDERS.get(kind)))
        return length
    parent, key = _parent(walk, client, clock, kind, has_key=bool(info & _HAS_KEY))
    length = _content(walk, client, clock, kind)
    walk.nesting.children.append((client, clock, clock + length, parent, key))
    return length


def _reference(walk: _Walk, by_client: int, by_clock: int) -> StructId:
    reader = walk.reader
    client = reader.var_uint()
    clock = _clock(reader.var_uint())
    if client == by_client and clock >= by_clock:
        raise MalformedFrame(f"struct {by_client}/{by_clock} builds upon {clock}, which comes after it")
    walk.need(client, clock + 1)
    return client, clock


def _parent(walk: _Walk, client: int, clock: int, kind: int, *, has_key: bool) -> tuple[Parent, str | None]:
    reader = walk.reader
    named = reader.var_uint()
    if named > 1:
        raise MalformedFrame(f"a parent is named (1) or a struct (0), not {named}")
    parent: Parent = reader.text() if named else _reference(walk, client, clock)
    if isinstance(parent, str):
        _check_root(parent, has_key=has_key)
    if kind != _DELETED and (kind == _STRING) == has_key:
        raise MalformedFrame("a text holds characters and a map values; this update has it the other way around")
    return parent, reader.text() if has_key else None


def _check_root(root: str, *, has_key: bool) -> None:
    shape = ROOTS.get(root)
    if shape is None:
        raise MalformedFrame(f"root {root[:40]!r} is not part of a case")
    if has_key != (shape == MAP):
        raise MalformedFrame(f"root {root!r} is a {shape}; the update writes it as another type")


def _content(walk: _Walk, client: int, clock: int, kind: int) -> int:
    reader = walk.reader
    if kind == _STRING:
        return _characters(walk, client, clock, reader.text())
    if kind == _ANY:
        count = reader.count()
        if count > 1:
            walk.expect(count)
        for _ in range(count):
            read_value(reader, walk.expect)
        return count
    if kind == _DELETED:
        return _length_without_content(walk)
    if kind == _TYPE:
        return _shared_type(walk, client, clock)
    raise MalformedFrame(f"content of kind {_FOREIGN_KINDS.get(kind, kind)} is not part of a case")


def _shared_type(walk: _Walk, client: int, clock: int) -> int:
    number = walk.reader.var_uint()
    shape = _SHARED_TYPES.get(number)
    if shape is None:
        raise MalformedFrame(f"shared type {number} is not part of a case; only maps and texts are")
    walk.nesting.types[client, clock] = shape
    return 1


def _characters(walk: _Walk, client: int, clock: int, text: str) -> int:
    """Return the length of a text in UTF-16 units, as clocks count it, and note where characters of two units are."""
    length = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    if length > len(text):
        walk.expect(length - len(text))
        at = clock
        for letter in text:
            at += 1
            if letter > "\uffff":
                walk.halves.append((client, at))
                at += 1
    return length


def _delete_set(walk: _Walk) -> tuple[Deleted, ...]:
    reader = walk.reader
    total = 0
    seen: set[int] = set()
    found: list[Deleted] = []
    for _ in range(_clients(walk)):
        client = reader.var_uint()
        _once(seen, client)
        ranges = reader.count(least_bytes_each=2)
        total += ranges
        if total > walk.bounds.deletions:
            raise MalformedFrame(f"more than {walk.bounds.deletions} deleted ranges in one update")
        found.append(_deleted(walk, client, ranges))
    return tuple(found)


def _deleted(walk: _Walk, client: int, ranges: int) -> Deleted:
    """Read the deleted ranges of one client. There can be 100,000, so loops are left to the interpreter."""
    numbers = walk.reader.var_uints(2 * ranges)
    starts, lengths = numbers[::2], numbers[1::2]
    ends = list(map(add, starts, lengths))
    furthest = max(ends, default=0)
    if 0 in lengths or not ranges:
        raise MalformedFrame(f"deletes nothing of client {client}")
    if furthest > MAX_CLOCK:
        raise MalformedFrame(f"deletes client {client} up to clock {furthest}, limit is {MAX_CLOCK}")
    walk.need(client, furthest)
    return client, starts, ends


def _clients(walk: _Walk) -> int:
    """Read how many clients are told of."""
    count = walk.reader.count(least_bytes_each=4)
    if count > walk.bounds.clients:
        raise MalformedFrame(f"{count} clients in one update, limit is {walk.bounds.clients}")
    return count
