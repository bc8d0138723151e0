"""Every setting: where it comes from, its unit, its default and why that default.

Settings come from the command line or from environment variables named `PUZZELTAFEL_…`; `docs/operations.md` lists them, and a
test holds that list against this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Final, get_type_hints

from server.errors import SetupFault

PREFIX: Final = "PUZZELTAFEL_"
_PROJECT: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one server. The note beside each type is its meaning and the reason for its default."""

    data_dir: Annotated[Path, "folder of the database, the signing key and the lock; where the server is started"] = Path("data")
    database_url: Annotated[
        str, "a PostgreSQL for everything, such as postgresql://user:password@host/name; none, so SQLite in the data folder"
    ] = ""
    redis_url: Annotated[
        str, "the Redis by which servers that share a database tell each other what is new, such as redis://host:6379; none, so one server"
    ] = ""
    host: Annotated[str, "address to listen on; this machine only, until someone decides otherwise"] = "127.0.0.1"
    port: Annotated[int, "port to listen on; the usual one of a Python server"] = 8000
    room_idle_s: Annotated[float, "seconds a case without people stays in memory; longer than a reload, shorter than a break"] = 30.0
    token_valid_s: Annotated[int, "seconds a token may be used to connect; one working day"] = 12 * 3600
    cookie_valid_s: Annotated[int, "seconds a browser stays a participant; the most that browsers keep a cookie"] = 400 * 24 * 3600
    secure_cookies: Annotated[bool, "set to 1 behind HTTPS; off so that a trial over http works"] = False
    hosts: Annotated[
        tuple[str, ...], "names this server answers to, with commas between; any, since a school may reach it by address. Set it in public"
    ] = ()
    origins: Annotated[
        tuple[str, ...], "origins besides its own whose pages may call it, such as https://example.org, with commas between; none"
    ] = ()
    proxies: Annotated[
        tuple[str, ...], "addresses of proxies whose X-Forwarded headers are believed, with commas between; none, so nobody can pretend"
    ] = ()
    max_cases: Annotated[int, "cases this server keeps; a province of schools, and a bound for a stranger with a script"] = 20_000
    max_rooms: Annotated[int, "cases open in memory at once; some megabytes each"] = 1_000
    max_case_bytes: Annotated[int, "bytes the document of one case may take; fifty times the largest real one"] = 16 * 1_048_576
    head_s: Annotated[float, "seconds for the head of a request to arrive; a slow phone needs two"] = 10.0
    body_s: Annotated[float, "seconds for the rest of a request; a case file of some megabytes over a slow line"] = 60.0
    stall_s: Annotated[float, "seconds a client may read nothing of what waits for it; longer than a short tunnel"] = 20.0
    ping_every_s: Annotated[float, "seconds between pings of a WebSocket, and for its answer; below what proxies allow to be idle"] = 20.0
    max_waiting: Annotated[int, "connections that have not asked for anything yet; the oldest goes first. Three workshops at once"] = 1_000
    drain_s: Annotated[
        float,
        "seconds between being told to stop and sending people away, where servers share a database; "
        "for a load balancer to notice, which that of compose.yaml does in 2",
    ] = 4.0
    keep_keystrokes_days: Annotated[
        float, "days every keystroke is kept; after that one row a minute and participant, for ever. A month of sessions to replay"
    ] = 30.0
    compact_every_s: Annotated[float, "seconds between looks for rows that are old enough; seldom, since it is never urgent"] = 3600.0
    metrics: Annotated[bool, "set to 1 to serve /metrics for Prometheus; off because whoever reaches the server could read it"] = False
    log_json: Annotated[bool, "set to 1 for a log of one JSON object a line; off because people read it first"] = False
    client_dir: Annotated[Path, "folder of the built browser client"] = _PROJECT / "client" / "dist"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Config:
        """Read the environment; what is given (and not None) wins. Raises SetupFault for a value of the wrong type."""
        kinds = get_type_hints(cls)
        values: dict[str, Any] = {}
        for setting in fields(cls):
            raw = environment.get(PREFIX + setting.name.upper())
            if raw is not None:
                values[setting.name] = _parse(setting.name, raw, kinds[setting.name])
        return cls(**(values | {name: value for name, value in given.items() if value is not None}))


def _parse(name: str, raw: str, kind: type) -> object:
    try:
        if kind == tuple[str, ...]:
            return tuple(part.strip() for part in raw.split(",") if part.strip())
        if kind is bool:
            return {"1": True, "true": True, "0": False, "false": False}[raw.lower()]
        return kind(raw)
    except (KeyError, ValueError):
        raise SetupFault(f"{PREFIX}{name.upper()} is {raw!r}, which is no {kind.__name__}") from None
