"""The one task that makes durable what rooms want kept: one transaction for all rooms (up to MOST_TOGETHER), and each is told.

Rooms that ask while a commit is under way wait for the next (group commit). After a pause a commit begins at once, then at most one in
GATHER_S, or longer the more rooms ask: what one costs depends little on how many share it. When storage fails, all of a batch
failed; when one room contradicts its log, the others must not suffer, so each is tried apart. What a room does with the outcome
is the room's to say.

    add ──► pending ──nothing under way──► committing ──► on_committed | on_commit_failed | on_conflict
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final, Generic, Protocol, TypeVar

from crdt.log import Append
from server.errors import ConflictFault
from server.storage import Storage
from server.telemetry import COMMIT_SECONDS, STORAGE_STATE, UPDATES, Event, log_event

GATHER_S: Final = 0.020
"""As long as a tick of a room: one that commits alone in every tick never waits for this, it is for many rooms with a few people each."""

GATHER_PER_ROOM_S: Final = 0.001
MAX_GATHER_S: Final = 0.050
"""The more rooms shared a commit the longer the next one gathers, so that many small rooms do not keep the disk and a core busy."""

MOST_TOGETHER: Final = 1_024
"""Rooms in one transaction: what it says must fit into what a database takes at once, however many rooms an operator allows."""

Owner = TypeVar("Owner")
Owner_contra = TypeVar("Owner_contra", contravariant=True)

logger = logging.getLogger("puzzeltafel.committer")


class Outcomes(Protocol[Owner_contra]):
    """Who hears how a commit ended."""

    def on_committed(self, owner: Owner_contra, append: Append, seq: int) -> None:
        """What this owner added is durable; `seq` is the newest of its log."""
        ...

    def on_commit_failed(self, owner: Owner_contra) -> None:
        """Storage could not keep it; nothing of it may be told to anyone."""
        ...

    def on_conflict(self, owner: Owner_contra, fault: ConflictFault) -> None:
        """It contradicts what the log holds; the same words may be kept once that was read."""
        ...


class Committer(Generic[Owner]):
    """Commits for all owners, one batch at a time. Use with `async with`."""

    def __init__(self, storage: Storage, outcomes: Outcomes[Owner], gather_s: float = GATHER_S) -> None:
        self._storage = storage
        self._outcomes = outcomes
        self._gather_s = gather_s
        self._pending: list[tuple[Owner, Append]] = []
        self._work = asyncio.Event()
        self._done = asyncio.Event()
        self._committing: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Committer[Owner]:
        self._task = asyncio.create_task(self._commit_forever(), name="committer")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def add(self, owner: Owner, append: Append) -> None:
        """Have this committed with whatever else waits."""
        self._pending.append((owner, append))
        self._work.set()

    def drop(self, owner: Owner) -> None:
        """Forget what an owner added that is not under way yet."""
        self._pending = [(other, append) for other, append in self._pending if other is not owner]

    async def until_committed(self, case_id: str) -> None:
        """Wait until nothing of a case is under way."""
        while case_id in self._committing:
            await self.next_end()

    async def next_end(self) -> None:
        """Wait until the next batch has ended, well or not."""
        self._done.clear()
        await self._done.wait()

    async def _commit_forever(self) -> None:
        loop = asyncio.get_running_loop()
        begins_at = loop.time()
        while True:
            await self._work.wait()
            if begins_at > loop.time():
                await asyncio.sleep(begins_at - loop.time())
            batch, self._pending = self._pending[:MOST_TOGETHER], self._pending[MOST_TOGETHER:]
            if not self._pending:
                self._work.clear()
            if batch:
                begins_at = loop.time() + self._gather_s_after(len(batch))
                self._committing = frozenset(append.case for _, append in batch)
                await self._commit(batch)
                self._committing = frozenset()
                self._done.set()

    def _gather_s_after(self, rooms: int) -> float:
        return max(self._gather_s, min(MAX_GATHER_S, self._gather_s + GATHER_PER_ROOM_S * (rooms - 1)))

    async def _commit(self, batch: list[tuple[Owner, Append]]) -> None:
        try:
            with COMMIT_SECONDS.time():
                seqs = await self._storage.append([append for _, append in batch])
        except ConflictFault as fault:
            await self._commit_apart(batch, fault)
        except Exception as fault:  # a StorageFault, or a fault of ours: the one committer must outlive both
            STORAGE_STATE.set(0)
            log_event(logger, Event.COMMIT_FAILED, rooms=len(batch), fault=repr(fault))
            for owner, _ in batch:
                self._outcomes.on_commit_failed(owner)
        else:
            STORAGE_STATE.set(1)
            UPDATES.inc(sum(len(append.rows) for _, append in batch))
            for (owner, append), seq in zip(batch, seqs, strict=True):
                self._outcomes.on_committed(owner, append, seq)

    async def _commit_apart(self, batch: list[tuple[Owner, Append]], fault: ConflictFault) -> None:
        if len(batch) > 1:
            for alone in batch:
                await self._commit([alone])
            return
        (owner, append) = batch[0]
        log_event(logger, Event.COMMIT_CONFLICT, case=append.case, fault=str(fault))
        self._outcomes.on_conflict(owner, fault)
