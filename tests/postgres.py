"""A throwaway PostgreSQL on a free port of the loopback interface, in a temporary folder; it can be killed and started again."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Final

from tests.process import free_port

START_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 20.0
_LOOK_EVERY_S: Final = 0.05
_INSTALLED: Final = Path("/usr/lib/postgresql")
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # what these tests kill is a process, never the machine
    "max_connections": "100",
    "log_min_messages": "warning",
}


class PostgresProcess:
    """A database server of our own. Use with `with`. Settings given win over those of the tests."""

    def __init__(self, **settings: str) -> None:
        self._settings = _SETTINGS | settings
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="puzzeltafel-postgres-"))
        self._user = "postgres" if os.geteuid() == 0 else None
        self._names = itertools.count()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PostgresProcess:
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        made = self._run("initdb", "-D", str(self._folder / "data"), "-A", "trust", "-U", "puzzeltafel", "-E", "UTF8", "--no-sync")
        assert made.returncode == 0, made.stderr.decode()
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(installed("postgres")), "-D", str(self._folder / "data"), "-p", str(self.port), *settings]
        log = self._folder / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(command, user=self._user, cwd=self._folder, stdout=output, stderr=output)
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q").returncode != 0:
            assert self._process.poll() is None, log.read_text("utf-8", "replace")[-2_000:]
            assert time.monotonic() < deadline, "PostgreSQL did not start in time"
            time.sleep(_LOOK_EVERY_S)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """End it at once, as a crash of its host would: no checkpoint, all connections cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(STOP_TIMEOUT_S)
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def database(self, port: int | None = None) -> str:
        """Make an empty database and return its URL, through another port when one is given."""
        name = f"t{next(self._names)}"
        self.sql("puzzeltafel", f"CREATE DATABASE {name}", database="postgres")
        return f"postgresql://puzzeltafel@127.0.0.1:{port or self.port}/{name}"

    def sql(self, user: str, statement: str, *, database: str) -> str:
        """Run one statement and return what it printed."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", user, "-d", database)
        done = self._run("psql", *where, "-v", "ON_ERROR_STOP=1", "-At", "-c", statement)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(installed(program)), *arguments]
        return subprocess.run(command, user=self._user, cwd=self._folder, capture_output=True, timeout=60, check=False)


def installed(name: str) -> Path:
    """Return a program of the newest PostgreSQL that is installed."""
    found = sorted(_INSTALLED.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    assert found, f"the tests need PostgreSQL: apt-get install postgresql ({_INSTALLED}/*/bin/{name} is not there)"
    return found[-1]
