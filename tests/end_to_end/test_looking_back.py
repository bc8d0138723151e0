"""Afterwards: the past in place, what changed, the life of a note, and bringing back what was lost."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import PHONE, Screen, Seat
from tests.end_to_end.table import BAKERY, TOWN, Table
from tests.end_to_end.test_accessibility import breaches, dressed

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def look_back(person: Seat) -> Locator:
    """Open the newest session; return the timeline under the canvas."""
    panel = await person.open_panel("Terugkijken")
    await panel.locator(".session-card .moment").first.click()
    timeline = person.page.locator(".timeline")
    await expect(timeline.get_by_role("slider")).to_be_enabled()
    return timeline


async def write(person: Seat, piece: str, *texts: str) -> None:
    for text in texts:
        await person.add_note(piece, text)
    await person.sees_saved()


async def test_scrub_through_the_past(seat: TakeSeat, table: Table) -> None:
    """The slider goes through the moments on the same canvas, tells them in words, and disturbs nobody."""
    anna, bo = await asyncio.gather(seat(), seat())
    await asyncio.gather(anna.join(table, "Anna", BAKERY), bo.join(table, "Bo", TOWN))
    await write(anna, "value", "Warme huizen", "Lage rekening")
    timeline = await look_back(anna)
    slider = timeline.get_by_role("slider", name="Moment")
    await expect(anna.page.get_by_text("Je kijkt terug")).to_be_visible()
    await expect(anna.note("Lage rekening")).to_be_visible()

    await slider.press("Home")
    await expect(anna.notes_in("value")).to_have_count(0)

    assert "Sessie 1" in (await slider.get_attribute("aria-valuetext") or "")
    await expect(slider).to_be_focused()
    await bo.add_note("value", "Intussen geschreven")
    await slider.press("End")
    await expect(anna.note("Lage rekening")).to_be_visible()
    await expect(anna.note("Intussen geschreven")).to_have_count(0)
    await expect(timeline.locator(".timeline-bars")).to_have_attribute(
        "aria-label", f"Hoeveel er veranderde, per partner: {await told(timeline)}."
    )

    await anna.page.get_by_role("button", name="Terug naar nu").click()
    await expect(anna.note("Intussen geschreven")).to_be_visible()
    await expect(timeline).to_have_count(0)


async def told(timeline: Locator) -> str:
    """Return the key of the bars as one sentence: what the picture tells in words."""
    lines = await timeline.locator(".timeline-key li").all()
    parts = [f"{await line.locator('span[dir]').inner_text()} {(await line.locator('.quiet').inner_text()).split()[0]}" for line in lines]
    return " en ".join(parts) if len(parts) <= 2 else f"{', '.join(parts[:-1])} en {parts[-1]}"


async def test_play_the_past(seat: TakeSeat, table: Table) -> None:
    """Playing begins anew at the end, and stands still when asked."""
    anna = await seat()
    await anna.page.emulate_media(reduced_motion="no-preference")
    await anna.join(table, "Anna")
    await write(anna, "value", "Een", "Twee", "Drie")
    timeline = await look_back(anna)
    await timeline.get_by_label("Hoe snel").select_option("60")
    await timeline.get_by_role("button", name="Speel af").click()
    await expect(anna.notes_in("value")).to_have_count(0)
    await expect(timeline.get_by_role("button", name="Wacht even")).to_be_visible()

    await expect(anna.note("Drie")).to_be_visible(timeout=30_000)
    await expect(timeline.get_by_role("button", name="Speel af")).to_be_visible(timeout=30_000)


async def test_step_with_reduced_motion(seat: TakeSeat, table: Table) -> None:
    """Who wants no motion steps instead: nothing plays."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Een", "Twee")
    timeline = await look_back(anna)
    await expect(timeline.get_by_role("button", name="Speel af")).to_have_count(0)
    await expect(timeline.get_by_role("button", name="Volgende verandering")).to_be_disabled()

    await timeline.get_by_role("button", name="Vorige verandering").click()

    await expect(timeline.get_by_role("button", name="Volgende verandering")).to_be_enabled()


