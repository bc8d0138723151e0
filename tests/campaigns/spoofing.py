"""Nobody passes for another: forged authors, client ids and presence over sockets, and nothing shown or logged under another name.

    python -m tests.campaigns.spoofing --rounds 20 --seed 7

Each round is 500 forgeries at a new case in which the one who is forged works, seen by one who watches. Afterwards every row of the log,
every author in the case, every presence state and every word of who is who that was seen must be of whom it says. What is forged is
`forgeries.py`'s.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from crdt.case import CaseView
from crdt.presence import GONE
from crdt.walker import OF_OURS, walk_update
from server.folder import DATABASE
from tests.campaigns.faults import LAUNCHER, Faults
from tests.campaigns.forgeries import FORGERIES, Aim
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.strangers import Case, Guest, throw
from tests.process import ServerProcess

NAME: Final = "spoofing"
FORGERIES_A_ROUND: Final = 500
AT_ONCE: Final = 5
FORGERS: Final = 4
VERA, WATCHER, MALLORY = 7_001, 7_002, 7_100
HER_NAME: Final = "Vera"
HER_WORDS: Final = "dit vind ik echt"


async def one_round(server: ServerProcess, seed: int, count: int) -> tuple[list[str], dict[str, Any]]:
    """Forge so many frames in a new case; return what was shown or logged under another name, and what was done."""
    case = Case(server)
    async with AsyncExitStack() as stack:
        vera = await Guest.enter(stack, case.url("partner", HER_NAME), VERA)
        watcher = await Guest.enter(stack, case.url("viewer", "Wim"), WATCHER)
        await vera.announce(1)
        for number in range(3):
            await vera.change(vera.copy.add_note(f"hers{number}", HER_WORDS, author=vera.participant))
        forgers = [await _forger(stack, case, number) for number in range(FORGERS)]
        forging = [
            asyncio.create_task(_forge(random.Random(f"{seed}/{number}"), url, aim, count // FORGERS))
            for number, (url, aim) in enumerate(_aimed(forgers, vera))
        ]
        while not all(task.done() for task in forging):
            await vera.change(vera.copy.type("hers0", 0, "x"))
            await asyncio.wait(forging, timeout=0.2)
        kinds = sum([await task for task in forging], Counter[str]())
        await watcher.catch_up()
        await vera.catch_up()
        problems = _seen(vera, watcher) + _authors(watcher.copy.document.view(), vera)
        problems += [f"she was refused: {reason}" for reason in vera.refused]
        problems += _logged(server, case.id, vera)
    return problems, {"forged": kinds.total(), "kinds": len(kinds), "her_letters": vera.saved}


async def _forger(stack: AsyncExitStack, case: Case, number: int) -> tuple[str, Guest]:
    """Let in one who will forge; they know their own id and the case."""
    url = case.url("partner", f"Mallory {number}")
    return url, await Guest.enter(stack, url, MALLORY + number)


def _aimed(forgers: Sequence[tuple[str, Guest]], vera: Guest) -> list[tuple[str, Aim]]:
    state = vera.copy.document.keyframe()
    return [
        (url, Aim(state, vera.participant, HER_NAME, VERA, forger.participant, MALLORY + 50 + number))
        for number, (url, forger) in enumerate(forgers)
    ]


async def _forge(rng: random.Random, url: str, aim: Aim, count: int) -> Counter[str]:
    kinds: Counter[str] = Counter()
    frames = []
    for _ in range(count):
        forgery = rng.choice(FORGERIES)
        kinds[forgery.__name__] += 1
        frames.append(forgery(rng, aim))
    await throw(url, frames, AT_ONCE)
    return kinds


def _seen(vera: Guest, watcher: Guest) -> list[str]:
    """Say what the one who watched was shown under another name."""
    problems = []
    for state in watcher.states:
        if state.state == GONE:
            continue
        user = json.loads(state.state).get("user", {})
        is_hers = user.get("id") == vera.participant or user.get("name") == HER_NAME
        if is_hers != (state.client_id == VERA):
            problems.append(f"presence under client id {state.client_id} says it is {user}")
    if VERA not in watcher.present():
        problems.append("she is here, and is not seen")
    if watcher.people[vera.participant]["name"] != HER_NAME:
        problems.append(f"she is called {watcher.people[vera.participant]}")
    if watcher.clients[str(VERA)] != vera.participant:
        problems.append("her client id is told to be of another")
    others = [client for client, participant in watcher.clients.items() if participant == vera.participant and client != str(VERA)]
    return problems[:5] + [f"client id {client} is told to be hers" for client in others]


def _authors(view: CaseView, vera: Guest) -> list[str]:
    """Say which entries name another than who made them. Deleting hers, and adding another that names nobody, is no forgery."""
    entries: dict[str, dict[str, Any]] = {**view["notes"], **view["comments"]}
    hers = {key: entry for key, entry in entries.items() if key.startswith("hers")}
    signed = {key for key, entry in entries.items() if entry.get("author") == vera.participant}
    problems = [f"{key} is shown as hers" for key in signed - hers.keys()]
    problems += [f"{key} is shown as another's" for key in hers.keys() - signed if hers[key].get("author") is not None]
    return problems + [
        f"{key} has words that are not hers" for key in hers.keys() & signed if str(hers[key]["text"]).lstrip("x") != HER_WORDS
    ]


def _logged(server: ServerProcess, case: str, vera: Guest) -> list[str]:
    """Say which rows of the log are not of whom they say: hers bring what she sent and nothing else."""
    with sqlite3.connect(f"file:{server.data_dir / DATABASE}?mode=ro", uri=True) as database:
        rows = database.execute('select seq, participant_id, "update" from log where case_id = ? order by seq', (case,)).fetchall()
        owners = dict(database.execute("select client_id, participant_id from client_ids where case_id = ?", (case,)).fetchall())
    database.close()
    problems, reached = [], 0
    for seq, participant, update in rows:
        for part in walk_update(update, OF_OURS).ranges:
            if (part.client == VERA) != (participant == vera.participant):
                problems.append(f"row {seq} is of {participant} and brings words under client id {part.client}")
            if part.client == VERA:
                reached = max(reached, part.end)
    if owners.get(VERA) != vera.participant:
        problems.append("her client id is kept as another's")
    wrote = vera.copy.document.clocks()[VERA]
    return problems + ([] if reached == wrote else [f"the log has {reached} of her letters, she wrote {wrote}"])


def run(rounds: int, seed: int, report: Report, forgeries_a_round: int = FORGERIES_A_ROUND, faults: Faults | None = None) -> None:
    """Run so many rounds against one server, with a fault in it if given. Raises CampaignFailed at the first that finds something."""
    with tempfile.TemporaryDirectory(prefix="spoofing-") as folder:
        server = ServerProcess(Path(folder) / "data", module=LAUNCHER if faults else "server")
        server.environment = faults.environment() if faults else {}
        with server:
            for number in range(rounds):
                problems, facts = asyncio.run(one_round(server, seed + number, forgeries_a_round))
                report.round(problems, seed=seed + number, **facts)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Nobody passes for another.", 21, given)
    report = Report(NAME, asked.out, seed=asked.seed, rounds=asked.rounds)
    try:
        run(asked.rounds, asked.seed, report)
    except CampaignFailed as error:
        return fail(error)
    report.summary(forged=report.total("forged"), her_letters=report.total("her_letters"), under_another_name=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
