"""Storage over SQLAlchemy Core: one implementation for SQLite (embedded) and PostgreSQL (many servers).

Which rows belong together in a commit is decided by the committer; this file makes the commit durable or raises StorageFault. What differs
between the two databases is in `sqlite.py` and `postgres.py`; the statements are in `log_sql.py` and `people_sql.py`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

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
from server.storage.engine import Engine, Result, first_line
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
        from server.storage.postgres import Postgres  # loaded by those alone who use it

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
        await self._engine.close()

    @uninterrupted
    async def _write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._transact(self._engine.write, work)

    async def _read(self, work: Callable[[Connection], Result]) -> Result:
        return await self._transact(self._engine.read, work)

    async def _transact(
        self, do: Callable[[Callable[[Connection], Result]], Awaitable[Result]], work: Callable[[Connection], Result]
    ) -> Result:
        try:
            return await do(work)
        except self._engine.faults as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> StorageFault:
        if not self._engine.is_lost(error):
            return StorageFault(first_line(error))
        self._engine.renew()
        return LostFault(first_line(error))

    # Cases

    async def create_case(self, case: Case, founder: Participant, case_links: Sequence[Link], first: Append) -> int:
        def create(connection: Connection) -> int:
            connection.execute(insert(cases).values(id=case.id, created_at=case.created_at))
            connection.execute(insert(documents).values(case_id=case.id, name=first.document, epoch=1, seq=0))
            connection.execute(insert(participants).values(people_sql.participant_values(founder)))
            for link in case_links:
                connection.execute(insert(links).values(people_sql.link_values(link)))
            return log_sql.append(connection, [first])[0]

        return await self._write(create)

    async def case(self, case_id: str) -> Case | None:
        row = await self._one(select(cases).where(cases.c.id == case_id))
        return None if row is None else Case(row.id, row.created_at)

    async def count_cases(self) -> int:
        return await self._read(lambda connection: int(connection.execute(select(func.count()).select_from(cases)).scalar_one()))

    # The log

    @uninterrupted
    async def append(self, appends: Sequence[Append]) -> list[int]:
        commit_id = secrets.token_bytes(16) if self.is_shared else None
        began, pause_s, is_first = time.monotonic(), RETRY_AFTER_S, True
        while True:
            try:
                return await self._transact(self._engine.write, partial(self._append, appends, commit_id, is_first))
            except LostFault as fault:
                logger.debug("a commit ended with its connection: %s", fault)
                if not is_first and time.monotonic() - began > RETRY_FOR_S:
                    raise
            await asyncio.sleep(pause_s)
            pause_s, is_first = 2 * pause_s, False

    @staticmethod
    def _append(appends: Sequence[Append], commit_id: bytes | None, is_first: bool, connection: Connection) -> list[int]:
        """Commit once; when this was tried before, look first whether it is there already."""
        if commit_id is not None and not is_first:
            seqs = log_sql.committed(connection, appends, commit_id)
            if seqs is not None:
                return seqs
        return log_sql.append(connection, appends, commit_id)

    @uninterrupted
    async def try_out(self) -> None:
        await self._write(self._engine.try_out)
        await self._write(self._engine.end_trial)

    async def begin_epoch(self, append: Append) -> int:
        return await self._write(lambda connection: log_sql.begin_epoch(connection, append))

    async def open(self, case_id: str, document: str = MAIN_DOCUMENT) -> Stored | None:
        return await self._read(lambda connection: log_sql.stored(connection, DocumentName(case_id, document)))

    async def at(self, case_id: str, seq: int, document: str = MAIN_DOCUMENT) -> tuple[bytes, ...]:
        return await self._read(lambda connection: log_sql.at(connection, DocumentName(case_id, document), seq))

    async def facts(self, case_id: str, document: str = MAIN_DOCUMENT) -> list[LogFact]:
        rows = await self._all(
            select(log.c.seq, log.c.at, log.c.participant_id, log.c.covers, log.c.first_at)
            .where(log.c.case_id == case_id, log.c.document == document)
            .order_by(log.c.seq)
        )
        return [LogFact(row.seq, row.at, row.participant_id, row.covers, row.first_at) for row in rows]

    async def add_keyframe(self, name: DocumentName, keyframe: Keyframe) -> None:
        await self._write(lambda connection: log_sql.add_keyframe(connection, name, keyframe))

    # Upkeep

    async def heads(self) -> list[DocumentHead]:
        return await self._read(log_sql.heads)

    async def rows(self, name: DocumentName, after: int, limit: int) -> list[LogRow]:
        return await self._read(lambda connection: log_sql.rows(connection, name, after, limit))

    async def keyframe_seqs(self, name: DocumentName) -> list[int]:
        return await self._read(lambda connection: log_sql.keyframe_seqs(connection, name))

    async def keyframe(self, name: DocumentName, seq: int) -> bytes | None:
        return await self._read(lambda connection: log_sql.keyframe(connection, name, seq))

    async def drop_keyframes(self, name: DocumentName, seqs: Sequence[int]) -> None:
        await self._write(lambda connection: log_sql.drop_keyframes(connection, name, seqs))

    async def replace_rows(self, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
        await self._write(lambda connection: log_sql.replace_rows(connection, name, old, new))

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
            await self._say(insert(keys).values(name=name, key=proposed))
        except StorageFault as fault:
            if not isinstance(fault.__cause__, IntegrityError):
                raise
        found = await self._one(select(keys.c.key).where(keys.c.name == name))
        assert found is not None
        return bytes(found.key)

    # People

    async def participant(self, case_id: str, participant_id: str) -> Participant | None:
        return await self._read(lambda connection: people_sql.participant(connection, case_id, participant_id))

    async def participants(self, case_id: str) -> list[Participant]:
        rows = await self._all(
            select(*people_sql.PARTICIPANT).where(participants.c.case_id == case_id).order_by(participants.c.joined_at, participants.c.id)
        )
        return [people_sql.participant_of(row) for row in rows]

    async def put_participant(self, participant: Participant, seats: int | None = None) -> None:
        await self._write(lambda connection: people_sql.put_participant(connection, participant, seats))

    async def change_standing(self, case_id: str, participant_id: str, *, role: Role | None = None, status: Status | None = None) -> None:
        await self._write(lambda connection: people_sql.change_standing(connection, case_id, participant_id, role=role, status=status))

    async def participant_by_recovery(self, case_id: str, recovery_hash: str) -> Participant | None:
        row = await self._one(
            select(*people_sql.PARTICIPANT).where(participants.c.case_id == case_id, participants.c.recovery_hash == recovery_hash)
        )
        return None if row is None else people_sql.participant_of(row)

    async def put_recovery(self, case_id: str, participant_id: str, recovery_hash: str) -> None:
        this = participants.c.case_id == case_id, participants.c.id == participant_id
        await self._say(update(participants).where(*this).values(recovery_hash=recovery_hash))

    # Rules and links

    async def rules(self, case_id: str) -> Rules:
        return people_sql.rules_of(await self._one(select(rules).where(rules.c.case_id == case_id)))

    async def change_rules(self, case_id: str, change: Callable[[Rules], Rules]) -> Rules:
        return await self._write(lambda connection: people_sql.change_rules(connection, case_id, change))

    async def put_link(self, link: Link) -> None:
        await self._write(lambda connection: people_sql.put_link(connection, link))

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

    async def put_point_name(self, name: PointName) -> None:
        await self._write(lambda connection: people_sql.put_mark(connection, name))

    async def drop_point_name(self, case_id: str, kind: str, seq: int) -> None:
        await self._say(delete(marks).where(marks.c.case_id == case_id, marks.c.kind == kind, marks.c.seq == seq))

    async def _say(self, statement: Any) -> None:
        await self._write(lambda connection: connection.execute(statement))

    async def _one(self, query: Any) -> Row[Any] | None:
        return await self._read(lambda connection: connection.execute(query).first())

    async def _all(self, query: Any) -> Sequence[Row[Any]]:
        return await self._read(lambda connection: connection.execute(query).all())
