"""Keeps the rooms of this server level with the log that other servers write to as well.

What the others say (`fanout/`) is a hint: rows that follow what a room has are taken in at once; where something is missing they are
waited for a moment and then read from the log. Whatever was not heard at all is found by looking at the positions of all open cases every
few seconds. A room's own commit is told to it only after the rows that came before.

    a room: level ──a message that does not follow, or a commit with others before it──► behind ──message, or log──► level

Which rooms are open is the hub's business; what a room makes of a row is the room's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, Protocol

from crdt.log import LogRow, NewRow
from server.core.effects import Effect
from server.core.room import Room
from server.errors import ConflictFault, StorageFault
from server.fanout import Changed, Committed, Fanout, Message, Present, WhoIsThere
from server.following import Following
from server.open_room import OpenRoom
from server.storage import DocumentName, Position, Storage
from server.telemetry import FANOUT_SECONDS, GAPS_HEALED

GRACE_S: Final = 0.03
"""How long a missing row is waited for: two servers that commit at once may be heard in either order."""

LOOK_S: Final = 4.0
LOOK_AWAY_S: Final = 1.0
PRESENCE_S: Final = 4.0
PAGE_ROWS: Final = 500

logger = logging.getLogger("puzzeltafel.neighbours")


class Rooms(Protocol):
    """The rooms of this server, as the hub keeps them."""

    def opened(self, case_id: str) -> OpenRoom | None: ...

    def all_opened(self) -> Sequence[OpenRoom]: ...

    def act(self, opened: OpenRoom, act: Callable[[Room, float, int], list[Effect]]) -> None:
        """Have a room do something now and perform what it wants; ends the room when that fails."""
        ...

    def replaced(self, opened: OpenRoom) -> None:
        """A newer epoch began elsewhere: send everyone away to come back to it."""
        ...

    def broken(self, opened: OpenRoom, fault: Exception) -> None:
        """The document of a room is not to be trusted: send everyone away; the next to come opens it from the log."""
        ...

    def cannot_read(self, opened: OpenRoom) -> None:
        """What was committed cannot be told, since the log cannot be read now."""
        ...

    async def reread_access(self, case_id: str) -> None: ...


class Neighbours:
    """The other servers, as this one's rooms see them. Use with `async with`."""

    def __init__(self, storage: Storage, fanout: Fanout, rooms: Rooms) -> None:
        self.fanout = fanout
        self._storage = storage
        self._rooms = rooms
        self._following: dict[str, Following] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        fanout.listen(self)

    async def __aenter__(self) -> Neighbours:
        await self.fanout.__aenter__()
        if self._storage.is_shared:
            self._spawn(self._look_forever())
            self._spawn(self._tell_presence_forever())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in (tasks := list(self._tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.fanout.__aexit__()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Rooms come and go

    async def before_opening(self, case_id: str) -> None:
        """Hear of a case before it is read, so that nothing falls between."""
        self._following[case_id] = Following()
        await self.fanout.follow(case_id)

    def has_opened(self, opened: OpenRoom) -> None:
        """Take in what was heard while the case was read, and ask who is there."""
        self._advance(opened)
        self.fanout.publish(WhoIsThere(opened.room.case))

    def has_closed(self, case_id: str) -> None:
        self._following.pop(case_id, None)
        self.fanout.leave(case_id)

    # What happens here

    def landed(self, opened: OpenRoom, rows: Sequence[NewRow], seq: int) -> None:
        """A commit of this room is in the log, its newest row at `seq`: tell the others, and the room once it has what came before."""
        if not self._storage.is_shared:  # nobody else writes to this log, or hears of it
            self._rooms.act(opened, lambda room, now, now_ms: room.committed(seq, now, now_ms))
            return
        room, first = opened.room, seq - len(rows) + 1
        if self.fanout.state == "connected":
            self.fanout.publish(Committed(room.case, room.epoch, first, seq, _numbered(room.epoch, first, rows)))
        if self._rooms.opened(room.case) is not opened:
            self._rooms.act(opened, lambda room, now, now_ms: room.committed(seq, now, now_ms))
            return
        following = self._of(opened)
        following.landed, following.before = seq, first - 1
        self._advance(opened)

    def announce(self, case_id: str, message: Message) -> None:
        """Tell the others."""
        if case_id in self._following:
            self.fanout.publish(message)

    async def catch_up(self, opened: OpenRoom) -> bool:
        """Read all that the room lacks from the log; tell whether there was anything. Raises StorageFault."""
        before = opened.room.seq
        while rows := await self._storage.rows(DocumentName(opened.room.case), opened.room.seq, PAGE_ROWS):
            if opened.is_gone or not self._take(opened, rows):
                break
        return opened.room.seq != before

    # What the others say

    def on_message(self, server: str, message: Message) -> None:
        following = self._following.get(message.case)
        opened = self._rooms.opened(message.case)
        match message:
            case _ if following is None:
                pass
            case Committed():
                following.hears_of(message)
                if opened is not None:
                    self._advance(opened)
            case Changed():
                self._spawn(self._look([message.case]))
            case Present(_, entries, is_whole) if opened is not None:
                self._rooms.act(opened, lambda room, now, _: room.hear_presence(server, entries, now, is_whole=is_whole))
            case WhoIsThere() if opened is not None:
                self._tell_presence(opened)
            case _:
                pass

    def on_connected(self) -> None:
        self._spawn(self._look_at_all())
        for opened in self._rooms.all_opened():
            self.fanout.publish(WhoIsThere(opened.room.case))
            self._tell_presence(opened)

    # Keeping level

    def _of(self, opened: OpenRoom) -> Following:
        return self._following.setdefault(opened.room.case, Following())

    def _advance(self, opened: OpenRoom) -> None:
        """Take in all that follows what the room has; have the log read when something stays missing."""
        if self._rooms.opened(opened.room.case) is not opened:
            return
        following, room = self._of(opened), opened.room
        while not opened.is_gone and (message := following.next_after(room)):
            if message.epoch > room.epoch:
                self._rooms.replaced(opened)
                return
            self._take(opened, message.rows)
            _observe(message.rows)
        if opened.is_gone:
            return
        if following.landed is not None and following.before <= room.seq:
            seq, following.landed = following.landed, None
            self._rooms.act(opened, lambda room, now, now_ms: room.committed(seq, now, now_ms))
        if following.misses(room) and not following.is_reading:
            following.is_reading = True
            self._spawn(self._read_missing(opened, following))

    def _take(self, opened: OpenRoom, rows: Sequence[LogRow]) -> bool:
        """Give a room the rows it lacks; a newer epoch among them ends it. Tell whether it took them all and can go on."""
        news = [row for row in rows if row.seq > opened.room.seq]
        if any(row.epoch > opened.room.epoch for row in news):
            self._rooms.replaced(opened)
            return False
        if news:
            self._rooms.act(opened, lambda room, now, _: room.hear(news, now))
        return not opened.is_gone and (not news or opened.room.seq >= news[-1].seq)

    async def _read_missing(self, opened: OpenRoom, following: Following) -> None:
        try:
            if self.fanout.state == "connected":
                await asyncio.sleep(GRACE_S)
            target = following.newest
            if following.misses(opened.room) and not opened.is_gone and await self.catch_up(opened):
                GAPS_HEALED.inc()
        except StorageFault:
            if following.landed is not None and not opened.is_gone:
                following.landed = None
                self._rooms.cannot_read(opened)
            return
        finally:
            following.is_reading = False
        if opened.room.seq < target and not opened.room.has_settled() and following.landed is None:
            return  # how that ends decides, and has the rest read
        if not opened.is_gone:
            if following.newest == target:  # else more was heard of meanwhile
                following.newest = min(target, opened.room.seq)
            self._advance(opened)

    # Looking, as the safety net

    async def _look_forever(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S if self.fanout.state == "connected" else LOOK_AWAY_S)
            try:
                await self._look_at_all()
            except Exception:  # a fault of ours: the safety net must outlive it
                logger.exception("looking at the positions failed")

    async def _look_at_all(self) -> None:
        await self._look([opened.room.case for opened in self._rooms.all_opened()])

    async def _look(self, case_ids: Sequence[str]) -> None:
        had = {case_id: opened.room.seq for case_id in case_ids if (opened := self._rooms.opened(case_id))}
        try:
            positions = await self._storage.positions(case_ids) if case_ids else {}
            for case_id, position in positions.items():
                opened = self._rooms.opened(case_id)
                if opened is not None:
                    await self._compare(opened, position, had.get(case_id, 0))
        except StorageFault as fault:
            logger.debug("the positions cannot be read now: %s", fault)

    async def _compare(self, opened: OpenRoom, position: Position, had: int) -> None:
        """Hold a room, which had come as far as `had` when the position was asked for, against that."""
        following = self._of(opened)
        if position.epoch > opened.room.epoch:
            self._rooms.replaced(opened)
            return
        if position.seq < had:
            self._rooms.broken(opened, ConflictFault(f"the log ends at {position.seq}, and went on to {had} before"))
            return
        if position.seq > opened.room.seq:
            following.newest = max(following.newest, position.seq)
            if opened.room.has_settled():
                self._advance(opened)  # else it may be its own, and what is missing then shows as soon as that has landed
        if following.revision != position.revision:
            with contextlib.suppress(StorageFault):  # then the next look sees it again
                await self._rooms.reread_access(opened.room.case)
                following.revision = position.revision

    # Presence

    async def _tell_presence_forever(self) -> None:
        while True:
            await asyncio.sleep(PRESENCE_S)
            for opened in self._rooms.all_opened():
                self._tell_presence(opened)
                self._rooms.act(opened, lambda room, now, now_ms: room.tick(now, now_ms))

    def _tell_presence(self, opened: OpenRoom) -> None:
        """Say who is here: so the others know that this server lives, or hear of its last one's leaving again."""
        following, entries = self._of(opened), tuple(opened.room.presence.present())
        if entries or following.told_presence:
            self.fanout.publish(Present(opened.room.case, entries, is_whole=True))
        following.told_presence = bool(entries)


def _numbered(epoch: int, first_seq: int, rows: Sequence[NewRow]) -> tuple[LogRow, ...]:
    return tuple(LogRow(seq, epoch, row.at, row.participant, row.clients, row.update) for seq, row in enumerate(rows, first_seq))


def _observe(rows: Sequence[LogRow]) -> None:
    now_ms = time.time() * 1000
    for row in rows:
        FANOUT_SECONDS.observe(max(0.0, (now_ms - row.at) / 1000))
