"""The case file `purpose-case/1`: reading and checking it.

Everything is checked before anything is used, and every problem is named with its place, so an import is whole or not at all.
`case_import.py` makes a document of a file, `case_export.py` a file of a document.

    load(bytes) ──► parse(object) ──► CaseFile, or CaseFileError with the problems
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crdt import schema
from crdt.errors import CaseFileError, Problem
from crdt.names import hides_something

FORMAT: Final = "purpose-case/1"
MAX_FILE_BYTES: Final = 1_048_576
MAX_PROBLEMS: Final = 50

_TOP: Final = {"format", "language", "title", "sector", "statements", "notes", "sdgs", "pairs", "links", "comments", "roadmap"}
NOTE_FIELDS: Final = ("form", "amount", "kind", "due", "sdg")
PARTNER_FIELDS: Final = ("left", "colour", "mark", "contact")
_PARTNER_KEYS: Final = {"text", "id", "helix", *PARTNER_FIELDS}
_NOTE_KEYS: Final = {"text", "id", "partner", "for", "also", *NOTE_FIELDS}


@dataclass(slots=True)
class CaseFile:
    """A case file that has been checked. `notes` is by place; `notes["partners"]` holds the partners."""

    title: str
    language: str
    sector: str | None
    sdgs: list[int]
    statements: dict[str, str]
    notes: dict[str, list[dict[str, Any]]]
    pairs: list[dict[str, Any]]
    links: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    roadmap: dict[str, str]

    def note_count(self) -> int:
        """Count the notes on all canvases, partners left out."""
        return sum(len(items) for place, items in self.notes.items() if place != "partners")


def load(data: bytes) -> CaseFile:
    """Read a case file from bytes. Raises CaseFileError with every problem found."""
    if len(data) > MAX_FILE_BYTES:
        raise _error("", f"the file is {len(data):,} bytes, limit is {MAX_FILE_BYTES:,}")
    try:
        return parse(json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique_keys))
    except UnicodeDecodeError as error:
        raise _error("", f"the file is not UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise _error(f"line {error.lineno}", f"this is not JSON: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise _error("", f"this is not JSON we can read: {error}") from None


def _error(where: str, what: str) -> CaseFileError:
    return CaseFileError([Problem(where, what)])


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    if twice:
        raise _error(twice[0][:40], "this key stands twice in one object")
    return dict(pairs)


def parse(data: object) -> CaseFile:
    """Check the value of a whole case file. Raises CaseFileError with every problem found (at most 50)."""
    return _Parser().case_file(data)


@dataclass(slots=True)
class _Parser:
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def problem(self, where: str, what: str) -> None:
        self.problems.append(Problem(where, what))

    def case_file(self, data: object) -> CaseFile:
        if not isinstance(data, Mapping):
            raise _error("", f"a case file is one object, this is {_kind(data)}")
        if data.get("format") != FORMAT:
            raise _error("format", f"must be {FORMAT!r}, this is {str(data.get('format'))[:40]!r}")
        self.unknown_keys("", data, _TOP)
        notes = self.notes(data.get("notes", {}))
        pairs = self.pairs(data.get("pairs", []), notes)
        roadmap = self.roadmap(data.get("roadmap", {}), notes)
        parsed = CaseFile(
            title=self.text("title", data.get("title"), schema.MAX_TITLE) or "",
            language=self.choice("language", data.get("language", "nl"), schema.LANGUAGES),
            sector=self.text("sector", data.get("sector"), schema.MAX_SECTOR, optional=True),
            sdgs=self.sdgs(data.get("sdgs", [])),
            statements=self.statements(data.get("statements", {})),
            notes=notes,
            pairs=pairs,
            links=self.objects("links", data.get("links", []), {"from", "to", "kind"}),
            comments=self.objects("comments", data.get("comments", []), {"note", "text", "created", "resolved"}),
            roadmap=roadmap,
        )
        self.references(parsed)
        self.counts(parsed)
        if self.problems:
            raise CaseFileError(self.problems[:MAX_PROBLEMS])
        return parsed

    def unknown_keys(self, where: str, data: Mapping[str, Any], known: Iterable[str]) -> None:
        for key in sorted(set(data) - set(known)):
            self.problem(_join(where, key[:40]), "this is not part of the format")

    def text(self, where: str, value: object, limit: int, *, optional: bool = False) -> str | None:
        if value is None and optional:
            return None
        if not isinstance(value, str):
            self.problem(where, f"must be text, this is {_kind(value)}")
            return None
        if not _encodable(value):
            self.problem(where, "holds half of a character (a lone surrogate)")
        if len(value) > limit:
            self.problem(where, f"has {len(value):,} characters, limit is {limit:,}")
        return value

    def name(self, where: str, value: object) -> None:
        """Check the name of a partner, which must not hide anything."""
        text = self.text(where, value, schema.MAX_NAME)
        if text and hides_something(text):
            self.problem(where, "has characters that cannot be seen; type the name again")

    def choice(self, where: str, value: object, choices: tuple[str, ...]) -> str:
        if value not in choices:
            self.problem(where, f"must be one of {', '.join(choices)}")
            return choices[0]
        return str(value)

    def sdgs(self, value: object) -> list[int]:
        chosen = []
        for index, number in enumerate(self.listed("sdgs", value)):
            if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 17:
                self.problem(f"sdgs[{index}]", "must be a number from 1 to 17")
            elif number in chosen:
                self.problem(f"sdgs[{index}]", f"SDG {number} stands twice")
            else:
                chosen.append(number)
        return sorted(chosen)

    def statements(self, value: object) -> dict[str, str]:
        given = self.mapping("statements", value, schema.STATEMENTS)
        return {
            name: self.text(f"statements.{name}", given[name], schema.MAX_STATEMENT) or "" for name in schema.STATEMENTS if name in given
        }

    def listed(self, where: str, value: object) -> list[Any]:
        if isinstance(value, list):
            return value
        self.problem(where, f"must be a list, this is {_kind(value)}")
        return []

    def mapping(self, where: str, value: object, known: Iterable[str]) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.problem(where, f"must be an object, this is {_kind(value)}")
            return {}
        self.unknown_keys(where, value, known)
        return {key: value[key] for key in known if key in value}

    def notes(self, value: object) -> dict[str, list[dict[str, Any]]]:
        given = self.mapping("notes", value, schema.PIECES)
        return {piece: self.items(f"notes.{piece}", items, piece) for piece, items in given.items()}

    def items(self, where: str, value: object, place: str) -> list[dict[str, Any]]:
        read = (self.item(f"{where}[{index}]", item, place) for index, item in enumerate(self.listed(where, value)))
        return [item for item in read if item is not None]

    def item(self, where: str, value: object, place: str) -> dict[str, Any] | None:
        if isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, Mapping):
            self.problem(where, f"must be text or an object, this is {_kind(value)}")
            return None
        is_partner = place == "partners"
        self.unknown_keys(where, value, _PARTNER_KEYS if is_partner else _NOTE_KEYS)
        if is_partner:
            self.name(f"{where}.text", value.get("text"))
        else:
            self.text(f"{where}.text", value.get("text"), schema.MAX_NOTE)
        self.fields(where, value, "partners" if is_partner else "notes")
        self.new_id(where, value)
        return dict(value)

    def fields(self, where: str, value: Mapping[str, Any], root: str) -> None:
        rules = schema.ENTRY_FIELDS[root]
        for key in ("helix", *PARTNER_FIELDS) if root == "partners" else NOTE_FIELDS:
            if key in value and (problem := schema.field_problem(key, rules[key], value[key])):
                self.problem(f"{where}.{key}", problem.removeprefix(f"{key} "))

    def new_id(self, where: str, value: Mapping[str, Any]) -> None:
        if "id" not in value:
            return
        given = value["id"]
        if not schema.is_id(given):
            self.problem(f"{where}.id", "must be 1 to 64 letters, digits, - or _")
        elif given in self.ids:
            self.problem(f"{where}.id", f"{given!r} is already the id of {self.ids[given]}")
        else:
            self.ids[given] = where

    def pairs(self, value: object, notes: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        pairs = self.objects("pairs", value, {"id", "audience", "value", "notes"})
        for index, pair in enumerate(pairs):
            where = f"pairs[{index}]"
            self.new_id(where, pair)
            cells = self.mapping(f"{where}.notes", pair.get("notes", {}), schema.VPC_CELLS)
            for cell, items in cells.items():
                notes[f"vpc/{index}/{cell}"] = self.items(f"{where}.notes.{cell}", items, cell)
        return pairs

    def roadmap(self, value: object, notes: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
        given = self.mapping("roadmap", value, (*schema.ROADMAP_FIELDS, "steps"))
        for row, cells in self.mapping("roadmap.steps", given.get("steps", {}), schema.ROADMAP_ROWS).items():
            where = f"roadmap.steps.{row}"
            for cell, items in self.mapping(where, cells, schema.ROADMAP_CELLS).items():
                notes[f"roadmap/{row}/{cell}"] = self.items(f"{where}.{cell}", items, cell)
        header = {key: self.text(f"roadmap.{key}", given[key], schema.MAX_HEADER) or "" for key in schema.ROADMAP_HEADER if key in given}
        if "order" in given and (problem := schema.flat_problem("roadmap", "order", given["order"])):
            self.problem("roadmap.order", problem.removeprefix("roadmap.order "))
        return header | ({"order": str(given["order"])} if given.get("order") is not None else {})

    def objects(self, where: str, value: object, known: set[str]) -> list[dict[str, Any]]:
        found = []
        for index, item in enumerate(self.listed(where, value)):
            if isinstance(item, Mapping):
                self.unknown_keys(f"{where}[{index}]", item, known)
                found.append(dict(item))
            else:
                self.problem(f"{where}[{index}]", f"must be an object, this is {_kind(item)}")
        return found

    def references(self, parsed: CaseFile) -> None:
        for place, items in parsed.notes.items():
            for index, item in enumerate(items):
                where = f"notes.{place}[{index}]"
                self.partner_reference(f"{where}.partner", item.get("partner"))
                if item.get("for") != "all":
                    self.any_reference(f"{where}.for", item.get("for"))
                if "also" in item:
                    self.second_places(f"{where}.also", item["also"], len(parsed.pairs))
        for index, pair in enumerate(parsed.pairs):
            for key in ("audience", "value"):
                self.note_reference(f"pairs[{index}].{key}", pair.get(key))
        for index, link in enumerate(parsed.links):
            self.link(f"links[{index}]", link)
        for index, comment in enumerate(parsed.comments):
            self.comment(f"comments[{index}]", comment)

    def second_places(self, where: str, value: object, pairs: int) -> None:
        if not isinstance(value, Mapping):
            self.problem(where, f"must be an object of places, this is {_kind(value)}")
            return
        if len(value) > schema.MAX_ALSO:
            self.problem(where, f"has {len(value)} places, limit is {schema.MAX_ALSO}")
        for place, key in value.items():
            rule = schema.field_rule("notes", f"{schema.ALSO}{place}")
            is_of_pair = place.startswith("vpc/")
            if rule is None or key is None or (is_of_pair and place.split("/")[1] not in map(str, range(pairs))):
                self.problem(where, f"{place[:40]!r} is not a place of this case")
            elif not rule.check(key):
                self.problem(f"{where}.{place}", f"must be {rule.words}")

    def link(self, where: str, link: dict[str, Any]) -> None:
        for key in ("from", "to"):
            if link.get(key) is None:
                self.problem(f"{where}.{key}", "is missing")
            if statement_of(link.get(key)) is None:
                self.any_reference(f"{where}.{key}", link.get(key))
        self.text(f"{where}.kind", link.get("kind"), schema.MAX_NAME, optional=True)

    def comment(self, where: str, comment: dict[str, Any]) -> None:
        self.note_reference(f"{where}.note", comment.get("note"))
        self.text(f"{where}.text", comment.get("text"), schema.MAX_COMMENT)
        for key in ("created", "resolved"):
            if key in comment and (problem := schema.field_problem(key, schema.ENTRY_FIELDS["comments"][key], comment[key])):
                self.problem(f"{where}.{key}", problem.removeprefix(f"{key} "))

    def any_reference(self, where: str, value: object) -> None:
        if isinstance(value, Mapping) and "note" in value:
            self.note_reference(where, value["note"])
        else:
            self.partner_reference(where, value)

    def partner_reference(self, where: str, value: object) -> None:
        if value is None:
            return
        if isinstance(value, Mapping):
            self.note_reference(where, value.get("id"))
        else:
            self.name(where, value)

    def note_reference(self, where: str, value: object) -> None:
        if not isinstance(value, str) or value not in self.ids:
            self.problem(where, f"refers to {str(value)[:40]!r}, which is the id of nothing in this file")

    def counts(self, parsed: CaseFile) -> None:
        found = {
            "notes": parsed.note_count(),
            "partners": len(partner_names(parsed)),
            "pairs": len(parsed.pairs),
            "links": len(parsed.links),
            "comments": len(parsed.comments),
        }
        for root, count in found.items():
            if count > schema.MAX_ENTRIES[root]:
                self.problem(root, f"{count:,} {root}, limit is {schema.MAX_ENTRIES[root]:,}")


def statement_of(reference: object) -> str | None:
    """Return the shared sentence that an end of a link names (`{"statement": "ambition"}`), or None when it names something else."""
    name = reference.get("statement") if isinstance(reference, Mapping) and len(reference) == 1 else None
    return name if isinstance(name, str) and name in schema.STATEMENTS else None


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), "a number")


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def partner_names(parsed: CaseFile) -> list[str]:
    """Return the names of all partners: those listed, in order, then those only named by notes or links."""
    listed = [item["text"] for item in parsed.notes.get("partners", []) if isinstance(item.get("text"), str)]
    named = (reference for reference in references(parsed) if isinstance(reference, str))
    return listed + list(dict.fromkeys(name for name in named if name not in listed))


def references(parsed: CaseFile) -> Iterator[object]:
    """Yield everything that may name a partner."""
    for items in parsed.notes.values():
        for item in items:
            yield item.get("partner")
            yield item.get("for") if item.get("for") != "all" else None
    for link in parsed.links:
        yield link.get("from")
        yield link.get("to")
