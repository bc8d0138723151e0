"""The minutes of a stretch of work as plain values and as Markdown: who was there, and what was added, changed and decided, per piece.

Made from differences and the people behind them; which stretch, and whether names may be told, is decided elsewhere. Words of the
report are in the language of the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, Literal

from crdt.case import CaseView
from crdt.differences import STATEMENT, Change

Language = Literal["nl", "en"]

PIECES: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "impact": "Impact",
        "continuity": "Continuïteit",
        "consequences": "Consequenties",
        "partners": "Partners",
        "resources": "Middelen",
        "returns": "Opbrengsten",
        "value": "Waarde",
        "audiences": "Doelgroepen",
        "ambition": "Gezamenlijke ambitie",
        "contributions": "Inbreng",
        "intentions": "Intenties",
        "vpc": "Value Proposition Canvas",
        "roadmap": "Impact Roadmap",
        "": "De hele case",
    },
    "en": {
        "impact": "Impact",
        "continuity": "Continuity",
        "consequences": "Consequences",
        "partners": "Partners",
        "resources": "Resources",
        "returns": "Returns",
        "value": "Value",
        "audiences": "Target groups",
        "ambition": "Shared ambition",
        "contributions": "Contributions",
        "intentions": "Intentions",
        "vpc": "Value Proposition Canvas",
        "roadmap": "Impact Roadmap",
        "": "The whole case",
    },
}
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "minutes": "Verslag",
        "present": "Wie er waren",
        "none": "zonder organisatie",
        "people": "{count} mensen",
        "nothing": "Er is niets veranderd.",
        "added": "Erbij",
        "removed": "Weg",
        "moved": "Verplaatst hierheen",
        "rewritten": "Herschreven",
        "changed": "Aangepast",
        "left": "Doet niet meer mee",
        "returned": "Doet weer mee",
        "was": "was",
        "empty": "leeg",
    },
    "en": {
        "minutes": "Minutes",
        "present": "Who was there",
        "none": "without an organisation",
        "people": "{count} people",
        "nothing": "Nothing changed.",
        "added": "Added",
        "removed": "Removed",
        "moved": "Moved here",
        "rewritten": "Rewritten",
        "changed": "Changed",
        "left": "No longer takes part",
        "returned": "Takes part again",
        "was": "was",
        "empty": "empty",
    },
}
_TOLD_ROOTS: Final = ("notes", "partners", "meta", "sdgs", "roadmap")


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
        if change.kind != "reordered" and (change.root in _TOLD_ROOTS or change.root.startswith(STATEMENT)):
            made.setdefault(change.piece.split("/", maxsplit=1)[0], []).append(_item(change, people, at, after, before))
    order = list(PIECES["nl"])
    return {piece: tuple(made[piece]) for piece in sorted(made, key=lambda piece: order.index(piece) if piece in order else len(order))}


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
    if isinstance(value, Mapping):
        return str(value.get("text") or value.get("name") or "")
    return "" if value is None else str(value)


def markdown(minutes: Minutes, utc_offset_minutes: int = 0) -> str:
    """Return the minutes as Markdown, with times in the reader's zone. What people wrote is escaped: it stays words."""
    words = _WORDS[minutes.language]
    lines = [f"# {words['minutes']}: {_plain(minutes.title)}", "", _when(minutes, utc_offset_minutes), ""]
    lines += _attendance(minutes, words)
    if not minutes.pieces:
        lines += [words["nothing"], ""]
    for piece, listed in minutes.pieces.items():
        lines += [f"## {PIECES[minutes.language].get(piece, piece)}", ""]
        lines += [_line(item, words, utc_offset_minutes) for item in listed]
        lines.append("")
    return "\n".join(lines)


def _when(minutes: Minutes, offset: int) -> str:
    first, last = _time(minutes.first_at, offset), _time(minutes.last_at, offset)
    name = f"{_plain(minutes.name)}, " if minutes.name else ""
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{name}{first:%Y-%m-%d %H:%M} – {until}"


def _attendance(minutes: Minutes, words: Mapping[str, str]) -> list[str]:
    lines = [f"## {words['present']}", ""]
    if not minutes.attendees:
        return [*lines, words["people"].format(count=minutes.people), ""]
    by_partner: dict[str, list[str]] = {}
    for attendee in minutes.attendees:
        by_partner.setdefault(attendee.partner or words["none"], []).append(attendee.name)
    return [*lines, *(f"- {_plain(partner)}: {_plain(', '.join(names))}" for partner, names in by_partner.items()), ""]


def _line(item: Item, words: Mapping[str, str], offset: int) -> str:
    was = f" ({words['was']}: {_plain(item.was) or words['empty']})" if item.was is not None else ""
    tail = [*(_plain(person) for person in item.people), *([f"{_time(item.at, offset):%H:%M}"] if item.at is not None else [])]
    told = f" — {', '.join(tail)}" if tail else ""
    return f"- {words.get(item.kind, item.kind)}: {_plain(item.text) or words['empty']}{was}{told}"


def _time(at: int, offset: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(timezone(timedelta(minutes=offset)))


def _plain(text: str) -> str:
    """Make text safe in Markdown: one line, and no character that would mean something."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~])", r"\\\1", " ".join(text.split()))
