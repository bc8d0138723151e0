"""The calls under `/api/cases/<case>/history`: from requests to `History` and back. Holds no rules of its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final, Literal, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from crdt.chronicle import EDIT_GAP_MS, Happening
from crdt.differences import Fields
from crdt.restore import Scope
from crdt.words import Deed, Run, together
from server.attendance import as_person
from server.cases import Cases
from server.errors import CallProblem
from server.history import AuthoredChange, History, NamedSession
from server.storage import Participant, PointName
from server.web.auth import Door
from server.web.bodies import number_of, read_json
from server.web.minutes import markdown

DEFAULT_SESSIONS: Final = 50
MOST_SESSIONS: Final = 200
DEFAULT_BARS: Final = 120
DEFAULT_HAPPENINGS: Final = 200
MOST_CHANGES: Final = 2_000
MOST_OFFSET_MINUTES: Final = 840
_DOWNLOAD: Final = {"Content-Disposition": 'attachment; filename="minutes.md"'}


class HistoryApi:
    """Looking back, and bringing back. Everyone in a case may look."""

    def __init__(self, history: History, cases: Cases, door: Door) -> None:
        self._history = history
        self._cases = cases
        self._door = door

    def routes(self) -> list[Route]:
        here = "/api/cases/{case}/history"
        return [
            Route(f"{here}/sessions", self.sessions),
            Route(f"{here}/sessions/{{number}}", self.name_session, methods=["PATCH"]),
            Route(f"{here}/versions", self.versions),
            Route(f"{here}/versions", self.name_version, methods=["POST"]),
            Route(f"{here}/timeline", self.timeline),
            Route(f"{here}/changes", self.changes),
            Route(f"{here}/words", self.words),
            Route(f"{here}/life", self.life),
            Route(f"{here}/minutes", self.minutes),
            Route(f"{here}/restore", self.restore, methods=["POST"]),
            Route(f"{here}/undo", self.undo, methods=["POST"]),
        ]

    async def sessions(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        before, limit = number_of(request, "before"), number_of(request, "limit") or DEFAULT_SESSIONS
        newest_first = list(reversed(await self._history.sessions(participant.case)))
        older = [named for named in newest_first if before is None or named.session.number < before]
        page = older[: max(1, min(limit, MOST_SESSIONS))]
        following = page[-1].session.number if page and len(page) < len(older) else None
        return await self._with_people(participant, {"sessions": [_session(named) for named in page], "next": following})

    async def name_session(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        number, name = request.path_params["number"], _name_of(await read_json(request))
        if not re.fullmatch(r"[0-9]{1,15}", number):
            raise CallProblem("no-such-session", 404, f"{number[:20]!r} is no session of this case; sessions are numbers")
        return JSONResponse(_session(await self._history.name_session(participant, int(number), name)))

    async def versions(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        return await self._with_people(
            participant, {"versions": [_version(named) for named in await self._history.versions(participant.case)]}
        )

    async def name_version(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        body = await read_json(request)
        seq = body.get("seq")
        if seq is not None and not _is_number(seq):
            raise CallProblem("bad-request", 422, "seq must be a whole number, or absent for now")
        version = await self._history.name_version(participant, seq, _name_of(body))
        return JSONResponse({"version": None if version is None else _version(version)})

    async def timeline(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        bars = await self._history.timeline(participant.case, number_of(request, "bars") or DEFAULT_BARS)
        told = [{"from": bar.first_at, "to": bar.last_at, "seq": bar.seq, "updates": bar.updates} for bar in bars]
        return await self._with_people(participant, {"bars": told, "seq": bars[-1].seq if bars else 0})

    async def changes(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        since, after = number_of(request, "since"), number_of(request, "from")
        if since is None and after is None:
            raise CallProblem("bad-request", 422, "give from (an entry of the log, 0 for the beginning) or since (a time in milliseconds)")
        start = after if after is not None else await self._history.seq_at(participant.case, since or 0)
        end, found = await self._history.changes(participant.case, start, number_of(request, "to"))
        offset, limit = number_of(request, "after") or 0, number_of(request, "limit") or MOST_CHANGES
        last = offset + max(1, min(limit, MOST_CHANGES))
        page = await asyncio.to_thread(lambda: [_change(change) for change in found[offset:last]])
        following = last if last < len(found) else None
        return await self._with_people(participant, {"from": start, "to": end, "changes": page, "next": following})

    async def words(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        subject = request.query_params.get("subject", "")
        wanted = request.query_params.get("deleted", "0") == "1"
        runs = await self._history.words(participant.case, subject, number_of(request, "at"), with_deleted=wanted)
        return await self._with_people(participant, {"subject": subject, "runs": [_run(run) for run in together(runs, EDIT_GAP_MS)]})

    async def life(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        subject = request.query_params.get("subject", "")
        before, limit = number_of(request, "before"), number_of(request, "limit") or DEFAULT_HAPPENINGS
        page, following = await self._history.life(participant.case, subject, before, limit)
        return await self._with_people(
            participant, {"subject": subject, "happenings": [_happening(told) for told in page], "next": following}
        )

    async def minutes(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        names = request.query_params.get("names", "1") == "1"
        since, until = number_of(request, "from") or 0, number_of(request, "to")
        minutes = await self._history.minutes(participant, since, until, with_names=names)
        match request.query_params.get("format", "json"):
            case "json":
                return JSONResponse(asdict(minutes))
            case "markdown":
                offset = _offset_of(request)
                return Response(markdown(minutes, offset), media_type="text/markdown; charset=utf-8", headers=_DOWNLOAD)
            case _:
                raise CallProblem("format", 422, "the formats are json and markdown")

    async def restore(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        body = await read_json(request)
        scope, seq = body.get("scope"), body.get("seq")
        if not isinstance(scope, dict) or not _is_number(seq):
            raise CallProblem("bad-request", 422, "give seq (an entry of the log) and scope ({kind, key})")
        kind = cast(Literal["note", "piece", "statement", "case"], str(scope.get("kind")))
        done = await self._history.restore(participant, Scope(kind, str(scope.get("key") or "")), cast(int, seq))
        return JSONResponse({"seq": done})

    async def undo(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        seq = (await read_json(request)).get("seq")
        if not _is_number(seq):
            raise CallProblem("bad-request", 422, "give seq (an entry of the log, your own)")
        return JSONResponse({"seq": await self._history.take_back(participant, cast(int, seq))})

    async def _with_people(self, participant: Participant, content: dict[str, Any]) -> Response:
        """Answer with the names of the participants that the content mentions."""
        people = {person.id: as_person(person).as_json() for person in await self._cases.people(participant.case)}
        mentioned = _ids_in(content)
        return JSONResponse(content | {"people": {key: person for key, person in people.items() if key in mentioned}})


def _offset_of(request: Request) -> int:
    """Return the reader's offset from UTC in minutes. Raises CallProblem when there is no such place on earth."""
    raw = request.query_params.get("utc_offset", "0")
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", raw) or abs(int(raw)) > MOST_OFFSET_MINUTES:
        raise CallProblem("bad-request", 422, "utc_offset must be minutes from UTC, between -840 and 840")
    return int(raw)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _name_of(body: Any) -> str | None:
    name = body.get("name")
    if name is not None and not isinstance(name, str):
        raise CallProblem("bad-request", 422, "name must be text, or null to take it away")
    return name


