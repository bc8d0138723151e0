"""The real cases on a real server: imported, opened by a client, exported, before and after a restart."""

from __future__ import annotations

import asyncio
import json

import pytest
from websockets.asyncio.client import connect

from crdt import wire
from crdt.case import CaseDocument
from tests.process import ServerProcess
from tests.support import NO_REAL_CASES, REAL_CASES, updates_in


@pytest.mark.skipif(not REAL_CASES, reason=NO_REAL_CASES)
async def test_all_real_cases(server: ServerProcess) -> None:
    """Each real case is imported, read whole by a viewer, and exported equal, also after the server was killed."""
    cases = {path: server.import_case(path)["case"] for path in REAL_CASES}
    for path, case in cases.items():
        file = json.loads(path.read_text("utf-8"))
        view = (await read(server, case)).view()
        assert view["meta"]["title"] == file["title"]
        assert len(view["notes"]) == sum(len(items) for piece, items in file["notes"].items() if piece != "partners")

    server.kill()
    server.start()
    for path, case in cases.items():
        assert json.loads(server.run("export", case).stdout) == json.loads(path.read_text("utf-8")), path.name


async def read(server: ServerProcess, case: str) -> CaseDocument:
    """Read a case as a viewer does."""
    async with (
        asyncio.timeout(10),
        connect(f"ws://127.0.0.1:{server.port}/ws/{case}?token={server.token(case, 'viewer', 'Kijker')}") as viewer,
    ):
        await viewer.send(wire.vector_frame(b"\x00"))
        frame = await viewer.recv()
        assert isinstance(frame, bytes)
        return CaseDocument.open(updates_in([frame]))
