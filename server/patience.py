"""How long the server waits for a client: uvicorn's protocols with a deadline for whatever a client can hold back.

Who sends a head or a body drop by drop, cuts a message into crumbs, reads nothing of what it asked for, or answers no ping, is let go, at
once and without waiting for what is still to be sent. What is said to a client is not decided here, nor are rates
(`core/limits.py`, `pacing.py`).

    connected ──head, head_s──► asked ──body, body_s──► answered ─┬─ next request, keep-alive
        └─ too many wait: the oldest goes                         └─ WebSocket: pings, at most MAX_FRAGMENTS a message
    anything to send and nothing read of it for stall_s ──► gone
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.frames import Frame

from server.pacing import PacedWebSocket

MAX_HEAD_BYTES: Final = 32_768
MAX_FRAGMENTS: Final = 64
GOODBYE_S: Final = 5.0
_TOO_BIG: Final = 1009
_AT_ONCE: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and for how many at once that have not asked for anything yet."""

    head_s: float = 10.0
    body_s: float = 60.0
    stall_s: float = 20.0
    most_waiting: int = 1_000
    waiting: OrderedDict[object, Callable[[], None]] = field(default_factory=OrderedDict)

    def begin(self, who: object, let_go: Callable[[], None]) -> None:
        """Note that someone has connected and is yet to ask; when too many are, the one that waited longest goes."""
        self.waiting[who] = let_go
        if len(self.waiting) > self.most_waiting:
            _, oldest = self.waiting.popitem(last=False)
            oldest()

    def end(self, who: object) -> None:
        self.waiting.pop(who, None)


def let_go(transport: asyncio.Transport) -> None:
    """End a connection at once, and forget what waits in the kernel as well: a client that reads nothing would keep that there."""
    held = transport.get_extra_info("socket")
    if held is not None and held.fileno() >= 0:
        with contextlib.suppress(OSError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.abort()


class Deadline:
    """One deadline of one connection; setting it again replaces it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, passed: Callable[[], None]) -> None:
        self._loop = loop
        self._passed = passed
        self._handle: asyncio.TimerHandle | None = None

    def set(self, seconds: float) -> None:
        self.clear()
        self._handle = self._loop.call_later(seconds, self._passed)

    def clear(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class StallWatch:
    """Lets go of a client that reads nothing of what waits for it; one that reads slowly keeps its connection."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, stall_s: float) -> None:
        self._transport = transport
        self._stall_s = stall_s
        self._waiting_bytes = 0
        self._deadline = Deadline(loop, self._look)

    def begin(self) -> None:
        self._waiting_bytes = self._transport.get_write_buffer_size()
        self._deadline.set(self._stall_s)

    def end(self) -> None:
        self._deadline.clear()

    def _look(self) -> None:
        left = self._transport.get_write_buffer_size()
        if left >= self._waiting_bytes:
            let_go(self._transport)
            return
        self.begin()


class _Watched(asyncio.Protocol):
    """A protocol whose client must read what waits for it."""

    _stall: StallWatch

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.begin()

    def resume_writing(self) -> None:
        self._stall.end()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stall.end()
        super().connection_lost(exc)


class PatientHttp(_Watched, HttpToolsProtocol):
    """HTTP with a deadline for the head and the whole of a request, and for reading the answer."""

    patience: Patience = Patience()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head_bytes = 0
        self._is_asking = True
        self._stall = StallWatch(self.loop, transport, self.patience.stall_s)
        self._deadline = Deadline(self.loop, partial(let_go, transport))
        self._deadline.set(self.patience.head_s)
        self.patience.begin(self, partial(let_go, transport))

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self._is_asking and self._head_bytes > MAX_HEAD_BYTES:
            let_go(self.transport)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_asking = True
        self._deadline.set(self.patience.head_s)

    def on_headers_complete(self) -> None:
        self._is_asking = False
        self._head_bytes = 0
        self.patience.end(self)
        self._deadline.set(self.patience.body_s)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._deadline.clear()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._settle()
        super().handle_websocket_upgrade()

    def _settle(self) -> None:
        self.patience.end(self)
        self._deadline.clear()


class PatientWebSocket(_Watched, PacedWebSocket):
    """A WebSocket whose messages come in few parts, and which does not outlive a client that is gone or does not read."""

    patience: Patience = Patience()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._stall = StallWatch(self.loop, cast("asyncio.Transport", transport), self.patience.stall_s)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= MAX_FRAGMENTS:
            self.conn.fail(_TOO_BIG, f"a message comes in at most {MAX_FRAGMENTS} parts")
            self.frames = []
            self.handle_parser_exception()
            self._part()
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        if not self.writable.is_set():  # it asks and does not read: answers would pile up
            let_go(self.transport)
            return
        super().handle_ping()

    def keepalive_timeout(self) -> None:
        let_go(self.transport)  # it has answered nothing for long enough: no goodbye would be read

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.close" and self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = self.loop.call_later(self.close_timeout, self._end)

    def _end(self) -> None:
        """Close, and soon after in earnest: closing waits until all is sent, and this client may read nothing."""
        self.transport.close()
        self._part()

    def _part(self) -> None:
        self.loop.call_later(GOODBYE_S, let_go, self.transport)


def protocols(patience: Patience) -> tuple[type[PatientHttp], type[PatientWebSocket]]:
    """Return the protocols of one server."""
    http = type("PatientHttpHere", (PatientHttp,), {"patience": patience})
    websocket = type("PatientWebSocketHere", (PatientWebSocket,), {"patience": patience})
    return http, websocket
