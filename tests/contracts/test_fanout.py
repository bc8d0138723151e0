"""What every line between servers must do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from crdt.log import LogRow
from crdt.wire import AwarenessEntry
from server.fanout import Changed, Committed, Fanout, Message, Present, WhoIsThere
from server.fanout.memory import Exchange, MemoryFanout
from server.fanout.redis import RedisFanout

DEADLINE_S = 10.0
ROWS = (LogRow(4, 2, 1_000, "ann", (5, 6), b"\x00\xff\n"), LogRow(5, 2, 1_001, "bob", (), b""))
MESSAGES: tuple[Message, ...] = (
    Committed("c1", 2, 4, 5, ROWS),
    Committed("c1", 2, 6, 6),
    Present("c1", (AwarenessEntry(2**52, 7, '{"user":{"name":"Zoë 😀"}}'),), is_whole=True),
    Present("c1", ()),
    WhoIsThere("c1"),
    Changed("c1"),
)


class Hearing:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.servers: set[str] = set()
        self.connected = asyncio.Event()
        self._news = asyncio.Event()

    def on_message(self, server: str, message: Message) -> None:
        self.servers.add(server)
        self.heard.append(message)
        self._news.set()

    def on_connected(self) -> None:
        self.connected.set()

    async def until(self, count: int) -> list[Message]:
        async with asyncio.timeout(DEADLINE_S):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()
        return self.heard


Servers = list[tuple[Fanout, Hearing]]


@pytest.fixture(params=["memory", "redis"])
async def servers(request: pytest.FixtureRequest) -> AsyncIterator[Servers]:
    """Three servers with a line to each other."""
    if request.param == "memory":
        exchange = Exchange()
        make: Callable[[], Fanout] = lambda: MemoryFanout(exchange)  # noqa: E731
    else:
        url = request.getfixturevalue("redis").url
        make = lambda: RedisFanout(url)  # noqa: E731
    made: Servers = []
    for _ in range(3):
        fanout, hearing = make(), Hearing()
        fanout.listen(hearing)
        await fanout.__aenter__()
        made.append((fanout, hearing))
        async with asyncio.timeout(DEADLINE_S):
            while fanout.state != "connected":
                await hearing.connected.wait()
    yield made
    for fanout, _ in made:
        await fanout.__aexit__()


async def test_every_message_arrives_as_it_was_said(servers: Servers) -> None:
    """In order, at all others who follow the case, and not at the one who said it."""
    for fanout, _ in servers:
        await fanout.follow("c1")
    for message in MESSAGES:
        servers[0][0].publish(message)

    for _, hearing in servers[1:]:
        assert await hearing.until(len(MESSAGES)) == list(MESSAGES)
        assert len(hearing.servers) == 1
    assert servers[0][1].heard == []


async def test_only_who_follows_a_case_hears_of_it(servers: Servers) -> None:
    """And nobody does any more after leaving; following twice is following once."""
    (speaking, _), (following, heard), (other, unheard) = servers
    await following.follow("c1")
    await following.follow("c1")
    await following.follow("c2")
    await other.follow("c2")
    following.leave("c1")
    await following.follow("c3")
    for case in ("c1", "c2", "c3"):
        speaking.publish(Changed(case))

    assert await heard.until(2) == [Changed("c2"), Changed("c3")]
    assert await unheard.until(1) == [Changed("c2")]
