"""The short form of clients that hold things back. Times are the full form's to judge."""

from __future__ import annotations

from tests.campaigns.report import SEED, Report
from tests.campaigns.stalls import ATTACKS, Effort, measure


def test_whoever_holds_things_back_is_let_go() -> None:
    """[D1, D2, D3, D4, D5, D6] Every one of them is gone in time, in bounded memory, and people at work lose nothing."""
    problems, figures = measure(SEED, Effort(tuple(ATTACKS), turns=1, share=0.2))

    Report("stalls", None, seed=SEED).round(problems, **figures)
