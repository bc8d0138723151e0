"""Several people at one table: what one does, the others see, and nothing is lost on the way."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import PHONE, WHOLE, Seat, type_in_one_note
from tests.end_to_end.table import BAKERY, TOWN, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def two_partners(seat: TakeSeat, table: Table) -> tuple[Seat, Seat]:
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(table, "Bo", TOWN))
    return anna, bo


async def test_two_partners_type_in_one_note_at_once(seat: TakeSeat, table: Table) -> None:
    """Both keep every letter they typed, both see the same text, and it is on disk."""
    anna, bo = await two_partners(seat, table)
    await type_in_one_note(anna, bo)

    assert table.notes("value") == [WHOLE]


async def test_who_is_where(seat: TakeSeat, table: Table) -> None:
    """A person shows at the piece they are in, in the list of people by partner, and is gone when they leave."""
    anna, bo = await two_partners(seat, table)
    await anna.piece("returns").locator(".piece-add").click()

    await expect(bo.piece("returns").locator(".mark").first).to_be_visible()
    await bo.page.locator(".people-button").click()
    people = bo.page.locator(".side-panel")
    await expect(people.locator(".delegation", has_text=BAKERY).locator(".person-here")).to_contain_text("Anna")

    await anna.page.goto("about:blank")
    await expect(people.locator(".delegation", has_text=BAKERY).locator(".person-here")).to_have_count(0)


async def test_a_third_joins_on_a_phone(seat: TakeSeat, table: Table) -> None:
    """By link, as a new organisation, one piece at a time; the others see the note, the partner and the news."""
    anna, bo = await two_partners(seat, table)
    cees = await seat(screen=PHONE)
    await cees.page.goto(table.link("partner"))
    await expect(cees.page).to_have_url(f"{table.server.url}/c/{table.case}")
    await cees.page.get_by_label("Je naam").fill("Cees")
    await cees.page.get_by_role("radio", name="Een andere organisatie").check()
    await cees.page.get_by_label("Je organisatie").fill("Dorpskoor Elmerveen")
    await cees.page.get_by_role("radio", name="Inwoners of vereniging").check()
    await cees.page.get_by_role("button", name="Schuif aan").click()
    await cees.at_the_table()

    await cees.page.locator(".big-add").click()
    await expect(cees.editor).to_be_focused()
    await cees.page.keyboard.type("Niemand zit in de kou")
    await cees.page.keyboard.press("Enter")

    await expect(anna.note("Niemand zit in de kou")).to_contain_text("Cees")
    await expect(bo.piece("partners")).to_contain_text("Dorpskoor Elmerveen")
    feed = await bo.open_panel("Wat er gebeurt")
    await expect(feed.locator(".feed-burst").first).to_contain_text("Niemand zit in de kou")
    width = await cees.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE.width


async def test_offline_work_merges(seat: TakeSeat, table: Table) -> None:
    """What is written without a connection is counted, sent on return, and merged with what others wrote meanwhile."""
    anna, bo = await two_partners(seat, table)
    await anna.add_note("audiences", "Gezinnen in oude huizen")
    await anna.sees_saved()
    await expect(bo.notes_in("audiences")).to_have_count(1)
    anna.expects_trouble = True

    await anna.context.set_offline(True)
    await anna.sees_offline()
    await anna.add_note("audiences", "Studenten op kamers")
    await expect(anna.page.locator(".save-state")).to_contain_text("1 wijziging")
    await bo.add_note("audiences", "Ouderen die alleen wonen")
    await anna.context.set_offline(False)

    await anna.sees_saved()
    for person in (anna, bo):
        await expect(person.notes_in("audiences")).to_have_count(3)
    assert sorted(table.notes("audiences")) == ["Gezinnen in oude huizen", "Ouderen die alleen wonen", "Studenten op kamers"]


async def test_the_server_is_killed(seat: TakeSeat, own_table: Table) -> None:
    """Everyone keeps writing while it is gone; after its return nothing is lost and both see all of it."""
    anna, bo = await two_partners(seat, own_table)
    await anna.add_note("resources", "Een leeg winkelpand")
    await anna.sees_saved()
    anna.expects_trouble = bo.expects_trouble = True

    own_table.server.kill()
    await asyncio.gather(anna.sees_offline(), bo.sees_offline())
    await asyncio.gather(anna.add_note("resources", "Een oude oven"), bo.add_note("resources", "Tien handen"))
    own_table.server.start()

    for person in (anna, bo):
        await person.sees_saved()
        await expect(person.notes_in("resources")).to_have_count(3)
    assert sorted(own_table.notes("resources")) == ["Een leeg winkelpand", "Een oude oven", "Tien handen"]


async def test_a_viewer_only_looks(seat: TakeSeat, table: Table) -> None:
    """A viewer sees live what others write and has nothing to write with."""
    anna, vera = await asyncio.gather(seat(), seat())
    await anna.join(table, "Anna")
    await vera.join(table, "Vera", partner=None, role="viewer")
    await anna.add_note("continuity", "Elk half jaar samen eten")

    await expect(vera.note("Elk half jaar samen eten")).to_be_visible()
    await expect(vera.page.locator(".save-state")).to_contain_text("Je leest mee")
    await vera.note("Elk half jaar samen eten").click()
    await vera.page.keyboard.press("n")
    await expect(vera.page.locator(".piece-add, .note-more, textarea")).to_have_count(0)
