"""A backup of a data folder in one file, made while people work, and putting one back.

The file is a tar of the database, the signing key and a note of what they are. It is proven readable before it gets its name, and read
whole before anything of a folder is replaced. It opens every case it holds, so it is readable by its owner alone.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from server.errors import CallProblem, SetupFault
from server.folder import DATABASE, DataFolder
from server.signing import KEY_FILE
from server.storage import Storage

FORMAT: Final = "puzzeltafel-backup/1"
NOTE: Final = "backup.json"
_CONTENTS: Final = (DATABASE, KEY_FILE)
_DATABASE_FILES: Final = (f"{DATABASE}-shm", f"{DATABASE}-wal", DATABASE)
_UNFINISHED: Final = ".restore-"


async def make(storage: Storage, data_dir: Path, target: Path, now_ms: int) -> dict[str, Any]:
    """Write a backup to a file that is not there yet; return what it holds. Raises CallProblem, StorageFault, OSError."""
    _check_target(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copied = Path(folder)
        await storage.backup(copied / DATABASE)
        return await asyncio.to_thread(_pack, copied, data_dir, target, now_ms)


def _check_target(target: Path) -> None:
    if target.exists():
        raise CallProblem("exists", 409, f"{target} is there already; choose another name, so that no backup is overwritten")
    if not target.parent.is_dir():
        raise CallProblem("no-folder", 404, f"there is no folder {target.parent}")


def _pack(copied: Path, data_dir: Path, target: Path, now_ms: int) -> dict[str, Any]:
    cases = _proven_cases(copied / DATABASE)
    (copied / KEY_FILE).write_bytes((data_dir / KEY_FILE).read_bytes())
    note = {"format": FORMAT, "made_at": now_ms, "cases": cases, "sha256": {name: _digest(copied / name) for name in _CONTENTS}}
    (copied / NOTE).write_text(json.dumps(note))
    packed = copied / "packed"
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for name in (NOTE, *_CONTENTS):
                tar.add(copied / name, name)
        file.flush()
        os.fsync(file.fileno())
    os.link(packed, target)  # unlike a rename it never replaces what someone else made meanwhile
    _settle_folder(target.parent)
    return {"file": str(target), "bytes": target.stat().st_size, "cases": cases}


def restore(source: Path, data_dir: Path, now_ms: int, *, replace: bool) -> dict[str, Any]:
    """Put a backup in place; what was there is moved aside when `replace` says so. Raises SetupFault, OSError.

    No server may run on the folder. Interrupted, it can be done again.
    """
    with DataFolder(data_dir), _swept(data_dir), tempfile.TemporaryDirectory(dir=data_dir, prefix=_UNFINISHED) as unpacked:
        note = _unpack(source, Path(unpacked))
        aside = None
        if any((data_dir / name).exists() for name in _DATABASE_FILES):  # a log without its database too: it must not meet another
            if not replace:
                raise SetupFault(f"{data_dir} has a database already; with --replace it is moved aside first")
            aside = _move_aside(data_dir, now_ms)
        for name in reversed(_CONTENTS):  # the database last: with it the folder is whole
            os.replace(Path(unpacked) / name, data_dir / name)
        _settle_folder(data_dir)
    return {"data": str(data_dir), "cases": note["cases"], "made_at": note["made_at"], "moved_aside": str(aside) if aside else None}


@contextmanager
def _swept(data_dir: Path) -> Iterator[None]:
    """Take away what a restore that was interrupted left behind: it holds the key and everything."""
    for left_over in data_dir.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    yield


def _unpack(source: Path, unpacked: Path) -> dict[str, Any]:
    """Take the three files out and prove them. Raises SetupFault."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            for name in (NOTE, *_CONTENTS):
                member = tar.extractfile(name)
                if member is None:
                    raise KeyError(name)
                _write(unpacked / name, member)
        note: dict[str, Any] = json.loads((unpacked / NOTE).read_bytes())
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise SetupFault(f"{source} is no backup made by this program ({error})") from error
    if note.get("format") != FORMAT:
        raise SetupFault(f"{source} has the format {note.get('format')!r}; this version reads {FORMAT!r}")
    for name in _CONTENTS:
        if note["sha256"][name] != _digest(unpacked / name):
            raise SetupFault(f"{source} is damaged: {name} is not what was put in; use another backup")
    _proven_cases(unpacked / DATABASE)
    return note


def _write(path: Path, content: Any) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := content.read(1_048_576):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _move_aside(data_dir: Path, now_ms: int) -> Path:
    aside = data_dir / f"before-restore-{now_ms}"
    aside.mkdir(mode=0o700)
    for name in (*_DATABASE_FILES, KEY_FILE):
        with suppress(FileNotFoundError):
            os.replace(data_dir / name, aside / name)
    _settle_folder(aside)
    _settle_folder(data_dir)
    return aside


def _proven_cases(database: Path) -> int:
    """Return how many cases a database holds, once it has proven sound and a file by itself. Raises SetupFault."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            cases: int = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
    except sqlite3.Error as error:
        raise SetupFault(f"the database in the backup cannot be read: {error}") from error
    if verdict != "ok":
        raise SetupFault(f"the database in the backup is damaged: {verdict}")
    return cases


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
