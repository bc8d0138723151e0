"""One case on three canvases: from the puzzle through a pair to the steps, by several people, on a phone, and by keyboard alone."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import PHONE, WIDE, Screen, Seat
from tests.end_to_end.table import BAKERY, TITLE, TOWN, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


def exported(table: Table) -> dict[str, Any]:
    """Return the case as the server has it on disk."""
    return json.loads(table.server.run("export", table.case).stdout)  # type: ignore[no-any-return]


async def show(person: Seat, canvas: str) -> None:
    await person.page.locator(".canvas-switch").get_by_role("button", name=canvas).click()


async def write(person: Seat, place: Locator, text: str) -> None:
    """Write a note in a cell, by its question when it is empty and by its button when it is not."""
    await place.locator(".empty-cell, .cell-add").first.click()
    await expect(person.editor).to_be_focused()
    await person.page.keyboard.type(text)
    await person.page.keyboard.press("Enter")
    await expect(person.note(text)).to_be_visible()


async def test_three_people_take_a_case_from_puzzle_to_steps(seat: TakeSeat, table: Table) -> None:
    """A pair is made of two notes, its fit becomes visible, and a step is taken on from a phone; all of it is on disk."""
    anna, bo, cees = await asyncio.gather(seat(screen=WIDE), seat(), seat(screen=PHONE))
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(table, "Bo", TOWN), cees.join(table, "Cees", None))
    await anna.add_note("value", "een warm huis")
    await bo.add_note("audiences", "gezinnen in een tochtig huis")

    await show(anna, "Waardepropositie")
    await anna.page.get_by_role("button", name="Kies het eerste paar").click()
    await anna.page.get_by_role("button", name="Leg dit paar op tafel").click()
    await show(bo, "Waardepropositie")
    await write(bo, bo.page.locator(".cell-pains"), "de rekening is te hoog")
    await write(anna, anna.page.locator(".cell-relievers"), "samen inkopen")

    await expect(anna.page.locator(".fit-line")).to_contain_text("0 van 1 pijnpunt verzacht")
    menu = await anna.open_menu("samen inkopen")
    await menu.get_by_role("button", name="Verbind", exact=True).click()
    await anna.page.locator(".link-candidates").get_by_role("button", name="de rekening is te hoog").click()
    await expect(bo.page.locator(".fit-line")).to_contain_text("1 van 1 pijnpunt verzacht")

    await show(cees, "Impact roadmap")
    await write(cees, cees.page.locator(".cell-step"), "een straat kiezen")
    await cees.page.get_by_role("button", name="Kies wie").click()
    await cees.page.get_by_role("checkbox", name=BAKERY).check()
    await cees.page.get_by_role("button", name="Klaar").click()
    await show(bo, "Impact roadmap")
    await expect(bo.page.locator(".cell-who").first).to_contain_text(BAKERY)
    await bo.page.get_by_label("Versie").fill("2")
    await bo.page.keyboard.press("Enter")
    await bo.page.get_by_role("button", name="Stap 1 omlaag").click()
    await expect(anna.page.locator(".canvas-switch")).to_be_visible()
    await asyncio.gather(anna.sees_saved(), bo.sees_saved(), cees.sees_saved())

    case = exported(table)
    assert case["pairs"][0]["notes"]["relievers"][0]["text"] == "samen inkopen"
    assert [link["kind"] for link in case["links"]] == ["relieves"]
    assert case["roadmap"]["version"] == "2"
    assert case["roadmap"]["order"] == "2 1 3 4 5 6"
    assert case["roadmap"]["steps"]["1"]["who"] == [{"text": BAKERY, "partner": BAKERY}]


async def test_by_keyboard_alone(seat: TakeSeat, table: Table) -> None:
    """A note is written in a cell, carried to the next, and shown on the roadmap too, without a mouse."""
    anna = await seat()
    await anna.join(table, "Anna", BAKERY)
    keyboard = anna.page.keyboard
    await anna.page.locator(".canvas-switch button").nth(2).focus()
    await keyboard.press("Enter")
    await anna.page.locator('[data-tile="roadmap/1/step"] .empty-cell').focus()
    await keyboard.press("Enter")
    await expect(anna.editor).to_be_focused()
    await keyboard.type("koffie drinken")
    await keyboard.press("Enter")
    note = anna.note("koffie drinken")
    await expect(note).to_be_focused()
    await keyboard.press("Alt+ArrowRight")
    await expect(anna.page.locator('[data-tile="roadmap/1/skills"]')).to_contain_text("koffie drinken")
    await expect(note).to_be_focused()

    await keyboard.press("m")
    menu = anna.page.locator(".note-menu")
    await menu.get_by_label("Laat ook zien bij").focus()
    await anna.page.locator(".note-menu select").last.select_option("roadmap/2/returns")
    await keyboard.press("Escape")

    guest = anna.page.locator('[data-tile="roadmap/2/returns"] .note')
    await expect(guest).to_contain_text("koffie drinken")
    await guest.focus()
    await keyboard.press("Enter")
    await keyboard.type(" en taart")
    await keyboard.press("Enter")
    await expect(anna.page.get_by_text("koffie drinken en taart")).to_have_count(2)


async def test_loose_ends_are_mended_with_one_click(seat: TakeSeat, table: Table) -> None:
    """A contribution of nobody gets its partner from the list, and then is no loose end any more; undo takes it back."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Fien", None, role="facilitator")
    await anna.add_note("contributions", "de zaal op dinsdag")
    await anna.page.locator(".strip-tools").get_by_role("button", name="Losse eindjes").click()
    panel = anna.page.locator(".side-panel")
    section = panel.locator(".loose-kind", has_text="Wie brengt dit in?")

    await section.locator("select").select_option(label=TOWN)

    await expect(section).to_have_count(0)
    await expect(anna.note("de zaal op dinsdag")).to_contain_text(TOWN)
    await expect(panel.locator(".loose-kind", has_text="Wat brengt deze partner mee?")).to_contain_text(BAKERY)
    await anna.page.get_by_role("button", name="Ongedaan maken").first.click()
    await expect(section).to_have_count(1)


