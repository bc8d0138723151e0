"""What load balancers and those who watch are told of a real server."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.postgres import PostgresProcess
from tests.process import ServerProcess


def test_a_server_alone_is_ready(shared_server: ServerProcess) -> None:
    """With SQLite and no other service there is nobody to be cut off from."""
    answer = httpx.get(f"{shared_server.url}/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "storage": "ok", "servers": "alone"})
    assert answer.headers["cache-control"] == "no-store"
    assert httpx.get(f"{shared_server.url}/healthz").json() == {"status": "ok"}


def test_without_its_database_a_server_lives_and_is_not_ready(tmp_path: Path) -> None:
    """A load balancer sends people elsewhere; nobody restarts a process that only waits for PostgreSQL."""
    with PostgresProcess() as postgres, ServerProcess(tmp_path / "data", database_url=postgres.database()) as server:
        postgres.stop()
        down = httpx.get(f"{server.url}/readyz", timeout=10)
        alive = httpx.get(f"{server.url}/healthz")
        postgres.start()

    assert (down.status_code, down.json()) == (503, {"status": "down", "storage": "down", "servers": "alone"})
    assert alive.status_code == 200
