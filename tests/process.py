"""A real server in its own process, as someone would start it, on a free port of the loopback interface."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from server.folder import LOCK
from tests import logs
from tests.support import PROJECT

START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 20.0
_LOOK_EVERY_S = 0.01


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerDied(AssertionError):
    """The server ended before it answered; the message is its log."""


class ServerProcess:
    """`python -m server serve` on a data folder. Use with `with`; it can be killed and started again on the same port.

    `module` names another program with the words of `server`, `prefix` a command that runs it (such as a tracer), and `environment`
    holds variables that are no settings of the server; they are read at each start.
    """

    def __init__(self, data_dir: Path, *, module: str = "server", prefix: Sequence[str] = (), **settings: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_path = data_dir.parent / f"{data_dir.name}.log"
        self.environment: dict[str, str] = {}
        self._module = module
        self._prefix = prefix
        self._settings = {f"PUZZELTAFEL_{name.upper()}": value for name, value in ({"drain_s": "0"} | settings).items()}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ServerProcess:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers. Raises ServerDied when it ends first or takes too long."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        command = [
            *self._prefix,
            *(sys.executable, "-m", self._module, "serve", "--port", str(self.port), "--data", str(self.data_dir)),
        ]
        with self.log_path.open("ab") as log:
            environment = os.environ | self._settings | self.environment
            self._process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise ServerDied(f"the server did not start:\n{self.log_path.read_text('utf-8')[-4_000:]}")
            time.sleep(_LOOK_EVERY_S)

    def _answers(self) -> bool:
        """Ask for its health as plainly as can be: a busy machine should spend its time on the server."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asking:
                asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return asking.recv(64).split(b" ")[1:2] == [b"200"]
        except OSError:
            return False

    def server_pid(self) -> int:
        """Return the id of the server's own process, as it stands in the lock of its folder."""
        return int((self.data_dir / LOCK).read_text("ascii"))

    def kill(self) -> None:
        """End it as a power cut would: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator would."""
        self._end(signal.SIGTERM)

    def tell_to_stop(self) -> None:
        """Ask it to end as an operator would, and do not wait for that."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def has_ended(self) -> bool:
        """Tell whether it has ended by itself, or was ended."""
        return self._process is None or self._process.poll() is not None

    def wait_for_end(self) -> int:
        """Wait until it has ended by itself; return its exit code, negative for a signal."""
        assert self._process is not None
        return self._process.wait(timeout=STOP_TIMEOUT_S)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            if self._prefix and not self.has_ended():
                os.kill(self.server_pid(), how)  # and its tracer ends with it
            else:
                self._process.send_signal(how)
            self._process.wait(timeout=STOP_TIMEOUT_S)
            self._process = None
            logs.check(self.log_path.read_text("utf-8", "replace"))

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command on the same data folder."""
        return run_command(*arguments, "--data", str(self.data_dir), stdin=stdin)

    def import_case(self, path: Path) -> dict[str, Any]:
        """Import a case file; return what the command prints."""
        done = self.run("import", str(path))
        assert done.returncode == 0, done.stderr.decode()
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    def token(self, case: str, role: str, name: str, partner: str | None = None) -> str:
        extra = ("--partner", partner) if partner else ()
        done = self.run("token", case, "--role", role, "--name", name, *extra)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()


def run_command(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `python -m server …` and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments], cwd=PROJECT, input=stdin, capture_output=True, timeout=60, check=False
    )
