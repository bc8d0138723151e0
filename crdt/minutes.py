"""The minutes of a stretch of work: who was there, and what was added, changed and decided, per piece.

Made from differences and the people behind them; which stretch, and whether names may be told, is decided elsewhere. How they look on
paper is `server/web/minutes.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from crdt.case import CaseView
from crdt.differences import STATEMENT, Change
from crdt.schema import PIECES

Language = Literal["nl", "en"]

CANVAS: Final = (*PIECES, "vpc", "roadmap", "")
"""Pieces and canvases in the order in which minutes tell of them; last what belongs to the whole case."""
_TOLD_ROOTS: Final = ("notes", "partners", "meta", "sdgs", "roadmap", "pairs", "links", "comments")
_ENDS: Final[Mapping[str, tuple[str, str]]] = {"pairs": ("value", "audience"), "links": ("from", "to")}
_UNTOLD_META: Final = ("schema", "language")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone who did something in the stretch. `partner` is the name of an organisation, or None."""

    name: str
    partner: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the minutes: what happened to which words, when last, and through whom."""

    kind: str
    text: str
    was: str | None
    at: int | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one stretch. `pieces` are in the order of the canvas; without names, `attendees` is empty and items name nobody."""

    title: str
    language: Language
    name: str | None
    first_at: int
    last_at: int
    people: int
    attendees: tuple[Attendee, ...]
    pieces: Mapping[str, tuple[Item, ...]]


def items(changes: Sequence[tuple[Change, Sequence[str], int | None]], after: CaseView, before: CaseView) -> dict[str, tuple[Item, ...]]:
    """Sort what changed (with the names behind it and when) into pieces, leaving out what nobody reads (an order within a piece)."""
    made: dict[str, list[Item]] = {}
    for change, people, at in changes:
        if _is_told(change):
            made.setdefault(change.piece.split("/", maxsplit=1)[0], []).append(_item(change, people, at, after, before))
    return {piece: tuple(made[piece]) for piece in sorted(made, key=lambda piece: CANVAS.index(piece) if piece in CANVAS else len(CANVAS))}


def _is_told(change: Change) -> bool:
    if change.kind == "reordered" or (change.root == "meta" and change.key in _UNTOLD_META):
        return False
    if (change.root, change.key) == ("roadmap", "order"):
        return False
    return change.root in _TOLD_ROOTS or change.root.startswith(STATEMENT)


def _item(change: Change, people: Sequence[str], at: int | None, after: CaseView, before: CaseView) -> Item:
    now, then = _text(change, after), _text(change, before)
    rewritten = change.kind == "rewritten" or (change.kind == "changed" and "value" in change.fields)
    return Item(change.kind, now or then, then if rewritten else None, at, tuple(people))


def _text(change: Change, view: CaseView) -> str:
    if change.root.startswith(STATEMENT):
        return view["statements"].get(change.root.removeprefix(STATEMENT), "")
    found: Any = dict(view)[change.root]
    value = found.get(change.key)
    if change.root == "sdgs":
        return f"SDG {change.key}"
    if change.root in _ENDS and isinstance(value, Mapping):
        return " → ".join(_words_of(str(value.get(end, "")), view) for end in _ENDS[change.root])
    if isinstance(value, Mapping):
        return str(value.get("text") or value.get("name") or "")
    return "" if value is None else str(value)


def _words_of(end: str, view: CaseView) -> str:
    """Return the words of a note, a partner or a statement; what is gone by now is three dots."""
    note, partner = view["notes"].get(end, {}), view["partners"].get(end, {})
    return str(note.get("text") or partner.get("name") or view["statements"].get(end) or "…")
