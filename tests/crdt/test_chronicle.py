"""The life of a note, a partner and a statement, from the log alone."""

from __future__ import annotations

from crdt.chronicle import EDIT_GAP_MS, Chronicle, Kind
from crdt.log import LogRow
from tests.crdt.test_compaction import Log
from tests.support import Replica, put_note


def chronicle(log: Log) -> Chronicle:
    made = Chronicle()
    for row in log.rows:
        made.take(row)
    return made


def life(log: Log, subject: str) -> list[tuple[Kind, str, int]]:
    return [(happening.kind, happening.last.by, happening.last.at) for happening in chronicle(log).life(subject)]


def test_the_whole_life_of_a_note() -> None:
    """Written, edited by another, moved, given a partner, deleted and brought back: by whom and when."""
    log = Log()
    ann, bob = log.seat("ann"), log.seat("bob")
    log.add("ann", 1_000, ann.add_note("n", ""))
    log.add("ann", 2_000, ann.type("n", 0, "dag"))
    log.add("bob", 3_000, bob.type("n", 0, "goede"))
    log.add("bob", 4_000, bob.change(lambda document: document.maps["notes"]["n"].update({"place": "returns", "order": "a3"})))
    log.add("bob", 5_000, bob.change(lambda document: document.maps["notes"]["n"].update({"partner": "p1"})))
    log.add("ann", 6_000, ann.change(lambda document: document.maps["notes"].pop("n")))
    log.add("bob", 7_000, bob.change(lambda document: put_note(document, "n", "goededag", {"place": "returns", "order": "a3"})))

    assert life(log, "notes/n") == [
        ("added", "ann", 2_000),
        ("edited", "bob", 3_000),
        ("moved", "bob", 4_000),
        ("changed", "bob", 5_000),
        ("removed", "ann", 6_000),
        ("restored", "bob", 7_000),
    ]
    moved = chronicle(log).life("notes/n")[2]
    assert (moved.was_at, moved.place) == ("value", "returns")


def test_edits_without_a_pause_are_one() -> None:
    """Typing on is one happening; after a minute, or by another, it is a new one."""
    log = Log()
    ann = log.seat("ann")
    log.add("ann", 0, ann.change(lambda document: document.texts["statement.impact"].insert(0, "a")))
    log.add("ann", EDIT_GAP_MS - 1, ann.change(lambda document: document.texts["statement.impact"].insert(0, "b")))
    log.add("ann", 3 * EDIT_GAP_MS, ann.change(lambda document: document.texts["statement.impact"].insert(0, "c")))

    happenings = chronicle(log).life("statement.impact")

    assert [(told.first.at, told.last.at, told.place) for told in happenings] == [
        (0, EDIT_GAP_MS - 1, "impact"),
        (3 * EDIT_GAP_MS, 3 * EDIT_GAP_MS, "impact"),
    ]


def test_titles_and_goals_are_told() -> None:
    """What belongs to the whole case has its happenings too."""
    log = Log()
    ann = log.seat("ann")
    log.add("ann", 0, ann.change(lambda document: document.maps["meta"].update({"title": "Warm dorp"})))
    log.add("ann", 1, ann.change(lambda document: document.maps["sdgs"].update({"7": True})))

    assert [(told.kind, told.subject) for told in chronicle(log).happenings] == [("changed", "meta/title"), ("changed", "sdgs/7")]


def test_a_new_epoch_begins_with_nothing() -> None:
    """What was replaced keeps its happenings; its words do not mix with the new ones."""
    log = Log()
    log.add("ann", 0, log.seat("ann").add_note("n", "oud"))
    fresh = Replica()
    rows = [*log.rows, LogRow(2, 2, 1, "bob", (), fresh.add_note("n", "nieuw"))]
    made = Chronicle()
    for row in rows:
        made.take(row)

    text = made.text("notes/n")
    assert text is not None
    assert [(run.text, run.written.by) for run in text.runs(with_deleted=True)] == [("nieuw", "bob")]
    assert [told.last.by for told in made.life("notes/n")] == ["ann", "bob"]
