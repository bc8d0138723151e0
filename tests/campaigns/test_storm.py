"""The short form of everyone coming back at once."""

from __future__ import annotations

from tests.campaigns.report import SEED, Report
from tests.campaigns.storm import SHORT, run


def test_everyone_comes_back_with_everything() -> None:
    """[S12] All are synced and all is saved, after a restart and among people at work."""
    report = Report("storm", None, seed=SEED)

    run(SHORT, SEED, report)

    assert [entry["people"] for entry in report.rounds] == [SHORT.after_restart, SHORT.among_others]
