"""The log in SQL: appending, replaying, coarsening, and beginning anew. Functions over a connection; the transaction is `sql.py`'s.

What every commit says is put together once, here: putting a statement together takes SQLAlchemy longer than saying it takes the database.
A document's rows, keyframes and client ids carry its epoch: what is replayed is always of one epoch, so nothing of an older one comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Row, String, bindparam, delete, func, insert, select, tuple_, update

from crdt.log import Append, Keyframe, LogRow, NewRow
from server.errors import ConflictFault
from server.storage import DocumentHead, DocumentName, Stored
from server.storage.tables import client_ids, documents, keyframes, log
from server.storage.worded import Worded


def _head(name: DocumentName) -> tuple[ColumnElement[bool], ...]:
    return (documents.c.case_id == name.case, documents.c.name == name.document)


def _of(table: Any, name: DocumentName) -> tuple[ColumnElement[bool], ...]:
    return (table.c.case_id == name.case, table.c.document == name.document)


def _key(name: DocumentName) -> dict[str, str]:
    return {"case_id": name.case, "document": name.document}


# Appending

_ADVANCE: Final = Worded(
    update(documents).where(documents.c.case_id == bindparam("in_case"), documents.c.name == bindparam("named")).values(seq=bindparam("to"))
)
_CLIENTS_AFTER: Final = Worded(
    select(log.c.clients).where(log.c.case_id == bindparam("in_case"), log.c.document == bindparam("named"), log.c.seq > bindparam("since"))
)
_ADD_ROWS: Final = Worded(insert(log).values({column.name: bindparam(column.name) for column in log.c}))


@cache
def _hold_so_many(count: int) -> Worded:
    """Return what holds so many documents."""
    keys = tuple_(documents.c.case_id, documents.c.name)
    wanted = [tuple_(bindparam(f"case{index}", type_=String), bindparam(f"name{index}", type_=String)) for index in range(count)]
    return Worded(
        select(documents.c.case_id, documents.c.name, documents.c.seq, documents.c.epoch)
        .where(keys.in_(wanted))
        .order_by(documents.c.case_id, documents.c.name)
        .with_for_update(key_share=True)
    )


@dataclass(slots=True)
class _Head:
    """How far a document went, in a transaction that holds it."""

    seq: int
    epoch: int


def _hold(connection: Connection, names: Iterable[DocumentName]) -> dict[DocumentName, _Head]:
    """Hold documents until the transaction ends, in a fixed order so that no two servers wait for each other."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    count = 1 << (len(wanted) - 1).bit_length()  # the last one is named as often as it takes: a statement for every power of two is enough
    wanted += [wanted[-1]] * (count - len(wanted))
    values = {f"case{index}": name.case for index, name in enumerate(wanted)}
    values |= {f"name{index}": name.document for index, name in enumerate(wanted)}
    held = _hold_so_many(count).rows(connection, values)
    return {DocumentName(case, name): _Head(seq, epoch) for case, name, seq, epoch in held}


def append(connection: Connection, appends: Sequence[Append], commit_id: bytes | None = None) -> list[int]:
    """Give all rows the next sequence numbers of their documents and insert them; return the newest of each append. Raises ConflictFault.

    However many documents there are, the database is asked a few times only, and once or twice more for each with new client ids or with
    rows of others since.
    """
    heads = _hold(connection, map(_name, appends))
    values: list[dict[str, Any]] = []
    seqs: list[int] = []
    for given in appends:
        head = _head_for(given, heads)
        _check_since(connection, given, head)
        values += _new_values(given, head, commit_id)
        head.seq += len(given.rows)
        seqs.append(head.seq)
    _advance(connection, heads)
    if values:
        _ADD_ROWS.say_each(connection, values)
    for given in appends:
        if given.owners:
            _bind(connection, _name(given), heads[_name(given)].epoch, given.owners)
    return seqs


def begin_epoch(connection: Connection, given: Append) -> int:
    """Begin a new epoch of a document with these rows, which hold all of its state; return the newest seq. Raises ConflictFault."""
    _hold(connection, [_name(given)])
    connection.execute(update(documents).where(*_head(_name(given))).values(epoch=documents.c.epoch + 1))
    return (append(connection, [given]))[0]


def committed(connection: Connection, appends: Sequence[Append], commit_id: bytes) -> list[int] | None:
    """Tell what `append` returned when it was tried before and its outcome is not known; None when nothing of it is there."""
    heads = _hold(connection, map(_name, appends))  # whoever tried may still be at it: this waits until that has ended
    begins: dict[DocumentName, int] = {}
    for name in heads:
        first = select(func.min(log.c.seq)).where(*_of(log, name), log.c.commit_id == commit_id)
        found = connection.execute(first).scalar()
        if found is not None:
            begins[name] = found - 1
    if not begins:
        return None
    at = {name: begins.get(name, head.seq) for name, head in heads.items()}
    seqs = []
    for given in appends:
        at[_name(given)] += len(given.rows)
        seqs.append(at[_name(given)])
    return seqs


