"""Coarse rows: fewer, still saying who and when, and making the same document after every row."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from crdt.case import CaseDocument
from crdt.compaction import COARSE_SPAN_MS, coarsen, same_content
from crdt.errors import LogHole
from crdt.log import LogRow
from crdt.replay import Replay
from crdt.walker import walk_update
from tests.support import Replica


class Log:
    """Rows as a room would log them, one a change, made by replicas that hear of each other at once."""

    def __init__(self) -> None:
        self.rows: list[LogRow] = []
        self.replicas: dict[str, Replica] = {}

    def add(self, participant: str, at: int, update: bytes) -> None:
        clients = tuple(sorted({part.client for part in walk_update(update).ranges}))
        self.rows.append(LogRow(len(self.rows) + 1, 1, at, participant, clients, update))
        for replica in self.replicas.values():
            replica.document.apply(update)

    def seat(self, participant: str) -> Replica:
        return self.replicas.setdefault(participant, Replica())


def replayed(rows: Sequence[LogRow]) -> CaseDocument:
    """Replay rows, which fails where one does not integrate completely."""
    replay = Replay()
    replay.take_all(rows)
    return replay.document


def typing(log: Log, participant: str, note: str, word: str, at: int) -> None:
    for index, letter in enumerate(word):
        log.add(participant, at + index, log.seat(participant).type(note, index, letter))


def test_a_word_becomes_one_row() -> None:
    """Letters of one participant within a minute become one row that covers them and knows when it began."""
    log = Log()
    log.add("ann", 1_000, log.seat("ann").add_note("n1", ""))
    typing(log, "ann", "n1", "samen", 2_000)

    (row,) = coarsen(log.rows)

    assert (row.seq, row.covers, row.participant, row.began_at, row.at) == (6, 6, "ann", 1_000, 2_004)
    assert replayed([row]).view()["notes"]["n1"]["text"] == "samen"


def test_two_who_do_not_touch_each_others_words_get_a_row_each() -> None:
    """Interleaved work in two notes is untangled: one row for each participant."""
    log = Log()
    log.seat("ann"), log.seat("bob")
    log.add("ann", 0, log.seat("ann").add_note("n1", ""))
    log.add("bob", 1, log.seat("bob").add_note("n2", ""))
    for index in range(10):
        log.add("ann", 10 + index, log.seat("ann").type("n1", index, "a"))
        log.add("bob", 10 + index, log.seat("bob").type("n2", index, "b"))

    coarse = coarsen(log.rows)

    assert [(row.seq, row.participant, row.covers) for row in coarse] == [(21, "ann", 11), (22, "bob", 11)]
    assert same_content(replayed(coarse), replayed(log.rows))


def test_rows_do_not_pass_what_they_build_upon() -> None:
    """Two who type into each other's words keep their order, so every row integrates completely."""
    log = Log()
    log.seat("ann"), log.seat("bob")
    log.add("ann", 0, log.seat("ann").add_note("n1", ""))
    for index in range(6):
        who = "ann" if index % 2 == 0 else "bob"
        log.add(who, index, log.seat(who).type("n1", index, str(index)))

    coarse = coarsen(log.rows)

    assert [row.participant for row in coarse] == ["ann", "bob", "ann", "bob", "ann", "bob"]
    assert replayed(coarse).view()["notes"]["n1"]["text"] == "012345"


def test_minutes_and_steps_of_the_clock_are_kept_apart() -> None:
    """Another minute is another row; so is what came after the clock was set back."""
    log = Log()
    for at in (0, COARSE_SPAN_MS - 1, COARSE_SPAN_MS, 5, 6):
        log.add("ann", at, log.seat("ann").add_note(f"n{len(log.rows)}"))

    assert [(row.covers, row.began_at, row.at) for row in coarsen(log.rows)] == [
        (2, 0, COARSE_SPAN_MS - 1),
        (1, COARSE_SPAN_MS, COARSE_SPAN_MS),
        (2, 5, 6),
    ]


def test_deleted_words_stay_in_the_log() -> None:
    """A word that was typed and taken away within one minute can still be read from the coarse row."""
    log = Log()
    log.add("ann", 0, log.seat("ann").add_note("n1", "geheugen"))
    log.add("ann", 1, log.seat("ann").change(lambda document: document.maps["notes"].pop("n1")))

    (row,) = coarsen(log.rows)

    assert b"geheugen" in row.update
    assert replayed([row]).view()["notes"] == {}


def random_change(rng: random.Random, replica: Replica, new_note: str) -> bytes:
    """Add, type in, move or delete a note."""
    notes = sorted(replica.document.view()["notes"])
    note, place, act = rng.choice(notes or [""]), rng.choice(("value", "returns", "audiences")), rng.random()
    if not notes or act < 0.2:
        return replica.add_note(new_note, rng.choice(("", "één 😀")))
    if act < 0.75:
        return replica.type(note, 0, rng.choice("abcë€"))
    if act < 0.9:
        return replica.change(lambda document: document.maps["notes"][note].update({"place": place}))
    return replica.change(lambda document: document.maps["notes"].pop(note))


@pytest.mark.parametrize("seed", range(25))
def test_random_work_of_three_comes_out_equal(seed: int) -> None:
    """Any mixture of adding, typing, moving and deleting: same document, no row lost count of, and coarsening again changes nothing."""
    rng = random.Random(seed)
    log, at = Log(), 0
    for name in ("ann", "bob", "cas"):
        log.seat(name)
    for step in range(120):
        name = rng.choice(("ann", "bob", "cas"))
        replica, at = log.seat(name), at + rng.choice((10, 500, 20_000))
        log.add(name, at, random_change(rng, replica, f"n{step}"))

    coarse = coarsen(log.rows)

    assert same_content(replayed(coarse), replayed(log.rows))
    assert sum(row.covers for row in coarse) == len(log.rows)
    assert coarse[-1].seq == log.rows[-1].seq
    assert len(coarse) < len(log.rows)
    assert coarsen(coarse) == coarse


def test_a_hole_is_told_and_not_applied() -> None:
    """[S6] A row whose predecessor is missing would stay pending in the library; replaying says so instead."""
    log = Log()
    log.add("ann", 0, log.seat("ann").add_note("n1", "een"))
    log.add("ann", 1, log.seat("ann").type("n1", 0, "x"))
    log.add("ann", 2, log.seat("ann").type("n1", 0, "y"))

    with pytest.raises(LogHole, match="row 3 builds upon client"):
        replayed([log.rows[0], log.rows[2]])
