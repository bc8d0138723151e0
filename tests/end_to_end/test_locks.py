"""A locked piece is there to read for everyone and to change for nobody but a facilitator, on every screen at once."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import PHONE, Seat
from tests.end_to_end.table import BAKERY, Table
from tests.end_to_end.test_accessibility import breaches

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOLD = "Op slot: alleen een begeleider kan hier iets veranderen"


async def leader_and_partner(seat: TakeSeat, table: Table) -> tuple[Seat, Seat]:
    leader, anna = await seat(), await seat()
    await leader.join(table, "Fenna", None, "facilitator")
    await anna.join(table, "Anna", BAKERY)
    return leader, anna


async def lock(leader: Seat, piece: str) -> None:
    """Lock a piece by the button in it."""
    await leader.page.get_by_role("button", name=f"Zet {piece} op slot").click()
    await expect(leader.page.get_by_role("button", name=f"Haal {piece} van het slot")).to_be_visible()


async def test_a_locked_piece_is_only_to_read(seat: TakeSeat, table: Table) -> None:
    """[R3] No way to add, no caret, no menu, no keys; the lock tells its name. Elsewhere one writes on, and moves nothing into it."""
    leader, anna = await leader_and_partner(seat, table)
    await anna.add_note("returns", "rust")
    await anna.add_note("value", "warmte")
    await anna.sees_saved()
    await lock(leader, "Opbrengsten")

    returns = anna.piece("returns")
    await expect(returns.get_by_role("img", name=TOLD)).to_be_visible()
    await expect(returns.locator(".piece-add, .note-more")).to_have_count(0)
    await anna.note("rust").locator(".note-text").click()
    await anna.note("rust").focus()
    for key in ("Enter", "Delete", "m", "n", "Alt+ArrowRight"):
        await anna.page.keyboard.press(key)
    await expect(anna.editor).to_have_count(0)
    await expect(anna.page.locator(".note-menu")).to_have_count(0)
    menu = await anna.open_menu("warmte")
    await expect(menu.locator('option[value="returns"]').first).to_be_disabled()
    await anna.page.keyboard.press("Escape")
    await anna.page.evaluate("window.scrollTo(0, 0)")  # or a tool is half under the bar, and counts as small
    assert await breaches(anna.page) == []
    await leader.add_note("returns", "van de begeleider")
    await expect(anna.notes_in("returns")).to_have_text(["rust", "van de begeleider"])


async def test_a_lock_that_is_taken_off_lets_everyone_write_again(seat: TakeSeat, table: Table) -> None:
    """[R3, E6] Without loading anything anew; a sentence and the list of partners are locked like any piece."""
    leader, anna = await leader_and_partner(seat, table)
    await lock(leader, "Impact")
    await lock(leader, "Partners")
    await expect(anna.piece("impact").get_by_role("textbox")).to_have_count(0)
    await expect(anna.piece("partners").get_by_role("textbox")).to_have_count(0)
    await leader.page.get_by_role("button", name="Haal Impact van het slot").click()

    await anna.piece("impact").get_by_role("textbox").fill("Iedereen warm")
    await anna.sees_saved()
    await expect(leader.piece("impact").get_by_role("textbox")).to_have_value("Iedereen warm")
    await expect(anna.piece("partners").get_by_role("textbox")).to_have_count(0)


async def test_what_is_typed_while_a_lock_falls_lands_in_the_tray(seat: TakeSeat, table: Table) -> None:
    """[R3, S5] Words that were still under way are refused, kept for who wrote them with the reason, and never shown to others."""
    leader, anna = await leader_and_partner(seat, table)
    await anna.add_note("returns", "rust")
    await anna.sees_saved()
    anna.expects_trouble = True
    await anna.context.set_offline(True)
    await anna.sees_offline()
    await anna.note("rust").locator(".note-text").click()
    await anna.editor.press_sequentially(" en ruimte")
    await lock(leader, "Opbrengsten")
    await anna.context.set_offline(False)
    await anna.tries_again()

    tray = anna.page.get_by_role("region", name="Voor je bewaard")
    await expect(tray).to_contain_text("rust en ruimte")
    await expect(tray).to_contain_text("Dit deel van de case was op slot")
    await expect(tray.get_by_role("button", name="Zet terug")).to_have_count(0)
    await expect(anna.editor).to_have_count(0)
    assert table.notes("returns") == ["rust"]


async def test_on_a_phone(seat: TakeSeat, table: Table) -> None:
    """[R3] A facilitator locks with a thumb, and a partner's big button is gone."""
    leader, anna = await seat(screen=PHONE), await seat(screen=PHONE)
    await leader.join(table, "Fenna", None, "facilitator")
    await anna.join(table, "Anna", BAKERY)
    await leader.show_piece("returns")
    await anna.show_piece("returns")
    await expect(anna.page.locator(".big-add")).to_be_visible()
    await lock(leader, "Opbrengsten")

    await expect(anna.page.get_by_role("img", name=TOLD)).to_be_visible()
    await expect(anna.page.locator(".big-add")).to_have_count(0)
    await expect(leader.page.locator(".big-add")).to_be_visible()
