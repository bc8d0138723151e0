"""The first tables: cases, documents, log, keyframes, client ids, participants, links.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(64)
_DOCUMENT_KEY = (["case_id", "document"], ["documents.case_id", "documents.name"])


def upgrade() -> None:
    op.create_table("cases", sa.Column("id", _ID, primary_key=True), sa.Column("created_at", sa.BigInteger, nullable=False))
    op.create_table(
        "documents",
        sa.Column("case_id", _ID, sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("name", _ID, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
    )
    _create_log()
    _create_people()


def _create_log() -> None:
    op.create_table(
        "log",
        *_document_columns(sa.Column("seq", sa.BigInteger, primary_key=True)),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("participant_id", _ID, nullable=False),
        sa.Column("clients", sa.String, nullable=False),
        sa.Column("update", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(*_DOCUMENT_KEY),
    )
    op.create_table(
        "keyframes",
        *_document_columns(sa.Column("seq", sa.BigInteger, primary_key=True)),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(*_DOCUMENT_KEY),
    )
    op.create_table(
        "client_ids",
        *_document_columns(sa.Column("client_id", sa.BigInteger, primary_key=True)),
        sa.Column("participant_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(*_DOCUMENT_KEY),
    )


def _document_columns(last_key: sa.Column[int]) -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (sa.Column("case_id", _ID, primary_key=True), sa.Column("document", _ID, primary_key=True), last_key)


def _create_people() -> None:
    op.create_table(
        "participants",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("case_id", _ID, sa.ForeignKey("cases.id"), nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("partner_id", _ID),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("joined_at", sa.BigInteger, nullable=False),
        sa.Column("link_id", _ID),
    )
    op.create_table(
        "links",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("case_id", _ID, sa.ForeignKey("cases.id"), nullable=False, index=True),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.UniqueConstraint("case_id", "secret_hash"),
    )
