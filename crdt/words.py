"""Who wrote which words of a text, and who took which away: read from the log row by row, never from fields in the document.

Each row is applied to a document whose texts are watched; what a row inserts is its participant's, what it deletes keeps its writer
and gains who deleted it. A word typed and deleted within one row of the log is not seen. Where rows come from is storage's business.

Positions in pycrdt's text events count bytes of UTF-8, so runs are kept as bytes here and leave as strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pycrdt

from crdt.case import CaseDocument
from crdt.log import LogRow
from crdt.replay import Replay


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
            elif "insert" in step:
                self._runs.insert(index, _Bytes(step["insert"].encode("utf-8", "surrogatepass"), deed))
                index += 1
            else:
                index = self._delete(index, step["delete"], deed)
        self._join()

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

    def _join(self) -> None:
        joined: list[_Bytes] = []
        for run in self._runs:
            if joined and (joined[-1].written, joined[-1].deleted) == (run.written, run.deleted):
                joined[-1] = replace(run, data=joined[-1].data + run.data)
            else:
                joined.append(run)
        self._runs = joined

    def runs(self, *, with_deleted: bool = False) -> list[Run]:
        """Return the runs in order, the deleted ones too when asked for."""
        return [
            Run(run.data.decode("utf-8", "replace"), run.written, run.deleted) for run in self._runs if with_deleted or run.deleted is None
        ]


class WordLog:
    """All texts of a case with who wrote what, up to the last row taken in."""

    def __init__(self) -> None:
        self._replay = Replay()
        self._deed = Deed("", 0, 0)
        self._texts: dict[str, AuthoredText] = {}
        self._subscriptions: list[Any] = []
        self.seq = 0
        self._watch()

    def take(self, row: LogRow) -> None:
        """Take in the next row; a new epoch begins with nothing. Raises LogHole, MalformedFrame, DocumentFault."""
        before = self._replay.document
        if row.epoch != self._replay.epoch:
            self._replay.begin(row.epoch)
        if self._replay.document is not before:
            self._texts = {}
            self._watch()
        self._deed = Deed(row.participant, row.at, row.seq)
        self._replay.take(row)
        self.seq = row.seq

    def text(self, subject: str) -> AuthoredText | None:
        """Return a text by its subject: `notes/<id>` or `statement.impact`; None when it was never there."""
        return self._texts.get(subject)

    @property
    def document(self) -> CaseDocument:
        return self._replay.document

    def _watch(self) -> None:
        document = self._replay.document
        self._subscriptions = [document.maps["notes"].observe_deep(self._on_notes)]
        for name, text in document.texts.items():
            self._texts[name] = AuthoredText()
            self._subscriptions.append(text.observe(partial(self._on_statement, name)))

    def _on_statement(self, name: str, event: Any) -> None:
        self._texts[name].apply(event.delta, self._deed)

    def _on_notes(self, events: list[Any]) -> None:
        for event in events:
            match event.path:
                case []:
                    self._on_note_keys(event.keys)
                case [note, "text"]:
                    self._texts[f"notes/{note}"].apply(event.delta, self._deed)
                case [note] if "text" in event.keys:
                    self._begin(str(note), event.target.get("text"))

    def _on_note_keys(self, keys: Mapping[str, Mapping[str, Any]]) -> None:
        for note, change in keys.items():
            known = self._texts.get(f"notes/{note}")
            if known is not None:
                known.delete_all(self._deed)
            if change["action"] != "delete":
                self._begin(note, change["newValue"].get("text") if isinstance(change["newValue"], pycrdt.Map) else None)

    def _begin(self, note: str, text: Any) -> None:
        """A note came, or came back: all of its words are of this row; what it held before stays as deleted."""
        authored = self._texts.setdefault(f"notes/{note}", AuthoredText())
        if isinstance(text, pycrdt.Text):
            authored.apply([{"insert": str(text)}], self._deed)
