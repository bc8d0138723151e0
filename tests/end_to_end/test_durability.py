"""What was called saved, and what someone else saw, survives the sudden end of the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from crdt import wire
from crdt.case import CaseDocument
from tests.conftest import EXAMPLE
from tests.process import ServerProcess
from tests.support import Replica, extension_bodies, updates_in

ROUNDS = 4
SEED = 20_260_101


async def write_until_killed(url: str, name: str, saved: set[str]) -> None:
    """Add notes one after another; remember each that the server calls saved."""
    replica = Replica()
    written: list[str] = []
    with contextlib.suppress(ConnectionClosed, OSError):
        async with connect(url, subprotocols=[Subprotocol("puzzeltafel.1")]) as connection:
            while True:
                note = f"{name}-{len(written)}"
                written.append(note)
                await connection.send(wire.update_frame(replica.add_note(note, f"tekst van {note}")))
                count = 0
                while count < len(written):
                    frame = await connection.recv()
                    assert isinstance(frame, bytes)
                    count = max([count, *(body["updates"] for body in extension_bodies([frame], wire.SAVED))])
                saved.update(written[:count])


async def watch_until_killed(url: str, seen: CaseDocument) -> None:
    """Take in whatever the server tells a viewer."""
    with contextlib.suppress(ConnectionClosed, OSError):
        async with connect(url) as connection:
            await connection.send(wire.vector_frame(b"\x00"))
            async for frame in connection:
                assert isinstance(frame, bytes)
                for update in updates_in([frame]):
                    seen.apply(update)


async def test_nothing_told_is_lost_when_the_server_is_killed(server: ServerProcess) -> None:
    """[S8] Kill -9 at random moments under three writers: every note called saved or seen by another is there, once and whole."""
    rng = random.Random(SEED)
    case = server.import_case(EXAMPLE)["case"]
    saved: set[str] = set()
    seen = CaseDocument()
    for number in range(ROUNDS):
        tokens = [server.token(case, "partner", f"Schrijver {index}") for index in range(3)]
        address = f"ws://127.0.0.1:{server.port}/ws/{case}?token="
        people = [
            asyncio.create_task(write_until_killed(address + token, f"r{number}w{index}", saved)) for index, token in enumerate(tokens)
        ]
        people.append(asyncio.create_task(watch_until_killed(address + server.token(case, "viewer", "Kijker"), seen)))
        await asyncio.sleep(rng.uniform(0.2, 0.6))
        server.kill()
        await asyncio.gather(*people)
        server.start()

    exported = json.dumps(json.loads(server.run("export", case).stdout))
    assert len(saved) > ROUNDS * 3
    assert [note for note in saved if exported.count(f'"tekst van {note}"') != 1] == []
    assert [key for key, note in seen.view()["notes"].items() if json.dumps(note["text"]) not in exported] == []