async def test_the_page_of_a_partner_and_its_lens(seat: TakeSeat, table: Table) -> None:
    """What a partner brings and gets stands together, a return can be begun from there, and the others can be dimmed."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Anna", BAKERY)
    await anna.add_note("contributions", "brood voor het ontbijt")
    await anna.page.get_by_role("button", name=f"Alles over {BAKERY}").click()
    panel = anna.page.locator(".side-panel")
    await expect(panel).to_contain_text("brood voor het ontbijt")

    await panel.get_by_role("button", name="Schrijf een opbrengst op").click()
    await expect(anna.editor).to_be_focused()
    await anna.page.keyboard.type("nieuwe klanten")
    await anna.page.keyboard.press("Enter")
    await expect(panel).to_contain_text("1 nog niet ingedeeld")
    await panel.get_by_role("button", name="Licht deze partner uit").click()

    await expect(anna.page.locator(".lens-bar")).to_contain_text(BAKERY)
    await expect(anna.page.locator(".note.is-lit")).to_have_count(2)
    await anna.page.locator(".lens-bar").get_by_role("button", name="Laat alles zien").click()
    await expect(anna.page.locator(".lens-bar")).to_have_count(0)


async def test_a_critical_friend_comments_and_changes_nothing_else(seat: TakeSeat, table: Table) -> None:
    """The comment arrives with a mention, is unread until it is read, and is ticked off by the one who was asked."""
    anna, carla = await asyncio.gather(seat(screen=WIDE), seat(screen=WIDE))
    await anna.join(table, "Anna Verzonnen", BAKERY)
    await carla.join(table, "Carla", None, role="critical-friend")
    await anna.add_note("value", "een warm huis")

    await expect(carla.note("een warm huis").locator(".note-more")).to_have_count(0)
    await carla.note("een warm huis").hover()
    await carla.note("een warm huis").get_by_role("button", name="Praat hierover").click()
    await carla.page.locator(".composer textarea").type("Voor wie, @An")
    await carla.page.get_by_role("button", name="@Anna Verzonnen").click()
    await carla.page.keyboard.press("Enter")
    await expect(carla.page.locator(".comment-text")).to_contain_text("Voor wie, @Anna Verzonnen")
    await carla.sees_saved()

    await expect(anna.note("een warm huis").get_by_role("button", name="1 open opmerking")).to_be_visible()
    await anna.page.locator(".strip-tools").get_by_role("button", name="Opmerkingen, 1").click()
    thread = anna.page.locator(".thread")
    await expect(thread.locator(".mention.is-me")).to_have_text("@Anna Verzonnen")
    await thread.get_by_role("button", name="Afgehandeld").click()
    await expect(anna.page.locator(".side-panel")).to_contain_text("Nog geen opmerkingen")
    await expect(carla.note("een warm huis").get_by_role("button", name="1 open opmerking")).to_have_count(0)


async def test_search_finds_what_lies_on_another_canvas(seat: TakeSeat, table: Table) -> None:
    """A result leads to its canvas, its step and its note."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Anna", BAKERY)
    await show(anna, "Impact roadmap")
    await write(anna, anna.page.locator('[data-tile="roadmap/4/blockers"]'), "geen ruimte in de agenda")
    await show(anna, "Purpose Case")
    await anna.page.locator(".strip-tools").get_by_role("button", name="Zoeken").click()

    await anna.page.get_by_label("Zoek in de hele case").fill("AGENDA ruimte")
    await anna.page.locator(".found").get_by_role("button", name="geen ruimte in de agenda").click()

    await expect(anna.note("geen ruimte in de agenda")).to_be_focused()
    await expect(anna.page.locator('.canvas-switch [aria-current="page"]')).to_have_text("Impact roadmap")


