"""Reads over the plain values inside an update (lib0 `writeAny`), within bounds: depth, count, bytes left.

What a field may hold is the schema's and the gate's to say; here a value need only be one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crdt.errors import MalformedFrame
from crdt.wire import Reader

MAX_DEPTH: Final = 32

_OBJECT, _LIST, _BYTES, _TEXT, _INTEGER = 118, 117, 116, 119, 125
_FIXED_BYTES: Final = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}


def read_value(reader: Reader, expect: Callable[[int], None], depth: int = 0) -> None:
    """Read one value; `expect` is told how many values come before any of them is read. Raises MalformedFrame."""
    if depth > MAX_DEPTH:
        raise MalformedFrame(f"values nest deeper than {MAX_DEPTH}")
    tag = reader.byte()
    if tag == _TEXT:
        reader.text()
    elif tag in _FIXED_BYTES:
        reader.skip(_FIXED_BYTES[tag])
    elif tag == _INTEGER:
        _read_var_int(reader)
    elif tag == _BYTES:
        reader.bytes()
    elif tag == _LIST:
        for _ in range(_announced(reader, expect, least_bytes_each=1)):
            read_value(reader, expect, depth + 1)
    elif tag == _OBJECT:
        for _ in range(_announced(reader, expect, least_bytes_each=2)):
            reader.text()
            read_value(reader, expect, depth + 1)
    else:
        raise MalformedFrame(f"value type {tag} is not known")


def _announced(reader: Reader, expect: Callable[[int], None], least_bytes_each: int) -> int:
    count = reader.count(least_bytes_each)
    expect(count)
    return count


def _read_var_int(reader: Reader) -> None:
    for _ in range(8):
        if reader.byte() < 0x80:
            return
    raise MalformedFrame("a signed number does not end within 8 bytes")
