"""A throwaway Redis on a free port of the loopback interface, which keeps nothing; it can be killed and started again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from types import TracebackType
from typing import Final

from tests.process import free_port

START_TIMEOUT_S: Final = 10.0
_LOOK_EVERY_S: Final = 0.01


class RedisProcess:
    """A Redis of our own. Use with `with`. More words of its command line may be given (`--sentinel` with a file, say)."""

    def __init__(self, *words: str) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._words = words
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RedisProcess:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers."""
        program = shutil.which("redis-server")
        assert program, "the tests need Redis: apt-get install redis-server"
        command = [program, *self._words, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            assert self._process.poll() is None, "Redis ended before it answered"
            assert time.monotonic() < deadline, "Redis did not start in time"
            time.sleep(_LOOK_EVERY_S)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        try:
            return self.ask("PING").startswith(b"+PONG")
        except OSError:
            return False

    def ask(self, *words: str) -> bytes:
        """Send one command and return the beginning of what it answers."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as asking:
            line = b"".join(b"$%d\r\n%s\r\n" % (len(word.encode()), word.encode()) for word in words)
            asking.sendall(b"*%d\r\n" % len(words) + line)
            return asking.recv(65_536)

    def stop(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(START_TIMEOUT_S)
            self._process = None
