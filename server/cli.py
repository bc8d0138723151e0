"""`python -m server …`: JSON on standard output, messages on standard error, exit codes that scripts can trust.

0 done · 1 refused or not possible (the message says why) · 2 the call's words are off
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from crdt.casefile import MAX_FILE_BYTES
from crdt.gate import ROLES
from server import commands, control
from server.config import Config
from server.errors import ServerError, SetupFault

DONE: Final = 0
NOT_DONE: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        config = Config.from_environment(data_dir=given.data, host=getattr(given, "host", None), port=getattr(given, "port", None))
        if given.command == "serve":
            return _serve(config)
        return _show(given.command, _ask_or_run(config, _command(given)))
    except (ServerError, OSError) as error:
        print(f"puzzeltafel: {error}", file=sys.stderr)
        return NOT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Puzzeltafel: a shared table for a Purpose Case.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="the data folder (default: data)")
    verbs = parser.add_subparsers(dest="command", required=True)

    serve = verbs.add_parser("serve", parents=[common], help="serve the canvas")
    serve.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, help="the port to listen on (default: 8000)")

    import_ = verbs.add_parser("import", parents=[common], help="start a case from a case file; prints one JSON object")
    import_.add_argument("file", help="a purpose-case/1 file, or - for standard input")
    import_.add_argument("--name", help="the facilitator's name (default: Facilitator)")
    import_.add_argument("--partner", help="the organisation the facilitator speaks for")

    export = verbs.add_parser("export", parents=[common], help="print a case as a case file")
    export.add_argument("case", help="the id of the case")
    export.add_argument("--format", choices=["json"], default="json", help="the format (default: json)")

    token = verbs.add_parser("token", parents=[common], help="print a token with which a program can connect as a new participant")
    token.add_argument("case", help="the id of the case")
    token.add_argument("--role", choices=ROLES, required=True, help="what the participant may do")
    token.add_argument("--name", required=True, help="the participant's name")
    token.add_argument("--partner", help="the organisation the participant speaks for; added to the case when it is new")
    return parser


def _command(given: argparse.Namespace) -> dict[str, Any]:
    command = {key: value for key, value in vars(given).items() if key not in ("data", "format")}
    return command | {"file": _read(given.file)} if given.command == "import" else command


def _read(file: str) -> str:
    """Return the text of a case file; one byte more than allowed is enough to know that it is too large."""
    if file == "-":
        data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    else:
        with Path(file).open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
    return data.decode("utf-8", "surrogateescape")


def _ask_or_run(config: Config, command: dict[str, Any]) -> commands.Answer:
    """Let the server that runs on the folder do it; without one, open the folder ourselves."""
    answer = control.ask(config.data_dir, command)
    return answer if answer is not None else asyncio.run(_run_alone(config, command))


async def _run_alone(config: Config, command: dict[str, Any]) -> commands.Answer:
    from server.app import open_parts

    if command["command"] != "import" and not config.data_dir.is_dir():
        raise SetupFault(f"there is no data folder {config.data_dir}; name it with --data")
    async with open_parts(config) as parts:
        return await commands.run(parts.cases, parts.signer, command)


def _show(command: str, answer: commands.Answer) -> int:
    if "problem" in answer:
        problem = answer["problem"]
        print(f"puzzeltafel: {problem['detail']}", file=sys.stderr)
        for found in problem.get("problems", ()):
            print(f"  {found['where']}: {found['what']}", file=sys.stderr)
        return NOT_DONE
    result = answer["result"]
    print(result if command == "token" else json.dumps(result, ensure_ascii=False, indent=1 if command == "export" else None))
    return DONE


def _serve(config: Config) -> int:
    from server.serving import serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    for quiet in ("uvicorn.error", "alembic"):  # uvicorn's accept lines carry query strings
        logging.getLogger(quiet).setLevel(logging.WARNING)
    return DONE if serve(config) else NOT_DONE
