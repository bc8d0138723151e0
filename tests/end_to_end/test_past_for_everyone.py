"""The past without a mouse, on a phone, in light and dark, and for programs that read screens."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.past import look_back, rewrite, tab_to, write
from tests.end_to_end.seat import PHONE, Screen
from tests.end_to_end.table import TOWN, Table
from tests.end_to_end.test_accessibility import breaches

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("screen", [Screen(1440, 900), PHONE], ids=["desk", "phone"])
async def test_the_timeline_is_for_everyone(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """No breach of WCAG that a program can see, nothing scrolls sideways, and a thumb can work it."""
    anna = await seat(screen=screen)
    await anna.join(table, "Anna")
    await anna.page.locator(".piece-add:visible, .big-add:visible").first.click()
    await anna.page.keyboard.type("Een warm huis")
    await anna.page.keyboard.press("Enter")
    await anna.sees_saved()
    timeline = await look_back(anna)

    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
    for target in await timeline.locator("input, button, select").all():
        box = await target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    await anna.page.get_by_role("button", name="Wat is er veranderd?").click()
    panel = await anna.page.locator(".side-panel").bounding_box()
    assert panel is not None
    assert panel["y"] == (0 if screen is PHONE else 120)


async def test_with_the_keyboard_alone(seat: TakeSeat, table: Table) -> None:
    """Opening the past, going through it, comparing, and coming back, without a mouse."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    keys = anna.page.keyboard
    await anna.page.locator(".top-panels button").nth(1).focus()
    await keys.press("Enter")
    session = anna.page.locator(".session-card .moment").first
    await expect(session).to_be_visible()
    await tab_to(anna, session)
    await keys.press("Enter")
    slider = anna.page.get_by_role("slider", name="Moment")
    await expect(slider).to_be_enabled()
    await tab_to(anna, slider, back=True)
    await keys.press("Home")
    await expect(anna.notes_in("value")).to_have_count(0)
    compare = anna.page.locator(".looking-back-bar").get_by_role("button", name="Wat is er veranderd?")
    await tab_to(anna, compare, back=True)
    await keys.press("Enter")
    await expect(anna.page.locator(".side-panel h2")).to_be_focused()
    await expect(anna.page.locator(".change").first).to_be_visible()
    await keys.press("Escape")
    await expect(anna.page.locator(".side-panel")).to_have_count(0)
    await tab_to(anna, anna.page.get_by_role("button", name="Terug naar nu"))
    await keys.press("Enter")

    await expect(anna.note("Warme huizen")).to_be_visible()
    await expect(anna.page.get_by_text("Je kijkt terug")).to_have_count(0)


@pytest.mark.parametrize("screen", [Screen(1440, 900), PHONE], ids=["desk", "phone"])
async def test_the_panels_are_for_everyone(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """Differences, a life with deleted words, the restore dialog and minutes: no breach, and nothing scrolls sideways."""
    anna, bo = await asyncio.gather(seat(screen=screen), seat())
    await asyncio.gather(anna.join(table, "Anna"), bo.join(table, "Bo", TOWN))
    await anna.page.locator(".piece-add:visible, .big-add:visible").first.click()
    await anna.page.keyboard.type("Een warm huis voor iedereen")
    await anna.page.keyboard.press("Enter")
    await expect(bo.note("Een warm huis voor iedereen")).to_be_visible()
    await anna.page.locator(".top-panels button").nth(1).click()
    panel = anna.page.locator(".side-panel")
    await panel.get_by_role("button", name="Wat veranderde er?").click()
    await expect(panel.locator(".change").first).to_be_visible()
    assert await breaches(anna.page) == []
    await rewrite(bo, "Een warm huis voor iedereen", "Een warm huis samen")
    await panel.locator(".change", has_text="Een warm huis").get_by_role("button", name="Verhaal").click()
    await panel.get_by_label("Toon ook weggehaalde woorden").check()
    await expect(panel.locator(".passage del").first).to_be_visible()
    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
    await panel.get_by_role("button", name="Breng terug").last.click()
    await expect(anna.page.get_by_role("dialog")).to_be_visible()
    assert await breaches(anna.page) == []
    await anna.page.get_by_role("button", name="Annuleren").click()
    await panel.get_by_role("button", name="Alle sessies").click()
    await panel.get_by_role("button", name="Verslag").click()
    await expect(anna.page.locator(".minutes")).to_be_visible()
    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
