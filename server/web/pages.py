"""The pages and files of the browser client, and the headers every answer carries."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOREVER: Final = "public, max-age=31536000, immutable"
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
    return [Route("/healthz", healthz), *pages, Route("/sw.js", service_worker), *_files(client_dir)]


def _files(client_dir: Path) -> list[BaseRoute]:
    """Serve the hashed files and what lies beside the shell (icons, a manifest); nothing before the client is built."""
    if not (client_dir / "assets").is_dir():
        return []
    return [Mount("/assets", StaticFiles(directory=client_dir / "assets")), Mount("/", StaticFiles(directory=client_dir))]


async def healthz(_: Request) -> Response:
    """Say that the server serves."""
    return JSONResponse({"status": "ok"})


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
