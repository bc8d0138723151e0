"""What must stand in no log: secrets of links and people, tokens, cookies, query strings. Every server that a test ends is held to it."""

from __future__ import annotations

import re
from typing import Final

_QUERY: Final = re.compile(r"\?[\w-]+=|[?&](token|secret)\b", re.IGNORECASE)
_HEADER: Final = re.compile(r"\b(set-)?cookie\b|\bauthorization\b|puzzeltafel-[\w-]{22}", re.IGNORECASE)
_SECRET: Final = re.compile(r"(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{24,}(?![\w/-])")
"""Ids have 22 characters, secrets of links and ways back 24, signed tokens more. One in fifty has no digit, as names in code have none."""


def betrayals(log: str) -> list[str]:
    """Return the lines that give away what a log must not hold."""
    return [line for line in log.splitlines() if any(shape.search(line) for shape in (_QUERY, _HEADER, _SECRET))]


def check(log: str) -> None:
    """Raise AssertionError with the first lines that give something away."""
    found = betrayals(log)
    assert not found, "a log holds what must stay secret:\n" + "\n".join(found[:5])
