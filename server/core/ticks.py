"""How often a room speaks: the least time between two frames of updates, and between two of presence. In seconds."""

from __future__ import annotations

from typing import Final

TICK_S: Final = 0.020
MAX_TICK_S: Final = 0.060
TICK_PER_LISTENER_S: Final = 0.000_12
"""Telling one more person costs some ten microseconds: so a full hall keeps at most a tenth of a core busy with being told."""

PRESENCE_TICK_S: Final = 0.100


def tick_s(listeners: int) -> float:
    """Return the least time between two frames of updates to so many people (S9): 20 ms, longer from 167 on, 60 ms from 500 on."""
    return min(MAX_TICK_S, max(TICK_S, listeners * TICK_PER_LISTENER_S))
