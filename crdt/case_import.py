"""From a case file to the entries of a new document, which `crdt.case.build` makes into one update for the log.

A partner that a note names but the list of partners lacks becomes an entry without `order`: known by name, not at the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crdt import order, schema
from crdt.case import Entry
from crdt.casefile import NOTE_FIELDS, PARTNER_FIELDS, CaseFile, partner_names, statement_of


def entries(
    parsed: CaseFile, *, new_id: Callable[[], str], now_ms: int, author: str, partner_ids: Mapping[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """Return what `crdt.case.build` needs to make this case: root → id → values. Partners in `partner_ids` (by name) keep their id."""
    return _Builder(parsed, new_id, now_ms, author, partner_ids or {}).entries()


class _Builder:
    def __init__(self, parsed: CaseFile, new_id: Callable[[], str], now_ms: int, author: str, known_partners: Mapping[str, str]) -> None:
        self.parsed, self.new_id, self.now_ms, self.author = parsed, new_id, now_ms, author
        self.known_partners = dict(known_partners)
        self.by_file_id: dict[str, str] = {}
        self.partner_ids: dict[str, str] = {}
        self.pair_ids: list[str] = []

    def entries(self) -> dict[str, dict[str, Any]]:
        partners = self.partners()
        pair_ids = [self.take_id(pair) for pair in self.parsed.pairs]
        notes = {self.take_id(item): (place, item) for place, item in self.placed(pair_ids)}
        self.pair_ids = pair_ids
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

    def take_id(self, item: Mapping[str, Any], known: str = "") -> str:
        new = known or self.new_id()
        if "id" in item:
            self.by_file_id[item["id"]] = new
        return new

    def partners(self) -> dict[str, dict[str, Any]]:
        made: dict[str, dict[str, Any]] = {}
        listed = self.parsed.notes.get("partners", [])
        for item, key in zip(listed, order.sequence(), strict=False):
            partner_id = self.take_id(item, self.known_partners.pop(item["text"], ""))
            self.partner_ids.setdefault(item["text"], partner_id)
            fields = {name: item[name] for name in PARTNER_FIELDS if item.get(name) is not None}
            made[partner_id] = {"name": item["text"], "helix": item.get("helix", "other"), "order": key, **fields}
        for name in partner_names(self.parsed)[len(listed) :]:
            self.partner_ids[name] = self.known_partners.pop(name, "") or self.new_id()
            made[self.partner_ids[name]] = {"name": name, "helix": "other"}
        return made

    def placed(self, pair_ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for place, items in self.parsed.notes.items():
            if place == "partners":
                continue
            real_place = self.real_place(place, pair_ids)
            yield from ((real_place, item) for item in items)

    def real_place(self, place: str, pair_ids: list[str]) -> str:
        """Turn the number of a pair in the file into the id it gets in the document."""
        match place.split("/"):
            case ["vpc", index, cell]:
                return f"vpc/{pair_ids[int(index)]}/{cell}"
            case _:
                return place

    def note(self, place: str, item: Mapping[str, Any], key: str) -> dict[str, Any]:
        fields = {name: item[name] for name in NOTE_FIELDS if item.get(name) is not None}
        if item.get("for") is not None:
            fields["for"] = "all" if item["for"] == "all" else self.refer(item["for"])
        partner = self.refer(item["partner"]) if item.get("partner") is not None else None
        own = {"place": place, "order": key, "text": item["text"], "author": self.author, "partner": partner, "created": self.now_ms}
        also = {f"{schema.ALSO}{self.real_place(other, self.pair_ids)}": order for other, order in item.get("also", {}).items()}
        return own | fields | also

    def refer(self, reference: Any) -> str:
        if isinstance(reference, str):
            return self.partner_ids[reference]
        return self.by_file_id[reference.get("note") or reference["id"]]

    def pairs(self) -> Iterator[dict[str, Any]]:
        for pair, key in zip(self.parsed.pairs, order.sequence(), strict=False):
            yield {"audience": self.by_file_id[pair["audience"]], "value": self.by_file_id[pair["value"]], "order": key}

    def link(self, link: Mapping[str, Any]) -> dict[str, Any]:
        kind = {"kind": link["kind"]} if link.get("kind") is not None else {}
        ends = {name: statement_of(link[name]) or self.refer(link[name]) for name in ("from", "to")}
        return ends | kind

    def comment(self, comment: Mapping[str, Any]) -> dict[str, Any]:
        resolved = {"resolved": comment["resolved"]} if "resolved" in comment else {}
        created = comment.get("created", self.now_ms)
        return {"note": self.by_file_id[comment["note"]], "author": self.author, "text": comment["text"], "created": created, **resolved}
