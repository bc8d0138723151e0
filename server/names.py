"""Names that people give: tidied, bounded, and with nothing in them that cannot be seen.

A name stands beside other people's words, so characters that turn the reading direction or take no room are refused: with
them one person could pass for another.
"""

from __future__ import annotations

import unicodedata

from crdt.names import hides_something
from server.errors import CallProblem


def tidy_name(name: str, limit: int, what: str) -> str:
    """Return a name in normal form (NFC) with single spaces. Raises CallProblem when nothing or too much is left, or it hides something."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > limit:
        raise CallProblem("name", 422, f"give {what}: 1 to {limit} characters")
    if hides_something(tidy) or all(unicodedata.category(char)[0] == "M" for char in tidy):
        raise CallProblem("name", 422, f"{what} has characters that cannot be seen; type it again")
    return tidy
