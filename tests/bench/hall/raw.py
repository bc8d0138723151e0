"""A WebSocket server that sends everyone who comes a megabyte, and does nothing else: `python -m tests.bench.hall.raw PORT`."""

from __future__ import annotations

import asyncio
import sys
from typing import Final

import uvicorn
import uvloop
from starlette.websockets import WebSocket

from crdt.wire import difference_frame

MEGABYTE: Final = difference_frame(bytes(1_000_000))


async def application(scope: dict[str, object], receive: object, send: object) -> None:
    websocket = WebSocket(scope, receive, send)  # type: ignore[arg-type]
    await websocket.accept()
    await websocket.send_bytes(MEGABYTE)
    await websocket.receive()


async def main(port: int) -> None:
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="error",
        lifespan="off",
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1])))
