"""Runs the application on uvicorn: uvloop, the sans-I/O WebSocket protocol, no compression, no query string in any log.

The parts open before the first connection is accepted and close after the last one is gone, in one event loop; a folder that cannot be
used is then an error in words and not a failed start of the web server. Told to stop, the server leaves as `draining.py` says, then closes
its port and its parts. What hangs then is ended by the system: whatever was told is on disk long before.
"""

from __future__ import annotations

import asyncio
import gc
import math
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
import uvloop

from server.app import open_app
from server.config import Config
from server.draining import Drain
from server.patience import Patience, protocols

MAX_FRAME_BYTES: Final = 1_048_576
GRACE_S: Final = 5
NEW_BEFORE_SEARCH: Final = 20_000
"""How many more objects are made than thrown away before rings of them are searched for. Python's 700 suits small programs: with many rooms
open, searching all memory takes so long that people notice, and nobody is heard meanwhile."""

YOUNG_SEARCHES: Final = 2
"""After so many searches of what is new, what outlived them is searched as well: with Python's 10, many who come in at once make that a
search of 200,000 objects, 70 ms long."""

OLD_SEARCHES: Final = 50
"""After so many of those, all memory may be searched: as seldom as before."""

LONGEST_END_S: Final = 12
"""How long ending may take besides the notice; then the process ends where it stands (SIGALRM)."""


class _Server(uvicorn.Server):
    """A uvicorn server that leaves before it ends, and ends by returning, so that what is around it can close in order."""

    def __init__(self, config: uvicorn.Config, drain: Drain) -> None:
        super().__init__(config)
        self._drain = drain
        self._leaving: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal, number)
        yield

    def _on_signal(self, number: signal.Signals) -> None:
        """Begin to leave. Who sits at a terminal, or says it twice, wants no load balancer waited for."""
        if number == signal.SIGINT or self._leaving is not None:
            self._drain.hurry()
        self._leaving = self._leaving or asyncio.create_task(self._leave())

    async def _leave(self) -> None:
        signal.alarm(math.ceil(self._drain.notice_s) + LONGEST_END_S)
        try:
            await self._drain.leave()
        finally:
            self.should_exit = True


def serve(config: Config) -> bool:
    """Serve until told to stop; return whether it ever served. Raises SetupFault, StorageFault."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(config))


async def _serve(config: Config) -> bool:
    async with open_app(config) as (app, drain):
        _search_memory_in_small_parts()
        http, websocket = protocols(Patience(config.head_s, config.body_s, config.stall_s, config.max_waiting))
        server = _Server(
            uvicorn.Config(
                app,
                host=config.host,
                port=config.port,
                http=http,
                ws=websocket,
                ws_max_size=MAX_FRAME_BYTES,
                ws_ping_interval=config.ping_every_s,
                ws_ping_timeout=config.ping_every_s,
                ws_per_message_deflate=False,
                proxy_headers=bool(config.proxies),
                forwarded_allow_ips=list(config.proxies),
                lifespan="off",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GRACE_S,
            ),
            drain,
        )
        print(f"Puzzeltafel serves on http://{config.host}:{config.port}", file=sys.stderr)
        try:
            await server.serve()
        except SystemExit:  # uvicorn says why the address cannot be used, and exits
            return False
        return bool(server.started)


def _search_memory_in_small_parts() -> None:
    """Leave out of searches for rings what is there from the start and stays: the program itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_BEFORE_SEARCH, YOUNG_SEARCHES, OLD_SEARCHES)
