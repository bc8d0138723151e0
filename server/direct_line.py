"""Puts one frame on many connections, and hears what clients say, without a task for each: an ASGI extension of our own WebSocket protocol.

Under `LINE_EXTENSION` the scope holds the connection's `Line` (`open_room.py`), which writes straight to the transport while the client
reads well enough, and hands on what comes in the very call that read it. Bytes that go to many are framed once. Who is to hear what is the
room's to say; who reads too slowly is the outbox's, and who writes too fast the pump's, which then receives as from any server.
A server or test client without the extension is sent to in the ordinary way (`web/websocket.py`).
"""

from __future__ import annotations

from typing import Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from server.open_room import LINE_EXTENSION, Hear

_BINARY: Final = 0x82
_SHORT: Final = 125
_MEDIUM: Final = 0xFFFF


def framed(payload: bytes) -> bytes:
    """Return a payload as one unmasked binary frame (RFC 6455, section 5.2)."""
    length = len(payload)
    if length <= _SHORT:
        return bytes((_BINARY, length)) + payload
    if length <= _MEDIUM:
        return b"\x82\x7e" + length.to_bytes(2) + payload
    return b"\x82\x7f" + length.to_bytes(8) + payload


class Framing:
    """Frames a payload once, however many connections it goes to one after the other.

    Short ones are not remembered: framing them again is as quick, and those for one client alone (`saved`) stand between the shared ones.
    """

    def __init__(self) -> None:
        self._payload = b""
        self._frame = framed(b"")

    def frame(self, payload: bytes) -> bytes:
        if len(payload) <= _SHORT:
            return framed(payload)
        if payload is not self._payload:
            self._payload, self._frame = payload, framed(payload)
        return self._frame


class DirectWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket that offers its `Line`, unless frames are compressed for each client."""

    framing: Framing = Framing()
    _hear: Hear | None = None

    async def run_asgi(self) -> None:
        if not self.conn.extensions:
            self.scope["extensions"][LINE_EXTENSION] = {"line": self}
        await super().run_asgi()

    @property
    def is_free(self) -> bool:
        """Tell whether a frame may be put on the line now: the client reads, and nobody has said goodbye."""
        return self.writable.is_set() and self.is_open

    @property
    def is_open(self) -> bool:
        return self.handshake_complete and not self.close_sent and self.conn.state is State.OPEN and not self.transport.is_closing()

    def put(self, payload: bytes) -> None:
        """Send a binary message; only while the line `is_free`."""
        self.transport.write(self.framing.frame(payload))

    async def until_free(self) -> bool:
        """Wait until a frame may be put on the line; return False when none ever will be."""
        await self.writable.wait()
        return self.is_open

    def listen(self, hear: Hear) -> None:
        """Hand whole binary messages straight to `hear`, unless earlier ones still wait to be received."""
        self._hear = hear

    def send_receive_event_to_app(self) -> None:
        if not self._is_heard():
            super().send_receive_event_to_app()
        self.frames = []

    def _is_heard(self) -> bool:
        if self._hear is None or self.curr_msg_data_type != "bytes" or self.close_sent or not self.queue.empty():
            return False
        return self._hear(self.frames[0] if len(self.frames) == 1 else b"".join(self.frames))
