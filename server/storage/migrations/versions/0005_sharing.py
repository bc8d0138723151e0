"""What several servers need to share cases: commits they can recognise, how often who-may-do-what changed, and one signing key.

Revision: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("log", sa.Column("commit_id", sa.LargeBinary))
    op.add_column("cases", sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table("keys", sa.Column("name", sa.String(32), primary_key=True), sa.Column("key", sa.LargeBinary, nullable=False))
