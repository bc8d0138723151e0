"""What every call passes before anything else: its id, the host it names, the page it comes from, its pace; and what every answer carries.

A refusal here costs nothing behind it. Who may do what is decided later (`auth.py`).
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.core.limits import Buckets
from server.errors import CallProblem
from server.telemetry import REQUEST, Event, log_event
from server.web.auth import is_from_here
from server.web.problems import problem_response

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types puzzeltafel",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOREVER: Final = "public, max-age=31536000, immutable"
_READING: Final = ("GET", "HEAD", "OPTIONS")

CALLS_PER_SECOND: Final = 20.0
CALLS_BURST: Final = 200.0
LONGEST_DELAY_S: Final = 2.0

logger = logging.getLogger("puzzeltafel.web")


REQUEST_ID: Final = "X-Request-ID"
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Requests:
    """Gives every call and connection an id, a proxy's where it sent one that can stand in a log, and answers with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = HTTPConnection(scope).headers.get(REQUEST_ID, "")
        request = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)

        async def send_with_id(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                MutableHeaders(scope=message)[REQUEST_ID] = request
            await send(message)

        REQUEST.set(request)  # for good: every call has a task of its own, and what goes wrong is logged after this returned
        await self._app(scope, receive, send_with_id)


class Headers:
    """Adds the security headers to every answer, and long caching to hashed files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                self._caching(scope["path"], message["status"], headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _caching(self, path: str, status: int, headers: MutableHeaders) -> None:
        if path.startswith("/assets/") and status == 200:
            headers["Cache-Control"] = _FOREVER
        elif path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")


class Doorstep:
    """Turns away calls for another host, writing calls from other pages, and who calls too often: that one is slowed down first.

    `caller` names who calls, for the pace: a participant, or for strangers what they come for and from which address.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Sequence[str],
        origins: Sequence[str],
        caller: Callable[[Request], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = tuple(origins)
        self._caller = caller
        self._clock = clock
        self._pace = Buckets(CALLS_PER_SECOND, CALLS_BURST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["type"] in ("http", "websocket"):
                self._check_host(HTTPConnection(scope))
            if scope["type"] == "http" and scope["path"].startswith("/api/"):
                await self._check_call(Request(scope))
        except CallProblem as problem:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await problem_response(problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_host(self, connection: HTTPConnection) -> None:
        host = connection.headers.get("host", "").lower()
        if self._hosts and host not in self._hosts and host.rpartition(":")[0] not in self._hosts:
            raise CallProblem("host", 400, "this server is not known by that name")

    async def _check_call(self, request: Request) -> None:
        if request.method not in _READING and not is_from_here(request, self._origins):
            raise CallProblem("cross-origin", 403, "this call may only come from a page of this server")
        wait = self._pace.wait(self._caller(request), self._clock())
        if wait > LONGEST_DELAY_S:
            log_event(logger, Event.SLOWED, path=request.url.path[:64])
            raise CallProblem("too-fast", 429, "too many calls; try again in a moment", retry_after_s=round(wait) + 1)
        if wait:
            await asyncio.sleep(wait)
