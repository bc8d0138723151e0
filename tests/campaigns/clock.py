"""The wall clock stepped by a day or a year, back and forth, while people work: nothing may depend on it but what is shown.

Writers stay connected over all steps: order, acknowledgements and copies must be right. Beside them, after each step: whoever joined
at any time before is still in by their cookie, tokens from another time are refused in words that say why, someone new can come in, and the
list of moments is in the order of the log with no moment longer than it may be.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from crdt import wire
from crdt.case import EMPTY_VECTOR
from crdt.moments import MOMENT_SPAN_MS
from server.folder import DATABASE
from tests.campaigns.faults import LAUNCHER, Faults
from tests.campaigns.oracle import canonical, read, view_of
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.sitting import Sitting, ask
from tests.process import ServerProcess

WRITERS: Final = 3
PAUSE_S: Final = 0.02
WORK_S: Final = 0.5
CLOCK_LOOKED_AT_WITHIN_S: Final = 0.1
DAY_S: Final = 86_400
YEAR_S: Final = 365 * DAY_S
STEPS: Final = (YEAR_S, -YEAR_S, DAY_S, -DAY_S, 0)
TOKEN_VALID_S: Final = 3_600
COOKIE_VALID_S: Final = 3 * YEAR_S
NOT_KNOWN: Final = 4401


@dataclass(slots=True)
class Guest:
    """Someone with a token and a cookie, and the offset of the clock when they got them."""

    offset: int
    token: str
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie}


@dataclass(slots=True)
class ClockCampaign:
    """Steps on one server, one case, one set of connections."""

    seed: int
    report: Report
    guests: list[Guest] = field(default_factory=list)

    async def run(self, steps: int) -> None:
        """Raises CampaignFailed at the first step after which something is wrong."""
        rng = random.Random(self.seed)
        with tempfile.TemporaryDirectory(prefix="clock-") as name:
            clock = Path(name) / "offset"
            clock.write_text("0")
            settings = {"token_valid_s": str(TOKEN_VALID_S), "cookie_valid_s": str(COOKIE_VALID_S)}
            server = ServerProcess(Path(name) / "data", module=LAUNCHER, **settings)
            server.environment = Faults(clock=str(clock)).environment()
            with server:
                sitting = Sitting.begin(server, self.seed, WRITERS)
                async with sitting.connected(PAUSE_S), httpx.AsyncClient(base_url=server.url) as http:
                    offset = 0
                    for _ in range(steps):
                        before = sitting.acknowledgements()
                        await asyncio.sleep(WORK_S)
                        problems = await self._look(sitting, http, offset)
                        acknowledged = sitting.acknowledgements() - before
                        self.report.round(problems, offset_s=offset, acknowledged=acknowledged, guests=len(self.guests))
                        offset = rng.choice([other for other in STEPS if other != offset])
                        await _step(clock, offset)
                    await _step(clock, 0)  # so that the writers' own tokens let them in again
                async with sitting.connected(None):
                    self.report.round(await sitting.settle(), owed=sitting.book.owed())

    async def _look(self, sitting: Sitting, http: httpx.AsyncClient, offset: int) -> list[str]:
        self.guests.append(await self._let_in(sitting, http, offset))
        problems = [problem for guest in self.guests for problem in await self._is_in(sitting, http, guest, offset)]
        problems += await _judge_moments(sitting, http, self.guests[-1])
        sitting.note_what_is_seen()
        return problems + sitting.judge()

    async def _let_in(self, sitting: Sitting, http: httpx.AsyncClient, offset: int) -> Guest:
        """Have someone join by a link, and another by a token, at the present time of the server."""
        token = ask(sitting.server, command="token", case=sitting.case, role="viewer", name="Gast", partner=None)
        body = {"secret": sitting.secret, "person": {"name": "Gast", "partner": None}}
        joined = await http.post(f"/api/cases/{sitting.case}/join", json=body)
        joined.raise_for_status()
        cookie = "; ".join(f"{name}={value}" for name, value in joined.cookies.items())
        http.cookies.clear()  # each guest is a browser of its own
        return Guest(offset, token, cookie)

    async def _is_in(self, sitting: Sitting, http: httpx.AsyncClient, guest: Guest, offset: int) -> list[str]:
        """A cookie holds whatever the clock does; a token holds at its own time alone."""
        me = await http.get(f"/api/cases/{sitting.case}/me", headers=guest.headers)
        problems = [] if me.status_code == 200 else [f"a cookie of {guest.offset:+} s is refused at {offset:+} s: {me.text}"]
        words = await _refusal(sitting, guest.token)
        if guest.offset == offset:
            wanted = None
        else:
            wanted = "clock was set back" if guest.offset > offset else "expired"
        if (words is None) != (wanted is None) or (words and wanted and wanted not in words):
            problems.append(f"a token of {guest.offset:+} s at {offset:+} s: {words or 'let in'}, wanted {wanted or 'to be let in'}")
        return problems


async def _step(clock: Path, offset: int) -> None:
    """Set the clock, in one go so that the server never reads half a number, and wait until it has looked."""
    new = clock.with_suffix(".new")
    new.write_text(str(offset))
    new.rename(clock)
    await asyncio.sleep(CLOCK_LOOKED_AT_WITHIN_S)


async def _refusal(sitting: Sitting, token: str) -> str | None:
    """Try to connect; return the words of the refusal, or None when let in."""
    url = f"ws://127.0.0.1:{sitting.server.port}/ws/{sitting.case}?token={token}"
    async with connect(url) as connection:
        try:
            await connection.send(wire.vector_frame(EMPTY_VECTOR))
            await connection.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.reason if closed.rcvd and closed.rcvd.code == NOT_KNOWN else f"closed with {closed.rcvd}"
    return None


async def _judge_moments(sitting: Sitting, http: httpx.AsyncClient, guest: Guest) -> list[str]:
    """Read all moments, page by page, and one of them as it was."""
    moments: list[dict[str, Any]] = []
    before: int | None = None
    while True:
        query = {"limit": 5} | ({} if before is None else {"before": before})
        page = (await http.get(f"/api/cases/{sitting.case}/moments", params=query, headers=guest.headers)).json()
        moments += page["moments"]
        before = page["next"]
        if before is None:
            break
    seqs = [moment["seq"] for moment in moments]
    problems = [] if seqs == sorted(set(seqs), reverse=True) else [f"moments are not in the order of the log: {seqs}"]
    problems += [
        f"moment {moment['seq']} lasts from {moment['from']} to {moment['to']}"
        for moment in moments
        if not 0 <= moment["to"] - moment["from"] <= MOMENT_SPAN_MS
    ]
    if sum(moment["updates"] for moment in moments) != seqs[0]:
        problems.append(f"moments stand for {sum(moment['updates'] for moment in moments)} rows, the newest is {seqs[0]}")
    opened = await http.get(f"/api/cases/{sitting.case}/moments/{seqs[-1]}", headers=guest.headers)
    rows = read(sitting.server.data_dir / DATABASE, sitting.case).rows
    if canonical(view_of([opened.content])) != canonical(view_of(row.update for row in rows if row.seq <= seqs[-1])):
        problems.append(f"moment {seqs[-1]} is not the case as the log has it there")
    return problems


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("clock", "The wall clock stepped by days and years while people work.", 40, given)
    report = Report("clock", words.out, seed=words.seed, rounds=words.rounds)
    try:
        asyncio.run(ClockCampaign(words.seed, report).run(words.rounds))
    except CampaignFailed as error:
        return fail(error)
    report.summary(acknowledged=report.total("acknowledged"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
