"""Fan-out over Redis pub/sub: one channel per case, one publish per message however many servers there are.

Redis keeps nothing and may lose anything. Two connections, each with a task that opens it anew whenever it fails: one hears, with a PING
that notices when it went deaf; one speaks. redis-py's own reconnecting is not used: it can leave a subscriber deaf without a word.

    away ──connected and subscribed──► connected (on_connected) ──error, or nothing heard for DEAF_S──► away
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import random
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Final

from redis.asyncio.connection import Connection
from redis.exceptions import RedisError

from server.fanout import Listener, Message, State
from server.fanout.addresses import read_address
from server.fanout.messages import MalformedMessage, read, write
from server.telemetry import FANOUT_PUBLISHED, FANOUT_RECEIVED, FANOUT_STATE, FANOUT_UNSENT, Event, log_event

PREFIX: Final = "puzzeltafel:"
EVERYONE: Final = f"{PREFIX}everyone"
"""A channel on which nobody speaks: a subscriber must have one."""

PING_S: Final = 1.0
DEAF_S: Final = 3.5
FOLLOW_S: Final = 1.0
MOST_WAITING: Final = 5_000
MOST_WAITING_BYTES: Final = 16_777_216
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 1.0
_FAULTS: Final = (RedisError, OSError, TimeoutError, asyncio.IncompleteReadError)

logger = logging.getLogger("puzzeltafel.fanout")


class RedisFanout:
    """The line to the other servers through one Redis. Use with `async with`. Raises SetupFault for a URL that cannot be used."""

    def __init__(self, url: str) -> None:
        self.name = secrets.token_hex(6)
        self._address = read_address(url)
        self._listener: Listener | None = None
        self._followed: dict[str, asyncio.Event] = {}
        self._hearing: Connection | None = None
        self._heard_at = 0.0
        self._is_connected = False
        self._is_leaving = False
        self._waiting: list[tuple[str, bytes]] = []
        self._waiting_bytes = 0
        self._has_work = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def state(self) -> State:
        return "connected" if self._is_connected else "away"

    async def __aenter__(self) -> RedisFanout:
        FANOUT_STATE.set(0)
        self._tasks = [
            asyncio.create_task(self._forever(self._hear), name="fan-out hearing"),
            asyncio.create_task(self._forever(self._speak), name="fan-out speaking"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_leaving = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    # Following

    async def follow(self, case_id: str) -> None:
        if case_id not in self._followed:
            self._followed[case_id] = asyncio.Event()
            await self._command("SUBSCRIBE", case_id)
        if self._is_connected:
            try:
                async with asyncio.timeout(FOLLOW_S):
                    await self._followed[case_id].wait()
            except (TimeoutError, KeyError):
                pass  # whoever opens the case looks at the log, and will again

    def leave(self, case_id: str) -> None:
        if self._followed.pop(case_id, None) is not None and self._hearing is not None:
            task = asyncio.create_task(self._unsubscribe(case_id))
            self._tasks.append(task)
            task.add_done_callback(self._tasks.remove)

    async def _unsubscribe(self, case_id: str) -> None:
        if case_id not in self._followed:  # else it is followed again by now
            await self._command("UNSUBSCRIBE", case_id)

    async def _command(self, command: str, case_id: str) -> None:
        connection = self._hearing
        if connection is not None and connection.is_connected:
            try:
                await connection.send_command(command, PREFIX + case_id, check_health=False)
            except _FAULTS:
                await connection.disconnect(nowait=True)  # the task that hears notices, and begins anew

    # Speaking

    def publish(self, message: Message) -> None:
        data = write(self.name, message)
        if not self._is_connected or len(self._waiting) >= MOST_WAITING or self._waiting_bytes > MOST_WAITING_BYTES:
            FANOUT_UNSENT.inc()
            return
        self._waiting.append((PREFIX + message.case, data))
        self._waiting_bytes += len(data)
        self._has_work.set()

    async def _speak(self, connection: Connection) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PING_S):
                    await self._has_work.wait()
            self._has_work.clear()
            sending, self._waiting, self._waiting_bytes = self._waiting, [], 0
            answered = 0
            try:
                commands: list[tuple[str | bytes, ...]] = [("PUBLISH", channel, data) for channel, data in sending] or [("PING",)]
                await connection.send_packed_command(connection.pack_commands(commands), check_health=False)
                for _ in commands:
                    await connection.read_response()
                    answered += 1
            finally:
                FANOUT_PUBLISHED.inc(min(answered, len(sending)))
                if answered < len(sending):  # said twice does no harm
                    self._waiting = sending[answered:] + self._waiting
                    self._waiting_bytes = sum(len(data) for _, data in self._waiting)
                    self._has_work.set()

    # Hearing

    async def _hear(self, connection: Connection) -> None:
        self._hearing, self._heard_at = connection, asyncio.get_running_loop().time()  # before: who follows meanwhile subscribes as well
        channels = [EVERYONE, *(PREFIX + case for case in self._followed)]
        await connection.send_command("SUBSCRIBE", *channels, check_health=False)
        pinging = asyncio.create_task(self._ping(connection))
        try:
            while True:
                response = await connection.read_response(timeout=math.inf)
                self._heard_at = asyncio.get_running_loop().time()
                self._take(response)
        finally:
            pinging.cancel()
            await asyncio.gather(pinging, return_exceptions=True)
            self._lose(connection)

    def _take(self, response: Any) -> None:
        match response:
            case [b"message", _, bytes(data)]:
                self._take_message(data)
            case [b"subscribe", bytes(channel), _]:
                if (followed := self._followed.get(channel.decode().removeprefix(PREFIX))) is not None:
                    followed.set()
            case _:
                pass  # pongs and goodbyes
        if not self._is_connected and all(followed.is_set() for followed in self._followed.values()):
            self._gain()

    def _take_message(self, data: bytes) -> None:
        try:
            server, message = read(data)
        except MalformedMessage as fault:
            log_event(logger, Event.FANOUT_UNREADABLE, fault=str(fault)[:200])
            return
        if server != self.name and message is not None and self._listener is not None:
            FANOUT_RECEIVED.inc()
            self._listener.on_message(server, message)

    def _gain(self) -> None:
        self._is_connected = True
        FANOUT_STATE.set(1)
        log_event(logger, Event.FANOUT_CONNECTED, cases=len(self._followed))
        if self._listener is not None:
            self._listener.on_connected()

    def _lose(self, connection: Connection) -> None:
        self._hearing, self._waiting, self._waiting_bytes = None, [], 0
        for followed in self._followed.values():
            followed.clear()
        if self._is_connected:
            self._is_connected = False
            FANOUT_STATE.set(0)
            if not self._is_leaving:
                log_event(logger, Event.FANOUT_AWAY)

    async def _ping(self, connection: Connection) -> None:
        """Keep asking whether someone is there; nothing heard for a while means nobody is, whatever the socket says."""
        loop = asyncio.get_running_loop()
        while loop.time() - self._heard_at < DEAF_S and connection.is_connected:
            try:
                await connection.send_command("PING", check_health=False)
            except _FAULTS:
                break
            await asyncio.sleep(PING_S)
        await connection.disconnect(nowait=True)

    # Connections

    async def _forever(self, use: Callable[[Connection], Awaitable[None]]) -> None:
        """Open a connection and use it; when it fails, pause a little and begin anew."""
        pause_s = _FIRST_PAUSE_S
        loop = asyncio.get_running_loop()
        while True:
            connection, began = None, loop.time()
            try:
                connection = await self._address.connect()
                await use(connection)
            except _FAULTS as fault:
                logger.debug("Redis cannot be reached: %r", fault)
            except Exception as fault:  # a fault of ours in what a message did: the line must outlive it
                log_event(logger, Event.FANOUT_UNREADABLE, fault=repr(fault)[:200])
            finally:
                if connection is not None:
                    await connection.disconnect(nowait=True)
            pause_s = _FIRST_PAUSE_S if loop.time() - began > _LONGEST_PAUSE_S + DEAF_S else min(2 * pause_s, _LONGEST_PAUSE_S)
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))
