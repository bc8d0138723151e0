"""A case as full and as hostile as the server lets it be: the page stays usable, and words stay words."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.table import BAKERY, TOWN, Table, post
from tests.process import ServerProcess

pytestmark = pytest.mark.asyncio(loop_scope="session")

PIECES = ("value", "returns", "audiences", "resources", "contributions", "intentions", "continuity", "consequences")
NOTES_EACH = 150
HOSTILE = "<img src=x onerror=alert(1)> javascript:alert(1) data:text/html,<script>alert(1)</script>"
LONG = "w" * 5_000
MOST_LAYOUTS = 150
"""The page is laid out again for every batch of work, and not for every note."""


def full_table(server: ServerProcess) -> Table:
    """Start a case with many notes, one of them as long as a note can be and one that would like to be more than words."""
    notes = {piece: [f"notitie {number} van {piece}" for number in range(NOTES_EACH)] for piece in PIECES}
    notes["value"][:2] = [HOSTILE, LONG]
    partners = [{"text": TOWN, "helix": "government"}, {"text": BAKERY, "helix": "business"}]
    file = {"format": "purpose-case/1", "language": "nl", "title": "Vol", "notes": {**notes, "partners": partners}}
    person = {"name": "Fien", "partner": {"name": TOWN, "helix": "government"}}
    started = post(f"{server.url}/api/cases/import", {"file": file, "person": person})
    return Table(server, started["case"], {link["role"]: link["secret"] for link in started["links"]})


async def test_a_full_case_does_not_freeze_the_page(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """Notes are measured together and then moved together: else the time to lay them grows with the square of their number."""
    anna, table = await seat(), full_table(shared_server)
    watching = await anna.context.new_cdp_session(anna.page)
    await watching.send("Performance.enable")

    await anna.join(table, "Anna")
    await expect(anna.page.locator(".canvas .note")).to_have_count(len(PIECES) * NOTES_EACH, timeout=60_000)
    metrics = {metric["name"]: metric["value"] for metric in (await watching.send("Performance.getMetrics"))["metrics"]}
    assert metrics["LayoutCount"] < MOST_LAYOUTS
    await anna.add_note("returns", "er kan nog een bij")
    await anna.sees_saved()


async def test_words_stay_words(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """What looks like a tag or an address is shown as it was written: nothing in a note can be followed or run."""
    anna, table = await seat(), full_table(shared_server)
    await anna.join(table, "Anna")

    await expect(anna.note(HOSTILE)).to_be_visible(timeout=60_000)
    await expect(anna.page.locator(".note :is(a, img, script, iframe)")).to_have_count(0)
