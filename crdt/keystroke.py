"""The commonest update by far, read in a few microseconds: one run of plain characters between known letters, as someone types.

Anything else, and anything written otherwise than Yjs writes it, is None and goes the long way (`walker.py`, then `gate.py`). What is read
here has been read whole: there is nothing in the update but what the value says. Whether it may be made is for the shadow to know, which
has seen the same place judged at length (`server/core/shadow.py`).

    1 client · 1 struct · client id · clock · flags and kind · [left] · [right] · characters · nothing deleted
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crdt.errors import MalformedFrame
from crdt.nesting import StructId
from crdt.walker import MAX_CLOCK
from crdt.wire import Reader

MAX_BYTES: Final = 200
_KIND: Final = 4
_LEFT, _RIGHT = 0x80, 0x40
_INFOS: Final = frozenset({_KIND | _LEFT, _KIND | _RIGHT, _KIND | _LEFT | _RIGHT})


class Keystroke(NamedTuple):
    """Characters of one client from `clock` up to, not including, `end`, between two letters of which at least one is named."""

    client: int
    clock: int
    end: int
    left: StructId | None
    right: StructId | None


def read_keystroke(update: bytes) -> Keystroke | None:
    """Read an update when it is a keystroke; None when it is anything else, or nothing that can be read."""
    if len(update) > MAX_BYTES or update[:2] != b"\x01\x01" or update[-1:] != b"\x00":
        return None
    try:
        return _read(update)
    except MalformedFrame:
        return None


def _read(update: bytes) -> Keystroke | None:
    reader = Reader(update)
    reader.position = 2
    client, clock = reader.var_uint(), reader.var_uint()
    info = reader.byte()
    if info not in _INFOS:
        return None
    left = (reader.var_uint(), reader.var_uint()) if info & _LEFT else None
    right = (reader.var_uint(), reader.var_uint()) if info & _RIGHT else None
    head = reader.position
    characters = reader.bytes()
    if not characters or not characters.isascii() or reader.position != reader.end - 1:
        return None
    if clock + len(characters) > MAX_CLOCK or not (_may_build_upon(left, client, clock) and _may_build_upon(right, client, clock)):
        return None
    if head != _canonical_bytes(client, clock, left, right):
        return None
    return Keystroke(client, clock, clock + len(characters), left, right)


def _may_build_upon(neighbour: StructId | None, client: int, clock: int) -> bool:
    return neighbour is None or neighbour[1] < (clock if neighbour[0] == client else MAX_CLOCK)


def _canonical_bytes(client: int, clock: int, left: StructId | None, right: StructId | None) -> int:
    """Return how long all before the characters is when every number is written in as few bytes as can be."""
    numbers = (client, clock, *(left or ()), *(right or ()))
    return 3 + sum((number.bit_length() + 6) // 7 or 1 for number in numbers)
