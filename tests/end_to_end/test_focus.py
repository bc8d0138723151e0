"""Where the keyboard is: nothing that opens or closes may lose it, and what is opened to be typed in takes it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.past import write
from tests.end_to_end.seat import PHONE
from tests.end_to_end.table import Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_skip_link_leads_to_the_canvas(seat: TakeSeat, table: Table) -> None:
    """[WCAG 2.4.1] It is not taken for the secret of a link, and what can be undone still can."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    undo = anna.page.get_by_role("button", name="Ongedaan maken")
    await expect(undo).to_be_enabled()
    await anna.page.get_by_role("link", name="Naar de inhoud").focus()
    await anna.page.keyboard.press("Enter")

    await expect(anna.page.locator("#canvas")).to_be_focused()
    await expect(undo).to_be_enabled()


async def test_dialogs_give_the_focus_back(seat: TakeSeat, table: Table) -> None:
    """[WCAG 2.4.3] To the button that opened them, by key and by their own button."""
    fien = await seat()
    await fien.join(table, "Fien", None, "facilitator")
    for name in ("Deel", "Uitleg en voorbeelden bij Impact", "Sector en werelddoelen kiezen"):
        opener = fien.page.get_by_role("button", name=name, exact=True)
        for how in ("key", "button"):
            await opener.focus()
            await fien.page.keyboard.press("Enter")
            dialog = fien.page.get_by_role("dialog")
            await expect(dialog).to_be_visible()
            await (fien.page.keyboard.press("Escape") if how == "key" else dialog.get_by_role("button", name="Sluiten").first.click())
            await expect(dialog).to_have_count(0)
            await expect(opener).to_be_focused()


async def test_what_is_opened_to_type_in_takes_the_focus(seat: TakeSeat, table: Table) -> None:
    """Words go into the search, and into the talk about the note that was asked for, not onto the canvas."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    await write(anna, "resources", "Een zaal")
    await anna.page.get_by_role("button", name="Zoeken", exact=True).click()
    await expect(anna.page.get_by_role("searchbox")).to_be_focused()
    await anna.page.keyboard.type("zaal")
    await expect(anna.page.locator(".found-line")).to_have_count(1)
    for note in ("Een zaal", "Warme huizen"):  # the second time the panel is open already
        await (await anna.open_menu(note)).get_by_role("button", name="Praat hierover").click()
        await expect(anna.page.locator(".composer textarea")).to_be_focused()
    await anna.page.keyboard.type("Nog even @An")
    await expect(anna.page.get_by_role("button", name="@Anna")).to_be_visible()
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.locator(".composer textarea")).to_have_value("Nog even @Anna ")
    await anna.page.keyboard.press("Enter")
    await expect(anna.page.locator(".comment-text")).to_have_text("Nog even @Anna")
    await expect(anna.notes_in("value")).to_have_count(1)


async def test_another_organisation_is_asked_for_in_sight(seat: TakeSeat, table: Table) -> None:
    """[WCAG 2.4.11] On a phone, the field that appears takes the focus and is not behind the button below."""
    bo = await seat(screen=PHONE)
    await bo.page.goto(table.link("partner"))
    await bo.page.get_by_label("Je naam").fill("Bo")
    await bo.page.get_by_role("radio", name="Een andere organisatie").check()
    field = bo.page.get_by_label("Je organisatie")
    await expect(field).to_be_focused()
    box, bar = await field.bounding_box(), await bo.page.locator(".form-act").bounding_box()

    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"]
