"""When a room keeps a keyframe: often enough to open a moment quickly, seldom enough that keyframes stay in proportion to the log.

Decides only; making the keyframe is the room's, keeping it the hub's.
"""

from __future__ import annotations

from typing import Final

EVERY_ROWS: Final = 500
MOST_TIMES_LOG: Final = 3
"""How many times the bytes of the log the keyframes made meanwhile may take: in a large case they lie further apart."""


class Keyframing:
    """How far the log of one document went since its newest keyframe (at `seq`)."""

    def __init__(self, seq: int, state_bytes: int) -> None:
        self.seq = seq
        self._state_bytes = state_bytes
        self._logged_bytes = 0

    def logged(self, update_bytes: int) -> None:
        self._logged_bytes += update_bytes

    def is_due(self, seq: int) -> bool:
        return seq - self.seq >= EVERY_ROWS and self._logged_bytes * MOST_TIMES_LOG >= self._state_bytes

    def kept(self, seq: int, state_bytes: int) -> None:
        self.seq, self._state_bytes, self._logged_bytes = seq, state_bytes, 0
