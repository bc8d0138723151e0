"""What is gathered becomes rows that can be read in their order, whatever builds upon what."""

from __future__ import annotations

from crdt import wire
from crdt.case import CaseDocument
from crdt.log import LogRow, NewRow
from crdt.replay import Replay
from server.core.gathering import Gathering
from server.core.live import Live
from server.core.shadow import Accepted, Shadow
from tests.server.core.test_shadow import ANN, BOB, NOW_MS
from tests.support import Replica, RoomDriver, extension_bodies, frames


def replayed(rows: tuple[NewRow, ...]) -> CaseDocument:
    """Return the document that rows make, each proven to integrate completely. Raises LogHole."""
    replay = Replay(1)
    replay.take_all(LogRow(seq, 1, row.at, row.participant, row.clients, row.update) for seq, row in enumerate(rows, 1))
    return replay.document


def test_everything_of_one_participant_is_one_row() -> None:
    """Also with somebody else's in between, as long as nothing builds upon that."""
    shadow = Shadow(Live(CaseDocument()), {})
    bob, ann = Replica(client_id=11), Replica(client_id=22)
    for update, sender in ((bob.add_note("n1"), BOB), (ann.add_note("n2"), ANN), (bob.type("n1", 0, "warm"), BOB)):
        assert isinstance(shadow.submit(update, sender, NOW_MS), Accepted)

    rows, _ = shadow.take_off(NOW_MS)

    assert [(row.participant, row.clients) for row in rows] == [("bob", (11,)), ("ann", (22,))]
    assert set(replayed(rows).view()["notes"]) == {"n1", "n2"}


def test_changes_that_take_turns_are_rows_in_turn() -> None:
    """[S8] Bob's note, Ann's letter in it, Bob's letter after that, Ann's deletion of it: no row builds upon a later one."""
    shadow = Shadow(Live(CaseDocument()), {})
    bob, ann = Replica(client_id=11), Replica(client_id=22)
    first = bob.add_note("n1", author="bob")
    ann.document.apply(first)
    second = ann.type("n1", 0, "X")
    bob.document.apply(second)
    third = bob.type("n1", 1, "Y")
    ann.document.apply(third)
    fourth = ann.change(lambda document: document.maps["notes"]["n1"]["text"].__delitem__(slice(1, 2)))
    for update, sender in ((first, BOB), (second, ANN), (third, BOB), (fourth, ANN)):
        assert isinstance(shadow.submit(update, sender, NOW_MS), Accepted)

    rows, _ = shadow.take_off(NOW_MS)

    assert [row.participant for row in rows] == ["bob", "ann", "bob", "ann"]
    assert str(replayed(rows).view()["notes"]["n1"]["text"]) == "Xeen notitie"


def test_of_two_rows_of_one_participant_the_older_counts_too() -> None:
    """What is needed may be in any row of its client, not only in the newest."""
    gathering = Gathering()
    gathering.add("bob", b"", {1: 0}, [])
    gathering.add("ann", b"", {2: 0}, [(1, 1)])
    gathering.add("bob", b"", {1: 5}, [(2, 1)])
    gathering.add("ann", b"", {2: 4}, [(1, 6)])
    gathering.add("bob", b"", {1: 9}, [(2, 2)])
    gathering.add("bob", b"", {1: 11}, [(2, 5)])

    assert [row.participant for row in gathering._rows] == ["bob", "ann", "bob", "ann", "bob"]
    assert [len(row.updates) for row in gathering._rows] == [1, 1, 2, 1, 1]


def test_what_was_given_up_is_not_called_saved_by_an_older_answer() -> None:
    """[E2, S6] Bob is asked twice; the answer to the first question must hold what was given up between, or it is not saved."""
    driver, ann, bob = RoomDriver(), Replica(client_id=50), Replica(client_id=99)
    base = ann.add_note("anns", "aaaa", author="ann")
    bob.document.apply(base)
    own = bob.add_note("bobs", "bbbb", author="bob")
    sessions = driver.session("ann"), driver.session("bob")
    for session, update in zip(sessions, (base, own), strict=True):
        driver.update(session, update)
        driver.wait()
    driver.room._next_tick = driver.now + 3_600  # it gathers, and does not commit
    moved = Replica(bob.document.keyframe(), client_id=99)
    elsewhere = [ann.type("anns", 4, "Z"), moved.type("bobs", 4, "Q")]
    driver.update(sessions[1], bob.type("bobs", 4, "QQQ"))
    bob.document.apply(elsewhere[0])
    frames(sessions[1])
    driver.update(sessions[1], bob.change(lambda document: document.maps["notes"]["anns"]["text"].__delitem__(slice(4, 5))))
    asked = next(frame for frame in frames(sessions[1]) if frame[:2] == bytes([wire.SYNC, wire.STEP_VECTOR]))
    heard = zip(("ann", "bob"), ((50,), (99,)), elsewhere, strict=True)
    rows = [LogRow(seq, 1, 1, name, clients, update) for seq, (name, clients, update) in enumerate(heard, driver.room.seq + 1)]
    driver.perform(driver.room.hear(rows, driver.now))
    reader = wire.Reader(asked[2:])
    driver.receive(sessions[1], wire.Update(bob.document.difference(reader.bytes()), is_answer=True))
    driver.room._next_tick = 0.0
    driver.wait()

    assert str(driver.room.document.view()["notes"]["bobs"]["text"]) == "bbbbQQQ"
    assert extension_bodies(frames(sessions[1]), wire.SAVED)[-1]["updates"] == sessions[1].updates_received
