"""Real Yjs in a Node process, driven over a pipe: documents that edit and judge independently of the library the server uses."""

from __future__ import annotations

import itertools
import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Final, cast

from tests.support import PROJECT

SCRIPT: Final = PROJECT / "tests" / "stock_client" / "replica.mjs"


class YjsPipe:
    """One Node process that holds any number of Yjs documents. Use with `with`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._ids = itertools.count()

    def __enter__(self) -> YjsPipe:
        self._process = subprocess.Popen(
            ["node", str(SCRIPT)], cwd=SCRIPT.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._process is not None:
            self._process.communicate(timeout=10)

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Have one operation done and return its answer."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, f"the Yjs process ended at {asked}"
        return cast("dict[str, Any]", json.loads(answer))

    def document(self, client_id: int | None = None) -> YjsDocument:
        return YjsDocument(self, f"d{next(self._ids)}", client_id)


class YjsDocument:
    """One Yjs document in the Node process."""

    def __init__(self, pipe: YjsPipe, name: str, client_id: int | None) -> None:
        self._pipe = pipe
        self._id = name
        self._ask("new", **({} if client_id is None else {"client": client_id}))

    def _ask(self, op: str, **more: Any) -> dict[str, Any]:
        return self._pipe.ask(op=op, id=self._id, **more)

    def apply(self, *updates: bytes) -> None:
        self._ask("apply", updates=[b64encode(update).decode() for update in updates])

    def edit(self, edit: Mapping[str, Any]) -> bytes | None:
        """Make an edit; return its update, or None when it changed nothing."""
        update = self._ask("edit", edit=dict(edit))["update"]
        return None if update is None else b64decode(update)

    def record(self, rows: Iterable[tuple[int, str, bytes]]) -> None:
        """Apply rows of a log (seq, participant, update) and note which of them brought what."""
        self._ask("record", rows=[[seq, by, b64encode(update).decode()] for seq, by, update in rows])

    def attribution(self, subject: str) -> list[tuple[str, str, int]]:
        """Return the words of a recorded text with who brought them and by which row."""
        return [(text, by, seq) for text, by, seq in self._ask("attribution", subject=subject)["runs"]]

    def vector(self) -> bytes:
        return b64decode(self._ask("vector")["vector"])

    def difference(self, vector: bytes) -> bytes:
        return b64decode(self._ask("difference", vector=b64encode(vector).decode())["update"])

    def view(self) -> dict[str, Any]:
        """Return all roots as plain values, and under `pending` whether something waits for predecessors that are missing."""
        answer = self._ask("view")
        return cast("dict[str, Any]", answer["view"] | ({"pending": True} if answer["pending"] else {}))

    def drop(self) -> None:
        self._ask("drop")


def replayed(pipe: YjsPipe, updates: Iterable[bytes]) -> dict[str, Any]:
    """Return what Yjs makes of a log."""
    document = pipe.document()
    document.apply(*updates)
    try:
        return document.view()
    finally:
        document.drop()
