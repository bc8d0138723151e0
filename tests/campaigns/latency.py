"""How long `saved` takes with `synchronous=FULL`, beside what this disk needs to sync four KiB in the same folder during the same run.

Fifty editors, five updates a second each. Figures only: a time is no test, but the change that doubles it should be seen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.campaigns.report import CampaignFailed, Report, arguments, fail, percentiles
from tests.campaigns.storm import Storm, crowds

EDITORS: Final = 50
PAUSE_S: Final = 0.2
WRITE_S: Final = 20.0
SYNC_EVERY_S: Final = 0.1
SYNC_BYTES: Final = 4_096


def sync_times_ms(path: Path, for_s: float) -> list[float]:
    """Append four KiB to a file and sync it, again and again for so long; return how long each took."""
    taken: list[float] = []
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        ends = time.monotonic() + for_s
        while time.monotonic() < ends:
            began = time.perf_counter()
            os.write(descriptor, bytes(SYNC_BYTES))
            os.fdatasync(descriptor)
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(SYNC_EVERY_S)
    finally:
        os.close(descriptor)
    return taken


def measure(seed: int, editors: int = EDITORS, write_s: float = WRITE_S) -> tuple[list[str], dict[str, Any]]:
    """Let people edit for so long; return what was lost, and the figures."""
    with tempfile.TemporaryDirectory(prefix="latency-") as name:
        storm = Storm(Path(name), seed)
        with storm.server:
            storm.begin()
            with crowds(storm.crowd(editors, pause_s=PAUSE_S)) as [crowd]:
                crowd.tell("enter")
                crowd.hear()
                began = time.monotonic()
                crowd.tell("write")
                syncs = sync_times_ms(storm.server.data_dir / "sync-times", write_s)
                crowd.tell("enter")
                latencies = crowd.hear()["latencies"]
                crowd.hear()
                closing = crowd.end()
            told = [took * 1000 for sent, took in latencies if began <= sent <= began + write_s]
            figures = {
                "editors": editors,
                "updates_per_s": round(len(told) / write_s, 1),
                "saved_ms": percentiles(told),
                "sync_4k_ms": percentiles(syncs, 2),
                "loop_lag_ms": storm.lag_ms(),
            }
            return storm.judge(closing), figures


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("latency", "How long `saved` takes, beside what the disk needs.", 1, given)
    report = Report("latency", words.out, seed=words.seed, rounds=words.rounds, synchronous="FULL")
    try:
        for number in range(words.rounds):
            problems, figures = measure(words.seed + number)
            report.round(problems, **figures)
            report.summary(**figures)
    except CampaignFailed as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
