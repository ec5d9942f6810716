"""The event stream of a run (text/event-stream), as docs/WIRE.md#events describes it.

A stream begins with `connected` and gives the events from then on; with Last-Event-ID (the header, or
`lastEventId` in the query for clients that can't set headers) also those since that one. `connected` carries
the id of the point where the stream takes up, so that a client cut off before its first event misses nothing.

The stream of a run that is over stays open, silent but for heartbeats: closing it would make a browser's
EventSource come back every few seconds, and an error (or 204) would read as "streaming is not available".
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from .json_text import dumps
from .run import Run
from .web import BreakOff, Connection, Request, Response

_CONNECTED = dumps({"message": "Connected to execution stream"})
_ID = re.compile("[0-9]{1,9}")  # anything longer was never one of ours
_HEARTBEAT = b": heartbeat\n\n"

HEADERS = [
    ("Content-Type", "text/event-stream"),
    ("Cache-Control", "no-cache, no-transform"),
    ("X-Accel-Buffering", "no"),  # nginx would hold events back
]


@dataclass(frozen=True)
class StreamSettings:
    heartbeat_seconds: float = 20.0
    limit_seconds: float = 600.0  # then the server closes the stream


def respond(
    run: Run, request: Request, settings: StreamSettings, clock: Callable[[], float], opened: Callable[[int], None]
) -> Response:
    """`clock` is the time of day. `opened` is told +1 when the stream begins and -1 when it ends."""
    last_id = request.header("Last-Event-ID") or request.parameters.get("lastEventId", "")

    def stream(connection: Connection) -> None:
        opened(+1)
        try:
            _play(run, connection, settings, clock, last_id)
        finally:
            opened(-1)

    return Response(200, headers=list(HEADERS), stream=stream, date=run.date(clock()))


def _play(
    run: Run, connection: Connection, settings: StreamSettings, clock: Callable[[], float], last_id: str
) -> None:
    _, sent, _ = run.frames_after(None, clock())
    if run.event_ids and _ID.fullmatch(last_id) and int(last_id) <= sent:
        sent = int(last_id)
    number = f"id: {sent}\n" if run.event_ids else ""
    end_at = time.monotonic() + settings.limit_seconds
    heartbeat_at = time.monotonic() + settings.heartbeat_seconds
    with _Sleeper(run, connection) as sleeper:
        connection.send(f"{number}event: connected\ndata: ".encode() + _CONNECTED + b"\n\n")
        while time.monotonic() < end_at and not sleeper.client_is_gone:
            frames, sent, next_at = run.frames_after(sent, clock())
            connection.send(b"".join(frames))
            if time.monotonic() >= heartbeat_at:
                connection.send(_HEARTBEAT)
                heartbeat_at += settings.heartbeat_seconds
            wait = min(end_at, heartbeat_at) - time.monotonic()
            sleeper.sleep(wait if next_at is None else min(wait, next_at - clock()))


class _Sleeper:
    """Sleeps until a time has come, the run has changed unforeseen, or the client has gone."""

    def __init__(self, run: Run, connection: Connection) -> None:
        self.client_is_gone = False
        self._run = run
        self._connection = connection
        self._dropped = False
        self._selector = selectors.DefaultSelector()
        self._alarm, self._bell = socket.socketpair()
        self._bell.setblocking(False)

    def __enter__(self) -> _Sleeper:
        self._selector.register(self._connection, selectors.EVENT_READ)
        self._selector.register(self._alarm, selectors.EVENT_READ)
        self._run.listen(self._wake)
        return self

    def __exit__(self, *_: object) -> None:
        self._run.unlisten(self._wake)
        self._selector.close()
        self._alarm.close()
        self._bell.close()

    def sleep(self, seconds: float) -> None:
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.fileobj is self._alarm:
                self._alarm.recv(4096)
            elif self._connection.is_closed():
                self.client_is_gone = True
            else:  # it sends more requests: not while a stream runs
                self._selector.unregister(self._connection)
        if self._dropped:
            raise BreakOff

    def _wake(self, drop: bool) -> None:
        self._dropped = self._dropped or drop
        try:
            self._bell.send(b"!")
        except OSError:
            pass  # rung often enough already, or the stream has just ended
