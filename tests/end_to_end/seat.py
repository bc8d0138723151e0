"""One person at the table: a browser of their own, what they do in it, and what they see.

Waits are for what a person would wait for (a text, a state), never for time. Words are those of the Dutch screen unless a test
gives others.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Locator, Page, TimeoutError, expect

from tests.end_to_end.table import BAKERY, Table

RETRY_MS = 2_000
CONNECTION_TROUBLE = re.compile(r"WebSocket connection to|net::ERR_|Failed to load resource")


@dataclass(frozen=True, slots=True)
class Screen:
    """How large a screen is, and whether it is touched."""

    width: int
    height: int
    touch: bool = False


DESK = Screen(1280, 900)
WIDE = Screen(1440, 900)
PHONE = Screen(360, 740, touch=True)


class Seat:
    """What one person does and sees."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.troubles: list[str] = []
        self.expects_trouble = False
        self.take_page(page)

    def take_page(self, page: Page) -> None:
        """Go on in this page of the same browser."""
        self.page = page
        page.on("console", self._on_console)
        page.on("pageerror", self._on_page_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not (self.expects_trouble and CONNECTION_TROUBLE.search(message.text)):
            self.troubles.append(f"{message.type}: {message.text}")

    def _on_page_error(self, error: Error) -> None:
        self.troubles.append(f"uncaught: {error}")

    # Coming in

    async def join(self, table: Table, name: str, partner: str | None = BAKERY, role: str = "partner") -> None:
        """Come in by the link of a role, as a newcomer does."""
        await self.join_by(table.link(role), name, partner)

    async def join_by(self, address: str, name: str, partner: str | None = BAKERY) -> None:
        """Come in by a link."""
        await self.fill_in(address, name, partner)
        await self.at_the_table()

    async def fill_in(self, address: str, name: str, partner: str | None = BAKERY) -> None:
        """Open a link, say who one is, and ask to come in."""
        await self.page.goto(address)
        await self.page.get_by_label("Je naam").fill(name)
        choice = partner or "Ik hoor bij geen organisatie"
        await self.page.get_by_role("radio", name=choice, exact=True).check()
        await self.page.get_by_role("button", name="Schuif aan").click()

    async def at_the_table(self) -> None:
        await expect(self.page.locator(".canvas .piece").first).to_be_visible()

    # Pieces and notes

    def piece(self, piece: str) -> Locator:
        return self.page.locator(f'[data-tile="{piece}"]')

    def note(self, text: str) -> Locator:
        return self.page.locator(".note", has=self.page.get_by_text(text, exact=True))

    def notes_in(self, piece: str) -> Locator:
        return self.piece(piece).locator(".note-text")

    async def add_note(self, piece: str, text: str) -> None:
        """Add a note and finish it; the caret is in it at once."""
        await self.piece(piece).locator(".piece-add").click()
        await expect(self.editor).to_be_focused()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self.note(text)).to_be_visible()

    async def show_piece(self, piece: str) -> None:
        """On a phone, step to a piece; on a desk all pieces are there already."""
        while await self.piece(piece).count() == 0:
            before = await self.page.locator(".piece").get_attribute("data-tile")
            await self.page.get_by_role("button", name="Volgende puzzelstuk", exact=True).click()
            await expect(self.page.locator(".piece")).not_to_have_attribute("data-tile", before or "")

    @property
    def editor(self) -> Locator:
        return self.page.locator(".note-editor textarea")

    async def open_menu(self, text: str) -> Locator:
        """Open the menu of a note."""
        await self.note(text).hover()
        await self.note(text).locator(".note-more").click()
        menu = self.page.locator(".note-menu")
        await expect(menu).to_be_visible()
        return menu

    # Whether work is safe

    @property
    def save_state(self) -> Locator:
        return self.page.locator(".save-state")

    async def sees_saved(self) -> None:
        await expect(self.page.locator(".save-state")).to_have_attribute("data-saving", "saved")

    async def tries_again(self) -> None:
        """Ask for the server at once: by the button, unless the page was quicker and took it away."""
        with contextlib.suppress(TimeoutError):
            await self.page.get_by_role("button", name="Probeer nu").click(timeout=RETRY_MS)

    async def sees_offline(self) -> None:
        await expect(self.page.locator(".save-state")).to_have_attribute("data-saving", "offline")

    async def open_panel(self, name: str) -> Locator:
        """Open the panel beside the canvas by the name of its button."""
        await self.page.locator(".top-bar").get_by_role("button", name=name).click()
        panel = self.page.locator(".side-panel")
        await expect(panel.get_by_role("heading", name=name)).to_be_visible()
        return panel


WHOLE = "samen maken wij warme huizen voor iedereen in het dorp"


async def type_in_one_note(anna: Seat, bo: Seat) -> None:
    """Let two people type in one note of `value` at once, until both see WHOLE and that it is saved."""
    await anna.add_note("value", "warme huizen")
    await bo.note("warme huizen").locator(".note-text").click()
    await anna.note("warme huizen").locator(".note-text").click()
    await expect(bo.editor).to_be_focused()
    await expect(anna.editor).to_be_focused()

    await bo.page.keyboard.press("Home")
    await asyncio.gather(
        anna.page.keyboard.type(" voor iedereen in het dorp", delay=15), bo.page.keyboard.type("samen maken wij ", delay=20)
    )
    await asyncio.gather(*(expect(person.editor).to_have_value(WHOLE) for person in (anna, bo)))
    await asyncio.gather(anna.sees_saved(), bo.sees_saved())
