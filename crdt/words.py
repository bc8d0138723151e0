"""Who wrote which words of a text, and who took which away, as runs that grow with each row of the log.

What a row inserts is its participant's; what it deletes keeps its writer and gains who deleted it. Since deleted words stay with the moment
they went, one text tells of every moment up to now. Watching a document while rows are applied is `chronicle.py`'s.

Positions in pycrdt's text events count bytes of UTF-8, so runs are kept as bytes here and leave as strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something and when: the participant and time of a row of the log."""

    by: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words of one deed, and the deed that took them away if they are gone."""

    text: str
    written: Deed
    deleted: Deed | None = None


@dataclass(frozen=True, slots=True)
class _Bytes:
    data: bytes
    written: Deed
    deleted: Deed | None = None


class AuthoredText:
    """One text as runs, in the order they stand (or stood)."""

    def __init__(self) -> None:
        self._runs: list[_Bytes] = []

    def apply(self, delta: Iterable[Mapping[str, Any]], deed: Deed) -> None:
        """Take in what one row did. `delta` is Yjs's: retain, insert, delete, in bytes of the words that are there."""
        index = 0
        for step in delta:
            if "retain" in step:
                index = self._pass(index, step["retain"])
            elif step.get("insert") == "":
                continue  # a note that begins without words
            elif "insert" in step:
                self._runs.insert(index, _Bytes(step["insert"].encode("utf-8", "surrogatepass"), deed))
                index += 1
            else:
                index = self._delete(index, step["delete"], deed)

    def delete_all(self, deed: Deed) -> None:
        """The note of this text was deleted, and its words with it."""
        self._runs = [run if run.deleted else replace(run, deleted=deed) for run in self._runs]

    def _pass(self, index: int, length: int) -> int:
        """Go past so many bytes of living words; return the index of the run that begins there."""
        while length > 0:
            if self._runs[index].deleted is None:
                self._split(index, length)
                length -= len(self._runs[index].data)
            index += 1
        return index

    def _delete(self, index: int, length: int, deed: Deed) -> int:
        while length > 0:
            run = self._runs[index]
            if run.deleted is None:
                self._split(index, length)
                length -= len(self._runs[index].data)
                self._runs[index] = replace(self._runs[index], deleted=deed)
            index += 1
        return index

    def _split(self, index: int, length: int) -> None:
        """Cut a run so that it is at most so long."""
        run = self._runs[index]
        if len(run.data) > length:
            self._runs[index : index + 1] = [replace(run, data=run.data[:length]), replace(run, data=run.data[length:])]

    def runs(self, at: int | None = None, *, with_deleted: bool = False) -> list[Run]:
        """Return the runs in order as they were at a row of the log (now, without one), deleted ones too when asked for."""
        joined: list[_Bytes] = []
        for run in (_as_of(run, at) for run in self._runs if at is None or run.written.seq <= at):
            if run.deleted is not None and not with_deleted:
                continue
            if joined and (joined[-1].written, joined[-1].deleted) == (run.written, run.deleted):
                joined[-1] = replace(run, data=joined[-1].data + run.data)
            else:
                joined.append(run)
        return [Run(run.data.decode("utf-8", "replace"), run.written, run.deleted) for run in joined]


def together(runs: Iterable[Run], gap_ms: int) -> list[Run]:
    """Join neighbours that one person wrote (and one took away) without a pause, for people to read; the newest deed stands for all."""
    joined: list[Run] = []
    for run in runs:
        if joined and _one_stroke(joined[-1], run, gap_ms):
            newest = max(joined[-1].written, run.written, key=lambda deed: deed.seq)
            joined[-1] = replace(run, text=joined[-1].text + run.text, written=newest)
        else:
            joined.append(run)
    return joined


def _one_stroke(before: Run, run: Run, gap_ms: int) -> bool:
    same_writer = before.written.by == run.written.by and abs(run.written.at - before.written.at) < gap_ms
    if before.deleted is None or run.deleted is None:
        return same_writer and before.deleted is run.deleted
    return same_writer and before.deleted.by == run.deleted.by and abs(run.deleted.at - before.deleted.at) < gap_ms


def _as_of(run: _Bytes, at: int | None) -> _Bytes:
    return replace(run, deleted=None) if at is not None and run.deleted is not None and run.deleted.seq > at else run
