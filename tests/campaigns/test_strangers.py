"""The short forms of what strangers throw at a real server: frames no honest client sends, and frames that pass for another's."""

from __future__ import annotations

from tests.campaigns import fuzz_sockets, spoofing
from tests.campaigns.forgeries import FORGERIES
from tests.campaigns.report import SEED, Report

FRAMES = 600
FORGED = 240


def test_a_server_stands_whatever_strangers_send_it() -> None:
    """[S4, S5, F1, F4] Nothing breaks, nobody at work is refused, and a newcomer sees what they see."""
    report = Report(fuzz_sockets.NAME, None, seed=SEED)

    fuzz_sockets.run(1, SEED, report, FRAMES)

    assert report.total("frames") == FRAMES


def test_nobody_passes_for_another() -> None:
    """[S7, P1, P2, R4] Forged authors, client ids and presence: nothing is shown or logged under another name."""
    report = Report(spoofing.NAME, None, seed=SEED)

    spoofing.run(1, SEED, report, FORGED)

    assert report.total("forged") == FORGED
    assert report.total("kinds") == len(FORGERIES)
