"""Where every struct of one document hangs, so that an update cannot tie together what does not belong together.

A struct that names neighbours hangs where they hang. yrs 0.28 does not check that its two neighbours hang in the same place: one
between a letter of a note and another note cuts off words, and then the document and what it writes as a whole are not the same. Kept by
client as runs of clocks, since what is typed in one place stays together; what was thrown away with its parent has no place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crdt.errors import MalformedFrame
from crdt.nesting import Place, Places, StructId
from crdt.walked import Walked


@dataclass(slots=True)
class _Runs:
    """Runs of clocks of one client, in order: where each starts, the clock after it, and its place."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def at(self, clock: int) -> Place | None:
        index = bisect_right(self.starts, clock) - 1
        return self.places[index] if index >= 0 and clock < self.ends[index] else None

    def add(self, start: int, end: int, place: Place) -> None:
        if self.ends and self.ends[-1] == start and self.places[-1] == place:
            self.ends[-1] = end
        else:
            self.starts.append(start)
            self.ends.append(end)
            self.places.append(place)


class Layout:
    """The places of what a document holds."""

    def __init__(self, whole: Walked) -> None:
        self._runs: dict[int, _Runs] = {}
        self._types: dict[StructId, str] = {}
        self.take(whole, {})

    def check(self, walked: Walked, known: Mapping[int, int]) -> None:
        """Hold what an update ties together against this document, of which `known` clocks are here. Raises MalformedFrame."""
        here = Places(walked.nesting, self._place)
        walked.nesting.check(self._types, here)
        for client, clock, end, parent, key in walked.nesting.children:
            if clock < known.get(client, 0) < end:
                self._check_continued((client, known[client]), (parent, key))
        for client, clock, end, left, right, _ in walked.nesting.followers:
            if clock < known.get(client, 0) < end:
                self._check_continued((client, known[client]), here.of(left or right))

    def _check_continued(self, first_new: StructId, place: Place | None) -> None:
        """A struct of which the beginning is known goes on where that is; yrs puts the rest there and writes it elsewhere."""
        client, clock = first_new
        here = self._place((client, clock - 1))
        if here is None or here != place:
            raise MalformedFrame(f"the struct of client {client} that goes on at {clock} began elsewhere")

    def take(self, walked: Walked, known: Mapping[int, int]) -> None:
        """Take in what an update brings beyond `known`, once it is applied."""
        nesting = walked.nesting
        self._types.update((struct, kind) for struct, kind in nesting.types.items() if struct[1] >= known.get(struct[0], 0))
        here = Places(nesting, self._place)
        found: list[tuple[int, int, int, Place | None]] = [
            (client, clock, end, (parent, key)) for client, clock, end, parent, key in nesting.children
        ]
        found += [(client, clock, end, here.of(left or right)) for client, clock, end, left, right, _ in nesting.followers]
        self._add(sorted(found, key=lambda struct: struct[:2]), known)

    def between(self, left: StructId | None, right: StructId | None) -> Place | None:
        """Return the place in which two neighbours hang, of which at least one is named; None when it is not known, or not the same."""
        first = left or right
        place = self._place(first) if first else None
        return place if left is None or right is None or self._place(right) == place else None

    def extend(self, client: int, clock: int, end: int, place: Place) -> None:
        """Take in one run of new structs in a place."""
        runs = self._runs.get(client)
        if runs is None:
            runs = self._runs[client] = _Runs()
        runs.add(clock, end, place)

    def newest(self, client: int, end: int) -> Place | None:
        """Return the place of the last struct of a client below a clock."""
        return self._place((client, end - 1))

    def _add(self, found: Iterable[tuple[int, int, int, Place | None]], known: Mapping[int, int]) -> None:
        for client, clock, end, place in found:
            start = max(clock, known.get(client, 0))
            if place is not None and start < end:
                self.extend(client, start, end, place)

    def _place(self, struct: StructId) -> Place | None:
        runs = self._runs.get(struct[0])
        return runs.at(struct[1]) if runs else None