async def test_a_link_is_dragged_from_note_to_note(seat: TakeSeat, table: Table) -> None:
    """The link runs in the direction of its meaning, whichever end was dragged."""
    anna = await seat(screen=Screen(1440, 1800))
    await anna.join(table, "Anna", BAKERY)
    await anna.add_note("resources", "een zaal")
    await anna.add_note("contributions", "de zaal op dinsdag")
    await anna.note("een zaal").hover()

    await anna.note("een zaal").locator(".note-link").drag_to(anna.note("de zaal op dinsdag"))

    await expect(anna.note("een zaal").get_by_role("button", name="1 verbinding")).to_be_visible()
    await anna.note("een zaal").get_by_role("button", name="1 verbinding").click()
    await expect(anna.page.locator(".link-list").first).to_contain_text("komt van")
    await anna.sees_saved()
    assert [link["kind"] for link in exported(table)["links"]] == ["covers"]


async def test_notes_come_from_a_table_and_from_a_file(seat: TakeSeat, table: Table) -> None:
    """What would come is shown first, with what cannot be read; it is one step that undo takes back; the rest of the case stays."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Anna", BAKERY)
    await anna.add_note("value", "een warm huis")

    async def open_dialog() -> Locator:
        await anna.page.get_by_role("button", name="Meer", exact=True).click()
        await anna.page.get_by_role("button", name="Briefjes toevoegen uit tekst of bestand").click()
        return anna.page.locator("dialog")

    dialog = await open_dialog()
    await dialog.locator("textarea").fill("puzzelstuk;tekst;bedrag\nInbreng;brood;€ 250\nInbreng;kaas;veel")
    await expect(dialog.locator(".preview")).to_contain_text("Rij 3: ‘veel’ past niet bij bedrag")
    await dialog.get_by_role("button", name="Leg 2 briefjes neer").click()
    await expect(anna.notes_in("contributions")).to_have_text(["brood", "kaas"])
    await anna.page.get_by_role("button", name="Ongedaan maken").first.click()
    await expect(anna.notes_in("contributions")).to_have_count(0)

    dialog = await open_dialog()
    await dialog.locator("textarea").fill("\n".join(f"regel {number}" for number in range(201)))
    await expect(dialog.get_by_text("Dit is te veel in één keer")).to_be_visible()
    await dialog.locator("textarea").fill("\n".join(f"regel {number}" for number in range(200)))
    await dialog.get_by_role("button", name="Leg 200 briefjes neer").click()
    await anna.sees_saved()
    await anna.page.keyboard.press("Control+z")
    await anna.page.keyboard.press("Control+Shift+z")
    await anna.sees_saved()
    await expect(anna.notes_in("resources")).to_have_count(200)
    await anna.page.keyboard.press("Control+z")

    dialog = await open_dialog()
    anna.expects_trouble = True
    bad = {"name": "case.json", "mimeType": "application/json", "buffer": b'{"format": "purpose-case/1", "title": 3, "notes": {}}'}
    await dialog.locator("input[type=file]").set_input_files(bad)  # type: ignore[arg-type]
    await expect(dialog.get_by_role("alert")).to_contain_text("title: must be text")
    file = {
        "format": "purpose-case/1",
        "title": "Elders",
        "notes": {"audiences": [{"text": "gezinnen", "id": "a"}], "value": [{"text": "rust", "id": "v"}]},
        "pairs": [{"audience": "a", "value": "v", "notes": {"pains": ["tocht"]}}],
    }
    good = {"name": "case.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}
    await dialog.locator("input[type=file]").set_input_files(good)  # type: ignore[arg-type]
    await dialog.get_by_role("button", name="Leg 3 briefjes neer").click()
    await expect(anna.notes_in("value")).to_have_text(["een warm huis", "rust"])
    await anna.sees_saved()
    case = exported(table)
    assert [note["text"] for note in case["notes"]["value"]] == ["een warm huis", "rust"]
    assert case["pairs"][0]["notes"] == {"pains": ["tocht"]}
    assert case["title"] == TITLE


async def test_an_open_panel_follows_to_another_note(seat: TakeSeat, table: Table) -> None:
    """Links and comments tell of the note that was asked for last, also when the panel was open already."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Anna", BAKERY)
    await anna.add_note("continuity", "een eerste")
    await anna.add_note("consequences", "een tweede")
    panel = anna.page.locator(".side-panel")
    for text in ("een eerste", "een tweede"):
        menu = await anna.open_menu(text)
        await menu.get_by_role("button", name="Verbind", exact=True).click()
        await expect(panel.locator(".links-subject")).to_contain_text(text)
    for text in ("een eerste", "een tweede"):
        menu = await anna.open_menu(text)
        await menu.get_by_role("button", name="Praat hierover").click()
        await expect(panel.locator(".thread-note")).to_contain_text(text)
        await panel.locator("textarea").fill(f"over {text}")
        await anna.page.keyboard.press("Enter")
        await expect(panel.locator(".comment-text")).to_have_text([f"over {text}"])


async def test_the_past_has_its_own_balance(seat: TakeSeat, table: Table) -> None:
    """Looking back, give and take tells of the moment that is shown."""
    anna = await seat(screen=WIDE)
    await anna.join(table, "Fien", None, role="facilitator")
    await anna.add_note("contributions", "brood")
    await anna.sees_saved()
    await anna.page.locator(".strip-tools").get_by_role("button", name="Geven en nemen").click()
    await expect(anna.page.locator(".balance-whole")).to_contain_text("1 briefje")
    await anna.page.goto(f"{table.server.url}/c/{table.case}#at=1")
    await expect(anna.page.locator(".case-page.is-looking-back")).to_be_visible()

    await anna.page.locator(".strip-tools").get_by_role("button", name="Geven en nemen").click()

    await expect(anna.page.locator(".balance-whole dd").first).to_have_text("nog niets")
