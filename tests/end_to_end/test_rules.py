"""What a facilitator decides holds on everyone's screen at once, and nobody loses a word by it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import Seat
from tests.end_to_end.table import BAKERY, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def leader_and_partner(seat: TakeSeat, table: Table) -> tuple[Seat, Seat]:
    leader, anna = await seat(), await seat()
    await leader.join(table, "Fenna", None, "facilitator")
    await anna.join(table, "Anna", BAKERY)
    return leader, anna


async def test_a_pause_holds_everyone_and_ends_by_itself(seat: TakeSeat, table: Table) -> None:
    """[R3] Who types when the facilitator pauses reads on, is told why, and writes again when it goes on."""
    leader, anna = await leader_and_partner(seat, table)
    await anna.add_note("value", "warmte")
    await anna.sees_saved()
    await leader.page.get_by_role("button", name="Meer", exact=True).click()
    await leader.page.get_by_role("button", name="Zet de case even stil").click()
    await expect(anna.page.get_by_role("alert")).to_contain_text("De case staat even stil")
    await expect(anna.piece("value").locator(".piece-add")).to_have_count(0)
    await leader.page.keyboard.press("Escape")
    await leader.page.get_by_role("alert").get_by_role("button", name="Ga verder met de case").click()

    await expect(anna.page.get_by_role("alert")).to_have_count(0)
    await anna.add_note("value", "en licht")
    await anna.sees_saved()


async def test_a_facilitator_leaves_notes_to_who_wrote_them(seat: TakeSeat, table: Table) -> None:
    """[R2] Chosen in the list, shown as the server has it; what others then change of a note lands in their tray."""
    leader, anna = await leader_and_partner(seat, table)
    await leader.add_note("value", "van Fenna")
    await leader.sees_saved()
    await leader.page.get_by_role("button", name="Meer", exact=True).click()
    async with leader.page.expect_response(lambda response: response.request.method == "PATCH"):
        await leader.page.get_by_text("Alleen je eigen briefjes").click()
    await expect(leader.page.get_by_role("radio", name="Alleen je eigen briefjes")).to_be_checked()
    await anna.note("van Fenna").locator(".note-text").click()
    await anna.editor.press_sequentially(" en mij")

    await expect(anna.page.get_by_text("In deze case verander je alleen")).to_be_visible()
    assert table.notes("value") == ["van Fenna"]
