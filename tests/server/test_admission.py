"""[S12] Newcomers come in a few at a time, in order, and none waits for ever behind one that says nothing."""

from __future__ import annotations

import asyncio

import pytest

from server import admission
from server.admission import Admission
from server.errors import BUSY, RESTART, Refusal


async def test_no_more_than_the_places_at_once_and_in_order() -> None:
    """Whoever came first is let in first when a place is left."""
    door = Admission(at_once=2)
    first, _ = await door.enter(), await door.enter()
    entered: list[int] = []

    async def enter(number: int) -> None:
        await door.enter()
        entered.append(number)

    waiting = [asyncio.create_task(enter(number)) for number in range(3)]
    await asyncio.sleep(0)
    assert entered == []
    first.leave()
    first.leave()
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)

    assert entered == [0]
    for task in waiting:
        task.cancel()


async def test_who_says_nothing_gives_up_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that never asks for the document does not keep others out."""
    monkeypatch.setattr(admission, "LONGEST_ARRIVAL_S", 0.01)
    door = Admission(at_once=1)
    await door.enter()

    async with asyncio.timeout(5):
        await door.enter()


async def test_too_many_waiting_are_sent_away() -> None:
    """[X] 1013 says to come back in a moment; a place that is cancelled while waiting frees its turn."""
    door = Admission(at_once=1, most_waiting=1)
    place = await door.enter()
    waiting = asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    with pytest.raises(Refusal) as caught:
        await door.enter()
    assert caught.value.code is BUSY

    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    place.leave()
    await door.enter()


async def test_a_server_that_leaves_takes_nobody_in() -> None:
    """[X] Who waits already is told to come back as well, and so is who comes then."""
    door = Admission(at_once=1)
    place = await door.enter()
    waiting = asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    door.close()
    place.leave()

    for entering in (waiting, door.enter()):
        with pytest.raises(Refusal) as refused:
            await entering
        assert refused.value.code == RESTART
