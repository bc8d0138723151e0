"""The data folder: what lies where, and the lock that lets one process at a time use it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Final

from server.errors import SetupFault

DATABASE: Final = "puzzeltafel.db"
LOCK: Final = "lock"


class DataFolder:
    """A data folder held by this process. Use with `with`; raises SetupFault when another process holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE
        self._descriptor = -1

    def __enter__(self) -> DataFolder:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise SetupFault(f"the data folder {self.path} cannot be used: {error.strerror}") from error
        self._lock()
        return self

    def _lock(self) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise SetupFault(f"another server (process {holder}) uses {self.path}; stop it, or choose another folder with --data") from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.close(self._descriptor)
