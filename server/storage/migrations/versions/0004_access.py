"""Who may come in and do what: limits of links, standing of participants, rules of cases.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("name", sa.String),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("seats", sa.Integer),
        sa.Column("has_waiting_room", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("revoked_at", sa.BigInteger),
    ):
        op.add_column("links", column)
    op.add_column("participants", sa.Column("status", sa.String(16), nullable=False, server_default="in"))
    op.add_column("participants", sa.Column("recovery_hash", sa.String(64)))
    op.create_table(
        "rules",
        sa.Column("case_id", sa.String(64), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("editing", sa.String(16), nullable=False),
        sa.Column("locked", sa.String, nullable=False),
        sa.Column("is_paused", sa.Boolean, nullable=False),
    )
