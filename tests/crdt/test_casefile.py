"""The case file: every problem is named, and nothing of a bad file is used."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crdt import casefile
from crdt.errors import CaseFileError

GOOD: dict[str, Any] = {"format": "purpose-case/1", "language": "nl", "title": "Proef", "notes": {}}


def problems(**changes: Any) -> list[str]:
    with pytest.raises(CaseFileError) as caught:
        casefile.parse(GOOD | changes)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"format": "purpose-case/2"}, "format: must be 'purpose-case/1'"),
        ({"title": 3}, "title: must be text, this is a number"),
        ({"title": "x" * 201}, "title: has 201 characters, limit is 200"),
        ({"title": "half \ud800"}, "title: holds half of a character"),
        ({"language": "de"}, "language: must be one of nl, en"),
        ({"extra": 1}, "extra: this is not part of the format"),
        ({"notes": {"waarde": []}}, "notes.waarde: this is not part of the format"),
        ({"notes": []}, "notes: must be an object, this is a list"),
        ({"notes": {"value": "x"}}, "notes.value: must be a list, this is text"),
        ({"notes": {"value": [7]}}, "notes.value[0]: must be text or an object, this is a number"),
        ({"notes": {"value": [{}]}}, "notes.value[0].text: must be text, this is nothing"),
        ({"notes": {"value": ["x" * 5_001]}}, "notes.value[0].text: has 5,001 characters, limit is 5,000"),
        ({"notes": {"contributions": [{"text": "x", "form": "gold"}]}}, "notes.contributions[0].form: must be one of cash"),
        ({"notes": {"contributions": [{"text": "x", "amount": "veel"}]}}, "notes.contributions[0].amount: must be a number"),
        ({"notes": {"partners": [{"text": "x", "helix": "space"}]}}, "notes.partners[0].helix: must be one of business"),
        (
            {"notes": {"value": [{"text": "x", "id": "a"}, {"text": "y", "id": "a"}]}},
            "notes.value[1].id: 'a' is already the id of notes.value[0]",
        ),
        ({"sdgs": [18]}, "sdgs[0]: must be a number from 1 to 17"),
        ({"sdgs": [True]}, "sdgs[0]: must be a number from 1 to 17"),
        ({"sdgs": [7, 7]}, "sdgs[1]: SDG 7 stands twice"),
        ({"links": [{"from": {"note": "x"}, "to": "Dorpsraad"}]}, "links[0].from: refers to 'x', which is the id of nothing"),
        ({"pairs": [{"audience": "x", "value": "y"}]}, "pairs[0].audience: refers to 'x'"),
        ({"comments": ["mooi"]}, "comments[0]: must be an object, this is text"),
        (
            {"notes": {"value": [{"text": "x", "also": {"vpc/0/jobs": "a0"}}]}},
            "notes.value[0].also: 'vpc/0/jobs' is not a place of this case",
        ),
        ({"notes": {"value": [{"text": "x", "also": {"returns": "!"}}]}}, "notes.value[0].also.returns: must be a fractional index"),
        ({"notes": {"value": [{"text": "x", "also": ["returns"]}]}}, "notes.value[0].also: must be an object of places, this is a list"),
        ({"notes": {"value": [{"text": "x", "due": "soon"}]}}, "notes.value[0].due: must be a day"),
        ({"roadmap": {"order": "6 5"}}, "roadmap.order: must be the six rows in some order"),
        ({"links": [{"from": {"statement": "title"}, "to": {"statement": "impact"}}]}, "links[0].from: refers to 'None'"),
        ({"roadmap": {"steps": {"7": {}}}}, "roadmap.steps.7: this is not part of the format"),
        ({"statements": {"value": "x"}}, "statements.value: this is not part of the format"),
    ],
)
def test_problems_are_named_with_their_place(changes: dict[str, Any], expected: str) -> None:
    """What is wrong is said in words, with where it is."""
    assert any(problem.startswith(expected) for problem in problems(**changes)), problems(**changes)


def test_all_problems_are_told_at_once() -> None:
    """Nobody has to mend a file one message at a time."""
    assert len(problems(title=1, language="xx", sdgs=[0])) == 3


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"title": "a", "title": "b"}', "stands twice"),
        (b'"' + b"x" * 1_048_577 + b'"', "limit is 1,048,576"),
        (b"[]", "a case file is one object, this is a list"),
        (b'{"format": "purpose-case/1", "title": "x", "notes": {"value": [NaN]}}', "must be text or an object"),
    ],
)
def test_bytes_that_are_no_case_file(data: bytes, expected: str) -> None:
    """Whatever someone picks from their disk gets an answer in words."""
    with pytest.raises(CaseFileError, match=expected):
        casefile.load(data)


def test_too_many_notes() -> None:
    """A case that is too large is refused as a whole."""
    assert "notes: 5,001 notes, limit is 5,000" in problems(notes={"value": ["x"] * 5_001})


def test_a_byte_order_mark_is_no_problem() -> None:
    """Windows editors write one."""
    assert casefile.load(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()).title == "Proef"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "notes", "value", "from", "steps"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["title", "sector", "sdgs", "statements", "notes", "pairs", "links", "comments", "roadmap"]), json_values
    )
)
def test_any_value_is_read_or_refused(changes: dict[str, Any]) -> None:
    """Whatever stands in a file, the answer is a case or a list of problems."""
    try:
        casefile.parse(GOOD | changes)
    except CaseFileError as error:
        assert error.problems
