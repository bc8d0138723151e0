"""`make campaigns`: every campaign in its full form, one after another; goes on after one that fails and says so at the end.

`python -m tests.campaigns kill fsync` runs only those. Words after `--` go to each of them.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from tests.support import PROJECT

ALL: Final = ("kill", "planted")


def main(given: list[str]) -> int:
    names, words = (given[: given.index("--")], given[given.index("--") + 1 :]) if "--" in given else (given, [])
    failed = [
        name for name in names or ALL if subprocess.run([sys.executable, "-m", f"tests.campaigns.{name}", *words], cwd=PROJECT).returncode
    ]
    print(f"campaigns that failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
