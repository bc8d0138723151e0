"""What reading one update told: which clocks it brings, what it needs, and what is asked of it before it is applied. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crdt.nesting import Nesting, StructId

MAX_STEPS: Final = 200_000
"""Placing a struct beside others can mean passing all of them; a stranger can make it so. This many take some 40 ms, shadow included."""

Deleted = tuple[int, list[int], list[int]]
"""Ranges of one client that are deleted: where they start and, as long a list, the clocks after their ends."""


@dataclass(frozen=True, slots=True)
class ClockRange:
    """Structs of one client: clocks `start` up to, not including, `end`."""

    client: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Walked:
    """What one update brings and needs.

    `ranges` are in the order of the update, contiguous ones joined. `needs` gives per client the clock below which every
    struct must be known (from this update or before) for the update to integrate completely.
    `nesting` is where its structs hang, `halves` are the second units of characters of two.
    """

    ranges: tuple[ClockRange, ...]
    needs: dict[int, int]
    deleted: tuple[Deleted, ...]
    structs: int
    nesting: Nesting
    halves: tuple[StructId, ...]

    def is_empty(self) -> bool:
        """Tell whether the update changes nothing at all."""
        return not self.ranges and not self.deleted

    def news(self, known: dict[int, int]) -> dict[int, int]:
        """Return, per client that brings clocks beyond `known`, the clock it reaches."""
        reached: dict[int, int] = {}
        for part in self.ranges:
            if part.end > known.get(part.client, 0):
                reached[part.client] = max(reached.get(part.client, 0), part.end)
        return reached

    def takes_long(self, known: dict[int, int]) -> bool:
        """Tell whether finding the places of what is new may make the library pass more than MAX_STEPS structs."""
        return self.structs**2 > MAX_STEPS and self.nesting.most_steps(known) > MAX_STEPS

    def entries(self, known: dict[int, int]) -> int:
        """Count what is new directly in a root: entries (notes, partners, comments, …) and fields of the case."""
        children = self.nesting.children
        in_roots = sum(isinstance(parent, str) and clock >= known.get(client, 0) for client, clock, _, parent, _ in children)
        returned = sum((client, clock) in self.nesting.types for client, clock, *_ in self.nesting.followers)
        return in_roots + returned

    def gap(self, known: dict[int, int]) -> int | None:
        """Return a client of whom something is missing before this update can integrate, or None."""
        reached = dict(known)
        for part in self.ranges:
            if part.start > reached.get(part.client, 0):
                return part.client
            reached[part.client] = max(reached.get(part.client, 0), part.end)
        return next((client for client, clock in self.needs.items() if clock > reached.get(client, 0)), None)
