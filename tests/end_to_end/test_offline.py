"""Without a server: the case opens from this browser, what was typed is counted and kept, and it is saved once the server returns."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from crdt import wire
from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import DESK, PHONE, Screen, Seat
from tests.end_to_end.table import BAKERY, TITLE, TOWN, Table
from tests.end_to_end.test_accessibility import breaches

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Resolves when this page would open without a network, and what it showed is in the browser.
SHELL_IS_KEPT = "async () => { await navigator.serviceWorker.ready; return true }"
COPY_IS_WHOLE = """name => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const custom = opening.result.transaction('custom').objectStore('custom');
        const reading = custom.get('whole');
        reading.onsuccess = () => { opening.result.close(); resolve(reading.result === 1); };
    };
})"""
# Resolves when all that was to be written is written: transactions come in turn.
WRITTEN = """name => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const turn = opening.result.transaction(['updates', 'custom'], 'readwrite');
        turn.oncomplete = () => { opening.result.close(); resolve(true); };
        turn.objectStore('custom').count();
    };
})"""
COPIES = "async () => (await indexedDB.databases()).map(({ name }) => name)"


class Meddler:
    """Sits between a page and the server: can refuse what the page sends, and say that the room cannot be written in."""

    def __init__(self) -> None:
        self.refusing: str | None = None
        self._to_page: WebSocketRoute | None = None
        self._updates = 0

    async def sit_down(self, page: Page) -> None:
        await page.route_web_socket(re.compile("/ws/"), self._connect)

    def _connect(self, route: WebSocketRoute) -> None:
        self._to_page, self._updates = route, 0
        server = route.connect_to_server()
        route.on_message(lambda message: self._from_page(message, server))

    def _from_page(self, message: str | bytes, server: WebSocketRoute) -> None:
        is_update = isinstance(message, bytes) and message[0] == wire.SYNC and message[1] in (1, 2)
        self._updates += is_update
        if is_update and self.refusing and message[1] == 2:
            self._tell(wire.REFUSED, {"reason": self.refusing, "message": "", "updates": self._updates})
        else:
            server.send(message)

    def tell_state(self, *, writable: bool) -> None:
        self._tell(wire.STATE, {"writable": writable, "reason": None if writable else "storage"})

    def _tell(self, kind: int, body: object) -> None:
        assert self._to_page is not None
        self._to_page.send(wire.extension_frame(kind, body))


async def settled(person: Seat) -> None:
    """Wait until the case of this person would open without a network."""
    await person.sees_saved()
    assert await person.page.evaluate(SHELL_IS_KEPT)
    name = await copy_of(person.page)
    await person.page.wait_for_function(f"async () => await ({COPY_IS_WHOLE})({json.dumps(name)})")


async def copy_of(page: Page) -> str:
    """Return the name of the database with the copy."""
    handle = await page.wait_for_function("async () => (await indexedDB.databases()).map(({ name }) => name)[0] ?? null")
    name: str = await handle.json_value()
    return name


async def new_page(person: Seat) -> None:
    """Close the tab as a crash would, and open the same address in a new one of the same browser."""
    address = person.page.url
    await person.page.evaluate(f"({WRITTEN})({json.dumps(await copy_of(person.page))})")
    await person.page.close()
    person.take_page(await person.context.new_page())
    await person.page.goto(address)


def waiting(count: int) -> re.Pattern[str]:
    """The words for so many changes that wait."""
    return re.compile(f"{count} wijziging(en)? bewaard op dit apparaat")


async def add_note(person: Seat, piece: str, text: str) -> None:
    """Add a note as one does on this screen: in the piece, or with the one big button of a phone."""
    await person.show_piece(piece)
    await person.page.locator(f'[data-tile="{piece}"] .piece-add:visible, .big-add:visible').last.click()
    await expect(person.editor).to_be_focused()
    await person.page.keyboard.type(text)
    await person.page.keyboard.press("Enter")
    await expect(person.note(text)).to_be_visible()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_typed_without_a_server_and_the_tab_closed(seat: TakeSeat, own_table: Table, screen: Screen) -> None:
    """The case and my words are there in a new tab with the server still down; they are saved when it returns, once."""
    anna = await seat(screen=screen)
    await anna.join(own_table, "Anna", BAKERY)
    await add_note(anna, "resources", "Een leeg winkelpand")
    await settled(anna)
    anna.expects_trouble = True

    own_table.server.kill()
    await anna.sees_offline()
    await add_note(anna, "resources", "Een oude oven")
    await add_note(anna, "resources", "Tien handen")
    await expect(anna.save_state).to_contain_text(waiting(2))
    await new_page(anna)

    await anna.at_the_table()
    await anna.sees_offline()
    await expect(anna.save_state).to_contain_text(waiting(2))
    await anna.show_piece("resources")
    await expect(anna.notes_in("resources")).to_have_count(3)
    await add_note(anna, "resources", "Een bakfiets")
    await expect(anna.save_state).to_contain_text(waiting(3))
    width = await anna.page.evaluate("document.documentElement.scrollWidth")
    assert width <= screen.width

    own_table.server.start()
    await anna.tries_again()
    await anna.sees_saved()
    bo = await seat()
    await bo.join(own_table, "Bo", TOWN)
    await expect(bo.notes_in("resources")).to_have_count(4)
    notes = ["Een bakfiets", "Een leeg winkelpand", "Een oude oven", "Tien handen"]
    assert sorted(own_table.notes("resources")) == notes


async def test_reloading_in_english(seat: TakeSeat, own_table: Table) -> None:
    """The words are those of the reader's language, and a second reload changes nothing."""
    ann = await seat(locale="en-GB")
    await ann.page.goto(own_table.link("partner"))
    await ann.page.get_by_label("Your name").fill("Ann")
    await ann.page.get_by_role("radio", name=BAKERY, exact=True).check()
    await ann.page.get_by_role("button", name="Take a seat").click()
    await ann.at_the_table()
    await settled(ann)
    ann.expects_trouble = True

    own_table.server.kill()
    await ann.sees_offline()
    await ann.add_note("value", "Bread that is still warm")
    for _ in range(2):
        await new_page(ann)
        await expect(ann.note("Bread that is still warm")).to_be_visible()
        await expect(ann.save_state).to_contain_text("1 change kept on this device")


