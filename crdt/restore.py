"""Bringing back what was: an ordinary change, made now, after which a note, a piece, a statement or all of a case is as it was.

What others do meanwhile stays: texts are brought back by inserting and deleting words, moves are field writes, and only what lies
within the scope is touched. Which moment, and whether someone may, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

import pycrdt

from crdt.case import CaseDocument, CaseView, library_faults, put_entry
from crdt.differences import STATEMENT, Change, Value, differences
from crdt.schema import FLAT_ROOTS
from crdt.word_changes import word_changes

MOST_CHANGES: Final = 40
"""Words changed within a text that keep their neighbours' writers: fewer than for reading, as a room waits while it is done."""

_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Scope:
    """What to bring back. `key` is a note id, a place, or `impact` or `ambition`; empty for the whole case."""

    kind: Literal["note", "piece", "statement", "case"]
    key: str = ""

    def holds(self, change: Change, now: CaseView, then: CaseView) -> bool:
        """Tell whether a difference lies within this scope."""
        match self.kind:
            case "case":
                return True
            case "statement":
                return change.root == f"{STATEMENT}{self.key}"
            case "note":
                return change.root == "notes" and change.key == self.key
            case "piece" if change.root == "notes":
                return self.key in (_place(now, change.key), _place(then, change.key))
            case "piece":
                return change.root == f"{STATEMENT}{self.key}" or (change.root == "partners" and self.key == "partners")


def restore(document: CaseDocument, then: CaseView, scope: Scope, client_id: int) -> bytes | None:
    """Return the update that brings a scope of a document back to how a view had it; None when it is so already.

    The document itself is not changed. Raises DocumentFault.
    """
    now = document.view()
    return _update(document, [change for change in differences(now, then) if scope.holds(change, now, then)], then, client_id)


def take_back(document: CaseDocument, before: CaseView, after: CaseView, client_id: int) -> bytes | None:
    """Return the update that undoes what changed from one view to the next; None when nothing of it is left.

    What someone changed again since is theirs and stays. The document itself is not changed. Raises DocumentFault.
    """
    now = document.view()
    ours = (_as_left(change, now, after) for change in differences(after, before))
    return _update(document, [change for change in ours if change is not None], before, client_id)


def _as_left(change: Change, now: CaseView, after: CaseView) -> Change | None:
    """Return what of a change back still fits: fields that are as they were left, entries that nobody touched."""
    if change.kind in ("added", "removed") and change.root not in FLAT_ROOTS:
        return change if _entry(now, change) == _entry(after, change) else None
    have, left = _fields(now, change), _fields(after, change)
    if have is None or left is None:
        return None
    fields = {name: field for name, field in change.fields.items() if have.get(name, _ABSENT) == left.get(name, _ABSENT)}
    return replace(change, fields=fields) if fields else None


def _entry(view: CaseView, change: Change) -> object:
    return cast(Mapping[str, Mapping[str, object]], view)[change.root].get(change.key)


def _fields(view: CaseView, change: Change) -> Mapping[str, object] | None:
    """Return the fields a change is about, as a view has them; None when the entry is not there."""
    if change.root.startswith(STATEMENT):
        return {"text": view["statements"].get(change.root.removeprefix(STATEMENT), "")}
    found = cast(Mapping[str, Mapping[str, Any]], view)[change.root]
    if change.root in FLAT_ROOTS:
        return {"value": found[change.key]} if change.key in found else {}
    return found.get(change.key)


def _update(document: CaseDocument, wanted: Sequence[Change], then: CaseView, client_id: int) -> bytes | None:
    if not wanted:
        return None
    copy = CaseDocument.open([document.keyframe()], client_id)
    before = copy.vector()
    with library_faults(), copy.doc.transaction():
        for change in wanted:
            _apply(copy, change, then)
    return copy.difference(before)


def authors(then: CaseView) -> dict[tuple[str, str], str]:
    """Return who made each note and comment of a view, so that one who brings them back need not claim them."""
    roots = cast(Mapping[str, Mapping[str, Mapping[str, Any]]], then)
    return {
        (root, key): str(entry["author"]) for root in ("notes", "comments") for key, entry in roots[root].items() if entry.get("author")
    }


def _place(view: CaseView, note: str) -> str | None:
    return cast("str | None", view["notes"].get(note, {}).get("place"))


def _apply(copy: CaseDocument, change: Change, then: CaseView) -> None:
    if change.root.startswith(STATEMENT):
        _rewrite(copy.texts[change.root], str(_value(change.fields["text"].after)))
    elif change.root in FLAT_ROOTS:
        _set(copy.maps[change.root], change.key, change.fields["value"].after)
    elif change.kind == "removed":
        del copy.maps[change.root][change.key]
    elif change.kind == "added":
        put_entry(copy, change.root, change.key, cast(Mapping[str, Mapping[str, Any]], then)[change.root][change.key])
    else:
        _set_fields(copy.maps[change.root][change.key], ((name, field.after) for name, field in change.fields.items()))


def _set_fields(entry: Any, fields: Iterable[tuple[str, Value | None]]) -> None:
    for name, value in fields:
        if isinstance(entry.get(name), pycrdt.Text):
            _rewrite(entry[name], str(_value(value)))
        else:
            _set(entry, name, value)


def _set(shared: Any, name: str, value: Value | None) -> None:
    if value is None:
        del shared[name]
    else:
        shared[name] = value.value


def _value(value: Value | None) -> object:
    return "" if value is None else value.value


def _rewrite(text: pycrdt.Text, wanted: str) -> None:
    """Turn a text into another by its words. Positions count bytes of UTF-8."""
    position = 0
    for words in word_changes(str(text), wanted, MOST_CHANGES):
        length = len(words.text.encode("utf-8", "surrogatepass"))
        if words.mark == "removed":
            del text[position : position + length]
            continue
        if words.mark == "added":
            text.insert(position, words.text)
        position += length
