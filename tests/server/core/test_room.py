"""The room: log, then tell; ticks; refusals that disturb nobody; storage that fails and comes back."""

from __future__ import annotations

import pytest

from crdt import wire
from crdt.case import CaseDocument
from crdt.wire import AwarenessEntry
from server.core.effects import CallAt, Close, Commit, KeepKeyframe, LookUp, Settled
from server.core.keyframing import EVERY_ROWS, MOST_TIMES_LOG
from server.core.room import Room
from server.core.session import Session
from server.core.ticks import TICK_S, tick_s
from server.errors import BAD_FRAME, NOT_ALLOWED
from tests.support import Replica, RoomDriver, extension_bodies, frames, updates_in


def announce(driver: RoomDriver, session: Session, client_id: int, clock: int = 1, state: str = '{"at":"value"}') -> None:
    driver.receive(session, wire.Awareness((AwarenessEntry(client_id, clock, state),)))


def test_greeting() -> None:
    """[E1, S2] A writer with the extension gets its hello first, then people, then what it may do, then the server's own step 0."""
    driver = RoomDriver()
    taken = frames(driver.session("ann"))

    assert [wire.Reader(frame).var_uint() for frame in taken] == [wire.HELLO, wire.PEOPLE, wire.RULES, wire.SYNC]
    assert extension_bodies(taken, wire.HELLO)[0]["participant"] == "ann"


def test_stock_clients_and_viewers_hear_only_what_they_know() -> None:
    """[C4, S2] A stock client gets no extension message; a viewer is not asked for what it holds."""
    driver = RoomDriver()

    assert frames(driver.session("ann", extension=False)) == [wire.vector_frame(b"\x00")]
    assert frames(driver.session("vic", "viewer", extension=False)) == []


def test_nobody_hears_before_the_commit() -> None:
    """[S8] Neither the others nor the sender learn of a change that is not on disk."""
    driver = RoomDriver()
    ann, bob = driver.session("ann"), driver.session("bob")
    frames(ann), frames(bob)
    driver.holds_commits = True
    driver.update(ann, Replica().add_note("n1"))

    assert frames(ann) == frames(bob) == []
    assert driver.room.document.view()["notes"] == {}
    [commit] = [effect for effect in driver.effects if isinstance(effect, Commit)]
    driver.finish(commit)
    assert updates_in(frames(bob))
    assert extension_bodies(frames(ann), wire.SAVED)[0]["updates"] == 1


def test_rows_are_stamped_with_who_and_which_clients() -> None:
    """The log says who made each row, and binds the Yjs client id to that participant."""
    driver = RoomDriver()
    replica = Replica(client_id=77)
    driver.update(driver.session("ann"), replica.add_note("n1"))

    [commit] = driver.committed
    assert [(row.participant, row.clients) for row in commit.append.rows] == [("ann", (77,))]
    assert commit.append.owners == {77: "ann"}


def test_one_frame_per_tick() -> None:
    """[S9] The first change leaves at once; those within the tick leave together, one row per participant."""
    driver = RoomDriver()
    ann, bob, vic = driver.session("ann"), driver.session("bob"), driver.session("vic", "viewer")
    anns, bobs = Replica(), Replica()
    driver.update(ann, anns.add_note("n1"))
    frames(vic)
    for text in "abc":
        driver.update(ann, anns.type("n1", 0, text))
    driver.update(bob, bobs.add_note("n2"))

    assert frames(vic) == []
    assert CallAt(driver.now + TICK_S) in driver.effects
    driver.wait(TICK_S)
    assert len(updates_in(frames(vic))) == 1
    assert [row.participant for row in driver.committed[-1].append.rows] == ["ann", "bob"]
    assert driver.room.document.view()["notes"]["n1"]["text"] == "cbaeen notitie"


