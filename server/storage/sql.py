"""Storage over SQLAlchemy Core: one implementation for SQLite (embedded) and, later, PostgreSQL.

SQLite is run as it should be: one writer connection that alone checkpoints, WAL, `synchronous=FULL`, readers that cannot write.
Which rows belong together in a commit is decided by the hub; this file makes the commit durable or raises StorageFault. The
statements about the log are in `log_sql.py`.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, event, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from crdt.gate import Role
from crdt.log import MAIN_DOCUMENT, Append, Keyframe, LogFact, LogRow
from crdt.rules import Rules
from server.errors import StorageFault
from server.storage import Case, DocumentHead, DocumentName, Link, Participant, PointName, Status, Stored, log_sql, migrations, people_sql
from server.storage.tables import cases, documents, links, log, marks, participants, rules
from server.storage.uninterrupted import uninterrupted

_BUSY_TIMEOUT_MS = 5_000
_READERS = 2
_TRIAL_BYTES = 524_288


class SqlStorage:
    """The log, keyframes, participants and links in one database."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._writing = asyncio.Lock()

    @classmethod
    async def open_sqlite(cls, path: Path) -> SqlStorage:
        """Open the database file, making and migrating it as needed. The caller holds the folder's lock.

        Raises StorageFault when the file is damaged or cannot be opened.
        """
        url = f"sqlite+aiosqlite:///{path}"
        writer = create_async_engine(url, poolclass=StaticPool)
        reader = create_async_engine(url, pool_size=_READERS, max_overflow=0)
        event.listen(writer.sync_engine, "connect", _writer_pragmas)
        event.listen(writer.sync_engine, "begin", _begin_writing)
        event.listen(reader.sync_engine, "connect", _reader_pragmas)
        event.listen(reader.sync_engine, "begin", _begin_reading)
        storage = cls(writer, reader)
        async with storage._write() as connection:
            await connection.run_sync(migrations.upgrade)
            verdict = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
        if verdict != "ok":
            raise StorageFault(f"{path} is damaged ({verdict}); restore a backup")
        return storage

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._writing:
            try:
                async with self._writer.begin() as connection:
                    yield connection
            except (SQLAlchemyError, OSError) as error:
                raise StorageFault(_first_line(error)) from error

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._reader.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise StorageFault(_first_line(error)) from error

    # Cases

    @uninterrupted
    async def create_case(self, case: Case, founder: Participant, case_links: Sequence[Link], first: Append) -> int:
        async with self._write() as connection:
            await connection.execute(insert(cases).values(id=case.id, created_at=case.created_at))
            await connection.execute(insert(documents).values(case_id=case.id, name=first.document, epoch=1, seq=0))
            await connection.execute(insert(participants).values(people_sql.participant_values(founder)))
            for link in case_links:
                await connection.execute(insert(links).values(people_sql.link_values(link)))
            return await log_sql.append(connection, first)

    async def case(self, case_id: str) -> Case | None:
        row = await self._one(select(cases).where(cases.c.id == case_id))
        return None if row is None else Case(row.id, row.created_at)

    async def count_cases(self) -> int:
        async with self._read() as connection:
            return int((await connection.execute(select(func.count()).select_from(cases))).scalar_one())

    # The log

    @uninterrupted
    async def append(self, appends: Sequence[Append]) -> list[int]:
        async with self._write() as connection:
            return [await log_sql.append(connection, append) for append in appends]

    @uninterrupted
    async def try_out(self) -> None:
        async with self._write() as connection:
            await connection.exec_driver_sql("DROP TABLE IF EXISTS trial")
            await connection.exec_driver_sql("CREATE TABLE trial (filler BLOB)")
            await connection.exec_driver_sql(f"INSERT INTO trial VALUES (zeroblob({_TRIAL_BYTES}))")
        async with self._write() as connection:
            await connection.exec_driver_sql("DROP TABLE trial")

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
        try:
            async with self._reader.connect() as connection:
                source = (await connection.get_raw_connection()).driver_connection
                assert source is not None
                with closing(sqlite3.connect(target, check_same_thread=False)) as copy:
                    await source.backup(copy)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise StorageFault(_first_line(error)) from error

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
    async def put_rules(self, case_id: str, put_in_force: Rules) -> None:
        async with self._write() as connection:
            await people_sql.put_rules(connection, case_id, put_in_force)

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


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _writer_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, around migrations too
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_TIMEOUT_MS}", "foreign_keys=ON", "mmap_size=0"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _reader_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_TIMEOUT_MS}", "wal_autocheckpoint=0", "query_only=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
