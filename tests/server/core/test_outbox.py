"""The outbox: bounded, and honest about what was dropped."""

from __future__ import annotations

from server.core.outbox import Kind, Outbox


def drained(outbox: Outbox) -> list[bytes]:
    return list(iter(outbox.pop, None))


def test_frames_leave_in_order() -> None:
    """First in, first out, until it is empty."""
    outbox = Outbox()
    outbox.push(Kind.OWN, b"1")
    outbox.push(Kind.UPDATE, b"2", b"base")
    outbox.push(Kind.PRESENCE, b"3")

    assert drained(outbox) == [b"1", b"2", b"3"]
    assert outbox.queued_bytes == 0


def test_presence_is_dropped_first() -> None:
    """[S10] When it is full, who-is-where goes before what-was-written."""
    outbox = Outbox(max_bytes=10)
    outbox.push(Kind.PRESENCE, b"p" * 6)
    outbox.push(Kind.UPDATE, b"u" * 6, b"base")

    assert drained(outbox) == [b"u" * 6]
    assert not outbox.is_behind


def test_updates_are_replaced_by_one_difference() -> None:
    """[S10] The base is what the client had before the first update dropped."""
    outbox = Outbox(max_bytes=10)
    for number in range(4):
        outbox.push(Kind.UPDATE, b"u" * 4, f"base{number}".encode())

    assert outbox.is_behind
    assert outbox.base() == b"base0"
    assert drained(outbox) == []
    outbox.caught_up(b"difference")
    assert drained(outbox) == [b"difference"]


def test_the_base_moves_on_when_all_was_sent() -> None:
    """A client that has read everything is behind only from where it was."""
    outbox = Outbox(max_bytes=10)
    outbox.push(Kind.UPDATE, b"u", b"base0")
    drained(outbox)
    outbox.push(Kind.UPDATE, b"u" * 9, b"base1")
    outbox.push(Kind.UPDATE, b"u" * 9, b"base2")

    assert outbox.base() == b"base1"


def test_answers_do_not_count_and_the_newest_waits() -> None:
    """[S1] A first sync may be as large as the document; asking twice costs no more than once."""
    outbox = Outbox(max_bytes=10)
    outbox.push(Kind.ANSWER, b"a" * 100)
    outbox.push(Kind.ANSWER, b"b" * 100)
    outbox.push(Kind.OWN, b"own")

    assert not outbox.has_overflowed
    assert drained(outbox) == [b"b" * 100, b"own"]
    assert outbox.queued_bytes == 0


def test_own_words_are_never_dropped() -> None:
    """What is meant for this client alone stays; if it does not fit, the outbox has overflowed."""
    outbox = Outbox(max_bytes=10)
    outbox.push(Kind.OWN, b"o" * 11)

    outbox.push(Kind.OWN, b"more")

    assert outbox.has_overflowed
    assert drained(outbox) == [b"o" * 11]
