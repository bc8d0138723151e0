"""Convergence: whatever happens to a table, everybody ends with the same case, and nothing acknowledged is gone.

    python -m tests.campaigns.convergence --rounds 1000 --seed 7

Each round is one scenario of its own seed, so any can be run again alone with `--seed SEED --rounds 1`.
"""

from __future__ import annotations

import random
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Final

from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.table_sim import TableSim
from tests.campaigns.yjs_pipe import YjsPipe

NAME: Final = "convergence"
PLACES: Final = ("value", "returns", "audiences", "contributions")
WORDS: Final = ("samen ", "één ", "😀", "naïef ", "x", "€ ")
STEPS_LEAST, STEPS_MOST = 40, 160


class Course(ABC):
    """One seeded course of events at a table of three to five clients."""

    def __init__(self, pipe: YjsPipe, seed: int) -> None:
        self._rng = random.Random(seed)
        self.table = TableSim(pipe, clients=self._rng.randint(3, 5))

    def run(self) -> list[str]:
        """Let it happen; return what is wrong at the end."""
        for client in self.table.clients:
            self.table.connect(client)
        for _ in range(self.length()):
            self.step()
        try:
            return self.table.heal()
        finally:
            self.table.close()

    @abstractmethod
    def length(self) -> int:
        """Return how many steps there are."""

    @abstractmethod
    def step(self) -> None:
        """Let one thing happen."""


class Scenario(Course):
    """Work, and everything that can go wrong with it."""

    def __init__(self, pipe: YjsPipe, seed: int) -> None:
        super().__init__(pipe, seed)
        self._may_undo = self._rng.random() < 0.5
        self.trace: list[str] = []

    def length(self) -> int:
        return self._rng.randint(STEPS_LEAST, STEPS_MOST)

    def step(self) -> None:
        table, client = self.table, self._rng.choice(self.table.clients)
        many = self._rng.randint(1, 5)
        steps: dict[str, tuple[float, Callable[[], None]]] = {
            "edit": (40, lambda: table.edit(client, random_edit(self._rng, table, client.name, may_undo=self._may_undo))),
            "up": (20, lambda: table.deliver_up(client, many)),
            "down": (20, lambda: table.deliver_down(client, many)),
            "tick": (8, lambda: table.server.wait(self._rng.choice((0.01, 0.03, 1.0)))),
            "connect": (6, lambda: table.connect(client)),
            "disconnect": (4, lambda: table.disconnect(client)),
            "open anew": (3, lambda: table.open_anew(client)),
            "repeat": (2, lambda: table.repeat(client)),
            "hold": (2, table.hold_commits),
            "release": (3, table.release_commits),
            "fail": (1, table.storage_fails),
            "return": (2, table.storage_returns),
            "restart": (1, table.restart),
            "compact": (1, table.compact),
            "epoch": (0.2, table.begin_epoch),
        }
        name = self._rng.choices(list(steps), [weight for weight, _ in steps.values()])[0]
        self.trace.append(f"{name} {client.name}")
        steps[name][1]()


def random_edit(rng: random.Random, table: TableSim, who: str, *, may_undo: bool) -> dict[str, Any]:
    """Draw an edit. Words typed into notes are tokens that exist once, so that loss and doubling show."""
    table.tokens += 1
    token = f"<{who}.{table.tokens}>"
    kinds = {"add": 20, "type": 35, "set": 15, "remove": 5, "title": 3, "say": 12, "cut": 6, "undo": 4 if may_undo else 0}
    kind = rng.choices(list(kinds), list(kinds.values()))[0]
    if kind == "add" or (kind in ("type", "set", "remove") and not table.notes):
        note = f"n{table.tokens}"
        table.notes.append(note)
        return {"kind": "add", "note": note, "text": token, "token": token, "place": rng.choice(PLACES), "order": f"a{rng.randrange(9)}"}
    if kind == "type":
        return {"kind": "type", "note": rng.choice(table.notes), "text": token, "token": token, "at": rng.choice(("start", "end"))}
    if kind == "set":
        field, value = rng.choice((("place", rng.choice(PLACES)), ("order", f"a{rng.randrange(9)}")))
        return {"kind": "set", "note": rng.choice(table.notes), "field": field, "value": value}
    if kind == "remove":
        return {"kind": "remove", "note": rng.choice(table.notes)}
    root = rng.choice(("statement.impact", "statement.ambition"))
    start, end = sorted((rng.random(), rng.random()))
    return {"kind": kind, "root": root, "text": rng.choice(WORDS), "at": rng.random(), "from": start, "to": end}


def run(rounds: int, seed: int, report: Report) -> None:
    """Run so many scenarios. Raises CampaignFailed at the first that ends badly."""
    with YjsPipe() as pipe:
        for number in range(rounds):
            scenario = Scenario(pipe, seed + number)
            problems = scenario.run()
            report.round(problems, seed=seed + number, steps=len(scenario.trace), acknowledged=scenario.table.acknowledgements)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Everybody ends with the same case.", 1_000, given)
    report = Report(NAME, asked.out, seed=asked.seed, rounds=asked.rounds)
    try:
        run(asked.rounds, asked.seed, report)
    except CampaignFailed as error:
        return fail(error)
    report.summary(steps=report.total("steps"), acknowledged=report.total("acknowledged"), diverged=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
