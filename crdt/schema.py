"""The shape of a case: roots, pieces, places, fields and limits. The only file that knows them.

Values are judged here as plain Python (`str`, `int`, `dict`); which values changed, and whether their author may change them, is
the gate's work. Contract: the method's words and the table of roots in `docs/document.md`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from crdt.names import hides_something

SCHEMA_VERSION: Final = 1

MAP: Final = "map"
TEXT: Final = "text"

ROOTS: Final[Mapping[str, Literal["map", "text"]]] = {
    "meta": MAP,
    "sdgs": MAP,
    "statement.impact": TEXT,
    "statement.ambition": TEXT,
    "notes": MAP,
    "partners": MAP,
    "pairs": MAP,
    "links": MAP,
    "comments": MAP,
    "roadmap": MAP,
}
ENTRY_ROOTS: Final = ("notes", "partners", "pairs", "links", "comments")

PIECES: Final = (
    "impact",
    "continuity",
    "consequences",
    "partners",
    "resources",
    "returns",
    "value",
    "audiences",
    "ambition",
    "contributions",
    "intentions",
)
NOTE_PIECES: Final = tuple(piece for piece in PIECES if piece != "partners")
STATEMENTS: Final = ("impact", "ambition")
VPC_CELLS: Final = ("jobs", "pains", "gains", "products", "relievers", "creators")
ROADMAP_ROWS: Final = ("1", "2", "3", "4", "5", "6")
ROADMAP_CELLS: Final = ("step", "skills", "who", "funding", "blockers", "measures", "returns")
ROADMAP_HEADER: Final = ("date", "by", "for", "version")
ALSO: Final = "also:"
"""A note field `also:<place>` shows the note at a second place; its value is the order among what is shown there."""

LANGUAGES: Final = ("nl", "en")
HELIX: Final = ("business", "education", "government", "society", "other")
FORMS: Final = ("cash", "hours", "knowledge", "network", "space", "goods", "other")
RETURN_KINDS: Final = ("financial", "non-financial")
SDGS: Final = tuple(str(number) for number in range(1, 18))

MAX_TITLE: Final = 200
MAX_SECTOR: Final = 100
MAX_STATEMENT: Final = 2_000
MAX_NOTE: Final = 5_000
MAX_COMMENT: Final = 5_000
MAX_NAME: Final = 120
MAX_HEADER: Final = 500
MAX_ORDER: Final = 200
MAX_ALSO: Final = 12
MAX_MARK: Final = 2
PARTNER_COLOURS: Final = 8
MAX_AMOUNT: Final = 1_000_000_000_000
MAX_TIME_MS: Final = 2**53
MAX_ENTRIES: Final[Mapping[str, int]] = {
    "notes": 5_000,
    "partners": 500,
    "pairs": 200,
    "links": 10_000,
    "comments": 10_000,
}

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ORDER = re.compile(rf"[A-Za-z0-9]{{1,{MAX_ORDER}}}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_id(value: object) -> bool:
    """Tell whether a value may be an id: URL-safe, 1 to 64 characters. New ids carry at least 96 random bits."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_place(value: object) -> bool:
    """Tell whether a value names a place: a piece that holds notes, `vpc/<pair>/<cell>` or `roadmap/<row>/<cell>`."""
    if not isinstance(value, str):
        return False
    if value in NOTE_PIECES:
        return True
    match value.split("/"):
        case ["vpc", pair, cell]:
            return is_id(pair) and cell in VPC_CELLS
        case ["roadmap", row, cell]:
            return row in ROADMAP_ROWS and cell in ROADMAP_CELLS
        case _:
            return False