def _name(given: Append) -> DocumentName:
    return DocumentName(given.case, given.document)


def _head_for(given: Append, heads: dict[DocumentName, _Head]) -> _Head:
    head = heads.get(_name(given))
    if head is None:
        raise ConflictFault(f"there is no document {given.document!r} of case {given.case!r} to append to")
    if given.epoch is not None and given.epoch != head.epoch:
        raise ConflictFault(f"case {given.case!r} is in epoch {head.epoch}, the rows belong to {given.epoch}")
    return head


def _check_since(connection: Connection, given: Append, head: _Head) -> None:
    """Refuse what was judged without knowing what others said under the same Yjs client ids: of two sayings, only the first may be kept."""
    if given.since is None or given.since == head.seq:
        return
    if given.since > head.seq:
        raise ConflictFault(f"the log of case {given.case!r} ends at {head.seq}, and went on to {given.since} before")
    clients = {client for row in given.rows for client in row.clients}
    after = _CLIENTS_AFTER.rows(connection, {"in_case": given.case, "named": given.document, "since": given.since})
    shared = frozenset(clients.intersection(*[{client for (told,) in after for client in map(int, told.split())}]))
    if shared:
        raise ConflictFault(f"another server logged changes of the same client of case {given.case!r} meanwhile", shared)


def _new_values(given: Append, head: _Head, commit_id: bytes | None) -> list[dict[str, Any]]:
    return [
        {
            "case_id": given.case,
            "document": given.document,
            "seq": seq,
            "epoch": head.epoch,
            **_row_values(row),
            "covers": 1,
            "first_at": None,
            "commit_id": commit_id,
        }
        for seq, row in enumerate(given.rows, head.seq + 1)
    ]


def _row_values(row: NewRow | LogRow) -> dict[str, Any]:
    """Return what a row says whether it is new or not: when, who, and what."""
    return {"at": row.at, "participant_id": row.participant, "clients": " ".join(map(str, row.clients)), "update": row.update}


def _advance(connection: Connection, heads: dict[DocumentName, _Head]) -> None:
    given = [{"in_case": name.case, "named": name.document, "to": head.seq} for name, head in heads.items()]
    if given:
        _ADVANCE.say_each(connection, given)


def _bind(connection: Connection, name: DocumentName, epoch: int, owners: dict[int, str]) -> None:
    """Bind client ids to participants; bound already to the same one in this epoch is fine. Raises ConflictFault."""
    query = select(client_ids).where(*_of(client_ids, name), client_ids.c.client_id.in_(owners))
    bound = {row.client_id: (row.participant_id, row.epoch) for row in connection.execute(query).all()}
    taken = [client for client, owner in owners.items() if client in bound and bound[client] != (owner, epoch)]
    if taken:
        raise ConflictFault(f"client id {taken[0]} of case {name.case!r} is bound already")
    new = [
        _key(name) | {"client_id": client, "participant_id": owner, "epoch": epoch}
        for client, owner in owners.items()
        if client not in bound
    ]
    if new:
        connection.execute(insert(client_ids), new)


# Reading


def stored(connection: Connection, name: DocumentName) -> Stored | None:
    """Return newest keyframe plus tail of the present epoch, and whose client ids are whose."""
    found = connection.execute(select(documents).where(*_head(name))).first()
    if found is None:
        return None
    keyframe_seq, updates = replay(connection, name, found.seq, found.epoch)
    bound = connection.execute(select(client_ids).where(*_of(client_ids, name))).all()
    owners = {row.client_id: row.participant_id for row in bound if row.epoch == found.epoch}
    retired = frozenset(row.client_id for row in bound if row.epoch != found.epoch)
    return Stored(found.epoch, found.seq, updates, keyframe_seq, owners, retired)


def at(connection: Connection, name: DocumentName, seq: int) -> tuple[bytes, ...]:
    """Return the newest keyframe up to a seq and the updates after it, of the epoch there."""
    newest = select(log.c.epoch).where(*_of(log, name), log.c.seq <= seq).order_by(log.c.seq.desc()).limit(1)
    epoch = connection.execute(newest).scalar() or 0
    return replay(connection, name, seq, epoch)[1]


