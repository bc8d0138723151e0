"""One case with the people who write in it, on one server: begin, write, be cut off, come back, settle, be judged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from string import ascii_uppercase
from typing import Any, Final

from server import control
from server.folder import DATABASE
from tests.campaigns.ledger import Book, Ledger
from tests.campaigns.oracle import Oracle, canonical, read
from tests.campaigns.writer import Writer
from tests.process import ServerProcess

SETTLE_S: Final = 15.0
EMPTY_CASE: Final = json.dumps({"format": "purpose-case/1", "title": "Proef", "language": "nl"})


def ask(server: ServerProcess, **command: Any) -> Any:
    """Have a running server carry out a command, as the command line does."""
    answer = control.ask(server.data_dir, command)
    assert answer is not None, "no server answers on the control socket"
    assert "result" in answer, answer
    return answer["result"]


class Sitting:
    """Everyone who writes in one case, one who reads, and the oracle that judges it. `secret` is that of the link for partners."""

    def __init__(self, server: ServerProcess, case: str, secret: str, writers: list[Writer], reader: Writer) -> None:
        self.server = server
        self.case = case
        self.secret = secret
        self.writers = writers
        self.reader = reader
        self.book = Book(writer.ledger for writer in writers)
        self.oracle = Oracle(self.book)

    @classmethod
    def begin(cls, server: ServerProcess, seed: int, people: int, *, most_unsaved: int = 64) -> Sitting:
        """Start an empty case on a running server, and let in so many partners and one viewer."""
        started = ask(server, command="import", file=EMPTY_CASE, name=None, partner=None)
        case, secret = str(started["case"]), str(started["links"]["partner"]).partition("#")[2]

        def let_in(letter: str, role: str) -> Writer:
            token = ask(server, command="token", case=case, role=role, name=f"Schrijver {letter}", partner=None)
            url = f"ws://127.0.0.1:{server.port}/ws/{case}?token={token}"
            return Writer(Ledger(letter), url, seed, most_unsaved=most_unsaved)

        return cls(server, case, secret, [let_in(letter, "partner") for letter in ascii_uppercase[:people]], let_in("Z", "viewer"))

    @asynccontextmanager
    async def connected(self, pause_s: float | None) -> AsyncIterator[None]:
        """Have everyone connected, and writing when a pause between changes is given; whoever is cut off stays away."""
        staying = [asyncio.create_task(writer.stay()) for writer in self.writers]
        typing = [asyncio.create_task(writer.keep_changing(pause_s)) for writer in self.writers] if pause_s else []
        try:
            yield
        finally:
            for task in typing:
                task.cancel()
            await asyncio.gather(*typing, return_exceptions=True)
            await asyncio.gather(*(writer.leave() for writer in self.writers))
            await asyncio.gather(*staying)

    def note_what_is_seen(self) -> int:
        """Make owed what anyone sees of another; return how many changes that adds."""
        return sum(self.book.note_what_is_seen(writer.ledger.name, writer.document.view(), writer.ever_seen) for writer in self.writers)

    def judge(self) -> list[str]:
        """Say what is wrong: on disk, and with what the writers were told."""
        told = [problem for writer in self.writers for problem in writer.problems]
        return told + self.oracle.judge(read(self.server.data_dir / DATABASE, self.case))

    async def settle(self) -> list[str]:
        """Wait until everything is saved and everyone has everything; say whose copy is not what is on disk."""
        try:
            await asyncio.gather(*(writer.catch_up(SETTLE_S) for writer in self.writers))
            await asyncio.gather(*(writer.catch_up(SETTLE_S) for writer in self.writers))  # what others saved meanwhile
        except TimeoutError:
            waiting = {writer.ledger.name: len(writer.ledger.unsaved) for writer in self.writers}
            return [f"not everything was saved within {SETTLE_S} s; changes that wait: {waiting}"]
        on_disk = canonical(read(self.server.data_dir / DATABASE, self.case).replay())
        return [
            f"the copy of {writer.ledger.name} is another case than the log"
            for writer in self.writers
            if canonical(dict(writer.document.view())) != on_disk
        ] + self.judge()

    def acknowledgements(self) -> int:
        return sum(writer.acknowledgements for writer in self.writers)
