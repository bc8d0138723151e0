"""What changed between two moments of a case, as a list a person can read: per piece, in words, complete enough to be applied.

Compares plain views; who made a change is the log's to tell (`chronicle.py`). One note that was moved and rewritten gives
two changes. How a text was rewritten is told by `word_changes.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from crdt.case import CaseView, Entry, Plain
from crdt.schema import ENTRY_ROOTS, FLAT_ROOTS
from crdt.word_changes import Words, word_changes

Kind = Literal["added", "removed", "moved", "reordered", "rewritten", "changed", "left", "returned"]
STATEMENT: Final = "statement."


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value; a field that is not there is None instead of a Value."""

    value: Plain


@dataclass(frozen=True, slots=True)
class Fields:
    """One field before and after."""

    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: which entry or field, what kind of change, and every field it touched.

    `piece` is where it belongs on the canvas (`""` for what belongs to the whole case).
    """

    root: str
    key: str
    kind: Kind
    piece: str
    fields: Mapping[str, Fields]

    def words(self) -> tuple[Words, ...]:
        """Tell a rewritten text word by word; nothing for any other change. Worked out at each call: most are never asked for."""
        if self.kind != "rewritten":
            return ()
        field = self.fields.get("text") or self.fields["name"]
        before, after = (str(side.value if side else "") for side in (field.before, field.after))
        return tuple(word_changes(before, after))


def differences(before: CaseView, after: CaseView) -> list[Change]:
    """Return every change from one view to another, in a fixed order."""
    changes: list[Change] = []
    for statement in sorted(before["statements"].keys() | after["statements"].keys()):
        changes += _text(
            f"{STATEMENT}{statement}", statement, before["statements"].get(statement, ""), after["statements"].get(statement, "")
        )
    for root in sorted(FLAT_ROOTS):
        changes += _flat(root, _root(before, root), _root(after, root))
    for root in sorted(ENTRY_ROOTS):
        changes += _entries(root, _root(before, root), _root(after, root))
    return changes


def apply(before: CaseView, changes: Iterable[Change]) -> CaseView:
    """Return the view that the changes make of an earlier one: what `differences` found, put back."""
    made: dict[str, Any] = {root: _copy(values) for root, values in before.items()}
    for change in changes:
        if change.root.startswith(STATEMENT):
            made["statements"][change.root.removeprefix(STATEMENT)] = _after(change.fields["text"])
        elif change.root in FLAT_ROOTS:
            _set(made[change.root], change.key, change.fields["value"])
        elif change.kind == "removed":
            del made[change.root][change.key]
        else:
            entry = made[change.root].setdefault(change.key, {})
            for name, field in change.fields.items():
                _set(entry, name, field)
    return cast(CaseView, made)


def _copy(values: Any) -> Any:
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in values.items()}


def _set(values: dict[str, Any], name: str, field: Fields) -> None:
    if field.after is None:
        values.pop(name, None)
    else:
        values[name] = field.after.value


def _after(field: Fields) -> Plain:
    return "" if field.after is None else field.after.value


def _root(view: CaseView, root: str) -> Mapping[str, Any]:
    return cast(Mapping[str, Mapping[str, Any]], view)[root]


def _text(root: str, piece: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(root, "", "rewritten", piece, {"text": Fields(Value(before), Value(after))})


def _flat(root: str, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    for key, field in _fields(before, after).items():
        kind: Kind = "added" if field.before is None else "removed" if field.after is None else "changed"
        yield Change(root, key, kind, "roadmap" if root == "roadmap" else "", {"value": field})


def _entries(root: str, before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            kind: Kind = "added" if old is None else "removed"
            yield Change(root, key, kind, _piece(root, new or old or {}), _fields(old or {}, new or {}))
        elif old != new:
            yield from _entry(root, key, old, new)


def _entry(root: str, key: str, old: Entry, new: Entry) -> Iterator[Change]:
    fields = _fields(old, new)
    piece = _piece(root, new)
    for kind, names in _KINDS:
        touched = {name: fields.pop(name) for name in names if name in fields}
        if touched:
            yield Change(root, key, _finer(kind, touched), piece, touched)
    if fields:
        yield Change(root, key, "changed", piece, fields)


_KINDS: Final[Sequence[tuple[Kind, tuple[str, ...]]]] = (
    ("moved", ("place", "order")),
    ("rewritten", ("text", "name")),
    ("left", ("left",)),
)


def _finer(kind: Kind, touched: Mapping[str, Fields]) -> Kind:
    if kind == "moved" and "place" not in touched:
        return "reordered"
    if kind == "left" and touched["left"].after is None:
        return "returned"
    return kind


def _piece(root: str, entry: Entry) -> str:
    if root == "notes":
        return str(entry.get("place", ""))
    return {"partners": "partners", "pairs": "vpc"}.get(root, "")


def _fields(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> dict[str, Fields]:
    return {
        name: Fields(Value(old[name]) if name in old else None, Value(new[name]) if name in new else None)
        for name in sorted(old.keys() | new.keys())
        if name not in old or name not in new or old[name] != new[name]
    }
