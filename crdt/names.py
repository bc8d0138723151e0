"""What can hide in a name. A name stands beside other people's words: what turns the reading direction or takes no room lets one pass for
another. Tidying names that people give is `server/names.py`'s; the browser shows what still hides (`client/src/names.ts`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNSEEN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Some scripts and emoji need these between two of their characters; they are kept there alone."""

_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4")
"""Letters, marks and symbols by their category, of which nothing is seen."""

_SELECTOR: Final = re.compile("[\ufe00-\ufe0f\u180b-\u180f\U000e0100-\U000e01ef]")
"""These choose another look of the character before them, if it has one: emoji and other symbols, Mongolian letters, ideographs."""
_KEYCAP: Final = "\u20e3"


def hides_something(name: str) -> bool:
    """Tell whether a name has characters that cannot be seen."""
    return any(_is_unseen(name, index) for index in range(len(name)))


def _is_unseen(name: str, index: int) -> bool:
    char = name[index]
    if char in _JOINERS:
        return index in (0, len(name) - 1) or name[index - 1].isascii() or name[index + 1].isascii()
    if _SELECTOR.fullmatch(char):
        return not _has_looks(name[index - 1 : index], char) and name[index + 1 : index + 2] != _KEYCAP
    return char in _BLANK or unicodedata.category(char) in UNSEEN


def _has_looks(char: str, selector: str) -> bool:
    if not char or char.isascii():
        return False
    if selector < "\ufe00":
        return unicodedata.name(char, "").startswith("MONGOLIAN")
    if selector > "\ufe0f":
        return unicodedata.name(char, "").startswith("CJK")
    return unicodedata.category(char)[0] in "SP"
