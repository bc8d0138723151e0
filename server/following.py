"""What a server has heard of one case beyond what its room has: messages that came early, and a commit of its own that others came before.

Holds and compares; reads no log and tells nobody. What is done about a gap is `neighbours.py`'s.
"""

from __future__ import annotations

from typing import Final

from server.core.room import Room
from server.fanout import Committed

MOST_EARLY: Final = 64
"""Messages kept that do not follow yet; more are found in the log."""


class Following:
    """What is known of one case beyond what its room has."""

    def __init__(self) -> None:
        self.newest = 0
        self.landed: int | None = None
        self.before = 0
        self.revision: int | None = None
        self.is_reading = False
        self.told_presence = False
        self._early: list[Committed] = []

    def hears_of(self, message: Committed) -> None:
        self.newest = max(self.newest, message.last_seq)
        if message.rows and len(self._early) < MOST_EARLY:
            self._early.append(message)

    def next_after(self, room: Room) -> Committed | None:
        """Return a message whose rows follow what the room has, or that tells of a newer epoch."""
        self._early = [message for message in self._early if message.last_seq > room.seq and message.epoch >= room.epoch]
        fitting = (at for at, it in enumerate(self._early) if it.first_seq <= room.seq + 1 or it.epoch > room.epoch)
        at = next(fitting, None)
        return None if at is None else self._early.pop(at)

    def misses(self, room: Room) -> bool:
        return self.newest > room.seq or (self.landed is not None and self.before > room.seq)
