"""The WebSocket edge over a real server: who gets in, and what closes with which code."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from crdt import wire
from crdt.case import CaseDocument
from server.admission import Admission
from server.app import open_parts
from server.attendance import as_person
from server.cases import NewPerson, read_case_file
from server.config import Config
from server.core.session import Session
from server.web.auth import Door
from server.web.websocket import Pump
from tests.conftest import EXAMPLE
from tests.process import ServerProcess
from tests.support import Replica, extension_bodies, updates_in

EXTENSION = [Subprotocol("puzzeltafel.1")]
DEADLINE_S = 10


@pytest.fixture
def case(shared_server: ServerProcess) -> str:
    return str(shared_server.import_case(EXAMPLE)["case"])


def address(server: ServerProcess, case: str, token: str | None = None) -> str:
    return f"ws://127.0.0.1:{server.port}/ws/{case}" + (f"?token={token}" if token else "")


async def closing(connection: ClientConnection) -> tuple[int, str]:
    """Read until the server closes; return the code and the words."""
    try:
        async with asyncio.timeout(DEADLINE_S):
            while True:
                await connection.recv()
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        return closed.rcvd.code, closed.rcvd.reason


async def receive_until(connection: ClientConnection, kind: int) -> Any:
    """Read until an extension message of a type comes; return its body."""
    async with asyncio.timeout(DEADLINE_S):
        while True:
            bodies = extension_bodies([await received(connection)], kind)
            if bodies:
                return bodies[0]


async def received(connection: ClientConnection) -> bytes:
    frame = await connection.recv()
    assert isinstance(frame, bytes)
    return frame


async def test_a_change_travels_and_is_saved(shared_server: ServerProcess, case: str) -> None:
    """[S8, E2] Two programs at one table: what one writes the other reads, and it is on disk."""
    ann, vic = (shared_server.token(case, role, "Naam") for role in ("partner", "viewer"))
    async with (
        connect(address(shared_server, case, ann), subprotocols=EXTENSION) as writer,
        connect(address(shared_server, case, vic)) as reader,
    ):
        hello = await receive_until(writer, wire.HELLO)
        await writer.send(wire.update_frame(Replica().add_note("n1", "hoi 😀")))
        saved = await receive_until(writer, wire.SAVED)
        update = await received(reader)

    assert (hello["role"], hello["epoch"], hello["writable"]) == ("partner", 1, True)
    assert saved["updates"] == 1
    assert CaseDocument.open(updates_in([update])).view()["notes"]["n1"]["text"] == "hoi 😀"
    exported = json.loads(shared_server.run("export", case).stdout)
    assert {"text": "hoi 😀"} in [note if isinstance(note, dict) else {"text": note} for note in exported["notes"]["value"]]


@pytest.mark.parametrize(
    ("frame", "code", "words"),
    [
        ("hallo", 4400, "text frames are not part of the protocol"),
        (b"", 4400, "does not end"),
        (b"\x63", 4400, "message type 99 is not known"),
        (b"\x00\x02\x05\x01", 4400, "announced"),
        (wire.update_frame(b"\xff" * 8), 4400, ""),
        (b"\x00\x00\x06\x80\x80\x80\x80\x80\x01", 4400, ""),
        (b"\x00" * (1_048_576 + 1), 1009, ""),
    ],
)
async def test_bad_frames_close_with_words(shared_server: ServerProcess, case: str, frame: str | bytes, code: int, words: str) -> None:
    """[F1-F4] Each kind of bad frame has its code; the server serves on."""
    token = shared_server.token(case, "partner", "Naam")
    async with connect(address(shared_server, case, token), max_size=None) as connection:
        await connection.send(frame)
        closed = await closing(connection)

    assert closed[0] == code
    assert words in closed[1]
    async with httpx.AsyncClient() as http:
        assert (await http.get(f"{shared_server.url}/healthz")).status_code == 200


async def test_who_does_not_get_in(shared_server: ServerProcess, case: str) -> None:
    """[C1, C2] No token, a wrong one, one for another case, and no such case: each is told in words."""
    other = shared_server.import_case(EXAMPLE)
    token = shared_server.token(case, "partner", "Naam")
    for url, code, words in (
        (address(shared_server, case), 4401, "open the link you were given"),
        (address(shared_server, case, "wrong"), 4401, "not valid"),
        (address(shared_server, other["case"], token), 4401, "for another case"),
        (address(shared_server, "nope", token), 4404, "does not exist"),
    ):
        async with connect(url) as connection:
            closed = await closing(connection)
            assert closed[0] == code
            assert words in closed[1]


async def test_an_expired_token_is_named(server: ServerProcess) -> None:
    """[C1] A token that is too old is refused as such."""
    case = server.import_case(EXAMPLE)["case"]
    server.stop()
    with ServerProcess(server.data_dir, token_valid_s="-1") as late:
        token = late.token(case, "partner", "Naam")
        async with connect(address(late, case, token)) as connection:
            assert await closing(connection) == (4401, "this token has expired; ask for a new one")


async def test_cookies_connect_only_from_our_own_pages(shared_server: ServerProcess) -> None:
    """[C3] A page of another origin cannot connect with a visitor's cookie."""
    async with httpx.AsyncClient(base_url=shared_server.url) as http:
        case = (await http.post("/api/cases", json={"title": "x", "person": {"name": "Noor"}})).json()["case"]
        cookie = {"Cookie": f"puzzeltafel-{case}={http.cookies[f'puzzeltafel-{case}']}"}
    url = address(shared_server, case)
    async with connect(url, additional_headers=cookie, origin=Origin(shared_server.url), subprotocols=EXTENSION) as ours:
        assert (await receive_until(ours, wire.HELLO))["role"] == "facilitator"
    async with connect(url, additional_headers=cookie, origin=Origin("https://elsewhere.example")) as theirs:
        assert (await closing(theirs))[0] == 4403


