"""The commands that work beside a running server and without one: import, export, token, backup, check, compact.

A command is a JSON object in and a JSON object out, so that it can travel over the control socket unchanged. What the shell
shows of it is `cli.py`'s business; `restore` is there too, since no server may run meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crdt.casefile import CaseFile
from server import backup
from server.cases import Cases, NewPerson, PartnerChoice, read_case_file, role_named
from server.checking import check
from server.compaction import Compactor
from server.errors import CallProblem, ServerError, StorageFault
from server.invitations import Invitations
from server.quarantine import Quarantine
from server.signing import Membership, Signer
from server.storage import Storage

Answer = dict[str, Any]
DEFAULT_NAME = "Facilitator"


@dataclass(frozen=True, slots=True)
class Tools:
    """What commands work with."""

    data_dir: Path
    storage: Storage
    cases: Cases
    invitations: Invitations
    signer: Signer
    compactor: Compactor
    quarantine: Quarantine


async def run(tools: Tools, command: Mapping[str, Any]) -> Answer:
    """Carry out one command. Returns `{"result": …}` or `{"problem": {"type", "detail"}}`; raises nothing of ours."""
    try:
        return {"result": await _run(tools, command)}
    except CallProblem as problem:
        return {"problem": {"type": problem.kind, "detail": problem.detail, **problem.extra}}
    except StorageFault as fault:
        return {"problem": {"type": "storage", "detail": f"the storage failed: {fault}"}}
    except (ServerError, OSError) as fault:
        return {"problem": {"type": "not-done", "detail": str(fault)}}


async def _run(tools: Tools, command: Mapping[str, Any]) -> Any:
    match command:
        case {"command": "import", "file": str(file), "name": name, "partner": partner, "over": str(over)}:
            return await _import_over(tools, file, over, _person(name or DEFAULT_NAME, partner))
        case {"command": "import", "file": str(file), "name": name, "partner": partner}:
            return await _import(tools, file, _person(name or DEFAULT_NAME, partner))
        case {"command": "export", "case": str(case_id)}:
            return await tools.cases.export(case_id)
        case {"command": "token", "case": str(case_id), "role": str(role), "name": str(name), "partner": partner}:
            participant = await tools.invitations.admit(case_id, role_named(role), _person(name, partner))
            return tools.signer.token(Membership(participant.case, participant.id))
        case {"command": "backup", "target": str(target)}:
            return await backup.make(tools.storage, tools.data_dir, Path(target), int(time.time() * 1000))
        case {"command": "check", "case": case_id}:
            return await _check(tools, case_id)
        case {"command": "quarantine", "verb": "list"}:
            return {"cases": tools.quarantine.held()}
        case {"command": "quarantine", "verb": "release", "case": str(case_id)}:
            if not tools.quarantine.release(case_id):
                raise CallProblem("not-set-aside", 404, f"case {case_id[:64]} is not set aside; see quarantine list")
            return {"case": case_id}
        case {"command": "compact", "older_than_days": float(days) | int(days)}:
            if not 0 <= days < 1e6:
                raise CallProblem("days", 422, f"{days} is no number of days a row can be old")
            return asdict(await tools.compactor.compact(days))
        case _:
            raise CallProblem("command", 400, "this server does not know that command; is it an older version?")


async def _import(tools: Tools, file: str, person: NewPerson) -> Answer:
    started = await tools.cases.start(_read(file), person)
    token = tools.signer.token(Membership(started.case, started.participant.id))
    links = {link.role: f"/c/{started.case}#{secret}" for link, secret in await tools.invitations.links(started.case)}
    return {"case": started.case, "participant": started.participant.id, "token": token, "links": links}


async def _import_over(tools: Tools, file: str, case_id: str, person: NewPerson) -> Answer:
    participant = await tools.cases.replace(case_id, _read(file), person)
    return {"case": case_id, "participant": participant.id, "token": tools.signer.token(Membership(case_id, participant.id))}


async def _check(tools: Tools, case_id: str | None) -> Answer:
    if case_id is not None:
        await tools.cases.case(case_id)
    return asdict(await check(tools.storage, case_id, tools.quarantine))


def _read(file: str) -> CaseFile:
    return read_case_file(file.encode("utf-8", "surrogateescape"))


def _person(name: str, partner: object) -> NewPerson:
    return NewPerson(name, PartnerChoice(name=str(partner)) if partner else None)
