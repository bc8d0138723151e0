"""Whether the process lives (`/healthz`), and whether it should be given people (`/readyz`).

For those who watch, and for load balancers. What health is, is `server/health.py`'s.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.health import Health

_NO_STORE: Final = {"Cache-Control": "no-store"}


async def healthz(_: Request) -> Response:
    """Say that the process answers; whoever restarts it asks this."""
    return JSONResponse({"status": "ok"})


def routes(health: Health) -> list[Route]:
    """Return the routes of health."""

    async def readyz(_: Request) -> Response:
        condition = await health.condition()
        body = {"status": condition.status, "storage": "ok" if condition.has_storage else "down", "servers": condition.line}
        return JSONResponse(body, status_code=200 if condition.is_ready else 503, headers=_NO_STORE)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
