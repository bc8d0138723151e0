"""Two servers, real Redis and PostgreSQL, one table: people on either see each other, whatever stops.

The deadlines of what people see are those of the browser fixtures: 5 s.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.async_api import expect

from server.storage import DocumentName
from server.storage.sql import SqlStorage
from tests.campaigns.oracle import Remains, Row, canonical
from tests.campaigns.sitting import SETTLE_S, Sitting
from tests.campaigns.writer import Writer
from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import WHOLE, Seat, type_in_one_note
from tests.end_to_end.table import BAKERY, TOWN, Table
from tests.postgres import PostgresProcess
from tests.process import ServerProcess
from tests.redis_process import RedisProcess

pytestmark = pytest.mark.asyncio(loop_scope="session")

DEADLINE_S = 15.0
LOOK_EVERY_S = 0.05
SEED = 8
KILLS = 3
PAUSE_S = 0.02


class Pair(NamedTuple):
    """Two servers and what they share."""

    here: ServerProcess
    there: ServerProcess
    redis: RedisProcess
    database: str


@pytest.fixture
def pair(postgres: PostgresProcess, tmp_path: Path) -> Iterator[Pair]:
    database = postgres.database()
    with RedisProcess() as redis:
        settings = {"database_url": database, "redis_url": redis.url, "metrics": "1"}
        with ServerProcess(tmp_path / "here", **settings) as here, ServerProcess(tmp_path / "there", **settings) as there:
            yield Pair(here, there, redis, database)


def condition(server: ServerProcess) -> dict[str, Any]:
    """Return what a server says of its health."""
    with urllib.request.urlopen(f"{server.url}/readyz", timeout=5) as response:
        told: dict[str, Any] = json.load(response)
        return told


async def both_say(pair: Pair, status: str) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while {condition(server)["status"] for server in (pair.here, pair.there)} != {status}:
            await asyncio.sleep(LOOK_EVERY_S)


async def one_at_each(seat: TakeSeat, pair: Pair) -> tuple[Table, Seat, Seat]:
    """Lay a table on one server, and seat Anna there and Bo at the other."""
    await both_say(pair, "ok")
    table = Table.lay(pair.here)
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(replace(table, server=pair.there), "Bo", TOWN))
    return table, anna, bo


async def test_what_is_typed_at_one_is_seen_at_the_other(seat: TakeSeat, pair: Pair) -> None:
    """Letter by letter, both ways, with who is there and whose words they are; the log has it once."""
    table, anna, bo = await one_at_each(seat, pair)
    await type_in_one_note(anna, bo)
    await bo.page.locator(".people-button").click()
    people = bo.page.locator(".side-panel")
    await expect(people.locator(".delegation", has_text=BAKERY).locator(".person-here")).to_contain_text("Anna")
    assert table.notes("value") == [WHOLE]
    await anna.page.goto("about:blank")
    await expect(people.locator(".delegation", has_text=BAKERY).locator(".person-here")).to_have_count(0)


async def test_redis_stops_and_comes_back(seat: TakeSeat, pair: Pair) -> None:
    """Both save on and exchange through the log; health says so; nobody at the table is told of it, since nothing of theirs is wrong."""
    _, anna, bo = await one_at_each(seat, pair)
    pair.redis.stop()
    await both_say(pair, "degraded")
    await anna.add_note("resources", "Een oude oven")
    await expect(bo.note("Een oude oven")).to_be_visible()
    await bo.add_note("resources", "Tien handen")
    await expect(anna.note("Tien handen")).to_be_visible()
    await asyncio.gather(anna.sees_saved(), bo.sees_saved())
    pair.redis.start()
    await both_say(pair, "ok")
    await bo.add_note("resources", "Een leeg winkelpand")

    await expect(anna.note("Een leeg winkelpand")).to_be_visible()


async def test_a_server_is_killed_under_people_who_write(pair: Pair) -> None:
    """Its people go on at the other; nothing that was called saved or seen is lost, and all copies are the log."""
    await both_say(pair, "ok")
    sitting = Sitting.begin(pair.here, SEED, 4)
    rng = random.Random(SEED)
    servers = [pair.here, pair.there]
    for number, writer in enumerate(sitting.writers):
        move(writer, servers[number % 2])
    async with writing(sitting.writers, rng):
        for round_ in range(KILLS):
            dying, living = servers[round_ % 2], servers[1 - round_ % 2]
            await acknowledged(sitting, sitting.acknowledgements() + rng.randint(40, 120))
            sitting.note_what_is_seen()
            for writer in sitting.writers:
                move(writer, living)
            dying.kill()
            await acknowledged(sitting, sitting.acknowledgements() + 40)
            dying.start()
            for writer in sitting.writers[:2]:
                move(writer, dying)
                writer.cut()

    async with coming_back(sitting.writers, rng):
        await asyncio.gather(*(writer.catch_up(SETTLE_S) for writer in sitting.writers))
        await asyncio.gather(*(writer.catch_up(SETTLE_S) for writer in sitting.writers))  # what others saved meanwhile
    sitting.note_what_is_seen()
    left = await remains(pair.database, sitting.case)
    assert [problem for writer in sitting.writers for problem in writer.problems] == []
    assert sitting.oracle.judge(left) == []
    assert {canonical(dict(writer.document.view())) for writer in sitting.writers} == {canonical(left.replay())}


def move(writer: Writer, server: ServerProcess) -> None:
    """Have a writer come to this server when it comes back."""
    _, _, path = writer.url.removeprefix("ws://").partition("/")
    writer.url = f"ws://127.0.0.1:{server.port}/{path}"


async def acknowledged(sitting: Sitting, count: int) -> None:
    """Wait until so many changes in all were called saved."""
    async with asyncio.timeout(DEADLINE_S):
        while sitting.acknowledgements() < count:
            await asyncio.sleep(LOOK_EVERY_S)


@contextlib.asynccontextmanager
async def coming_back(writers: list[Writer], rng: random.Random) -> AsyncIterator[None]:
    """Have everyone connected, and back whenever they are cut off."""
    async with running([partial(writer.come_back, rng) for writer in writers]):
        yield
        await asyncio.gather(*(writer.leave() for writer in writers))


@contextlib.asynccontextmanager
async def writing(writers: list[Writer], rng: random.Random) -> AsyncIterator[None]:
    async with coming_back(writers, rng), running([partial(writer.keep_changing, PAUSE_S) for writer in writers]):
        yield


@contextlib.asynccontextmanager
async def running(works: list[Callable[[], Any]]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def remains(database: str, case: str) -> Remains:
    """Read what is left of a case in PostgreSQL."""
    storage = await SqlStorage.open_postgres(database)
    try:
        covers = {fact.seq: fact.covers for fact in await storage.facts(case)}
        rows = [row async for row in all_rows(storage, case)]
        seq = (await storage.positions([case]))[case].seq
    finally:
        await storage.close()
    return Remains(seq, tuple(Row(row.seq, row.update, covers[row.seq]) for row in rows), {}, "ok")


async def all_rows(storage: SqlStorage, case: str) -> AsyncIterator[Any]:
    after = 0
    while rows := await storage.rows(DocumentName(case), after, 500):
        for row in rows:
            yield row
        after = rows[-1].seq
