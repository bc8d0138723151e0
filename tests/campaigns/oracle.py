"""Reads what a server left on disk, with nothing of the server's: stdlib `sqlite3`, pycrdt, and the ledgers of the writers.

Answers with problems in words; none means that the folder is right. Documents are compared by content (canonical JSON): equal
state vectors prove nothing. Works on a running or a dead server's folder and changes nothing there.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pycrdt

from tests.campaigns.ledger import RAW_TOKEN, STATEMENTS, TOKEN, TOKEN_LENGTH, Book, Change, Kind

ENTRY_ROOTS: Final = ("notes", "partners", "pairs", "links", "comments", "meta", "sdgs", "roadmap")
PROBLEMS_TOLD: Final = 12

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log as SQLite has it."""

    seq: int
    update: bytes
    covers: int


@dataclass(frozen=True, slots=True)
class Remains:
    """All that is on disk of one case: rows and keyframes of its present epoch."""

    seq: int
    rows: tuple[Row, ...]
    keyframes: dict[int, bytes]
    integrity: str

    def tokens(self) -> set[str]:
        """Return every token that stands in the bytes of the log, deleted since or not."""
        return {token.decode() for row in self.rows for token in RAW_TOKEN.findall(row.update)}

    def replay(self) -> View:
        """Return the case as the raw log makes it."""
        return view_of(row.update for row in self.rows)


