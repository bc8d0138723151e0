"""Where the structs of one update hang: shared types stand only where a case has them, and so never nest deeper than it does.

A case has maps directly in the roots of entries and texts directly in entries; nothing stands deeper. Without this bound 700 kB of
maps within maps, deleted in the same update, overflow the native stack of the CRDT library. A struct that names neighbours instead of a
parent hangs where they hang: as far as the update tells when it is read, and as the document knows before it is applied (`layout.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from crdt.errors import MalformedFrame
from crdt.schema import ENTRY_ROOTS, MAP, SHARED_TEXT_FIELDS, TEXT

StructId = tuple[int, int]
Parent = str | StructId
Place = tuple[Parent, str | None]
"""A parent and, in a map, a key."""

Follower = tuple[int, int, int, StructId | None, StructId | None, str | None]
"""A struct that names neighbours: client, clock, the clock after, left, right (one is there), and what holds such: a map or a text."""

_TEXT_FIELDS: Final = frozenset(name for _, name in SHARED_TEXT_FIELDS)
_NO_TYPES: Final[Mapping[StructId, str]] = MappingProxyType({})


@dataclass(slots=True)
class Nesting:
    """What one update says of where its structs hang. `children` have client, clock, the clock after, parent and key."""

    types: dict[StructId, Literal["map", "text"]] = field(default_factory=dict)
    children: list[tuple[int, int, int, Parent, str | None]] = field(default_factory=list)
    followers: list[Follower] = field(default_factory=list)

    def check(self, known: Mapping[StructId, str] = _NO_TYPES, places: Places | None = None) -> None:
        """Hold every shared type and every struct against the shape of a case. Raises MalformedFrame.

        `known` are the shared types of the document and `places` knows where its structs hang; without them the update alone is judged.
        """
        types = self.types
        for client, clock, _, parent, key in self.children:
            if not isinstance(parent, str) and (types.get(parent) or known.get(parent) or _holder(key)) != _holder(key):
                raise MalformedFrame(f"struct {client}/{clock} hangs in a shared type of another kind")
            kind = types.get((client, clock))
            if kind is not None:
                _check_type(kind, (parent, key))
        if places is not None or any((client, clock) in types for client, clock, *_ in self.followers):
            self._check_followers(places or Places(self))

    def _check_followers(self, places: Places) -> None:
        for client, clock, _, left, right, holder in self.followers:
            place, other = places.of(left), places.of(right)
            if place is not None and other is not None and place != other:
                raise MalformedFrame(f"struct {client}/{clock} stands between two places")
            place = place or other
            if place is None:
                continue
            if holder is not None and holder != _holder(place[1]):
                raise MalformedFrame(f"struct {client}/{clock} stands in a shared type of another kind")
            kind = self.types.get((client, clock))
            if kind is not None:
                _check_type(kind, place)

    def most_steps(self, known: Mapping[int, int]) -> int:
        """Return how many structs finding the places of those beyond `known` can pass at most.

        A struct has to pass others only under the same parent and key. Those whose parent this update does not tell may all share one.
        """
        here = Places(self)
        groups: dict[Place, list[int]] = {}
        strays = new_strays = 0
        for client, clock, _, parent, key in self.children:
            group = groups.setdefault((parent, key), [0, 0])
            group[0] += group[1] > 0 and clock >= known.get(client, 0)
            group[1] += 1
        for client, clock, _, left, right, _ in self.followers:
            place = here.of(left or right)
            is_new = clock >= known.get(client, 0)
            if place is None:
                strays, new_strays = strays + 1, new_strays + is_new
            else:
                group = groups.setdefault(place, [0, 0])
                group[0], group[1] = group[0] + is_new, group[1] + 1
        outside = [size for (parent, _), (_, size) in groups.items() if parent not in self.types]
        steps = sum(new * (size if place[0] in self.types else size + strays) for place, (new, size) in groups.items())
        return steps + new_strays * (strays + max(outside, default=0))


def _holder(key: str | None) -> str:
    return TEXT if key is None else MAP


def _check_type(kind: str, place: Place) -> None:
    parent, key = place
    fits = parent in ENTRY_ROOTS if kind == MAP else not isinstance(parent, str) and key in _TEXT_FIELDS
    if not fits:
        raise MalformedFrame(f"a shared {kind} stands where a case has none")


def _nowhere(_: StructId) -> None:
    return None


class Places:
    """Finds the place of the struct that holds a clock: in an update, through any number of neighbours, and then in the document."""

    def __init__(self, nesting: Nesting, outside: Callable[[StructId], Place | None] = _nowhere) -> None:
        self._outside = outside
        self._structs: dict[int, list[tuple[int, int, Place | None, StructId | None]]] = {}
        for client, clock, end, parent, key in nesting.children:
            self._structs.setdefault(client, []).append((clock, end, (parent, key), None))
        for client, clock, end, left, right, _ in nesting.followers:
            self._structs.setdefault(client, []).append((clock, end, None, left or right))
        for structs in self._structs.values():
            structs.sort(key=lambda struct: struct[0])
        self._found: dict[StructId, Place | None] = {}

    def of(self, struct: StructId | None) -> Place | None:
        """Return the place, or None when neither the update nor the document tells."""
        if struct is None:
            return None
        passed: list[StructId] = []
        place: Place | None = None
        here: StructId | None = struct
        while here is not None and here not in self._found:
            self._found[here] = None  # neighbours in a ring lead nowhere
            passed.append(here)
            place = self._outside(here)
            at = None if place else self._at(here)
            if at is None or at[2] is not None:
                place = at[2] if at else place
                break
            here = at[3]
        else:
            place = self._found[here] if here is not None else None
        self._found.update(dict.fromkeys(passed, place))
        return place

    def _at(self, struct: StructId) -> tuple[int, int, Place | None, StructId | None] | None:
        structs = self._structs.get(struct[0], [])
        index = bisect_right(structs, struct[1], key=lambda known: known[0]) - 1
        return structs[index] if index >= 0 and struct[1] < structs[index][1] else None
