"""The HTTP API of `docs/api.md`: from requests to `Cases` and back. Holds no rules of its own."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from crdt.casefile import CaseFile
from server.attendance import as_person
from server.cases import Cases, Started, new_case_file, read_case_file
from server.errors import CallProblem
from server.examples import Examples
from server.invitations import Invitations
from server.storage import Participant
from server.web.access_api import link_json
from server.web.auth import Door
from server.web.bodies import number_of, person_of, read_json, text_of

DEFAULT_MOMENTS: Final = 50


class Api:
    """The calls under `/api`."""

    def __init__(self, cases: Cases, invitations: Invitations, door: Door, examples: Examples) -> None:
        self._cases = cases
        self._invitations = invitations
        self._door = door
        self._examples = examples

    def routes(self) -> list[Route]:
        here = "/api/cases/{case}"
        return [
            Route("/api/cases", self.start, methods=["POST"]),
            Route("/api/cases/import", self.import_, methods=["POST"]),
            Route("/api/case-files/check", self.check_file, methods=["POST"]),
            Route("/api/examples", self.list_examples),
            Route("/api/examples/{example}", self.example),
            Route("/api/examples/{example}/copy", self.copy_example, methods=["POST"]),
            Route(f"{here}/me", self.me),
            Route(f"{here}/me", self.rename, methods=["PATCH"]),
            Route(f"{here}/moments", self.moments),
            Route(f"{here}/moments/{{seq}}", self.moment),
            Route(f"{here}/export", self.export),
            Route("/api/{rest:path}", self.nothing_here),
        ]

    # Starting

    async def start(self, request: Request) -> Response:
        body = await read_json(request)
        sector = body.get("sector") or None
        return await self._started(new_case_file(text_of(body, "title"), text_of(body, "language", "nl"), sector), body)

    async def import_(self, request: Request) -> Response:
        body = await read_json(request)
        return await self._started(read_case_file(body.get("file")), body)

    async def check_file(self, request: Request) -> Response:
        """Tell whether a file is a case file, without keeping anything of it."""
        parsed = read_case_file((await read_json(request)).get("file"))
        return JSONResponse({"title": parsed.title, "notes": parsed.note_count()})

    async def copy_example(self, request: Request) -> Response:
        body = await read_json(request)
        return await self._started(read_case_file(self._examples.file(request.path_params["example"])), body)

    async def _started(self, parsed: CaseFile, body: Any) -> Response:
        started: Started = await self._cases.start(parsed, person_of(body))
        founder = started.participant
        content = {"case": started.case, "participant": founder.id, "role": founder.role, "links": await self._links(started.case)}
        response = JSONResponse(content, status_code=201)
        self._door.remember(response, founder)
        return response

    async def _links(self, case_id: str) -> list[dict[str, Any]]:
        return [link_json(link, secret, 0) for link, secret in await self._invitations.links(case_id)]

    # Examples

    async def list_examples(self, _: Request) -> Response:
        return JSONResponse({"examples": self._examples.summaries()})

    async def example(self, request: Request) -> Response:
        return JSONResponse(self._examples.file(request.path_params["example"]))

    # Being in

    async def me(self, request: Request) -> Response:
        return await self._me(await self._door.participant(request))

    async def rename(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        body = await read_json(request)
        return await self._me(await self._invitations.rename(participant, text_of(body, "name")))

    async def _me(self, participant: Participant) -> Response:
        meta = (await self._cases.view(participant.case))["meta"]
        person = {"participant": participant.id, **as_person(participant).as_json()}
        return JSONResponse(person | {"title": meta.get("title", ""), "language": meta.get("language", "nl")})

    async def moments(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        before, limit = number_of(request, "before"), number_of(request, "limit") or DEFAULT_MOMENTS
        page, following = await self._cases.moments(participant.case, before, limit)
        people = await self._cases.people(participant.case)
        moments = [_moment(asdict(moment)) for moment in page]
        return JSONResponse(
            {"moments": moments, "people": {person.id: as_person(person).as_json() for person in people}, "next": following}
        )

    async def moment(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        seq = request.path_params["seq"]
        if not re.fullmatch(r"[0-9]{1,15}", seq):
            raise CallProblem("no-such-moment", 404, f"{seq[:20]!r} is no entry of the log; entries are numbers")
        update = await self._cases.document_at(participant.case, int(seq))
        return Response(update, media_type="application/octet-stream")

    async def export(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        if request.query_params.get("format", "json") != "json":
            raise CallProblem("format", 422, "the only format is json")
        written = await self._cases.export(participant.case)
        name = re.sub(r"[^A-Za-z0-9]+", "-", written["title"]).strip("-").lower()[:60] or "case"
        return JSONResponse(written, headers={"Content-Disposition": f'attachment; filename="{name}.json"'})

    async def nothing_here(self, _: Request) -> Response:
        raise CallProblem("not-found", 404, "there is no such call; see the documentation of the API")


def _moment(moment: dict[str, Any]) -> dict[str, Any]:
    return {
        "seq": moment["seq"],
        "from": moment["first_at"],
        "to": moment["last_at"],
        "people": moment["participants"],
        "updates": moment["updates"],
    }
