"""Minutes as Markdown, in the language of the case and the time of the reader. What people wrote is escaped: it stays words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from crdt.minutes import Item, Language, Minutes

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
