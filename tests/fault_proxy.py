"""A TCP proxy of our own on the loopback interface, between a server and what it depends on, that fails as networks do.

pass ──refuse──► closed port, connections cut        ──reset──► connections cut, new ones pass
     ──black_hole──► everything accepted, nothing moves   ──half_open──► the far side is gone, the near side is not told
     ──delay──► every piece is late                       ──throttle──► so many bytes a second, each way of each connection
     ──heal──► pass
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import Final

from tests.process import free_port

_PIECE: Final = 65_536
_THROTTLED_S: Final = 0.05
"""How long a throttled piece waits; with the rate it makes how large a piece is."""

_CUT: Final = struct.pack("ii", 1, 0)


class FaultProxy:
    """Passes connections on to a port, unless told otherwise. Use with `async with`."""

    def __init__(self, target_port: int) -> None:
        self.port = free_port()
        self._target_port = target_port
        self._server: asyncio.Server | None = None
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._untold: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._moves = asyncio.Event()
        self._moves.set()
        self._delay_s = 0.0
        self._rate: float | None = None
        self._eased = asyncio.Event()

    async def __aenter__(self) -> FaultProxy:
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.refuse()
        for task in (tasks := list(self._tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    def point_at(self, port: int) -> None:
        """Pass connections that come from now on to another port, as a load balancer does."""
        self._target_port = port

    # Faults

    async def refuse(self) -> None:
        """Close the port and cut everyone off."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.reset()

    def reset(self) -> None:
        """Cut everyone off without a goodbye; who connects anew gets through."""
        for pair in list(self._pairs):
            for writer in pair:
                _cut(writer)

    def black_hole(self) -> None:
        """Take everything and pass nothing on, on old connections and new ones."""
        self._moves.clear()

    def half_open(self) -> None:
        """Lose the far side of every connection; the near side hears nothing of it, and nothing more."""
        for near, far in list(self._pairs):
            self._pairs.discard((near, far))
            self._untold.add(near)
            _cut(far)

    def delay(self, seconds: float) -> None:
        """Hold every piece back for so long."""
        self._delay_s = seconds

    def throttle(self, bytes_per_s: float) -> None:
        """Let so much through, each way of each connection."""
        self._rate = bytes_per_s
        self._eased.clear()

    async def heal(self) -> None:
        """Pass everything on again, what was held back included; who was not told that the far side is gone, is now."""
        while self._untold:
            _cut(self._untold.pop())
        self._delay_s = 0.0
        self._rate = None
        self._eased.set()
        self._moves.set()
        if self._server is None:
            await self._listen()

    # Passing on

    async def _accept(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, near))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        """Pass both ways until either side ends; half open, until the near side does."""
        far: asyncio.StreamWriter | None = None
        passing: list[asyncio.Task[None]] = []
        pair = None
        try:
            await self._moves.wait()
            far_reader, far = await asyncio.open_connection("127.0.0.1", self._target_port)
            pair = (near, far)
            self._pairs.add(pair)
            passing = [asyncio.create_task(self._pass(reader, far)), asyncio.create_task(self._pass(far_reader, near))]
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
            if pair not in self._pairs:
                await asyncio.wait(passing[:1])
        except OSError:
            pass  # nobody listens there now
        finally:
            self._pairs -= {pair} if pair else set()
            for writer in (near, far):
                if writer is not None:
                    writer.transport.abort()
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(_PIECE):
                await self._moves.wait()
                if self._delay_s:
                    await asyncio.sleep(self._delay_s)
                while piece and not writer.transport.is_closing():  # what is said to a far side that is gone goes nowhere
                    part, piece = self._let_through(piece)
                    writer.write(part)
                    await writer.drain()
                    if piece:
                        with contextlib.suppress(TimeoutError):
                            await asyncio.wait_for(self._eased.wait(), _THROTTLED_S)

    def _let_through(self, piece: bytes) -> tuple[bytes, bytes]:
        """Cut a piece into what may go now and the rest."""
        most = len(piece) if self._rate is None else max(1, int(self._rate * _THROTTLED_S))
        return piece[:most], piece[most:]


def _cut(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset."""
    plain = writer.get_extra_info("socket")
    if plain is not None and plain.fileno() >= 0:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CUT)
    writer.transport.abort()
