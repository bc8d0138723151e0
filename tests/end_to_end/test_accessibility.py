"""Every screen, in both themes, against the rules of WCAG 2.2 A and AA that a program can check (axe-core)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.end_to_end.conftest import TakeSeat
from tests.end_to_end.seat import DESK, PHONE, Screen
from tests.end_to_end.table import BAKERY, Table
from tests.support import PROJECT

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = PROJECT / "client" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


async def breaches(page: Page) -> list[str]:
    """Return what breaks a rule on the screen as it is, by day and, for colours, by night: the theme, the rule and the elements."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    by_day = await _breaches(page, RULES)
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    by_night = await _breaches(page, RULES_OF_COLOUR)
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [*(f"light, {breach}" for breach in by_day), *(f"dark, {breach}" for breach in by_night)]


async def _breaches(page: Page, rules: list[str]) -> list[str]:
    found: list[dict[str, Any]] = await page.evaluate("rules => axe.run({ runOnly: rules }).then(({ violations }) => violations)", rules)
    return [f"{breach['id']}: {node['target']} {node['failureSummary']}" for breach in found for node in breach["nodes"]]


@pytest.mark.parametrize("path", ["/", "/about", "/examples/zorg-dichtbij"])
async def test_pages(seat: TakeSeat, table: Table, path: str) -> None:
    """The pages that need no one at the table."""
    gast = await seat()
    await gast.page.goto(table.server.url + path)
    await expect(gast.page.locator(".example-card, .prose, .note").first).to_be_visible()

    assert await breaches(gast.page) == []


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_table(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """Joining, the canvas, a note being written, each panel, and sharing."""
    fien = await seat(screen=screen)
    await fien.page.goto(table.link("facilitator"))
    await expect(fien.page.get_by_role("radio", name=BAKERY)).to_be_visible()
    assert await breaches(fien.page) == []

    await fien.join(table, "Fien", role="facilitator")
    assert await breaches(fien.page) == []
    await fien.page.locator(".piece-add:visible, .big-add:visible").first.click()
    await expect(fien.editor).to_be_focused()
    await fien.page.keyboard.type("Een warm huis")
    assert await breaches(fien.page) == []
    await fien.page.keyboard.press("Enter")
    for name in ("Wat er gebeurt", "Terugkijken"):
        panel = await fien.open_panel(name)
        await expect(panel.locator("button").nth(1)).to_be_visible()
        assert await breaches(fien.page) == []
        await panel.get_by_role("button", name="Sluiten").click()
    await fien.page.get_by_role("button", name="Deel", exact=True).click()
    await expect(fien.page.get_by_role("img", name="QR-code met de link voor Deelnemers")).to_be_visible()
    assert await breaches(fien.page) == []


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_other_canvases_and_their_panels(seat: TakeSeat, table: Table, screen: Screen) -> None:
    """The value proposition canvas before and with a pair, the roadmap, each panel of the method, and help with a piece."""
    fien = await seat(screen=screen)
    await fien.join(table, "Fien", role="facilitator")
    canvases = fien.page.locator(".canvas-switch button")
    await canvases.nth(1).click()
    await fien.page.get_by_role("button", name="Kies het eerste paar").click()
    assert await breaches(fien.page) == []
    await fien.page.get_by_label("Welke waarde?").fill("warmte")
    await fien.page.get_by_label("Welke doelgroep?").fill("gezinnen")
    await fien.page.get_by_role("button", name="Leg dit paar op tafel").click()
    await fien.page.locator(".cell-pains .empty-cell").click()
    await fien.page.keyboard.type("tocht")
    await fien.page.keyboard.press("Enter")
    await expect(fien.page.locator(".fit-line")).to_be_visible()
    assert await breaches(fien.page) == []
    await canvases.nth(2).click()
    await fien.page.get_by_role("button", name="Kies wie").first.click()
    assert await breaches(fien.page) == []
    await fien.page.get_by_role("button", name="Klaar").click()
    assert await breaches(fien.page) == []
    await canvases.nth(0).click()
    for name in ("Geven en nemen", "Losse eindjes", "Opmerkingen", "Zoeken"):
        await fien.page.locator(".strip-tools").get_by_role("button", name=name).click()
        panel = fien.page.locator(".side-panel")
        await expect(panel.get_by_role("heading", name=name)).to_be_visible()
        assert await breaches(fien.page) == []
        await panel.get_by_role("button", name="Sluiten").click()
    await fien.page.get_by_role("button", name="Uitleg en voorbeelden bij Impact").click()
    await expect(fien.page.locator(".guide-good")).to_be_visible()
    assert await breaches(fien.page) == []
