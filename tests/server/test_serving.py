"""Leaving: a real server that is told to stop while people are at its tables, and another that they go to."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from server.serving import LONGEST_END_S
from tests.campaigns.sitting import Sitting
from tests.fault_proxy import FaultProxy
from tests.postgres import PostgresProcess
from tests.process import STOP_TIMEOUT_S, ServerProcess
from tests.redis_process import RedisProcess
from tests.server.web.seats import Closed, Table, Wire

LOOK_EVERY_S = 0.02
DEADLINE_S = 10.0
LONG_NOTICE_S = "300"
SEED = 4


@pytest.fixture
def pair(postgres: PostgresProcess, redis: RedisProcess, tmp_path: Path) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    """Two servers at one database, of which the first gives a notice as long as the test wants."""
    shared = {"database_url": postgres.database(), "redis_url": redis.url}
    with (
        ServerProcess(tmp_path / "leaving", **shared, drain_s=LONG_NOTICE_S) as leaving,
        ServerProcess(tmp_path / "staying", **shared) as staying,
    ):
        yield leaving, staying


async def says(server: ServerProcess, status: str) -> httpx.Response:
    """Wait until a server says this of itself."""
    async with httpx.AsyncClient() as http, asyncio.timeout(DEADLINE_S):
        while (answer := await http.get(f"{server.url}/readyz")).json()["status"] != status:
            await asyncio.sleep(LOOK_EVERY_S)
        return answer


async def goodbye(wire: Wire) -> int:
    """Read until the server says goodbye; return its code."""
    while True:
        try:
            await wire.receive()
        except Closed as closed:
            return closed.code


async def test_a_server_leaves_in_order(pair: tuple[ServerProcess, ServerProcess]) -> None:
    """[X] Not ready and closed to newcomers at once, alive all the while; its people write on until sent away."""
    leaving, staying = pair
    async with Table(leaving) as table:
        partner = table.seats["partner"]
        wire = await partner.open(table._stack)
        replica = await wire.synced()
        leaving.tell_to_stop()
        not_ready = await says(leaving, "draining")
        async with httpx.AsyncClient() as http:
            alive = await http.get(f"{leaving.url}/healthz")
        newcomer = await table.facilitator.open(table._stack)
        turned_away = await goodbye(newcomer)
        refused = await wire.change(replica.add_note("n-last-word", "het laatste woord"))
        leaving.tell_to_stop()  # once more: nobody needs the notice any longer
        sent_away = await goodbye(wire)
        ended = await asyncio.to_thread(leaving.wait_for_end)

    exported = json.loads(staying.run("export", table.case).stdout)
    assert (not_ready.status_code, alive.status_code) == (503, 200)
    assert (turned_away, refused, sent_away, ended) == (1012, None, 1012, 0)
    assert "het laatste woord" in str(exported["notes"]["value"])


async def test_all_that_was_told_is_in_the_log_when_it_has_ended(server: ServerProcess) -> None:
    """[S8] Under people who write as it is told to stop, a server alone loses nothing, and waits for no load balancer."""
    sitting = Sitting.begin(server, SEED, 4)
    async with sitting.connected(0.01):
        await asyncio.gather(*(writer.until(lambda writer=writer: writer.acknowledgements > 5, DEADLINE_S) for writer in sitting.writers))  # type: ignore[misc]
        sitting.note_what_is_seen()
        server.tell_to_stop()
        ended = await asyncio.to_thread(server.wait_for_end)
        sitting.note_what_is_seen()

    assert ended == 0
    assert sitting.judge() == []
    assert {writer.times_lost for writer in sitting.writers} == {1}


async def test_it_ends_in_time_whatever_hangs(postgres: PostgresProcess, tmp_path: Path) -> None:
    """A database that takes everything and answers nothing does not keep a process for longer than is said."""
    async with FaultProxy(postgres.port) as proxy, AsyncExitStack() as stack:
        server = ServerProcess(tmp_path / "data", database_url=postgres.database(proxy.port))
        stack.callback(server.kill)
        await asyncio.to_thread(server.start)
        async with Table(server) as table:
            wire = await table.facilitator.open(table._stack)
            replica = await wire.synced()
            proxy.black_hole()
            changing = asyncio.create_task(wire.change(replica.add_note("n-unsaid")))
            server.tell_to_stop()
            ended = await asyncio.to_thread(server.wait_for_end)
            with pytest.raises(Closed):
                await changing

    assert LONGEST_END_S < STOP_TIMEOUT_S
    assert ended in (0, -signal.SIGALRM)
