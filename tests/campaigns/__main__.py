"""`make campaigns`: every campaign in its full form, one after another; goes on after one that fails and says so at the end.

`python -m tests.campaigns kill fsync` runs only those. Words after `--` go to each of them.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from tests.support import PROJECT

ALL: Final = (
    *("kill", "fsync", "disk_full", "clock", "storm", "latency", "planted", "convergence", "past"),
    *("fuzz", "fuzz_honest", "fuzz_sockets", "spoofing", "stalls", "servers"),
)


def main(given: list[str]) -> int:
    split = given.index("--") if "--" in given else len(given)
    failed = [name for name in given[:split] or ALL if not _passes(name, given[split + 1 :])]
    print(f"campaigns that failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def _passes(name: str, words: list[str]) -> bool:
    return subprocess.run([sys.executable, "-m", f"tests.campaigns.{name}", *words], cwd=PROJECT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
