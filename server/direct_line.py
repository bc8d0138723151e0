"""Puts one frame on many connections, and hears what clients say, without a task for each: an ASGI extension of our own WebSocket protocol.

Under `LINE_EXTENSION` the scope holds the connection's `Line` (`open_room.py`), which writes straight to the transport while the client
reads well enough, and hands on what comes in the very call that read it. Bytes that go to many are framed once. Who is to hear what is the
room's to say; who reads too slowly is the outbox's, and who writes too fast the pump's, which then receives as from any server.
A server or test client without the extension is sent to in the ordinary way (`web/websocket.py`).
"""

from __future__ import annotations

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import apply_mask  # type: ignore[attr-defined]  # the quick one where it is built
from websockets.protocol import State
from websockets.streams import StreamReader

from server.open_room import LINE_EXTENSION, Hear

_BINARY: Final = 0x82
_MASKED: Final = 0x80
_HEAD: Final = 6
_IN_TWO_BYTES: Final = 126
_SHORT: Final = 125
_FOR_ANYTHING: Final = StreamReader.at_eof.__code__
"""Where the parser waits when it has read a frame and nothing of the next; within a frame it waits for so many bytes (`read_exact`)."""

_MEDIUM: Final = 0xFFFF


def framed(payload: bytes) -> bytes:
    """Return a payload as one unmasked binary frame (RFC 6455, section 5.2)."""
    length = len(payload)
    if length <= _SHORT:
        return bytes((_BINARY, length)) + payload
    if length <= _MEDIUM:
        return b"\x82\x7e" + length.to_bytes(2) + payload
    return b"\x82\x7f" + length.to_bytes(8) + payload


def whole_message(data: bytes) -> bytes | None:
    """Return the payload when these bytes are one masked binary frame of at most 64 KiB, whole and alone; None for all else.

    A letter that somebody typed always is. What is read here needs no parser: there is nothing in the bytes but what is returned.
    """
    if len(data) < _HEAD or data[0] != _BINARY:
        return None
    length, begins = data[1] - _MASKED, _HEAD
    if length == _IN_TWO_BYTES:
        length, begins = data[2] << 8 | data[3], _HEAD + 2
    elif not 0 <= length <= _SHORT:
        return None
    if len(data) != begins + length:
        return None
    return apply_mask(data[begins:], data[begins - 4 : begins])


class Framing:
    """Frames a payload once, however many connections it goes to one after the other: of each length the last is remembered.

    Short ones are not remembered: framing them again is as quick, and those for one client alone (`saved`) stand between the shared ones.
    The last long one is remembered apart from the last of medium length: whoever comes in gets a word of its own and then the document.
    """

    def __init__(self) -> None:
        self._medium = self._long = (b"", framed(b""))

    def frame(self, payload: bytes) -> bytes:
        length = len(payload)
        if length <= _SHORT:
            return framed(payload)
        if length <= _MEDIUM:
            if payload is not self._medium[0]:
                self._medium = payload, framed(payload)
            return self._medium[1]
        if payload is not self._long[0]:
            self._long = payload, framed(payload)
        return self._long[1]


class DirectWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket that offers its `Line`, unless frames are compressed for each client."""

    framing: Framing = Framing()
    is_free: bool = False
    """Whether a frame may be put on the line now: the client reads, and nobody has said goodbye.

    Looked at for every frame to everyone, so kept here, and reckoned again wherever it can change."""

    _hear: Hear | None = None

    async def run_asgi(self) -> None:
        if not self.conn.extensions:
            self.scope["extensions"][LINE_EXTENSION] = {"line": self}
        await super().run_asgi()

    def _reckon(self) -> None:
        self.is_free = self.writable.is_set() and self.is_open

    async def send(self, message: Any) -> None:
        await super().send(message)
        self._reckon()

    def shutdown(self) -> None:
        super().shutdown()
        self._reckon()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reckon()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._reckon()

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_free = False
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """The client says no more; the transport closes by itself."""
        self.is_free = False

    def data_received(self, data: bytes) -> None:
        """Take in bytes: a message that is whole and comes alone at once, all else by the parser."""
        message = whole_message(data) if self._hear is not None and self._is_between_frames() else None
        if message is None:
            super().data_received(data)
            self._reckon()  # it may have held a goodbye
        elif not self._is_heard(message):
            self.curr_msg_data_type, self.frames = "bytes", [message]
            super().send_receive_event_to_app()  # not ours: it was offered to be heard already

    def _is_between_frames(self) -> bool:
        """Tell whether the next byte begins a frame and, if it is one, a message: then the parser waits for anything at all."""
        if self.conn.state is not State.OPEN or self.conn.current_size is not None:
            return False
        waits: Any = self.conn.parser
        while waits.gi_yieldfrom is not None:
            waits = waits.gi_yieldfrom
        return bool(waits.gi_code is _FOR_ANYTHING)

    @property
    def is_open(self) -> bool:
        return self.handshake_complete and not self.close_sent and self.conn.state is State.OPEN and not self.transport.is_closing()

    def put(self, *payloads: bytes) -> None:
        """Send binary messages in one write; only while the line `is_free`."""
        frame = self.framing.frame
        self.transport.write(frame(payloads[0]) if len(payloads) == 1 else b"".join(map(frame, payloads)))

    async def until_free(self) -> bool:
        """Wait until a frame may be put on the line; return False when none ever will be."""
        await self.writable.wait()
        self._reckon()
        return self.is_open

    def listen(self, hear: Hear) -> None:
        """Hand whole binary messages straight to `hear`, unless earlier ones still wait to be received."""
        self._hear = hear

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type != "bytes" or not self._is_heard(self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)):
            super().send_receive_event_to_app()
        self.frames = []

    def _is_heard(self, message: bytes) -> bool:
        return self._hear is not None and not self.close_sent and self.queue.empty() and self._hear(message)
