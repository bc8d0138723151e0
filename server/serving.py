"""Runs the application on uvicorn: uvloop, the sans-I/O WebSocket protocol, no compression, no query string in any log.

The parts open before the first connection is accepted and close after the last one is gone, in one event loop; a folder that cannot be
used is then an error in words and not a failed start of the web server.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
import uvloop

from server.app import open_app
from server.config import Config
from server.patience import Patience, protocols

MAX_FRAME_BYTES: Final = 1_048_576
GRACE_S: Final = 5


class _Server(uvicorn.Server):
    """A uvicorn server that ends by returning, so that what is around it can close in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(config: Config) -> bool:
    """Serve until told to stop; return whether it ever served. Raises SetupFault, StorageFault."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(config))


async def _serve(config: Config) -> bool:
    async with open_app(config) as app:
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
            )
        )
        print(f"Puzzeltafel serves on http://{config.host}:{config.port}", file=sys.stderr)
        try:
            await server.serve()
        except SystemExit:  # uvicorn says why the address cannot be used, and exits
            return False
        return bool(server.started)
