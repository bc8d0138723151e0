"""Opens the room of a case from storage, unless opening it may harm the server. Which rooms are open is the hub's business."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack

from crdt.case import CaseDocument
from crdt.errors import CrdtError
from crdt.replay import has_hole
from server.attendance import read_access
from server.core.limits import Quotas
from server.core.room import Room
from server.errors import NO_SUCH_CASE, SET_ASIDE, Refusal
from server.open_room import OpenRoom
from server.quarantine import SET_ASIDE_WORDS, Quarantine
from server.storage import Storage, Stored
from server.telemetry import Event, log_event

logger = logging.getLogger("puzzeltafel.hub")


class Opener:
    """Opens rooms. Without a quarantine every case is trusted."""

    def __init__(self, storage: Storage, quotas: Quotas, quarantine: Quarantine | None = None) -> None:
        self._storage = storage
        self._quotas = quotas
        self._quarantine = quarantine

    async def open(self, case_id: str) -> OpenRoom:
        """Read a case and make its room; its mark is taken away when that closes. Raises Refusal, StorageFault."""
        stored = await self._storage.open(case_id)
        if stored is None:
            raise Refusal(NO_SUCH_CASE, "this case does not exist here; check the link")
        with ExitStack() as mark:
            if self._quarantine is not None:
                await self._quarantine.admit(case_id, lambda: _given(stored.updates))
                mark.enter_context(self._quarantine.opened(case_id))
            try:
                room = await self._room(case_id, stored)
            except CrdtError as fault:
                if self._quarantine is not None:
                    self._quarantine.hold(case_id, f"it cannot be read: {fault}")
                raise Refusal(SET_ASIDE, SET_ASIDE_WORDS) from fault
            log_event(logger, Event.ROOM_OPENED, case=case_id, seq=stored.seq, updates=len(stored.updates))
            return OpenRoom(room, mark=mark.pop_all())

    async def _room(self, case_id: str, stored: Stored) -> Room:
        document = CaseDocument.open(stored.updates)
        if has_hole(document, stored.updates[1:] if stored.keyframe_seq else stored.updates):
            log_event(logger, Event.LOG_HOLE, case=case_id, seq=stored.seq)
        return Room(
            case_id,
            document,
            owners=stored.owners,
            retired=stored.retired,
            epoch=stored.epoch,
            seq=stored.seq,
            keyframe_seq=stored.keyframe_seq,
            access=await read_access(self._storage, case_id),
            max_bytes=self._quotas.case_bytes,
        )


async def _given(updates: Sequence[bytes]) -> Sequence[bytes]:
    return updates
