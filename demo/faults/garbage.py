"""What should never be on a stream: between the real messages, which all still come."""

from __future__ import annotations

from itertools import cycle

from ..json_text import Json, dumps
from ..web import Connection
from .bodies import Passage

BODY = b"\x00\xff\xfe <<garbage>> \xf0\x9f"

_STAMP = "2026-11-20T14:03:11.320Z"


class Garbage(Passage):
    def __init__(self, connection: Connection, pieces: list[bytes]) -> None:
        super().__init__(connection)
        self._pieces = cycle(pieces)

    def _pass_on(self, messages: list[bytes]) -> None:
        super()._pass_on([part for message in messages for part in (next(self._pieces), message)])


def pieces_of(kind: str, run_id: str) -> list[bytes]:
    """`kind` is one of KINDS."""
    return [piece for name in KINDS[kind] for piece in _PIECES[name](run_id)]


def named_events() -> list[bytes]:
    """Called as the browser calls its own, or as servers like to call what says nothing about the run."""
    told = dumps({"code": "UPSTREAM_SLOW", "message": "one of three indexes answers slowly"})
    return [_message(name, told) for name in ("error", "open", "message", "close", "end", "ping")]


def _bytes(run_id: str) -> list[bytes]:
    """No stream at all. Each ends with an empty line, so that it does not spoil the message after it."""
    return [
        b"\x00\x01\x02\x1b[31m\x7f\x80\xff\xfe\n\n",
        b"<html><h1>502 Bad Gateway</h1></html>\r\n\r\n",
        b"data\nevent\nid:\x00\n\n",
        b"\xef\xbb\xbfdata: a byte order mark where none may be\n\n",
        b"retry: soon\nretry: -1\nretry: 99999999999999999999\n\n",
        b": " + b"x" * 100_000 + b"\n\n",
    ]


def _utf8(run_id: str) -> list[bytes]:
    """Events of another run: what broken text stands for is for the reader to decide."""
    return [
        _message("step.log.appended", _text_event(broken))
        for broken in (b"\xff\xfe", b"\xc3", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xc0\xaf", b"\\ud83d")
    ]


def _text_event(text: bytes) -> bytes:
    event = _event("step.log.appended", "another-run", {"logEntry": {"level": "info", "message": "?", "timestamp": _STAMP}})
    return dumps(event).replace(b"?", text)


def _events(run_id: str) -> list[bytes]:
    """Well-formed events that are not meant for this viewer."""
    completed = {"status": "SUCCESS", "completedAt": _STAMP}
    return [
        _message("step.teleported", dumps(_event("step.teleported", run_id, {"to": "Mars"}))),
        _message("message", dumps(_event("", run_id, {}))),
        _message("__proto__", dumps(_event("constructor", run_id, {}))),
        _message("run.completed", dumps(_event("run.completed", "another-run", completed))),
        _message("step.completed", dumps(_event("step.completed", run_id, completed, "no-such-step"))),
    ]


def _payloads(run_id: str) -> list[bytes]:
    """Events of this run that say nothing that can be understood."""
    return [
        _message("run.completed", b""),
        _message("run.completed", b"{"),
        _message("run.completed", b"null"),
        _message("run.updated", b"[" * 10_000),
        _message("run.failed", dumps(_event("run.failed", run_id, None))),
        _message("run.updated", dumps(_event("run.updated", run_id, {"status": ["RUNNING"]}))),
        _message("step.completed", dumps(_event("step.completed", run_id, {"completedAt": {}}))),
        _message("step.failed", dumps(_event("step.failed", run_id, "oops", "no-such-step"))),
        _message("step.log.appended", dumps(_event("step.log.appended", run_id, {"logEntry": "a line"}))),
        _message("step.log.appended", dumps({"type": 7, "runId": [run_id], "timestamp": {}, "payload": 1e300})),
    ]


_PIECES = {"bytes": _bytes, "utf8": _utf8, "events": _events, "payloads": _payloads}
KINDS = {"all": tuple(_PIECES)} | {name: (name,) for name in _PIECES}


def _event(kind: str, run_id: str, payload: Json, step: str | None = None) -> Json:
    event = {"type": kind, "runId": run_id, "timestamp": _STAMP, "payload": payload}
    return event if step is None else event | {"stepKey": step}


def _message(name: str, data: bytes) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"
