"""The case file `purpose-case/1`: reading it with every problem named, and writing a case as one.

Reading checks everything before anything is used, so an import is whole or not at all. Writing an import again gives an equal
file: text stays a string where it has no other field, and ids appear only where something refers to them.

    load(bytes) ──► parse(object) ──► CaseFile ──► entries(...) ──► crdt.case.build(...) ──► one update for the log
    CaseView ──► write(view) ──► object

A partner that a note names but the list of partners lacks becomes an entry without `order`: known by name, not at the table.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crdt import order, schema
from crdt.case import CaseView, Entry
from crdt.errors import CaseFileError, Problem

FORMAT: Final = "purpose-case/1"
MAX_FILE_BYTES: Final = 1_048_576
MAX_PROBLEMS: Final = 50

_TOP: Final = {"format", "language", "title", "sector", "statements", "notes", "sdgs", "pairs", "links", "comments", "roadmap"}
_NOTE_FIELDS: Final = ("form", "amount", "kind")
_PARTNER_KEYS: Final = {"text", "id", "helix", "left"}
_NOTE_KEYS: Final = {"text", "id", "partner", "for", *_NOTE_FIELDS}


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
        self.text(f"{where}.text", value.get("text"), schema.MAX_NAME if is_partner else schema.MAX_NOTE)
        self.fields(where, value, "partners" if is_partner else "notes")
        self.new_id(where, value)
        return dict(value)

    def fields(self, where: str, value: Mapping[str, Any], root: str) -> None:
        rules = schema.ENTRY_FIELDS[root]
        for key in ("helix", "left") if root == "partners" else _NOTE_FIELDS:
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
        given = self.mapping("roadmap", value, (*schema.ROADMAP_HEADER, "steps"))
        for row, cells in self.mapping("roadmap.steps", given.get("steps", {}), schema.ROADMAP_ROWS).items():
            where = f"roadmap.steps.{row}"
            for cell, items in self.mapping(where, cells, schema.ROADMAP_CELLS).items():
                notes[f"roadmap/{row}/{cell}"] = self.items(f"{where}.{cell}", items, cell)
        return {
            key: self.text(f"roadmap.{key}", given[key], schema.MAX_HEADER) or "" for key in schema.ROADMAP_HEADER if key in given
        }

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
        for index, pair in enumerate(parsed.pairs):
            for key in ("audience", "value"):
                self.note_reference(f"pairs[{index}].{key}", pair.get(key))
        for index, link in enumerate(parsed.links):
            self.link(f"links[{index}]", link)
        for index, comment in enumerate(parsed.comments):
            self.comment(f"comments[{index}]", comment)

    def link(self, where: str, link: dict[str, Any]) -> None:
        for key in ("from", "to"):
            if link.get(key) is None:
                self.problem(f"{where}.{key}", "is missing")
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
            self.text(where, value, schema.MAX_NAME)

    def note_reference(self, where: str, value: object) -> None:
        if not isinstance(value, str) or value not in self.ids:
            self.problem(where, f"refers to {str(value)[:40]!r}, which is the id of nothing in this file")

    def counts(self, parsed: CaseFile) -> None:
        found = {
            "notes": parsed.note_count(),
            "partners": len(_partner_names(parsed)),
            "pairs": len(parsed.pairs),
            "links": len(parsed.links),
            "comments": len(parsed.comments),
        }
        for root, count in found.items():
            if count > schema.MAX_ENTRIES[root]:
                self.problem(root, f"{count:,} {root}, limit is {schema.MAX_ENTRIES[root]:,}")


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


def _partner_names(parsed: CaseFile) -> list[str]:
    listed = [item["text"] for item in parsed.notes.get("partners", []) if isinstance(item.get("text"), str)]
    named = (reference for reference in _references(parsed) if isinstance(reference, str))
    return listed + list(dict.fromkeys(name for name in named if name not in listed))


def _references(parsed: CaseFile) -> Iterator[object]:
    """Yield everything that may name a partner."""
    for items in parsed.notes.values():
        for item in items:
            yield item.get("partner")
            yield item.get("for") if item.get("for") != "all" else None
    for link in parsed.links:
        yield link.get("from")
        yield link.get("to")


# From a file to entries of a document


def entries(parsed: CaseFile, *, new_id: Callable[[], str], now_ms: int, author: str) -> dict[str, dict[str, Any]]:
    """Return what `crdt.case.build` needs to make this case: root → id → values."""
    return _Builder(parsed, new_id, now_ms, author).entries()


class _Builder:
    def __init__(self, parsed: CaseFile, new_id: Callable[[], str], now_ms: int, author: str) -> None:
        self.parsed, self.new_id, self.now_ms, self.author = parsed, new_id, now_ms, author
        self.by_file_id: dict[str, str] = {}
        self.partner_ids: dict[str, str] = {}

    def entries(self) -> dict[str, dict[str, Any]]:
        partners = self.partners()
        pair_ids = [self.take_id(pair) for pair in self.parsed.pairs]
        notes = {self.take_id(item): (place, item) for place, item in self.placed(pair_ids)}
        orders: dict[str, Iterator[str]] = {}
        return {
            "meta": self.meta(),
            "sdgs": {str(number): True for number in self.parsed.sdgs},
            **{f"statement.{name}": {"": text} for name, text in self.parsed.statements.items() if text},
            "notes": {
                note_id: self.note(place, item, next(orders.setdefault(place, order.sequence())))
                for note_id, (place, item) in notes.items()
            },
            "partners": partners,
            "pairs": dict(zip(pair_ids, self.pairs(), strict=True)),
            "links": {self.new_id(): self.link(link) for link in self.parsed.links},
            "comments": {self.new_id(): self.comment(comment) for comment in self.parsed.comments},
            "roadmap": dict(self.parsed.roadmap),
        }

    def meta(self) -> Entry:
        meta: Entry = {"schema": schema.SCHEMA_VERSION, "title": self.parsed.title, "language": self.parsed.language}
        return meta if self.parsed.sector is None else {**meta, "sector": self.parsed.sector}

    def take_id(self, item: Mapping[str, Any]) -> str:
        new = self.new_id()
        if "id" in item:
            self.by_file_id[item["id"]] = new
        return new

    def partners(self) -> dict[str, dict[str, Any]]:
        made: dict[str, dict[str, Any]] = {}
        listed = self.parsed.notes.get("partners", [])
        for item, key in zip(listed, order.sequence(), strict=False):
            partner_id = self.take_id(item)
            self.partner_ids.setdefault(item["text"], partner_id)
            left = {"left": item["left"]} if item.get("left") is not None else {}
            made[partner_id] = {"name": item["text"], "helix": item.get("helix", "other"), "order": key, **left}
        for name in _partner_names(self.parsed)[len(listed) :]:
            self.partner_ids[name] = self.new_id()
            made[self.partner_ids[name]] = {"name": name, "helix": "other"}
        return made

    def placed(self, pair_ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for place, items in self.parsed.notes.items():
            if place == "partners":
                continue
            if place.startswith("vpc/"):
                _, index, cell = place.split("/")
                place = f"vpc/{pair_ids[int(index)]}/{cell}"
            yield from ((place, item) for item in items)

    def note(self, place: str, item: Mapping[str, Any], key: str) -> dict[str, Any]:
        fields = {name: item[name] for name in _NOTE_FIELDS if item.get(name) is not None}
        if item.get("for") is not None:
            fields["for"] = "all" if item["for"] == "all" else self.refer(item["for"])
        partner = self.refer(item["partner"]) if item.get("partner") is not None else None
        own = {"place": place, "order": key, "text": item["text"], "author": self.author, "partner": partner, "created": self.now_ms}
        return own | fields

    def refer(self, reference: Any) -> str:
        if isinstance(reference, str):
            return self.partner_ids[reference]
        return self.by_file_id[reference.get("note") or reference["id"]]

    def pairs(self) -> Iterator[dict[str, Any]]:
        for pair, key in zip(self.parsed.pairs, order.sequence(), strict=False):
            yield {"audience": self.by_file_id[pair["audience"]], "value": self.by_file_id[pair["value"]], "order": key}

    def link(self, link: Mapping[str, Any]) -> dict[str, Any]:
        kind = {"kind": link["kind"]} if link.get("kind") is not None else {}
        return {"from": self.refer(link["from"]), "to": self.refer(link["to"]), **kind}

    def comment(self, comment: Mapping[str, Any]) -> dict[str, Any]:
        resolved = {"resolved": comment["resolved"]} if "resolved" in comment else {}
        created = comment.get("created", self.now_ms)
        return {"note": self.by_file_id[comment["note"]], "author": self.author, "text": comment["text"], "created": created, **resolved}


# From a document to a file


def write(view: CaseView) -> dict[str, Any]:
    """Return a case as a case file. Parsing and importing the result gives an equal case."""
    return _Writer(view).case_file()


class _Writer:
    def __init__(self, view: CaseView) -> None:
        self.view = view
        names = Counter(str(partner["name"]) for partner in view["partners"].values())
        self.unique_names = {name for name, times in names.items() if times == 1}
        self.listed = self.sort(key for key, partner in view["partners"].items() if partner.get("order") is not None)
        self.file_ids: dict[str, str] = {}

    def case_file(self) -> dict[str, Any]:
        meta = self.view["meta"]
        pair_ids = [key for key in self.sort(self.view["pairs"], "pairs") if self.is_whole(self.view["pairs"][key])]
        rest = {
            "pairs": [self.pair(key) for key in pair_ids],
            "links": [link for key in sorted(self.view["links"]) if (link := self.link(self.view["links"][key]))],
            "comments": [self.comment(comment) for comment in self.comments()],
        }
        notes = {piece: items for piece in schema.PIECES if (items := self.items(piece))}
        for key, written in zip(pair_ids, rest["pairs"], strict=True):
            written["notes"] = {cell: items for cell in schema.VPC_CELLS if (items := self.items(f"vpc/{key}/{cell}"))}
        written_file = {
            "format": FORMAT,
            "language": meta.get("language", "nl"),
            "title": meta.get("title", ""),
            "sector": meta.get("sector"),
            "sdgs": sorted(int(number) for number in self.view["sdgs"]),
            "statements": {name: text for name, text in self.view["statements"].items() if text},
            "notes": notes,
            **rest,
            "roadmap": self.roadmap(),
        }
        self.reveal_ids(written_file)
        return {key: value for key, value in written_file.items() if value not in (None, [], {}) or key in ("title", "notes", "statements")}

    def sort(self, keys: Iterable[str], root: str = "partners") -> list[str]:
        entries: dict[str, Entry] = self.view[root]  # type: ignore[literal-required]
        return sorted(keys, key=lambda key: (str(entries[key].get("order") or ""), key))

    def reference_id(self, key: str) -> str:
        """Return the id by which the file refers to a note or partner, and remember to write it there."""
        return self.file_ids.setdefault(key, key)

    def reveal_ids(self, written: Any) -> None:
        """Keep the ids that something refers to, drop the others."""
        if isinstance(written, dict):
            key = written.pop("_id", None)
            if key in self.file_ids:
                written["id"] = self.file_ids[key]
        for inner in written.values() if isinstance(written, dict) else written if isinstance(written, list) else ():
            self.reveal_ids(inner)
        self.flatten(written)

    def flatten(self, written: Any) -> None:
        if isinstance(written, dict):
            for key, value in written.items():
                if isinstance(value, list):
                    written[key] = [item["text"] if isinstance(item, dict) and set(item) == {"text"} else item for item in value]

    def items(self, place: str) -> list[dict[str, Any]]:
        if place == "partners":
            return [self.partner(key) for key in self.listed]
        here = (key for key, note in self.view["notes"].items() if note.get("place") == place)
        return [self.note(key) for key in self.sort(here, "notes")]

    def partner(self, key: str) -> dict[str, Any]:
        partner = self.view["partners"][key]
        left = {"left": partner["left"]} if partner.get("left") is not None else {}
        return {"_id": key, "text": partner["name"], "helix": partner.get("helix", "other"), **left}

    def note(self, key: str) -> dict[str, Any]:
        note = self.view["notes"][key]
        fields = {name: _tidy(note[name]) for name in _NOTE_FIELDS if note.get(name) is not None}
        partner = self.partner_reference(note.get("partner"))
        target = "all" if note.get("for") == "all" else self.reference(note.get("for"))
        references = {name: value for name, value in (("partner", partner), ("for", target)) if value is not None}
        return {"_id": key, "text": note["text"], **references, **fields}

    def partner_reference(self, key: object) -> Any:
        if not isinstance(key, str) or key not in self.view["partners"]:
            return None
        name = self.view["partners"][key]["name"]
        is_listed = self.view["partners"][key].get("order") is not None
        return name if (name in self.unique_names and name != "all") or not is_listed else {"id": self.reference_id(key)}

    def reference(self, key: object) -> Any:
        if isinstance(key, str) and key in self.view["notes"]:
            return {"note": self.reference_id(key)}
        return self.partner_reference(key)

    def is_whole(self, pair: Entry) -> bool:
        return pair.get("audience") in self.view["notes"] and pair.get("value") in self.view["notes"]

    def pair(self, key: str) -> dict[str, Any]:
        pair = self.view["pairs"][key]
        return {"audience": self.reference_id(str(pair["audience"])), "value": self.reference_id(str(pair["value"]))}

    def link(self, link: Entry) -> dict[str, Any] | None:
        ends = {name: self.reference(link.get(name)) for name in ("from", "to")}
        if None in ends.values():
            return None
        return ends | ({"kind": link["kind"]} if "kind" in link else {})

    def comments(self) -> list[Entry]:
        whole = [comment for comment in self.view["comments"].values() if comment.get("note") in self.view["notes"]]
        return sorted(whole, key=lambda comment: (_number(comment.get("created")), str(comment["text"])))

    def comment(self, comment: Entry) -> dict[str, Any]:
        kept = {name: _tidy(comment[name]) for name in ("created", "resolved") if comment.get(name) is not None}
        return {"note": self.reference_id(str(comment["note"])), "text": comment["text"], **kept}

    def roadmap(self) -> dict[str, Any]:
        steps = {
            row: cells
            for row in schema.ROADMAP_ROWS
            if (cells := {cell: items for cell in schema.ROADMAP_CELLS if (items := self.items(f"roadmap/{row}/{cell}"))})
        }
        header = {key: value for key, value in self.view["roadmap"].items() if value is not None}
        return header | ({"steps": steps} if steps else {})


def _tidy(value: Any) -> Any:
    """Write 3.0 as 3: every number of a Yjs client is a float."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) else 0
