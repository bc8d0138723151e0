"""The walker: reads what honest clients send, refuses what they never would."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pycrdt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crdt.case import CaseDocument
from crdt.errors import DocumentFault, MalformedFrame
from crdt.walked import ClockRange
from crdt.walker import walk_state_vector, walk_update
from crdt.wire import var_text, var_uint
from tests.support import PROJECT, Replica

VECTORS: list[dict[str, Any]] = json.loads((PROJECT / "tests" / "vectors" / "updates.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_real_yjs_updates_are_read(vector: dict[str, Any]) -> None:
    """[S4] Every update of a JavaScript Yjs client is accepted, and its clocks are counted as Yjs counts them."""
    known: dict[int, int] = {}
    for update in map(bytes.fromhex, vector["updates"]):
        walked = walk_update(update)
        assert walked.gap(known) is None
        known.update(walked.news(known))

    assert list(known.values()) == [vector["clock"]]
    assert walk_update(bytes.fromhex(vector["whole"])).news({}) == known


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_real_yjs_updates_give_the_same_values(vector: dict[str, Any]) -> None:
    """What Yjs writes is read here as the same values, beyond ASCII too."""
    document = CaseDocument.open([bytes.fromhex(update) for update in vector["updates"]])

    assert document.view()["notes"] == vector["notes"]
    assert document.view()["statements"]["impact"] == vector["texts"]["impact"]


def test_ranges_say_which_clocks_an_update_brings() -> None:
    """[S7] Ownership and gaps follow from the ranges."""
    replica = Replica(client_id=7)
    first = walk_update(replica.add_note("n1", "ab"))
    second = walk_update(replica.type("n1", 2, "cd"))

    assert first.ranges[0].start == 0
    assert second.ranges == (ClockRange(7, first.ranges[0].end, first.ranges[0].end + 2),)
    assert second.gap({7: first.ranges[0].end}) is None
    assert second.gap({}) == 7


def test_a_missing_predecessor_of_another_client_is_a_gap() -> None:
    """[S6] Writing inside a note the server has not seen is noticed before it is applied."""
    author, reader = Replica(client_id=7), Replica(client_id=8)
    reader.document.apply(author.add_note("n1"))
    walked = walk_update(reader.type("n1", 0, "x"))

    assert walked.gap({8: 0}) == 7


def test_an_empty_update_is_empty() -> None:
    """[S3] The empty update is no change."""
    assert walk_update(b"\x00\x00").is_empty()
    assert not walk_update(Replica().add_note("n1")).is_empty()


def item(content: bytes, info: int, *, root: str = "notes", key: str | None = "k") -> bytes:
    """Build an update of one item at a root, as a stranger could."""
    head = var_uint(1) + var_uint(1) + var_uint(5) + var_uint(0)
    parent = b"\x01" + var_text(root) + (var_text(key) if key is not None else b"")
    return head + bytes((info | (0x20 if key is not None else 0),)) + parent + content + b"\x00"


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (b"\xff\xff\xff\xff\x0f\x00\x00", "items announced"),
        (item(var_uint(1) + b"\x75\x01" * 40 + b"\x7e", 8), "nest deeper than 32"),
        (item(var_uint(2**40) + b"\x7e", 8), "items announced"),
        (item(var_text("x"), 4, root="secrets"), "'secrets' is not part of a case"),
        (item(var_text("x"), 4, key=None), "is a map; the update writes it as another type"),
        (item(var_text("x"), 4, root="statement.impact"), "is a text; the update writes it as another type"),
        (item(b"\x03", 7), "shared type 3 is not part of a case"),
        (item(b"", 9), "subdocument is not part of a case"),
        (item(var_text("x"), 5), "embed is not part of a case"),
        (item(var_uint(2**33), 1), "jumps by"),
        (b"\x01\x01\x05\x00\x00\xff\xff\xff\xff\xff\x0f\x00", "jumps by"),
        (b"\x01\x01\x05\x00\x00\x00\x00", "jumps from 0 by 0"),
        (b"\x00\x01\x05\x01\x00\xff\xff\xff\xff\xff\x0f", "deletes client 5 up to"),
        (b"\x00\x00\x00", "left over"),
        (b"", "does not end|cut short"),
    ],
)
def test_hostile_updates_are_refused(update: bytes, words: str) -> None:
    """[S4, F4] Bombs, foreign roots and kinds, and clock jumps never reach the CRDT library."""
    with pytest.raises(MalformedFrame, match=words):
        walk_update(update)


@pytest.mark.parametrize("kind", ["array", "format"])
def test_kinds_a_case_does_not_use_are_refused(kind: str) -> None:
    """[S4] Arrays and formatted text, which other Yjs documents use, are not part of a case."""
    document: pycrdt.Doc[Any] = pycrdt.Doc()
    if kind == "array":
        document.get("notes", type=pycrdt.Map)["n"] = pycrdt.Array([1])
    else:
        document.get("statement.impact", type=pycrdt.Text).insert(0, "x", {"bold": True})

    with pytest.raises(MalformedFrame, match=r"is not part of a case|has it the other way around"):
        walk_update(document.get_update())


@given(st.binary(max_size=120))
def test_no_bytes_break_the_walker(update: bytes) -> None:
    """[S4] Any bytes are either read or refused."""
    for walk in (walk_update, walk_state_vector):
        with contextlib.suppress(MalformedFrame):
            walk(update)


@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, len(VECTORS) - 1))
@example(position=718, octet=1, index=0)  # a parent that is no shared type: the walker cannot know, the library says so
def test_what_the_walker_accepts_the_library_survives(position: int, octet: int, index: int) -> None:
    """[S4] A real update with one byte changed is refused by the walker, refused by the library, or applied without harm."""
    update = bytearray.fromhex(VECTORS[index]["whole"])
    update[position % len(update)] = octet
    try:
        walked = walk_update(bytes(update))
    except MalformedFrame:
        return
    if walked.gap({}) is None:
        document = CaseDocument()
        with contextlib.suppress(DocumentFault):
            document.apply(bytes(update))
            document.view()
