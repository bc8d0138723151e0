"""Who wrote which words: from the log, to the character, whoever else works in the same text."""

from __future__ import annotations

import random

import pytest

from crdt.case import CaseDocument
from crdt.chronicle import Chronicle
from crdt.words import Deed, Run, together
from tests.crdt.test_compaction import Log, random_change
from tests.support import Replica


def told(log: Log, subject: str, *, with_deleted: bool = False) -> list[tuple[str, str] | tuple[str, str, str]]:
    """Return (words, writer) and, for deleted words, who took them away."""
    words = Chronicle()
    for row in log.rows:
        words.take(row)
    text = words.text(subject)
    assert text is not None
    return [_short(run) for run in text.runs(with_deleted=with_deleted)]


def _short(run: Run) -> tuple[str, str] | tuple[str, str, str]:
    return (run.text, run.written.by) if run.deleted is None else (run.text, run.written.by, run.deleted.by)


def insert(replica: Replica, words: str, after: str) -> bytes:
    """Type words after others, at a place counted as pycrdt counts: in bytes."""
    return replica.change(lambda document: document.maps["notes"]["n"]["text"].insert(len(after.encode()), words))


def cut(replica: Replica, start: str, words: str) -> bytes:
    begin, length = len(start.encode()), len(words.encode())
    return replica.change(lambda document: document.maps["notes"]["n"]["text"].__delitem__(slice(begin, begin + length)))


@pytest.fixture
def log() -> Log:
    """Ann wrote a note, Bob typed into the middle of it, Ann took two of the words away."""
    made = Log()
    ann, bob = made.seat("ann"), made.seat("bob")
    made.add("ann", 1, ann.add_note("n", "één 😀 dag"))
    made.add("bob", 2, insert(bob, "hele mooie ", after="één 😀 "))
    made.add("ann", 3, cut(ann, "één ", "😀 hele "))
    return made


def test_words_are_whose_typed_them(log: Log) -> None:
    """Words with ë, € or 😀 around them too."""
    assert told(log, "notes/n") == [("één ", "ann"), ("mooie ", "bob"), ("dag", "ann")]


def test_deleted_words_are_told_on_demand(log: Log) -> None:
    """Deleted words keep their writer, their place, and who took them away."""
    assert told(log, "notes/n", with_deleted=True) == [
        ("één ", "ann"),
        ("😀 ", "ann", "ann"),
        ("hele ", "bob", "ann"),
        ("mooie ", "bob"),
        ("dag", "ann"),
    ]


def test_a_note_that_is_deleted_takes_its_words_along(log: Log) -> None:
    """All words left are then deleted by who deleted the note."""
    log.add("bob", 4, log.seat("bob").change(lambda document: document.maps["notes"].pop("n")))

    assert told(log, "notes/n") == []
    assert ("dag", "ann", "bob") in told(log, "notes/n", with_deleted=True)


def test_statements_have_authors_too(log: Log) -> None:
    """The shared sentence is a text like any other."""
    log.add("bob", 4, log.seat("bob").change(lambda document: document.texts["statement.impact"].insert(0, "Niemand in de kou")))

    assert told(log, "statement.impact") == [("Niemand in de kou", "bob")]


def test_a_note_that_begins_empty_has_no_empty_run() -> None:
    """Only words are told."""
    made = Log()
    made.add("ann", 1, made.seat("ann").add_note("n", ""))
    made.add("ann", 2, made.seat("ann").type("n", 0, "dag"))

    assert told(made, "notes/n", with_deleted=True) == [("dag", "ann")]


def test_one_text_tells_of_every_moment(log: Log) -> None:
    """Words deleted later are there at an earlier moment, and words written later are not."""
    words = Chronicle()
    for row in log.rows:
        words.take(row)
    text = words.text("notes/n")
    assert text is not None

    assert ["".join(run.text for run in text.runs(at=seq)) for seq in (0, 1, 2, 3)] == [
        "",
        "één 😀 dag",
        "één 😀 hele mooie dag",
        "één mooie dag",
    ]


def test_letters_typed_in_one_stroke_are_read_together() -> None:
    """Neighbours of one writer without a pause of a minute are one run for people; a pause or another writer parts them."""
    runs = [Run("d", Deed("ann", 0, 1)), Run("a", Deed("ann", 500, 2)), Run("g", Deed("ann", 90_000, 3)), Run("!", Deed("bob", 90_001, 4))]
    gone = [Run("x", Deed("ann", 0, 1), Deed("bob", 5, 6)), Run("y", Deed("ann", 1, 2), Deed("bob", 6, 7)), Run("z", Deed("ann", 2, 3))]

    assert [(run.text, run.written.seq) for run in together(runs, 60_000)] == [("da", 2), ("g", 3), ("!", 4)]
    assert [run.text for run in together(gone, 60_000)] == ["xy", "z"]


@pytest.mark.parametrize("seed", range(10))
def test_the_words_put_together_are_the_text(seed: int) -> None:
    """After any work of three, the living runs of every note are its text."""
    rng = random.Random(seed)
    made = Log()
    for name in ("ann", "bob", "cas"):
        made.seat(name)
    for step in range(150):
        name = rng.choice(("ann", "bob", "cas"))
        made.add(name, step, random_change(rng, made.seat(name), f"n{step}"))
    words = Chronicle()
    for row in made.rows:
        words.take(row)

    notes = CaseDocument.open(row.update for row in made.rows).view()["notes"]
    for key, note in notes.items():
        text = words.text(f"notes/{key}")
        assert text is not None
        assert "".join(run.text for run in text.runs()) == note["text"]
