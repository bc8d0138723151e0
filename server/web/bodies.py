"""Reads request bodies and queries: bounded, JSON, checked field by field. Everything wrong is a CallProblem with words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request

from crdt import schema
from server.cases import NewPerson, PartnerChoice
from server.errors import CallProblem

MAX_BODY_BYTES: Final = 1_048_576


async def read_json(request: Request) -> Mapping[str, Any]:
    """Return the JSON object of a writing call. Raises CallProblem when it is too large or no object."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise CallProblem("not-json", 415, "send JSON with Content-Type: application/json")
    try:
        body = json.loads(await _read_bounded(request))
    except (ValueError, RecursionError) as error:
        raise CallProblem("not-json", 400, f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise CallProblem("bad-request", 422, "the body must be a JSON object")
    return body


async def _read_bounded(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise CallProblem("too-large", 413, f"the body is larger than {MAX_BODY_BYTES:,} bytes, which is the limit")
    return bytes(body)


def text_of(body: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """Return a text field. Raises CallProblem when it is missing (without a default) or no text."""
    value = body.get(key, default)
    if not isinstance(value, str):
        raise CallProblem("bad-request", 422, f"{key} must be text")
    return value


def person_of(body: Mapping[str, Any]) -> NewPerson:
    """Return the person of a body: a name, and the organisation spoken for."""
    person = body.get("person")
    if not isinstance(person, dict):
        raise CallProblem("bad-request", 422, "person must be an object with a name and a partner")
    return NewPerson(text_of(person, "name"), _partner_of(person.get("partner")))


def _partner_of(partner: object) -> PartnerChoice | None:
    if partner is None:
        return None
    if not isinstance(partner, dict):
        raise CallProblem("bad-request", 422, "partner must be an object with an id or a name, or null")
    if "id" in partner:
        return PartnerChoice(id=text_of(partner, "id"))
    helix = text_of(partner, "helix", "other")
    if helix not in schema.HELIX:
        raise CallProblem("bad-request", 422, f"helix must be one of {', '.join(schema.HELIX)}")
    return PartnerChoice(name=text_of(partner, "name"), helix=helix)


def number_of(request: Request, key: str) -> int | None:
    """Return a whole number of the query. Raises CallProblem when it is something else."""
    raw = request.query_params.get(key)
    if raw is None:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", raw):
        raise CallProblem("bad-request", 422, f"{key} must be a whole number")
    return int(raw)
