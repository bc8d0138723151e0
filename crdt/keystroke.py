"""The commonest update by far, read in a few microseconds: one run of plain characters between known letters, as someone types.

Anything else, and anything written otherwise than Yjs writes it, is None and goes the long way (`walker.py`, then `gate.py`). What is read
here has been read whole: there is nothing in the update but what the value says. Whether it may be made is known where the same place was
judged at length before (`server/core/letters.py`).

    1 client · 1 struct · client id · clock · flags and kind · [left] · [right] · characters · nothing deleted
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crdt.nesting import StructId
from crdt.walker import MAX_CLOCK
from crdt.wire import MAX_VAR_UINT

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
    except IndexError:
        return None


def _read(update: bytes) -> Keystroke | None:
    """Read all of it. Raises IndexError when it ends too early."""
    client, at = _number(update, 2)
    clock, at = _number(update, at)
    info, at = update[at], at + 1
    if info not in _INFOS:
        return None
    left = right = None
    if info & _LEFT:
        left_client, at = _number(update, at)
        left_clock, at = _number(update, at)
        left = (left_client, left_clock)
    if info & _RIGHT:
        right_client, at = _number(update, at)
        right_clock, at = _number(update, at)
        right = (right_client, right_clock)
    length, at = _number(update, at)
    end = clock + length
    characters = update[at:-1]
    if length == 0 or len(characters) != length or not characters.isascii() or client < 0 or clock < 0 or end > MAX_CLOCK:
        return None
    if not (_may_build_upon(left, client, clock) and _may_build_upon(right, client, clock)):
        return None
    return Keystroke(client, clock, end, left, right)


def _number(update: bytes, at: int) -> tuple[int, int]:
    """Read a var-int; return it and where the next thing begins. -1 when it is 2^53 or more, or longer than it has to be."""
    octet = update[at]
    if octet < 0x80:
        return octet, at + 1
    value, shift = octet & 0x7F, 7
    while True:
        at += 1
        octet = update[at]
        value |= (octet & 0x7F) << shift
        if octet < 0x80:
            return (value if octet and value <= MAX_VAR_UINT else -1), at + 1
        shift += 7


def _may_build_upon(neighbour: StructId | None, client: int, clock: int) -> bool:
    """Tell whether a neighbour is one that can be: of this client only what came before."""
    if neighbour is None:
        return True
    of, at = neighbour
    return of >= 0 and 0 <= at < (clock if of == client else MAX_CLOCK)
