"""Minutes: readable, per piece, and safe to paste anywhere."""

from __future__ import annotations

from crdt.differences import Change, differences
from crdt.minutes import Attendee, Minutes, items
from server.web.minutes import markdown
from tests.crdt.test_differences import note, view


def minutes(**changes: object) -> Minutes:
    before = view(notes={"n1": note("oud *idee*"), "n2": note("schuift", order="a1")})
    after = view(
        notes={"n1": note("nieuw <b>idee</b>"), "n2": note("schuift", order="a2"), "n3": note("erbij\ngekomen", place="returns")},
        statements={"impact": "Niemand in de kou", "ambition": ""},
    )
    told = [(change, ["Noor"], 3_600_000) for change in differences(before, after)]
    values = {"title": "Warm dorp", "language": "nl", "name": None, "first_at": 0, "last_at": 3_600_000, "people": 1}
    return Minutes(**(values | {"attendees": (Attendee("Noor", "Dorpsraad"),), "pieces": items(told, after, before)} | changes))  # type: ignore[arg-type]


def test_pieces_come_in_the_order_of_the_canvas_without_shuffling() -> None:
    """A new order within a piece is nothing to report."""
    made = minutes()

    assert list(made.pieces) == ["impact", "returns", "value"]
    assert [item.kind for item in made.pieces["value"]] == ["rewritten"]


def test_what_people_wrote_stays_words() -> None:
    """No markup, no line break and no tag of theirs gets through."""
    report = markdown(minutes())

    assert r"- Herschreven: nieuw \<b\>idee\</b\> (was: oud \*idee\*) — Noor, 01:00" in report
    assert "- Erbij: erbij gekomen" in report


def test_times_are_the_readers() -> None:
    """The zone of the reader, and the day once when it is one day."""
    assert "1970-01-01 02:00 – 03:00" in markdown(minutes(), utc_offset_minutes=120)
    assert "1970-01-01 00:00 – 1970-01-02 00:00" in markdown(minutes(last_at=86_400_000))


def test_in_english_and_without_names() -> None:
    """The language of the case; a count in place of names."""
    report = markdown(minutes(language="en", attendees=(), people=9))

    assert "# Minutes: Warm dorp" in report
    assert "9 people" in report


def test_nothing_happened() -> None:
    """An empty stretch says so."""
    assert "Er is niets veranderd." in markdown(minutes(pieces={}))


def test_what_nobody_reads_is_left_out() -> None:
    """The version of the schema and the language are no news; a new title is."""
    before, after = view(meta={}), view(meta={"schema": 1, "language": "nl", "title": "Warm dorp"})
    told: list[tuple[Change, list[str], int | None]] = [(change, [], None) for change in differences(before, after)]

    assert [item.text for item in items(told, after, before)[""]] == ["Warm dorp"]