Check = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What one field of an entry must be: a check, whether it must be there, and the words that say so."""

    check: Check
    words: str
    required: bool = False


def _text(limit: int) -> FieldRule:
    return FieldRule(lambda value: isinstance(value, str) and len(value) <= limit, f"text of at most {limit} characters")


def _name(limit: int) -> FieldRule:
    text = _text(limit)
    return FieldRule(lambda value: text.check(value) and not hides_something(str(value)), text.words + ", all of which can be seen")


def _one_of(*choices: str) -> FieldRule:
    return FieldRule(lambda value: value in choices, "one of " + ", ".join(choices))


def _number(limit: float) -> FieldRule:
    return FieldRule(lambda value: _is_number(value) and 0 <= value <= limit, f"a number from 0 to {limit:,.0f}")  # type: ignore[operator]


def _whole(least: int, most: int) -> FieldRule:
    return FieldRule(lambda value: _is_number(value) and value in range(least, most + 1), f"a whole number from {least} to {most}")


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_row_order(value: object) -> bool:
    return isinstance(value, str) and len(value) < MAX_ORDER and sorted(value.split(" ")) == list(ROADMAP_ROWS)


def _is_number(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)  # which may be larger than any float


def _or_null(rule: FieldRule) -> FieldRule:
    return FieldRule(lambda value: value is None or rule.check(value), rule.words + ", or nothing", rule.required)


def _required(rule: FieldRule) -> FieldRule:
    return FieldRule(rule.check, rule.words, required=True)


_ID_RULE = FieldRule(is_id, "an id")
_ORDER_RULE = FieldRule(lambda value: isinstance(value, str) and _ORDER.fullmatch(value) is not None, "a fractional index")
_TIME_RULE = _number(MAX_TIME_MS)
_BOOLEAN = FieldRule(lambda value: isinstance(value, bool), "true or false")

ENTRY_FIELDS: Final[Mapping[str, Mapping[str, FieldRule]]] = {
    "notes": {
        "place": FieldRule(is_place, "a place of a case", required=True),
        "order": _ORDER_RULE,
        "text": _required(_text(MAX_NOTE)),
        "author": _or_null(_ID_RULE),
        "partner": _or_null(_ID_RULE),
        "created": _TIME_RULE,
        "form": _or_null(_one_of(*FORMS)),
        "amount": _or_null(_number(MAX_AMOUNT)),
        "kind": _or_null(_one_of(*RETURN_KINDS)),
        "for": _or_null(FieldRule(lambda value: value == "all" or is_id(value), "an id or all")),
        "due": _or_null(FieldRule(_is_day, "a day such as 2026-11-25")),
        "sdg": _or_null(_whole(1, len(SDGS))),
    },
    "partners": {
        "name": _required(_name(MAX_NAME)),
        "helix": _one_of(*HELIX),
        "order": _or_null(_ORDER_RULE),
        "left": _or_null(_TIME_RULE),
        "colour": _or_null(_whole(1, PARTNER_COLOURS)),
        "mark": _or_null(_name(MAX_MARK)),
        "contact": _or_null(_name(MAX_NAME)),
    },
    "pairs": {"audience": _required(_ID_RULE), "value": _required(_ID_RULE), "order": _ORDER_RULE},
    "links": {"from": _required(_ID_RULE), "to": _required(_ID_RULE), "kind": _text(MAX_NAME)},
    "comments": {
        "note": _required(_ID_RULE),
        "author": _or_null(_ID_RULE),
        "text": _required(_text(MAX_COMMENT)),
        "created": _TIME_RULE,
        "resolved": _or_null(FieldRule(lambda value: isinstance(value, bool) or _TIME_RULE.check(value), "true, false or a time")),
    },
}
SHARED_TEXT_FIELDS: Final = frozenset({("notes", "text")})

META_FIELDS: Final[Mapping[str, FieldRule]] = {
    "schema": FieldRule(lambda value: _is_number(value) and value == SCHEMA_VERSION, f"{SCHEMA_VERSION}"),
    "title": _text(MAX_TITLE),
    "sector": _or_null(_text(MAX_SECTOR)),
    "language": _one_of(*LANGUAGES),
}
ROADMAP_FIELDS: Final[Mapping[str, FieldRule]] = {
    **{key: _or_null(_text(MAX_HEADER)) for key in ROADMAP_HEADER},
    "order": _or_null(FieldRule(_is_row_order, "the six rows in some order, such as 2 1 3 4 5 6")),
}
SDG_FIELDS: Final[Mapping[str, FieldRule]] = {number: _or_null(_BOOLEAN) for number in SDGS}
FLAT_ROOTS: Final[Mapping[str, Mapping[str, FieldRule]]] = {"meta": META_FIELDS, "roadmap": ROADMAP_FIELDS, "sdgs": SDG_FIELDS}

MAX_AHEAD_MS: Final = 24 * 3600 * 1000
"""How far a note's `created` may lie after the server's clock: devices are wrong by hours, not by days."""

REFERENCES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("notes", "partner"): ("partners",),
    ("notes", "for"): ("partners", "notes"),
    ("pairs", "audience"): ("notes",),
    ("pairs", "value"): ("notes",),
    ("links", "from"): ("notes", "partners"),
    ("links", "to"): ("notes", "partners"),
    ("comments", "note"): ("notes",),
}
"""Fields that name another entry, and the roots it may be in. A link may also name a statement."""


def reference_of(root: str, field: str, value: object) -> tuple[tuple[str, ...], str] | None:
    """Return the roots and the id that a value (or, for a second place, a field itself) refers to, or None when it refers to nothing."""
    if root == "notes" and field.startswith(ALSO):
        return _pair_of(field.removeprefix(ALSO))
    if (root, field) == ("notes", "place"):
        return _pair_of(value)
    roots = REFERENCES.get((root, field))
    if roots is None or not isinstance(value, str) or value == "all" or (root == "links" and value in STATEMENTS):
        return None
    return roots, value


def _pair_of(place: object) -> tuple[tuple[str, ...], str] | None:
    return (("pairs",), place.split("/")[1]) if isinstance(place, str) and place.startswith("vpc/") else None


def entry_problem(root: str, entry_id: str, entry: Mapping[str, object]) -> str | None:
    """Say in words what is wrong with an entry of a root such as `notes`, or None when it is as it should be."""
    if not is_id(entry_id):
        return f"{root}: {entry_id[:40]!r} is not an id"
    rules = ENTRY_FIELDS[root]
    for key, rule in rules.items():
        if rule.required and key not in entry:
            return f"{root}.{key} is missing"
    for key, value in entry.items():
        problem = field_problem(f"{root}.{key}", field_rule(root, key), value)
        if problem:
            return problem
    if root == "notes" and sum(key.startswith(ALSO) for key in entry) > MAX_ALSO:
        return f"a note is shown at {MAX_ALSO} other places, which is the most it can be"
    return None


def field_rule(root: str, key: str) -> FieldRule | None:
    """Return the rule of a field of an entry, or None when entries have no such field."""
    if root == "notes" and key.startswith(ALSO):
        return _or_null(_ORDER_RULE) if is_place(key.removeprefix(ALSO)) else None
    return ENTRY_FIELDS[root].get(key)


def flat_problem(root: str, key: str, value: object) -> str | None:
    """Say in words what is wrong with one value of a flat root (`meta`, `sdgs`, `roadmap`), or None."""
    return field_problem(f"{root}.{key[:40]}", FLAT_ROOTS[root].get(key), value)


def field_problem(where: str, rule: FieldRule | None, value: object) -> str | None:
    """Say in words what is wrong with one value, or None."""
    if rule is None:
        return f"{where} is not a field of a case"
    return None if rule.check(value) else f"{where} must be {rule.words}"
