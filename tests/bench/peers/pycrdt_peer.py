"""pycrdt-websocket under uvicorn, with the same event loop and WebSocket protocol as ours, without storage: `pycrdt_peer.py PORT`."""

import asyncio
import sys

import uvicorn
import uvloop
from pycrdt.websocket import ASGIServer, WebsocketServer  # type: ignore[import-not-found]


async def main(port: int) -> None:
    async with WebsocketServer() as rooms:
        application = ASGIServer(rooms)
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