def test_a_full_hall_is_told_less_often() -> None:
    """[S9] Time between frames grows with who is told; the first change after a pause leaves at once all the same."""
    driver = RoomDriver()
    ann, *_ = (driver.session(name) for name in ("ann", *(f"reader{number}" for number in range(399))))
    driver.update(ann, (replica := Replica()).add_note("n1"))
    driver.update(ann, replica.type("n1", 0, "x"))

    assert len(driver.committed) == 1
    assert CallAt(driver.now + tick_s(400)) in driver.effects
    assert [round(tick_s(listeners), 3) for listeners in (0, 60, 200, 400, 500, 10_000)] == [0.02, 0.02, 0.024, 0.048, 0.06, 0.06]


def test_a_viewer_is_refused_and_nobody_notices() -> None:
    """[S5] A stock viewer that writes is closed with 4403; the log and the others know nothing of it."""
    driver = RoomDriver()
    vic, ann = driver.session("vic", "viewer", extension=False), driver.session("ann")
    frames(ann)
    driver.update(vic, Replica().add_note("n1"))

    assert [(close.session, close.code) for close in driver.closes()] == [(vic, NOT_ALLOWED)]
    assert driver.committed == []
    assert frames(ann) == []


def test_a_refusal_is_told_in_words_and_leaves_the_room_whole() -> None:
    """[S5, E3] After a refusal others go on, and what was accepted before is kept."""
    driver = RoomDriver()
    ann, eve = driver.session("ann"), driver.session("eve")
    driver.update(ann, Replica().add_note("n1"))
    driver.update(eve, Replica().add_note("n2", author="ann"))
    driver.update(ann, Replica().add_note("n3"))
    driver.wait()

    [refusal] = extension_bodies(frames(eve), wire.REFUSED)
    assert (refusal["reason"], refusal["updates"]) == ("author", 1)
    assert set(driver.room.document.view()["notes"]) == {"n1", "n3"}


def test_client_ids_belong_to_one_participant() -> None:
    """[S7] Whoever uses another's Yjs client id is refused; the owner's work is untouched."""
    driver = RoomDriver()
    ann, eve = driver.session("ann"), driver.session("eve")
    driver.update(ann, Replica(client_id=5).add_note("n1"))
    driver.update(eve, Replica(client_id=5).change(lambda document: document.texts["statement.impact"].insert(0, "x" * 30)))
    driver.wait()

    assert extension_bodies(frames(eve), wire.REFUSED)[0]["reason"] == "client-id"
    assert driver.room.document.view()["statements"]["impact"] == ""


def test_missing_predecessors_are_asked_for() -> None:
    """[S6] An update that cannot integrate is not kept: the client is asked for the whole difference."""
    driver = RoomDriver()
    ann = driver.session("ann")
    replica = Replica()
    replica.add_note("n1")
    frames(ann)
    driver.update(ann, replica.type("n1", 0, "x"))

    assert frames(ann) == [wire.vector_frame(b"\x00")]
    assert driver.committed == []
    driver.update(ann, replica.document.difference(b"\x00"))
    assert driver.room.document.view()["notes"]["n1"]["text"] == "xeen notitie"


def test_an_update_that_adds_nothing_is_acknowledged_and_not_logged() -> None:
    """[S3] Resending is free."""
    driver = RoomDriver()
    ann = driver.session("ann")
    update = Replica().add_note("n1")
    driver.update(ann, update)
    driver.wait()
    driver.update(ann, update)
    driver.update(ann, b"\x00\x00")

    assert len(driver.committed) == 1
    assert [body["updates"] for body in extension_bodies(frames(ann), wire.SAVED)] == [1, 2, 3]


def test_acknowledgements_wait_for_what_came_before() -> None:
    """[E2] Nothing is called saved while an earlier change of the same connection is still under way."""
    driver = RoomDriver()
    ann = driver.session("ann")
    driver.holds_commits = True
    update = Replica().add_note("n1")
    driver.update(ann, update)
    driver.update(ann, update)

    assert extension_bodies(frames(ann), wire.SAVED) == []
    [commit] = [effect for effect in driver.effects if isinstance(effect, Commit)]
    driver.finish(commit)
    assert [body["updates"] for body in extension_bodies(frames(ann), wire.SAVED)] == [1, 2]


