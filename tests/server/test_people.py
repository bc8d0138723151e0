"""People as a facilitator changes them, while another does too."""

from __future__ import annotations

from typing import Any, cast

from server.hub import Hub
from server.people import People
from server.storage import Participant, Status, Storage

ANN = Participant("ann", "c1", "Ann", None, "facilitator", 1)


class Everyone:
    """Storage in which another facilitator does something between reading someone and writing what becomes of them."""

    def __init__(self, **meanwhile: Any) -> None:
        self.bob: dict[str, Any] = {"role": "partner", "status": "in"}
        self._meanwhile = meanwhile

    async def participant(self, case_id: str, participant_id: str) -> Participant:
        found = Participant(participant_id, case_id, "Bob", None, self.bob["role"], 2, None, cast(Status, self.bob["status"]))
        self.bob |= self._meanwhile
        return found

    async def change_standing(self, case_id: str, participant_id: str, **given: Any) -> None:
        self.bob |= {name: value for name, value in given.items() if value is not None}

    async def refresh(self, case_id: str) -> None:
        """As a hub: nobody has the case open."""


async def test_who_is_taken_out_stays_out_while_another_changes_the_role() -> None:
    """Only what is asked is changed; a stale reading of the rest brings nobody back."""
    everyone = Everyone(status="removed")
    await People(cast(Storage, everyone), cast(Hub, everyone)).change(ANN, "bob", role="viewer", status=None)

    assert everyone.bob == {"role": "viewer", "status": "removed"}


async def test_who_is_let_in_keeps_the_role_that_another_gives() -> None:
    """The same the other way round."""
    everyone = Everyone(role="viewer")
    await People(cast(Storage, everyone), cast(Hub, everyone)).change(ANN, "bob", role=None, status="removed")

    assert everyone.bob == {"role": "viewer", "status": "removed"}
