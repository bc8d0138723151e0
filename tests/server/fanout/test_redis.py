"""Redis that restarts, forgets, cuts, or moves to another master: the line comes back by itself, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.fanout import Changed
from server.fanout.redis import RedisFanout
from server.telemetry import Event
from tests.contracts.test_fanout import DEADLINE_S, Hearing
from tests.redis_process import RedisProcess


@pytest.fixture
def own_redis() -> Iterator[RedisProcess]:
    with RedisProcess() as process:
        yield process


@asynccontextmanager
async def line(url: str) -> AsyncIterator[tuple[RedisFanout, Hearing]]:
    fanout, hearing = RedisFanout(url), Hearing()
    fanout.listen(hearing)
    async with fanout:
        await fanout.follow("c1")
        async with asyncio.timeout(DEADLINE_S):
            await hearing.connected.wait()
        yield fanout, hearing


async def until_heard(speaking: RedisFanout, hearing: Hearing, case: str) -> None:
    """Say something until it is heard."""
    async with asyncio.timeout(DEADLINE_S):
        while Changed(case) not in hearing.heard:
            speaking.publish(Changed(case))
            await asyncio.sleep(0.02)


async def test_a_restart_is_noticed_and_survived(own_redis: RedisProcess) -> None:
    """The line goes away and comes back with all that was followed, and whoever listens is told to look."""
    async with line(own_redis.url) as (speaking, _), line(own_redis.url) as (following, hearing):
        await until_heard(speaking, hearing, "c1")
        hearing.connected.clear()
        own_redis.stop()
        async with asyncio.timeout(DEADLINE_S):
            while following.state != "away":
                await asyncio.sleep(0.01)
        speaking.publish(Changed("c1"))
        own_redis.start()
        async with asyncio.timeout(DEADLINE_S):
            await hearing.connected.wait()
        hearing.heard.clear()

        await until_heard(speaking, hearing, "c1")


@pytest.mark.parametrize("command", [("CLIENT", "KILL", "TYPE", "pubsub"), ("CLIENT", "KILL", "TYPE", "normal"), ("FLUSHALL",)])
async def test_cut_connections_come_back(own_redis: RedisProcess, command: tuple[str, ...]) -> None:
    """Whatever is cut on the way, what is said afterwards is heard."""
    async with line(own_redis.url) as (speaking, _), line(own_redis.url) as (_, hearing):
        own_redis.ask(*command)

        await until_heard(speaking, hearing, "c1")


async def test_leaving_is_no_alarm(own_redis: RedisProcess, caplog: pytest.LogCaptureFixture) -> None:
    """A server that ends, or a command, lost nothing; one whose Redis went away did."""
    async with line(own_redis.url):
        pass
    assert Event.FANOUT_AWAY.value not in caplog.text

    async with line(own_redis.url) as (left, _):
        own_redis.stop()
        async with asyncio.timeout(DEADLINE_S):
            while left.state != "away":
                await asyncio.sleep(0.01)
    assert Event.FANOUT_AWAY.value in caplog.text


async def test_nobody_there_holds_nobody_up() -> None:
    """Opening a case without Redis does not wait for it."""
    async with RedisFanout("redis://127.0.0.1:1") as fanout:
        async with asyncio.timeout(1.0):
            await fanout.follow("c1")
        fanout.publish(Changed("c1"))
        fanout.leave("c1")

        assert fanout.state == "away"


async def test_behind_sentinel_the_new_master_is_found(own_redis: RedisProcess, tmp_path: Path) -> None:
    """The Sentinels are asked anew each time the line is lost."""
    with RedisProcess() as replica:
        settings = tmp_path / "sentinel.conf"
        settings.write_text(
            f"sentinel monitor table 127.0.0.1 {own_redis.port} 1\nsentinel down-after-milliseconds table 300\n"
            "sentinel failover-timeout table 2000\n"
        )
        replica.ask("REPLICAOF", "127.0.0.1", str(own_redis.port))
        with RedisProcess(str(settings), "--sentinel") as sentinel:
            async with asyncio.timeout(60):
                while b"num-slaves\r\n$1\r\n1" not in sentinel.ask("SENTINEL", "MASTER", "table"):
                    await asyncio.sleep(0.1)
            url = f"redis+sentinel://127.0.0.1:{sentinel.port}/table"
            async with line(url) as (speaking, _), line(url) as (_, hearing):
                await until_heard(speaking, hearing, "c1")
                hearing.connected.clear()
                own_redis.stop()
                async with asyncio.timeout(60):
                    await hearing.connected.wait()
                hearing.heard.clear()

                await until_heard(speaking, hearing, "c1")
