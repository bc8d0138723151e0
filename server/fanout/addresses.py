"""From the Redis URL of the settings to where to connect, each time anew: behind Sentinel the master may be another by then.

`redis://`, `rediss://` and `unix://` name one Redis, or any one node of a cluster, since a cluster passes pub/sub on to all its nodes;
`redis+sentinel://host:port,host:port/name` asks Sentinels where the master of that name is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from redis.asyncio.connection import Connection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from server.errors import SetupFault

CONNECT_S: Final = 2.0
SENTINEL: Final = "redis+sentinel"
_SENTINEL_PORT: Final = 26_379


class NoMaster(RedisError):
    """No Sentinel knows where the master is now."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where Redis is: settings of a connection, or Sentinels who know."""

    settings: dict[str, Any]
    sentinels: tuple[tuple[str, int], ...] = ()
    master: str = ""

    async def connect(self) -> Connection:
        """Connect to the master as it is now. Raises RedisError, OSError, TimeoutError."""
        found: dict[str, Any] = {}
        if self.sentinels:
            found["host"], found["port"] = await self._ask()
        return await _open(self.settings | found)

    async def _ask(self) -> tuple[str, int]:
        for host, port in self.sentinels:
            try:
                sentinel = await _open({"host": host, "port": port})
            except (RedisError, OSError, TimeoutError):
                continue
            try:
                await sentinel.send_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.master)
                answer = await sentinel.read_response()
            except (RedisError, OSError, TimeoutError):
                continue
            finally:
                await sentinel.disconnect(nowait=True)
            match answer:
                case [bytes(where), bytes(number)]:
                    return where.decode(), int(number)
        raise NoMaster(f"no Sentinel knows the master {self.master!r}")


async def _open(settings: dict[str, Any]) -> Connection:
    kind = settings.get("connection_class", Connection)
    given = {name: value for name, value in settings.items() if name != "connection_class"}
    limits = {"socket_connect_timeout": CONNECT_S, "socket_timeout": CONNECT_S}
    connection: Connection = kind(**(limits | given | {"protocol": 2, "retry": Retry(NoBackoff(), 0)}))
    async with asyncio.timeout(2 * CONNECT_S):
        await connection.connect()  # type: ignore[no-untyped-call]
    return connection


def read_address(url: str) -> Address:
    """Read the URL of the settings. Raises SetupFault; the message never says the password."""
    parts = urlsplit(url)
    if parts.scheme == SENTINEL:
        return _behind_sentinel(url)
    if parts.scheme in ("redis+cluster", "rediss+cluster"):
        raise SetupFault("a Redis Cluster passes pub/sub on to all its nodes: name any one of them with redis://host:port")
    try:
        return Address(dict(parse_url(url)))
    except ValueError:
        raise SetupFault(f"the Redis URL begins with {parts.scheme}://; known are redis, rediss, unix and {SENTINEL}") from None


def _behind_sentinel(url: str) -> Address:
    rest = url.removeprefix(f"{SENTINEL}://")
    hosts, _, master = rest.partition("/")
    credentials, _, listed = hosts.rpartition("@")
    user, _, password = credentials.partition(":")
    try:
        sentinels = tuple(
            (urlsplit(f"//{each}").hostname or "", urlsplit(f"//{each}").port or _SENTINEL_PORT) for each in listed.split(",")
        )
    except ValueError:
        sentinels = ()
    if not master or not sentinels or not all(host for host, _ in sentinels):
        raise SetupFault(f"the Redis URL cannot be read; behind Sentinel it looks like {SENTINEL}://host:port,host:port/name")
    return Address({"username": user, "password": password} if password else {}, sentinels, master)
