"""Who is in a case and what they may do: the door, roles, taking someone out, and one's own way back, on the screens of all of them."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import DESK, Screen, Seat
from tests.end_to_end.table import BAKERY, TITLE, Table
from tests.end_to_end.test_accessibility import breaches
from tests.end_to_end.test_links import address_of, make_link

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL_PHONE = Screen(375, 667, touch=True)
SCREENS = pytest.mark.parametrize("screen", [DESK, SMALL_PHONE], ids=["desk", "phone"])


async def seat_leader(seat: TakeSeat, table: Table, screen: Screen = DESK) -> Seat:
    leader = await seat(screen=screen)
    await leader.join(table, "Fenna", None, "facilitator")
    return leader


async def make_door(leader: Seat) -> str:
    """Make a link with a waiting room; return its address."""
    await leader.page.get_by_role("button", name="Deel", exact=True).click()
    address = await address_of(await make_link(leader, "Deur", has_waiting_room=True))
    await leader.page.keyboard.press("Escape")
    return address


async def knock(person: Seat, address: str, name: str) -> None:
    """Come by a link with a waiting room, and wait."""
    person.expects_trouble = True
    await person.fill_in(address, name, BAKERY)
    await expect(person.page.get_by_role("heading", name="Nog even wachten")).to_be_visible()


async def open_people(person: Seat) -> Locator:
    await person.page.locator(".people-button").click()
    return person.page.locator(".side-panel")


async def choose(leader: Seat, name: str) -> None:
    """Open what someone may do."""
    await (await open_people(leader)).get_by_role("button", name=f"Wat {name} mag").click()
    await expect(leader.page.get_by_role("heading", name=name, exact=True)).to_be_visible()


@SCREENS
async def test_someone_waits_and_is_let_in(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """[E7, X] The page at the door says for which case, survives loading again, and goes on by itself; the facilitator is told."""
    leader, bo = await seat_leader(seat, table, screen), await seat(screen=screen)
    await knock(bo, await make_door(leader), "Bo")
    await expect(bo.page.get_by_text(TITLE)).to_be_visible()
    assert await breaches(bo.page) == []
    await bo.page.reload()
    await expect(bo.page.get_by_role("heading", name="Nog even wachten")).to_be_visible()

    await leader.page.get_by_role("status", name="Berichten").get_by_role("button", name="Bekijk").click()
    await expect(leader.page.get_by_role("heading", name="1 persoon wacht aan de deur")).to_be_visible()
    assert await breaches(leader.page) == []
    await leader.page.get_by_role("button", name="Laat binnen: Bo").click()
    await bo.at_the_table()
    await expect(leader.page.locator(".badge-waiting")).to_have_count(0)


async def test_someone_is_turned_away_and_let_in_after_all(seat: TakeSeat, table: Table) -> None:
    """[X] Not now is told in words without blame; a mistake is put right at once."""
    leader, bo = await seat_leader(seat, table), await seat()
    await knock(bo, await make_door(leader), "Bo")
    await (await open_people(leader)).get_by_role("button", name="Nu niet: Bo").click()
    await expect(bo.page.get_by_role("heading", name="Je bent nu niet binnengelaten")).to_be_visible()
    assert await breaches(bo.page) == []
    await leader.page.get_by_role("button", name="Toch binnenlaten").click()
    await expect(leader.page.get_by_text("geen toegang (meer)")).to_have_count(0)

    await bo.page.get_by_role("button", name="Opnieuw laden").click()
    await bo.at_the_table()


async def test_everyone_who_waits_is_let_in_at_once(seat: TakeSeat, table: Table) -> None:
    """[E7] A whole group is one press."""
    leader, bo, cas = await seat_leader(seat, table), await seat(), await seat()
    address = await make_door(leader)
    await knock(bo, address, "Bo")
    await knock(cas, address, "Cas")
    await expect(leader.page.locator(".badge-waiting")).to_contain_text("2")
    await (await open_people(leader)).get_by_role("button", name="Laat iedereen binnen").click()

    await bo.at_the_table()
    await cas.at_the_table()


async def test_another_role_holds_at_once(seat: TakeSeat, table: Table) -> None:
    """[R5] From partner to viewer and to facilitator, on the open page of who it is about."""
    leader, anna = await seat_leader(seat, table), await seat()
    await anna.join(table, "Anna", BAKERY)
    await choose(leader, "Anna")
    assert await breaches(leader.page) == []
    await leader.page.get_by_role("radio", name="Kijker").check()
    await leader.page.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(anna.page.locator(".piece-add")).to_have_count(0)
    await leader.page.get_by_role("button", name="Wat Anna mag").click()
    await leader.page.get_by_role("radio", name="Begeleider").check()
    await leader.page.get_by_role("button", name="Bewaar", exact=True).click()

    await expect(anna.piece("value").get_by_role("button", name="Zet Waarde op slot")).to_have_count(1)


async def test_the_last_facilitator_stays_one(seat: TakeSeat, own_table: Table) -> None:
    """[api last-facilitator] Who would lock themselves out is told kindly what to do first, and nothing changed."""
    leader = await seat()
    await leader.join(own_table, "Fenna", None, "facilitator")
    leader.expects_trouble = True
    await choose(leader, "Fien Facilitator")
    await leader.page.get_by_role("button", name="Haal Fien Facilitator uit de case").click()
    await leader.page.get_by_role("button", name="Haal eruit").click()
    await expect(leader.page.get_by_text("Fien Facilitator is uit de case gehaald.")).to_be_visible()
    await leader.page.get_by_role("button", name="Wat Fenna mag").click()
    await leader.page.get_by_role("radio", name="Deelnemer").check()
    await leader.page.get_by_role("button", name="Bewaar", exact=True).click()

    await expect(leader.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Maak eerst iemand anders begeleider")
    await leader.page.get_by_role("button", name="Annuleren").click()
    await expect(leader.page.locator(".piece-lock").first).to_be_attached()


async def test_who_is_taken_out_while_typing_keeps_the_words(seat: TakeSeat, table: Table) -> None:
    """[R5, X] What was not saved is on a page of its own, to copy, also after loading again; let back in, one is at the table."""
    leader, anna = await seat_leader(seat, table), await seat()
    await anna.join(table, "Anna", BAKERY)
    await anna.add_note("value", "warmte")
    await anna.sees_saved()
    anna.expects_trouble = True
    await anna.context.set_offline(True)
    await anna.sees_offline()
    await anna.note("warmte").locator(".note-text").click()
    await anna.editor.press_sequentially(" voor iedereen")
    await choose(leader, "Anna")
    await leader.page.get_by_role("button", name="Haal Anna uit de case").click()
    await expect(leader.page.get_by_text("Alles wat Anna schreef, blijft staan")).to_be_visible()
    assert await breaches(leader.page) == []
    await leader.page.get_by_role("button", name="Haal eruit").click()
    await expect(leader.page.get_by_text("Anna is uit de case gehaald.")).to_be_visible()
    await anna.context.set_offline(False)

    await expect(anna.page.get_by_role("heading", name="Je doet niet meer mee in deze case")).to_be_visible()
    await expect(anna.page.get_by_text("warmte voor iedereen")).to_be_visible()
    await expect(anna.page.locator(".canvas")).to_have_count(0)
    assert await breaches(anna.page) == []
    await anna.page.reload()
    await expect(anna.page.get_by_role("heading", name="Je doet niet meer mee in deze case")).to_be_visible()
    await expect(anna.page.get_by_text("warmte voor iedereen")).to_be_visible()
    assert table.notes("value") == ["warmte"]
    await leader.page.get_by_text("1 persoon heeft geen toegang (meer)").click()
    await leader.page.get_by_role("button", name="Laat weer toe: Anna").click()
    await expect(leader.page.get_by_role("button", name="Wat Anna mag")).to_be_visible()
    await anna.page.get_by_role("button", name="Opnieuw laden").click()
    await anna.at_the_table()


@SCREENS
async def test_a_way_back_leads_to_oneself_on_another_device(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """[api come-back] Made once, shown once; the address does not stay in the bar, and a newer one makes it void."""
    leader, home = await seat_leader(seat, table, screen), await seat(screen=screen)
    await leader.page.get_by_role("button", name="Meer", exact=True).click()
    await leader.page.get_by_role("button", name="Kom terug op een ander apparaat").click()
    await leader.page.get_by_role("button", name="Maak mijn link").click()
    field = leader.page.get_by_role("textbox", name="Jouw link om terug te komen")
    await expect(field).to_be_focused()
    assert await breaches(leader.page) == []
    address = await field.input_value()
    home.expects_trouble = True
    await home.page.goto(address)
    await home.at_the_table()
    assert "#" not in home.page.url
    await expect((await open_people(home)).get_by_text("Fenna").first).to_be_visible()

    await leader.page.keyboard.press("Escape")
    await leader.page.get_by_role("button", name="Jouw weg terug").click()
    await leader.page.get_by_role("button", name="Maak mijn link").click()
    await expect(leader.page.get_by_role("textbox", name="Jouw link om terug te komen")).not_to_have_value(address)
    stranger = await seat(screen=screen)
    stranger.expects_trouble = True
    await stranger.page.goto(address)
    await expect(stranger.page.get_by_role("heading", name="Deze link om terug te komen werkt niet (meer)")).to_be_visible()


async def test_a_way_back_asks_who_is_someone_here_already(seat: TakeSeat, table: Table) -> None:
    """[api come-back] A shared laptop does not change hands without a question."""
    leader, anna = await seat_leader(seat, table), await seat()
    await anna.join(table, "Anna", BAKERY)
    await (await open_people(leader)).get_by_role("button", name="Jouw weg terug").click()
    await leader.page.get_by_role("button", name="Maak mijn link").click()
    address = await leader.page.get_by_role("textbox", name="Jouw link om terug te komen").input_value()
    await anna.page.goto("about:blank")
    await anna.page.goto(address)
    await expect(anna.page.get_by_role("heading", name="Je bent hier al binnen als Anna")).to_be_visible()
    assert await breaches(anna.page) == []
    await anna.page.get_by_role("button", name="Blijf Anna").click()
    await anna.at_the_table()
    await expect(anna.page.locator(".piece-lock")).to_have_count(0)
    await anna.page.goto("about:blank")
    await anna.page.goto(address)
    await anna.page.get_by_role("button", name="Kom terug met deze link").click()

    await anna.at_the_table()
    await expect(anna.page.locator(".piece-lock").first).to_be_attached()
