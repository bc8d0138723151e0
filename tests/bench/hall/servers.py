"""The servers that are measured, each started as its makers do it, in a process of its own, kept to one core.

The others keep nothing on disk and check nothing; ours has everything on: walker, gate, log with `synchronous=FULL`, presence.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from server.app import open_parts
from server.cases import NewPerson, new_case_file
from server.config import Config
from server.signing import Membership, new_id
from server.storage import Participant
from tests.bench.hall.scenarios import Scenario
from tests.process import free_port
from tests.support import PROJECT

PEERS: Final = Path(__file__).parent.parent / "peers"
SERVER_CORE: Final = "0"
GENERATOR_CORE: Final = "1"
_START_TIMEOUT_S: Final = 20.0

Room = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its process, its port, and where each client of a scenario is to go."""

    pid: int
    port: int
    rooms: list[Room]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that can be measured. `flavour` is how the generator speaks with it."""

    name: str
    flavour: str
    command: Callable[[int, Path], Sequence[str]]
    path: str = "/{room}"

    @contextmanager
    def run(self, scenario: Scenario) -> Iterator[Running]:
        """Start it with the rooms of a scenario, and end it."""
        folder = Path(tempfile.mkdtemp(prefix="hall-"))
        port = free_port()
        rooms = asyncio.run(our_rooms(folder, scenario)) if self.flavour == "ours" else self._rooms(scenario)
        log = (folder / "log").open("wb")
        process = subprocess.Popen(
            [*pinned(SERVER_CORE), *self.command(port, folder)],
            cwd=PROJECT,
            env=os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "NODE_ENV": "production"},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port, process, folder)
            yield Running(process.pid, port, rooms)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _rooms(self, scenario: Scenario) -> list[Room]:
        names = [f"room{number}" for number in range(scenario.rooms)]
        return [{"name": name, "paths": [self.path.format(room=name)] * (scenario.clients + scenario.joiners)} for name in names]


OURS: Final = Server(
    "ours", "ours", lambda port, folder: (sys.executable, "-m", "server", "serve", "--port", str(port), "--data", str(folder))
)
HOCUSPOCUS: Final = Server("Hocuspocus 4.7", "hocuspocus", lambda port, _: ("node", str(PEERS / "hocuspocus.mjs"), str(port)), "/")
Y_WEBSOCKET: Final = Server(
    "y-websocket server 0.1", "y", lambda *_: ("node", str(PEERS / "node_modules" / "@y" / "websocket-server" / "src" / "server.js"))
)
PYCRDT: Final = Server(
    "pycrdt-websocket 0.16",
    "y",
    lambda port, _: (str(PEERS / ".venv" / "bin" / "python"), str(PEERS / "pycrdt_peer.py"), str(port)),
)
RAW: Final = Server("raw bytes", "raw", lambda port, _: (sys.executable, "-m", "tests.bench.hall.raw", str(port)))
"""Sends as many bytes as a joiner gets, and does nothing else: what joining is held against."""

ALL: Final = (OURS, HOCUSPOCUS, Y_WEBSOCKET, PYCRDT)


@cache
def may_come_first() -> bool:
    """Tell whether processes may be put before all others of this machine, so that a busy one distorts less."""
    return subprocess.run(["nice", "-n", "-20", "sh", "-c", "test $(nice) = -20"], capture_output=True, check=False).returncode == 0


def pinned(core: str) -> list[str]:
    """Return what keeps a command on one core, and before others there when that is allowed.

    Not by a real-time class: there a thread that computes would keep the others of its own process waiting, 100 ms at a time.
    """
    return [*(("nice", "-n", "-20") if may_come_first() else ()), "taskset", "-c", core]


async def our_rooms(folder: Path, scenario: Scenario, database_url: str = "") -> list[Room]:
    """Start the cases and let everyone in, before the server runs: each client is a participant of its own."""
    logging.disable(logging.INFO)
    rooms: list[Room] = []
    async with open_parts(Config(data_dir=folder, database_url=database_url)) as parts:
        for number in range(scenario.rooms):
            started = await parts.cases.start(new_case_file(f"Zaal {number}", "nl", None), NewPerson("Zaal"))
            paths = []
            for seat in range(scenario.clients + scenario.joiners):
                person = Participant(new_id(), started.case, f"Persoon {seat}", None, "partner", 1)
                await parts.tools.storage.put_participant(person)
                paths.append(f"/ws/{started.case}?token={parts.tools.signer.token(Membership(started.case, person.id))}")
            rooms.append({"name": started.case, "paths": paths})
    logging.disable(logging.NOTSET)
    return rooms


def wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{(folder / 'log').read_text()[-2_000:]}") from None
            time.sleep(0.02)
        else:
            return
