"""`python -m tests.bench.services`: how much one Redis and one PostgreSQL take of what our servers ask of them, and how large a row is.

Each is asked by its own makers' program (`redis-benchmark`, `pgbench`), so that it is what is measured: messages of 250 bytes on a channel
that one server or four listen to, and commits of one row or of twenty of as many cases, by eight connections. Redis and PostgreSQL have one
core, who asks the other; PostgreSQL with fsync on.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from crdt.log import Append, NewRow
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from tests.bench.hall.servers import GENERATOR_CORE, SERVER_CORE, pinned
from tests.postgres import PostgresProcess, installed
from tests.redis_process import RedisProcess

MESSAGE_BYTES: Final = 250
MESSAGES: Final = 200_000
CASES: Final = 500
CONNECTIONS: Final = 8
ID_LENGTH: Final = 22
"""Of a case and of a participant, which have the same here."""

SECONDS: Final = 5
CHANNEL: Final = "case"

THESE: Final = """name = 'main' AND case_id IN (
  SELECT lpad(((:case + n) % {cases})::text, {id_length}, 'c') FROM generate_series(1, {rows}) n)"""
COMMIT: Final = f"""\\set case random(1, {{cases}})
BEGIN;
SELECT seq FROM documents WHERE {THESE} ORDER BY case_id FOR NO KEY UPDATE;
UPDATE documents SET seq = seq + 1 WHERE {THESE};
INSERT INTO log (case_id, document, seq, epoch, at, participant_id, clients, update, covers, commit_id)
  SELECT case_id, name, seq, epoch, 1800000000000, case_id, '123456789', decode(repeat('ab', 30), 'hex'), 1, decode(repeat('cd', 16), 'hex')
  FROM documents WHERE {THESE};
COMMIT;
"""
"""What a commit of ours does, in fewer statements: hold the documents in a fixed order, number the rows, add them."""


@contextmanager
def _listening(port: int, servers: int) -> Iterator[None]:
    """Let so many connections listen to the channel, each read by a process of its own."""
    with ExitStack() as stack:
        for _ in range(servers):
            listening = socket.create_connection(("127.0.0.1", port))
            stack.callback(listening.close)
            listening.sendall(f"SUBSCRIBE {CHANNEL}\r\n".encode())
            assert listening.recv(1_024).startswith(b"*3"), "Redis did not let us listen"
            reader = subprocess.Popen([*pinned(GENERATOR_CORE), "cat"], stdin=listening.fileno(), stdout=subprocess.DEVNULL)
            stack.callback(reader.wait)
            stack.callback(reader.terminate)
        yield


def publishes_per_second(servers: int) -> float:
    """Return how many messages one Redis hands on a second to so many servers."""
    program = shutil.which("redis-benchmark")
    assert program, "this needs redis-benchmark: apt-get install redis-tools"
    with RedisProcess() as redis:
        os.sched_setaffinity(redis.pid, {int(SERVER_CORE)})
        with _listening(redis.port, servers):
            command = [*pinned(GENERATOR_CORE), program, "-p", str(redis.port), "-n", str(MESSAGES), "-c", "4", "-P", "8", "--csv"]
            done = subprocess.run(
                [*command, "PUBLISH", CHANNEL, "x" * MESSAGE_BYTES], capture_output=True, text=True, timeout=120, check=True
            )
    return float(done.stdout.splitlines()[-1].split('","')[1].strip('"'))


async def _cases_in(url: str) -> None:
    """Make the tables, and the cases that rows are added to."""
    storage = await SqlStorage.open_postgres(url)
    for number in range(CASES):
        case = someone = str(number).rjust(ID_LENGTH, "c")
        founder = Participant(someone, case, "Iemand", None, "facilitator", 1)
        await storage.create_case(Case(case, 1), founder, (), Append(case, (NewRow(someone, 1, (number,), b"\0\0"),), {number: someone}))
    await storage.close()


def commits_per_second(rows: int) -> tuple[float, float]:
    """Return how many commits of so many rows one PostgreSQL takes a second, and how many bytes of disk a row takes with its index."""
    with PostgresProcess(fsync="on") as postgres, tempfile.TemporaryDirectory() as folder:
        os.sched_setaffinity(postgres.pid, {int(SERVER_CORE)})  # and with it every connection to come
        url = postgres.database()
        asyncio.run(_cases_in(url))
        script = Path(folder) / "commit.sql"
        script.write_text(COMMIT.format(cases=CASES, rows=rows, id_length=ID_LENGTH), "utf-8")
        database = url.rpartition("/")[2]
        where = ("-h", "127.0.0.1", "-p", str(postgres.port), "-U", "puzzeltafel")
        command = [*pinned(GENERATOR_CORE), str(installed("pgbench")), *where, "-n", "-M", "prepared", "-f", str(script)]
        words = [*command, "-c", str(CONNECTIONS), "-j", "1", "-T", str(SECONDS), "--max-tries=10", database]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
        size = postgres.sql("puzzeltafel", "SELECT pg_total_relation_size('log')::float / count(*) FROM log", database=database)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1]), float(size)


def main() -> None:
    for servers in (1, 4):
        print(
            f"one Redis, {servers} listening: {publishes_per_second(servers):>10,.0f} messages of {MESSAGE_BYTES} bytes a second",
            flush=True,
        )
    for rows in (1, 20):
        commits, size = commits_per_second(rows)
        print(f"one PostgreSQL, {rows} rows each: {commits:>8,.0f} commits a second, {size:.0f} bytes a row", flush=True)


if __name__ == "__main__":
    main()
