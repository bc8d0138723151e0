"""Threads for work that waits for a disk: whoever gives it gets what it does, and nothing of it is lost on the way."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from server.storage.workers import Workers


async def test_work_is_done_elsewhere_and_in_turn() -> None:
    workers, done = Workers(1, "writer"), list[int]()

    def work(number: int) -> int:
        done.append(number)
        return threading.get_ident()

    threads = await asyncio.gather(*(workers.do(partial(work, number)) for number in range(20)))

    assert done == list(range(20))
    assert set(threads).isdisjoint({threading.get_ident()})
    assert len(set(threads)) == 1
    workers.close()
    workers.join()


async def test_two_work_at_once() -> None:
    """Each waits for the other: one thread could not end this."""
    workers, meeting = Workers(2, "reader"), threading.Barrier(2)

    await asyncio.gather(*(workers.do(lambda: meeting.wait(10)) for _ in range(2)))
    workers.close()
    workers.join()


class Panic(BaseException):
    """As those of the CRDT library: no Exception."""


@pytest.mark.parametrize("fault", [ValueError("no"), Panic("no")])
async def test_what_goes_wrong_is_raised_where_it_was_asked_for(fault: BaseException) -> None:
    """And the thread goes on."""
    workers = Workers(1, "writer")

    def fail() -> None:
        raise fault

    with pytest.raises(type(fault), match="no"):
        await workers.do(fail)
    assert await workers.do(lambda: "and on") == "and on"
    workers.close()
    workers.join()


async def test_what_nobody_waits_for_is_not_begun() -> None:
    """What had begun is ended all the same."""
    workers, may_go_on, done = Workers(1, "writer"), threading.Event(), list[str]()

    def slow() -> None:
        may_go_on.wait(10)
        done.append("begun")

    begun = asyncio.ensure_future(workers.do(slow))
    waiting = asyncio.ensure_future(workers.do(lambda: done.append("waiting")))
    await asyncio.sleep(0)  # both are given
    waiting.cancel()
    begun.cancel()
    await asyncio.gather(begun, waiting, return_exceptions=True)
    may_go_on.set()
    await workers.do(lambda: done.append("last"))

    assert done in (["begun", "last"], ["last"])  # the thread may not have looked before the first was cancelled
    workers.close()
    workers.join()


async def test_closing_waits_for_what_was_given() -> None:
    workers, done = Workers(2, "reader"), list[int]()
    given = [asyncio.ensure_future(workers.do(partial(done.append, number))) for number in range(50)]
    await asyncio.sleep(0)

    workers.close()
    await asyncio.to_thread(workers.join)

    assert sorted(done) == list(range(50))
    await asyncio.gather(*given)


async def test_nothing_is_given_to_threads_that_end() -> None:
    """Else it would be waited for for ever."""
    workers = Workers(1, "writer")
    workers.close()
    workers.close()

    with pytest.raises(RuntimeError, match="have ended"):
        await workers.do(lambda: None)
    workers.join()


def test_who_left_keeps_nobody_waiting() -> None:
    """The event loop may end before the work does."""
    workers, may_go_on, done = Workers(1, "writer"), threading.Event(), list[str]()

    def slow() -> None:
        may_go_on.wait(10)
        done.append("all the same")

    async def leave() -> None:
        left = asyncio.ensure_future(workers.do(slow))
        await asyncio.wait([left], timeout=0.05)

    asyncio.run(leave())
    may_go_on.set()
    workers.close()
    workers.join()

    assert done == ["all the same"]
