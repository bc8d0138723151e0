"""Who is present in a room: as the server knows them, under client ids of their own, at a pace of their own, and gone when they go."""

from __future__ import annotations

import json

from crdt import wire
from crdt.wire import AwarenessEntry
from server.core.access import Access
from server.core.effects import Close
from server.core.session import Session
from server.errors import REMOVED
from tests.support import Replica, RoomDriver, frames


def announce(driver: RoomDriver, session: Session, client_id: int, clock: int = 1, state: str = '{"at":"value"}') -> None:
    driver.receive(session, wire.Awareness((AwarenessEntry(client_id, clock, state),)))


def test_presence_comes_to_newcomers_and_goes_with_the_socket() -> None:
    """[P3, P4] Who is here is told at the door; who closes is gone at once; nobody else appears."""
    driver = RoomDriver()
    ann = driver.session("ann", extension=False)
    announce(driver, ann, 5)
    driver.wait()
    bob = driver.session("bob", extension=False)

    [present] = [message for frame in frames(bob) if isinstance(message := wire.read_frame(frame), wire.Awareness)]
    assert [entry.client_id for entry in present.entries] == [5]
    driver.perform(driver.room.leave(ann, driver.now))
    [gone] = [message for frame in frames(bob) if isinstance(message := wire.read_frame(frame), wire.Awareness)]
    assert [(entry.client_id, entry.state) for entry in gone.entries] == [(5, "null")]
    assert frames(driver.session("cas", extension=False)) == [wire.vector_frame(b"\x00")]


def test_presence_under_another_id_is_ignored() -> None:
    """[P1] A connection speaks for its own client id only."""
    driver = RoomDriver()
    ann, bob = driver.session("ann"), driver.session("bob")
    announce(driver, ann, 5)
    announce(driver, bob, 6)
    announce(driver, bob, 5, clock=9, state="null")
    driver.wait()

    assert {entry.client_id for entry in driver.room.presence.present()} == {5, 6}


def test_nobody_is_present_under_the_id_of_another() -> None:
    """[P1] Not under one that another speaks under, nor one that another wrote under; what is free may still be had."""
    driver = RoomDriver()
    ann, bob = driver.session("ann"), driver.session("bob")
    driver.update(ann, Replica(client_id=7).add_note("n1"))
    driver.receive(ann, wire.Awareness((wire.AwarenessEntry(8, 1, "{}"),)))
    taken = tuple(wire.AwarenessEntry(client_id, 50, '{"at":"value"}') for client_id in (7, 8))
    driver.receive(bob, wire.Awareness((*taken, wire.AwarenessEntry(9, 1, "{}"))))

    driver.perform(driver.room.leave(bob, driver.now))
    assert bob.client_id == 9
    [state] = driver.room.presence.present()
    assert (state.client_id, json.loads(state.state)["user"]["id"]) == (8, "ann")


def test_who_is_taken_out_is_gone_before_they_read_so() -> None:
    """[P3, R5] A client that reads slowly hears late that it was taken out; the others see it at once."""
    driver = RoomDriver()
    bob = driver.session("bob")
    driver.session("ann")
    announce(driver, bob, 8)
    effects = driver.room.revise(Access(removed=frozenset({"bob"})), driver.now)

    assert [(effect.session, effect.code) for effect in effects if isinstance(effect, Close)] == [(bob, REMOVED)]
    assert driver.room.presence.present() == []
    assert bob not in driver.room.sessions


def test_who_comes_back_before_the_old_socket_goes_stays_present() -> None:
    """[P1, P3] A second connection of the same participant may use the same id, and keeps it when the first one ends."""
    driver = RoomDriver()
    old, new = driver.session("ann"), driver.session("ann")
    for session, clock in ((old, 1), (new, 2)):
        driver.receive(session, wire.Awareness((wire.AwarenessEntry(8, clock, "{}"),)))
    driver.perform(driver.room.leave(old, driver.now))

    assert [state.client_id for state in driver.room.presence.present()] == [8]


def test_presence_has_its_own_pace() -> None:
    """[P6] Many moves within a tenth of a second leave as one frame with the newest."""
    driver = RoomDriver()
    ann, bob = driver.session("ann", extension=False), driver.session("bob", extension=False)
    announce(driver, ann, 5)
    frames(bob)
    for clock in range(2, 20):
        announce(driver, ann, 5, clock, json.dumps({"note": f"n{clock}"}))

    assert frames(bob) == []
    driver.wait(0.1)
    [frame] = frames(bob)
    assert "n19" in frame.decode("utf-8", "replace")
