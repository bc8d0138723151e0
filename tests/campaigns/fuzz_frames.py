"""Frames that no honest client sends, each made from a seed and a number alone: bombs built by grammar, and real frames gone wrong.

Frame `n` of a seed is always the same, so a frame that did harm can be made again from its number.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from crdt import wire
from crdt.case import CaseDocument
from crdt.schema import MAX_ENTRIES, ROOTS
from crdt.wire import var_bytes, var_text, var_uint
from tests.support import PROJECT, Replica, put_note

VICTIM: Final = 1_000_000_007
MINE: Final = 2_000_000_011
MOST_BYTES: Final = 1_048_576
_HARD_NUMBERS: Final = [*(2**power + off for power in (7, 8, 14, 16, 21, 24, 28, 31, 32, 35, 49, 52, 53, 56, 63) for off in (-1, 0, 1))]


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, the way it was made, and its number."""

    number: int
    kind: str
    data: bytes


@cache
def start(author: str = "ann") -> bytes:
    """Return the case that frames are thrown at: notes with words, a statement, some of it deleted. Who signs it changes no struct."""
    replica = Replica(client_id=VICTIM)
    for number in range(30):
        replica.add_note(f"note{number}", "één notitie 😀 van gewone lengte", author=author)
    replica.change(lambda document: document.texts["statement.impact"].insert(0, "iedereen doet mee"))
    replica.change(lambda document: document.maps["notes"].pop("note7"))
    replica.type("note3", 0, "x")
    return replica.document.keyframe()


@cache
def full() -> bytes:
    """Return the same case with nearly as many notes as a case can have: what is dear there is dear everywhere."""
    replica = Replica(start(), client_id=VICTIM + 1)

    def fill(document: CaseDocument) -> None:
        for number in range(MAX_ENTRIES["notes"] - 400):
            put_note(document, f"full{number}", "een notitie van gewone lengte", {"place": "value", "order": "a0", "author": "ann"})

    replica.change(fill)
    return replica.document.keyframe()


@cache
def real_updates() -> tuple[bytes, ...]:
    """Return updates as real clients made them: those of JavaScript Yjs on file, and a client that works in the case."""
    vectors: list[dict[str, Any]] = json.loads((PROJECT / "tests" / "vectors" / "updates.json").read_text("utf-8"))
    found = [bytes.fromhex(update) for vector in vectors for update in (*vector["updates"], vector["whole"])]
    client = Replica(start(), client_id=MINE)
    found += [client.add_note(f"mine{number}", "nieuw", author="ann") for number in range(4)]
    found += [client.type("note3", at, "naïef 😀") for at in (0, 1, 4)]
    found.append(client.change(lambda document: document.maps["notes"]["note4"].update({"place": "returns", "order": "a5"})))
    found.append(client.change(lambda document: document.maps["notes"].pop("note5")))
    found.append(client.document.keyframe())
    return tuple(found)


def frame(seed: int, number: int, *, mine: int = MINE) -> Frame:
    """Make frame `number` of a seed. `mine` is the client id it pretends to work under, most of the time."""
    rng = random.Random(f"{seed}/{number}")
    name, make = rng.choices(_MAKERS, _WEIGHTS)[0]
    return Frame(number, name, make(rng, mine)[:MOST_BYTES])


# Real frames gone wrong


def _mutated_update(rng: random.Random, mine: int) -> bytes:
    update = bytearray(rng.choice(real_updates()))
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        update = rng.choice(_MUTATIONS)(rng, update)
    return wire.update_frame(bytes(update))


def _fresh_update(rng: random.Random, mine: int) -> bytes:
    """What a client that just came in may well do, sometimes with one thing wrong, or under an id that said something else before."""
    client = Replica(start(), client_id=mine if rng.random() < 0.3 else rng.randrange(2**32))
    note = f"note{rng.choice((0, 1, 2, 3, 9, 12))}"
    acts: list[Callable[[], bytes]] = [
        lambda: client.add_note(f"new{rng.randrange(10**6)}", "woorden 😀", author="ann"),
        lambda: client.type(note, rng.choice((0, 1, 3)), rng.choice(("x", "é", "😀"))),
        lambda: client.change(lambda document: document.maps["notes"][note].update({"place": "returns", "order": "a3"})),
        lambda: client.change(lambda document: document.maps["meta"].update({"title": "anders"})),
        lambda: client.change(lambda document: document.maps["notes"].pop(note)),
    ]
    made = bytearray(rng.choice(acts)())
    return wire.update_frame(bytes(rng.choice(_MUTATIONS[:2])(rng, made) if rng.random() < 0.4 else made))


