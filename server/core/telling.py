"""Frames of our own to clients that asked for them (C4): put into their outboxes, to be read when the room wakes them."""

from __future__ import annotations

from collections.abc import Iterable

from crdt import wire
from server.core import bodies
from server.core.access import Access
from server.core.effects import Effect, wake
from server.core.outbox import Kind
from server.core.session import Session


def tell(session: Session, kind: int, body: object) -> None:
    """Say something to one client."""
    session.outbox.push(Kind.OWN, wire.extension_frame(kind, body))


def tell_all(sessions: Iterable[Session], kind: int, body: object) -> list[Effect]:
    """Say the same to every client that knows our messages."""
    frame = wire.extension_frame(kind, body)
    told = [session for session in sessions if session.extension]
    for session in told:
        session.outbox.push(Kind.OWN, frame)
    return wake(told)


def tell_access(session: Session, access: Access) -> None:
    """Tell a client what it may do, and a facilitator who waits to be let in."""
    if session.extension:
        tell(session, wire.RULES, bodies.rules(session, access))
        if session.role == "facilitator":
            tell(session, wire.WAITING, bodies.waiting(access))
