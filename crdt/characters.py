"""Characters of two UTF-16 units, such as 😀, and updates that would cut one in half.

Yjs puts U+FFFD for each half. yrs 0.28 keeps the character whole and shifts what follows, so that the server and the browsers no longer
show the same words; and what it then writes as a whole document leaves out most of it. A cut cannot be applied, so it must not be.
Editors that treat a character as one never make one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crdt.nesting import StructId
from crdt.walked import Walked

Halves = dict[int, set[int]]


class Characters:
    """Where the second halves of characters are in one document, by client. Only grows; what was deleted since does no harm."""

    def __init__(self, whole: Walked) -> None:
        self._halves: Halves = {}
        self.learn(whole, {})

    def learn(self, walked: Walked, known: Mapping[int, int]) -> None:
        """Take in the characters of an update that is applied; of what was known before, what it says need not be true."""
        _add(self._halves, (half for half in walked.halves if half[1] > known.get(half[0], 0)))

    def lie_apart(self, left: StructId | None, right: StructId | None) -> bool:
        """Tell whether what stands between these two letters cuts no character in half."""
        if left is not None and left[1] + 1 in self._halves.get(left[0], ()):
            return False
        return right is None or right[1] not in self._halves.get(right[0], ())

    def are_cut_by(self, walked: Walked, known: Mapping[int, int]) -> bool:
        """Tell whether an update begins, ends or builds upon the middle of a character."""
        brought: Halves = {}
        _add(brought, walked.halves)
        if any(known.get(client, 0) in halves for client, halves in brought.items()):
            return True  # only the second half of it would be new
        return any(_cuts(walked, halves) for halves in (self._halves, brought) if halves)


def _add(halves: Halves, found: Iterable[StructId]) -> None:
    for client, clock in found:
        halves.setdefault(client, set()).add(clock)


def _cuts(walked: Walked, halves: Halves) -> bool:
    for *_, left, right, _ in walked.nesting.followers:
        if left is not None and left[0] in halves and left[1] + 1 in halves[left[0]]:
            return True
        if right is not None and right[0] in halves and right[1] in halves[right[0]]:
            return True
    return any(
        client in halves and not (halves[client].isdisjoint(starts) and halves[client].isdisjoint(ends))
        for client, starts, ends in walked.deleted
    )
