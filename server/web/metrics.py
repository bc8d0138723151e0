"""The metrics of the server for a Prometheus that asks, when the operator wants them served."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.telemetry import exposition


async def metrics(_: Request) -> Response:
    return Response(exposition(), media_type="text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})


def routes(*, are_wanted: bool) -> list[Route]:
    """Return the route of the metrics, or none."""
    return [Route("/metrics", metrics)] if are_wanted else []
