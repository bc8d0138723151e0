"""`python -m server …`: JSON on standard output, messages on standard error, exit codes that scripts can trust.

0 done · 1 refused or not possible (the message says why) · 2 the call's words are off
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from crdt.casefile import MAX_FILE_BYTES
from crdt.gate import ROLES
from server import backup, commands, control, logbook
from server.config import Config
from server.errors import ServerError, SetupFault
from server.folder import DATABASE, DataFolder
from server.signing import SHARED_KEY, load_key

DONE: Final = 0
NOT_DONE: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        config = Config.from_environment(data_dir=given.data, host=getattr(given, "host", None), port=getattr(given, "port", None))
        if given.command == "serve":
            return _serve(config)
        if given.command == "restore":
            if config.database_url:
                raise SetupFault("cases are in PostgreSQL here (PUZZELTAFEL_DATABASE_URL); put a backup back with pg_restore or psql")
            return _show("restore", {"result": backup.restore(given.source, config.data_dir, _now_ms(), replace=given.replace)})
        if given.command == "migrate-storage":
            return _show(given.command, {"result": asyncio.run(_migrate(config))})
        return _show(given.command, _ask_or_run(config, _command(given, config)))
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
    import_.add_argument("--over", metavar="CASE", help="replace what this case holds; its links, people and history stay")

    export = verbs.add_parser("export", parents=[common], help="print a case as a case file")
    export.add_argument("case", help="the id of the case")
    export.add_argument("--format", choices=["json"], default="json", help="the format (default: json)")

    token = verbs.add_parser("token", parents=[common], help="print a token with which a program can connect as a new participant")
    token.add_argument("case", help="the id of the case")
    token.add_argument("--role", choices=ROLES, required=True, help="what the participant may do")
    token.add_argument("--name", required=True, help="the participant's name")
    token.add_argument("--partner", help="the organisation the participant speaks for; added to the case when it is new")

    backup_ = verbs.add_parser("backup", parents=[common], help="write everything to one file, while people work")
    backup_.add_argument("target", type=Path, metavar="FILE", help="a file that is not there yet")

    restore = verbs.add_parser("restore", parents=[common], help="put a backup in place; no server may run on the folder")
    restore.add_argument("source", type=Path, metavar="FILE", help="a file that backup made")
    restore.add_argument("--replace", action="store_true", help="move what the folder holds aside first")

    quarantine = verbs.add_parser("quarantine", parents=[common], help="list cases that are set aside, or release one")
    quarantine.add_argument("verb", choices=["list", "release"], help="what to do")
    quarantine.add_argument("case", nargs="?", help="the id of the case to release")

    verbs.add_parser(
        "migrate-storage",
        parents=[common],
        help="move everything from the data folder into the PostgreSQL of PUZZELTAFEL_DATABASE_URL; no server may run on the folder",
    )

    check = verbs.add_parser("check", parents=[common], help="prove that the log is whole and every keyframe equals its replay")
    check.add_argument("case", nargs="?", help="one case (default: all)")

    compact = verbs.add_parser("compact", parents=[common], help="coarsen old rows of the log now; a server does so by itself")
    compact.add_argument("--older-than-days", type=float, help="how old a row must be (default: as the setting says)")
    return parser


def _command(given: argparse.Namespace, config: Config) -> dict[str, Any]:
    command = {key: value for key, value in vars(given).items() if key not in ("data", "format")}
    match given.command:
        case "import":
            over = {"over": given.over} if given.over else {}
            return {key: value for key, value in command.items() if key != "over"} | {"file": _read(given.file)} | over
        case "backup":
            return command | {"target": str(given.target.absolute())}
        case "quarantine" if (given.verb == "release") != bool(given.case):
            raise SetupFault("release takes the id of a case, list takes none")
        case "compact":
            days = config.keep_keystrokes_days if given.older_than_days is None else given.older_than_days
            return command | {"older_than_days": days}
        case _:
            return command


def _now_ms() -> int:
    return int(time.time() * 1000)


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
        return await commands.run(parts.tools, command)


async def _migrate(config: Config) -> dict[str, Any]:
    from server.storage.moving import move  # this alone needs both databases

    if not config.database_url:
        raise SetupFault("name the PostgreSQL to move to with PUZZELTAFEL_DATABASE_URL")
    if not (config.data_dir / DATABASE).is_file():
        raise SetupFault(f"there is no database in {config.data_dir}; name the folder with --data")
    with DataFolder(config.data_dir) as folder:
        return {"moved": await move(folder.database, config.database_url, (SHARED_KEY, load_key(folder.path)))}


def _show(command: str, answer: commands.Answer) -> int:
    if "problem" in answer:
        problem = answer["problem"]
        print(f"puzzeltafel: {problem['detail']}", file=sys.stderr)
        for found in problem.get("problems", ()):
            print(f"  {found['where']}: {found['what']}", file=sys.stderr)
        return NOT_DONE
    result = answer["result"]
    print(result if command == "token" else json.dumps(result, ensure_ascii=False, indent=1 if command == "export" else None))
    if command == "check" and result["problems"]:
        print("puzzeltafel: what is stored is not whole; see the problems above, and keep your backups", file=sys.stderr)
        return NOT_DONE
    return DONE


def _serve(config: Config) -> int:
    from server.serving import serve

    logbook.begin(as_json=config.log_json)
    return DONE if serve(config) else NOT_DONE
