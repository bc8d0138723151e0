"""People in real browsers behind a load balancer, while a server is killed under them, or the database restarts.

The load balancer is a proxy of our own that is told where to pass connections on to, as a health check would tell it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import Seat
from tests.end_to_end.table import BAKERY, TOWN, Table
from tests.fault_proxy import FaultProxy
from tests.postgres import PostgresProcess
from tests.process import ServerProcess
from tests.redis_process import RedisProcess

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITHIN_MS = 5_000
"""How long a person may be without a server."""

RECOVERY_MS = 10_000
STATES = "() => window.states"
WATCH_STATES = """() => {
  const shown = document.querySelector('.save-state');
  window.states = [];
  new MutationObserver(() => window.states.push(shown.dataset.saving)).observe(shown, { attributeFilter: ['data-saving'] });
}"""


class Hall(NamedTuple):
    """Two servers at one table, a way in that leads to the first, and the database under them."""

    here: ServerProcess
    there: ServerProcess
    front: FaultProxy
    postgres: PostgresProcess
    table: Table

    def link(self) -> str:
        """Return the address of the table through the load balancer."""
        return f"http://127.0.0.1:{self.front.port}/c/{self.table.case}#{self.table.secrets['partner']}"


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[ServerProcess, ServerProcess, PostgresProcess]]:
    with PostgresProcess() as postgres, RedisProcess() as redis:
        settings = {"database_url": postgres.database(), "redis_url": redis.url}
        with ServerProcess(tmp_path / "here", **settings) as here, ServerProcess(tmp_path / "there", **settings) as there:
            yield here, there, postgres


@pytest_asyncio.fixture(loop_scope="session")
async def hall(servers: tuple[ServerProcess, ServerProcess, PostgresProcess]) -> AsyncIterator[Hall]:
    here, there, postgres = servers
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(FaultProxy(here.port))
        yield Hall(here, there, front, postgres, Table.lay(there))


async def sit_down(seat: TakeSeat, hall: Hall) -> tuple[Seat, Seat]:
    """Seat Anna by way of the load balancer, and Bo at the second server."""
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join_by(hall.link(), "Anna", BAKERY), bo.join(hall.table, "Bo", TOWN))
    anna.expects_trouble = bo.expects_trouble = True
    return anna, bo


async def test_a_server_is_killed_under_someone_who_types(seat: TakeSeat, hall: Hall) -> None:
    """She types on without stopping; within 5 s all of it is saved on the other server, once, and Bo has seen it."""
    anna, bo = await sit_down(seat, hall)
    await anna.add_note("value", "warm")
    await expect(bo.note("warm")).to_be_visible()
    await anna.note("warm").locator(".note-text").click()
    await anna.page.keyboard.press("End")
    typing = asyncio.create_task(anna.page.keyboard.type(" brood voor het hele dorp", delay=80))
    await expect(bo.notes_in("value").filter(has_text="warm b")).to_be_visible()
    hall.here.kill()
    hall.front.point_at(hall.there.port)

    await expect(anna.save_state).not_to_have_attribute("data-saving", "offline", timeout=WITHIN_MS)
    await typing
    await expect(anna.save_state).to_have_attribute("data-saving", "saved", timeout=WITHIN_MS)
    await expect(bo.note("warm brood voor het hele dorp")).to_be_visible()
    await expect(anna.editor).to_have_value("warm brood voor het hele dorp")
    assert [text for text in hall_notes(hall) if "warm" in text] == ["warm brood voor het hele dorp"]


async def test_a_server_leaves_under_someone_who_types(seat: TakeSeat, hall: Hall) -> None:
    """Told to stop, it sends her away; she comes back to the other within 5 s, and nothing is lost or doubled."""
    anna, bo = await sit_down(seat, hall)
    await anna.add_note("value", "warm")
    await anna.note("warm").locator(".note-text").click()
    await anna.page.keyboard.press("End")
    typing = asyncio.create_task(anna.page.keyboard.type(" brood voor het hele dorp", delay=80))
    await expect(bo.notes_in("value").filter(has_text="warm b")).to_be_visible()
    hall.front.point_at(hall.there.port)
    hall.here.tell_to_stop()
    await asyncio.to_thread(hall.here.wait_for_end)
    await typing

    await expect(anna.save_state).to_have_attribute("data-saving", "saved", timeout=WITHIN_MS)
    await expect(bo.note("warm brood voor het hele dorp")).to_be_visible()


async def test_the_database_restarts_under_people(seat: TakeSeat, hall: Hall) -> None:
    """A banner tells of it, nothing is called saved that is not, and both go on by themselves with all they typed."""
    anna, bo = await sit_down(seat, hall)
    await anna.add_note("value", "eerst dit")
    await anna.sees_saved()
    await anna.piece("resources").locator(".piece-add").click()
    await expect(anna.editor).to_be_focused()
    await anna.page.keyboard.type("een")
    await anna.sees_saved()
    await anna.page.evaluate(WATCH_STATES)
    await asyncio.to_thread(hall.postgres.stop)
    await anna.page.keyboard.type(" oven")

    await expect(anna.page.locator(".state-banner")).to_be_visible(timeout=RECOVERY_MS)
    assert "saved" not in await anna.page.evaluate(STATES)
    await asyncio.to_thread(hall.postgres.start)
    await expect(anna.page.locator(".state-banner")).to_have_count(0, timeout=RECOVERY_MS)
    await expect(anna.save_state).to_have_attribute("data-saving", "saved", timeout=RECOVERY_MS)
    await expect(bo.note("een oven")).to_be_visible(timeout=RECOVERY_MS)
    assert "eerst dit" in hall_notes(hall)


def hall_notes(hall: Hall) -> list[str]:
    """Return the texts under "value" as they are in the database."""
    return hall.table.notes("value")
