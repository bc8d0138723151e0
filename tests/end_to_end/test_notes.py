"""What one person can do with notes: by mouse, by menu and by keys alone."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import WIDE
from tests.end_to_end.table import Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_undo_a_deletion(seat: TakeSeat, table: Table) -> None:
    """A deleted note comes back whole from the toast."""
    anna = await seat()
    await anna.join(table, "Anna")
    await anna.add_note("value", "Een warm huis")
    menu = await anna.open_menu("Een warm huis")
    await menu.get_by_role("button", name="Weggooien").click()
    await expect(anna.note("Een warm huis")).to_have_count(0)

    await anna.page.locator(".toast").get_by_role("button", name="Ongedaan maken").click()

    await expect(anna.note("Een warm huis")).to_be_visible()
    await anna.sees_saved()
    assert table.notes("value") == ["Een warm huis"]


async def test_move_by_menu(seat: TakeSeat, table: Table) -> None:
    """The visible menu moves a note to another piece, for whoever cannot or will not drag."""
    anna = await seat()
    await anna.join(table, "Anna")
    await anna.add_note("value", "Minder kosten")
    menu = await anna.open_menu("Minder kosten")

    await menu.get_by_label("Verplaats naar").select_option(label="Opbrengsten")

    await expect(anna.notes_in("returns")).to_have_text(["Minder kosten"])
    await expect(anna.notes_in("value")).to_have_count(0)
    await anna.sees_saved()
    assert (table.notes("returns"), table.notes("value")) == (["Minder kosten"], [])


async def test_move_by_drag(seat: TakeSeat, table: Table) -> None:
    """A note dragged onto a note in another piece lies there."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Anna")
    await anna.add_note("continuity", "Vaste avond")
    await anna.add_note("consequences", "Dorp loopt leeg")

    await drag(anna.note("Vaste avond"), anna.note("Dorp loopt leeg"))

    await expect(anna.notes_in("continuity")).to_have_count(0)
    await expect(anna.notes_in("consequences")).to_have_count(2)
    await anna.sees_saved()
    assert sorted(table.notes("consequences")) == ["Dorp loopt leeg", "Vaste avond"]


async def drag(what: Locator, onto: Locator) -> None:
    """Drag with the mouse in small steps, as browsers want it."""
    mouse = what.page.mouse
    start, goal = await what.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert goal is not None
    await mouse.move(start["x"] + start["width"] / 2, start["y"] + 10)
    await mouse.down()
    await mouse.move(start["x"] + start["width"] / 2 + 8, start["y"] + 18, steps=4)
    await mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] * 0.8, steps=8)
    await mouse.up()


async def test_keys_alone(seat: TakeSeat, table: Table) -> None:
    """Add two notes, walk between them, move one, delete one and bring it back, without a mouse."""
    anna = await seat()
    await anna.join(table, "Anna")
    press, write = anna.page.keyboard.press, anna.page.keyboard.type
    await anna.piece("audiences").focus()
    for text in ("Ouders", "Kinderen"):
        await press("n")
        await expect(anna.editor).to_be_focused()
        await write(text)
        await press("Enter")
        await expect(anna.note(text)).to_be_focused()

    await press("ArrowUp")
    await expect(anna.note("Ouders")).to_be_focused()
    await press("Alt+ArrowDown")
    await expect(anna.notes_in("audiences")).to_have_text(["Kinderen", "Ouders"])
    await press("Delete")
    await expect(anna.note("Ouders")).to_have_count(0)
    await press("Control+z")
    await expect(anna.notes_in("audiences")).to_have_text(["Kinderen", "Ouders"])


async def test_statement_is_shared(seat: TakeSeat, table: Table) -> None:
    """The impact sentence is written in its own place and seen by all."""
    anna, bo = await seat(), await seat()
    await anna.join(table, "Anna")
    await bo.join(table, "Bo")

    await anna.piece("impact").locator(".statement textarea").fill("Niemand in Elmerveen zit in de kou")

    await expect(bo.piece("impact").locator(".statement textarea")).to_have_value("Niemand in Elmerveen zit in de kou")


async def test_text_is_text(seat: TakeSeat, table: Table) -> None:
    """What looks like markup is shown as it was typed, in notes, the feed and the list of people."""
    markup = "<img src=x onerror=alert(1)>"
    anna = await seat()
    await anna.join(table, f"Anna {markup}"[:60])
    await anna.add_note("value", markup)

    feed = await anna.open_panel("Wat er gebeurt")

    await expect(feed.locator(".feed-text").first).to_have_text(markup)
    await expect(anna.page.locator("img")).to_have_count(0)