def test_when_storage_fails_nothing_is_lost() -> None:
    """[E5, S2] The room turns read-only and says so; when storage returns, writers are asked and their work arrives."""
    driver = RoomDriver()
    ann, bob = driver.session("ann"), driver.session("bob")
    replica = Replica()
    driver.update(ann, replica.add_note("n1"))
    driver.wait()
    driver.storage_works = False
    driver.update(ann, replica.type("n1", 0, "niet kwijt "))
    taken = frames(ann)

    assert extension_bodies(taken, wire.STATE) == [{"writable": False, "reason": "storage"}]
    assert driver.room.document.view()["notes"]["n1"]["text"] == "een notitie"
    driver.update(bob, Replica().add_note("n2"))
    driver.storage_works = True
    driver.perform(driver.room.storage_is_back())
    assert extension_bodies(frames(bob), wire.STATE)[-1] == {"writable": True, "reason": None}
    driver.update(ann, replica.document.difference(driver.room.document.vector()))
    assert driver.room.document.view()["notes"]["n1"]["text"] == "niet kwijt een notitie"


def test_the_servers_own_changes_are_settled() -> None:
    """A change on behalf of someone is durable when it is settled, refused in words, or failed."""
    driver = RoomDriver()
    ann = driver.session("ann").sender
    driver.perform(driver.room.submit(1, Replica().add_note("n1"), ann, driver.now, 0))
    driver.wait()
    driver.perform(driver.room.submit(2, Replica().add_note("n2", place="nergens"), ann, driver.now, 0))
    driver.storage_works = False
    driver.perform(driver.room.submit(3, Replica().add_note("n3"), ann, driver.now, 0))

    outcomes = {effect.ticket: effect.outcome for effect in driver.effects if isinstance(effect, Settled)}
    assert outcomes[1] == 1
    assert getattr(outcomes[2], "reason", "") == "shape"
    assert outcomes[3] is None


def test_bringing_back_what_another_made_before_the_room_was_opened() -> None:
    """[R4] Only the log still knows whose it was: it is asked, once, and meanwhile nothing of that client goes ahead."""
    driver = RoomDriver(Room("case", CaseDocument(), owners={}))
    driver.makers = {("notes", "n1"): "ann"}
    bob = driver.session("bob")
    driver.update(bob, Replica(client_id=7).add_note("n1", author="ann"))
    driver.update(bob, Replica(client_id=8).add_note("n2", author="ann"))

    assert set(driver.room.document.view()["notes"]) == {"n1"}
    assert sum(isinstance(effect, LookUp) for effect in driver.effects) == 1
    taken = frames(bob)
    assert [body["updates"] for body in extension_bodies(taken, wire.SAVED)] == [1]
    assert [(body["updates"], body["reason"]) for body in extension_bodies(taken, wire.REFUSED)] == [(2, "author")]


def test_what_waits_for_the_log_keeps_its_order() -> None:
    """[E2, R4] Frames that come while the log is asked are judged after the one that waits, and counted as they came."""
    driver = RoomDriver(Room("case", CaseDocument(), owners={}))
    bob, copy = driver.session("bob"), Replica(client_id=7)
    driver.answers_look_ups = False
    driver.update(bob, copy.add_note("n1", author="ann"))
    driver.update(bob, copy.add_note("n2"))
    assert extension_bodies(frames(bob), wire.SAVED) == []

    driver.perform(driver.room.looked_up({("notes", "n1"): "ann"}, driver.now, 0))
    driver.wait()
    assert set(driver.room.document.view()["notes"]) == {"n1", "n2"}
    assert [body["updates"] for body in extension_bodies(frames(bob), wire.SAVED)][-1] == 2


def test_bad_bytes_close_only_their_sender() -> None:
    """[F1] An update or vector that cannot be read closes with 4400."""
    driver = RoomDriver()
    ann = driver.session("ann")
    driver.update(ann, b"\xff\xff")
    driver.receive(ann, wire.StateVector(b"\xff"))

    assert [close.code for close in driver.closes()] == [BAD_FRAME, BAD_FRAME]


