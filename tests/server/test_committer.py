"""The committer: at once after a pause, then one batch for all who ask meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from crdt.log import Append
from server.committer import MOST_TOGETHER, Committer
from server.errors import ConflictFault
from server.storage import Storage


class Batches:
    """Storage that keeps what it is asked to append, and hears how it ended."""

    def __init__(self) -> None:
        self.appended: list[list[str]] = []
        self.committed: asyncio.Queue[str] = asyncio.Queue()

    async def append(self, appends: Sequence[Append]) -> list[int]:
        self.appended.append([append.case for append in appends])
        return [1] * len(appends)

    def on_committed(self, owner: str, append: Append, seq: int) -> None:
        self.committed.put_nowait(owner)

    def on_commit_failed(self, owner: str) -> None:
        raise AssertionError(owner)

    def on_conflict(self, owner: str, fault: ConflictFault) -> None:
        raise AssertionError(owner)


def committer(batches: Batches, gather_s: float) -> Committer[str]:
    return Committer(cast(Storage, batches), batches, gather_s)


async def test_the_first_after_a_pause_is_committed_at_once() -> None:
    """[S8] Nobody waits for company: the time to gather in is so long here that the test would not end."""
    batches = Batches()
    async with asyncio.timeout(5), committer(batches, gather_s=3_600) as one:
        one.add("a", Append("a", ()))

        assert await batches.committed.get() == "a"


def test_the_more_rooms_ask_the_longer_is_gathered() -> None:
    """[S8] One room alone, however full, never waits for more than a tick; hundreds wait for 50 ms."""
    one = committer(Batches(), gather_s=0.02)

    assert [round(one._gather_s_after(rooms), 4) for rooms in (1, 2, 21, 1_000)] == [0.02, 0.021, 0.04, 0.05]


async def test_those_who_follow_share_one_commit() -> None:
    """[S8] However many rooms ask within the time to gather in."""
    batches = Batches()
    async with asyncio.timeout(5), committer(batches, gather_s=0.05) as one:
        one.add("a", Append("a", ()))
        await batches.committed.get()
        for case in "bcd":
            one.add(case, Append(case, ()))
            await asyncio.sleep(0)

        assert [await batches.committed.get() for _ in range(3)] == ["b", "c", "d"]
    assert batches.appended == [["a"], ["b", "c", "d"]]


async def test_a_transaction_has_its_bounds() -> None:
    """[S8] More rooms than fit into one share several, and each is told."""
    batches = Batches()
    async with asyncio.timeout(5), committer(batches, gather_s=0.0) as one:
        for number in range(2 * MOST_TOGETHER + 1):
            one.add(str(number), Append(str(number), ()))

        assert [await batches.committed.get() for _ in range(2 * MOST_TOGETHER + 1)] == [
            str(number) for number in range(2 * MOST_TOGETHER + 1)
        ]
    assert [len(appended) for appended in batches.appended] == [MOST_TOGETHER, MOST_TOGETHER, 1]
