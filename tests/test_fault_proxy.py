"""The proxy fails as it says; a fault campaign is worth no more than its faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fault_proxy import FaultProxy

DEADLINE_S = 5.0
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def line() -> AsyncIterator[tuple[FaultProxy, Ends, Ends]]:
    """A proxy with a near end and a far end, connected."""
    arrived: asyncio.Queue[Ends] = asyncio.Queue()

    async def arrive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await arrived.put((reader, writer))

    server = await asyncio.start_server(arrive, "127.0.0.1", 0)
    async with asyncio.timeout(DEADLINE_S), FaultProxy(server.sockets[0].getsockname()[1]) as proxy:
        near = await asyncio.open_connection("127.0.0.1", proxy.port)
        far = await arrived.get()
        yield proxy, near, far
        for _, writer in (near, far):
            writer.transport.abort()
        server.close()
        await server.wait_closed()


async def test_throttled_it_lets_a_little_through_and_healed_the_rest() -> None:
    """A slow line is no dead line, and nothing on it is lost."""
    async with line() as (proxy, near, far):
        proxy.throttle(20)
        near[1].write(b"x" * 2_000)
        first = await far[0].read(2_000)
        await proxy.heal()
        rest = await far[0].readexactly(2_000 - len(first))

    assert 0 < len(first) < 2_000
    assert len(first + rest) == 2_000


async def test_half_open_the_near_end_hears_nothing_of_it() -> None:
    """The far end is cut; the near one can still write, and is told at the healing."""
    async with line() as (proxy, near, far):
        near[1].write(b"a")
        await far[0].readexactly(1)
        proxy.half_open()
        with pytest.raises(OSError, match="reset"):
            await far[0].read(1)
        near[1].write(b"b")
        await near[1].drain()
        assert not near[0].at_eof()
        await proxy.heal()
        with pytest.raises(OSError, match="reset"):
            await near[0].read(1)


async def test_in_a_black_hole_all_is_held_back() -> None:
    """Old connections take bytes and pass none on, until it is healed."""
    async with line() as (proxy, near, far):
        proxy.black_hole()
        near[1].write(b"later")
        reading = asyncio.create_task(far[0].readexactly(5))
        await asyncio.sleep(0)
        assert not reading.done()
        await proxy.heal()

        assert await reading == b"later"