def test_newcomers_are_answered_from_what_is_committed() -> None:
    """[S1, S8] A first sync holds no change that could still fail."""
    driver = RoomDriver()
    ann = driver.session("ann")
    driver.update(ann, Replica().add_note("n1"))
    driver.wait()
    driver.holds_commits = True
    driver.update(ann, Replica().add_note("n2"))
    bob = driver.session("bob")
    frames(bob)
    driver.receive(bob, wire.StateVector(b"\x00"))

    assert set(CaseDocument.open(updates_in(frames(bob))).view()["notes"]) == {"n1"}


def test_a_slow_reader_catches_up_with_one_difference() -> None:
    """[S10] Dropped updates are replaced by one difference; content is equal in the end."""
    driver = RoomDriver()
    ann, slow = driver.session("ann"), driver.session("slow", "viewer", extension=False)
    slow.outbox._max_bytes = 500
    replica = Replica()
    mirror = CaseDocument()
    for number in range(30):
        driver.update(ann, replica.add_note(f"n{number}", "x" * 50))
        driver.wait()

    assert slow.outbox.is_behind
    for update in updates_in(frames(slow)):
        mirror.apply(update)
    driver.room.catch_up(slow)
    for update in updates_in(frames(slow)):
        mirror.apply(update)
    assert mirror.view() == driver.room.document.view()


def test_keyframes_are_asked_for_now_and_then() -> None:
    """A long log gets keyframes, so that opening stays quick."""
    driver = RoomDriver(Room("case", CaseDocument(), owners={}, seq=EVERY_ROWS - 1))
    driver.update(driver.session("ann"), Replica().add_note("n1"))

    [keyframe] = [effect for effect in driver.effects if isinstance(effect, KeepKeyframe)]
    assert keyframe.seq == EVERY_ROWS
    assert CaseDocument.open([keyframe.state]).view() == driver.room.document.view()


def test_keyframes_of_a_large_case_lie_further_apart() -> None:
    """However long a case grows, its keyframes take at most a few times what was logged meanwhile."""
    large = Replica()
    start = large.add_note("large00000000000", "x" * 4_000)
    driver = RoomDriver(Room("case", CaseDocument.open([start]), owners={large.client_id: "ann"}, seq=10 * EVERY_ROWS))
    ann = driver.session("ann")
    logged = 0
    for _ in range(900):
        update = large.type("large00000000000", 0, "y")
        logged += len(update)
        driver.update(ann, update)
        driver.wait()

    kept = [effect for effect in driver.effects if isinstance(effect, KeepKeyframe)]
    assert len(kept) > 1
    assert sum(len(each.state) for each in kept) < 1.5 * MOST_TIMES_LOG * logged


def test_leaving_twice_changes_nothing() -> None:
    """A room forgets a session once, and is idle when nobody is left."""
    driver = RoomDriver()
    ann = driver.session("ann")

    assert driver.room.leave(ann, driver.now) == driver.room.leave(ann, driver.now) == []
    assert driver.room.has_settled()


def test_overflow_of_own_words_closes() -> None:
    """[S10] A client that reads nothing at all is sent away with `busy`, not kept for ever."""
    driver = RoomDriver()
    deaf = driver.session("deaf")
    deaf.outbox._max_bytes = 2_000
    for number in range(40):
        driver.session(f"person{number}")

    assert any(isinstance(effect, Close) and effect.session is deaf for effect in driver.effects)


def test_the_answer_to_a_vector_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """[S1] Hundreds that come back with the same state get the same bytes, until the document changes."""
    driver = RoomDriver()
    made = 0
    real = CaseDocument.difference

    def count(document: CaseDocument, vector: bytes) -> bytes:
        nonlocal made
        made += document is driver.room.document
        return real(document, vector)

    monkeypatch.setattr(CaseDocument, "difference", count)
    readers = [driver.session(f"reader{number}", "viewer") for number in range(20)]
    for reader in readers:
        driver.receive(reader, wire.StateVector(b"\x00"))
    assert made == 1

    driver.update(driver.session("ann"), Replica().add_note("n1"))
    driver.receive(readers[0], wire.StateVector(b"\x00"))
    assert made == 2
    assert any(b"n1" in update for update in updates_in(frames(readers[0])))
