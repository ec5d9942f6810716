"""Documents and events as only some servers write them, meaning what they meant: see KINDS.

Done to the bytes on their way out, as the clock of skew.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..web import Connection
from .bodies import Passage

Change = Callable[[bytes], bytes]

_STAMP = re.compile(rb'"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|\+00:00)"')
_CONTROL = re.compile(rb"(?<!\\)((?:\\\\)*)\\(u001b|t)")  # a line break would end the data of an event


def _json(text: bytes) -> bytes:
    """A byte order mark, control characters as they are, NaN, a comma too many."""
    text = _CONTROL.sub(lambda found: found[1] + (b"\t" if found[2] == b"t" else b"\x1b"), text)
    text = re.sub(rb'("progress":\s*\{)', rb'\1"rate":NaN,', text)
    text = re.sub(rb"\}(\s*)$", rb",}\1", text)
    return re.sub(rb"^(event:[^\n]*\n(?:id:[^\n]*\n)?data: |id:[^\n]*\nevent:[^\n]*\ndata: |)(?=\{)", b"\\1\xef\xbb\xbf", text)


def _times(text: bytes) -> bytes:
    """Times as Go prints them, and its zero where there is none."""
    text = _STAMP.sub(rb'"\1 \2 +0000 UTC"', text)
    return re.sub(rb'("(?:started|completed)At":\s*)null', rb'\1"0001-01-01T00:00:00Z"', text)


def _quoted(text: bytes) -> bytes:
    """Numbers and booleans in quotes, empty objects for what there is not."""
    text = re.sub(rb'("(?:attempt|maxAttempts|duration|willRetry|success)":\s*)([\w.]+)', rb'\1"\2"', text)
    return re.sub(rb'("(?:workerInfo|collaborationContext)":\s*)null', rb"\1{}", text)


def _status(text: bytes) -> bytes:
    """A state that stays `queued` for ever, as the older engine leaves it."""
    return re.sub(rb'("state":\s*)"(?:running|success|failed|waiting_for_dependencies|skipped)"', rb'\1"queued"', text)


def _nan(text: bytes) -> bytes:
    """NaN for each output that is null."""
    return re.sub(rb'("(?:output|result)":\s*)null', rb"\1NaN", text)


def _canceled(text: bytes) -> bytes:
    """A run that is canceled, whose status and steps nobody has told."""
    return re.sub(rb'("state":\s*)"(?:queued|running)"(,\s*"status":\s*"\w+",\s*"triggeredBy")', rb'\1"canceled"\2', text, count=1)


KINDS: dict[str, tuple[Change, ...]] = {
    "all": (_json, _times, _quoted, _status),
    "json": (_json,),
    "times": (_times,),
    "quoted": (_quoted,),
    "status": (_status,),
    "nan": (_nan,),
    "canceled": (_canceled,),
}


class Odd(Passage):
    def __init__(self, connection: Connection, kind: str) -> None:
        """`kind` is one of KINDS."""
        super().__init__(connection)
        self._changes = KINDS[kind]

    def _pass_on(self, messages: list[bytes]) -> None:
        super()._pass_on([self._changed(message) for message in messages])

    def _changed(self, message: bytes) -> bytes:
        for change in self._changes:
            message = change(message)
        return message
