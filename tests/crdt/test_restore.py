"""Bringing back a note, a piece, a statement or everything, while others go on."""

from __future__ import annotations

import pycrdt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crdt.case import CaseDocument, CaseView
from crdt.restore import Scope, restore, take_back
from tests.support import Replica


@pytest.fixture
def past() -> CaseView:
    """Two notes and a sentence, as they were."""
    return at_first().document.view()


def at_first() -> Replica:
    replica = Replica(client_id=3)
    replica.add_note("n1", "één mooie 😀 dag")
    replica.add_note("n2", "blijft", place="returns")
    replica.change(lambda document: document.texts["statement.impact"].insert(0, "Niemand zit in de kou"))
    return replica


def brought_back(document: CaseDocument, past: CaseView, scope: Scope) -> CaseView:
    update = restore(document, past, scope, client_id=99)
    assert update is not None
    document.apply(update)
    return document.view()


def later() -> Replica:
    """The case some time on: one note rewritten and moved, one gone, one new, another sentence."""
    replica = at_first()

    def work(document: CaseDocument) -> None:
        notes = document.maps["notes"]
        del notes["n2"]
        notes["n1"].update({"place": "audiences"})
        notes["n1"]["text"].insert(0, "echt ")
        notes["n3"] = pycrdt.Map({"place": "returns", "order": "a1", "text": pycrdt.Text("nieuw")})
        document.texts["statement.impact"].insert(0, "Ooit: ")

    replica.change(work)
    return replica


def test_the_whole_case(past: CaseView) -> None:
    """Everything is as it was; letters of any size come through."""
    assert brought_back(later().document, past, Scope("case")) == past


def test_a_note_alone(past: CaseView) -> None:
    """Its words and its place come back, and nothing else is touched."""
    now = later().document
    after = brought_back(now, past, Scope("note", "n1"))

    assert after["notes"]["n1"] == past["notes"]["n1"]
    assert set(after["notes"]) == {"n1", "n3"}
    assert after["statements"]["impact"].startswith("Ooit")


def test_a_deleted_note(past: CaseView) -> None:
    """It comes back under its own id."""
    assert brought_back(later().document, past, Scope("note", "n2"))["notes"]["n2"] == past["notes"]["n2"]


def test_a_piece(past: CaseView) -> None:
    """Notes that left it return, those that came since go; other pieces stay."""
    after = brought_back(later().document, past, Scope("piece", "returns"))

    assert {key: note["place"] for key, note in after["notes"].items()} == {"n1": "audiences", "n2": "returns"}


def test_a_statement(past: CaseView) -> None:
    """Only the sentence."""
    after = brought_back(later().document, past, Scope("statement", "impact"))

    assert after["statements"]["impact"] == "Niemand zit in de kou"
    assert set(after["notes"]) == {"n1", "n3"}


def test_work_of_others_meanwhile_stays(past: CaseView) -> None:
    """What another typed at the same time is in the text afterwards, on both sides."""
    now = later()
    other = Replica(now.document.keyframe())
    theirs = other.type("n1", 0, "ook ")
    mine = restore(now.document, past, Scope("case"), client_id=99)
    assert mine is not None
    now.document.apply(mine)
    now.document.apply(theirs)
    other.document.apply(mine)

    assert now.document.view() == other.document.view()
    assert "ook" in str(now.document.view()["notes"]["n1"]["text"])


def taken_back(now: Replica, before: CaseView, after: CaseView) -> CaseView:
    update = take_back(now.document, before, after, client_id=77)
    if update is not None:
        now.document.apply(update)
    return now.document.view()


def test_what_was_brought_back_is_undone(past: CaseView) -> None:
    """Everything is as it was before."""
    now = later()
    before = now.document.view()
    after = brought_back(now.document, past, Scope("case"))

    assert before != after
    assert taken_back(now, before, after) == before


def test_undoing_leaves_what_others_did_since(past: CaseView) -> None:
    """Of a note someone moved on since, only what they left alone goes back; one they wrote in stays; a new one stays."""
    now = later()
    before = now.document.view()
    after = brought_back(now.document, past, Scope("case"))
    now.change(lambda document: document.maps["notes"]["n2"]["text"].insert(0, "toch "))
    now.change(lambda document: document.maps["notes"]["n1"].update({"place": "intentions"}))
    now.add_note("n4", "intussen")

    undone = taken_back(now, before, after)

    assert undone["notes"]["n1"]["place"] == "intentions"
    assert undone["notes"]["n1"]["text"] == before["notes"]["n1"]["text"]
    assert str(undone["notes"]["n2"]["text"]).startswith("toch ")
    assert set(undone["notes"]) == {"n1", "n2", "n3", "n4"}
    assert undone["statements"] == before["statements"]


def test_nothing_of_it_is_left(past: CaseView) -> None:
    """When all of it was changed since, undoing changes nothing."""
    now = later()
    before = now.document.view()
    after = brought_back(now.document, past, Scope("note", "n2"))
    now.change(lambda document: document.maps["notes"].pop("n2"))

    assert take_back(now.document, before, after, client_id=77) is None


def test_nothing_to_bring_back(past: CaseView) -> None:
    """A case that is so already needs no change."""
    assert restore(at_first().document, past, Scope("case"), client_id=99) is None


@given(st.text(alphabet="abcé😀€ ", max_size=40), st.text(alphabet="abcé😀€ ", max_size=40))
def test_any_text_becomes_any_other(before: str, after: str) -> None:
    """Whatever the letters."""
    replica, wanted = Replica(client_id=3), Replica(client_id=4)
    replica.add_note("n", before)
    wanted.add_note("n", after)
    past = wanted.document.view()
    update = restore(replica.document, past, Scope("note", "n"), client_id=99)
    if update is not None:
        replica.document.apply(update)

    assert replica.document.view() == past