async def test_share_a_moment(seat: TakeSeat, table: Table) -> None:
    """A link to a moment opens the case in that moment for who is in the case; with a secret too, after joining."""
    anna, gast = await asyncio.gather(seat(), seat())
    await anna.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await anna.join(table, "Anna")
    await write(anna, "value", "Van toen")
    await look_back(anna)
    await anna.page.get_by_role("button", name="Kopieer link").click()
    await expect(anna.page.get_by_role("status", name="Berichten")).to_contain_text("De link naar dit moment is gekopieerd")
    link = await anna.page.evaluate("navigator.clipboard.readText()")
    await anna.page.get_by_role("button", name="Terug naar nu").click()
    await write(anna, "value", "Van later")

    await anna.page.goto("about:blank")
    await anna.page.goto(link)
    await expect(anna.page.get_by_text("Je kijkt terug")).to_be_visible()
    await expect(anna.note("Van toen")).to_be_visible()
    await expect(anna.note("Van later")).to_have_count(0)
    await expect(anna.page).to_have_url(f"{table.server.url}/c/{table.case}")

    moment = link.partition("#")[2]
    await gast.page.goto(f"{table.link('viewer')}&{moment}")
    await gast.page.get_by_label("Je naam").fill("Gerda")
    await gast.page.get_by_role("radio", name="Ik hoor bij geen organisatie").check()
    await gast.page.get_by_role("button", name="Schuif aan").click()
    await expect(gast.page.get_by_text("Je kijkt terug")).to_be_visible()
    await expect(gast.note("Van later")).to_have_count(0)


async def test_name_sessions_and_versions(seat: TakeSeat, table: Table) -> None:
    """A facilitator gives a session a name and keeps a version; others see both and cannot."""
    fien, anna = await asyncio.gather(seat(), seat())
    await asyncio.gather(fien.join(table, "Fien", TOWN, role="facilitator"), anna.join(table, "Anna"))
    await write(anna, "value", "Warme huizen")
    panel = await fien.open_panel("Terugkijken")
    await expect(panel.locator(".session-card").first).to_contain_text("Sessie 1")
    await panel.get_by_role("button", name="Geef een naam").click()
    await panel.get_by_label("Naam voor Sessie 1").fill("Kick-off in het dorpshuis")
    await panel.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(panel.get_by_role("button", name="Kick-off in het dorpshuis")).to_be_visible()
    await panel.get_by_role("button", name="Bewaar deze versie").click()
    await panel.get_by_label("Hoe heet deze versie?").fill("Voor de raad")
    await panel.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(panel.get_by_role("button", name="Voor de raad")).to_be_visible()

    theirs = await anna.open_panel("Terugkijken")
    await expect(theirs.get_by_role("button", name="Kick-off in het dorpshuis")).to_be_visible()
    await expect(theirs.get_by_role("button", name="Bewaar deze versie")).to_have_count(0)
    await theirs.get_by_role("button", name="Voor de raad").click()
    await expect(anna.page.get_by_text("Je kijkt terug")).to_be_visible()