def _mutated_frame(rng: random.Random, mine: int) -> bytes:
    whole = rng.choice((wire.update_frame(rng.choice(real_updates())), _vector(rng, mine), _presence(rng, mine)))
    return bytes(rng.choice(_MUTATIONS)(rng, bytearray(whole)))


def _flip(rng: random.Random, data: bytearray) -> bytearray:
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def _overwrite(rng: random.Random, data: bytearray) -> bytearray:
    if data:
        data[rng.randrange(len(data))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
    return data


def _cut(rng: random.Random, data: bytearray) -> bytearray:
    return data[: rng.randrange(len(data) + 1)]


def _splice(rng: random.Random, data: bytearray) -> bytearray:
    other = rng.choice(real_updates())
    at, start_, end = rng.randrange(len(data) + 1), rng.randrange(len(other)), rng.randrange(len(other) + 1)
    return data[:at] + other[start_:end] + data[at:]


def _lengthen(rng: random.Random, data: bytearray) -> bytearray:
    """Put a number where another stood, often a giant one."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + var_uint(rng.choice(_HARD_NUMBERS)) + data[at + 1 :]


def _repeat(rng: random.Random, data: bytearray) -> bytearray:
    begin = rng.randrange(len(data) + 1)
    return data + data[begin : begin + rng.randrange(1, 64)] * rng.randrange(1, 64)


_MUTATIONS: Final[Sequence[Callable[[random.Random, bytearray], bytearray]]] = (_flip, _overwrite, _cut, _splice, _lengthen, _repeat)


# Updates built by grammar: every part is in its place, and any of them may be hostile


def _number(rng: random.Random, usual: int) -> bytes:
    return var_uint(rng.randrange(usual + 1) if rng.random() < 0.97 else rng.choice(_HARD_NUMBERS))


def _client(rng: random.Random, mine: int) -> int:
    return rng.choices((mine, VICTIM, rng.randrange(2**32)), (80, 15, 5))[0]


def _id(rng: random.Random, mine: int, clock: int) -> bytes:
    return var_uint(_client(rng, mine)) + _number(rng, max(clock, 300))


def _value(rng: random.Random, depth: int = 0) -> bytes:
    tag = rng.choice((116, 117, 118, 119, 119, 120, 121, 122, 123, 124, 125, 126, 126, 127, rng.randrange(256)))
    if tag in (117, 118) and depth < 40:
        count = rng.randrange(3)
        key = var_text("k") if tag == 118 else b""
        return bytes((tag,)) + var_uint(count) + b"".join(key + _value(rng, depth + 1) for _ in range(count))
    fixed = {119: _text(rng), 116: var_bytes(rng.randbytes(4)), 122: rng.randbytes(8), 123: rng.randbytes(8), 124: rng.randbytes(4)}
    return bytes((tag,)) + fixed.get(tag, _number(rng, 100) if tag == 125 else b"")


def _text(rng: random.Random) -> bytes:
    words = ("x", "samen 😀", "text", "place", "author", "value", "a" * rng.randrange(1, 400), "\u202e", "")
    return var_text(rng.choice(words)) if rng.random() < 0.97 else var_bytes(rng.choice((b"\xed\xa0\x80", b"\xff", b"\xc0\x80")))


def _content(rng: random.Random, kind: int) -> bytes:
    if kind == 4:
        return _text(rng)
    if kind == 8:
        count = rng.choice((1, 1, 1, 2, 0))
        return var_uint(count) + b"".join(_value(rng) for _ in range(count))
    if kind == 7:
        return _number(rng, 7) if rng.random() < 0.2 else rng.choice((b"\x01", b"\x02"))
    return _number(rng, 5) if kind in (0, 1, 10) else rng.randbytes(rng.randrange(12))


def _struct(rng: random.Random, mine: int, clock: int) -> bytes:
    kind = rng.choices((0, 1, 4, 7, 8, 10, rng.randrange(32)), (3, 5, 35, 20, 30, 2, 5))[0]
    flags = rng.choice((0, 0, 0x20, 0x20, 0x80, 0xA0, 0xC0, 0x40, 0xE0))
    if kind in (0, 10):
        return bytes((kind if rng.random() < 0.9 else kind | flags,)) + _number(rng, 5)
    head = bytes((kind | flags,))
    head += _id(rng, mine, clock) if flags & 0x80 else b""
    head += _id(rng, mine, clock) if flags & 0x40 else b""
    if not flags & 0xC0:
        root = rng.choice((*ROOTS, "notes", "notes", "evil"))
        head += (b"\x01" + var_text(root)) if rng.random() < 0.5 else b"\x00" + _id(rng, mine, clock)
        key = rng.choice((var_text(f"note{rng.randrange(40)}"), var_text("text"), var_text("place"), _text(rng)))
        head += key if flags & 0x20 else b""
    return head + _content(rng, kind)


def _deletes(rng: random.Random, mine: int) -> bytes:
    if rng.random() < 0.6:
        return b"\x00"
    clients = rng.randrange(1, 4)
    sections = [
        var_uint(_client(rng, mine)) + var_uint(count) + b"".join(_number(rng, 300) + _number(rng, 9) for _ in range(count))
        for count in (rng.randrange(1, 6) for _ in range(clients))
    ]
    return var_uint(clients) + b"".join(sections)


def _grammar(rng: random.Random, mine: int) -> bytes:
    sections = []
    for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 3))):
        count = rng.choice((1, 1, 2, 5, 12))
        head = _number(rng, 0) if rng.random() < 0.02 else var_uint(count)
        clock = 0 if rng.random() < 0.8 else rng.randrange(300)
        structs = b"".join(_struct(rng, mine, index + 1) for index in range(count))
        sections.append(head + var_uint(_client(rng, mine)) + var_uint(clock) + structs)
    return wire.update_frame(var_uint(len(sections)) + b"".join(sections) + _deletes(rng, mine))


# Other messages


def _vector(rng: random.Random, mine: int) -> bytes:
    entries = rng.choice((0, 1, 2, 5, 200))
    head = var_uint(entries) if rng.random() < 0.7 else var_uint(rng.choice(_HARD_NUMBERS))
    return wire.vector_frame(head + b"".join(_id(rng, mine, 100) for _ in range(entries)))


def _presence(rng: random.Random, mine: int) -> bytes:
    states = (
        '{"at":"value"}',
        '{"user":{"name":"Ann"}}',
        "null",
        "[" * 900,
        "1" * 2_000,
        '{"cursor":' + "[" * 400 + "]" * 400 + "}",
        "{",
        "",
    )
    entries = [wire.AwarenessEntry(_client(rng, mine), rng.randrange(2**20), rng.choice(states)) for _ in range(rng.randrange(4))]
    return wire.awareness_frame(entries)


def _noise(rng: random.Random, mine: int) -> bytes:
    head = rng.choice((b"", b"\x00\x00", b"\x00\x01", b"\x00\x02", b"\x01", b"\x03", b"\x64", b"\x65"))
    return head + rng.randbytes(rng.choice((0, 1, 5, 20, 200)))


def _bomb(rng: random.Random, mine: int) -> bytes:
    from tests.campaigns.fuzz_bombs import BOMBS  # it builds upon what is above

    return rng.choice(BOMBS)(rng, mine)


_MAKERS: Final[Sequence[tuple[str, Callable[[random.Random, int], bytes]]]] = (
    ("a real update gone wrong", _mutated_update),
    ("a real frame gone wrong", _mutated_frame),
    ("an update by grammar", _grammar),
    ("a new update, right or nearly so", _fresh_update),
    ("a state vector", _vector),
    ("presence", _presence),
    ("noise", _noise),
    ("a bomb", _bomb),
)
_WEIGHTS: Final = (34.0, 10.0, 34.0, 8.0, 5.0, 4.0, 4.0, 1.0)
