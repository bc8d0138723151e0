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