async def test_without_a_connection(seat: TakeSeat, table: Table) -> None:
    """Looking back needs the server: the panel says so, and goes on when asked again."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    await (await anna.open_panel("Wat er gebeurt")).get_by_role("button", name="Sluiten").click()
    anna.expects_trouble = True
    await anna.context.set_offline(True)
    panel = await anna.open_panel("Terugkijken")
    await expect(panel.get_by_role("alert")).to_contain_text("geen verbinding")
    await anna.context.set_offline(False)

    await panel.get_by_role("button", name="Probeer opnieuw").click()

    await expect(panel.locator(".session-card").first).to_contain_text("Sessie 1")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [Screen(1440, 900), PHONE], ids=["desk", "phone"])
async def test_the_timeline_is_for_everyone(seat: TakeSeat, table: Table, screen: Screen, theme: str) -> None:
    """No breach of WCAG that a program can see, nothing scrolls sideways, and a thumb can work it."""
    anna = await dressed(seat, theme, screen)
    await anna.join(table, "Anna")
    await anna.page.locator(".piece-add:visible, .big-add:visible").first.click()
    await anna.page.keyboard.type("Een warm huis")
    await anna.page.keyboard.press("Enter")
    await anna.sees_saved()
    timeline = await look_back(anna)

    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
    for target in await timeline.locator("input, button, select").all():
        box = await target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    await anna.page.get_by_role("button", name="Wat is er veranderd?").click()
    panel = await anna.page.locator(".side-panel").bounding_box()
    assert panel is not None
    assert panel["y"] == (0 if screen is PHONE else 120)


# What changed, and bringing back


async def rewrite(person: Seat, text: str, to: str) -> None:
    """Write a note anew, as a person does: select all and type."""
    await person.note(text).locator(".note-text").click()
    await expect(person.editor).to_be_focused()
    await person.page.keyboard.press("Control+a")
    await person.page.keyboard.type(to)
    await person.page.keyboard.press("Enter")
    await expect(person.note(to)).to_be_visible()
    await person.sees_saved()


async def delete_note(person: Seat, text: str) -> None:
    menu = await person.open_menu(text)
    await menu.get_by_role("button", name="Weggooien").click()
    await expect(person.note(text)).to_have_count(0)
    await person.sees_saved()


async def keep_version(person: Seat, name: str) -> Locator:
    """Name what is on the table now; return the panel."""
    panel = await person.open_panel("Terugkijken")
    await panel.get_by_role("button", name="Bewaar deze versie").click()
    await panel.get_by_label("Hoe heet deze versie?").fill(name)
    await panel.get_by_role("button", name="Bewaar", exact=True).click()
    await expect(panel.get_by_role("button", name=name)).to_be_visible()
    return panel


async def see_changes_since(person: Seat, version: str) -> Locator:
    """Look at a version, and ask what changed since; return the panel."""
    await person.page.locator(".side-panel").get_by_role("button", name=version).click()
    await person.page.locator(".looking-back-bar").get_by_role("button", name="Wat is er veranderd?").click()
    panel = person.page.locator(".side-panel")
    await expect(panel.get_by_role("heading", name="Wat is er veranderd?")).to_be_visible()
    return panel


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


async def test_with_the_keyboard_alone(seat: TakeSeat, table: Table) -> None:
    """Opening the past, going through it, comparing, and coming back, without a mouse."""
    anna = await seat()
    await anna.join(table, "Anna")
    await write(anna, "value", "Warme huizen")
    keys = anna.page.keyboard
    await anna.page.locator(".top-panels button").nth(1).focus()
    await keys.press("Enter")
    session = anna.page.locator(".session-card .moment").first
    await expect(session).to_be_visible()
    await tab_to(anna, session)
    await keys.press("Enter")
    slider = anna.page.get_by_role("slider", name="Moment")
    await expect(slider).to_be_enabled()
    await tab_to(anna, slider, back=True)
    await keys.press("Home")
    await expect(anna.notes_in("value")).to_have_count(0)
    compare = anna.page.locator(".looking-back-bar").get_by_role("button", name="Wat is er veranderd?")
    await tab_to(anna, compare, back=True)
    await keys.press("Enter")
    await expect(anna.page.locator(".side-panel h2")).to_be_focused()
    await expect(anna.page.locator(".change").first).to_be_visible()
    await keys.press("Escape")
    await expect(anna.page.locator(".side-panel")).to_have_count(0)
    await tab_to(anna, anna.page.get_by_role("button", name="Terug naar nu"))
    await keys.press("Enter")

    await expect(anna.note("Warme huizen")).to_be_visible()
    await expect(anna.page.get_by_text("Je kijkt terug")).to_have_count(0)


async def tab_to(person: Seat, goal: Locator, *, back: bool = False) -> None:
    """Press Tab until something has the focus; fail when it is not reached."""
    for _ in range(120):
        if await goal.evaluate("element => element === document.activeElement"):
            return
        await person.page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail("Tab does not reach it")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [Screen(1440, 900), PHONE], ids=["desk", "phone"])
async def test_the_panels_are_for_everyone(seat: TakeSeat, table: Table, screen: Screen, theme: str) -> None:
    """Differences, a life with deleted words, the restore dialog and minutes: no breach, and nothing scrolls sideways."""
    anna, bo = await asyncio.gather(dressed(seat, theme, screen), seat())
    await asyncio.gather(anna.join(table, "Anna"), bo.join(table, "Bo", TOWN))
    await anna.page.locator(".piece-add:visible, .big-add:visible").first.click()
    await anna.page.keyboard.type("Een warm huis voor iedereen")
    await anna.page.keyboard.press("Enter")
    await expect(bo.note("Een warm huis voor iedereen")).to_be_visible()
    await anna.page.locator(".top-panels button").nth(1).click()
    panel = anna.page.locator(".side-panel")
    await panel.get_by_role("button", name="Wat veranderde er?").click()
    await expect(panel.locator(".change").first).to_be_visible()
    assert await breaches(anna.page) == []
    await rewrite(bo, "Een warm huis voor iedereen", "Een warm huis samen")
    await panel.locator(".change", has_text="Een warm huis").get_by_role("button", name="Verhaal").click()
    await panel.get_by_label("Toon ook weggehaalde woorden").check()
    await expect(panel.locator(".passage del").first).to_be_visible()
    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
    await panel.get_by_role("button", name="Breng terug").last.click()
    await expect(anna.page.get_by_role("dialog")).to_be_visible()
    assert await breaches(anna.page) == []
    await anna.page.get_by_role("button", name="Annuleren").click()
    await panel.get_by_role("button", name="Alle sessies").click()
    await panel.get_by_role("button", name="Verslag").click()
    await expect(anna.page.locator(".minutes")).to_be_visible()
    assert await breaches(anna.page) == []
    assert await anna.page.evaluate("document.documentElement.scrollWidth") <= screen.width
