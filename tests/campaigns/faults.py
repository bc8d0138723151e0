"""What is to go wrong inside a server: the words between a campaign and the launcher that carries them out.

Travels as JSON in one environment variable. Putting it into effect is `faulty_server.py`'s work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal

VARIABLE: Final = "CAMPAIGN_FAULTS"
LAUNCHER: Final = "tests.campaigns.faulty_server"

Point = Literal[
    "before-append",
    "before-commit",
    "after-commit",
    "mid-keyframe",
    "mid-compaction",
    "before-compaction-commit",
    "mid-migration",
]
Plant = Literal[
    "acknowledge-before-commit",
    "broadcast-before-commit",
    "drop-changes",
    "skip-fsync",
    "compact-through-document",
    "compact-and-drop",
    "trust-authors",
    "trust-client-ids",
    "trust-presence",
    "trust-awareness-ids",
    "trust-redis-alone",
]


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong in one run of a server; the default is nothing.

    `kill_at` ends it by SIGKILL at the `hits`-th passing of a point. `plant` is a bug put in on purpose; `drop-changes` loses
    one row in `every`, by chance from `seed`. `slow_append_s` makes the disk slow; `keyframe_rows` has keyframes made more often.
    `clock` names a file with seconds to add to the wall clock, `probe` one that takes the lag of the event loop.
    """

    kill_at: Point | None = None
    hits: int = 1
    plant: Plant | None = None
    every: int = 50
    seed: int = 0
    slow_append_s: float = 0.0
    keyframe_rows: int | None = None
    clock: str | None = None
    probe: str | None = None

    def environment(self) -> dict[str, str]:
        return {VARIABLE: json.dumps(asdict(self))}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Faults:
        return cls(**json.loads(environment.get(VARIABLE, "{}")))
