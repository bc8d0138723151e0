"""The example cases that come with the server: case files in `server/examples`, read and checked once at start.

Those in `retold/` are real coalitions, told anew in our own words from the facts of a publication of the Katapult network (2022); the pair
and the steps are ours, to show how it could go on. The others are invented. `summaries/` says in another language what a case is about.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from crdt import casefile
from server.errors import CallProblem

FOLDER: Final = Path(__file__).parent / "examples"


class Examples:
    """The examples by id (their file's name)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files: dict[str, dict[str, Any]] = {}
        retold = sorted((folder / "retold").glob("*.json"))
        for path in [*sorted(folder.glob("*.json")), *retold]:
            data = path.read_bytes()
            casefile.load(data)
            self._files[path.stem] = json.loads(data)
        self._retold = {path.stem for path in retold}
        self._english: dict[str, str] = json.loads((folder / "summaries" / "en.json").read_bytes())

    def file(self, example: str) -> dict[str, Any]:
        """Return one example as a case file. Raises CallProblem when there is none of that id."""
        if example not in self._files:
            raise CallProblem("no-such-example", 404, "there is no such example")
        return self._files[example]

    def summaries(self) -> list[dict[str, Any]]:
        """Return what the start page shows of each example."""
        return [self._summary(example, casefile.parse(file)) for example, file in self._files.items()]

    def _summary(self, example: str, parsed: casefile.CaseFile) -> dict[str, Any]:
        return {
            "id": example,
            "language": parsed.language,
            "title": parsed.title,
            "sector": parsed.sector,
            "impact": parsed.statements.get("impact", ""),
            "partners": len(parsed.notes.get("partners", [])),
            "notes": parsed.note_count(),
            "retold": example in self._retold,
            "in_english": self._english.get(example),
        }
