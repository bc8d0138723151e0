"""Opens, shares and retires rooms; performs their effects; owns every background task.

The shell around `core/`: here are the clocks, the timers and the one task that commits for all rooms. It decides nothing about
documents or people. Sockets are the pump's (`web/websocket.py`); SQL is storage's.

    a room: absent ──open──► present ──nobody, idle_s──► keyframe, absent
                                └──document fault──► everyone closed (4500), absent; reopened from the log
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

from crdt.case import CaseDocument, CaseView
from crdt.gate import Refused, Sender
from crdt.log import Append
from crdt.presence import Person
from server.core.effects import CallAt, Close, Commit, Effect, KeepKeyframe, Settled, Wake
from server.core.room import Room
from server.core.session import Session
from server.errors import FAULT, NO_SUCH_CASE, RESTART, CloseCode, Refusal, StorageFault
from server.storage import Participant, Storage
from server.telemetry import Event, log_event

STORAGE_RETRY_S = 1.0
DRAIN_S = 5.0

logger = logging.getLogger("puzzeltafel.hub")


class ChangeRefused(Exception):
    """A change the server was asked to make for someone is refused by the gate."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


class Connection:
    """One open connection as the hub and the pump share it: its session, and when to look at its outbox."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ready = asyncio.Event()
        self.closing: tuple[CloseCode, str] | None = None

    def close(self, code: CloseCode, message: str) -> None:
        """Ask the pump to close; the first reason stands."""
        self.closing = self.closing or (code, message)
        self.ready.set()


@dataclass(slots=True, eq=False)
class OpenRoom:
    """A room in memory with what the shell keeps beside it."""

    room: Room
    connections: dict[Session, Connection] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None
    retirement: asyncio.TimerHandle | None = None
    users: int = 0
    tickets: set[int] = field(default_factory=set)


class Hub:
    """All rooms of one server. Start with `async with`."""

    def __init__(
        self,
        storage: Storage,
        *,
        idle_s: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        wall_ms: Callable[[], int] = lambda: int(time.time() * 1000),
    ) -> None:
        self.storage = storage
        self._idle_s = idle_s
        self._clock = clock
        self._wall_ms = wall_ms
        self._rooms: dict[str, OpenRoom] = {}
        self._opening: dict[str, asyncio.Task[OpenRoom]] = {}
        self._pending: list[tuple[OpenRoom, Append]] = []
        self._work = asyncio.Event()
        self._committed = asyncio.Event()
        self._committing: set[str] = set()
        self._tickets = itertools.count()
        self._waiting: dict[int, asyncio.Future[int]] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._committer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Hub:
        self._committer = asyncio.create_task(self._commit_forever(), name="committer")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send everyone away with "come back", write what is left, keep keyframes."""
        for opened in list(self._rooms.values()):
            for connection in opened.connections.values():
                connection.close(RESTART, "the server restarts; you come back by yourself")
        await self._drain()
        for opened in list(self._rooms.values()):
            self._retire(opened)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._committer:
            self._committer.cancel()
            await asyncio.gather(self._committer, return_exceptions=True)

    async def _drain(self) -> None:
        """Wait until every room has settled or is read-only, but not for ever."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_S):
                while any(not (opened.room.has_settled() or opened.room.is_read_only) for opened in self._rooms.values()):
                    self._committed.clear()
                    await self._committed.wait()

    # Rooms

    async def _open(self, case_id: str) -> OpenRoom:
        """Return the room of a case, opening it from storage once for all who ask. Raises Refusal, StorageFault."""
        opened = self._rooms.get(case_id)
        if opened is not None:
            return opened
        if case_id not in self._opening:
            self._opening[case_id] = asyncio.create_task(self._load(case_id))
        return await asyncio.shield(self._opening[case_id])

    async def _load(self, case_id: str) -> OpenRoom:
        try:
            while case_id in self._committing:  # by a room that broke meanwhile: what it commits belongs to what is opened
                self._committed.clear()
                await self._committed.wait()
            stored = await self.storage.open(case_id)
            if stored is None:
                raise Refusal(NO_SUCH_CASE, "this case does not exist here; check the link")
            document = CaseDocument.open(stored.updates)
            room = Room(case_id, document, owners=stored.owners, epoch=stored.epoch, seq=stored.seq, keyframe_seq=stored.keyframe_seq)
            room.people = {person.id: person for person in map(as_person, await self.storage.participants(case_id))}
            opened = self._rooms[case_id] = OpenRoom(room)
            log_event(logger, Event.ROOM_OPENED, case=case_id, seq=stored.seq, updates=len(stored.updates))
            return opened
        finally:
            del self._opening[case_id]

    def _consider_retiring(self, opened: OpenRoom) -> None:
        if opened.retirement is not None:
            opened.retirement.cancel()
        loop = asyncio.get_running_loop()
        opened.retirement = loop.call_later(self._idle_s, self._retire_if_idle, opened)

    def _retire_if_idle(self, opened: OpenRoom) -> None:
        if opened.users or opened.connections:
            return
        if not opened.room.is_idle():
            self._consider_retiring(opened)
            return
        self._retire(opened)

    def _retire(self, opened: OpenRoom) -> None:
        for handle in (opened.timer, opened.retirement):
            if handle is not None:
                handle.cancel()
        if self._rooms.get(opened.room.case) is opened:
            del self._rooms[opened.room.case]
            self._perform(opened, opened.room.keyframe())
            log_event(logger, Event.ROOM_RETIRED, case=opened.room.case, seq=opened.room.seq)

    def rooms_open(self) -> int:
        """Count the rooms in memory."""
        return len(self._rooms)

    # Connections

    async def connect(self, case_id: str, session: Session) -> Connection:
        """Let a session into the room of a case. Raises Refusal, StorageFault."""
        opened = await self._open(case_id)
        if opened.retirement is not None:
            opened.retirement.cancel()
        connection = Connection(session)
        opened.connections[session] = connection
        self._do(opened, lambda room: room.join(session))
        return connection

    def receive(self, case_id: str, connection: Connection, frame: bytes | str) -> float:
        """Take one frame of a connection. Returns how many seconds it should not be read (0 while within its rate)."""
        session = connection.session
        try:
            message = session.read(frame)
        except Refusal as refusal:
            connection.close(refusal.code, refusal.message)
            return 0.0
        opened = self._rooms.get(case_id)
        if opened is not None and session in opened.connections:
            self._do(opened, lambda room: room.receive(session, message, self._clock(), self._wall_ms()))
        return session.rate.wait(self._clock())

    def next_frame(self, case_id: str, connection: Connection) -> bytes | None:
        """Take the next frame to send to a connection, catching it up first when it is behind; None when there is none."""
        outbox = connection.session.outbox
        frame = outbox.pop()
        opened = self._rooms.get(case_id)
        if frame is None and outbox.is_behind and opened is not None:
            opened.room.catch_up(connection.session)
            frame = outbox.pop()
        return frame

    def disconnect(self, case_id: str, connection: Connection) -> None:
        """Forget a connection. Doing so twice changes nothing."""
        opened = self._rooms.get(case_id)
        if opened is not None and opened.connections.pop(connection.session, None) is not None:
            self._do(opened, lambda room: room.leave(connection.session, self._clock()))
            if not opened.connections:
                self._consider_retiring(opened)

    # What the server itself reads and changes

    async def view(self, case_id: str) -> CaseView:
        """Return a case as plain values, as committed."""
        opened = await self._open(case_id)
        if not opened.connections:
            self._consider_retiring(opened)
        return opened.room.live.view()

    async def change(self, case_id: str, sender: Sender, build: Callable[[CaseDocument], bytes]) -> int:
        """Make a change on behalf of a participant: durable when this returns its seq.

        Raises ChangeRefused, StorageFault, Refusal (no such case).
        """
        opened = await self._open(case_id)
        opened.users += 1
        ticket = next(self._tickets)
        opened.tickets.add(ticket)
        try:
            waiting: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            self._waiting[ticket] = waiting
            update = build(opened.room.live)
            self._do(opened, lambda room: room.submit(ticket, update, sender, self._clock(), self._wall_ms()))
            return await waiting
        finally:
            self._waiting.pop(ticket, None)
            opened.tickets.discard(ticket)
            opened.users -= 1
            self._consider_retiring(opened)

    def meet(self, participant: Participant) -> None:
        """Tell the room of a case, if it is open, of a participant who is new or changed."""
        opened = self._rooms.get(participant.case)
        if opened is not None:
            self._do(opened, lambda room: room.meet([as_person(participant)]))

    # Effects

    def _do(self, opened: OpenRoom, act: Callable[[Room], list[Effect]]) -> None:
        try:
            effects = act(opened.room)
        except Exception as fault:  # whatever it is, it must end with this room and not with the server
            self._break(opened, fault)
            return
        self._perform(opened, effects)

    def _break(self, opened: OpenRoom, fault: Exception) -> None:
        """The document of a room is not to be trusted: send everyone away; the next to come opens it from the log."""
        log_event(logger, Event.ROOM_BROKEN, case=opened.room.case, fault=repr(fault))
        logger.debug("the fault of case %s", opened.room.case, exc_info=fault)
        if self._rooms.get(opened.room.case) is opened:
            del self._rooms[opened.room.case]
        self._pending = [(room, append) for room, append in self._pending if room is not opened]
        for ticket in opened.tickets:
            self._resolve(ticket, None)
        for connection in opened.connections.values():
            connection.close(FAULT, "something went wrong here; nothing saved is lost, you come back by yourself")

    def _perform(self, opened: OpenRoom, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Wake(sessions):
                    for session in sessions:
                        if connection := opened.connections.get(session):
                            connection.ready.set()
                case Commit(append):
                    self._pending.append((opened, append))
                    self._work.set()
                case CallAt(when):
                    self._call_at(opened, when)
                case Close(session, code, message):
                    if connection := opened.connections.get(session):
                        connection.close(code, message)
                case Settled(ticket, outcome):
                    self._resolve(ticket, outcome)
                case KeepKeyframe(seq, state):
                    self._spawn(self._keep_keyframe(opened.room.case, seq, state))
                case _:
                    assert_never(effect)

    def _call_at(self, opened: OpenRoom, when: float) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + max(0.0, when - self._clock())
        if opened.timer is not None:
            if opened.timer.when() <= due:
                return  # the tick that comes first asks for the later one again
            opened.timer.cancel()
        opened.timer = loop.call_at(due, self._tick, opened)

    def _tick(self, opened: OpenRoom) -> None:
        opened.timer = None
        self._do(opened, lambda room: room.tick(self._clock(), self._wall_ms()))

    def _resolve(self, ticket: int, outcome: Refused | int | None) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or waiting.done():
            return
        if isinstance(outcome, int):
            waiting.set_result(outcome)
        elif outcome is None:
            waiting.set_exception(StorageFault("the change could not be stored"))
        else:
            waiting.set_exception(ChangeRefused(outcome))

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[object] = asyncio.create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep_keyframe(self, case_id: str, seq: int, state: bytes) -> None:
        try:
            await self.storage.add_keyframe(case_id, seq, self._wall_ms(), state)
        except StorageFault as fault:
            log_event(logger, Event.KEYFRAME_LOST, case=case_id, seq=seq, fault=str(fault))

    # The one committer

    async def _commit_forever(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            batch, self._pending = self._pending, []
            if batch:
                self._committing = {append.case for _, append in batch}
                await self._commit(batch)
                self._committing = set()
                self._committed.set()

    async def _commit(self, batch: list[tuple[OpenRoom, Append]]) -> None:
        """Commit for all rooms in one transaction; when that fails, none of it is told to anyone."""
        try:
            seqs = await self.storage.append([append for _, append in batch])
        except StorageFault as fault:
            log_event(logger, Event.COMMIT_FAILED, rooms=len(batch), fault=str(fault))
            for opened, _ in batch:
                self._do(opened, lambda room: room.commit_failed())
                self._spawn(self._wait_for_storage(opened))
            return
        for (opened, _), seq in zip(batch, seqs, strict=True):
            self._do(opened, lambda room, seq=seq: room.committed(seq, self._clock(), self._wall_ms()))  # type: ignore[misc]

    async def _wait_for_storage(self, opened: OpenRoom) -> None:
        """Try an empty commit until one succeeds, then let the room write again; give up when the room is gone."""
        while opened.room.is_read_only and self._rooms.get(opened.room.case) is opened:
            await asyncio.sleep(STORAGE_RETRY_S)
            try:
                await self.storage.append([Append(opened.room.case, ())])
            except StorageFault:
                continue
            self._do(opened, lambda room: room.storage_is_back())


def as_person(participant: Participant) -> Person:
    """Return a participant as the others see them."""
    return Person(participant.id, participant.name, participant.partner, participant.role)
