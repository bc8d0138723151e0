"""A client that stops reading over a real connection, while others go on: nothing is lost, doubled or out of order when it reads again."""

from __future__ import annotations

import asyncio
import socket

from websockets.asyncio.client import ClientConnection, connect

from crdt import wire
from crdt.case import CaseDocument
from tests.conftest import EXAMPLE
from tests.process import ServerProcess
from tests.support import Replica, updates_in

DEADLINE_S = 60
WRITERS = 5
NOTES = 150
LONG = "een lange notitie " * 270


async def test_who_stops_reading_is_caught_up(shared_server: ServerProcess) -> None:
    """[S10] Three and a half megabytes are written meanwhile, more than any queue to one client holds; then all of it is there."""
    case = str(shared_server.import_case(EXAMPLE)["case"])
    url = f"ws://127.0.0.1:{shared_server.port}/ws/{case}?token="
    async with asyncio.timeout(DEADLINE_S):
        narrow = _narrow_socket(shared_server.port)
        async with connect(url + shared_server.token(case, "viewer", "Vic"), sock=narrow, max_queue=1, max_size=None) as slow:
            await asyncio.gather(*(_write(url + shared_server.token(case, "partner", f"Ann {n}"), n) for n in range(WRITERS)))
            await _read_until_whole(slow)


def _narrow_socket(port: int) -> socket.socket:
    """Return a connection on which little waits at the reader's side."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    narrow.connect(("127.0.0.1", port))
    narrow.setblocking(False)
    return narrow


async def _write(url: str, number: int) -> None:
    """Write notes as one of several, and return when the last of them has come back."""
    replica = Replica()
    async with connect(url, max_size=None) as writer:
        for note in range(NOTES):
            last = f"note-{number}-{note}"
            await writer.send(wire.update_frame(replica.add_note(last, LONG)))
        while last not in _notes(await _updates(writer)):
            pass


async def _updates(connection: ClientConnection) -> list[bytes]:
    frame = await connection.recv()
    assert isinstance(frame, bytes)
    return updates_in([frame])


def _notes(updates: list[bytes]) -> set[str]:
    return set(CaseDocument.open(updates).view()["notes"])


async def _read_until_whole(slow: ClientConnection) -> None:
    """Read until every note is there; one that was lost holds up all its writer wrote after it."""
    document = CaseDocument()
    wanted = {f"note-{number}-{note}" for number in range(WRITERS) for note in range(NOTES)}
    while not wanted <= set(document.view()["notes"]):
        for update in await _updates(slow):
            document.apply(update)
