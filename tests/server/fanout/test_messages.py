"""Messages between servers: read with care, and with room for the next release."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crdt.log import LogRow
from crdt.wire import AwarenessEntry
from server.fanout import Committed, Present, WhoIsThere
from server.fanout.messages import MOST_UPDATE_BYTES, MalformedMessage, read, write


def test_large_commits_are_told_without_their_bytes() -> None:
    """The others read them from the log, as they do what they never heard of."""
    row = LogRow(7, 1, 1_000, "ann", (5,), bytes(MOST_UPDATE_BYTES + 1))
    data = write("a", Committed("c1", 1, 7, 7, (row,)))

    assert len(data) < 200
    assert read(data) == ("a", Committed("c1", 1, 7, 7))


def test_the_next_release_may_say_more() -> None:
    """Fields that are not known are passed over; a kind that is not known is no message."""
    assert read(b'{"from":"a","case":"c1","kind":"who-is-there","why":"new"}\n') == ("a", WhoIsThere("c1"))
    assert read(b'{"from":"a","case":"c1","kind":"telepathy"}\n') == ("a", None)
    longer = b'{"from":"a","case":"c1","kind":"committed","epoch":1,"first":7,"last":7,"rows":[[7,1000,"ann",[5],6,"new"]]}\nupdate'
    assert read(longer) == ("a", Committed("c1", 1, 7, 7, (LogRow(7, 1, 1_000, "ann", (5,), b"update"),)))
    longer = b'{"from":"a","case":"c1","kind":"present","entries":[[5,1,"{}","new"]],"whole":true}\n'
    assert read(longer) == ("a", Present("c1", (AwarenessEntry(5, 1, "{}"),), is_whole=True))


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Whatever someone else puts on the channel is an error of its own kind."""
    with pytest.raises(MalformedMessage):
        read(data)


@pytest.mark.parametrize("number", [b"Infinity", b"NaN", b"1e999", b"9" * 30])
def test_numbers_no_log_holds_are_no_message(number: bytes) -> None:
    """Nor do they end the line to everyone who says something sound."""
    with pytest.raises(MalformedMessage):
        read(b'{"from":"a","case":"c1","kind":"committed","epoch":1,"first":7,"last":7,"rows":[[7,%b,"ann",[5],0]]}\n' % number)


def test_rows_that_do_not_add_up_are_no_message() -> None:
    """A cut message must not put half an update under a whole one's number."""
    whole = write("a", Committed("c1", 1, 7, 7, (LogRow(7, 1, 1_000, "ann", (5,), b"update"),)))
    with pytest.raises(MalformedMessage):
        read(whole[:-1])
