"""How a server leaves, so that a deploy costs nobody a word: first it is no longer ready, then its people go, then the log is whole.

    serving ──told to stop──► leaving (not ready, takes nobody in) ──notice_s──► everyone sent away (1012) ──► log written

While it is leaving, people at its tables go on, so that a load balancer has stopped choosing it by the time they come back. A server alone
needs no such notice. Ending the process is `serving.py`'s; how long that may take at most is said there as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from server.admission import Admission
from server.health import Health
from server.hub import Hub
from server.telemetry import Event, log_event

logger = logging.getLogger("puzzeltafel")


class Drain:
    """The leaving of one server, once."""

    def __init__(self, health: Health, admission: Admission, hub: Hub, notice_s: float) -> None:
        self._health = health
        self._admission = admission
        self._hub = hub
        self.notice_s = notice_s
        self._is_hurried = asyncio.Event()

    async def leave(self) -> None:
        """Return when everyone was told to go and all that was taken in is in the log, or cannot be now."""
        people = sum(len(opened.connections) for opened in self._hub.all_opened())
        log_event(logger, Event.DRAINING, connections=people, notice_s=self.notice_s)
        self._health.drain()
        self._admission.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.notice_s):
                await self._is_hurried.wait()
        await self._hub.send_away()

    def hurry(self) -> None:
        """Wait for no load balancer any more."""
        self._is_hurried.set()
