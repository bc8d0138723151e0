"""The commands that work beside a running server and without one: import, export, token.

A command is a JSON object in and a JSON object out, so that it can travel over the control socket unchanged. What the shell
shows of it is `cli.py`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.cases import Cases, NewPerson, PartnerChoice, read_case_file, role_named
from server.errors import CallProblem, StorageFault
from server.signing import Membership, Signer

Answer = dict[str, Any]
DEFAULT_NAME = "Facilitator"


async def run(cases: Cases, signer: Signer, command: Mapping[str, Any]) -> Answer:
    """Carry out one command. Returns `{"result": …}` or `{"problem": {"type", "detail"}}`; raises nothing of ours."""
    try:
        return {"result": await _run(cases, signer, command)}
    except CallProblem as problem:
        return {"problem": {"type": problem.kind, "detail": problem.detail, **problem.extra}}
    except StorageFault as fault:
        return {"problem": {"type": "storage", "detail": f"the storage failed: {fault}"}}


async def _run(cases: Cases, signer: Signer, command: Mapping[str, Any]) -> Any:
    match command:
        case {"command": "import", "file": str(file), "name": name, "partner": partner}:
            return await _import(cases, signer, file, _person(name or DEFAULT_NAME, partner))
        case {"command": "export", "case": str(case_id)}:
            return await cases.export(case_id)
        case {"command": "token", "case": str(case_id), "role": str(role), "name": str(name), "partner": partner}:
            participant = await cases.admit(case_id, role_named(role), _person(name, partner))
            return signer.token(Membership(participant.case, participant.id))
        case _:
            raise CallProblem("command", 400, "this server does not know that command; is it an older version?")


async def _import(cases: Cases, signer: Signer, file: str, person: NewPerson) -> Answer:
    started = await cases.start(read_case_file(file.encode("utf-8", "surrogateescape")), person)
    token = signer.token(Membership(started.case, started.participant.id))
    links = {link.role: f"/c/{started.case}#{secret}" for link, secret in await cases.links(started.case)}
    return {"case": started.case, "participant": started.participant.id, "token": token, "links": links}


def _person(name: str, partner: object) -> NewPerson:
    return NewPerson(name, PartnerChoice(name=str(partner)) if partner else None)
