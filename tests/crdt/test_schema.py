"""Places and ids."""

from __future__ import annotations

import pytest

from crdt import schema


@pytest.mark.parametrize("place", [*schema.NOTE_PIECES, "vpc/abc/pains", "roadmap/1/step", "roadmap/6/returns"])
def test_places(place: str) -> None:
    """A note can lie in ten pieces and in the cells of the two other canvases."""
    assert schema.is_place(place)


@pytest.mark.parametrize(
    "place", ["", "partners", "Value", "vpc/abc", "vpc//pains", "roadmap/0/step", "roadmap/1/jobs", "vpc/a/b/c", 3, None]
)
def test_what_is_no_place(place: object) -> None:
    """Partners holds organisations, not notes; other strings are no places."""
    assert not schema.is_place(place)


def test_eleven_pieces() -> None:
    """The puzzle has eleven pieces."""
    assert len(set(schema.PIECES)) == 11


@pytest.mark.parametrize(("value", "valid"), [("abc-_9", True), ("", False), ("a b", False), ("é", False), ("x" * 65, False), (5, False)])
def test_ids_are_url_safe(value: object, valid: bool) -> None:
    """An id can stand in an address."""
    assert schema.is_id(value) is valid


@pytest.mark.parametrize(
    ("root", "entry", "problem"),
    [
        ("notes", {"also:roadmap/2/returns": "a0"}, None),
        ("notes", {"also:roadmap/2/returns": None}, None),
        ("notes", {"also:roadmap/7/returns": "a0"}, "notes.also:roadmap/7/returns is not a field of a case"),
        ("notes", {"also:value": 3}, "notes.also:value must be a fractional index, or nothing"),
        (
            "notes",
            {f"also:vpc/p{number}/jobs": "a0" for number in range(13)},
            "a note is shown at 12 other places, which is the most it can be",
        ),
        ("notes", {"due": "2026-02-28", "sdg": 17}, None),
        ("notes", {"due": "2026-02-30"}, "notes.due must be a day such as 2026-11-25, or nothing"),
        ("notes", {"sdg": 18}, "notes.sdg must be a whole number from 1 to 17, or nothing"),
        ("notes", {"sdg": 2.5}, "notes.sdg must be a whole number from 1 to 17, or nothing"),
        ("partners", {"colour": 8.0, "mark": "OD", "contact": "projectleider"}, None),
        ("partners", {"mark": "\u202eD"}, "partners.mark must be text of at most 2 characters, all of which can be seen, or nothing"),
        ("partners", {"colour": 9}, "partners.colour must be a whole number from 1 to 8, or nothing"),
    ],
)
def test_fields_of_entries(root: str, entry: dict[str, object], problem: str | None) -> None:
    required = {"notes": {"place": "value", "text": "x"}, "partners": {"name": "Oosterduin"}}[root]

    assert schema.entry_problem(root, "e1", {**required, **entry}) == problem


@pytest.mark.parametrize(("rows", "good"), [("2 1 3 4 5 6", True), (None, True), ("1 1 3 4 5 6", False), ("1 2 3", False), (6, False)])
def test_the_order_of_the_rows_names_each_once(rows: object, good: bool) -> None:
    assert (schema.flat_problem("roadmap", "order", rows) is None) == good


def test_what_a_value_refers_to() -> None:
    assert schema.reference_of("notes", "also:vpc/p1/pains", "a0") == (("pairs",), "p1")
    assert schema.reference_of("notes", "also:roadmap/1/step", "a0") is None
    assert schema.reference_of("links", "to", "ambition") is None
    assert schema.reference_of("links", "to", "n1") == (("notes", "partners"), "n1")
