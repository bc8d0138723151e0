"""The pump: between one WebSocket and the hub. Two tasks, one reads and one writes; it decides nothing.

accept (C2) ──a place (S12)──► who is it? ──► Session ──► hub.connect
reader (`reading.py`): socket → hub.receive     writer: outbox → socket
over a line (`direct_line.py`) most frames are heard, and leave, without either: then these two only serve who is slow
whichever ends first ends the other; then the hub forgets the connection
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.admission import Admission, Place
from server.attendance import as_person
from server.core.session import Session
from server.errors import FAULT, CloseCode, Refusal, StorageFault, close_reason
from server.hub import Hub
from server.open_room import LINE_EXTENSION, Connection, Line
from server.telemetry import TURNED_AWAY, Event, log_event
from server.web.auth import Door
from server.web.reading import Reading

SUBPROTOCOL: Final = "puzzeltafel.1"

logger = logging.getLogger("puzzeltafel.websocket")


class Pump:
    """Serves `/ws/<case>`."""

    def __init__(self, hub: Hub, door: Door, admission: Admission) -> None:
        self._hub = hub
        self._door = door
        self._admission = admission

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one WebSocket until it closes."""
        case_id: str = websocket.path_params["case"]
        extension = SUBPROTOCOL in websocket.scope.get("subprotocols", [])
        await websocket.accept(subprotocol=SUBPROTOCOL if extension else None)
        try:
            place = await self._admission.enter()
        except Refusal as refusal:
            await self._turn_away(websocket, case_id, refusal.code, refusal.message)
            return
        try:
            await self._admit(websocket, case_id, place, extension=extension)
        finally:
            place.leave()

    async def _admit(self, websocket: WebSocket, case_id: str, place: Place, *, extension: bool) -> None:
        try:
            participant = await self._door.connecting(websocket, case_id)
            session = Session(as_person(participant), participant.role, extension)
            connection = await self._hub.connect(case_id, session, place.leave, _line(websocket))
        except Refusal as refusal:
            await self._turn_away(websocket, case_id, refusal.code, refusal.message)
        except StorageFault:
            await self._turn_away(websocket, case_id, FAULT, "the storage cannot be reached; you come back by yourself")
        else:
            await self._pump(websocket, case_id, connection)

    async def _turn_away(self, websocket: WebSocket, case_id: str, code: CloseCode, message: str) -> None:
        TURNED_AWAY.labels(code.number).inc()
        log_event(logger, Event.TURNED_AWAY, case=case_id[:64], code=code.number)
        await websocket.close(code.number, close_reason(message))

    async def _pump(self, websocket: WebSocket, case_id: str, connection: Connection) -> None:
        log_event(logger, Event.CONNECTED, case=case_id, participant=connection.session.person.id, role=connection.session.role)
        tasks = (
            asyncio.create_task(Reading(self._hub, case_id, connection).read(websocket)),
            asyncio.create_task(self._write(websocket, case_id, connection)),
        )
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.disconnect(case_id, connection)
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            log_event(logger, Event.DISCONNECTED, case=case_id, participant=connection.session.person.id)
        for fault in outcomes:
            if isinstance(fault, Exception):
                await self._give_up(websocket, case_id, fault)

    async def _give_up(self, websocket: WebSocket, case_id: str, fault: Exception) -> None:
        """Tell of a fault of ours, here and to the client; it comes back by itself."""
        log_event(logger, Event.CONNECTION_BROKEN, case=case_id, fault=repr(fault))
        logger.debug("the fault in a connection of case %s", case_id, exc_info=fault)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it may be gone already
            await websocket.close(FAULT.number, close_reason("something went wrong here; you come back by yourself"))

    async def _write(self, websocket: WebSocket, case_id: str, connection: Connection) -> None:
        try:
            while True:
                await connection.ready.wait()
                connection.ready.clear()
                if not await self._send_all(websocket, case_id, connection):
                    return
                if connection.closing:
                    await self._say_goodbye(websocket, case_id, connection)
                    return
        except (WebSocketDisconnect, RuntimeError):
            return  # the socket went away while we wrote; the reader hears of it as well

    async def _send_all(self, websocket: WebSocket, case_id: str, connection: Connection) -> bool:
        """Send what waits, until there is nothing or the connection is to close; return False when its line is cut."""
        line = connection.line
        while not connection.closing:
            if line is not None and not line.is_free:
                if not await line.until_free():
                    return False
                continue
            frame = self._hub.next_frame(case_id, connection)
            if frame is None:
                return True
            if line is None:
                await websocket.send_bytes(frame)
            elif not connection.closing:
                line.put(frame)
        return True

    async def _say_goodbye(self, websocket: WebSocket, case_id: str, connection: Connection) -> None:
        """Close in words; what is still queued is dropped, the client syncs again when it returns."""
        assert connection.closing is not None
        code, message = connection.closing
        TURNED_AWAY.labels(code.number).inc()
        log_event(logger, Event.TURNED_AWAY, case=case_id, participant=connection.session.person.id, code=code.number)
        await websocket.close(code.number, close_reason(message))


def _line(websocket: WebSocket) -> Line | None:
    offered: dict[str, Line] = (websocket.scope.get("extensions") or {}).get(LINE_EXTENSION, {})
    return offered.get("line")
