"""Looking back in place: scrubbing, playing, stepping, links to a moment, sessions and versions by name."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.past import look_back, write
from tests.end_to_end.table import BAKERY, TOWN, Table

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