async def test_the_start_page_and_a_case_that_was_never_here(seat: TakeSeat, own_table: Table) -> None:
    """The start page opens and lists my cases; a case of which there is no copy says so in words."""
    anna = await seat()
    await anna.join(own_table, "Anna", BAKERY)
    await settled(anna)
    anna.expects_trouble = True
    own_table.server.kill()

    await anna.page.goto(own_table.server.url)
    await expect(anna.page.get_by_role("link", name=TITLE)).to_be_visible()
    await expect(anna.page.get_by_text("De voorbeelden zijn nu niet te laden.")).to_be_visible()
    assert await breaches(anna.page) == []
    await anna.page.goto(f"{own_table.server.url}/c/never-opened-here")
    await expect(anna.page.get_by_role("heading", name="Geen verbinding")).to_be_visible()

    await anna.page.goto(own_table.server.url)
    await anna.page.get_by_role("link", name=TITLE).click()
    await anna.at_the_table()


async def test_forgetting_a_case(seat: TakeSeat, own_table: Table) -> None:
    """Forgetting removes the copies too, and warns when something in them was not saved."""
    anna = await seat()
    await anna.join(own_table, "Anna", BAKERY)
    await settled(anna)
    anna.expects_trouble = True
    own_table.server.kill()
    await anna.sees_offline()
    await anna.add_note("value", "Nog niet opgeslagen")

    await anna.page.goto(own_table.server.url)
    await anna.page.get_by_role("button", name=f"Vergeet {TITLE}").click()
    warning = anna.page.get_by_role("dialog")
    await expect(warning).to_contain_text("1 wijziging")
    assert await breaches(anna.page) == []
    await warning.get_by_role("button", name="Annuleren").click()
    assert len(await anna.page.evaluate(COPIES)) == 1
    await anna.page.get_by_role("button", name=f"Vergeet {TITLE}").click()
    await warning.get_by_role("button", name="Vergeet toch").click()

    await expect(anna.page.get_by_role("link", name=TITLE)).to_have_count(0)
    assert await anna.page.evaluate(COPIES) == []


