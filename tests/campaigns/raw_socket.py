"""A client that speaks bytes: it can begin what it never ends, and read nothing. Two seconds are enough for any answer on loopback."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

ANSWER_S: Final = 5.0
SMALL_BUFFER: Final = 4_096


class RawSocket:
    """One TCP connection to a server on this machine. `reads` is False for one whose receive buffer stays small and unread."""

    def __init__(self, port: int, *, reads: bool = True) -> None:
        self._port = port
        self._socket = socket.socket()
        self._socket.setblocking(False)
        if not reads:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self._loop = asyncio.get_running_loop()

    async def connect(self) -> RawSocket:
        await self._loop.sock_connect(self._socket, ("127.0.0.1", self._port))
        return self

    async def send(self, data: bytes) -> bool:
        """Send; tell whether the server still takes it. It may not within the time of an answer, and then takes no more."""
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._loop.sock_sendall(self._socket, data)
        except (OSError, TimeoutError):
            return False
        return True

    async def read(self) -> bytes:
        """Return what there is, or nothing when the server has ended the connection."""
        try:
            return await self._loop.sock_recv(self._socket, 65_536)
        except OSError:
            return b""

    async def upgrade(self, case: str, token: str) -> None:
        """Become a WebSocket that asked for nothing but that."""
        head = (
            f"GET /ws/{case}?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        await self.send(head.encode("ascii"))
        async with asyncio.timeout(ANSWER_S):
            answer = await self._loop.sock_recv(self._socket, 15)
        assert answer.startswith(b"HTTP/1.1 101"), answer

    async def is_ended_within(self, seconds: float, *, reads: bool = True) -> bool:
        """Tell whether the server ends the connection in that time; one that does not read looks for a reset alone."""
        ends = self._loop.time() + seconds
        while self._loop.time() < ends:
            try:
                async with asyncio.timeout(0.2):
                    if reads and not await self.read():
                        return True
            except TimeoutError:
                pass
            if not reads:
                await asyncio.sleep(0.2)
                if self._was_reset():
                    return True
        return False

    def _was_reset(self) -> bool:
        """Ask the kernel, since bytes that wait unread hide the end."""
        state: int = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state != _ESTABLISHED

    def close(self) -> None:
        self._socket.close()


_ESTABLISHED: Final = 1
TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9


def frame(opcode: int, payload: bytes, *, fin: bool = True, announced: int | None = None) -> bytes:
    """Build a WebSocket frame of a client, masked with zeros. `announced` is a length that the payload need not have."""
    length = len(payload) if announced is None else announced
    head = bytes(((0x80 if fin else 0) | opcode,))
    if length < 126:
        head += bytes((0x80 | length,))
    elif length < 65_536:
        head += bytes((0x80 | 126,)) + length.to_bytes(2, "big")
    else:
        head += bytes((0x80 | 127,)) + length.to_bytes(8, "big")
    return head + bytes(4) + payload
