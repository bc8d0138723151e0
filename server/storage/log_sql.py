"""The log in SQL: appending, replaying, coarsening, and beginning anew. Functions over a connection; the transaction is `sql.py`'s.

A document's rows, keyframes and client ids carry its epoch: what is replayed is always of one epoch, so nothing of an older one comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from crdt.log import Append, Keyframe, LogRow
from server.errors import ConflictFault
from server.storage import DocumentHead, DocumentName, Stored
from server.storage.tables import client_ids, documents, keyframes, log


def _head(name: DocumentName) -> tuple[ColumnElement[bool], ...]:
    return (documents.c.case_id == name.case, documents.c.name == name.document)


def _of(table: Any, name: DocumentName) -> tuple[ColumnElement[bool], ...]:
    return (table.c.case_id == name.case, table.c.document == name.document)


def _key(name: DocumentName) -> dict[str, str]:
    return {"case_id": name.case, "document": name.document}


# Appending


async def append(connection: AsyncConnection, given: Append) -> int:
    """Give the rows the next sequence numbers of their document and insert them; return the newest. Raises ConflictFault."""
    return await _append(connection, given, {"seq": documents.c.seq + len(given.rows)})


async def begin_epoch(connection: AsyncConnection, given: Append) -> int:
    """Begin a new epoch of a document with these rows, which hold all of its state; return the newest seq. Raises ConflictFault."""
    return await _append(connection, given, {"seq": documents.c.seq + len(given.rows), "epoch": documents.c.epoch + 1})


async def _append(connection: AsyncConnection, given: Append, advance: dict[str, Any]) -> int:
    name = DocumentName(given.case, given.document)
    head = await connection.execute(update(documents).where(*_head(name)).values(advance).returning(documents.c.seq, documents.c.epoch))
    found = head.first()
    if found is None:
        raise ConflictFault(f"there is no document {given.document!r} of case {given.case!r} to append to")
    seq, epoch = found
    if given.epoch is not None and given.epoch != epoch:
        raise ConflictFault(f"case {given.case!r} is in epoch {epoch}, the rows belong to {given.epoch}")
    if given.rows:
        first_seq = seq - len(given.rows) + 1
        rows = [LogRow(first_seq + index, epoch, row.at, row.participant, row.clients, row.update) for index, row in enumerate(given.rows)]
        await connection.execute(insert(log), _log_values(name, rows))
    if given.owners:
        await _bind(connection, name, epoch, given.owners)
    return cast(int, seq)


async def _bind(connection: AsyncConnection, name: DocumentName, epoch: int, owners: dict[int, str]) -> None:
    """Bind client ids to participants; bound already to the same one in this epoch is fine. Raises ConflictFault."""
    query = select(client_ids).where(*_of(client_ids, name), client_ids.c.client_id.in_(owners))
    bound = {row.client_id: (row.participant_id, row.epoch) for row in (await connection.execute(query)).all()}
    taken = [client for client, owner in owners.items() if client in bound and bound[client] != (owner, epoch)]
    if taken:
        raise ConflictFault(f"client id {taken[0]} of case {name.case!r} is bound already")
    new = [
        _key(name) | {"client_id": client, "participant_id": owner, "epoch": epoch}
        for client, owner in owners.items()
        if client not in bound
    ]
    if new:
        await connection.execute(insert(client_ids), new)


# Reading


async def stored(connection: AsyncConnection, name: DocumentName) -> Stored | None:
    """Return newest keyframe plus tail of the present epoch, and whose client ids are whose."""
    found = (await connection.execute(select(documents).where(*_head(name)))).first()
    if found is None:
        return None
    keyframe_seq, updates = await replay(connection, name, found.seq, found.epoch)
    bound = (await connection.execute(select(client_ids).where(*_of(client_ids, name)))).all()
    owners = {row.client_id: row.participant_id for row in bound if row.epoch == found.epoch}
    retired = frozenset(row.client_id for row in bound if row.epoch != found.epoch)
    return Stored(found.epoch, found.seq, updates, keyframe_seq, owners, retired)


async def epoch_at(connection: AsyncConnection, name: DocumentName, seq: int) -> int:
    """Return the epoch of the newest row up to a seq; 0 when there is none."""
    newest = select(log.c.epoch).where(*_of(log, name), log.c.seq <= seq).order_by(log.c.seq.desc()).limit(1)
    return cast(int, (await connection.execute(newest)).scalar() or 0)


async def replay(connection: AsyncConnection, name: DocumentName, seq: int, epoch: int) -> tuple[int, tuple[bytes, ...]]:
    """Return the newest keyframe's seq up to `seq` (0 without one), and that keyframe with the updates after it, of one epoch."""
    newest = (
        select(keyframes.c.seq, keyframes.c.state)
        .where(*_of(keyframes, name), keyframes.c.epoch == epoch, keyframes.c.seq <= seq)
        .order_by(keyframes.c.seq.desc())
        .limit(1)
    )
    keyframe = (await connection.execute(newest)).first()
    start = keyframe.seq if keyframe else 0
    after = select(log.c["update"]).where(*_of(log, name), log.c.epoch == epoch, log.c.seq > start, log.c.seq <= seq).order_by(log.c.seq)
    tail = tuple(row[0] for row in (await connection.execute(after)).all())
    return start, ((keyframe.state,) if keyframe else ()) + tail


