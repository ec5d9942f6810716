"""Recorded data, played through the API.

A recording is a run document alone, served as it is, or three files: NAME.initial.json (the run as first
fetched), NAME.stream.ndjson (the events that followed, one {"atMs", "event", "data"} a line, `atMs` counted from
the run's start) and perhaps NAME.final.json. Documents are served byte for byte until an event changes them.

A recorded run lives in its own time: its answers carry a Date header of then, from which a viewer takes the
server's clock, so nothing in the data has to be shifted.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

from . import times
from .json_text import Json, dumps, loads
from .run import SUCCESS_HEAD, Run

# How long before its first event a replay begins: time for a page to open its stream.
_LEAD_SECONDS = 1.0

# When a run that is over, and of which no events are known, is looked at: nobody expects anything of it then.
_LONG_AFTER_END = 3600.0

_PARTS = (".initial.json", ".stream.ndjson", ".final.json")


class BrokenRecording(Exception):
    """Its text names the file, and the line where there is one."""


@dataclass(frozen=True)
class Document:
    run: Json
    body: bytes  # as served


@dataclass(frozen=True)
class RecordedEvent:
    at: float  # seconds from the run's start
    name: str  # its SSE name
    data: Json


@dataclass(frozen=True)
class Recording:
    initial: Document
    events: tuple[RecordedEvent, ...]
    final: Document | None

    @property
    def run_id(self) -> str:
        return self.initial.run["id"]

    @property
    def title(self) -> str:
        return str(self.initial.run.get("playbookName", self.run_id))

    def play(self, speed: float = 1.0) -> Run:
        """A run that begins when it is first fetched."""
        first = self.events[0].at if self.events else 0.0
        began = self._began()
        return Run(
            copy.deepcopy(self.initial.run),
            _Player(self),
            clock=times.RunClock(speed, position=max(0.0, first - _LEAD_SECONDS)),
            verbatim=self.initial.body,
            date=None if began is None else lambda position: began + position,
        )

    def _began(self) -> float | None:
        """The time of day (epoch seconds) at position zero, as far as the data tells."""
        for event in self.events:
            if isinstance(event.data, dict) and (stamp := _time(event.data.get("timestamp"))) is not None:
                return stamp - event.at
        things, names = [self.initial.run, *self.initial.run["steps"]], ("updatedAt", "startedAt", "completedAt")
        stamps = [_time(thing.get(name)) for thing in things for name in names]
        newest = max((stamp for stamp in stamps if stamp is not None), default=None)
        is_over = self.initial.run.get("completedAt") is not None
        return newest + _LONG_AFTER_END if newest is not None and is_over else newest


class _Player:
    """A Source (see run.py) that plays a recording."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._next = 0

    def due(self) -> float | None:
        events = self._recording.events
        return events[self._next].at if self._next < len(events) else None

    def happen(self, run: Run, now: float) -> None:
        event = self._recording.events[self._next]
        self._next += 1
        run.emit_event(event.data, event.name)
        final = self._recording.final
        if final and self.due() is None:
            run.replace(copy.deepcopy(final.run), final.body)


def load(path: Path) -> Recording:
    """The recording that `path` names: a document, one of the three files, or NAME. Raises BrokenRecording."""
    stem = next((str(path).removesuffix(part) for part in _PARTS if str(path).endswith(part)), str(path))
    initial, stream, final = (Path(stem + part) for part in _PARTS)
    if not stream.exists() and path.is_file():
        return Recording(_read_document(path), (), None)
    return Recording(
        _read_document(initial), _read_events(stream), _read_document(final) if final.exists() else None
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenRecording(f"{path}: {error.strerror}") from None


def _read_document(path: Path) -> Document:
    body = _read(path)
    answer = _parse(body, f"{path}")
    enveloped = isinstance(answer, dict) and answer.get("success") is True and "data" in answer
    run = answer["data"] if enveloped else answer
    steps = run.get("steps") if isinstance(run, dict) else None
    if not (isinstance(steps, list) and isinstance(run.get("id"), str) and isinstance(run.get("state"), str)):
        raise BrokenRecording(f"{path}: not a run document (an object with id, state and steps)")
    for number, step in enumerate(steps):
        if not (isinstance(step, dict) and isinstance(step.get("key"), str) and "state" in step):
            raise BrokenRecording(f"{path}: steps[{number}] is not a step (an object with key and state)")
    return Document(run, body if enveloped else SUCCESS_HEAD + body + b"}")


def _read_events(path: Path) -> tuple[RecordedEvent, ...]:
    events: list[RecordedEvent] = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        entry = _parse(line, where)
        if not isinstance(entry, dict) or not isinstance(entry.get("event"), str) or "data" not in entry:
            raise BrokenRecording(f'{where}: not {{"atMs": number, "event": text, "data": …}}')
        at = _number(entry.get("atMs"))
        if at is None or at < 0:
            raise BrokenRecording(f"{where}: atMs is not a number of milliseconds")
        if events and at / 1000 < events[-1].at:
            raise BrokenRecording(f"{where}: atMs goes back")
        if "\n" in entry["event"] or "\r" in entry["event"]:
            raise BrokenRecording(f"{where}: an event name is one line")
        if entry["event"] != "connected":  # the server's own: it sends one to each stream
            events.append(RecordedEvent(at / 1000, entry["event"], entry["data"]))
    return tuple(events)


def _parse(text: bytes, where: str) -> Json:
    try:
        return loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenRecording(f"{where}: not JSON ({error})") from None


def _number(value: Json) -> float | None:
    try:
        return None if isinstance(value, (bool, str)) else float(dumps(value))
    except (TypeError, ValueError):
        return None


def _time(stamp: Json) -> float | None:
    try:
        return times.parse(stamp)
    except (TypeError, ValueError):
        return None
