"""Several real servers with a real Redis and PostgreSQL, each behind fault proxies of its own, and people at one table on all of them.

What fails, and when, is a campaign's to choose (`servers.py`).
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import Final
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]

from tests.campaigns.faults import LAUNCHER, Faults
from tests.campaigns.ledger import Book, Ledger
from tests.campaigns.oracle import Oracle, Remains, Row, canonical
from tests.campaigns.sitting import EMPTY_CASE, ask
from tests.campaigns.writer import Writer
from tests.fault_proxy import FaultProxy
from tests.postgres import PostgresProcess
from tests.process import ServerProcess
from tests.redis_process import RedisProcess

LONGEST_PAUSE_S: Final = 0.5
LOOK_EVERY_S: Final = 0.02
EXPECTED_GOODBYES: Final = ("4500 the storage cannot be reached",)


class Member:
    """One server with its own ways to Redis and PostgreSQL."""

    def __init__(self, server: ServerProcess, redis: FaultProxy, postgres: FaultProxy) -> None:
        self.server = server
        self.redis = redis
        self.postgres = postgres
        self.is_up = True


class Cluster:
    """Servers, and one case with its writers, who go to any server that is up."""

    def __init__(self, redis: RedisProcess, postgres: PostgresProcess, database: str, members: list[Member], seed: int) -> None:
        self.redis = redis
        self.postgres = postgres
        self.members = members
        self.writers: list[Writer] = []
        self._database = database
        self._seed = seed
        self._rng = random.Random(f"{seed}/balancer")
        self._tokens: dict[str, str] = {}
        self._at: dict[str, Member] = {}
        self._is_open = False
        self.case = ""

    @classmethod
    @asynccontextmanager
    async def open(cls, count: int, people: int, seed: int, faults: Faults | None = None) -> AsyncIterator[Cluster]:
        """Start so many servers and let so many people in; `faults` are in every server."""
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
            redis, postgres = stack.enter_context(RedisProcess()), stack.enter_context(PostgresProcess())
            url = postgres.database()
            members = []
            for number in range(count):
                to_redis = await stack.enter_async_context(FaultProxy(redis.port))
                to_postgres = await stack.enter_async_context(FaultProxy(postgres.port))
                server = ServerProcess(
                    folder / f"server{number}",
                    module=LAUNCHER if faults else "server",
                    database_url=url.replace(f":{postgres.port}/", f":{to_postgres.port}/"),
                    redis_url=f"redis://127.0.0.1:{to_redis.port}",
                    metrics="1",
                )
                server.environment = faults.environment() if faults else {}
                await asyncio.to_thread(server.start)
                stack.callback(server.kill)
                members.append(Member(server, to_redis, to_postgres))
            cluster = cls(redis, postgres, url, members, seed)
            await cluster._let_in(people)
            yield cluster

    async def _let_in(self, people: int) -> None:
        server = self.members[0].server
        started = await asyncio.to_thread(partial(ask, server, command="import", file=EMPTY_CASE, name=None, partner=None))
        self.case = str(started["case"])
        for letter in ascii_uppercase[:people]:
            command = {"command": "token", "case": self.case, "role": "partner", "name": f"Schrijver {letter}", "partner": None}
            token = await asyncio.to_thread(partial(ask, server, **command))
            self._tokens[letter] = str(token)
            self.writers.append(Writer(Ledger(letter), "", self._seed))
        self.book = Book(writer.ledger for writer in self.writers)
        self.oracle = Oracle(self.book)

    # People

    @asynccontextmanager
    async def people(self, pause_s: float) -> AsyncIterator[None]:
        """Have everyone write, and come back to another server whenever theirs is lost."""
        self._is_open = True
        sitting = [asyncio.create_task(self._sit(writer)) for writer in self.writers]
        writing = [asyncio.create_task(writer.keep_changing(pause_s)) for writer in self.writers]
        try:
            yield
        finally:
            self._is_open = False
            for task in writing:
                task.cancel()
            await asyncio.gather(*writing, return_exceptions=True)
            await asyncio.gather(*(writer.leave() for writer in self.writers))
            await asyncio.gather(*sitting)

    async def _sit(self, writer: Writer) -> None:
        number = self.writers.index(writer)
        while self._is_open:
            up = [member for member in self.members if member.is_up]
            if up:
                member = up[number % len(up)] if writer.times_lost == 0 else self._rng.choice(up)
                self._at[writer.ledger.name] = member
                writer.url = f"ws://127.0.0.1:{member.server.port}/ws/{self.case}?token={self._tokens[writer.ledger.name]}"
                await writer.stay()
            await asyncio.sleep(self._rng.random() * LONGEST_PAUSE_S)

    def at(self, member: Member) -> list[Writer]:
        """Return who is with a server."""
        return [writer for writer in self.writers if self._at.get(writer.ledger.name) is member and writer.is_streaming]

    # Judging

    async def until_level(self, within_s: float) -> float | None:
        """Wait until everyone's copy is the same and all is saved, asking nobody; return after how long, or None when they never are."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() - began < within_s:
            is_saved = all(writer.is_streaming and not writer.ledger.unsaved for writer in self.writers)
            if is_saved and len({_copy(writer) for writer in self.writers}) == 1:
                return loop.time() - began
            await asyncio.sleep(LOOK_EVERY_S)
        return None

    def note_what_is_seen(self) -> None:
        for writer in self.writers:
            self.book.note_what_is_seen(writer.ledger.name, writer.document.view(), writer.ever_seen)

    async def judge(self) -> list[str]:
        """Say what is wrong: in the log, with everybody's copy, and with what they were told."""
        remains = await self._read()
        told = [problem for writer in self.writers for problem in writer.problems if not _is_expected(problem)]
        whole = canonical(remains.replay())
        apart = [f"{writer.ledger.name}'s copy is not what the log makes" for writer in self.writers if _copy(writer) != whole]
        return told + apart + self.oracle.judge(remains)

    async def judge_early(self) -> list[str]:
        """Say what anyone was told or shown that the log does not hold yet, while people go on."""
        self.note_what_is_seen()
        owed = self.book.tokens_owed()
        early = owed - (await self._read()).tokens()
        return [f"{len(early)} of {len(owed)} things were told or shown before they were in the log, such as {min(early)}"] if early else []

    async def _read(self) -> Remains:
        """Read the case as the database has it, with nothing of the server's."""
        address = urlsplit(self._database)
        connection = await asyncpg.connect(host="127.0.0.1", port=address.port, user=address.username, database=address.path[1:])
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                head = await connection.fetchrow("SELECT seq, epoch FROM documents WHERE case_id = $1", self.case)
                rows = await connection.fetch('SELECT seq, "update", covers FROM log WHERE case_id = $1 ORDER BY seq', self.case)
                states = await connection.fetch("SELECT seq, state FROM keyframes WHERE case_id = $1", self.case)
        finally:
            await connection.close()
        kept = {int(seq): bytes(state) for seq, state in states}
        return Remains(int(head["seq"]), tuple(Row(int(seq), bytes(update), int(covers)) for seq, update, covers in rows), kept, "ok")


def _copy(writer: Writer) -> str:
    return canonical(dict(writer.document.view()))


def _is_expected(problem: str) -> bool:
    return any(goodbye in problem for goodbye in EXPECTED_GOODBYES)