async def heads(connection: AsyncConnection) -> list[DocumentHead]:
    """Return every document with how far its log goes and how far it is compacted."""
    rows = (await connection.execute(select(documents).order_by(documents.c.case_id, documents.c.name))).all()
    return [DocumentHead(DocumentName(row.case_id, row.name), row.epoch, row.seq, row.compacted_seq) for row in rows]


async def rows(connection: AsyncConnection, name: DocumentName, after: int, limit: int) -> list[LogRow]:
    """Return at most `limit` rows after a seq, in order, of whatever epoch."""
    query = select(log).where(*_of(log, name), log.c.seq > after).order_by(log.c.seq).limit(limit)
    return [_log_row(row) for row in (await connection.execute(query)).all()]


async def keyframe(connection: AsyncConnection, name: DocumentName, seq: int) -> bytes | None:
    query = select(keyframes.c.state).where(*_of(keyframes, name), keyframes.c.seq == seq)
    return cast("bytes | None", (await connection.execute(query)).scalar())


async def keyframe_seqs(connection: AsyncConnection, name: DocumentName) -> list[int]:
    """Return at which points of the log a keyframe is kept, in order."""
    query = select(keyframes.c.seq).where(*_of(keyframes, name)).order_by(keyframes.c.seq)
    return list((await connection.execute(query)).scalars())


# Keyframes and compaction


async def add_keyframe(connection: AsyncConnection, name: DocumentName, kept: Keyframe) -> None:
    """Keep the state at a point, unless there is one already, the epoch is over, or the rows up to it were compacted meanwhile."""
    of_epoch = select(log.c.seq).where(*_of(log, name), log.c.seq == kept.seq, log.c.epoch == kept.epoch)
    known = select(keyframes.c.seq).where(*_of(keyframes, name), keyframes.c.seq == kept.seq)
    fine = select(documents.c.name).where(*_head(name), documents.c.compacted_seq <= kept.seq)
    wanted = [(await connection.execute(query)).first() for query in (of_epoch, fine)]
    if None not in wanted and (await connection.execute(known)).first() is None:
        await connection.execute(insert(keyframes).values(_key(name) | asdict(kept)))


async def drop_keyframes(connection: AsyncConnection, name: DocumentName, seqs: Iterable[int]) -> None:
    await connection.execute(delete(keyframes).where(*_of(keyframes, name), keyframes.c.seq.in_(list(seqs))))


async def replace_rows(connection: AsyncConnection, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
    """Put coarse rows in the place of fine ones and note how far the log is compacted. Raises ConflictFault when the log changed."""
    first, last = old[0].seq, old[-1].seq
    inside = select(keyframes.c.seq).where(*_of(keyframes, name), keyframes.c.seq >= first, keyframes.c.seq < last)
    if (await connection.execute(inside)).first() is not None:
        raise ConflictFault(f"a keyframe of case {name.case!r} came between {first} and {last} meanwhile")
    if list(new) != list(old):
        gone = await connection.execute(delete(log).where(*_of(log, name), log.c.seq >= first, log.c.seq <= last))
        if gone.rowcount != len(old):
            raise ConflictFault(f"{gone.rowcount} rows of case {name.case!r} lie from {first} to {last}, {len(old)} were read")
        await connection.execute(insert(log), _log_values(name, new))
    await connection.execute(update(documents).where(*_head(name)).values(compacted_seq=last))


def _log_values(name: DocumentName, given: Sequence[LogRow]) -> list[dict[str, Any]]:
    return [
        _key(name)
        | {
            "seq": row.seq,
            "epoch": row.epoch,
            "at": row.at,
            "participant_id": row.participant,
            "clients": " ".join(map(str, row.clients)),
            "update": row.update,
            "covers": row.covers,
            "first_at": row.first_at,
        }
        for row in given
    ]


def _log_row(row: Row[Any]) -> LogRow:
    clients = tuple(map(int, row.clients.split()))
    return LogRow(row.seq, row.epoch, row.at, row.participant_id, clients, row._mapping["update"], row.covers, row.first_at)
