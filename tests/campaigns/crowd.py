"""Many people in a process of their own, so that the load they make does not slow down who measures.

`python -m tests.campaigns.crowd` reads one JSON object (`Crowd`) from standard input, then a word a line: what to do next. It answers
each with a line of JSON. It ends at an empty line. Bounded in count by what it is given and in time by its deadline.

What the crowd itself needs of a processor is in `busy`: near 1 it is the crowd that is slow, and not the server.

    enter → all are in, one change of each is saved
    lose  → all are cut off at once and come back by themselves: when was each synced?
    await → the server cuts them off, each makes changes meanwhile, and comes back: when was it synced, when all saved?
    write → keep changing until the next word: how long did each `saved` take?
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from string import ascii_uppercase
from typing import Any, Final

import uvloop

from tests.campaigns.ledger import Ledger
from tests.campaigns.writer import Writer

DEADLINE_S: Final = 120.0
CHANGES_AWAY: Final = 2
NUMBERS_EACH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who comes: where to connect, one address each, from which number on they are counted, and where chance comes from."""

    urls: list[str]
    first: int
    seed: int
    pause_s: float = 0.0

    def line(self) -> str:
        return json.dumps(asdict(self))

    def writers(self) -> list[Writer]:
        return [Writer(_ledger(self.first + index), url, self.seed, speaks=False) for index, url in enumerate(self.urls)]


def _ledger(number: int) -> Ledger:
    return Ledger(ascii_uppercase[number % 26], NUMBERS_EACH * (number // 26))


class Present:
    """The crowd while it is connected."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._writers = crowd.writers()
        self._tasks = [
            asyncio.create_task(writer.come_back(random.Random(f"{crowd.seed}/{writer.ledger.name}/back"))) for writer in self._writers
        ]

    async def do(self, word: str) -> dict[str, Any]:
        acts: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {"enter": self.enter, "lose": self.lose, "await": self.wait}
        return await acts[word]()

    async def enter(self) -> dict[str, Any]:
        """Wait until everyone is in, and has saved a first change."""
        await asyncio.gather(*(writer.be_streaming(DEADLINE_S) for writer in self._writers))
        for writer in self._writers:
            await writer.change()
        await asyncio.gather(*(writer.until(_has_saved_all(writer), DEADLINE_S) for writer in self._writers))
        return {"people": len(self._writers)}

    async def lose(self) -> dict[str, Any]:
        """Cut everyone off at once."""
        for writer in self._writers:
            writer.cut()
        return await self._all_return(0)

    async def wait(self) -> dict[str, Any]:
        """Wait until everyone was cut off, and is back with all changes made meanwhile."""
        return await self._all_return(CHANGES_AWAY)

    async def _all_return(self, changes: int) -> dict[str, Any]:
        began, cpu_began = time.monotonic(), time.process_time()
        times = await asyncio.gather(*(self._return(writer, changes) for writer in self._writers))
        busy = (time.process_time() - cpu_began) / (time.monotonic() - began)
        return {
            "synced_at": [synced for synced, _ in times],
            "saved_at": [saved for _, saved in times],
            "busy": round(busy, 2),
            "lost_again": sum(writer.times_lost - 1 for writer in self._writers),
        }

    async def _return(self, writer: Writer, changes: int) -> tuple[float, float]:
        await writer.until(lambda: not writer.is_streaming, DEADLINE_S)
        for _ in range(changes):
            await writer.change()
        await writer.be_answered(DEADLINE_S)
        synced = time.monotonic()
        await writer.until(_has_saved_all(writer), DEADLINE_S)
        return synced, time.monotonic()

    async def write_until(self, told: Awaitable[str]) -> tuple[dict[str, Any], str]:
        """Keep changing until the next word comes; return when each frame was sent and how long its `saved` took, and that word."""
        typing = [asyncio.create_task(writer.keep_changing(self._crowd.pause_s)) for writer in self._writers]
        word = await told
        for task in typing:
            task.cancel()
        await asyncio.gather(*typing, return_exceptions=True)
        await asyncio.gather(*(writer.until(_has_saved_all(writer), DEADLINE_S) for writer in self._writers))
        return {"latencies": [latency for writer in self._writers for latency in writer.latencies]}, word

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def closing(self) -> dict[str, Any]:
        """Say which changes were called saved, and what went wrong."""
        changes = [change for writer in self._writers for change in writer.ledger.changes if change.is_saved]
        return {
            "saved": [[change.token, change.kind.name, change.subject] for change in changes],
            "problems": [problem for writer in self._writers for problem in writer.problems],
        }


def _has_saved_all(writer: Writer) -> Callable[[], bool]:
    return lambda: writer.is_streaming and not writer.ledger.unsaved


async def _next_word() -> str:
    line: str = await asyncio.to_thread(sys.stdin.readline)
    return line.strip()


def _tell(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


async def _run(crowd: Crowd) -> None:
    present = Present(crowd)
    try:
        word = await _next_word()
        while word:
            if word == "write":
                answer, word = await present.write_until(_next_word())
                _tell(answer)
            else:
                _tell(await present.do(word))
                word = await _next_word()
        _tell(present.closing())
    finally:
        await present.leave()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(Crowd(**json.loads(sys.stdin.readline()))))
