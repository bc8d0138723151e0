"""Where the structs of one update hang: shared types stand only where a case has them, and so never nest deeper than it does.

A case has maps directly in the roots of entries and texts directly in entries; nothing stands deeper. Without this bound 700 kB of
maps within maps, deleted in the same update, overflow the native stack of the CRDT library. The walker hands over what it read
of each struct; a struct that names neighbours instead of a parent hangs where they hang, as far as this update tells. Where it builds
upon what is already in a document, that document passed here and through the gate before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from crdt.errors import MalformedFrame
from crdt.schema import ENTRY_ROOTS, MAP, SHARED_TEXT_FIELDS, TEXT

StructId = tuple[int, int]
Parent = str | StructId
Place = tuple[Parent, str | None]
Follower = tuple[int, int, int, StructId | None, StructId | None]
"""A struct that names neighbours: client, clock, the clock after, left and right; one of them is there."""

_TEXT_FIELDS: Final = frozenset(name for _, name in SHARED_TEXT_FIELDS)


@dataclass(slots=True)
class Nesting:
    """What one update says of where its structs hang. `children` have client, clock, the clock after, parent and key."""

    types: dict[StructId, Literal["map", "text"]] = field(default_factory=dict)
    children: list[tuple[int, int, int, Parent, str | None]] = field(default_factory=list)
    followers: list[Follower] = field(default_factory=list)

    def check(self) -> None:
        """Hold every shared type and every struct with a parent in this update against the shape of a case. Raises MalformedFrame."""
        types = self.types
        for client, clock, _, parent, key in self.children:
            if not isinstance(parent, str) and types.get(parent, _holder(key)) != _holder(key):
                raise MalformedFrame(f"struct {client}/{clock} hangs in a shared type of another kind")
            kind = types.get((client, clock))
            if kind is not None:
                _check_type(kind, parent, key)
        unplaced = [(client, clock, left or right) for client, clock, _, left, right in self.followers if (client, clock) in types]
        if unplaced:
            self._check_unplaced(unplaced)

    def most_steps(self, known: Mapping[int, int]) -> int:
        """Return how many structs finding the places of those beyond `known` can pass at most.

        A struct has to pass others only under the same parent and key. Those whose parent this update does not tell may all share one.
        """
        here = _Places(self)
        groups: dict[Place, list[int]] = {}
        strays = new_strays = 0
        for client, clock, _, parent, key in self.children:
            group = groups.setdefault((parent, key), [0, 0])
            group[0] += group[1] > 0 and clock >= known.get(client, 0)
            group[1] += 1
        for client, clock, _, left, right in self.followers:
            place = here.of(left or right or (client, clock))
            is_new = clock >= known.get(client, 0)
            if place is None:
                strays, new_strays = strays + 1, new_strays + is_new
            else:
                group = groups.setdefault(place, [0, 0])
                group[0], group[1] = group[0] + is_new, group[1] + 1
        outside = [size for (parent, _), (_, size) in groups.items() if parent not in self.types]
        steps = sum(new * (size if place[0] in self.types else size + strays) for place, (new, size) in groups.items())
        return steps + new_strays * (strays + max(outside, default=0))

    def _check_unplaced(self, unplaced: Iterable[tuple[int, int, StructId | None]]) -> None:
        """Follow the neighbours of shared types that do not say where they hang."""
        places = _Places(self)
        for client, clock, next_to in unplaced:
            place = places.of(next_to) if next_to else None
            if place is not None:
                _check_type(self.types[client, clock], *place)


def _holder(key: str | None) -> str:
    return TEXT if key is None else MAP


def _check_type(kind: str, parent: Parent, key: str | None) -> None:
    fits = parent in ENTRY_ROOTS if kind == MAP else not isinstance(parent, str) and key in _TEXT_FIELDS
    if not fits:
        raise MalformedFrame(f"a shared {kind} stands where a case has none")


class _Places:
    """Finds the parent and key of the struct that holds a clock, through any number of neighbours, once each."""

    def __init__(self, nesting: Nesting) -> None:
        self._structs: dict[int, list[tuple[int, int, StructId | Place, bool]]] = {}
        for client, clock, end, parent, key in nesting.children:
            self._structs.setdefault(client, []).append((clock, end, (parent, key), True))
        for client, clock, end, left, right in nesting.followers:
            self._structs.setdefault(client, []).append((clock, end, left or right or (client, clock), False))
        for structs in self._structs.values():
            structs.sort(key=lambda struct: struct[0])
        self._found: dict[StructId, Place | None] = {}

    def of(self, struct: StructId) -> Place | None:
        """Return parent and key, or None when this update does not tell."""
        passed: list[StructId] = []
        place: Place | None = None
        here = struct
        while here not in self._found:
            self._found[here] = None  # neighbours in a ring lead nowhere
            passed.append(here)
            at = self._at(here)
            if at is None:
                break
            if at[3]:
                place = at[2]  # type: ignore[assignment]
                break
            here = at[2]  # type: ignore[assignment]
        else:
            place = self._found[here]
        self._found.update(dict.fromkeys(passed, place))
        return place

    def _at(self, struct: StructId) -> tuple[int, int, StructId | Place, bool] | None:
        structs = self._structs.get(struct[0], [])
        index = bisect_right(structs, struct[1], key=lambda known: known[0]) - 1
        return structs[index] if index >= 0 and struct[1] < structs[index][1] else None
