"""Bringing back a note, a sentence, a piece or the whole case, while others go on."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.past import delete_note, keep_version, rewrite, see_changes_since, write
from tests.end_to_end.seat import PHONE, Seat
from tests.end_to_end.table import TOWN, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_bring_back_a_deleted_note(seat: TakeSeat, table: Table) -> None:
    """Found in the list of differences, brought back after words, while another person goes on in the same piece."""
    fien, anna = await asyncio.gather(seat(), seat())
    await asyncio.gather(fien.join(table, "Fien", TOWN, role="facilitator"), anna.join(table, "Anna"))
    await write(fien, "value", "Gratis koffie")
    await write(anna, "value", "Warme huizen")
    await expect(fien.note("Warme huizen")).to_be_visible()
    await keep_version(fien, "Voor de raad")
    await delete_note(fien, "Gratis koffie")
    panel = await see_changes_since(fien, "Voor de raad")
    await anna.note("Warme huizen").locator(".note-text").click()
    await expect(anna.editor).to_be_focused()
    await anna.page.keyboard.press("End")
    await anna.page.keyboard.type(" voor iedereen")

    await panel.get_by_role("button", name="Breng terug: Gratis koffie").click()
    dialog = fien.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Dit briefje wordt weer zoals het was op")
    await expect(dialog).to_contain_text("ook dit weer ongedaan maken")
    await dialog.get_by_role("button", name="Breng terug").click()

    await expect(fien.page.get_by_role("status", name="Berichten")).to_contain_text("Het briefje is terug.")
    await expect(fien.note("Gratis koffie")).to_be_focused()
    await anna.page.keyboard.type(", ook in de winter")
    await anna.page.keyboard.press("Enter")
    for person in (fien, anna):
        await expect(person.note("Gratis koffie")).to_be_visible()
        await expect(person.note("Warme huizen voor iedereen, ook in de winter")).to_be_visible()


async def test_bring_back_a_piece(seat: TakeSeat, table: Table) -> None:
    """A facilitator chooses a piece in the bar; a participant is offered notes and sentences only, a viewer nothing."""
    fien, anna, vera = await asyncio.gather(seat(), seat(), seat())
    await asyncio.gather(
        fien.join(table, "Fien", TOWN, role="facilitator"), anna.join(table, "Anna"), vera.join(table, "Vera", None, role="viewer")
    )
    await write(fien, "value", "Warme huizen")
    await keep_version(fien, "Voor de raad")
    await write(fien, "value", "Later bedacht")
    for person in (fien, anna, vera):
        await person.page.locator(".top-panels button").nth(1).click() if person is not fien else None
        await person.page.locator(".side-panel").get_by_role("button", name="Voor de raad").click()
        await expect(person.page.get_by_text("Je kijkt terug")).to_be_visible()
    await expect(vera.page.get_by_role("button", name="Breng iets terug")).to_have_count(0)
    await anna.page.get_by_role("button", name="Breng iets terug").click()
    await expect(anna.page.get_by_role("dialog").locator("optgroup")).to_have_count(2)
    await fien.page.get_by_role("button", name="Breng iets terug").click()
    dialog = fien.page.get_by_role("dialog")
    await dialog.get_by_label("Wat breng je terug?").select_option(label="Alles in Waarde")
    await expect(dialog).to_contain_text("Alles in Waarde wordt weer zoals het was op")
    await dialog.get_by_role("button", name="Breng terug").click()

    await expect(fien.page.get_by_role("status", name="Berichten")).to_contain_text("Het puzzelstuk is weer zoals toen.")
    await expect(fien.notes_in("value")).to_have_text(["Warme huizen"])
    assert table.notes("value") == ["Warme huizen"]


async def choose(person: Seat, what: str) -> Locator:
    """Look at the version that was kept, and choose what to bring back from it; return the dialog."""
    await person.page.locator(".side-panel").get_by_role("button", name="Voor de raad").click()
    await expect(person.page.get_by_text("Je kijkt terug")).to_be_visible()
    await person.page.get_by_role("button", name="Breng iets terug").click()
    dialog = person.page.get_by_role("dialog")
    await dialog.get_by_label("Wat breng je terug?").select_option(label=what)
    return dialog


async def test_bring_back_the_whole_case_and_undo_it(seat: TakeSeat, table: Table) -> None:
    """For everyone at once; undone from the message, and what another did meanwhile stays."""
    fien, anna = await asyncio.gather(seat(), seat())
    await asyncio.gather(fien.join(table, "Fien", TOWN, role="facilitator"), anna.join(table, "Anna"))
    await write(fien, "value", "Warme huizen")
    await fien.page.get_by_label("De impact in één zin").fill("Niemand zit in de kou")
    await fien.sees_saved()
    await keep_version(fien, "Voor de raad")
    await delete_note(fien, "Warme huizen")
    await write(fien, "returns", "Een volle zaal")
    await fien.page.get_by_label("De impact in één zin").fill("Iedereen doet mee")
    await fien.sees_saved()

    dialog = await choose(fien, "De hele case")
    await dialog.get_by_role("button", name="Breng terug").click()
    messages = fien.page.get_by_role("status", name="Berichten")
    await expect(messages).to_contain_text("De case is weer zoals toen.")
    for person in (fien, anna):
        await expect(person.note("Warme huizen")).to_be_visible()
        await expect(person.note("Een volle zaal")).to_have_count(0)
        await expect(person.page.get_by_label("De impact in één zin")).to_have_value("Niemand zit in de kou")
    await messages.hover()  # so that it stays while Anna writes
    await write(anna, "audiences", "Intussen bedacht")

    await messages.get_by_role("button", name="Ongedaan maken").click()

    await expect(messages).to_contain_text("Het terugbrengen is ongedaan gemaakt.")
    for person in (fien, anna):
        await expect(person.note("Een volle zaal")).to_be_visible()
        await expect(person.note("Warme huizen")).to_have_count(0)
        await expect(person.note("Intussen bedacht")).to_be_visible()
        await expect(person.page.get_by_label("De impact in één zin")).to_have_value("Iedereen doet mee")
    assert table.notes("value") == []


async def test_bring_back_a_sentence_and_undo_it_by_key(seat: TakeSeat, table: Table) -> None:
    """Only the sentence; the notes stay. The key for undo takes it back as it does any last thing."""
    fien = await seat()
    await fien.join(table, "Fien", TOWN, role="facilitator")
    sentence = fien.page.get_by_label("De impact in één zin")
    await sentence.fill("Niemand zit in de kou")
    await fien.sees_saved()
    await keep_version(fien, "Voor de raad")
    await sentence.fill("Iedereen doet mee")
    await write(fien, "value", "Later bedacht")

    dialog = await choose(fien, "De impact in één zin")
    await expect(dialog).to_contain_text("De zin wordt weer zoals hij was op")
    await dialog.get_by_role("button", name="Breng terug").click()
    await expect(sentence).to_have_value("Niemand zit in de kou")
    await expect(fien.note("Later bedacht")).to_be_visible()
    await fien.note("Later bedacht").focus()

    await fien.page.keyboard.press("Control+z")

    await expect(sentence).to_have_value("Iedereen doet mee")
    await expect(fien.note("Later bedacht")).to_be_visible()


async def test_bringing_back_on_a_phone(seat: TakeSeat, table: Table) -> None:
    """From the life of a note, with a thumb: the panel makes way for the piece where it lies now."""
    anna, bo = await asyncio.gather(seat(screen=PHONE), seat())
    await asyncio.gather(anna.join(table, "Anna"), bo.join(table, "Bo", TOWN))
    await anna.show_piece("value")
    await anna.page.locator(".big-add").click()
    await anna.page.keyboard.type("Warme huizen")
    await anna.page.keyboard.press("Enter")
    await anna.sees_saved()
    await rewrite(bo, "Warme huizen", "Koude kermis")
    await anna.note("Koude kermis").locator(".note-more").click()
    await anna.page.locator(".note-menu").get_by_role("button", name="Verhaal van dit briefje").click()
    panel = anna.page.locator(".side-panel")
    await panel.locator(".happening").last.get_by_role("button", name="Breng terug").click()
    await anna.page.get_by_role("dialog").get_by_role("button", name="Breng terug").click()

    await expect(anna.note("Warme huizen")).to_be_visible()
    await expect(panel).to_have_count(0)
