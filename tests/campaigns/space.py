"""A place on disk whose space can be taken away and given back while a server uses it.

A small file system in memory where mounting is allowed; else a limit on how large the files of the running process may grow.
"""

from __future__ import annotations

import contextlib
import errno
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

SIZE_BYTES: Final = 24 * 1_048_576
_BLOCK: Final = bytes(4_096)


class Space(Protocol):
    """Where the data folder lies. `how` is the word for it in a report."""

    how: str
    folder: Path

    def take(self, pid: int) -> None:
        """From now on nothing of this process can grow."""
        ...

    def give_back(self, pid: int) -> None: ...

    def close(self) -> None: ...


class SmallFileSystem:
    """A file system of its own, filled to the last block."""

    how = "tmpfs"

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="space-"))
        self.folder = self._root / "data"
        self.folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE_BYTES}", "tmpfs", str(self.folder)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            shutil.rmtree(self._root)
            raise PermissionError(errno.EPERM, f"mounting is not allowed: {done.stderr.strip()}")

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def take(self, pid: int) -> None:
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as ballast:
            while ballast.write(_BLOCK):
                pass

    def give_back(self, pid: int) -> None:
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)
        shutil.rmtree(self._root)


class SizeLimit:
    """A limit on how far into any file the server may write: no further than the first page."""

    how = "RLIMIT_FSIZE"

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="space-"))
        self.folder = self._root / "data"
        self._normal: tuple[int, int] | None = None

    def take(self, pid: int) -> None:
        self._normal = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (len(_BLOCK), self._normal[1]))

    def give_back(self, pid: int) -> None:
        if self._normal is not None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, self._normal)

    def close(self) -> None:
        shutil.rmtree(self._root)


@contextlib.contextmanager
def spaces() -> Iterator[list[Space]]:
    """Give every kind of space this machine allows, the small file system first, and clear them away."""
    made: list[Space] = []
    try:
        with contextlib.suppress(OSError):
            made.append(SmallFileSystem())
        made.append(SizeLimit())
        yield made
    finally:
        for space in made:
            space.close()