def replay(connection: Connection, name: DocumentName, seq: int, epoch: int) -> tuple[int, tuple[bytes, ...]]:
    """Return the newest keyframe's seq up to `seq` (0 without one), and that keyframe with the updates after it, of one epoch."""
    newest = (
        select(keyframes.c.seq, keyframes.c.state)
        .where(*_of(keyframes, name), keyframes.c.epoch == epoch, keyframes.c.seq <= seq)
        .order_by(keyframes.c.seq.desc())
        .limit(1)
    )
    keyframe = connection.execute(newest).first()
    start = keyframe.seq if keyframe else 0
    after = select(log.c["update"]).where(*_of(log, name), log.c.epoch == epoch, log.c.seq > start, log.c.seq <= seq).order_by(log.c.seq)
    tail = tuple(row[0] for row in connection.execute(after).all())
    return start, ((keyframe.state,) if keyframe else ()) + tail


def heads(connection: Connection) -> list[DocumentHead]:
    """Return every document with how far its log goes and how far it is compacted."""
    rows = connection.execute(select(documents).order_by(documents.c.case_id, documents.c.name)).all()
    return [DocumentHead(DocumentName(row.case_id, row.name), row.epoch, row.seq, row.compacted_seq) for row in rows]


def rows(connection: Connection, name: DocumentName, after: int, limit: int) -> list[LogRow]:
    """Return at most `limit` rows after a seq, in order, of whatever epoch."""
    query = select(log).where(*_of(log, name), log.c.seq > after).order_by(log.c.seq).limit(limit)
    return [_log_row(row) for row in connection.execute(query).all()]


def keyframe(connection: Connection, name: DocumentName, seq: int) -> bytes | None:
    query = select(keyframes.c.state).where(*_of(keyframes, name), keyframes.c.seq == seq)
    return cast("bytes | None", connection.execute(query).scalar())


def keyframe_seqs(connection: Connection, name: DocumentName) -> list[int]:
    """Return at which points of the log a keyframe is kept, in order."""
    query = select(keyframes.c.seq).where(*_of(keyframes, name)).order_by(keyframes.c.seq)
    return list(connection.execute(query).scalars())


# Keyframes and compaction


def add_keyframe(connection: Connection, name: DocumentName, kept: Keyframe) -> None:
    """Keep the state at a point, unless there is one already, the epoch is over, or the rows up to it were compacted meanwhile."""
    _hold(connection, [name])
    of_epoch = select(log.c.seq).where(*_of(log, name), log.c.seq == kept.seq, log.c.epoch == kept.epoch)
    known = select(keyframes.c.seq).where(*_of(keyframes, name), keyframes.c.seq == kept.seq)
    fine = select(documents.c.name).where(*_head(name), documents.c.compacted_seq <= kept.seq)
    wanted = [connection.execute(query).first() for query in (of_epoch, fine)]
    if None not in wanted and connection.execute(known).first() is None:
        connection.execute(insert(keyframes).values(_key(name) | asdict(kept)))


def drop_keyframes(connection: Connection, name: DocumentName, seqs: Iterable[int]) -> None:
    connection.execute(delete(keyframes).where(*_of(keyframes, name), keyframes.c.seq.in_(list(seqs))))


def replace_rows(connection: Connection, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
    """Put coarse rows in the place of fine ones and note how far the log is compacted. Raises ConflictFault when the log changed."""
    _hold(connection, [name])
    first, last = old[0].seq, old[-1].seq
    inside = select(keyframes.c.seq).where(*_of(keyframes, name), keyframes.c.seq >= first, keyframes.c.seq < last)
    if connection.execute(inside).first() is not None:
        raise ConflictFault(f"a keyframe of case {name.case!r} came between {first} and {last} meanwhile")
    if list(new) != list(old):
        gone = connection.execute(delete(log).where(*_of(log, name), log.c.seq >= first, log.c.seq <= last))
        if gone.rowcount != len(old):
            raise ConflictFault(f"{gone.rowcount} rows of case {name.case!r} lie from {first} to {last}, {len(old)} were read")
        connection.execute(insert(log), _log_values(name, new))
    connection.execute(update(documents).where(*_head(name)).values(compacted_seq=last))


def _log_values(name: DocumentName, given: Sequence[LogRow]) -> list[dict[str, Any]]:
    return [
        {**_key(name), "seq": row.seq, "epoch": row.epoch, **_row_values(row), "covers": row.covers, "first_at": row.first_at}
        for row in given
    ]


def _log_row(row: Row[Any]) -> LogRow:
    clients = tuple(map(int, row.clients.split()))
    return LogRow(row.seq, row.epoch, row.at, row.participant_id, clients, row._mapping["update"], row.covers, row.first_at)
