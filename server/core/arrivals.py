"""What other servers committed and is in the live document here, but has yet to be told: one frame a tick, as with our own (S9)."""

from __future__ import annotations


class Arrivals:
    """Updates to tell, oldest first, and the state vector of who has none of them."""

    def __init__(self) -> None:
        self._updates: list[bytes] = []
        self._base = b""

    def __bool__(self) -> bool:
        return bool(self._updates)

    def add(self, update: bytes, base: bytes) -> None:
        """Keep an update; `base` is the state vector before it."""
        if not self._updates:
            self._base = base
        self._updates.append(update)

    def take(self) -> tuple[list[bytes], bytes]:
        """Return what is to be told, and the state vector before all of it."""
        updates, self._updates = self._updates, []
        return updates, self._base
