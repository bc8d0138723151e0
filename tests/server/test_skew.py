"""[F5] Servers of two releases at one table: what the newer says that the older does not know is passed over, and found in the log."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from crdt.log import Append
from server.fanout import Committed, Message, messages, redis
from server.fanout.redis import RedisFanout
from server.hub import Hub
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from server.telemetry import EVENTS, FANOUT_RECEIVED, GAPS_HEALED, Event
from tests.postgres import PostgresProcess
from tests.redis_process import RedisProcess
from tests.server.test_neighbours import add, notes, until


class Releases(NamedTuple):
    """A server of this release, and one that speaks like the next."""

    older: Hub
    newer: Hub


@pytest.fixture
async def releases(postgres: PostgresProcess, redis: RedisProcess, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Releases]:
    url = postgres.database()
    storages = [await SqlStorage.open_postgres(url) for _ in range(2)]
    await storages[0].create_case(Case("c1", 1), Participant("ann", "c1", "Ann", None, "facilitator", 1), [], Append("c1", ()))
    lines = [RedisFanout(redis.url) for _ in storages]
    _let_speak_like_the_next(lines[1].name, monkeypatch)
    async with Hub(storages[0], fanout=lines[0]) as older, Hub(storages[1], fanout=lines[1]) as newer:
        await until(lambda: {line.state for line in lines} == {"connected"})
        await asyncio.gather(older.view("c1"), newer.view("c1"))
        yield Releases(older, newer)
    for storage in storages:
        await storage.close()


def _let_speak_like_the_next(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one server tell each commit in a kind of its own, and say more in every other message than this release does."""

    def write(server: str, message: Message) -> bytes:
        data = messages.write(server, message)
        if server != name:
            return data
        line, _, rest = data.partition(b"\n")
        head = json.loads(line) | {"release": 2, "why": {"because": ["it", "can"]}}
        if isinstance(message, Committed):
            head["kind"] = "committed-in-pieces"
        return json.dumps(head).encode() + b"\n" + rest

    monkeypatch.setattr(redis, "write", write)


def _unreadable() -> float:
    return float(EVENTS.labels(Event.FANOUT_UNREADABLE.value)._value.get())


async def test_what_is_not_understood_is_read_from_the_log(releases: Releases) -> None:
    """Both ways all arrives: the older's by Redis, the newer's from the log; nothing of it raises an alarm."""
    alarms, healed = _unreadable(), GAPS_HEALED._value.get()
    await add(releases.newer, "n-newer")
    await until(lambda: notes(releases.older) == {"n-newer"})
    await add(releases.older, "n-older")
    await until(lambda: notes(releases.newer) == {"n-newer", "n-older"})
    await add(releases.newer, "n-newest")
    await until(lambda: notes(releases.older) == {"n-newer", "n-older", "n-newest"})

    assert GAPS_HEALED._value.get() > healed
    assert _unreadable() == alarms


async def test_what_is_understood_beside_unknown_fields_is_heard(releases: Releases) -> None:
    """A change of rules is told in a kind both know; the older acts on it although more stands in it."""
    before = FANOUT_RECEIVED._value.get()
    await releases.newer.refresh("c1")
    await until(lambda: FANOUT_RECEIVED._value.get() > before)
