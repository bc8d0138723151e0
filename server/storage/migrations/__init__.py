"""Brings the tables of a database to what this version needs, with Alembic. Runs inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head", *, may_be_newer: bool = False) -> None:
    """Apply every migration up to a revision that the database lacks.

    One that `may_be_newer` than this program is left as it is: while servers are renewed one by one, the old ones go on with tables that
    have more in them than they know.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if may_be_newer and present is not None and present not in known:
        return
    command.upgrade(config, revision)
