"""Moving up: what an SQLite folder held is in PostgreSQL, whole and equal, or nothing is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from server.errors import SetupFault, StorageFault
from server.storage import moving
from tests.conftest import EXAMPLE
from tests.postgres import PostgresProcess
from tests.process import ServerProcess, run_command
from tests.support import PROJECT

KEY = ("signing", bytes(32))


def run_on(url: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "server", *words]
    return subprocess.run(
        command, cwd=PROJECT, env=os.environ | {"PUZZELTAFEL_DATABASE_URL": url}, capture_output=True, timeout=60, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> tuple[Path, str]:
    """A data folder with a case that was changed by its server."""
    data = tmp_path / "data"
    done = run_command("import", str(EXAMPLE), "--data", str(data))
    return data, str(json.loads(done.stdout)["case"])


def test_everything_comes_along(folder: tuple[Path, str], postgres: PostgresProcess) -> None:
    """Content, log, people, and the key: a token of before is good for the server of after."""
    data, case = folder
    url = postgres.database()
    token = run_command("token", case, "--role", "partner", "--name", "Bo", "--data", str(data)).stdout.decode().strip()
    before = run_command("export", case, "--data", str(data)).stdout
    moved = run_on(url, "migrate-storage", "--data", str(data))

    assert moved.returncode == 0, moved.stderr.decode()
    assert json.loads(moved.stdout)["moved"]["log"] >= 1
    with ServerProcess(data.parent / "new", database_url=url) as server:
        exported = run_on(url, "export", case, "--data", str(server.data_dir))
        assert exported.stdout == before
        assert json.loads(run_on(url, "check", "--data", str(server.data_dir)).stdout)["problems"] == []
        with connect(f"ws://127.0.0.1:{server.port}/ws/{case}?token={token}", subprotocols=[Subprotocol("puzzeltafel.1")]) as connection:
            assert b'"name":"Bo"' in connection.recv(timeout=10)
    assert run_command("export", case, "--data", str(data)).stdout == before


async def test_a_database_with_cases_is_left_alone(folder: tuple[Path, str], postgres: PostgresProcess) -> None:
    """Moving twice would mix two servers' cases."""
    url = postgres.database()
    await moving.move(folder[0] / "puzzeltafel.db", url, KEY)
    with pytest.raises(SetupFault, match="empty database"):
        await moving.move(folder[0] / "puzzeltafel.db", url, KEY)


async def test_what_is_not_equal_is_not_moved(folder: tuple[Path, str], postgres: PostgresProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that changes on the way is noticed, and the new database stays empty."""
    database, url = folder[0] / "puzzeltafel.db", postgres.database()
    prove = moving._prove

    def spoil_first(table, copied, writing):  # type: ignore[no-untyped-def]
        if table.name == "participants":
            writing.exec_driver_sql("UPDATE participants SET name = name || '!'")
        prove(table, copied, writing)

    monkeypatch.setattr(moving, "_prove", spoil_first)
    with pytest.raises(StorageFault, match="participants"):
        await moving.move(database, url, KEY)
    monkeypatch.undo()

    moved = await moving.move(database, url, KEY)
    with closing(sqlite3.connect(database)) as connection:
        assert moved["log"] == connection.execute("SELECT count(*) FROM log").fetchone()[0]


def test_a_folder_without_a_database_and_a_server_that_runs(tmp_path: Path, server: ServerProcess, postgres: PostgresProcess) -> None:
    """Both are told in words, with exit code 1."""
    for words, folder in (("no database", tmp_path / "nothing"), ("another server", server.data_dir)):
        done = run_on(postgres.database(), "migrate-storage", "--data", str(folder))
        assert (done.returncode, words in done.stderr.decode()) == (1, True)
