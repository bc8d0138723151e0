"""The document: opens, merges, differs, and always ends up the same whatever the order."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crdt.case import EMPTY_UPDATE, CaseDocument, amend, build, merge
from crdt.errors import DocumentFault
from tests.support import Replica

PLACES = ["value", "returns", "contributions"]


def test_an_empty_case_has_all_parts() -> None:
    """A case nobody has touched is readable: every part is there and empty."""
    view = CaseDocument().view()

    assert view["statements"] == {"impact": "", "ambition": ""}
    assert [view[part] for part in ("notes", "partners", "pairs", "links", "comments", "roadmap", "meta", "sdgs")] == [{}] * 8
    assert CaseDocument().keyframe() == EMPTY_UPDATE


def test_keyframe_and_tail_give_the_whole() -> None:
    """Opening from a keyframe and the updates after it equals replaying everything."""
    replica = Replica()
    updates = [replica.add_note("n1"), replica.type("n1", 0, "een "), replica.type("n1", 0, "nog ")]
    keyframe = CaseDocument.open(updates[:2]).keyframe()

    assert CaseDocument.open([keyframe, updates[2]]).view() == CaseDocument.open(updates).view() == replica.document.view()


def test_applying_twice_changes_nothing() -> None:
    """A resent update is harmless."""
    replica = Replica()
    update = replica.add_note("n1", "één keer")
    document = CaseDocument.open([update, update])

    assert document.view()["notes"]["n1"]["text"] == "één keer"


def test_difference_brings_exactly_what_is_missing() -> None:
    """A client that has a part receives the rest, and only that."""
    replica = Replica()
    first, second = replica.add_note("n1"), replica.add_note("n2")
    behind = CaseDocument.open([first])

    behind.apply(replica.document.difference(behind.vector()))

    assert behind.view() == CaseDocument.open([first, second]).view()


def test_bytes_the_library_cannot_read_are_a_fault() -> None:
    """An error of the library surfaces as one of ours."""
    with pytest.raises(DocumentFault):
        CaseDocument().apply(b"\x01\x01\x05")


def test_build_makes_an_update_that_depends_on_nothing() -> None:
    """Entries made apart merge with whatever is there."""
    made = build(9, {"partners": {"p1": {"name": "Gemeente Duinzicht", "helix": "government"}}, "statement.impact": {"": "Samen"}})
    document = CaseDocument.open([Replica().add_note("n1"), made])

    assert document.view()["partners"] == {"p1": {"name": "Gemeente Duinzicht", "helix": "government"}}
    assert document.view()["statements"]["impact"] == "Samen"


def test_amend_leaves_the_document_alone() -> None:
    """A change made on behalf of someone is an update like any other; the document hears of it through the log."""
    document = CaseDocument.open([build(9, {"partners": {"p1": {"name": "A", "helix": "other"}}})])
    update = amend(document, 10, "partners", "p1", {"order": "a0"})

    assert "order" not in document.view()["partners"]["p1"]
    document.apply(update)
    assert document.view()["partners"]["p1"]["order"] == "a0"


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_replicas_converge_whatever_the_order(seed: int) -> None:
    """Three people add, type, move and delete at once; each hears of it in another order; all end with the same content.

    Only causal orders are tried: a server that keeps nothing pending (S6) lets no other order come about.
    """
    rng = random.Random(seed)
    start = Replica().add_note("shared", "begin")
    replicas = [Replica(start) for _ in range(3)]
    made = [[act(rng, replica) for _ in range(6)] for replica in replicas]
    for replica in replicas:
        for update in interleaved(rng, made):
            replica.document.apply(update)

    views = [replica.document.view() for replica in replicas]
    assert views[0] == views[1] == views[2]
    assert CaseDocument.open([start, merge(itertools.chain(*made))]).view() == views[0]


def interleaved(rng: random.Random, made: list[list[bytes]]) -> list[bytes]:
    """Return all updates in a random order that keeps the order of each maker."""
    left = [list(updates) for updates in made]
    order = []
    while any(left):
        order.append(rng.choice([updates for updates in left if updates]).pop(0))
    return order


def act(rng: random.Random, replica: Replica) -> bytes:
    """Let someone do something to the notes there are."""
    notes = replica.document.view()["notes"]
    note = rng.choice(sorted(notes)) if notes else None
    if note is None or rng.random() < 0.3:
        return replica.add_note(f"n{rng.getrandbits(40)}", rng.choice(["", "zoë", "€ 5", "😀"]), rng.choice(PLACES))
    if rng.random() < 0.2:
        return replica.change(lambda document: document.maps["notes"].pop(note))
    if rng.random() < 0.4:
        return replica.change(lambda document: document.maps["notes"][note].update({"place": rng.choice(PLACES)}))
    return replica.type(note, 0, rng.choice(["a", "ë", "woord "]))
