"""The pages around the canvas: starting, inviting, joining, examples, files, the past, and both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.conftest import EXAMPLE
from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import DESK, PHONE, WIDE, Screen
from tests.end_to_end.table import BAKERY, TITLE, Table
from tests.process import ServerProcess

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_start_share_and_join(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """From nothing to two people at one table: start a case, copy the link, come in by it."""
    fien, gast = await seat(), await seat()
    await fien.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await fien.page.goto(shared_server.url)
    await fien.page.get_by_label("Hoe heet jullie case?").fill("Zon op elk dak")
    await fien.page.get_by_label("Je naam").fill("Fien")
    await fien.page.get_by_label("Je organisatie").fill("Energiegroep Elmerveen")
    await fien.page.get_by_role("button", name="Begin de case").click()
    await fien.at_the_table()
    await expect(fien.piece("partners")).to_contain_text("Energiegroep Elmerveen")

    await fien.page.get_by_role("button", name="Deel", exact=True).click()
    dialog = fien.page.get_by_role("dialog")
    await expect(dialog.get_by_role("img", name="QR-code met de link voor Deelnemers")).to_be_visible()
    await dialog.get_by_role("button", name="Kopieer link").first.click()
    await expect(dialog.get_by_role("button", name="Gekopieerd")).to_be_visible()
    link = await fien.page.evaluate("navigator.clipboard.readText()")

    await gast.page.goto(link)
    await expect(gast.page.get_by_role("heading", name="Zon op elk dak")).to_be_visible()
    await gast.page.get_by_label("Je naam").fill("Gerda")
    await gast.page.get_by_role("radio", name="Energiegroep Elmerveen").check()
    await gast.page.get_by_role("button", name="Schuif aan").click()
    await gast.at_the_table()
    await gast.page.reload()
    await gast.at_the_table()
    await gast.page.goto(shared_server.url)
    await expect(gast.page.get_by_role("link", name="Zon op elk dak")).to_be_visible()


async def test_forms_say_what_is_missing(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """An empty form says in words what is missing, puts the focus there, and sends nothing."""
    fien = await seat()
    await fien.page.goto(shared_server.url)
    await fien.page.get_by_role("button", name="Begin de case").click()

    await expect(fien.page.get_by_text("Geef de case een naam.")).to_be_visible()
    await expect(fien.page.get_by_text("Vul je naam in.")).to_be_visible()
    await expect(fien.page.get_by_label("Hoe heet jullie case?")).to_be_focused()
    await expect(fien.page).to_have_url(f"{shared_server.url}/")


async def test_a_phone_shows_what_is_missing_where_one_looks(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """Among more partners than fit on a phone, the words about the missing choice stand above them, and in sight."""
    gast = await seat(screen=PHONE)
    await gast.page.goto(Table.lay(shared_server, neighbours=12).link("partner"))
    await gast.page.get_by_label("Je naam").fill("Gerda")
    await gast.page.get_by_role("button", name="Schuif aan").click()

    await expect(gast.page.get_by_text("Kies je organisatie")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/c/{case}", "Voor deze case heb je een link nodig"),
        ("/c/{case}#wrong", "Deze link werkt niet (meer)"),
        ("/c/nosuchcase#wrong", "Deze link werkt niet (meer)"),
        ("/examples/none", "Dit voorbeeld is er niet"),
    ],
)
async def test_addresses_that_lead_nowhere(seat: TakeSeat, table: Table, path: str, heading: str) -> None:
    """Clear words about what is wrong and what to do, never a blank page."""
    gast = await seat()
    gast.expects_trouble = True
    await gast.page.goto(table.server.url + path.format(case=table.case))

    await expect(gast.page.get_by_role("heading", name=heading)).to_be_visible()


async def test_both_languages(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """The browser's language first, the other by a switch that is remembered; the document says which it is."""
    guest = await seat(locale="en-GB")
    await guest.page.goto(shared_server.url)
    await expect(guest.page.get_by_role("button", name="Start the case")).to_be_visible()
    await expect(guest.page.locator("html")).to_have_attribute("lang", "en")

    await guest.page.get_by_role("button", name="Nederlands").click()

    await expect(guest.page.get_by_role("button", name="Begin de case")).to_be_visible()
    await guest.page.goto(f"{shared_server.url}/about")
    await expect(guest.page.get_by_role("heading", name="Van wie is de methode?")).to_be_visible()
    await expect(guest.page.locator("html")).to_have_attribute("lang", "nl")


async def test_an_english_canvas(seat: TakeSeat, table: Table) -> None:
    """Someone with an English browser sits at the same Dutch table with English words around it."""
    guest = await seat(locale="en-GB")
    await guest.page.goto(table.link("partner"))
    await guest.page.get_by_label("Your name").fill("Grace")
    await guest.page.get_by_role("radio", name=BAKERY).check()
    await guest.page.get_by_role("button", name="Take a seat").click()
    await guest.at_the_table()

    for name in ("Continuity", "Target groups", "Shared ambition", "Intentions"):
        await expect(guest.page.get_by_role("heading", name=name, exact=True)).to_be_visible()


