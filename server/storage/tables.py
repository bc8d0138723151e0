"""The tables, as SQLAlchemy Core sees them. Migrations make them; `tests/server/storage` checks that both agree."""

from __future__ import annotations

from typing import Any

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
    TypeDecorator,
    UniqueConstraint,
    false,
)


class Words(TypeDecorator[str]):
    """Text. What no database can hold (a zero, half a character) is never in what we keep; who asks for it finds nothing."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else storable(value)


def storable(value: str) -> str:
    """Return a text as every database can hold it."""
    if value.isascii() and "\0" not in value:
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


metadata = MetaData()

cases = Table(
    "cases",
    metadata,
    Column("id", Words(64), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False, server_default="0"),
)

keys = Table("keys", metadata, Column("name", Words(32), primary_key=True), Column("key", LargeBinary, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("case_id", Words(64), ForeignKey("cases.id"), primary_key=True),
    Column("name", Words(64), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("compacted_seq", BigInteger, nullable=False, server_default="0"),
)

_document_key = ["documents.case_id", "documents.name"]

log = Table(
    "log",
    metadata,
    Column("case_id", Words(64), primary_key=True),
    Column("document", Words(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("participant_id", Words(64), nullable=False),
    Column("clients", Words(), nullable=False),
    Column("update", LargeBinary, nullable=False),
    Column("covers", BigInteger, nullable=False, server_default="1"),
    Column("first_at", BigInteger),
    Column("commit_id", LargeBinary),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

keyframes = Table(
    "keyframes",
    metadata,
    Column("case_id", Words(64), primary_key=True),
    Column("document", Words(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

client_ids = Table(
    "client_ids",
    metadata,
    Column("case_id", Words(64), primary_key=True),
    Column("document", Words(64), primary_key=True),
    Column("client_id", BigInteger, primary_key=True),
    Column("participant_id", Words(64), nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    ForeignKeyConstraint(["case_id", "document"], _document_key),
)

participants = Table(
    "participants",
    metadata,
    Column("id", Words(64), primary_key=True),
    Column("case_id", Words(64), ForeignKey("cases.id"), nullable=False, index=True),
    Column("name", Words(), nullable=False),
    Column("partner_id", Words(64)),
    Column("role", Words(32), nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("link_id", Words(64)),
    Column("status", Words(16), nullable=False, server_default="in"),
    Column("recovery_hash", Words(64)),
)

links = Table(
    "links",
    metadata,
    Column("id", Words(64), primary_key=True),
    Column("case_id", Words(64), ForeignKey("cases.id"), nullable=False, index=True),
    Column("role", Words(32), nullable=False),
    Column("secret_hash", Words(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Words(64), nullable=False),
    Column("name", Words()),
    Column("expires_at", BigInteger),
    Column("seats", Integer),
    Column("has_waiting_room", Boolean, nullable=False, server_default=false()),
    Column("revoked_at", BigInteger),
    UniqueConstraint("case_id", "secret_hash"),
)

rules = Table(
    "rules",
    metadata,
    Column("case_id", Words(64), ForeignKey("cases.id"), primary_key=True),
    Column("editing", Words(16), nullable=False),
    Column("locked", Words(), nullable=False),
    Column("is_paused", Boolean, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("case_id", Words(64), ForeignKey("cases.id"), primary_key=True),
    Column("kind", Words(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("name", Words(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("participant_id", Words(64), nullable=False),
)
