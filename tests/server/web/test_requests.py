"""Every call and connection has an id: it is answered, and stands in the log beside what it set off."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from crdt import wire
from server.web.edge import REQUEST_ID
from tests.conftest import EXAMPLE
from tests.process import ServerProcess
from tests.server.web.seats import Table
from tests.support import Replica

OURS = re.compile(r"[0-9a-f]{16}")


def test_a_proxys_id_is_taken_over(shared_server: ServerProcess) -> None:
    """So that what the proxy logged and what the server logged can be laid beside each other."""
    asked = {REQUEST_ID: "proxy.7f-3"}
    answer = httpx.post(f"{shared_server.url}/api/cases", json={"title": "x", "person": {"name": "Noor"}}, headers=asked)

    assert answer.headers[REQUEST_ID] == "proxy.7f-3"
    assert f"case-started case={answer.json()['case']}" in shared_server.log_path.read_text("utf-8")
    assert "request=proxy.7f-3" in shared_server.log_path.read_text("utf-8")


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, "a\tb", "?token=abc", "é"])
def test_what_cannot_stand_in_a_log_is_replaced(shared_server: ServerProcess, given: str) -> None:
    """Anyone may send this header."""
    answer = httpx.get(f"{shared_server.url}/healthz", headers={REQUEST_ID.encode(): given.encode()})

    assert OURS.fullmatch(answer.headers[REQUEST_ID])


def test_answers_that_say_no_have_one_too(shared_server: ServerProcess) -> None:
    """It is what people can quote when something went wrong."""
    assert OURS.fullmatch(httpx.get(f"{shared_server.url}/nowhere").headers[REQUEST_ID])


async def test_a_connection_has_one_for_as_long_as_it_lasts(shared_server: ServerProcess) -> None:
    """What comes over it later is logged under the same id."""
    case = shared_server.import_case(EXAMPLE)["case"]
    url = f"ws://127.0.0.1:{shared_server.port}/ws/{case}?token={shared_server.token(case, 'viewer', 'Vera')}"
    async with connect(url) as connection:
        assert connection.response is not None
        request = connection.response.headers[REQUEST_ID]
        await connection.send(wire.update_frame(Replica().add_note("n1")))
        await connection.wait_closed()

    lines = [line for line in shared_server.log_path.read_text("utf-8").splitlines() if f"request={request}" in line]
    assert [event for event in ("connected", "change-refused", "turned-away") if not any(f" {event} " in line for line in lines)] == []


async def test_the_log_as_json(tmp_path: Path) -> None:
    """Every line is an object; none has what people wrote, a secret or a query."""
    with ServerProcess(tmp_path / "data", log_json="1") as server:
        async with Table(server) as table:
            wired = await table.seats["partner"].open(table._stack)
            replica = await wired.synced()
            assert await wired.change(replica.add_note("n1", "wat niemand hoeft te weten")) is None
            secrets = table.secrets.values()
        server.stop()
        lines = server.log_path.read_text("utf-8").splitlines()

    told = [json.loads(line) for line in lines if not line.startswith("Puzzeltafel serves")]
    assert [entry for entry in told if entry["level"] not in ("info", "warning")] == []
    assert {"serving", "case-started", "joined", "connected", "draining"} <= {entry.get("event") for entry in told}
    assert not [line for line in lines if "wat niemand" in line or "?" in line or any(secret in line for secret in secrets)]
