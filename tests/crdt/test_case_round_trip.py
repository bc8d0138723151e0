"""Import and export: nothing is lost on the way, for made-up cases and for the real ones."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crdt import case_export, case_import, casefile, schema
from crdt.case import CaseDocument, build
from crdt.effect import Effect
from crdt.gate import Gate, Sender
from crdt.names import UNSEEN, hides_something
from crdt.walker import walk_update
from tests.support import NO_REAL_CASES, PROJECT, REAL_CASES

EXAMPLES = sorted(path for path in (PROJECT / "server" / "examples").rglob("*.json") if path.parent.name != "summaries")


def imported(file: object) -> bytes:
    """Return the update that importing a file makes."""
    ids = (f"id{number}" for number in itertools.count())
    entries = case_import.entries(casefile.parse(file), new_id=lambda: next(ids), now_ms=1_763_900_000_000, author="ann")
    return build(3, entries)


def exported(update: bytes) -> dict[str, Any]:
    return case_export.write(CaseDocument.open([update]).view())


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
seen = st.characters(exclude_categories=sorted(UNSEEN))  # type: ignore[arg-type]
name = st.text(seen, min_size=1, max_size=12).filter(lambda words: not hides_something(words))
amount = st.integers(0, 10**9) | st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 2))
helix = st.sampled_from(schema.HELIX)


@st.composite
def case_files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a case file with everything in it."""
    dress = {
        "left": st.integers(1, 2**40),
        "colour": st.integers(1, 8),
        "mark": st.text("ABç", max_size=2),
        "contact": st.text(seen, max_size=20).filter(lambda words: not hides_something(words)),
    }
    partners = draw(st.lists(st.fixed_dictionaries({"text": name, "helix": helix}, optional=dress), max_size=4))
    names = draw(st.lists(name, max_size=2)) + [partner["text"] for partner in partners]
    counter = itertools.count()

    def note() -> st.SearchStrategy[Any]:
        fields: dict[str, st.SearchStrategy[Any]] = {
            "form": st.sampled_from(schema.FORMS),
            "amount": amount,
            "kind": st.sampled_from(schema.RETURN_KINDS),
            "due": st.dates().map(str),
            "sdg": st.integers(1, 17),
            "also": st.dictionaries(st.sampled_from(["value", "roadmap/1/returns", "roadmap/6/step"]), st.sampled_from(["a0", "a1V"])),
        }
        if names:
            fields |= {"partner": st.sampled_from(names), "for": st.sampled_from([*names, "all"])}
        return st.fixed_dictionaries({"text": text}, optional=fields)

    notes: dict[str, Any] = {piece: draw(st.lists(note(), max_size=3)) for piece in schema.NOTE_PIECES}
    flat = [item for items in notes.values() for item in items]
    for item in flat:
        item["id"] = f"f{next(counter)}"
    ids = [item["id"] for item in flat]
    file: dict[str, Any] = {
        "format": casefile.FORMAT,
        "language": draw(st.sampled_from(schema.LANGUAGES)),
        "title": draw(text),
        "sector": draw(st.none() | text),
        "sdgs": draw(st.lists(st.integers(1, 17), unique=True)),
        "statements": draw(st.fixed_dictionaries({}, optional={"impact": text, "ambition": text})),
        "notes": notes | {"partners": partners},
        "roadmap": draw(st.fixed_dictionaries({}, optional=dict.fromkeys(schema.ROADMAP_HEADER, text))),
    }
    if draw(st.booleans()):
        file["roadmap"]["order"] = " ".join(draw(st.permutations(schema.ROADMAP_ROWS)))
    file["roadmap"]["steps"] = {"2": {"who": draw(st.lists(note(), max_size=2))}}
    if ids:
        reference = st.sampled_from(ids)
        pair_notes = st.fixed_dictionaries({}, optional={"pains": st.lists(note(), max_size=2)})
        file["pairs"] = draw(st.lists(st.fixed_dictionaries({"audience": reference, "value": reference, "notes": pair_notes}), max_size=2))
        if file["pairs"]:
            flat[0].setdefault("also", {})["vpc/0/gains"] = "a2"
        end = reference.map(lambda key: {"note": key}) | st.sampled_from(schema.STATEMENTS).map(lambda name: {"statement": name})
        file["links"] = draw(st.lists(st.fixed_dictionaries({"from": end, "to": end}, optional={"kind": text}), max_size=2))
        comment = st.fixed_dictionaries(
            {"note": reference, "text": text, "created": st.integers(0, 2**40)}, optional={"resolved": st.booleans()}
        )
        file["comments"] = draw(st.lists(comment, max_size=2))
    return file


