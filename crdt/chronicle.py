"""What happened in a case, row by row of its log: who wrote which words, and the life of every note, partner and statement.

Everything here is read from the log and never from fields in the document: who did something is the participant of the row. Rows are
applied to a document that is watched; what a row did within itself (a word typed and deleted in one coarse row) is not seen. Where
rows come from is storage's business, what sessions they make is `sessions.py`'s.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal

import pycrdt

from crdt.case import CaseDocument
from crdt.log import LogFact, LogRow
from crdt.replay import Replay
from crdt.words import AuthoredText, Deed

Kind = Literal["added", "edited", "moved", "reordered", "changed", "removed", "restored"]
EDIT_GAP_MS: Final = 60_000
STATEMENT: Final = "statement."
_ENTRY_ROOTS: Final = ("notes", "partners", "comments", "pairs", "links")
_FLAT_ROOTS: Final = ("meta", "sdgs", "roadmap")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one entry, statement or field.

    `subject` is `notes/<id>`, `partners/<id>`, `statement.impact`, `meta/title`, …; `place` is where a note lay afterwards (before, when
    it was removed), `was_at` where it came from. Edits of one participant without a pause of a minute are one, from `first` to `last`.
    """

    kind: Kind
    subject: str
    first: Deed
    last: Deed
    place: str = ""
    was_at: str = ""
    fields: tuple[str, ...] = ()


class Chronicle:
    """All that happened up to the last row taken in."""

    def __init__(self) -> None:
        self.seq = 0
        self.happenings: list[Happening] = []
        self.facts: list[LogFact] = []
        self._replay = Replay()
        self._deed = Deed("", 0, 0)
        self._texts: dict[str, AuthoredText] = {}
        self._places: dict[str, str] = {}
        self._newest: dict[str, int] = {}
        self._lives: dict[str, list[int]] = {}
        self._subscriptions: list[Any] = []
        self._watch()

    def take(self, row: LogRow) -> None:
        """Take in the next row; a new epoch begins with empty texts. Raises LogHole, MalformedFrame, DocumentFault."""
        if row.epoch != self._replay.epoch:
            self._replay.begin(row.epoch)
            self._watch()
        self._deed = Deed(row.participant, row.at, row.seq)
        self._replay.take(row)
        self.seq = row.seq
        self.facts.append(LogFact(row.seq, row.at, row.participant, row.covers, row.first_at))

    def text(self, subject: str) -> AuthoredText | None:
        """Return a text by its subject (`notes/<id>`, `statement.impact`); None when it was never there in this epoch."""
        return self._texts.get(subject)

    def life(self, subject: str) -> list[Happening]:
        """Return all that happened to one subject, in order."""
        return [self.happenings[index] for index in self._lives.get(subject, ())]

    def makers(self) -> dict[tuple[str, str], str]:
        """Return by root and id who first added every entry there ever was."""
        found: dict[tuple[str, str], str] = {}
        for told in self.happenings:
            root, _, key = told.subject.partition("/")
            if told.kind == "added" and root in _ENTRY_ROOTS:
                found.setdefault((root, key), told.first.by)
        return found

    # Watching

    def _watch(self) -> None:
        document: CaseDocument = self._replay.document
        self._texts = {name: AuthoredText() for name in document.texts}
        self._places, self._newest = {}, {}
        me = weakref.proxy(self)  # the library hides observers from the garbage collector: held by them, both would stay for ever
        self._subscriptions = [
            *(document.maps[root].observe_deep(partial(Chronicle._on_entries, me, root)) for root in _ENTRY_ROOTS),
            *(document.maps[root].observe(partial(Chronicle._on_fields, me, root)) for root in _FLAT_ROOTS),
            *(text.observe(partial(Chronicle._on_statement, me, name)) for name, text in document.texts.items()),
        ]

    def _on_statement(self, name: str, event: Any) -> None:
        self._texts[name].apply(event.delta, self._deed)
        self._tell("edited", name, name.removeprefix(STATEMENT))

    def _on_fields(self, root: str, event: Any) -> None:
        for name, change in event.keys.items():
            self._tell("removed" if change["action"] == "delete" else "changed", f"{root}/{name}")

    def _on_entries(self, root: str, events: list[Any]) -> None:
        for event in events:
            match event.path:
                case []:
                    for key, change in event.keys.items():
                        self._on_entry(root, key, change)
                case [key, "text"]:
                    self._texts[f"{root}/{key}"].apply(event.delta, self._deed)
                    self._tell("edited", f"{root}/{key}")
                case [key]:
                    self._on_entry_fields(f"{root}/{key}", event)

    def _on_entry(self, root: str, key: str, change: Mapping[str, Any]) -> None:
        """An entry came, went, or came back: its words are then of this row, and what it held before stays as deleted."""
        subject = f"{root}/{key}"
        known = self._texts.get(subject)
        if known is not None:
            known.delete_all(self._deed)
        if change["action"] == "delete":
            self._tell("removed", subject)
            return
        entry = change["newValue"]
        self._begin_text(subject, entry.get("text") if isinstance(entry, pycrdt.Map) else None)
        self._places[subject] = str(entry.get("place") or "") if isinstance(entry, pycrdt.Map) else ""
        self._tell("restored" if subject in self._newest else "added", subject)

    def _on_entry_fields(self, subject: str, event: Any) -> None:
        names = tuple(sorted(event.keys))
        if "text" in names:
            self._begin_text(subject, event.target.get("text"))
            self._tell("edited", subject)
        was_at = self._places.get(subject, "")
        if "place" in names and event.target.get("place") != was_at:
            self._places[subject] = str(event.target.get("place"))
            self._tell("moved", subject, was_at=was_at)
        elif "order" in names:
            self._tell("reordered", subject)
        others = tuple(name for name in names if name not in ("text", "place", "order"))
        if others:
            self._tell("changed", subject, fields=others)

    def _begin_text(self, subject: str, text: Any) -> None:
        if isinstance(text, pycrdt.Text):
            self._texts.setdefault(subject, AuthoredText()).apply([{"insert": str(text)}], self._deed)

    def _tell(self, kind: Kind, subject: str, place: str | None = None, was_at: str = "", fields: tuple[str, ...] = ()) -> None:
        told = Happening(kind, subject, self._deed, self._deed, self._places.get(subject, "") if place is None else place, was_at, fields)
        newest = self._newest.get(subject)
        if newest is not None and _goes_on(self.happenings[newest], told):
            self.happenings[newest] = replace(self.happenings[newest], last=told.last)
        else:
            self._newest[subject] = len(self.happenings)
            self._lives.setdefault(subject, []).append(len(self.happenings))
            self.happenings.append(told)


def _goes_on(before: Happening, now: Happening) -> bool:
    """Tell whether an edit goes on where the same person left off a moment ago (a note just added is still being written)."""
    same = before.last.by == now.first.by and 0 <= now.first.at - before.last.at < EDIT_GAP_MS
    return same and now.kind == "edited" and before.kind in ("edited", "added", "restored")
