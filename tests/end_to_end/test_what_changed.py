"""What changed and who did it: differences, lives, "since you were here", and minutes."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.past import delete_note, keep_version, rewrite, see_changes_since, write
from tests.end_to_end.table import BAKERY, TOWN, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_changed_since_a_version(seat: TakeSeat, table: Table) -> None:
    """Per piece, word by word and in words, with who did it; from an item the way to the note."""
    fien = await seat()
    await fien.join(table, "Fien", TOWN, role="facilitator")
    await write(fien, "value", "Warme huizen voor iedereen", "Gratis koffie")
    await keep_version(fien, "Voor de raad")
    await rewrite(fien, "Warme huizen voor iedereen", "Warme huizen voor ouderen")
    await delete_note(fien, "Gratis koffie")
    await write(fien, "returns", "Een volle zaal")

    panel = await see_changes_since(fien, "Voor de raad")

    await expect(panel.get_by_role("status")).to_have_text("3 veranderingen.")
    await expect(panel.get_by_role("heading", level=3)).to_have_text(["Opbrengsten", "Waarde"])
    rewritten = panel.locator(".change-rewritten")
    await expect(rewritten.locator("del")).to_contain_text("iedereen")
    await expect(rewritten.locator("del .visually-hidden")).to_contain_text("weg:")
    await expect(rewritten.locator("ins")).to_contain_text("ouderen")
    await expect(rewritten).to_contain_text("jij")
    await expect(panel.locator(".change-removed")).to_contain_text("Gratis koffie")
    await expect(panel.locator(".change-added")).to_contain_text("Een volle zaal")

    await panel.get_by_role("button", name="Ga erheen: Een volle zaal").click()
    await expect(fien.note("Een volle zaal")).to_be_focused()
    await expect(fien.page.get_by_text("Je kijkt terug")).to_have_count(0)

    await panel.get_by_label("Tot").select_option(label="Versie: Voor de raad")
    await expect(panel.get_by_role("status")).to_have_text("Er is niets veranderd.")


async def test_the_life_of_a_note(seat: TakeSeat, table: Table) -> None:
    """Who wrote which words, also those that went, and all that happened, with the way to then and back."""
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(table, "Bo", TOWN))
    await write(anna, "value", "Warme huizen snel")
    await expect(bo.note("Warme huizen snel")).to_be_visible()
    await bo.note("Warme huizen snel").locator(".note-text").click()
    await bo.page.keyboard.press("End")
    for _ in range(5):
        await bo.page.keyboard.press("Backspace")
    await bo.page.keyboard.type(" samen")
    await bo.page.keyboard.press("Enter")
    await bo.sees_saved()
    await expect(anna.note("Warme huizen samen")).to_be_visible()
    menu = await anna.open_menu("Warme huizen samen")
    await menu.get_by_role("button", name="Verhaal van dit briefje").click()
    panel = anna.page.locator(".side-panel")

    await expect(panel.locator(".authors li")).to_have_count(2)
    await expect(panel.locator(".passage")).to_have_count(2)
    await panel.locator(".passage").last.focus()
    await expect(panel.locator(".passage-told")).to_contain_text("Geschreven door Bo")
    await expect(panel.locator(".passage").last.locator(".passage-mark")).to_have_text("GE")
    await panel.get_by_label("Toon ook weggehaalde woorden").check()
    await expect(panel.locator(".passage del", has_text="l")).to_have_count(1)  # how the rest was joined is up to the pace of the keys
    await expect(panel.locator(".life > li").last).to_contain_text("jij bracht dit in bij Waarde")
    await panel.get_by_role("button", name="Bekijk toen").last.click()
    await expect(anna.page.get_by_text("Je kijkt terug")).to_be_visible()


async def test_a_viewer_reads_the_life_of_a_sentence(seat: TakeSeat, table: Table) -> None:
    """Who only reads has the same way in, and nothing to bring back with; a sentence has a life as a note has."""
    anna, vera = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna"), vera.join(table, "Vera", None, role="viewer"))
    await anna.page.get_by_label("De impact in één zin").fill("Niemand zit in de kou")
    await anna.sees_saved()
    await expect(vera.piece("impact")).to_contain_text("Niemand zit in de kou")
    await vera.piece("impact").get_by_role("button", name="Het verhaal erachter").click()
    panel = vera.page.locator(".side-panel")

    await expect(panel.locator(".passages")).to_contain_text("Niemand zit in de kou")
    await expect(panel.locator(".authors")).to_contain_text("Anna")
    await expect(panel.get_by_role("button", name="Breng terug")).to_have_count(0)


async def test_since_you_were_last_here(seat: TakeSeat, table: Table) -> None:
    """One calm line for who was away for more than a quarter of an hour; it opens the list, and nothing says nothing."""
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(table, "Bo", TOWN))
    await bo.sees_saved()
    await anna.page.goto(table.server.url)
    earlier = "([key, ago]) => localStorage.setItem(key, String(Date.now() - ago))"
    await write(bo, "value", "Intussen geschreven")
    await anna.page.evaluate(earlier, [f"puzzeltafel.here.{table.case}", 20 * 60_000])
    await anna.page.goto(f"{table.server.url}/c/{table.case}")

    line = anna.page.locator(".since")
    await expect(line).to_contain_text("Sinds je hier was")
    await line.get_by_role("button", name="Sinds je hier was").click()
    await expect(anna.page.locator(".change-added", has_text="Intussen geschreven")).to_be_visible()
    await expect(line).to_have_count(0)


async def test_minutes(seat: TakeSeat, table: Table) -> None:
    """A page to read, with or without names, and as a file."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    panel = await anna.open_panel("Terugkijken")
    await panel.get_by_role("button", name="Verslag").click()
    dialog = anna.page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Verslag van Sessie 1")).to_be_visible()
    await expect(dialog.locator(".minutes")).to_contain_text("Warme huizen")
    await expect(dialog.locator(".minutes")).to_contain_text("Anna")
    async with anna.page.expect_download() as coming:
        await dialog.get_by_role("link", name="Bewaar als bestand").click()
    path = await (await coming.value).path()
    assert "Warme huizen" in path.read_text("utf-8")

    await dialog.get_by_label("Met namen").uncheck()

    await expect(dialog.locator(".minutes")).to_contain_text("Warme huizen")
    await expect(dialog.locator(".minutes")).not_to_contain_text("Anna")
    await anna.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(panel).to_be_visible()


async def test_the_minutes_print_alone(seat: TakeSeat, table: Table) -> None:
    """On paper: the whole report from the top of the page, and nothing of the canvas, the panel or the buttons around it."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", *(f"Warme huizen in straat {number}" for number in range(1, 9)))
    panel = await anna.open_panel("Terugkijken")
    await panel.get_by_role("button", name="Verslag").click()
    minutes = anna.page.locator(".minutes")
    await expect(minutes).to_contain_text("straat 8")

    await anna.page.set_viewport_size({"width": 800, "height": 300})
    await anna.page.emulate_media(media="print")

    for hidden in (".top-bar", ".canvas", ".session-card", ".minutes-acts", ".dialog .icon-button"):
        await expect(anna.page.locator(hidden).first).to_be_hidden()
    await expect(minutes.get_by_text("straat 8")).to_be_visible()
    box = await minutes.bounding_box()
    assert box is not None
    scrolled, height = await anna.page.evaluate("[scrollY, document.documentElement.scrollHeight]")
    assert 0 <= box["y"] + scrolled < 200
    assert box["y"] + scrolled + box["height"] <= height  # it goes on to a next page instead of scrolling within the first