async def test_a_viewer_who_writes_is_refused_by_the_server(shared_server: ServerProcess, case: str) -> None:
    """[S5] Not only hidden: nothing of it is stored."""
    before = shared_server.run("export", case).stdout
    async with connect(address(shared_server, case, shared_server.token(case, "viewer", "Vera"))) as connection:
        await connection.send(wire.update_frame(Replica().add_note("n1")))
        code, words = await closing(connection)

    assert (code, words) == (4403, "a viewer may not change anything")
    assert shared_server.run("export", case).stdout == before


async def test_no_secret_in_the_log(shared_server: ServerProcess, case: str) -> None:
    """Tokens travel in the query of a stock provider, and no log of ours shows one."""
    token = shared_server.token(case, "partner", "Naam")
    async with connect(address(shared_server, case, token)) as connection:
        await received(connection)

    log = shared_server.log_path.read_text("utf-8")
    assert token not in log
    assert "token=" not in log
    assert case in log


async def test_many_come_and_go(shared_server: ServerProcess, case: str) -> None:
    """Fifty people join at once, each is told who is there, and all can leave."""
    token = shared_server.token(case, "partner", "Naam")
    connections = await asyncio.gather(*(connect(address(shared_server, case, token), subprotocols=EXTENSION) for _ in range(50)))
    hellos = await asyncio.gather(*(receive_until(connection, wire.HELLO) for connection in connections))
    await asyncio.gather(*(connection.close() for connection in connections))

    assert len({hello["participant"] for hello in hellos}) == 1


async def test_a_fault_of_ours_is_told_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """[X] A connection that a fault of ours ends closes with 4500 and raises an alarm; it does not just vanish."""

    def fail(*_: object) -> float:
        raise AttributeError("a fault of ours")

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b"\x00"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    config = Config(data_dir=tmp_path)
    async with open_parts(config) as parts:
        monkeypatch.setattr(parts.hub, "receive", fail)
        started = await parts.cases.start(read_case_file(EXAMPLE.read_bytes()), NewPerson("Ann"))
        websocket = WebSocket({"type": "websocket"}, receive, send)
        websocket.client_state = websocket.application_state = WebSocketState.CONNECTED
        connection = await parts.hub.connect(started.case, Session(as_person(started.participant), "facilitator", True), lambda: None)
        door = Door(parts.cases, parts.tools.signer, config)
        await Pump(parts.hub, door, Admission())._pump(websocket, started.case, connection)

    assert [message["code"] for message in sent if message["type"] == "websocket.close"] == [4500]
    assert f"connection-broken case={started.case}" in caplog.text
