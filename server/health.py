"""Whether this server can do its work now: what storage and the line to the other servers say of themselves.

Asks at most once a second however many want to know, since anyone may. Does nothing about what it finds: rooms turn read-only, and the
line is opened anew, by those who own them.

    any ──told to stop──► draining (all is saved, but nobody is taken in any more)
    ok ──line to the others lost──► degraded (all is saved; the others hear of it through the log)
     └──storage does not answer──► down (nothing can be saved or opened)
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from server.errors import StorageFault
from server.fanout import Fanout, State
from server.storage import Storage
from server.telemetry import STORAGE_STATE

FRESH_S: Final = 1.0
ANSWER_S: Final = 2.0
NOBODY: Final = "-"
"""No case has this id: what is asked of storage is only whether it answers."""

Status = Literal["ok", "degraded", "down", "draining"]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a server is."""

    has_storage: bool
    line: State
    is_draining: bool = False

    @property
    def is_ready(self) -> bool:
        """Tell whether people should be sent here. Degraded is ready: all is saved, and nobody is better off elsewhere."""
        return self.status in ("ok", "degraded")

    @property
    def status(self) -> Status:
        if self.is_draining:
            return "draining"
        if not self.has_storage:
            return "down"
        return "degraded" if self.line == "away" else "ok"


class Health:
    """The health of one server."""

    def __init__(self, storage: Storage, fanout: Fanout, clock: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._fanout = fanout
        self._clock = clock
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._has_storage = False
        self._is_draining = False

    def drain(self) -> None:
        """This server is on its way out."""
        self._is_draining = True

    async def condition(self) -> Condition:
        """Say how this server is; what storage says is at most a second old."""
        async with self._asking:
            if self._clock() - self._asked_at >= FRESH_S:
                self._has_storage = await self._ask()
                self._asked_at = self._clock()
        return Condition(self._has_storage, self._fanout.state, self._is_draining)

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._storage.positions([NOBODY])
        except (StorageFault, TimeoutError):
            STORAGE_STATE.set(0)
            return False
        STORAGE_STATE.set(1)
        return True
