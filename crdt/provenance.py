"""Who made the entries of a case, and which ids were ever there: known also after an entry was deleted.

One per room. It outlives the gates of that room (a gate is thrown away when a commit fails), learns from the document and
from accepted changes, and is told by the server what only the log still knows. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

EntryKey = tuple[str, str]


class Provenance:
    """Remembers makers: the author an entry names or, where it names none, who was seen to add it."""

    def __init__(self) -> None:
        self._makers: dict[EntryKey, str | None] = {}

    def learn(self, root: str, entry_id: str, maker: str | None) -> None:
        """Take in that an entry is there. What was known of its maker stays."""
        key = (root, entry_id)
        if self._makers.get(key) is None:
            self._makers[key] = maker

    def vouch(self, makers: Mapping[EntryKey, str]) -> None:
        """Take from the log who made entries."""
        for (root, entry_id), maker in makers.items():
            self.learn(root, entry_id, maker)

    def maker(self, root: str, entry_id: str) -> str | None:
        """Return who made an entry, or None when nobody here knows."""
        return self._makers.get((root, entry_id))

    def knows(self, roots: Iterable[str], entry_id: object) -> bool:
        """Tell whether one of the roots has, or had, an entry with this id."""
        return any((root, entry_id) in self._makers for root in roots)
