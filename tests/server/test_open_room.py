"""The two timers of a room in memory, on the event loop the server runs on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from crdt.case import CaseDocument
from server.core.room import Room
from server.open_room import OpenRoom

MUCH_LATER_S = 1e6


def opened() -> OpenRoom:
    return OpenRoom(Room("c1", CaseDocument(), owners={}))


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(test())


def test_a_tick_due_at_once_can_be_asked_for_again() -> None:
    """uvloop gives what is due at once a handle without a time; asking for the next tick must not fail on it."""

    async def ask_again() -> None:
        room, ticked = opened(), asyncio.Event()
        for wait_s in (0.0, MUCH_LATER_S, -1.0):
            room.call_in(wait_s, lambda _: ticked.set())
        await asyncio.wait_for(ticked.wait(), 5)

        assert room.timer is None

    run(ask_again)


def test_the_sooner_of_two_ticks_comes() -> None:
    """A tick that is asked for sooner takes the place of a later one; a later one does not."""

    async def ask_sooner() -> None:
        room, ticks = opened(), asyncio.Queue[str]()
        room.call_in(MUCH_LATER_S, lambda _: ticks.put_nowait("later"))
        room.call_in(0.0, lambda _: ticks.put_nowait("sooner"))
        room.call_in(MUCH_LATER_S, lambda _: ticks.put_nowait("latest"))

        assert await asyncio.wait_for(ticks.get(), 5) == "sooner"
        assert room.timer is None

    run(ask_sooner)


def test_who_stays_is_not_retired() -> None:
    """Retiring is counted anew at each call, and called off when somebody comes."""

    async def stay() -> None:
        room, retired = opened(), asyncio.Queue[OpenRoom]()
        room.retire_after(0.0, retired.put_nowait)
        room.stay()
        room.retire_after(0.0, retired.put_nowait)

        assert await asyncio.wait_for(retired.get(), 5) is room
        assert retired.empty()

    run(stay)
