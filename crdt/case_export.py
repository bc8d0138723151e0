"""From a document to a case file. Reading the result gives an equal case.

Text stays a string where it has no other field, and ids appear only where something refers to them, so that importing a
file and exporting it again gives an equal file. What points to nothing (a pair without its notes) is left out; the notes in such a pair are
written at the piece they are nearest to, so that no words are lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from crdt import schema
from crdt.case import CaseView, Entry
from crdt.casefile import FORMAT, NOTE_FIELDS, PARTNER_FIELDS


def write(view: CaseView) -> dict[str, Any]:
    """Return a case as a case file. Parsing and importing the result gives an equal case."""
    return _Writer(view).case_file()


_OFFER_CELLS: Final = ("products", "relievers", "creators")


class _Writer:
    def __init__(self, view: CaseView) -> None:
        self.view = view
        names = Counter(str(partner["name"]) for partner in view["partners"].values())
        self.unique_names = {name for name, times in names.items() if times == 1}
        self.listed = self.sort(key for key, partner in view["partners"].items() if partner.get("order") is not None)
        self.file_ids: dict[str, str] = {}
        self.pair_ids = [key for key in self.sort(self.view["pairs"], "pairs") if self.is_whole(self.view["pairs"][key])]

    def case_file(self) -> dict[str, Any]:
        meta = self.view["meta"]
        rest = {
            "pairs": [self.pair(key) for key in self.pair_ids],
            "links": [link for key in sorted(self.view["links"]) if (link := self.link(self.view["links"][key]))],
            "comments": [self.comment(comment) for comment in self.comments()],
        }
        notes = {piece: items for piece in schema.PIECES if (items := self.items(piece))}
        for key, written in zip(self.pair_ids, rest["pairs"], strict=True):
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
        here = (key for key, note in self.view["notes"].items() if self.home(str(note.get("place"))) == place)
        return [self.note(key) for key in self.sort(here, "notes")]

    def home(self, place: str) -> str:
        """Return where a note is written: what lies in a pair that is gone goes to the side of the puzzle it belongs to."""
        match place.split("/"):
            case ["vpc", pair, cell] if pair not in self.pair_ids:
                return "value" if cell in _OFFER_CELLS else "audiences"
            case _:
                return place

    def partner(self, key: str) -> dict[str, Any]:
        partner = self.view["partners"][key]
        fields = {name: _tidy(partner[name]) for name in PARTNER_FIELDS if partner.get(name) is not None}
        return {"_id": key, "text": partner["name"], "helix": partner.get("helix", "other"), **fields}

    def note(self, key: str) -> dict[str, Any]:
        note = self.view["notes"][key]
        fields = {name: _tidy(note[name]) for name in NOTE_FIELDS if note.get(name) is not None}
        partner = self.partner_reference(note.get("partner"))
        target = "all" if note.get("for") == "all" else self.reference(note.get("for"))
        references = {name: value for name, value in (("partner", partner), ("for", target)) if value is not None}
        also = self.second_places(note)
        return {"_id": key, "text": note["text"], **references, **fields, **({"also": also} if also else {})}

    def second_places(self, note: Entry) -> dict[str, str]:
        """Return where else a note is shown, with pairs by their number in the file."""
        written = {}
        for name, key in note.items():
            if not name.startswith(schema.ALSO) or key is None:
                continue
            match name.removeprefix(schema.ALSO).split("/"):
                case ["vpc", pair, cell] if pair in self.pair_ids:
                    written[f"vpc/{self.pair_ids.index(pair)}/{cell}"] = str(key)
                case ["vpc", *_]:
                    pass
                case parts:
                    written["/".join(parts)] = str(key)
        return dict(sorted(written.items()))

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
        ends = {name: self.end(link.get(name)) for name in ("from", "to")}
        if None in ends.values():
            return None
        return ends | ({"kind": link["kind"]} if "kind" in link else {})

    def end(self, key: object) -> Any:
        return {"statement": key} if key in schema.STATEMENTS else self.reference(key)

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
