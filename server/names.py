"""Names that people give: tidied, bounded, and with nothing in them that cannot be seen.

A name stands beside other people's words, so characters that turn the reading direction or take no room are refused: with
them one person could pass for another.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from server.errors import CallProblem

UNSEEN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Some scripts and emoji need these between two of their characters; they are kept there alone."""


def tidy_name(name: str, limit: int, what: str) -> str:
    """Return a name in normal form (NFC) with single spaces. Raises CallProblem when nothing or too much is left, or it hides something."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > limit:
        raise CallProblem("name", 422, f"give {what}: 1 to {limit} characters")
    if any(_is_unseen(tidy, index) for index in range(len(tidy))) or all(unicodedata.category(char)[0] == "M" for char in tidy):
        raise CallProblem("name", 422, f"{what} has characters that cannot be seen; type it again")
    return tidy


def _is_unseen(name: str, index: int) -> bool:
    char = name[index]
    if char in _JOINERS:
        return index in (0, len(name) - 1) or name[index - 1].isascii() or name[index + 1].isascii()
    return unicodedata.category(char) in UNSEEN
