"""Storage over SQLAlchemy Core: one implementation for SQLite (embedded) and PostgreSQL (many servers).

Which rows belong together in a commit is decided by the hub; this file makes the commit durable or raises StorageFault. What differs
between the two databases is in `sqlite.py` and `postgres.py`; the statements are in `log_sql.py` and `people_sql.py`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from crdt.gate import Role
from crdt.log import MAIN_DOCUMENT, Append, Keyframe, LogFact, LogRow
from crdt.rules import Rules
from server.errors import StorageFault
from server.storage import (
    Case,
    DocumentHead,
    DocumentName,
    Link,
    Participant,
    PointName,
    Position,
    Status,
    Stored,
    log_sql,
    people_sql,
)
from server.storage.engine import Engine, first_line
from server.storage.postgres import Postgres
from server.storage.sqlite import Sqlite
from server.storage.tables import cases, documents, keys, links, log, marks, participants, rules
from server.storage.uninterrupted import uninterrupted

RETRY_AFTER_S: Final = 0.05
RETRY_FOR_S: Final = 2.0
"""A commit whose connection was lost is tried again, at least once, with pauses that double: a database that was restarted may be back."""


logger = logging.getLogger("puzzeltafel.storage")


class LostFault(StorageFault):
    """The connection failed: what was being written may be there or not."""


class SqlStorage:
    """The log, keyframes, participants and links in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    async def open_sqlite(cls, path: Path) -> SqlStorage:
        """Open the database file, making and migrating it as needed. The caller holds the folder's lock.

        Raises StorageFault when the file is damaged or cannot be opened.
        """
        return await cls._open(Sqlite(path))

    @classmethod
    async def open_postgres(cls, url: str) -> SqlStorage:
        """Connect to a database that other servers may use too, making and migrating its tables. Raises StorageFault, SetupFault."""
        return await cls._open(Postgres(url))

    @classmethod
    async def _open(cls, engine: Engine) -> SqlStorage:
        storage = cls(engine)
        try:
            await engine.prepare()
        except engine.faults as error:
            await storage.close()
            raise StorageFault(first_line(error)) from error
        except StorageFault:
            await storage.close()
            raise
        return storage

    @property
    def is_shared(self) -> bool:
        return self._engine.is_shared

    async def close(self) -> None:
        await self._engine.reader.dispose()
        await self._engine.writer.dispose()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.turn():
            try:
                async with self._engine.writer.begin() as connection:
                    yield connection
            except self._engine.faults as error:
                raise self._fault(error) from error

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.reader.connect() as connection:
                yield connection
        except self._engine.faults as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> StorageFault:
        if not self._engine.is_lost(error):
            return StorageFault(first_line(error))
        self._engine.renew()
        return LostFault(first_line(error))

    # Cases

    @uninterrupted
    async def create_case(self, case: Case, founder: Participant, case_links: Sequence[Link], first: Append) -> int:
        async with self._write() as connection:
            await connection.execute(insert(cases).values(id=case.id, created_at=case.created_at))
            await connection.execute(insert(documents).values(case_id=case.id, name=first.document, epoch=1, seq=0))
            await connection.execute(insert(participants).values(people_sql.participant_values(founder)))
            for link in case_links:
                await connection.execute(insert(links).values(people_sql.link_values(link)))
            return (await log_sql.append(connection, [first]))[0]

    async def case(self, case_id: str) -> Case | None:
        row = await self._one(select(cases).where(cases.c.id == case_id))
        return None if row is None else Case(row.id, row.created_at)

    async def count_cases(self) -> int:
        async with self._read() as connection:
            return int((await connection.execute(select(func.count()).select_from(cases))).scalar_one())

    # The log

    @uninterrupted
    async def append(self, appends: Sequence[Append]) -> list[int]:
        commit_id = secrets.token_bytes(16) if self.is_shared else None
        began, pause_s, is_first = time.monotonic(), RETRY_AFTER_S, True
        while True:
            try:
                return await self._append(appends, commit_id, is_first=is_first)
            except LostFault as fault:
                logger.debug("a commit ended with its connection: %s", fault)
                if not is_first and time.monotonic() - began > RETRY_FOR_S:
                    raise
            await asyncio.sleep(pause_s)
            pause_s, is_first = 2 * pause_s, False

    async def _append(self, appends: Sequence[Append], commit_id: bytes | None, *, is_first: bool) -> list[int]:
        """Commit once; when this was tried before, look first whether it is there already."""
        async with self._write() as connection:
            if commit_id is not None and not is_first:
                seqs = await log_sql.committed(connection, appends, commit_id)
                if seqs is not None:
                    return seqs
            return await log_sql.append(connection, appends, commit_id)

    @uninterrupted
    async def try_out(self) -> None:
        async with self._write() as connection:
            await self._engine.try_out(connection)
        async with self._write() as connection:
            await self._engine.end_trial(connection)

    @uninterrupted
    async def begin_epoch(self, append: Append) -> int:
        async with self._write() as connection:
            return await log_sql.begin_epoch(connection, append)

    async def open(self, case_id: str, document: str = MAIN_DOCUMENT) -> Stored | None:
        async with self._read() as connection:  # one transaction, so keyframe, tail and owners belong together
            return await log_sql.stored(connection, DocumentName(case_id, document))

    async def at(self, case_id: str, seq: int, document: str = MAIN_DOCUMENT) -> tuple[bytes, ...]:
        async with self._read() as connection:
            name = DocumentName(case_id, document)
            return (await log_sql.replay(connection, name, seq, await log_sql.epoch_at(connection, name, seq)))[1]

    async def facts(self, case_id: str, document: str = MAIN_DOCUMENT) -> list[LogFact]:
        rows = await self._all(
            select(log.c.seq, log.c.at, log.c.participant_id, log.c.covers, log.c.first_at)
            .where(log.c.case_id == case_id, log.c.document == document)
            .order_by(log.c.seq)
        )
        return [LogFact(row.seq, row.at, row.participant_id, row.covers, row.first_at) for row in rows]

    @uninterrupted
    async def add_keyframe(self, name: DocumentName, keyframe: Keyframe) -> None:
        async with self._write() as connection:
            await log_sql.add_keyframe(connection, name, keyframe)

    # Upkeep

    async def heads(self) -> list[DocumentHead]:
        async with self._read() as connection:
            return await log_sql.heads(connection)

    async def rows(self, name: DocumentName, after: int, limit: int) -> list[LogRow]:
        async with self._read() as connection:
            return await log_sql.rows(connection, name, after, limit)

    async def keyframe_seqs(self, name: DocumentName) -> list[int]:
        async with self._read() as connection:
            return await log_sql.keyframe_seqs(connection, name)

    async def keyframe(self, name: DocumentName, seq: int) -> bytes | None:
        async with self._read() as connection:
            return await log_sql.keyframe(connection, name, seq)

    @uninterrupted
    async def drop_keyframes(self, name: DocumentName, seqs: Sequence[int]) -> None:
        async with self._write() as connection:
            await log_sql.drop_keyframes(connection, name, seqs)

    @uninterrupted
    async def replace_rows(self, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
        async with self._write() as connection:
            await log_sql.replace_rows(connection, name, old, new)

    async def backup(self, target: Path) -> None:
        await self._engine.backup(target)

    # Sharing

    async def positions(self, case_ids: Sequence[str]) -> dict[str, Position]:
        query = (
            select(documents.c.case_id, documents.c.epoch, documents.c.seq, cases.c.revision)
            .join(cases, cases.c.id == documents.c.case_id)
            .where(documents.c.name == MAIN_DOCUMENT, documents.c.case_id.in_(case_ids))
        )
        return {row.case_id: Position(row.epoch, row.seq, row.revision) for row in await self._all(query)}

    async def shared_key(self, name: str, proposed: bytes) -> bytes:
        try:
            async with self._write() as connection:
                await connection.execute(insert(keys).values(name=name, key=proposed))
        except StorageFault as fault:
            if not isinstance(fault.__cause__, IntegrityError):
                raise
        found = await self._one(select(keys.c.key).where(keys.c.name == name))
        assert found is not None
        return bytes(found.key)

    # People

    async def participant(self, case_id: str, participant_id: str) -> Participant | None:
        row = await self._one(select(participants).where(participants.c.case_id == case_id, participants.c.id == participant_id))
        return None if row is None else people_sql.participant_of(row)

    async def participants(self, case_id: str) -> list[Participant]:
        rows = await self._all(
            select(participants).where(participants.c.case_id == case_id).order_by(participants.c.joined_at, participants.c.id)
        )
        return [people_sql.participant_of(row) for row in rows]

    @uninterrupted
    async def put_participant(self, participant: Participant, seats: int | None = None) -> None:
        async with self._write() as connection:
            await people_sql.put_participant(connection, participant, seats)

    @uninterrupted
    async def change_standing(self, case_id: str, participant_id: str, *, role: Role | None = None, status: Status | None = None) -> None:
        async with self._write() as connection:
            await people_sql.change_standing(connection, case_id, participant_id, role=role, status=status)

    async def participant_by_recovery(self, case_id: str, recovery_hash: str) -> Participant | None:
        row = await self._one(select(participants).where(participants.c.case_id == case_id, participants.c.recovery_hash == recovery_hash))
        return None if row is None else people_sql.participant_of(row)

    @uninterrupted
    async def put_recovery(self, case_id: str, participant_id: str, recovery_hash: str) -> None:
        this = participants.c.case_id == case_id, participants.c.id == participant_id
        async with self._write() as connection:
            await connection.execute(update(participants).where(*this).values(recovery_hash=recovery_hash))

    # Rules and links

    async def rules(self, case_id: str) -> Rules:
        return people_sql.rules_of(await self._one(select(rules).where(rules.c.case_id == case_id)))

    @uninterrupted
    async def change_rules(self, case_id: str, change: Callable[[Rules], Rules]) -> Rules:
        async with self._write() as connection:
            return await people_sql.change_rules(connection, case_id, change)

    @uninterrupted
    async def put_link(self, link: Link) -> None:
        async with self._write() as connection:
            await people_sql.put_link(connection, link)

    async def links(self, case_id: str) -> list[Link]:
        rows = await self._all(select(links).where(links.c.case_id == case_id).order_by(links.c.created_at))
        return [people_sql.link_of(row) for row in rows]

    async def link_by_hash(self, case_id: str, secret_hash: str) -> Link | None:
        row = await self._one(select(links).where(links.c.case_id == case_id, links.c.secret_hash == secret_hash))
        return None if row is None else people_sql.link_of(row)

    # Names of points

    async def point_names(self, case_id: str) -> list[PointName]:
        rows = await self._all(select(marks).where(marks.c.case_id == case_id).order_by(marks.c.seq))
        return [PointName(row.case_id, row.kind, row.seq, row.name, row.at, row.participant_id) for row in rows]

    @uninterrupted
    async def put_point_name(self, name: PointName) -> None:
        key = {"case_id": name.case, "kind": name.kind, "seq": name.seq}
        async with self._write() as connection:
            await people_sql.hold(connection, name.case)
            await people_sql.put(connection, marks, key, {"name": name.name, "at": name.at, "participant_id": name.by})

    @uninterrupted
    async def drop_point_name(self, case_id: str, kind: str, seq: int) -> None:
        async with self._write() as connection:
            await connection.execute(delete(marks).where(marks.c.case_id == case_id, marks.c.kind == kind, marks.c.seq == seq))

    async def _one(self, query: Any) -> Row[Any] | None:
        async with self._read() as connection:
            return (await connection.execute(query)).first()

    async def _all(self, query: Any) -> Sequence[Row[Any]]:
        async with self._read() as connection:
            return (await connection.execute(query)).all()
