"""Frames: what can be read, and that nothing else can."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crdt import wire
from crdt.errors import MalformedFrame


@given(st.integers(0, wire.MAX_VAR_UINT))
def test_var_uint_round_trip(value: int) -> None:
    """[F4] Every number below 2^53 is read as it was written."""
    assert wire.Reader(wire.var_uint(value)).var_uint() == value


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 100, b"\xff" * 7 + b"\x7f", b"\x80" * 8 + b"\x01"])
def test_bad_var_uint_is_refused(data: bytes) -> None:
    """[F4] A number that does not end, or is 2^53 or more, is refused at once, however long it goes on."""
    with pytest.raises(MalformedFrame):
        wire.Reader(data).var_uint()


def test_length_is_compared_with_what_is_left() -> None:
    """[F4] A byte string that announces more than there is, is refused without allocating."""
    with pytest.raises(MalformedFrame, match=r"1099511627776 items announced, 1 bytes left"):
        wire.Reader(wire.var_uint(2**40) + b"x").bytes()


def test_text_must_be_utf8() -> None:
    """[F4] Invalid UTF-8 never reaches anything that believes it."""
    with pytest.raises(MalformedFrame, match="not valid UTF-8"):
        wire.Reader(b"\x02\xc3\x28").text()


@given(st.binary(max_size=60))
def test_sync_frames_round_trip(body: bytes) -> None:
    """[F1] The frames a client sends are read back as what they carry."""
    assert wire.read_frame(wire.vector_frame(body)) == wire.StateVector(body)
    assert wire.read_frame(wire.difference_frame(body)) == wire.Update(body, is_answer=True)
    assert wire.read_frame(wire.update_frame(body)) == wire.Update(body)


@given(st.lists(st.builds(wire.AwarenessEntry, st.integers(0, 2**53 - 1), st.integers(0, 2**32), st.text(max_size=20)), max_size=5))
def test_awareness_round_trip(entries: list[wire.AwarenessEntry]) -> None:
    """[F1] Presence is read back as it was written."""
    assert wire.read_frame(wire.awareness_frame(entries)) == wire.Awareness(tuple(entries))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (b"", "cut short|does not end"),
        (b"\x02", "message type 2 is not known"),
        (b"\x63", "message type 99 is not known"),
        (b"\x00\x07\x00", "sync step 7 is not known"),
        (wire.update_frame(b"ab") + b"!", "1 bytes left over"),
        (wire.awareness_frame([wire.AwarenessEntry(5, 2**53 - 1, "{}")]), "nothing could follow it"),
        (wire.update_frame(b"ab")[:-1], "announced"),
        (b"\x01\x02\xff\x7f", "items announced"),
    ],
)
def test_bad_frames_are_refused_in_words(frame: bytes, words: str) -> None:
    """[F1, F2] Whatever is not exactly one known message is refused, and the words say what is wrong."""
    with pytest.raises(MalformedFrame, match=words):
        wire.read_frame(frame)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(frame: bytes) -> None:
    """[F1] Any bytes are either read or refused; nothing else escapes."""
    with contextlib.suppress(MalformedFrame):
        wire.read_frame(frame)
