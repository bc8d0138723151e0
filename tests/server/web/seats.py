"""A case on a running server with someone in every role, each with a cookie of their own and a way to the wire."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from crdt import wire
from crdt.gate import ROLES, Role
from tests.process import ServerProcess
from tests.support import Replica, extension_bodies, updates_in

DEADLINE_S = 10


class Closed(Exception):
    """The server closed the connection; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Seat:
    """One participant: `http` makes calls as them, `open` connects as them."""

    def __init__(self, server: ServerProcess, case: str, http: httpx.AsyncClient, participant: str) -> None:
        self._server = server
        self.case = case
        self.http = http
        self.id = participant

    async def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        return await self.http.request(method, f"/api/cases/{self.case}{path}", json=body)

    async def open(self, stack: AsyncExitStack, case: str | None = None) -> Wire:
        name = f"puzzeltafel-{self.case}"
        headers = {"Cookie": f"puzzeltafel-{case or self.case}={self.http.cookies[name]}"}
        address = f"ws://127.0.0.1:{self._server.port}/ws/{case or self.case}"
        connecting = connect(
            address,
            additional_headers=headers,
            origin=Origin(self._server.url),
            subprotocols=[Subprotocol("puzzeltafel.1")],
            max_queue=None,  # else frames that nobody receives keep a goodbye waiting until the library gives up
        )
        return Wire(await stack.enter_async_context(connecting))


class Wire:
    """A connection, read one frame at a time."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.updates_sent = 0
        self.heard: list[bytes] = []

    async def send(self, frame: bytes) -> None:
        """Send a frame. Raises Closed, for a server may be done with someone before they have said a word."""
        try:
            await self._connection.send(frame)
        except ConnectionClosed as closed:
            raise Closed(closed.rcvd.code if closed.rcvd else 1006) from closed

    async def receive(self) -> bytes:
        try:
            async with asyncio.timeout(DEADLINE_S):
                frame = await self._connection.recv()
        except ConnectionClosed as closed:
            raise Closed(closed.rcvd.code if closed.rcvd else 1006) from closed
        assert isinstance(frame, bytes)
        self.heard.append(frame)
        return frame

    async def body(self, kind: int) -> Any:
        """Read until our own message of a type comes; return its body."""
        while not (bodies := extension_bodies([await self.receive()], kind)):
            pass
        return bodies[0]

    async def synced(self, client_id: int | None = None) -> Replica:
        """Ask for the whole document and return a copy of it."""
        await self.send(wire.vector_frame(b"\x00"))
        while not is_answer(frame := await self.receive()):
            pass
        return Replica(updates_in([frame])[0], client_id)

    async def change(self, update: bytes) -> str | None:
        """Send a change; return why it is refused, or None when it is saved. Raises Closed."""
        self.updates_sent += 1
        await self.send(wire.update_frame(update))
        while True:
            frame = await self.receive()
            for body in extension_bodies([frame], wire.REFUSED):
                if body["updates"] == self.updates_sent:
                    return str(body["reason"])
            if any(body["updates"] >= self.updates_sent for body in extension_bodies([frame], wire.SAVED)):
                return None


def is_answer(frame: bytes) -> bool:
    """Tell whether a frame answers a state vector (sync step 1)."""
    reader = wire.Reader(frame)
    return reader.var_uint() == wire.SYNC and reader.var_uint() == wire.STEP_DIFFERENCE


class Table:
    """A case with a seat in every role; the facilitator's is the founder's."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.seats: dict[Role, Seat] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        founder = await self.client()
        person = {"name": "Fenna", "partner": {"name": "Dorpsraad"}}
        started = (await founder.post("/api/cases", json={"title": "Proef", "person": person})).json()
        self.case = str(started["case"])
        self.secrets = {link["role"]: link["secret"] for link in started["links"]}
        self.links = {link["role"]: link["id"] for link in started["links"]}
        self.seats["facilitator"] = Seat(self.server, self.case, founder, started["participant"])
        for role in ROLES[1:]:
            self.seats[role] = await self.join(self.secrets[role], {"name": role.title(), "partner": {"name": f"Club {role}"}})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def client(self) -> httpx.AsyncClient:
        """Return a browser without a past; one that does not read the certificates of all authorities, which takes 50 ms."""
        return await self._stack.enter_async_context(httpx.AsyncClient(base_url=self.server.url, verify=False))

    async def join(self, secret: str, person: object) -> Seat:
        http = await self.client()
        joined = await http.post(f"/api/cases/{self.case}/join", json={"secret": secret, "person": person})
        assert joined.status_code == 200, joined.text
        return Seat(self.server, self.case, http, joined.json()["participant"])

    @property
    def facilitator(self) -> Seat:
        return self.seats["facilitator"]
