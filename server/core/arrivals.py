"""What was committed, here or by others, and has yet to be told: it lands in the live document and leaves as one frame a tick (S9)."""

from __future__ import annotations

from server.core.live import Live


class Arrivals:
    """Updates to tell, oldest first, and a state vector of who has none of them."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._updates: list[bytes] = []
        self._base = b""

    def __bool__(self) -> bool:
        return bool(self._updates)

    def add(self, update: bytes) -> None:
        """Let an update land, and keep it to be told. Raises DocumentFault."""
        if not self._updates:
            self._base = self._live.base()
        self._updates.append(update)
        self._live.land(update)

    def take(self) -> tuple[list[bytes], bytes]:
        """Return what is to be told, and a state vector from before all of it."""
        updates, self._updates = self._updates, []
        return updates, self._base
