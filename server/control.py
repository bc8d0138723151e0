"""The control socket: how a command reaches the server that holds the data folder.

A Unix socket in the folder, readable by its owner alone; one line of JSON in, one line of JSON out, then it closes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from server.commands import Tools, run
from server.errors import SetupFault

logger = logging.getLogger("puzzeltafel.control")

SOCKET: Final = "control.sock"
MAX_LINE_BYTES: Final = 16 * 1_048_576
ANSWER_TIMEOUT_S: Final = 3_600.0  # a backup or check of a large database takes its time
_MAX_SOCKET_PATH: Final = 100


class ControlServer:
    """Answers commands on the control socket while it is open. Use with `async with`."""

    def __init__(self, tools: Tools) -> None:
        self._path = tools.data_dir / SOCKET
        self._tools = tools
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> ControlServer:
        self._path.unlink(missing_ok=True)
        with _address(self._path) as address:
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(address)
            os.chmod(self._path, 0o600)
        self._server = await asyncio.start_unix_server(self._answer, sock=listening, limit=MAX_LINE_BYTES)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = await self._run(await reader.readline())
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        finally:
            writer.close()

    async def _run(self, line: bytes) -> dict[str, Any]:
        """Carry out one command; whatever goes wrong is told, never a closed socket."""
        try:
            return await run(self._tools, json.loads(line))
        except Exception as fault:
            logger.exception("a command failed", exc_info=fault)
            return {"problem": {"type": "fault", "detail": f"the server could not do this: {fault!r}"}}


def ask(data_dir: Path, command: dict[str, Any]) -> dict[str, Any] | None:
    """Send a command to the server that runs on a folder; return its answer, or None when none runs. Raises SetupFault."""
    path = data_dir / SOCKET
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(ANSWER_TIMEOUT_S)
    with connection:
        try:
            with _address(path) as address:
                connection.connect(address)
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
            return None
        connection.sendall(json.dumps(command).encode() + b"\n")
        with connection.makefile("rb") as answers:
            line = answers.readline()
    if not line:
        raise SetupFault("the server stopped before it answered; look whether it was done, and try again")
    answer: dict[str, Any] = json.loads(line)
    return answer


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """Give an address for a socket path of any length (the system allows about 100 bytes, so go by the open folder)."""
    if len(os.fsencode(path)) <= _MAX_SOCKET_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