def canonical(update: bytes) -> dict[str, Any]:
    """Return a case with its ids replaced by what they stand for, so that two imports can be compared."""
    view = CaseDocument.open([update]).view()
    partners = {key: {**partner, "key": None} for key, partner in view["partners"].items()}
    notes = {key: (*place_without_pair(str(note["place"])), note["order"], note["text"]) for key, note in view["notes"].items()}

    def stand_in(key: Any) -> Any:
        return json.dumps(partners.get(key) or notes.get(key) or key, sort_keys=True)

    def replaced(entry: dict[str, Any], *keys: str) -> str:
        named = {key if "vpc/" not in key else key.split("/")[-1]: value for key, value in entry.items() if key != "place"}
        return json.dumps({key: stand_in(value) if key in keys else value for key, value in named.items()}, sort_keys=True)

    return {
        "meta": view["meta"],
        "sdgs": view["sdgs"],
        "statements": view["statements"],
        "roadmap": view["roadmap"],
        "partners": sorted(json.dumps(partner, sort_keys=True) for partner in partners.values()),
        "notes": sorted((*notes[key], replaced(note, "partner", "for")) for key, note in view["notes"].items()),
        "pairs": sorted(replaced(pair, "audience", "value") for pair in view["pairs"].values()),
        "links": sorted(replaced(link, "from", "to") for link in view["links"].values()),
        "comments": sorted(replaced(comment, "note") for comment in view["comments"].values()),
    }


def place_without_pair(place: str) -> tuple[str, str]:
    """Return a place with the id of its pair left out."""
    parts = place.split("/")
    return parts[0], parts[-1] if parts[0] == "vpc" else place


@settings(max_examples=150)
@given(case_files())
def test_import_of_an_export_gives_an_equal_case(file: dict[str, Any]) -> None:
    """Every field of every part survives export and import."""
    first = imported(file)
    second = imported(exported(first))

    assert canonical(second) == canonical(first)
    assert exported(second) == exported(first) or "id" in json.dumps(exported(first))


@settings(max_examples=50)
@given(case_files())
def test_an_import_passes_the_walker_and_the_gate(file: dict[str, Any]) -> None:
    """What a file can hold, a participant could have written: there is one shape of a case, not two."""
    update = imported(file)
    walked = walk_update(update)

    assert walked.gap({}) is None
    assert isinstance(Gate(CaseDocument()).judge(update, Sender("ann", "partner")), Effect)


def test_partners_named_but_not_listed_are_kept_apart() -> None:
    """A name that only notes use is not put at the table, and comes back in the file as it was."""
    file = {
        "format": casefile.FORMAT,
        "language": "nl",
        "title": "x",
        "statements": {},
        "notes": {"intentions": [{"text": "t", "partner": "Allen"}]},
    }
    update = imported(file)

    assert [partner.get("order") for partner in CaseDocument.open([update]).view()["partners"].values()] == [None]
    assert exported(update) == file


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_back_equal(path: Path) -> None:
    """Our own example cases are whole and exact."""
    file = json.loads(path.read_text("utf-8"))

    assert exported(imported(file)) == file


@pytest.mark.skipif(not REAL_CASES, reason=NO_REAL_CASES)
def test_real_cases_come_back_equal() -> None:
    """Each of the seven real cases equals its export."""
    for path in REAL_CASES:
        file = json.loads(path.read_text("utf-8"))

        assert exported(imported(file)) == file, path.name


def test_notes_of_a_pair_that_is_gone_are_still_in_the_file() -> None:
    """What someone wrote while another took the pair away is written where it is nearest to."""
    lost = {"jobs": {"place": "vpc/gone/jobs", "text": "reizen"}, "products": {"place": "vpc/half/products", "text": "een bus"}}
    half = {"half": {"audience": "nobody", "value": "products", "order": "a0"}}
    update = build(3, {"meta": {"schema": 1, "title": "Proef", "language": "nl"}, "notes": lost, "pairs": half})

    assert exported(update)["notes"] == {"value": ["een bus"], "audiences": ["reizen"]}
