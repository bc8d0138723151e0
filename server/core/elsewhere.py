"""Who is present on other servers, as their servers tell it: what is newest, and who goes when a server falls silent.

Clocks of states only ever rise towards the clients here: who comes back after having been told gone is told under a higher clock.
Presence of the people here is `crdt/presence.py`'s. Decides; sends nothing.

    told by a server ──► present ──told gone, or its server silent for SILENT_S──► gone
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crdt.presence import GONE
from crdt.wire import AwarenessEntry

SILENT_S: Final = 10.0
"""Servers say every 4 s who is with them, and look as often who fell silent: two may be lost, and the dead are gone within 15 s."""

MOST_CLIENTS: Final = 10_000


@dataclass(slots=True)
class _Present:
    server: str
    clock: int
    told: AwarenessEntry


class Elsewhere:
    """The people of one case on other servers, by Yjs client id."""

    def __init__(self) -> None:
        self._present: dict[int, _Present] = {}
        self._heard_at: dict[str, float] = {}
        self.gone: dict[int, int] = {}
        """The clocks under which clients were told gone."""

    def hear(self, server: str, entries: Iterable[AwarenessEntry], now: float, *, is_whole: bool) -> list[AwarenessEntry]:
        """Take in what a server says of its people; return what is new, as it must be told here. `is_whole`: who is not named is gone."""
        self._heard_at[server] = now
        named = list(entries)
        news = [told for entry in named if (told := self._take(server, entry))]
        if is_whole:
            ids = {entry.client_id for entry in named}
            absent = [client for client, present in self._present.items() if present.server == server and client not in ids]
            news += [self._leave(client) for client in absent]
        return news

    def _take(self, server: str, entry: AwarenessEntry) -> AwarenessEntry | None:
        known = self._present.get(entry.client_id)
        if entry.state == GONE and known and entry.clock > known.clock:
            return self._leave(entry.client_id, entry.clock)
        if entry.state == GONE:
            self._note(entry)
            return None
        if known and entry.clock <= known.clock:
            return None
        if known is None and len(self._present) >= MOST_CLIENTS:
            return None
        told_before = known.told.clock if known else self.gone.pop(entry.client_id, -1)
        told = AwarenessEntry(entry.client_id, max(entry.clock, told_before + 1), entry.state)
        self._present[entry.client_id] = _Present(server, entry.clock, told)
        return told

    def _note(self, entry: AwarenessEntry) -> None:
        """Keep that a client, who may be here by now, was told gone elsewhere."""
        if entry.client_id not in self._present and len(self.gone) < MOST_CLIENTS:
            self.gone[entry.client_id] = max(entry.clock, self.gone.get(entry.client_id, 0))

    def _leave(self, client: int, clock: int = 0) -> AwarenessEntry:
        present = self._present.pop(client)
        gone = AwarenessEntry(client, max(clock, present.told.clock + 1), GONE)
        if len(self.gone) < MOST_CLIENTS:
            self.gone[client] = gone.clock
        return gone

    def expire(self, now: float) -> list[AwarenessEntry]:
        """Let go whoever is with a server that has said nothing for too long; return what must be told."""
        silent = {server for server, heard_at in self._heard_at.items() if now - heard_at > SILENT_S}
        for server in silent:
            del self._heard_at[server]
        return [self._leave(client) for client in [client for client, at in self._present.items() if at.server in silent]]

    def arrives_here(self, client: int) -> int | None:
        """Note that a client speaks here now; return the clock it must step over to be believed, if there is one."""
        present = self._present.pop(client, None)
        return self.gone.pop(client, None) if present is None else present.told.clock

    def present(self) -> list[AwarenessEntry]:
        return [present.told for present in self._present.values()]

    def speaker(self, client: int) -> str | None:
        """Return which participant speaks under a client id on another server, if anyone."""
        present = self._present.get(client)
        return None if present is None else str(json.loads(present.told.state).get("user", {}).get("id"))
