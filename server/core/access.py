"""Who is let into a case, in which role, and by which rules: one value that storage makes and a room is held against.

Whatever a facilitator changes arrives here whole, from this server or another, so that a room needs no other way to learn of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crdt.presence import Person
from crdt.rules import OPEN, Rules


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone in the waiting room. `since` is in ms since the epoch."""

    id: str
    name: str
    partner: str | None
    since: int

    def as_json(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "partner": self.partner, "since": self.since}


@dataclass(frozen=True, slots=True)
class Access:
    """`people` are all who ever came in, by participant id, those in `removed` included: their words stay theirs."""

    people: Mapping[str, Person] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    waiting: tuple[Waiting, ...] = ()
    rules: Rules = OPEN
