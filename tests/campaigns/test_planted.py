"""The oracles find what they are there to find."""

from __future__ import annotations

import pytest

from tests.campaigns.faults import Plant
from tests.campaigns.planted import BY_KILLING, BY_SPOOFING, BY_TRACING, DROPS_ONE_IN_SHORT, catch
from tests.campaigns.report import SEED

ROUNDS = 12


@pytest.mark.parametrize("plant", [*BY_KILLING, *BY_TRACING, *BY_SPOOFING])
def test_planted_bugs_are_caught(plant: Plant) -> None:
    """A server with a bug of this kind does not pass."""
    assert catch(plant, SEED, ROUNDS, DROPS_ONE_IN_SHORT) is not None
