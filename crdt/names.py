"""What can hide in a name. A name stands beside other people's words: what turns the reading direction or takes no room lets one pass for
another. Tidying names that people give is `server/names.py`'s; the browser shows what still hides (`client/src/names.ts`).
"""

from __future__ import annotations

import unicodedata
from typing import Final

UNSEEN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Some scripts and emoji need these between two of their characters; they are kept there alone."""


def hides_something(name: str) -> bool:
    """Tell whether a name has characters that cannot be seen."""
    return any(_is_unseen(name, index) for index in range(len(name)))


def _is_unseen(name: str, index: int) -> bool:
    char = name[index]
    if char in _JOINERS:
        return index in (0, len(name) - 1) or name[index - 1].isascii() or name[index + 1].isascii()
    return unicodedata.category(char) in UNSEEN
