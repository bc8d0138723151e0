"""Threads that do what would keep the event loop waiting: one after the other, or a few at once.

`ThreadPoolExecutor` does the same with a lock, a condition and two futures for each piece of work. For a commit of one letter, which begins
in a process that slept until then, that is 0.15 ms of processor time more, of one (`docs/decisions/0012-one-trip-a-transaction.md`).
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
        self._is_closed = False
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(count)]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[], Result]) -> Result:
        """Have this done, and return or raise what it does. Raises RuntimeError once this is closed.

        Of who is cancelled what has begun goes on, and what has not is left out.
        """
        if self._is_closed:
            raise RuntimeError("these threads have ended")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._tasks.put((loop, done, work))
        return await done

    def close(self) -> None:
        """Take no more; the threads end once all that was given is done. To be called where work is given, that is in the event loop."""
        if not self._is_closed:
            self._is_closed = True
            for _ in self._threads:
                self._tasks.put(None)

    def join(self) -> None:
        """Wait for the threads to end; not in the event loop. A process that ends without this does not wait for them."""
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
    del fault  # it knows this frame, and both would stay until memory is searched


def _end(done: asyncio.Future[Any], result: object, fault: BaseException | None) -> None:
    if done.done():
        return
    if fault is None:
        done.set_result(result)
    else:
        done.set_exception(fault)
