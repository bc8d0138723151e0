"""What every call passes first: the host it names, the page it comes from, and its pace."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.web.auth import case_in_path
from server.web.edge import CALLS_BURST, CALLS_PER_SECOND, LONGEST_DELAY_S, Doorstep


async def answer(_: Request) -> Response:
    return PlainTextResponse("ok")


def page(hosts: Sequence[str] = (), origins: Sequence[str] = ()) -> httpx.AsyncClient:
    """A server with nothing behind its doorstep, at which time stands still."""
    doorstep = Middleware(
        Doorstep, hosts=hosts, origins=origins, caller=lambda request: request.headers.get("x-caller", ""), clock=lambda: 1.0
    )
    app = Starlette(routes=[Route("/api/x", answer, methods=["GET", "POST"])], middleware=[doorstep])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://puzzel.example")


async def test_who_calls_too_often_is_turned_down_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delay first, then 429 with when to return; nobody else is held up."""
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("server.web.edge.asyncio.sleep", note)
    async with page() as http:
        delayed = int(CALLS_PER_SECOND * LONGEST_DELAY_S)
        statuses = [(await http.get("/api/x")).status_code for _ in range(int(CALLS_BURST) + delayed)]
        refused = await http.get("/api/x")
        other = await http.get("/api/x", headers={"x-caller": "someone else"})

    assert set(statuses) == {200}
    assert len(waited) == delayed
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3")
    assert other.status_code == 200


@pytest.mark.parametrize(("host", "status"), [("puzzel.example", 200), ("PUZZEL.example:8000", 200), ("elsewhere.example", 400), ("", 400)])
async def test_only_names_that_are_ours(host: str, status: int) -> None:
    """Where names are set, a call for another is not answered."""
    async with page(hosts=["puzzel.example"]) as http:
        assert (await http.get("/api/x", headers={"Host": host})).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://puzzel.example"}, 200),
        ({"Origin": "https://friend.example"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_writing_calls_come_from_pages_of_ours(headers: dict[str, str], status: int) -> None:
    """Our own, those that are named, or no page at all; reading is free."""
    async with page(origins=["https://friend.example"]) as http:
        assert (await http.post("/api/x", headers=headers)).status_code == status
        assert (await http.get("/api/x", headers=headers)).status_code == 200


def test_only_what_can_be_a_case_has_a_pace_of_its_own() -> None:
    """Callers are remembered by name; a name as long as an address can be would fill memory."""
    assert case_in_path("/api/cases/abc/me") == "abc"
    assert case_in_path(f"/api/cases/{'a' * 30_000}/me") is None
