"""PostgreSQL: what several servers do to one log at the same time, and what a database that fails does to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

from crdt.log import Append, NewRow
from server.errors import ConflictFault, SetupFault, StorageFault
from server.storage import Case, DocumentName, Participant, log_sql
from server.storage.postgres import Postgres
from server.storage.sql import SqlStorage
from tests.postgres import PostgresProcess

ANN = Participant("ann", "c1", "Ann", None, "facilitator", 1)
BOB = Participant("bob", "c1", "Bob", None, "facilitator", 1)


def row(update: bytes = b"\x00\x00", participant: str = "ann") -> NewRow:
    return NewRow(participant, 1_000, (5,), update)


@pytest.fixture
async def servers(postgres: PostgresProcess) -> AsyncIterator[list[SqlStorage]]:
    """Three servers on one database with two cases, opened at the same time as a deploy would."""
    url = postgres.database()
    opened = await asyncio.gather(*(SqlStorage.open_postgres(url) for _ in range(3)))
    for case in ("c1", "c2"):
        founder = Participant(f"ann-{case}", case, "Ann", None, "facilitator", 1)
        await opened[0].create_case(Case(case, 1), founder, [], Append(case, ()))
    yield list(opened)
    for storage in opened:
        await storage.close()


async def test_concurrent_writers_leave_no_holes(servers: list[SqlStorage]) -> None:
    """Three servers append to two cases in opposite orders: nobody waits for ever, and every row has its own number."""

    async def write(storage: SqlStorage, order: tuple[str, str]) -> None:
        for _ in range(20):
            await storage.append([Append(case, (row(), row())) for case in order])

    await asyncio.gather(*(write(each, ("c1", "c2") if number % 2 else ("c2", "c1")) for number, each in enumerate(servers)))

    for case in ("c1", "c2"):
        assert [fact.seq for fact in await servers[0].facts(case)] == list(range(1, 121))


async def test_appends_tell_where_they_lie(servers: list[SqlStorage]) -> None:
    """What is returned lets a room see that others wrote between."""
    await servers[0].append([Append("c1", (row(),))])

    assert await servers[1].append([Append("c1", (row(), row()))]) == [3]
    assert await servers[0].append([Append("c1", (row(),))]) == [4]


async def test_a_client_id_belongs_to_the_first_on_any_server(servers: list[SqlStorage]) -> None:
    """[S7] Of two participants who use one id on two servers at the same moment, one is told no."""
    outcomes = await asyncio.gather(
        servers[0].append([Append("c1", (row(),), {7: "ann"})]),
        servers[1].append([Append("c1", (row(participant="eve"),), {7: "eve"})]),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ConflictFault", "list"]
    assert len(await servers[2].facts("c1")) == 1


async def test_two_servers_cannot_each_take_the_last_facilitator_but_one(servers: list[SqlStorage]) -> None:
    """Both see two; only one of them may take one away."""
    await servers[0].put_participant(BOB)
    outcomes = await asyncio.gather(
        servers[0].change_standing("c1", "ann-c1", status="removed"),
        servers[1].change_standing("c1", "bob", status="removed"),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, ConflictFault) for outcome in outcomes) == 1


async def test_a_commit_of_unknown_outcome_is_made_once(servers: list[SqlStorage], monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection dies after the database committed and before it said so: trying again finds what is there."""
    made = log_sql.append
    cut = [True]

    def append_then_die(connection: Connection, appends: Sequence[Append], commit_id: bytes | None = None) -> list[int]:
        seqs = made(connection, appends, commit_id)
        if cut.pop() if cut else False:
            mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            connection.exec_driver_sql("COMMIT")
            kill = f"SELECT pg_terminate_backend({mine})"
            await_only(servers[1]._write(lambda other: other.exec_driver_sql(kill).scalar_one()))
            connection.exec_driver_sql("SELECT 1")
        return seqs

    monkeypatch.setattr(log_sql, "append", append_then_die)
    seqs = await servers[0].append([Append("c1", (row(b"a"), row(b"b"))), Append("c2", (row(b"c"),))])

    assert cut == []
    assert seqs == [2, 1]
    assert [each.update for each in await servers[2].rows(DocumentName("c1"), 0, 9)] == [b"a", b"b"]


async def test_a_restart_of_the_database_is_survived(postgres: PostgresProcess, servers: list[SqlStorage]) -> None:
    """While it is away nothing is called kept; afterwards every call works, and what was kept is there."""
    await servers[0].append([Append("c1", (row(b"before"),))])
    postgres.stop()
    try:
        with pytest.raises(StorageFault):
            await servers[0].append([Append("c1", (row(b"while away"),))])
        with pytest.raises(StorageFault):
            await servers[0].open("c1")
    finally:
        postgres.start()

    assert await servers[0].append([Append("c1", (row(b"after"),))]) == [2]
    stored = await servers[1].open("c1")
    assert stored is not None
    assert stored.updates == (b"before", b"after")


async def test_a_server_that_stops_in_a_transaction_holds_nobody_for_long(servers: list[SqlStorage]) -> None:
    """The database ends the transaction of who says nothing any more; the others get their turn."""
    engine = servers[0]._engine
    assert isinstance(engine, Postgres)
    async with engine.writer.connect() as stopped:
        await stopped.run_sync(log_sql.append, [Append("c1", (row(),))])
        with pytest.raises(StorageFault):
            await servers[1].append([Append("c1", (row(),))])
        await stopped.invalidate()

    assert await servers[1].append([Append("c1", (row(),))]) == [1]


@pytest.mark.parametrize("url", ["mysql://x/y", "rubbish", "sqlite:///p.db"])
async def test_what_is_no_postgresql_is_refused_in_words(url: str) -> None:
    """Before anything is opened."""
    with pytest.raises(SetupFault, match="postgresql://"):
        await SqlStorage.open_postgres(url)


async def test_nobody_there_is_a_storage_fault() -> None:
    """A port on which nothing listens."""
    with pytest.raises(StorageFault):
        await SqlStorage.open_postgres("postgresql://127.0.0.1:1/none")
