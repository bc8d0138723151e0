"""How many can write in one canvas before it takes too long to see what others write: the hall grows until it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.bench.hall.measure import MOST_LOST, Found

SIZES: Final = (50, 100, 150, 200, 300, 400, 500, 600, 800, 1_000, 1_200, 1_500, 2_000)
MOST_P99_MS: Final = 100.0


@dataclass(frozen=True, slots=True)
class Capacity:
    """The largest hall that held, and why the next one did not, or could not be judged."""

    writers: int
    end: str


def capacity(hall_of: Callable[[int], Found]) -> Capacity:
    """Let the hall grow until it does not hold; `hall_of` measures one in which so many write."""
    held = 0
    for writers in SIZES:
        problem = _problem(hall_of(writers))
        if problem:
            return Capacity(held, f"with {writers}: {problem}")
        held = writers
    return Capacity(held, "no larger hall was tried")


def _problem(found: Found) -> str | None:
    if unfair := found.unfair():
        return f"cannot be judged, {unfair}"
    if found.undelivered > found.delivered * MOST_LOST or found.ended:
        return f"{found.undelivered:,} not delivered, {found.ended} connections lost"
    return f"p99 {found.p99:.0f} ms" if found.p99 > MOST_P99_MS else None