async def test_the_tray(seat: TakeSeat, own_table: Table) -> None:
    """Refused words stay in the tray over a reload, with the reason in my language; the keyboard puts them back."""
    anna = await seat()
    meddler = Meddler()
    await meddler.sit_down(anna.page)
    await anna.join(own_table, "Anna", BAKERY)
    await settled(anna)
    await anna.add_note("value", "Warm")
    await anna.sees_saved()
    meddler.refusing = "limit"
    await anna.note("Warm").locator(".note-text").click()
    await expect(anna.editor).to_be_focused()
    await anna.page.keyboard.insert_text(" brood")

    tray = anna.page.get_by_role("region", name="Voor je bewaard")
    await expect(tray).to_contain_text("Warm brood")
    await expect(tray).to_contain_text("Dit is te lang of te veel")
    meddler.refusing = None
    await anna.page.reload()
    await expect(tray).to_contain_text("Warm brood")
    await anna.sees_saved()
    assert await breaches(anna.page) == []
    assert own_table.notes("value") == ["Warm"]

    await anna.page.locator("#canvas").focus()
    await anna.page.keyboard.press("Tab")
    await expect(tray.get_by_role("button", name="Zet terug")).to_be_focused()
    await anna.page.keyboard.press("Tab")
    await expect(tray.get_by_role("button", name="Kopieer")).to_be_focused()
    await anna.page.keyboard.press("Tab")
    await expect(tray.get_by_role("button", name="Niet meer nodig")).to_be_focused()
    await anna.page.keyboard.press("Shift+Tab")
    await anna.page.keyboard.press("Shift+Tab")
    await anna.page.keyboard.press("Enter")
    await expect(tray).to_have_count(0)
    await expect(anna.note("Warm brood")).to_be_focused()
    await anna.sees_saved()
    assert own_table.notes("value") == ["Warm", "Warm brood"]


async def test_storage_trouble(seat: TakeSeat, own_table: Table) -> None:
    """A banner says what happened and that nothing is lost; writing goes on by itself when the server says so."""
    anna = await seat()
    meddler = Meddler()
    await meddler.sit_down(anna.page)
    await anna.join(own_table, "Anna", BAKERY)
    await anna.sees_saved()

    meddler.tell_state(writable=False)
    banner = anna.page.get_by_role("alert").filter(has_text="Opslaan lukt nu even niet")
    await expect(banner).to_contain_text("Er is niets kwijt")
    await expect(anna.page.locator(".piece-add")).to_have_count(0)
    assert await breaches(anna.page) == []
    meddler.tell_state(writable=True)

    await expect(banner).to_have_count(0)
    await anna.add_note("value", "Weer schrijven")
    await anna.sees_saved()


