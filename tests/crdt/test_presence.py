"""Presence: one state per connection, the server's word on who it is, nobody who is not there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crdt.presence import GONE, Person, Presence, rebuilt
from crdt.wire import AwarenessEntry

ANN = Person("ann", "Ann", "p1", "partner")


def announce(presence: Presence, clock: int, state: object = None, client_id: int = 5) -> AwarenessEntry | None:
    return presence.announce(AwarenessEntry(client_id, clock, json.dumps(state if state is not None else {})), ANN)


def test_the_server_says_who_it_is() -> None:
    """[P2] A name the client made up does not survive."""
    state = json.loads(rebuilt('{"user": {"name": "De wethouder", "role": "facilitator"}, "at": "value"}', ANN))

    assert state == {"user": {"id": "ann", "name": "Ann", "partner": "p1", "role": "partner"}, "at": "value"}


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"at": "value", "note": "n1", "typing": True}, {"at": "value", "note": "n1", "typing": True}),
        ({"at": "partners", "note": "statement.impact"}, {"at": "partners", "note": "statement.impact"}),
        ({"at": "elsewhere", "note": "a b", "typing": "yes"}, {}),
        ({"colour": "red", "html": "<b>"}, {}),
        ({"cursor": {"index": 3}}, {"cursor": {"index": 3}}),
        ({"cursor": {"index": "x" * 600}}, {}),
        ({"cursor": {"index": float("nan")}}, {}),
        ({"cursor": {"index": {"deep": [float("inf")]}}}, {}),
        ({"note": []}, {}),
        ({"note": {}, "at": [], "typing": {}, "cursor": []}, {}),
        ({"typing": True, "filler": "x" * 3_000}, {}),
    ],
)
def test_only_known_fields_are_kept(fields: dict[str, Any], kept: dict[str, Any]) -> None:
    """[P2] What others see of a client is bounded and known."""
    state = json.loads(rebuilt(json.dumps(fields), ANN))
    del state["user"]

    assert state == kept


@pytest.mark.parametrize("state", ["", "{", "[1]", '"x"', "[" * 2_000, "3"])
def test_states_that_cannot_be_read_count_as_empty(state: str) -> None:
    """[P2] Rubbish makes nobody vanish and breaks nothing."""
    assert set(json.loads(rebuilt(state, ANN))) == {"user"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_no_number_makes_presence_unreadable(number: str) -> None:
    """[P2] Python reads and writes numbers that JSON does not know; one would make the frame with everyone's states unreadable to all."""
    state = rebuilt('{"at": "value", "cursor": {"index": ' + number + "}}", ANN)

    assert set(json.loads(state, parse_constant=pytest.fail)) == {"user", "at"}


def test_half_a_character_breaks_nothing() -> None:
    """[P2] A lone surrogate in a state can still be sent to the others."""
    assert rebuilt('{"cursor": "\\ud800"}', ANN).encode("utf-8")


def test_newest_state_only() -> None:
    """[P6] Between two frames only the newest state counts; older clocks are ignored."""
    presence = Presence()
    announce(presence, 1, {"at": "value"})
    announce(presence, 3, {"at": "returns"})
    announce(presence, 2, {"at": "impact"})

    [entry] = presence.take_changes()
    assert json.loads(entry.state)["at"] == "returns"
    assert presence.take_changes() == []


def test_removal_is_told_once_with_a_higher_clock() -> None:
    """[P3] Whoever closes is gone for everyone."""
    presence = Presence()
    announce(presence, 4)
    presence.take_changes()
    presence.remove(5)
    presence.remove(5)

    assert presence.take_changes() == [AwarenessEntry(5, 5, GONE)]
    assert presence.present() == []


def test_a_returning_client_is_told_to_step_over_its_removal() -> None:
    """[P5] A client that comes back with an old clock gets its removal, and is seen with the next one."""
    presence = Presence()
    announce(presence, 4)
    presence.remove(5)

    assert announce(presence, 4) == AwarenessEntry(5, 5, GONE)
    assert presence.present() == []
    assert announce(presence, 6) is None
    assert len(presence.present()) == 1


def test_leaving_by_itself() -> None:
    """A client that announces `null` is no longer shown."""
    presence = Presence()
    announce(presence, 1)
    presence.announce(AwarenessEntry(5, 2, GONE), ANN)

    assert presence.present() == []
