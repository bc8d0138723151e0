"""A child that is killed at its fourth frame, to prove that a death is seen and told."""

from __future__ import annotations

import os
import signal
import sys

from tests.campaigns import fuzz_child
from tests.campaigns.fuzz_frames import Frame

if __name__ == "__main__":
    doomed = int(sys.argv[2]) + 3

    def take(_target: fuzz_child.Target, made: Frame) -> str:
        if made.number == doomed:
            os.kill(os.getpid(), signal.SIGKILL)
        return "taken"

    fuzz_child.Target.take = take  # type: ignore[method-assign, assignment]
    sys.exit(fuzz_child.main(sys.argv[1:]))
