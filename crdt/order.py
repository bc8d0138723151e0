"""Fractional indexes at the end of a list: the order a new note, partner or imported list gets.

The keys sort as plain strings and are the same kind the browser client makes (an integer part whose first letter tells its
length, then an optional fraction). Inserting *between* two keys is the client's business and is not done here.

Source: "Implementing fractional indexing", D. Greenspan, 2020.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST: Final = "a0"


def after(last: str | None) -> str:
    """Return a key that sorts after `last`; with None, the first key of an empty list.

    A `last` that is no such key is kept as a prefix, so the result still sorts after it.
    """
    if last is None:
        return FIRST
    length = _integer_length(last)
    if length is None or length > len(last):
        return last + "V"
    return _increment(last[:length])


def sequence(last: str | None = None) -> Iterator[str]:
    """Yield ever later keys, starting after `last`."""
    while True:
        last = after(last)
        yield last


def first(count: int) -> list[str]:
    """Return the keys of a new list of so many things."""
    return list(islice(sequence(), count))


def last_of(orders: Iterator[object]) -> str | None:
    """Return the last of the orders found in a document, or None; whatever is no string is passed over."""
    return max((order for order in orders if isinstance(order, str)), default=None)


def _integer_length(key: str) -> int | None:
    head = key[:1]
    if "a" <= head <= "z":
        return ord(head) - ord("a") + 2
    if "A" <= head <= "Z":
        return ord("Z") - ord(head) + 2
    return None


def _increment(integer: str) -> str:
    digits = list(integer[1:])
    for index in range(len(digits) - 1, -1, -1):
        if digits[index] != _DIGITS[-1]:
            digits[index] = _DIGITS[_DIGITS.index(digits[index]) + 1]
            return integer[0] + "".join(digits)
        digits[index] = _DIGITS[0]
    return _longer(integer[0], digits)


def _longer(head: str, digits: list[str]) -> str:
    if head == "Z":
        return FIRST
    if head == "z":
        return head + _DIGITS[-1] * len(digits) + "V"
    grown = chr(ord(head) + 1)
    return grown + "".join(digits) + "0" if head >= "a" else grown + "".join(digits[:-1])
