"""Room for compaction (coarse rows, how far a log is compacted) and for epochs (whose client ids are of which).

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("log", sa.Column("covers", sa.BigInteger, nullable=False, server_default="1"))
    op.add_column("log", sa.Column("first_at", sa.BigInteger, nullable=True))
    op.add_column("documents", sa.Column("compacted_seq", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("client_ids", sa.Column("epoch", sa.Integer, nullable=False, server_default="1"))