def _ids_in(content: object) -> set[str]:
    """Collect every string of a JSON value: participant ids are among them, and ids collide with nothing else."""
    if isinstance(content, str):
        return {content}
    if isinstance(content, dict):
        return {found for key, value in content.items() for found in ({key} | _ids_in(value))}
    if isinstance(content, Iterable):
        return {found for value in content for found in _ids_in(value)}
    return set()


def _session(named: NamedSession) -> dict[str, Any]:
    session = named.session
    return {
        "number": session.number,
        "first_seq": session.first_seq,
        "seq": session.seq,
        "from": session.first_at,
        "to": session.last_at,
        "people": session.participants,
        "updates": session.updates,
        "contributions": session.contributions,
        "places": dict(session.places.most_common()),
        "name": named.name,
    }


def _version(version: PointName) -> dict[str, Any]:
    return {"seq": version.seq, "name": version.name, "at": version.at, "by": version.by}


def _change(authored: AuthoredChange) -> dict[str, Any]:
    change = authored.change
    return {
        "root": change.root,
        "key": change.key,
        "kind": change.kind,
        "piece": change.piece,
        "fields": {name: _field(field) for name, field in change.fields.items()},
        "words": [[words.mark, words.text] for words in change.words()],
        "people": list(authored.people),
        "at": authored.at,
    }


def _field(field: Fields) -> dict[str, Any]:
    sides = {"before": field.before, "after": field.after}
    return {side: value.value for side, value in sides.items() if value is not None}


def _deed(deed: Deed) -> dict[str, Any]:
    return {"by": deed.by, "at": deed.at, "seq": deed.seq}


def _run(run: Run) -> dict[str, Any]:
    return {"text": run.text, **_deed(run.written), "deleted": None if run.deleted is None else _deed(run.deleted)}


def _happening(told: Happening) -> dict[str, Any]:
    return {
        "kind": told.kind,
        "by": told.last.by,
        "from": told.first.at,
        "to": told.last.at,
        "seq": told.last.seq,
        "place": told.place,
        "was_at": told.was_at,
        "fields": list(told.fields),
    }
