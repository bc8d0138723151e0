"""Bombs: frames that are small to send and would be dear to take. Each grows to a size drawn by chance, up to a whole frame."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

from crdt import wire
from crdt.wire import var_text, var_uint

Bomb = Callable[[random.Random, int], bytes]
_SIZES: Final = (10, 100, 500, 1_000, 3_000, 5_999, 6_001, 60_000)


def _update(client: int, structs: Sequence[bytes], deletes: bytes = b"\x00", *, announced: int | None = None) -> bytes:
    count = len(structs) if announced is None else announced
    return wire.update_frame(b"\x01" + var_uint(count) + var_uint(client) + b"\x00" + b"".join(structs) + deletes)


def _root(info: int, content: bytes, root: str, key: str | None) -> bytes:
    return (
        bytes((info | (0x20 if key is not None else 0),)) + b"\x01" + var_text(root) + (var_text(key) if key is not None else b"") + content
    )


def _child(info: int, content: bytes, client: int, clock: int, key: str | None) -> bytes:
    head = bytes((info | (0x20 if key is not None else 0),)) + b"\x00" + var_uint(client) + var_uint(clock)
    return head + (var_text(key) if key is not None else b"") + content


def nested_values(rng: random.Random, mine: int) -> bytes:
    opening = rng.choice((b"\x75\x01", b"\x76\x01\x01k"))
    depth = rng.choice((30, 31, 32, 33, 200, *_SIZES))
    return _update(mine, [_root(8, b"\x01" + opening * depth + b"\x7e", "notes", "k")])


def nested_types(rng: random.Random, mine: int) -> bytes:
    depth = rng.choice(_SIZES)
    kind, key = rng.choice(((b"\x01", "k"), (b"\x02", "text"), (b"\x01", "text")))
    structs = [_root(7, b"\x01", "notes", "k"), *(_child(7, kind, mine, clock, key) for clock in range(depth))]
    return _update(mine, structs, b"\x01" + var_uint(mine) + b"\x01\x00\x01" if rng.random() < 0.5 else b"\x00")


def giant_count(rng: random.Random, mine: int) -> bytes:
    count = 2 ** rng.randrange(7, 53)
    place = rng.randrange(5)
    if place == 0:
        return wire.update_frame(var_uint(count) + b"\x00" * 8)
    if place == 1:
        return _update(mine, [b"\x00\x01"], announced=count)
    if place == 2:
        return _update(mine, [_root(8, var_uint(count) + b"\x7e" * 8, "notes", "k")])
    if place == 3:
        return wire.update_frame(b"\x00\x01" + var_uint(mine) + var_uint(count) + b"\x00\x01" * 4)
    return wire.vector_frame(var_uint(count) + b"\x01\x01")


def endless_number(rng: random.Random, mine: int) -> bytes:
    return rng.choice((b"", b"\x00\x02", b"\x00\x00", b"\x01")) + b"\xff" * rng.choice((9, 10, 11, 1_000, 1_000_000))


def deletions(rng: random.Random, mine: int) -> bytes:
    ranges = rng.choice((*_SIZES, 99_999, 100_001, 250_000))
    gap, length = rng.choice(((2, 1), (1, 1), (0, 100), (1, 2**20)))
    body = b"".join(var_uint(gap * at) + var_uint(length) for at in range(ranges))
    known = [b"\x00" + var_uint(2**24 - 1)]
    return _update(mine, known, b"\x01" + var_uint(mine) + var_uint(ranges) + body)


def many_deleting_clients(rng: random.Random, mine: int) -> bytes:
    clients = rng.choice(_SIZES)
    return wire.update_frame(b"\x00" + var_uint(clients) + b"".join(var_uint(mine + at) + b"\x01\x00\x01" for at in range(clients)))


def keys(rng: random.Random, mine: int) -> bytes:
    count = rng.choice(_SIZES)
    root, value = rng.choice((("notes", b"\x01\x7e"), ("meta", b"\x01\x77\x01x"), ("sdgs", b"\x01\x78")))
    one_key = rng.random() < 0.3
    return _update(mine, [_root(8, value, root, "k" if one_key else f"k{at}") for at in range(count)])


def long_keys(rng: random.Random, mine: int) -> bytes:
    return _update(mine, [_root(8, b"\x01\x7e", "notes", "k" * rng.choice((65, 10_000, 1_000_000)))])


def notes(rng: random.Random, mine: int) -> bytes:
    """As many whole notes as an update may bring: dear, and honest in shape."""
    structs: list[bytes] = []
    for number in range(rng.choice((100, 400, 1_199, 2_400))):
        at = 5 * number
        structs += [
            _root(7, b"\x01", "notes", f"bomb{number}"),
            _child(8, b"\x01" + b"\x77" + var_text("value"), mine, at, "place"),
            _child(8, b"\x01" + b"\x77" + var_text("a0"), mine, at, "order"),
            _child(7, b"\x02", mine, at, "text"),
            _child(4, var_text("x"), mine, at + 3, None),
        ]
    return _update(mine, structs)


def in_each_others_way(rng: random.Random, mine: int) -> bytes:
    count = rng.choice((300, 440, 490, 700, 720, 1_500, 5_000, 9_000))
    line = _root(4, var_text("r" * count), "statement.impact", None)
    way = rng.randrange(3)
    clocks = range(count) if way == 0 else range(count - 1, -1, -1)
    flags = 0x44 if way < 2 else 0x84
    return _update(mine, [line, *(bytes((flags,)) + var_uint(mine) + var_uint(at) + b"\x01x" for at in clocks)])


def clients(rng: random.Random, mine: int) -> bytes:
    count = rng.choice((50, 100, 101, *_SIZES))
    one = _root(4, b"\x01x", "statement.impact", None)
    return wire.update_frame(var_uint(count) + b"".join(b"\x01" + var_uint(mine + at) + b"\x00" + one for at in range(count)) + b"\x00")


def empty_structs(rng: random.Random, mine: int) -> bytes:
    length = rng.choice((1, 2**24, 2**24 + 1, 2**31, 2**32 - 1, 2**32))
    return _update(mine, [rng.choice((b"\x00", b"\x0a", b"\x01")) + var_uint(length)] * rng.choice(_SIZES))


def long_text(rng: random.Random, mine: int) -> bytes:
    letter = rng.choice(("x", "é", "😀", "\u202e", "\x00"))
    return _update(mine, [_root(4, var_text(letter * rng.choice((2_000, 2_001, 200_000))), "statement.impact", None)])


def wide_vector(rng: random.Random, mine: int) -> bytes:
    count = rng.choice((1_000, 49_999, 50_001, 150_000))
    return wire.vector_frame(var_uint(count) + b"".join(var_uint(at) + b"\x01" for at in range(count)))


def presence_crowd(rng: random.Random, mine: int) -> bytes:
    state = rng.choice(("null", "{}", '{"at":"value"}', "[" * 2_000, "9" * 5_000))
    count = rng.choice((1, 500, 999, 1_001))
    return wire.awareness_frame([wire.AwarenessEntry(mine + at, 1, state) for at in range(count)])


BOMBS: Final[Sequence[Bomb]] = (
    nested_values,
    nested_types,
    giant_count,
    endless_number,
    deletions,
    many_deleting_clients,
    keys,
    long_keys,
    notes,
    in_each_others_way,
    clients,
    empty_structs,
    long_text,
    wide_vector,
    presence_crowd,
)
