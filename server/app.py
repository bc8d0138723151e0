"""Puts the server together: the one place that picks concrete parts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from server.admission import Admission
from server.cases import Cases
from server.commands import Tools
from server.compaction import Compactor
from server.config import Config
from server.control import ControlServer
from server.core.limits import Quotas
from server.draining import Drain
from server.errors import SetupFault
from server.examples import Examples
from server.fanout import Fanout
from server.fanout.memory import MemoryFanout
from server.fanout.redis import RedisFanout
from server.folder import DataFolder
from server.health import Health
from server.history import History
from server.hub import Hub
from server.invitations import Invitations
from server.past import Past
from server.people import People
from server.quarantine import Quarantine
from server.signing import SHARED_KEY, Signer, load_key
from server.storage.sql import SqlStorage
from server.telemetry import STORAGE_STATE, Event, log_event
from server.web import health, metrics, pages
from server.web.access_api import AccessApi
from server.web.api import Api
from server.web.auth import Door
from server.web.edge import Doorstep, Headers, Requests
from server.web.history_api import HistoryApi
from server.web.problems import HANDLERS
from server.web.websocket import Pump

logger = logging.getLogger("puzzeltafel")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a running server is made of."""

    config: Config
    hub: Hub
    past: Past
    tools: Tools
    health: Health
    admission: Admission
    drain: Drain

    @property
    def cases(self) -> Cases:
        return self.tools.cases


@asynccontextmanager
async def open_parts(config: Config) -> AsyncIterator[Parts]:
    """Lock the data folder, open storage and the hub; close them in the right order. Raises SetupFault, StorageFault."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(DataFolder(config.data_dir))
        storage = await _open_storage(config, folder)
        stack.push_async_callback(storage.close)
        STORAGE_STATE.set(1)
        quarantine = Quarantine(folder.path)
        quotas = Quotas(config.max_rooms, config.max_case_bytes)
        past = Past(storage, quarantine=quarantine)
        fanout = _fanout(config)
        hub = Hub(storage, idle_s=config.room_idle_s, quotas=quotas, quarantine=quarantine, makers=past.makers, fanout=fanout)
        await stack.enter_async_context(hub)
        key = await storage.shared_key(SHARED_KEY, load_key(folder.path)) if storage.is_shared else load_key(folder.path)
        signer = Signer(key, token_valid_s=config.token_valid_s, cookie_valid_s=config.cookie_valid_s)
        compactor = Compactor(storage, keep_fine_days=config.keep_keystrokes_days, every_s=config.compact_every_s, quarantine=quarantine)
        await stack.enter_async_context(compactor)
        cases = Cases(storage, hub, signer, max_cases=config.max_cases)
        invitations = Invitations(cases, storage, hub, signer)
        tools = Tools(folder.path, storage, cases, invitations, signer, compactor, quarantine)
        health, admission = Health(storage, fanout), Admission()
        drain = Drain(health, admission, hub, config.drain_s if storage.is_shared else 0.0)
        yield Parts(config, hub, past, tools, health, admission, drain)


async def _open_storage(config: Config, folder: DataFolder) -> SqlStorage:
    if config.database_url:
        return await SqlStorage.open_postgres(config.database_url)
    return await SqlStorage.open_sqlite(folder.database)


def _fanout(config: Config) -> Fanout:
    """Return the line to the other servers, to nobody for a server alone. Raises SetupFault."""
    if not config.redis_url:
        return MemoryFanout()
    if not config.database_url:
        raise SetupFault("PUZZELTAFEL_REDIS_URL is for servers that share a PUZZELTAFEL_DATABASE_URL; a data folder is for one server")
    return RedisFanout(config.redis_url)


def create_app(parts: Parts) -> Starlette:
    """Return the application over parts that are open."""
    door = Door(parts.cases, parts.tools.signer, parts.config)
    return Starlette(
        routes=[
            *HistoryApi(History(parts.tools.storage, parts.hub, parts.past), parts.cases, door).routes(),
            *AccessApi(parts.tools.invitations, People(parts.tools.storage, parts.hub), door).routes(),
            *Api(parts.cases, parts.tools.invitations, door, Examples()).routes(),
            WebSocketRoute("/ws/{case}", Pump(parts.hub, door, parts.admission).serve),
            *health.routes(parts.health),
            *metrics.routes(are_wanted=parts.config.metrics),
            *pages.routes(parts.config.client_dir),
        ],
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(Requests),
            Middleware(Headers),
            Middleware(Doorstep, hosts=parts.config.hosts, origins=parts.config.origins, caller=door.caller),
        ],
    )


@asynccontextmanager
async def open_app(config: Config) -> AsyncIterator[tuple[Starlette, Drain]]:
    """Open the parts, answer on the control socket, and give the application that serves them, and how it leaves."""
    async with open_parts(config) as parts, ControlServer(parts.tools):
        log_event(logger, Event.SERVING, data=config.data_dir)
        yield create_app(parts), parts.drain
