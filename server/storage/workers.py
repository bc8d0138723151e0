"""Threads that do what would keep the event loop waiting: one after the other, or a few at once.

`ThreadPoolExecutor` does the same with a lock, a condition and two futures for each piece of work. For a commit of one letter, which begins
in a process that slept until then, that costs more processor time than the statements do (`docs/decisions/0012-one-trip-a-transaction.md`).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")
_Task = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]]


class Workers:
    """So many threads, which take up work in the order in which it was given."""

    def __init__(self, count: int, name: str) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(count)]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[], Result]) -> Result:
        """Have this done, and return or raise what it does. Who is cancelled meanwhile does not undo what has begun."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._tasks.put((loop, done, work))
        return await done

    def close(self) -> None:
        """Wait until all that was given is done, and end the threads."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            _do(*task)
            del task  # while this waits for the next, what the last one held can go


def _do(loop: asyncio.AbstractEventLoop, done: asyncio.Future[Any], work: Callable[[], Any]) -> None:
    if done.cancelled():
        return
    try:
        result, fault = work(), None
    except BaseException as raised:  # whatever it is, it belongs to who gave the work
        result, fault = None, raised
    with contextlib.suppress(RuntimeError):  # the loop may have ended: then nobody waits
        loop.call_soon_threadsafe(_end, done, result, fault)


def _end(done: asyncio.Future[Any], result: object, fault: BaseException | None) -> None:
    if done.done():
        return
    if fault is None:
        done.set_result(result)
    else:
        done.set_exception(fault)
