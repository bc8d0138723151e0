"""Errors as problem documents (RFC 9457): a stable code, a status, a sentence for people; never a trace."""

from __future__ import annotations

import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.errors import NO_SUCH_CASE, CallProblem, Refusal, StorageFault

logger = logging.getLogger("puzzeltafel.web")

_STORAGE = CallProblem("storage", 503, "the storage of this server cannot be reached; nothing saved is lost, try again in a moment")
_FAULT = CallProblem("fault", 500, "something went wrong here; nothing saved is lost")


def problem_response(problem: CallProblem) -> Response:
    """Return a problem as a response, in ASCII: it may quote half a character, which cannot be sent otherwise."""
    body = {"type": problem.kind, "title": problem.kind.replace("-", " "), "status": problem.status, "detail": problem.detail}
    retry = problem.extra.get("retry_after_s")
    headers = None if retry is None else {"Retry-After": str(retry)}
    return Response(json.dumps(body | problem.extra), problem.status, headers, "application/problem+json")


async def on_call_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, CallProblem)
    return problem_response(error)


async def on_storage_fault(_: Request, error: Exception) -> Response:
    logger.error("storage failed: %s", error)
    return problem_response(_STORAGE)


async def on_refusal(_: Request, error: Exception) -> Response:
    """A case that cannot be opened now, or ever."""
    assert isinstance(error, Refusal)
    status = 404 if error.code is NO_SUCH_CASE else 503
    return problem_response(CallProblem(error.code.name.replace(" ", "-"), status, error.message))


async def on_http_exception(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: ("not-found", "there is nothing at this address"), 405: ("method", "this address does not take this method")}
    kind, detail = words.get(error.status_code, ("http", str(error.detail)))
    return problem_response(CallProblem(kind, error.status_code, detail))


async def on_fault(_: Request, error: Exception) -> Response:
    logger.exception("a call failed", exc_info=error)
    return problem_response(_FAULT)


HANDLERS = {
    CallProblem: on_call_problem,
    Refusal: on_refusal,
    StorageFault: on_storage_fault,
    HTTPException: on_http_exception,
    Exception: on_fault,
}
