"""Who is asking: cookies, tokens and origins. Finds out; what someone may then do is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from crdt.schema import is_id
from server.cases import Cases
from server.config import Config
from server.errors import NO_SUCH_CASE, NOT_ALLOWED, NOT_KNOWN, REMOVED, WAITING, CallProblem, Refusal
from server.signing import Membership, Signer
from server.storage import Participant

COOKIE_PREFIX: Final = "puzzeltafel-"
_JOIN_AGAIN: Final = "we do not know you in this case; open the link you were given to join"
_NOT_IN: Final = {
    "waiting": (WAITING, "a facilitator has yet to let you in; this page opens by itself"),
    "removed": (REMOVED, "a facilitator took you out of this case; ask them to let you in again"),
}


class Door:
    """Knows participants by their cookie or token."""

    def __init__(self, cases: Cases, signer: Signer, config: Config) -> None:
        self._cases = cases
        self._signer = signer
        self._config = config

    def membership(self, connection: HTTPConnection, case_id: str) -> Membership | None:
        """Return what the cookie for this case says, if it is ours."""
        cookie = connection.cookies.get(self._cookie_name(case_id))
        found = self._signer.read_cookie(cookie) if cookie else None
        return found if found is not None and found.case == case_id else None

    async def participant(self, request: Request) -> Participant:
        """Return who makes this call. Raises CallProblem."""
        case_id = request.path_params["case"]
        participant = await self._known(self.membership(request, case_id))
        if participant is None:
            await self._cases.case(case_id)  # whoever is known proves that the case is there
            raise CallProblem("not-a-member", 401, _JOIN_AGAIN)
        if participant.status != "in":
            raise CallProblem(participant.status, 403, _NOT_IN[participant.status][1])
        return participant

    async def facilitator(self, request: Request, to_do: str) -> Participant:
        """Return the facilitator who makes this call. Raises CallProblem for anyone else."""
        participant = await self.participant(request)
        if participant.role != "facilitator":
            raise CallProblem("not-allowed", 403, f"only a facilitator can {to_do}; ask one")
        return participant

    async def connecting(self, connection: HTTPConnection, case_id: str) -> Participant:
        """Return who opens a WebSocket (C1, C3). Raises Refusal."""
        try:
            return await self._admitted(connection, case_id)
        except Refusal:
            await self._be_there(case_id)
            raise

    async def _admitted(self, connection: HTTPConnection, case_id: str) -> Participant:
        token = connection.query_params.get("token")
        participant = await self._known(self._by_token(token, case_id) if token else self._by_cookie(connection, case_id))
        if participant is None:
            raise Refusal(NOT_KNOWN, _JOIN_AGAIN)
        if participant.status != "in":
            raise Refusal(*_NOT_IN[participant.status])
        return participant

    async def _be_there(self, case_id: str) -> None:
        """Put first what is wrong with the address. Raises Refusal when there is no such case."""
        try:
            await self._cases.case(case_id)
        except CallProblem as problem:
            raise Refusal(NO_SUCH_CASE, problem.detail) from problem

    async def _known(self, membership: Membership | None) -> Participant | None:
        return None if membership is None else await self._cases.participant(membership)

    def _by_token(self, token: str, case_id: str) -> Membership:
        membership = self._signer.read_token(token)
        if membership is None:
            raise Refusal(NOT_KNOWN, self._signer.why_not(token))
        if membership.case != case_id:
            raise Refusal(NOT_KNOWN, "this token is for another case")
        return membership

    def _by_cookie(self, connection: HTTPConnection, case_id: str) -> Membership | None:
        if not is_from_here(connection, self._config.origins):
            raise Refusal(NOT_ALLOWED, "a page of another origin may not connect")
        return self.membership(connection, case_id)

    def caller(self, request: Request) -> str:
        """Name who makes a call, for the pace of calls: a participant, or what a stranger comes for and from where.

        A whole workshop may sit behind one address, so participants never share a pace; strangers at one case do.
        """
        case_id = case_in_path(request.url.path)
        membership = self.membership(request, case_id) if case_id else None
        if membership is not None:
            return f"participant {membership.participant}"
        return f"stranger {case_id or ''} {request.client.host if request.client else ''}"

    def _cookie_name(self, case_id: str) -> str:
        """Behind HTTPS the name binds the cookie to this very host: no other host of the domain can set or overwrite it."""
        return ("__Host-" if self._config.secure_cookies else "") + COOKIE_PREFIX + case_id

    def remember(self, response: Response, participant: Participant) -> None:
        """Set the cookie that keeps someone a participant over a refresh."""
        response.set_cookie(
            self._cookie_name(participant.case),
            self._signer.cookie(Membership(participant.case, participant.id)),
            max_age=self._config.cookie_valid_s,
            httponly=True,
            samesite="lax",
            secure=self._config.secure_cookies,
        )

    def forget(self, response: Response, case_id: str) -> None:
        """Take the cookie of a case away from this browser."""
        response.delete_cookie(self._cookie_name(case_id), httponly=True, samesite="lax", secure=self._config.secure_cookies)


def case_in_path(path: str) -> str | None:
    """Return the case id in a path such as `/api/cases/<case>/links`, if there is one."""
    parts = path.split("/")
    return parts[3] if len(parts) > 4 and parts[1:3] == ["api", "cases"] and is_id(parts[3]) else None


def is_from_here(connection: HTTPConnection, origins: Sequence[str]) -> bool:
    """Tell whether a call comes from a page of ours, of an origin that is named in the settings, or from no page at all."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return origin in origins or _host_of(origin) == connection.headers.get("host", "nowhere")


def _host_of(origin: str) -> str:
    """Return the host an origin names; nothing for `null`, and for what no browser sends."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
