"""Fixtures for tests in a real browser: one Chromium for the whole run, a fresh context for every person at the table.

Nothing on any screen may go wrong silently: at the end of each test every console error, uncaught exception and breach of the
content security policy is a failure, unless the test said that it would cut the connection.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.end_to_end.seat import DESK, Screen, Seat
from tests.end_to_end.table import Table
from tests.process import ServerProcess

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TIMEOUT_MS = 10_000

TakeSeat = Callable[..., Awaitable[Seat]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once."""
    if shutil.which(CHROMIUM) is None:
        pytest.fail(f"no browser at {CHROMIUM}: install Chromium or set CHROMIUM to where it is", pytrace=False)
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def seat(browser: Browser) -> AsyncIterator[TakeSeat]:
    """Seat a person: `await seat(locale="en-GB", screen=PHONE)` gives a browser of their own."""
    seats: list[Seat] = []

    async def take(locale: str = "nl-NL", screen: Screen = DESK) -> Seat:
        context = await browser.new_context(
            locale=locale,
            viewport={"width": screen.width, "height": screen.height},
            has_touch=screen.touch,
            is_mobile=screen.touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT_MS)
        seats.append(Seat(context, await context.new_page()))
        return seats[-1]

    yield take
    troubles = [trouble for taken in seats for trouble in taken.troubles]
    for taken in seats:
        await taken.context.close()
    assert troubles == []


@pytest.fixture
def table(shared_server: ServerProcess) -> Table:
    """A case of two partners on a running server."""
    return Table.lay(shared_server)


@pytest.fixture
def own_table(tmp_path: Path) -> Iterator[Table]:
    """A case on a server that this test alone uses, and may kill."""
    with ServerProcess(tmp_path / "data") as process:
        yield Table.lay(process)
