"""Links are made, limited, used up and taken back on the screen, and whoever comes by one is told the truth."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Error, Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import DESK, Screen, Seat
from tests.end_to_end.table import BAKERY, Table
from tests.end_to_end.test_accessibility import breaches

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL_PHONE = Screen(375, 667, touch=True)


async def leader_sharing(seat: TakeSeat, table: Table, screen: Screen = DESK) -> Seat:
    leader = await seat(screen=screen)
    await leader.join(table, "Fenna", None, "facilitator")
    await leader.page.get_by_role("button", name="Deel", exact=True).click()
    await expect(leader.page.get_by_role("heading", name="Deel deze case")).to_be_visible()
    return leader


async def make_link(leader: Seat, name: str, *, has_waiting_room: bool = False, **fields: str) -> Locator:
    """Make a link for partners by the form; return its place in the list."""
    await leader.page.get_by_role("button", name="Nieuwe link").click()
    await leader.page.get_by_label("Naam van de link").fill(name)
    for label, value in fields.items():
        await leader.page.get_by_label(label.replace("_", " ")).fill(value)
    await leader.page.get_by_label("Met wachtkamer").set_checked(has_waiting_room)
    await leader.page.get_by_role("button", name="Maak de link").click()
    made = leader.page.get_by_role("listitem").filter(has=leader.page.get_by_role("heading", name=name, exact=True))
    await expect(made).to_be_in_viewport()
    return made


async def address_of(link: Locator) -> str:
    return await link.get_by_role("textbox").input_value()


@pytest.mark.parametrize("screen", [DESK, SMALL_PHONE], ids=["desk", "phone"])
async def test_every_window_can_be_used_by_everyone(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """The form and the question before a link is taken back, with a mouse and with a thumb."""
    leader = await leader_sharing(seat, table, screen)
    await expect(leader.page.get_by_role("button", name="Aanpassen: link voor Deelnemers")).to_be_visible()
    assert await breaches(leader.page) == []
    await leader.page.get_by_role("button", name="Nieuwe link").click()
    await expect(leader.page.get_by_label("Naam van de link")).to_be_visible()
    assert await breaches(leader.page) == []
    await leader.page.get_by_label("Werkt tot en met").fill("2020-01-01")
    await leader.page.get_by_label("Aantal plaatsen").fill("0")
    await leader.page.get_by_role("button", name="Maak de link").click()
    await expect(leader.page.get_by_text("Kies vandaag of een dag die nog komt.")).to_be_visible()
    await expect(leader.page.get_by_text("Vul een heel getal in")).to_be_visible()
    assert await breaches(leader.page) == []
    await leader.page.keyboard.press("Escape")
    await leader.page.get_by_role("button", name="Intrekken: link voor Deelnemers").click()
    await expect(leader.page.get_by_role("heading", name="De link voor Deelnemers intrekken?")).to_be_visible()

    assert await breaches(leader.page) == []


async def test_a_link_is_used_up(seat: TakeSeat, table: Table) -> None:
    """One seat: the first is in, the second is told that it is full; a facilitator sees it and gives it another seat."""
    leader = await leader_sharing(seat, table)
    address = await address_of(await make_link(leader, "Avond", Aantal_plaatsen="1"))
    anna, bo = await seat(), await seat()
    await anna.join_by(address, "Anna", BAKERY)
    bo.expects_trouble = True
    await bo.fill_in(address, "Bo", BAKERY)
    await expect(bo.page.get_by_role("alert")).to_contain_text("Alle plaatsen van deze link zijn bezet")

    await expect(leader.page.get_by_text("Vol: 1 van 1 plaatsen bezet")).to_be_visible()
    await leader.page.get_by_role("button", name="Aanpassen: link voor Avond").click()
    await leader.page.get_by_label("Aantal plaatsen").fill("2")
    await leader.page.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(leader.page.get_by_text("1 van 2 plaatsen bezet")).to_be_visible()
    await bo.page.get_by_role("button", name="Schuif aan").click()
    await bo.at_the_table()


async def test_a_link_that_is_taken_back_lets_nobody_in(seat: TakeSeat, table: Table) -> None:
    """Who came by it stays, unless the facilitator says otherwise; whoever opens it next is told to ask for another."""
    leader = await leader_sharing(seat, table)
    link = await make_link(leader, "Avond")
    address = await address_of(link)
    anna, bo = await seat(), await seat()
    await anna.join_by(address, "Anna", BAKERY)
    await link.get_by_role("button", name="Intrekken: link voor Avond").click()
    await leader.page.get_by_role("button", name="Intrekken", exact=True).last.click()
    await expect(leader.page.get_by_text("De link is ingetrokken.")).to_be_visible()
    await expect(link).to_have_count(0)
    bo.expects_trouble = True
    await bo.page.goto(address)

    await expect(bo.page.get_by_role("heading", name="Deze link werkt niet (meer)")).to_be_visible()
    await anna.add_note("value", "ik ben er nog")
    await anna.sees_saved()


async def type_on(person: Seat, words: str) -> None:
    """Type in the open editor until all is typed, or until it is taken away."""
    try:
        for letter in words:
            await person.editor.press(letter, timeout=2_000)
    except Error:
        await expect(person.editor).to_have_count(0)


async def test_a_link_is_taken_back_with_its_people_while_one_types(seat: TakeSeat, table: Table) -> None:
    """[R5, S8] Whatever the moment: each letter that stood on the screen is either saved or on the page that says one is out."""
    leader, anna = await leader_sharing(seat, table), await seat()
    link = await make_link(leader, "Avond")
    await anna.join_by(await address_of(link), "Anna", BAKERY)
    await anna.add_note("value", "warmte")
    await anna.sees_saved()
    anna.expects_trouble = True
    await anna.page.evaluate("addEventListener('input', (event) => (document.body.dataset.typed = event.target.value))")
    await anna.note("warmte").locator(".note-text").click()
    await link.get_by_role("button", name="Intrekken: link voor Avond").click()
    await leader.page.get_by_role("radio", name="Haal ook hen uit de case").check()
    typing = asyncio.create_task(type_on(anna, " voor iedereen in het dorp"))
    await leader.page.get_by_role("button", name="Intrekken", exact=True).last.click()
    await expect(anna.page.get_by_role("heading", name="Je doet niet meer mee in deze case")).to_be_visible()
    await typing

    typed = await anna.page.locator("body").get_attribute("data-typed") or "warmte"
    kept = await anna.page.locator(".kept-text").all_inner_texts()
    assert typed in [*kept, *table.notes("value")]
    await expect(leader.page.get_by_text("De link is ingetrokken. 1 persoon kan er niet meer in.")).to_be_visible()


async def test_who_waits_by_a_link_that_is_taken_back_is_told(seat: TakeSeat, table: Table) -> None:
    """[X] The door does not stay a page that waits for nothing."""
    leader, bo = await leader_sharing(seat, table), await seat()
    link = await make_link(leader, "Deur", has_waiting_room=True)
    bo.expects_trouble = True
    await bo.fill_in(await address_of(link), "Bo", BAKERY)
    await expect(bo.page.get_by_role("heading", name="Nog even wachten")).to_be_visible()
    await link.get_by_role("button", name="Intrekken: link voor Deur").click()
    await leader.page.get_by_role("button", name="Intrekken", exact=True).last.click()

    await expect(bo.page.get_by_role("heading", name="Je bent nu niet binnengelaten")).to_be_visible()
