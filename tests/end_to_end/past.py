"""What several tests about the past do: open it, keep a version, compare, change a note. Checks nothing of its own."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.seat import Seat


async def look_back(person: Seat) -> Locator:
    """Open the newest session; return the timeline under the canvas."""
    panel = await person.open_panel("Terugkijken")
    await panel.locator(".session-card .moment").first.click()
    timeline = person.page.locator(".timeline")
    await expect(timeline.get_by_role("slider")).to_be_enabled()
    return timeline


async def write(person: Seat, piece: str, *texts: str) -> None:
    for text in texts:
        await person.add_note(piece, text)
    await person.sees_saved()


async def rewrite(person: Seat, text: str, to: str) -> None:
    """Write a note anew, as a person does: select all and type."""
    await person.note(text).locator(".note-text").click()
    await expect(person.editor).to_be_focused()
    await person.page.keyboard.press("Control+a")
    await person.page.keyboard.type(to)
    await person.page.keyboard.press("Enter")
    await expect(person.note(to)).to_be_visible()
    await person.sees_saved()


async def delete_note(person: Seat, text: str) -> None:
    menu = await person.open_menu(text)
    await menu.get_by_role("button", name="Weggooien").click()
    await expect(person.note(text)).to_have_count(0)
    await person.sees_saved()


async def keep_version(person: Seat, name: str) -> Locator:
    """Name what is on the table now; return the panel."""
    panel = await person.open_panel("Terugkijken")
    await panel.get_by_role("button", name="Bewaar deze versie").click()
    await panel.get_by_label("Hoe heet deze versie?").fill(name)
    await panel.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(panel.get_by_role("button", name=name)).to_be_visible()
    return panel


async def see_changes_since(person: Seat, version: str) -> Locator:
    """Look at a version, and ask what changed since; return the panel."""
    await person.page.locator(".side-panel").get_by_role("button", name=version).click()
    await person.page.locator(".looking-back-bar").get_by_role("button", name="Wat is er veranderd?").click()
    panel = person.page.locator(".side-panel")
    await expect(panel.get_by_role("heading", name="Wat is er veranderd?")).to_be_visible()
    return panel


async def tab_to(person: Seat, goal: Locator, *, back: bool = False) -> None:
    """Press Tab until something has the focus; fail when it is not reached."""
    for _ in range(120):
        if await goal.evaluate("element => element === document.activeElement"):
            return
        await person.page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail("Tab does not reach it")