def read(database: Path, case: str) -> Remains:
    """Read a case from a database file without the right to write."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        covers = "covers" if _has_column(connection, "log", "covers") else "1"
        seq, epoch = connection.execute("SELECT seq, epoch FROM documents WHERE case_id = ?", (case,)).fetchone()
        log = f'SELECT seq, "update", {covers} FROM log WHERE case_id = ? AND epoch = ? ORDER BY seq'
        rows = tuple(Row(*row) for row in connection.execute(log, (case, epoch)))
        keyframes = dict(connection.execute("SELECT seq, state FROM keyframes WHERE case_id = ? AND epoch = ?", (case, epoch)).fetchall())
        return Remains(seq, rows, keyframes, str(connection.execute("PRAGMA quick_check").fetchone()[0]))


def _has_column(connection: sqlite3.Connection, table: str, column: str) -> bool:
    return any(name == column for _, name, *_ in connection.execute(f"PRAGMA table_info({table})"))


def view_of(updates: Iterable[bytes]) -> View:
    """Return the case that updates make, in order, as plain values."""
    document: pycrdt.Doc[Any] = pycrdt.Doc()
    maps = {name: document.get(name, type=pycrdt.Map) for name in ENTRY_ROOTS}
    texts = {name: document.get(f"statement.{name}", type=pycrdt.Text) for name in STATEMENTS}
    for update in updates:
        document.apply_update(update)
    plain: View = {name: shared.to_py() or {} for name, shared in maps.items()}
    return plain | {"statements": {name: str(text) for name, text in texts.items()}}


def canonical(view: View) -> str:
    """Write a view so that equal cases are equal strings."""
    return json.dumps(view, ensure_ascii=False, sort_keys=True)


@dataclass(slots=True)
class Oracle:
    """Judges one case again and again; remembers what its log has ever held, for the log never forgets."""

    book: Book
    remembered: set[str] = field(default_factory=set)

    def judge(self, remains: Remains) -> list[str]:
        """Say everything that is wrong with what is on disk."""
        problems = [*self._log(remains), *self._keyframes(remains), *self._content(remains.replay())]
        return problems[:PROBLEMS_TOLD]

    def _log(self, remains: Remains) -> Iterator[str]:
        if remains.integrity != "ok":
            yield f"quick_check says {remains.integrity}"
        seqs = [row.seq for row in remains.rows]
        if seqs != sorted(set(seqs)) or (seqs and seqs[-1] != remains.seq):
            yield f"the log ends at {seqs[-1] if seqs else 0}, its head says {remains.seq}"
        covered = sum(row.covers for row in remains.rows)
        if covered != remains.seq:
            yield f"the log has a hole: its rows stand for {covered} of {remains.seq}"
        held = remains.tokens()
        if forgotten := self.remembered - held:
            yield f"the log forgot {len(forgotten)} things it held, such as {min(forgotten)}"
        self.remembered |= held

    def _keyframes(self, remains: Remains) -> Iterator[str]:
        whole = canonical(remains.replay())
        for seq, state in remains.keyframes.items():
            if canonical(view_of([state, *(row.update for row in remains.rows if row.seq > seq)])) != whole:
                yield f"keyframe {seq} and the rows after it make another case than the log"
            if canonical(view_of([state])) != canonical(view_of(row.update for row in remains.rows if row.seq <= seq)):
                yield f"keyframe {seq} is another case than the log up to it"

    def _content(self, view: View) -> Iterator[str]:
        known = {change.token for change in self.book.changes()}
        spoken = Counter(token for text in view["statements"].values() for token in TOKEN.findall(text))
        for name, text in view["statements"].items():
            if len(text) != TOKEN_LENGTH * len(TOKEN.findall(text)):
                yield f"statement {name} holds more than whole words: {text[:80]!r}"
        for stranger in (
            set(spoken) | {token for note in view["notes"].values() for token in TOKEN.findall(str(note.get("text", "")))}
        ) - known:
            yield f"{stranger} came from nowhere"
        for ledger in self.book.ledgers.values():
            for subject, changes in ledger.by_subject.items():
                if changes[0].kind is Kind.SAY:
                    yield from _judge_word(changes, spoken[subject])
                else:
                    yield from _judge_note(subject, changes, view["notes"].get(subject))


def _judge_word(changes: list[Change], count: int) -> Iterator[str]:
    """A word said in a statement, and perhaps erased again."""
    said, *erased = changes
    if erased and erased[0].is_owed:
        wanted = {0}
    elif erased or not said.is_owed:
        wanted = {0, 1}
    else:
        wanted = {1}
    if count not in wanted:
        yield f"{said.token} is {count} times in statement {said.place}, {_in_words(changes)}"


def _judge_note(subject: str, changes: list[Change], note: View | None) -> Iterator[str]:
    """A note: is it there, with all that was typed, once, where it was put last?"""
    deletion = next((change for change in changes if change.kind is Kind.DELETE), None)
    if note is None:
        if deletion is None and any(change.is_owed for change in changes):
            yield f"note {subject} is missing, {_in_words(changes)}"
        return
    if deletion is not None and deletion.is_owed:
        yield f"note {subject} is there though its deletion was told, {_in_words(changes)}"
    yield from _judge_text(subject, changes, str(note.get("text", "")))
    yield from _judge_place(subject, changes, note)


def _judge_text(subject: str, changes: list[Change], text: str) -> Iterator[str]:
    counts = Counter(TOKEN.findall(text))
    for change in changes:
        if change.kind in (Kind.ADD, Kind.TYPE) and counts[change.token] not in ({1} if change.is_owed else {0, 1}):
            yield f"{change.token} is {counts[change.token]} times in note {subject}, {_in_words([change])}"
    if len(text) != TOKEN_LENGTH * counts.total():
        yield f"note {subject} holds more than whole words: {text[:80]!r}"


def _judge_place(subject: str, changes: list[Change], note: View) -> Iterator[str]:
    moves = [change for change in changes if change.kind in (Kind.ADD, Kind.MOVE)]
    told = max((index for index, change in enumerate(moves) if change.is_owed), default=0)
    if not any(change.token == note.get("order") and change.place == note.get("place") for change in moves[told:]):
        yield f"note {subject} lies at {note.get('place')} ({note.get('order')}), {_in_words(moves[told:])}"


def _in_words(changes: list[Change]) -> str:
    return "; ".join(
        f"{change.token} {change.kind.name.lower()}{' saved' if change.is_saved else ''}{' seen' if change.is_seen else ''}"
        for change in changes[-6:]
    )
