"""Opens, shares and retires rooms; performs their effects; begins and ends all that works for them in the background.

The shell around `core/`: here are the clocks and the timers. It decides nothing about documents or people. Commits are the
committer's; what else takes time for a room is `errands.py`'s, the other servers `neighbours.py`'s; sockets are the pump's
(`web/websocket.py`); SQL is storage's.

    a room: absent ──open──► present ──nobody, idle_s──► keyframe, absent
                                └──document fault──► everyone closed (4500), absent; reopened from the log
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, assert_never

from crdt.case import CaseDocument, CaseView, is_library_panic
from crdt.errors import DocumentFault
from crdt.gate import Sender
from crdt.log import Append
from crdt.wire import StateVector
from server.attendance import read_access
from server.committer import Committer
from server.core.effects import Announce, CallAt, Close, Commit, Effect, KeepKeyframe, LookUp, Settled, TurnedDown, Wake
from server.core.limits import Quotas
from server.core.room import Room
from server.core.session import Session
from server.errands import NO_AUTHORS, Errands, Makers
from server.errors import BUSY, FAULT, NEW_EPOCH, RESTART, CloseCode, ConflictFault, Refusal
from server.fanout import Changed, Fanout, Present
from server.fanout.memory import MemoryFanout
from server.neighbours import Neighbours
from server.open_room import Connection, Line, OpenRoom, nothing
from server.opening import Opener
from server.quarantine import Quarantine
from server.storage import Storage
from server.telemetry import CONNECTIONS, OUTBOX_DROPS, REFUSED, ROOMS, Event, log_event
from server.tickets import Tickets

DRAIN_S = 5.0

Result = TypeVar("Result")

logger = logging.getLogger("puzzeltafel.hub")


class Hub:
    """All rooms of one server. Start with `async with`."""

    def __init__(
        self,
        storage: Storage,
        *,
        idle_s: float = 30.0,
        quotas: Quotas = Quotas(),  # noqa: B008  (frozen)
        quarantine: Quarantine | None = None,
        makers: Makers | None = None,
        fanout: Fanout | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall_ms: Callable[[], int] = lambda: int(time.time() * 1000),
    ) -> None:
        self.storage = storage
        self._idle_s = idle_s
        self._quotas = quotas
        self._opener = Opener(storage, quotas, quarantine)
        self._clock = clock
        self._wall_ms = wall_ms
        self._rooms: dict[str, OpenRoom] = {}
        self._opening: dict[str, asyncio.Task[OpenRoom]] = {}
        self._replacing = asyncio.Lock()
        self._committer: Committer[OpenRoom] = Committer(storage, self)
        self._tickets = Tickets()
        self._neighbours = Neighbours(storage, fanout or MemoryFanout(), self)
        self._errands = Errands(storage, self._neighbours, self, makers)

    async def __aenter__(self) -> Hub:
        await self._committer.__aenter__()
        await self._neighbours.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send everyone away, write what is left, keep keyframes."""
        await self.send_away()
        for opened in list(self._rooms.values()):
            self._retire(opened)
        await self._errands.finish()
        await self._neighbours.__aexit__()
        await self._committer.__aexit__()

    async def send_away(self) -> None:
        """Send everyone away with "come back", and wait until every room has settled or is read-only, but not for ever."""
        for opened in list(self._rooms.values()):
            for connection in opened.connections.values():
                connection.close(RESTART, "the server restarts; you come back by yourself")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_S):
                while any(not (opened.room.has_settled() or opened.room.is_read_only) for opened in self._rooms.values()):
                    await self._committer.next_end()

    # Rooms

    async def _open(self, case_id: str) -> OpenRoom:
        """Return the room of a case, opening it from storage once for all who ask. Raises Refusal, StorageFault."""
        while True:
            opened = self._rooms.get(case_id)
            if opened is None:
                if case_id not in self._opening:
                    self._opening[case_id] = asyncio.create_task(self._load(case_id))
                opened = await asyncio.shield(self._opening[case_id])
            if self._rooms.get(case_id) is opened:  # else it was dropped before we were told of it
                return opened

    async def _load(self, case_id: str) -> OpenRoom:
        try:
            if len(self._rooms) >= self._quotas.rooms:
                raise Refusal(BUSY, "this server has as many cases open as it can; come back in a moment")
            await self._committer.until_committed(case_id)  # by a room that broke meanwhile: what it commits belongs to what is opened
            await self._neighbours.before_opening(case_id)
            opened = self._rooms[case_id] = await self._opener.open(case_id)
            ROOMS.set(len(self._rooms))
            self._neighbours.has_opened(opened)
            return opened
        except BaseException:
            self._neighbours.has_closed(case_id)
            raise
        finally:
            if self._opening.get(case_id) is asyncio.current_task():
                del self._opening[case_id]

    def _consider_retiring(self, opened: OpenRoom) -> None:
        opened.retire_after(self._idle_s, self._retire_if_idle)

    def _retire_if_idle(self, opened: OpenRoom) -> None:
        if opened.users or opened.connections:
            return
        if not opened.room.has_settled():
            self._consider_retiring(opened)
            return
        self._retire(opened)

    def _retire(self, opened: OpenRoom) -> None:
        opened.stop_timers()
        if self._rooms.get(opened.room.case) is opened:
            self._do(opened, lambda room: room.keyframe())
        if self._forget(opened):
            log_event(logger, Event.ROOM_RETIRED, case=opened.room.case, seq=opened.room.seq)

    def _forget(self, opened: OpenRoom) -> bool:
        """Take a room out of memory; tell whether it was there."""
        if self._rooms.get(opened.room.case) is not opened:
            return False
        del self._rooms[opened.room.case]
        opened.mark.close()
        self._neighbours.has_closed(opened.room.case)
        ROOMS.set(len(self._rooms))
        return True

    # Connections

    async def connect(self, case_id: str, session: Session, arrived: Callable[[], None] = nothing, line: Line | None = None) -> Connection:
        """Let a session into the room of a case; `arrived` is called when its first sync is answered. Raises Refusal, StorageFault."""
        opened = await self._open(case_id)
        opened.stay()
        connection = Connection(session, arrived, line)
        opened.connections[session] = connection
        CONNECTIONS.inc()
        self._do(opened, lambda room: room.join(session, self._wall_ms()))
        return connection

    def receive(self, case_id: str, connection: Connection, frame: bytes | str) -> float:
        """Take one frame of a connection. Returns how many seconds it should not be read (0 while within its rate).

        Who is being sent away is not heard any more: their goodbye may take a moment, in which they must change nothing.
        """
        if connection.closing:
            return 0.0
        session = connection.session
        try:
            message = session.read(frame)
        except Refusal as refusal:
            connection.close(refusal.code, refusal.message)
            return 0.0
        opened, now = self._rooms.get(case_id), self._clock()
        if opened is not None and session in opened.connections:
            self._do(opened, lambda room: room.receive(session, message, now, self._wall_ms()))
        if isinstance(message, StateVector):
            connection.arrived()
        try:
            return session.charge(message, len(frame), now)
        except Refusal as refusal:
            connection.close(refusal.code, refusal.message)
            return 0.0

    def next_frame(self, case_id: str, connection: Connection) -> bytes | None:
        """Take the next frame to send to a connection, catching it up first when it is behind; None when there is none."""
        outbox = connection.session.outbox
        frame = outbox.pop()
        opened = self._rooms.get(case_id)
        if frame is None and outbox.is_behind and opened is not None:
            OUTBOX_DROPS.inc()
            self._do(opened, lambda room: room.catch_up(connection.session))
            frame = outbox.pop()
        return frame

    def disconnect(self, case_id: str, connection: Connection) -> None:
        """Forget a connection. Doing so twice changes nothing."""
        opened = self._rooms.get(case_id)
        if opened is not None and opened.connections.pop(connection.session, None) is not None:
            CONNECTIONS.dec()
            self._do(opened, lambda room: room.leave(connection.session, self._clock()))
            if not opened.connections:
                self._consider_retiring(opened)

    # What the server itself reads and changes

    async def view(self, case_id: str) -> CaseView:
        """Return a case as plain values, as committed."""
        opened = await self._open(case_id)
        if not opened.connections:
            self._consider_retiring(opened)
        return self._read(opened, CaseDocument.view)

    def _read(self, opened: OpenRoom, read: Callable[[CaseDocument], Result]) -> Result:
        """Read the document of a room. Raises Refusal, the room being ended, when it cannot take in what was committed."""
        try:
            document = opened.room.document
        except DocumentFault as fault:
            self.broken(opened, fault)
            raise Refusal(FAULT, "something went wrong here; nothing saved is lost, try again") from fault
        return read(document)

    async def change(
        self,
        case_id: str,
        sender: Sender,
        build: Callable[[CaseDocument], bytes | None],
        authors: Mapping[tuple[str, str], str] = NO_AUTHORS,
    ) -> int | None:
        """Make a change on behalf of a participant: durable when this returns its seq; None when there was nothing to change.

        `authors` tells who made entries that the change may bring back. Raises ChangeRefused, StorageFault, Refusal (no such case).
        """
        opened = await self._open(case_id)
        opened.users += 1
        ticket, waiting = self._tickets.draw()
        opened.tickets.add(ticket)
        try:
            update = self._read(opened, build)
            if update is None:
                return None
            self._do(opened, lambda room: room.vouch(authors))
            self._do(opened, lambda room: room.submit(ticket, update, sender, self._clock(), self._wall_ms()))
            return await waiting
        finally:
            self._tickets.tear(ticket)
            opened.tickets.discard(ticket)
            opened.users -= 1
            self._consider_retiring(opened)

    async def begin_epoch(self, append: Append) -> int:
        """Replace a document by fresh state: everyone is sent away with 4410 and comes back to the new epoch.

        What was accepted and not yet committed is dropped, never having been called saved. Raises StorageFault, Refusal (no such case).
        """
        async with self._replacing:
            return await self._replace(append)

    async def _replace(self, append: Append) -> int:
        opened = await self._open(append.case)
        self.replaced(opened)
        replacing = asyncio.create_task(self._begin_epoch(append))
        opening = self._opening[append.case] = asyncio.create_task(self._load_after(append.case, replacing))
        opening.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody may be waiting for it
        seq = await asyncio.shield(replacing)
        log_event(logger, Event.EPOCH_BEGUN, case=append.case, seq=seq)
        return seq

    async def _begin_epoch(self, append: Append) -> int:
        await self._committer.until_committed(append.case)
        seq = await self.storage.begin_epoch(append)
        self._neighbours.fanout.publish(Changed(append.case))
        return seq

    async def _load_after(self, case_id: str, replacing: asyncio.Task[int]) -> OpenRoom:
        """Open a room for those who ask meanwhile, once the new epoch is there or has failed to come."""
        await asyncio.wait([replacing])
        opened = await self._load(case_id)
        self._consider_retiring(opened)
        return opened

    async def refresh(self, case_id: str) -> None:
        """Read who may do what in a case, here and on all other servers: whoever changed that calls this. Raises StorageFault."""
        self._neighbours.fanout.publish(Changed(case_id))
        await self.reread_access(case_id)

    async def reread_access(self, case_id: str) -> None:
        """Hold the room of a case against who may do what there now. Raises StorageFault."""
        if opening := self._opening.get(case_id):
            await asyncio.wait([opening])  # what it read may be older
        opened = self._rooms.get(case_id)
        if opened is not None:
            async with opened.refreshing:  # so that no older reading comes after a newer one
                access = await read_access(self.storage, case_id)
                self._do(opened, lambda room: room.revise(access, self._clock()))

    # Effects

    def _do(self, opened: OpenRoom, act: Callable[[Room], list[Effect]]) -> None:
        try:
            effects = act(opened.room)
        except BaseException as fault:  # whatever it is, it must end with this room and not with the server
            if not isinstance(fault, Exception) and not is_library_panic(fault):
                raise
            self.broken(opened, fault)
            return
        self._perform(opened, effects)

    def broken(self, opened: OpenRoom, fault: BaseException) -> None:
        """The document of a room is not to be trusted: send everyone away, once; the next to come opens it from the log."""
        if opened.is_gone:
            return
        log_event(logger, Event.ROOM_BROKEN, case=opened.room.case, fault=repr(fault))
        logger.debug("the fault of case %s", opened.room.case, exc_info=fault)
        self._abandon(opened, FAULT, "something went wrong here; nothing saved is lost, you come back by yourself")

    def _abandon(self, opened: OpenRoom, code: CloseCode, message: str) -> None:
        """Drop a room with what it has not begun to commit, and send everyone away."""
        self._forget(opened)
        opened.is_gone = True
        opened.stop_timers()
        self._committer.drop(opened)
        CONNECTIONS.dec(len(opened.connections))
        for ticket in opened.tickets:
            self._tickets.settle(ticket, None)
        for connection in opened.connections.values():
            connection.close(code, message)

    def _perform(self, opened: OpenRoom, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Wake(sessions):
                    opened.wake(sessions)
                case Commit() | CallAt() | KeepKeyframe() | LookUp() if opened.is_gone:
                    pass
                case Commit(append):
                    self._committer.add(opened, append)
                case CallAt(when):
                    opened.call_in(when - self._clock(), self._tick)
                case Close(session, code, message):
                    opened.close(session, code, message)
                case TurnedDown(session, reason):
                    REFUSED.labels(reason).inc()
                    log_event(logger, Event.CHANGE_REFUSED, case=opened.room.case, participant=session.person.id, reason=reason)
                case Settled(ticket, outcome):
                    self._tickets.settle(ticket, outcome)
                case LookUp(with_makers):
                    self._errands.look_up(opened, with_makers=with_makers)
                case KeepKeyframe():
                    self._errands.keep(opened, effect, self._wall_ms())
                case Announce(entries):
                    self._neighbours.announce(opened.room.case, Present(opened.room.case, entries))
                case _:
                    assert_never(effect)

    def _tick(self, opened: OpenRoom) -> None:
        self._do(opened, lambda room: room.tick(self._clock(), self._wall_ms()))

    # What neighbours and errands do to rooms

    def opened(self, case_id: str) -> OpenRoom | None:
        return self._rooms.get(case_id)

    def all_opened(self) -> list[OpenRoom]:
        return list(self._rooms.values())

    def act(self, opened: OpenRoom, act: Callable[[Room, float, int], list[Effect]]) -> None:
        self._do(opened, lambda room: act(room, self._clock(), self._wall_ms()))

    def replaced(self, opened: OpenRoom) -> None:
        self._abandon(opened, NEW_EPOCH, "this case was replaced; you come back by yourself")

    def cannot_read(self, opened: OpenRoom) -> None:
        self._errands.recover(opened)

    # How commits end

    def on_committed(self, owner: OpenRoom, append: Append, seq: int) -> None:
        self._neighbours.landed(owner, append.rows, seq)

    def on_commit_failed(self, owner: OpenRoom) -> None:
        self._errands.recover(owner)

    def on_conflict(self, owner: OpenRoom, fault: ConflictFault) -> None:
        if self.storage.is_shared:
            self._errands.reconcile(owner, fault)
        else:
            self.broken(owner, fault)
