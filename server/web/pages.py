"""The pages and files of the browser client. The headers they carry are the edge's (`edge.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_PAGES: Final = ("/", "/about", "/c/{case}", "/examples/{example}")


def routes(client_dir: Path) -> list[BaseRoute]:
    """Return the routes of the pages: one shell for all, the worker that keeps it, hashed files for ever."""

    async def page(_: Request) -> Response:
        index = client_dir / "index.html"
        if not index.is_file():
            return PlainTextResponse("The browser client is not built yet: run `make setup`.\n", status_code=503)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    async def service_worker(_: Request) -> Response:
        script = client_dir / "sw.js"
        if not script.is_file():
            return PlainTextResponse("The browser client is not built yet: run `make setup`.\n", status_code=404)
        return FileResponse(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    pages = [Route(path, page) for path in _PAGES]
    return [*pages, Route("/sw.js", service_worker), *_files(client_dir)]


def _files(client_dir: Path) -> list[BaseRoute]:
    """Serve the hashed files and what lies beside the shell (icons, a manifest); nothing before the client is built."""
    if not (client_dir / "assets").is_dir():
        return []
    return [Mount("/assets", StaticFiles(directory=client_dir / "assets")), Mount("/", StaticFiles(directory=client_dir))]
