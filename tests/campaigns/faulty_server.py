"""`python -m tests.campaigns.faulty_server serve …`: the real server, in which something goes wrong on purpose.

Wraps real parts from outside and then runs the real command line; the server itself has no hooks and knows nothing of this. What
goes wrong is in the environment (`faults.py`).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from crdt.log import Append
from server.cli import main
from server.core import keyframing
from server.storage.sql import SqlStorage
from tests.campaigns import fail_points, plants, probes
from tests.campaigns.faults import Faults


def install(faults: Faults) -> None:
    """Put faults into the parts of this process."""
    if faults.keyframe_rows is not None:
        keyframing.EVERY_ROWS = faults.keyframe_rows  # type: ignore[misc]
    if faults.plant is not None:
        plants.plant(faults.plant, faults.every, faults.seed)
    if faults.slow_append_s:
        _slow_down(faults.slow_append_s)
    if faults.kill_at is not None:
        fail_points.arm(faults.kill_at, faults.hits)
    if faults.clock is not None:
        probes.drive_clock(faults.clock)
    if faults.probe is not None:
        probes.measure_lag(faults.probe)


def _slow_down(seconds: float) -> None:
    append = SqlStorage.append

    async def append_slowly(self: SqlStorage, appends: Sequence[Append]) -> Any:
        await asyncio.sleep(seconds)
        return await append(self, appends)

    SqlStorage.append = append_slowly  # type: ignore[method-assign]


if __name__ == "__main__":
    install(Faults.from_environment())
    sys.exit(main())
