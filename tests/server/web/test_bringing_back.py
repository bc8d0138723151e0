"""Undoing a deletion across a restart: what was deleted may come back as it was, and as nobody else's."""

from __future__ import annotations

from contextlib import AsyncExitStack

from tests.process import ServerProcess
from tests.server.web.seats import Table
from tests.support import Replica


async def test_a_deletion_is_undone_after_a_restart(server: ServerProcess) -> None:
    """[R4] Only the log still knows who wrote what is gone: it is asked, and neither more nor less is allowed than before."""
    async with Table(server) as table, AsyncExitStack() as stack:
        anna, bob = table.seats["partner"], table.facilitator
        hers = await anna.open(stack)
        assert await hers.change((await hers.synced(11)).add_note("n1", "van Anna", author=anna.id)) is None
        his = await bob.open(stack)
        assert await his.change((await his.synced(12)).change(lambda document: document.maps["notes"].pop("n1"))) is None

        server.stop()
        server.start()
        again = await bob.open(stack)
        copy = await again.synced(12)
        assert await again.change(copy.add_note("n1", "van Anna", author=anna.id)) is None
        claimed = Replica(copy.document.keyframe(), 13).add_note("n2", "nooit van Anna", author=anna.id)
        assert await again.change(claimed) == "author"
