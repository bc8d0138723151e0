"""Lets newcomers in a few at a time, so that those who are at the table do not stall when hundreds return at once.

A newcomer is let in when there is a place, in order of coming, and holds it until its first sync is answered (or a moment has passed, for
a client that never asks). Who is let in at all is `web/auth.py`'s to find out; how fast one client may talk is `core/limits.py`'s.
"""

from __future__ import annotations

import asyncio
from typing import Final

from server.errors import BUSY, RESTART, Refusal

ARRIVALS_AT_ONCE: Final = 8
MOST_WAITING: Final = 2_000
LONGEST_ARRIVAL_S: Final = 1.0


class Place:
    """A place among those who are arriving. Leaving it twice changes nothing."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places
        self._timer = asyncio.get_running_loop().call_later(LONGEST_ARRIVAL_S, self.leave)

    def leave(self) -> None:
        """Make room for the next: this one has arrived, or will not."""
        self._timer.cancel()
        places, self._places = self._places, None
        if places is not None:
            places.release()


class Admission:
    """The places of one server."""

    def __init__(self, at_once: int = ARRIVALS_AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most_waiting = most_waiting
        self._waiting = 0
        self._is_closed = False

    def close(self) -> None:
        """Take nobody in any more, those who wait for a place included."""
        self._is_closed = True

    async def enter(self) -> Place:
        """Wait for a place. Raises Refusal with 1013 when too many wait already, with 1012 once this is closed."""
        if self._waiting >= self._most_waiting:
            raise Refusal(BUSY, "too many people come in at once; come back in a moment")
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        if self._is_closed:
            self._places.release()
            raise Refusal(RESTART, "the server restarts; you come back by yourself")
        return Place(self._places)
