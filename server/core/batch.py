"""What one commit of a room settles. Holds; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.core.session import Session


@dataclass(slots=True)
class Batch:
    """Per session the number of its update frames dealt with, and the server's own changes.

    `since` is the seq of the room before any of it was taken in.
    """

    since: int = 0
    settles: dict[Session, int] = field(default_factory=dict)
    clocks: dict[Session, dict[int, int]] = field(default_factory=dict)
    tickets: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.settles or self.tickets)
