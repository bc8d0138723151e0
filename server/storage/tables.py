"""The tables, as SQLAlchemy Core sees them. Migrations make them; `tests/server/storage` checks that both agree."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

metadata = MetaData()

cases = Table(
    "cases",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("case_id", String(64), ForeignKey("cases.id"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("compacted_seq", BigInteger, nullable=False, server_default="0"),
)

_document_key = ["documents.case_id", "documents.name"]

log = Table(
    "log",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("document", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("participant_id", String(64), nullable=False),
    Column("clients", String, nullable=False),
    Column("update", LargeBinary, nullable=False),
    Column("covers", BigInteger, nullable=False, server_default="1"),
    Column("first_at", BigInteger),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

keyframes = Table(
    "keyframes",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("document", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

client_ids = Table(
    "client_ids",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("document", String(64), primary_key=True),
    Column("client_id", BigInteger, primary_key=True),
    Column("participant_id", String(64), nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

participants = Table(
    "participants",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_id", String(64), ForeignKey("cases.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("partner_id", String(64)),
    Column("role", String(32), nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("link_id", String(64)),
    Column("status", String(16), nullable=False, server_default="in"),
    Column("recovery_hash", String(64)),
)

links = Table(
    "links",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_id", String(64), ForeignKey("cases.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("name", String),
    Column("expires_at", BigInteger),
    Column("seats", Integer),
    Column("has_waiting_room", Boolean, nullable=False, server_default=false()),
    Column("revoked_at", BigInteger),
    UniqueConstraint("case_id", "secret_hash"),
)

rules = Table(
    "rules",
    metadata,
    Column("case_id", String(64), ForeignKey("cases.id"), primary_key=True),
    Column("editing", String(16), nullable=False),
    Column("locked", String, nullable=False),
    Column("is_paused", Boolean, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("case_id", String(64), ForeignKey("cases.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("name", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("participant_id", String(64), nullable=False),
)
