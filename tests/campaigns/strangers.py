"""One case on a real server: someone who works in it, someone who watches, and strangers who throw frames at it over sockets.

A stranger throws one frame at a time and asks for something harmless after each, so that every frame is known to be dealt with; who was
closed comes back. What the frames are is `fuzz_frames.py`'s and `spoofing.py`'s; what must hold afterwards is the campaigns'.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from crdt import wire
from crdt.presence import GONE
from tests.campaigns.sitting import EMPTY_CASE, ask
from tests.process import ServerProcess
from tests.server.web.seats import is_answer
from tests.support import Replica, extension_bodies, updates_in

ANSWER_S: Final = 30.0
"""A large frame makes the server pause before it reads the next one."""

QUESTION: Final = wire.vector_frame(b"\x00")


class Case:
    """A new case on a server, and ways in."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.id = str(ask(server, command="import", file=EMPTY_CASE, name=None, partner=None)["case"])

    def url(self, role: str, name: str) -> str:
        """Return where a new participant connects."""
        token = ask(self.server, command="token", case=self.id, role=role, name=name, partner=None)
        return f"ws://127.0.0.1:{self.server.port}/ws/{self.id}?token={token}"


def door(url: str) -> connect:
    return connect(url, subprotocols=[Subprotocol("puzzeltafel.1")], compression=None, max_size=None, open_timeout=ANSWER_S)


class Guest:
    """Someone who keeps to the rules: takes in whatever comes, and remembers who appeared under which client id."""

    def __init__(self, socket: ClientConnection, client_id: int) -> None:
        self._socket = socket
        self._copy = Replica(client_id=client_id)
        self._settled = asyncio.Condition()
        self._answered = False
        self.client_id = client_id
        self.participant = ""
        self.saved = 0
        self.sent = 0
        self.refused: list[str] = []
        self.states: list[wire.AwarenessEntry] = []
        self.people: dict[str, Any] = {}
        self.clients: dict[str, str] = {}

    @property
    def copy(self) -> Replica:
        return self._copy

    @classmethod
    async def enter(cls, stack: AsyncExitStack, url: str, client_id: int) -> Guest:
        """Come in, take in the case, and go on reading until the stack closes."""
        guest = cls(await stack.enter_async_context(door(url)), client_id)
        reading = asyncio.create_task(guest._read())
        stack.callback(reading.cancel)
        await guest.catch_up()
        return guest

    async def catch_up(self) -> None:
        """Ask for the whole case, and wait until it is here."""
        self._answered = False
        await self._socket.send(QUESTION)
        await self._wait(lambda: self._answered)

    async def announce(self, clock: int) -> None:
        await self._socket.send(wire.awareness_frame([wire.AwarenessEntry(self.client_id, clock, '{"at":"value"}')]))

    async def change(self, update: bytes) -> None:
        """Send a change and wait until it is saved, or refused."""
        self.sent += 1
        await self._socket.send(wire.update_frame(update))
        await self._wait(lambda: self.saved >= self.sent or bool(self.refused))

    async def _wait(self, holds: Any) -> None:
        async with asyncio.timeout(ANSWER_S), self._settled:
            await self._settled.wait_for(holds)

    async def _read(self) -> None:
        async for frame in self._socket:
            assert isinstance(frame, bytes)
            self._take(frame)
            async with self._settled:
                self._settled.notify_all()

    def _take(self, frame: bytes) -> None:
        for update in updates_in([frame]):
            self._copy.document.apply(update)
        self._answered = self._answered or is_answer(frame)
        for body in extension_bodies([frame], wire.HELLO):
            self.participant = body["participant"]
        for body in extension_bodies([frame], wire.SAVED):
            self.saved = max(self.saved, body["updates"])
        self.refused += [body["message"] for body in extension_bodies([frame], wire.REFUSED)]
        for body in extension_bodies([frame], wire.PEOPLE):
            self.people |= body["people"]
            self.clients |= body["clients"]
        if frame[0] == wire.AWARENESS:
            message = wire.read_frame(frame)
            assert isinstance(message, wire.Awareness)
            self.states += message.entries

    def present(self) -> dict[int, str]:
        """Return the newest state of everyone who is here, by client id."""
        newest = {state.client_id: state.state for state in self.states}
        return {client_id: state for client_id, state in newest.items() if state != GONE}


async def throw(url: str, frames: Iterable[bytes], at_once: int) -> int:
    """Throw frames at a case, `at_once` per connection at most; return in how many connections all were dealt with.

    Raises ConnectionError when the server cannot be reached any more.
    """
    waiting, connections = deque(frames), 0
    while waiting:
        connections += 1
        async with door(url) as socket:
            try:
                for _ in range(min(at_once, len(waiting))):
                    await socket.send(waiting.popleft())
                    await socket.send(QUESTION)
                    await _answer(socket)
            except ConnectionClosed as closed:
                if closed.rcvd is None:
                    raise ConnectionError("the server cut the connection without a word") from closed
    return connections


async def _answer(socket: ClientConnection) -> None:
    async with asyncio.timeout(ANSWER_S):
        while not (isinstance(frame := await socket.recv(), bytes) and is_answer(frame)):
            pass
