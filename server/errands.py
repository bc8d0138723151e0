"""What rooms have done beside their commits: keyframes kept, the log asked who made what, and the way back when storage failed.

commit failed ──storage tried out until it works, log read──► writes again
commit contradicts the log ──others wrote it, log read──► asks its clients again     └──nobody did, or the log went back──► broken
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any, Final

from crdt.errors import CrdtError
from crdt.log import Keyframe
from server.core.effects import KeepKeyframe
from server.errors import ConflictFault, Refusal, StorageFault
from server.neighbours import Neighbours, Rooms
from server.open_room import OpenRoom
from server.storage import DocumentName, Storage
from server.telemetry import READ_ONLY, Event, log_event

STORAGE_RETRY_S = 1.0
MOST_LOOK_UPS: Final = 10
"""While storage fails altogether a commit fails too, and what waits is asked for again; this is for a log that cannot be read alone."""

NO_AUTHORS: Final[Mapping[tuple[str, str], str]] = MappingProxyType({})

Makers = Callable[[str], Awaitable[Mapping[tuple[str, str], str]]]

logger = logging.getLogger("puzzeltafel.hub")


class Errands:
    """Done in the background, for all rooms of one server."""

    def __init__(self, storage: Storage, neighbours: Neighbours, rooms: Rooms, makers: Makers | None) -> None:
        self._storage = storage
        self._neighbours = neighbours
        self._rooms = rooms
        self._makers = makers
        self._tasks: set[asyncio.Task[None]] = set()

    async def finish(self) -> None:
        """Wait until all are done."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def keep(self, opened: OpenRoom, kept: KeepKeyframe, at_ms: int) -> None:
        """Keep a keyframe; losing it costs time, not data.

        One of a room that is no longer the open one of its case is not kept: it hears of others no more.
        """
        if self._rooms.opened(opened.room.case) is opened:
            self._spawn(self._keep(opened.room.case, Keyframe(kept.epoch, kept.seq, at_ms, kept.state)))

    async def _keep(self, case_id: str, keyframe: Keyframe) -> None:
        try:
            await self._storage.add_keyframe(DocumentName(case_id), keyframe)
        except StorageFault as fault:
            log_event(logger, Event.KEYFRAME_LOST, case=case_id, seq=keyframe.seq, fault=str(fault))

    def look_up(self, opened: OpenRoom, *, with_makers: bool) -> None:
        """Read what others wrote meanwhile and ask the log who made what, MOST_LOOK_UPS times at most; then judge without."""
        self._spawn(self._look_up(opened, with_makers=with_makers))

    async def _look_up(self, opened: OpenRoom, *, with_makers: bool) -> None:
        makers = NO_AUTHORS
        for _ in range(MOST_LOOK_UPS):
            if self._rooms.opened(opened.room.case) is not opened:
                return  # nobody waits for it any more
            try:
                makers = await self._read_log(opened, with_makers=with_makers)
                break
            except StorageFault:
                await asyncio.sleep(STORAGE_RETRY_S)
        if self._rooms.opened(opened.room.case) is opened:
            self._rooms.act(opened, lambda room, now, now_ms: room.looked_up(makers, now, now_ms))

    async def _read_log(self, opened: OpenRoom, *, with_makers: bool) -> Mapping[tuple[str, str], str]:
        """Bring a room level with the log and return who made what, as far as the log can tell. Raises StorageFault."""
        with contextlib.suppress(CrdtError, Refusal):
            if self._storage.is_shared:
                await self._neighbours.catch_up(opened)
            if with_makers and self._makers is not None:
                return await self._makers(opened.room.case)
        return NO_AUTHORS

    def recover(self, opened: OpenRoom) -> None:
        """Make a room read-only until storage works again; what it did not hear of its own commit, it then reads in the log."""
        self._rooms.act(opened, lambda room, now, now_ms: room.commit_failed())
        self._spawn(self._wait_for_storage(opened))
        self._count_read_only()

    async def _wait_for_storage(self, opened: OpenRoom) -> None:
        """Try storage out until it works, then let the room write again; give up when the room is gone."""
        while opened.room.is_read_only and self._rooms.opened(opened.room.case) is opened:
            await asyncio.sleep(STORAGE_RETRY_S)
            try:
                await self._storage.try_out()
                await self._neighbours.catch_up(opened)
            except StorageFault:
                continue
            if not opened.is_gone:
                log_event(logger, Event.STORAGE_BACK, case=opened.room.case)
                self._rooms.act(opened, lambda room, now, now_ms: room.storage_is_back())
        self._count_read_only()

    def _count_read_only(self) -> None:
        READ_ONLY.set(sum(opened.room.is_read_only for opened in self._rooms.all_opened()))

    def reconcile(self, opened: OpenRoom, fault: ConflictFault) -> None:
        """A commit contradicted what others wrote meanwhile: read that, and have the clients asked again for what they have."""
        is_news = opened.room.has_heard_meanwhile()
        self._rooms.act(opened, lambda room, now, now_ms: room.commit_refused(fault.clients))
        self._spawn(self._reconcile(opened, fault, is_news=is_news))

    async def _reconcile(self, opened: OpenRoom, fault: ConflictFault, *, is_news: bool) -> None:
        try:
            is_news = await self._neighbours.catch_up(opened) or is_news
        except StorageFault:
            self._rooms.act(opened, lambda room, now, now_ms: room.tell_read_only())
            await self._wait_for_storage(opened)
            return
        if opened.is_gone:
            return
        if is_news:
            self._rooms.act(opened, lambda room, now, now_ms: room.storage_is_back())
        else:
            self._rooms.broken(opened, fault)
