"""Honest clients are never refused: updates of real Yjs in Node go through the room, and everybody ends with the same words.

    python -m tests.campaigns.fuzz_honest --rounds 600 --seed 7

Each round is a table of three to five clients, real Yjs and pycrdt mixed, who type, move, delete and undo, offline and at once, with many
characters of two units; about a hundred updates. A refusal, a close or a difference in content is a failure. The table is that
of the convergence campaign (`table_sim.py`), with steps that make more words and no faults of the server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from tests.campaigns.convergence import Course, random_edit
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.table_sim import Client
from tests.campaigns.yjs_pipe import YjsPipe

NAME: Final = "fuzz_honest"
FACES: Final = ("😀", "👩‍👩‍👧", "é", "€😀", "naïef 😀😀 ", "🧩🧩🧩", "\ufffd", "x")
STEPS: Final = 220


class Scenario(Course):
    """Honest work, and no fault of the server."""

    def __init__(self, pipe: YjsPipe, seed: int) -> None:
        super().__init__(pipe, seed)
        self.updates = 0

    def length(self) -> int:
        return STEPS

    def step(self) -> None:
        table, rng, client = self.table, self._rng, self._rng.choice(self.table.clients)
        steps: list[tuple[float, Callable[[], None]]] = [
            (60, lambda: self._edit(client)),
            (15, lambda: table.deliver_up(client, rng.randint(1, 9))),
            (15, lambda: table.deliver_down(client, rng.randint(1, 9))),
            (5, lambda: table.server.wait(0.03)),
            (4, lambda: table.connect(client)),
            (2, lambda: table.disconnect(client)),
            (1, lambda: table.open_anew(client)),
            (0.5, lambda: table.repeat(client)),
        ]
        rng.choices([act for _, act in steps], [weight for weight, _ in steps])[0]()

    def _edit(self, client: Client) -> None:
        edit = self._words() if self._rng.random() < 0.5 else random_edit(self._rng, self.table, client.name, may_undo=True)
        self.updates += 1
        self.table.edit(client, edit)

    def _words(self) -> dict[str, Any]:
        """Write or cut words in a statement, where characters of two units meet."""
        rng = self._rng
        start, end = sorted((rng.random(), rng.random()))
        kind = rng.choice(("say", "say", "say", "cut"))
        root = rng.choice(("statement.impact", "statement.ambition"))
        return {"kind": kind, "root": root, "text": rng.choice(FACES), "at": rng.random(), "from": start, "to": end}


def run(rounds: int, seed: int, report: Report) -> None:
    """Run so many scenarios. Raises CampaignFailed at the first in which someone was refused, or that ends badly."""
    with YjsPipe() as pipe:
        for number in range(rounds):
            scenario = Scenario(pipe, seed + number)
            problems = scenario.run()
            report.round(problems, seed=seed + number, updates=scenario.updates, acknowledged=scenario.table.acknowledgements)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Honest clients are never refused.", 600, given)
    report = Report(NAME, asked.out, seed=asked.seed, rounds=asked.rounds)
    try:
        run(asked.rounds, asked.seed, report)
    except CampaignFailed as error:
        return fail(error)
    report.summary(updates=report.total("updates"), refused=0, diverged=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
