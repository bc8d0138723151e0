"""The calls about who comes in and what they may do: links, joining, people, rules. Holds no rules of its own."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.cases import role_named
from server.errors import CallProblem
from server.invitations import Invitations
from server.people import People
from server.storage import Link, Participant
from server.web.auth import Door
from server.web.bodies import person_of, read_json, text_of


class AccessApi:
    """The calls under `/api/cases/<case>` that are about people."""

    def __init__(self, invitations: Invitations, people: People, door: Door) -> None:
        self._invitations = invitations
        self._people = people
        self._door = door

    def routes(self) -> list[Route]:
        here = "/api/cases/{case}"
        return [
            Route(f"{here}/invitation", self.invitation, methods=["POST"]),
            Route(f"{here}/join", self.join, methods=["POST"]),
            Route(f"{here}/leave", self.leave, methods=["POST"]),
            Route(f"{here}/me/way-back", self.way_back, methods=["POST"]),
            Route(f"{here}/come-back", self.come_back, methods=["POST"]),
            Route(f"{here}/links", self.links),
            Route(f"{here}/links", self.make_link, methods=["POST"]),
            Route(f"{here}/links/{{link}}", self.change_link, methods=["PATCH"]),
            Route(f"{here}/links/{{link}}", self.revoke_link, methods=["DELETE"]),
            Route(f"{here}/people", self.people),
            Route(f"{here}/people/{{participant}}", self.change_person, methods=["PATCH"]),
            Route(f"{here}/rules", self.rules),
            Route(f"{here}/rules", self.change_rules, methods=["PATCH"]),
        ]

    # Coming in

    async def invitation(self, request: Request) -> Response:
        case_id = request.path_params["case"]
        body = await read_json(request)
        link, view, people = await self._invitations.invitation(case_id, text_of(body, "secret"))
        partners = sorted(view["partners"].items(), key=lambda item: (item[1].get("order") is None, str(item[1].get("order")), item[0]))
        return JSONResponse(
            {
                "title": view["meta"].get("title", ""),
                "language": view["meta"].get("language", "nl"),
                "role": link.role,
                "has_waiting_room": link.has_waiting_room,
                "partners": [
                    {"id": key, "name": partner["name"], "helix": partner.get("helix", "other")}
                    for key, partner in partners
                    if partner.get("left") is None
                ],
                "people": people,
                "retention_days": None,
            }
        )

    async def join(self, request: Request) -> Response:
        case_id = request.path_params["case"]
        body = await read_json(request)
        known = self._door.membership(request, case_id)
        return self._seated(await self._invitations.join(case_id, text_of(body, "secret"), person_of(body), known))

    async def come_back(self, request: Request) -> Response:
        body = await read_json(request)
        return self._seated(await self._invitations.come_back(request.path_params["case"], text_of(body, "secret")))

    def _seated(self, participant: Participant) -> Response:
        content = {"case": participant.case, "participant": participant.id, "role": participant.role, "status": participant.status}
        response = JSONResponse(content)
        self._door.remember(response, participant)
        return response

    async def leave(self, request: Request) -> Response:
        await read_json(request)
        response = Response(status_code=204)
        self._door.forget(response, request.path_params["case"])
        return response

    async def way_back(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        await read_json(request)
        return JSONResponse({"secret": await self._invitations.way_back(participant)}, status_code=201)

    # Links

    async def links(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "see the links")
        taken = await self._invitations.taken_seats(facilitator.case)
        links = await self._invitations.links(facilitator.case)
        return JSONResponse({"links": [link_json(link, secret, taken.get(link.id, 0)) for link, secret in links]})

    async def make_link(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "make links")
        body = await read_json(request)
        link = await self._invitations.make(facilitator, role_named(text_of(body, "role")), body)
        return await self._link(link, 201)

    async def change_link(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "change links")
        body = await read_json(request)
        return await self._link(await self._invitations.change(facilitator.case, request.path_params["link"], body), 200)

    async def _link(self, link: Link, status: int) -> Response:
        taken = await self._invitations.taken_seats(link.case)
        return JSONResponse(link_json(link, self._invitations.secret(link), taken.get(link.id, 0)), status_code=status)

    async def revoke_link(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "revoke links")
        body = await read_json(request)
        gone = await self._invitations.revoke(facilitator, request.path_params["link"], with_people=body.get("with_people") is True)
        return JSONResponse({"removed": gone})

    # People and rules

    async def people(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "see who came in by which link")
        return JSONResponse({"people": [_person(each) for each in await self._people.everyone(facilitator.case)]})

    async def change_person(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "change what others may do")
        body = await read_json(request)
        role, status = (_text_or_none(body.get(name), name) for name in ("role", "status"))
        changed = await self._people.change(facilitator, request.path_params["participant"], role=role, status=status)
        return JSONResponse(_person(changed))

    async def rules(self, request: Request) -> Response:
        participant = await self._door.participant(request)
        return JSONResponse((await self._people.rules(participant.case)).as_json())

    async def change_rules(self, request: Request) -> Response:
        facilitator = await self._door.facilitator(request, "change the rules of the case")
        return JSONResponse((await self._people.change_rules(facilitator, await read_json(request))).as_json())


def link_json(link: Link, secret: str, taken: int) -> dict[str, Any]:
    """Return a link as its facilitator sees it."""
    return {
        "id": link.id,
        "role": link.role,
        "secret": secret,
        "name": link.name,
        "expires_at": link.expires_at,
        "seats": link.seats,
        "taken": taken,
        "has_waiting_room": link.has_waiting_room,
    }


def _person(participant: Participant) -> dict[str, Any]:
    return {
        "id": participant.id,
        "name": participant.name,
        "partner": participant.partner,
        "role": participant.role,
        "status": participant.status,
        "joined_at": participant.joined_at,
        "link": participant.link,
    }


def _text_or_none(value: object, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise CallProblem("bad-request", 422, f"{name} must be text")
    return value
