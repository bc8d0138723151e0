"""The short reading of the commonest update: it never says anything that the long one does not, and knows what Yjs writes."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crdt.keystroke import Keystroke, read_keystroke
from crdt.walker import walk_update
from tests.support import Replica


def typed(text: str = "x", index: int = 3) -> bytes:
    replica = Replica(client_id=3_000_000_000)
    replica.add_note("note1", "een notitie")
    return replica.type("note1", index, text)


def test_a_letter_is_read_whole() -> None:
    """[S4] Who typed it, how far it goes, and between which letters."""
    replica = Replica(client_id=7)
    replica.add_note("note1", "abc")
    before = replica.document.clocks()[7]

    read = read_keystroke(replica.type("note1", 1, "xy"))

    assert read == Keystroke(7, before, before + 2, (7, before - 3), (7, before - 2))


def test_what_is_more_than_letters_goes_the_long_way() -> None:
    """[S4] New notes, other fields, deletions, letters beyond ASCII and pastes."""
    replica = Replica()
    others = [
        replica.add_note("note1", "abc"),
        replica.change(lambda document: document.maps["notes"]["note1"].__setitem__("place", "returns")),
        replica.change(lambda document: document.maps["notes"]["note1"]["text"].__delitem__(slice(0, 1))),
        replica.type("note1", 1, "é"),
        replica.type("note1", 1, "😀"),
        replica.type("note1", 1, "x" * 300),
    ]

    assert [read_keystroke(update) for update in others] == [None] * len(others)


@given(st.binary(max_size=60))
@example(b"\x01\x01")
@example(b"\x01\x01\x07\x01\x84\x07\x00\x00\x00")
def test_whatever_comes_is_read_or_not(update: bytes) -> None:
    """[F4] Nothing is raised, however it is cut short."""
    read_keystroke(update)


@settings(max_examples=2_000)
@given(st.integers(0, 40), st.integers(0, 255), st.sampled_from(["x", "woord "]), st.integers(0, 11))
def test_it_says_what_the_walker_says(position: int, octet: int, text: str, index: int) -> None:
    """[S4] One byte changed in a real update: what is still read short is read the same at length."""
    update = bytearray(typed(text, index))
    update[position % len(update)] = octet
    read = read_keystroke(bytes(update))
    if read is None:
        return
    walked = walk_update(bytes(update))

    assert [(part.client, part.start, part.end) for part in walked.ranges] == [read[:3]]
    assert [follower[3:5] for follower in walked.nesting.followers] == [(read.left, read.right)]
    assert not any((walked.deleted, walked.halves, walked.nesting.types, walked.nesting.children))


def test_numbers_written_longer_than_need_be_go_the_long_way() -> None:
    """[S14] Or the log would hold, and everyone be sent, other bytes than the document would write."""
    update = typed()
    padded = update[:7] + bytes((update[7] | 0x80, 0)) + update[8:]

    assert read_keystroke(update) is not None
    assert read_keystroke(padded) is None
