"""What a launched server lets be seen and set from outside: the lag of its event loop, and its wall clock."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any, Final

from server.hub import Hub

PROBE_EVERY_S: Final = 0.01
WRITE_EVERY: Final = 50
_CLOCK_LOOK_EVERY_S: Final = 0.05


def measure_lag(path: str) -> None:
    """Have a task of this process write, as JSON lines of milliseconds, how late the event loop wakes it."""
    enter = Hub.__aenter__
    tasks = set()

    async def enter_and_probe(self: Hub) -> Hub:
        tasks.add(asyncio.create_task(_probe(Path(path)), name="lag probe"))
        return await enter(self)

    Hub.__aenter__ = enter_and_probe  # type: ignore[method-assign]


async def _probe(path: Path) -> None:
    loop = asyncio.get_running_loop()
    lags_ms: list[float] = []
    while True:
        due = loop.time() + PROBE_EVERY_S
        await asyncio.sleep(PROBE_EVERY_S)
        lags_ms.append(round((loop.time() - due) * 1000, 2))
        if len(lags_ms) >= WRITE_EVERY:
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(lags_ms) + "\n")
            lags_ms.clear()


def drive_clock(path: str) -> None:
    """Have `time.time` of this process run ahead by the seconds that stand in a file (behind, when negative)."""
    real = time.time
    offset, looked_at = [0.0], [0.0]

    def now() -> float:
        if time.monotonic() - looked_at[0] > _CLOCK_LOOK_EVERY_S:
            looked_at[0] = time.monotonic()
            offset[0] = float(Path(path).read_text("ascii"))
        return real() + offset[0]

    stepping: Any = now
    time.time = stepping
