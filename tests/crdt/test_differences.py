"""Differences between two moments: readable per piece, in words, and complete."""

from __future__ import annotations

import copy
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from crdt.case import CaseView
from crdt.differences import Change, apply, differences
from crdt.word_changes import Words


def view(**roots: Any) -> CaseView:
    empty: dict[str, Any] = {
        "meta": {"title": "Warm dorp"},
        "sdgs": {},
        "statements": {"impact": "", "ambition": ""},
        "notes": {},
        "partners": {},
        "pairs": {},
        "links": {},
        "comments": {},
        "roadmap": {},
    }
    return cast(CaseView, copy.deepcopy(empty | roots))


def note(text: str = "een notitie", place: str = "value", **fields: Any) -> dict[str, Any]:
    return {"text": text, "place": place, "order": "a1", "partner": None, **fields}


def kinds(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.kind, change.key, change.piece) for change in changes]


def test_notes_come_go_and_move() -> None:
    """Every change names the piece where to look for it now, or where it was."""
    before = view(notes={"gone": note(place="returns"), "moved": note(), "shifted": note()})
    after = view(notes={"new": note(), "moved": note(place="audiences"), "shifted": note(order="a2")})

    assert kinds(differences(before, after)) == [
        ("removed", "gone", "returns"),
        ("moved", "moved", "audiences"),
        ("added", "new", "value"),
        ("reordered", "shifted", "value"),
    ]


def test_a_note_moved_and_rewritten_gives_two_changes() -> None:
    """What happened to the place and what happened to the words are told apart."""
    changes = differences(view(notes={"n": note("warme huizen")}), view(notes={"n": note("warme scholen", place="returns")}))

    assert kinds(changes) == [("moved", "n", "returns"), ("rewritten", "n", "returns")]
    assert changes[1].words() == (Words("same", "warme "), Words("removed", "huizen"), Words("added", "scholen"))


def test_partners_leave_and_return() -> None:
    """A partner that leaves stays in the case; both are told as what they are."""
    here, away = {"name": "Bakkerij Korst", "helix": "business"}, {"name": "Bakkerij Korst", "helix": "business", "left": 5}

    assert kinds(differences(view(partners={"p": here}), view(partners={"p": away}))) == [("left", "p", "partners")]
    assert kinds(differences(view(partners={"p": away}), view(partners={"p": here}))) == [("returned", "p", "partners")]


def test_statements_title_and_goals() -> None:
    """The shared sentences belong to their pieces, the rest to the whole case."""
    changed = view(statements={"impact": "Niemand zit in de kou", "ambition": ""}, meta={"title": "Warm"}, sdgs={"7": True})

    assert kinds(differences(view(), changed)) == [("rewritten", "", "impact"), ("changed", "title", ""), ("added", "7", "")]


def test_nothing_changed() -> None:
    """Equal views have no differences."""
    assert differences(view(notes={"n": note()}), view(notes={"n": note()})) == []


def test_a_field_that_is_null_is_not_one_that_is_absent() -> None:
    """Both come back as they were."""
    before, after = view(notes={"n": note()}), view(notes={"n": {"text": "een notitie", "place": "value", "order": "a1", "for": None}})

    assert apply(before, differences(before, after)) == after


plain = st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.text(max_size=5))
entries = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.sampled_from(["text", "place", "order", "left", "name", "amount"]), plain, max_size=4),
    max_size=4,
)
flat = st.dictionaries(st.sampled_from(["title", "sector"]), st.text(max_size=5))
texts = st.fixed_dictionaries({"impact": st.text(max_size=20), "ambition": st.text(max_size=20)})
views = st.builds(view, notes=entries, partners=entries, links=entries, meta=flat, statements=texts)


@given(views, views)
def test_applied_to_the_old_case_they_give_the_new_one(before: CaseView, after: CaseView) -> None:
    """Nothing is left out, and the old view is not touched."""
    kept = copy.deepcopy(before)

    assert apply(before, differences(before, after)) == after
    assert before == kept