async def test_import_a_case_file(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """A case file is shown before it is opened, and then is a case of one's own."""
    fien = await seat()
    await fien.page.goto(shared_server.url)
    await fien.page.locator('input[type="file"]').set_input_files(EXAMPLE)
    preview = fien.page.get_by_role("dialog")
    await expect(preview.get_by_role("heading", name="Warm Oosterduin")).to_be_visible()
    await expect(preview).to_contain_text("6 partners")
    await preview.get_by_label("Je naam").fill("Fien")
    await preview.get_by_role("button", name="Open als nieuwe case").click()
    await fien.at_the_table()

    await expect(fien.piece("partners")).to_contain_text("Techniekschool Delta")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json at all", "Dit bestand is niet te lezen"),
        ('{"format": "something-else/9"}', "Dit is geen casebestand"),
        ('{"format": "purpose-case/1", "title": "x", "language": "nl", "notes": {"nonsense": ["a"]}}', "niets half overgenomen"),
    ],
)
async def test_bad_case_files(seat: TakeSeat, shared_server: ServerProcess, tmp_path: Path, text: str, words: str) -> None:
    """What is wrong with a file is said in words, and nothing is imported."""
    path = tmp_path / "file.json"
    path.write_text(text)
    fien = await seat()
    fien.expects_trouble = True
    await fien.page.goto(shared_server.url)
    await fien.page.locator('input[type="file"]').set_input_files(path)
    dialog = fien.page.get_by_role("dialog")
    if "purpose-case/1" in text:
        await dialog.get_by_label("Je naam").fill("Fien")
        await dialog.get_by_role("button", name="Open als nieuwe case").click()

    await expect(dialog.get_by_role("alert")).to_contain_text(words)
    await expect(fien.page).to_have_url(f"{shared_server.url}/")


async def test_copy_an_example(seat: TakeSeat, shared_server: ServerProcess) -> None:
    """An example is there to look at; a copy of it is there to work on."""
    fien = await seat()
    await fien.page.goto(shared_server.url)
    await fien.page.get_by_role("link", name=re.compile("Warm Oosterduin")).click()
    await expect(fien.page.get_by_text("Dit is een voorbeeld.")).to_be_visible()
    await fien.at_the_table()
    await expect(fien.page.locator(".piece-add")).to_have_count(0)

    await fien.page.get_by_role("button", name="Maak er jouw case van").click()
    await fien.page.get_by_label("Je naam").fill("Fien")
    await fien.page.get_by_role("button", name="Maak mijn case").click()

    await expect(fien.page).to_have_url(re.compile("/c/"))
    await fien.at_the_table()
    await fien.add_note("value", "Een eigen briefje")


async def test_look_back(seat: TakeSeat, table: Table) -> None:
    """A past moment shows the case as it was, read-only and unmistakably so, and lets go again."""
    anna = await seat()
    await anna.join(table, "Anna")
    await anna.add_note("value", "Van vroeger")
    await anna.sees_saved()
    panel = await anna.open_panel("Terugkijken")
    await panel.locator(".session-card .moment").last.click()
    await expect(anna.page.get_by_text("Je kijkt terug")).to_be_visible()
    await expect(anna.page.locator(".piece-add")).to_have_count(0)

    await anna.page.get_by_role("button", name="Terug naar nu").click()

    await expect(anna.page.get_by_text("Je kijkt terug")).to_have_count(0)
    await expect(anna.note("Van vroeger")).to_be_visible()
    await expect(anna.piece("value").locator(".piece-add")).to_be_visible()


async def test_save_as_a_file(seat: TakeSeat, table: Table, tmp_path: Path) -> None:
    """The whole case comes as one file that can be opened again."""
    anna = await seat()
    await anna.join(table, "Anna")
    await anna.add_note("value", "Mee naar huis")
    await anna.sees_saved()
    await anna.page.get_by_role("button", name="Deel", exact=True).click()
    async with anna.page.expect_download() as coming:
        await anna.page.get_by_role("link", name="Bewaar als bestand").click()
    download = await coming.value
    await download.save_as(tmp_path / "case.json")
    file = json.loads((tmp_path / "case.json").read_text())

    assert (file["format"], file["title"]) == ("purpose-case/1", TITLE)
    assert "Mee naar huis" in json.dumps(file["notes"]["value"])
    await expect(anna.page.get_by_role("dialog")).to_contain_text("Alleen de begeleider kan mensen uitnodigen")


async def test_change_my_name(seat: TakeSeat, table: Table) -> None:
    """I can change how I am called, and the others see it."""
    anna, bo = await seat(), await seat()
    await anna.join(table, "Ana")
    await bo.join(table, "Bo")
    await anna.page.locator(".people-button").click()
    await anna.page.get_by_role("button", name="Pas je naam aan").click()
    await anna.page.get_by_label("Je naam").fill("Anna")
    await anna.page.get_by_role("button", name="Bewaar naam").click()
    await expect(anna.page.locator(".side-panel")).to_contain_text("Anna")

    await bo.page.locator(".people-button").click()
    await expect(bo.page.locator(".side-panel")).to_contain_text("Anna")


@pytest.mark.parametrize("screen", [WIDE, DESK, PHONE], ids=["wide", "desk", "phone"])
async def test_nothing_scrolls_sideways(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """No page is wider than its screen."""
    gast = await seat(screen=screen)
    for path in ("/", "/about", "/examples/warm-oosterduin"):
        await gast.page.goto(table.server.url + path)
        await expect(gast.page.locator("h1, .canvas").first).to_be_visible()
        assert await gast.page.evaluate("document.documentElement.scrollWidth") <= screen.width