async def test_two_tabs_of_one_browser(seat: TakeSeat, own_table: Table) -> None:
    """Both write without a server and are closed; a third finds the work of both, counts it, and saves it once."""
    anna = await seat()
    await anna.join(own_table, "Anna", BAKERY)
    await settled(anna)
    first, second = anna.page, await anna.context.new_page()
    anna.take_page(second)
    await second.goto(first.url)
    await anna.sees_saved()
    anna.expects_trouble = True
    own_table.server.kill()
    await anna.sees_offline()
    await anna.add_note("returns", "Uit de tweede tab")
    anna.page = first
    await anna.sees_offline()
    await anna.add_note("returns", "Uit de eerste tab")
    await second.evaluate(f"({WRITTEN})({json.dumps(await copy_of(second))})")
    await second.close()
    await new_page(anna)

    await expect(anna.notes_in("returns")).to_have_count(2)
    await expect(anna.save_state).to_contain_text(waiting(2))
    own_table.server.start()
    await anna.tries_again()
    await anna.sees_saved()
    assert sorted(own_table.notes("returns")) == ["Uit de eerste tab", "Uit de tweede tab"]
    await new_page(anna)
    await anna.sees_saved()
    await expect(anna.notes_in("returns")).to_have_count(2)


async def test_the_case_is_replaced_meanwhile(seat: TakeSeat, own_table: Table) -> None:
    """Who is there sees the new one at once; who was away finds what was not saved in the tray, and none of the old case comes back."""
    anna, bo = await seat(), await seat()
    await anna.join(own_table, "Anna", BAKERY)
    await bo.join(own_table, "Bo", TOWN)
    await anna.add_note("value", "Uit de oude case")
    await settled(anna)
    await expect(bo.note("Uit de oude case")).to_be_visible()
    anna.expects_trouble = bo.expects_trouble = True
    await anna.context.set_offline(True)
    await anna.sees_offline()
    await anna.add_note("value", "Zonder net geschreven")
    await new_page(anna)
    await expect(anna.note("Zonder net geschreven")).to_be_visible()

    file = {"format": "purpose-case/1", "language": "nl", "title": "Nieuw begin", "notes": {"value": ["Uit de nieuwe case"]}}
    replaced = own_table.server.run("import", "-", "--over", own_table.case, stdin=json.dumps(file).encode())
    assert replaced.returncode == 0, replaced.stderr.decode()
    await expect(bo.note("Uit de nieuwe case")).to_be_visible()
    await expect(bo.note("Uit de oude case")).to_have_count(0)
    await bo.sees_saved()
    await anna.context.set_offline(False)

    await expect(anna.note("Uit de nieuwe case")).to_be_visible()
    await anna.sees_saved()
    tray = anna.page.get_by_role("region", name="Voor je bewaard")
    await expect(tray).to_contain_text("Zonder net geschreven")
    await expect(tray).to_contain_text("De case is opnieuw begonnen")
    await tray.get_by_role("button", name="Zet terug").click()
    await anna.sees_saved()
    assert sorted(own_table.notes("value")) == ["Uit de nieuwe case", "Zonder net geschreven"]


async def test_the_cookie_is_gone(seat: TakeSeat, own_table: Table) -> None:
    """Who is no longer let in is told so, and finds what was not saved: in the open case, and at its door."""
    anna = await seat()
    await anna.join(own_table, "Anna", BAKERY)
    await settled(anna)
    anna.expects_trouble = True
    own_table.server.kill()
    await anna.sees_offline()
    await anna.add_note("value", "Nog niet opgeslagen")
    await anna.context.clear_cookies()
    own_table.server.start()
    await anna.tries_again()

    banner = anna.page.get_by_role("alert").filter(has_text="Je bent hier niet meer binnen")
    tray = anna.page.get_by_role("region", name="Voor je bewaard")
    await expect(banner).to_contain_text("staat hieronder voor je klaar")
    await expect(tray).to_contain_text("Nog niet opgeslagen")
    assert await breaches(anna.page) == []

    await anna.page.reload()
    await expect(anna.page.get_by_role("heading", name="Voor deze case heb je een link nodig")).to_be_visible()
    await expect(tray).to_contain_text("Nog niet opgeslagen")
    assert await breaches(anna.page) == []


async def test_the_worker_is_served_fresh(seat: TakeSeat, table: Table) -> None:
    """The service worker is a script that is asked for anew at every visit, under the strict policy of every answer."""
    gast = await seat()
    answer = await gast.context.request.get(f"{table.server.url}/sw.js")

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
