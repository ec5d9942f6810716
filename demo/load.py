"""Runs as large and as fast as one asks for: the same numbers, the same events.

The steps are worked on a few at a time, in their order: a step starts, its log lines come in turns with those of
the others, and it ends. `Load` says how many there are and when they happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import times
from .json_text import Json
from .reduce import progress
from .run import Run

_AT_ONCE = 8  # steps that run beside each other
_START_SECONDS = 1.0  # time for a page to open its stream before the first event
_NOBODY = "00000000-0000-4000-8000-000000000000"
_LEVELS = ("info",) * 7 + ("debug", "warn", "error")

Event = tuple[str, str | None, Json]  # type, step key, payload but for times


@dataclass(frozen=True)
class Load:
    """
    steps              of the run
    log_lines          of all steps together
    events_per_second  on average; every event counts, not only log lines
    burst              so many events happen at the same moment
    event_ids          whether the stream numbers its events
    """

    steps: int = 10
    log_lines: int = 10_000
    events_per_second: float = 1000.0
    burst: int = 1
    event_ids: bool = True

    def start(self, run_id: str, now: float, speed: float = 1.0) -> Run:
        source = _Source(self)
        run = Run(_document(self, run_id, now), source, clock=times.RunClock(speed), event_ids=self.event_ids)
        run.start_clock(now)
        return run

    def events(self) -> Iterator[Event]:
        yield "run.updated", None, {"status": "RUNNING", "currentStepKey": _key(0), "progress": 0}
        for first in range(0, self.steps, _AT_ONCE):
            batch = range(first, min(first + _AT_ONCE, self.steps))
            for step in batch:
                yield "step.updated", _key(step), {"status": "RUNNING", "attempt": 1}
            for line in range(max(map(self._lines_of, batch))):
                for step in batch:
                    if line < self._lines_of(step):
                        yield "step.log.appended", _key(step), _line(step, line)
            for step in batch:
                yield "step.completed", _key(step), {"status": "SUCCESS", "result": {"lines": self._lines_of(step)}}
        yield "run.completed", None, {"status": "COMPLETED", "totalSteps": self.steps, "successfulSteps": self.steps}

    def _lines_of(self, step: int) -> int:
        return self.log_lines // self.steps + (step < self.log_lines % self.steps)


class _Source:
    """See run.py."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._events = load.events()
        self._next: Event | None = next(self._events)
        self._happened = 0

    def due(self) -> float | None:
        if self._next is None:
            return None
        bursts = self._happened // self._load.burst
        return _START_SECONDS + bursts * self._load.burst / self._load.events_per_second

    def happen(self, run: Run, now: float) -> None:
        assert self._next is not None
        kind, step, payload = self._next
        self._next = next(self._events, None)
        self._happened += 1
        stamp = times.with_z(now)
        if kind == "step.updated":
            payload = payload | {"startedAt": stamp}
        elif kind in ("step.completed", "run.completed"):
            payload = payload | {"completedAt": stamp}
        elif kind == "step.log.appended":
            payload = {"logEntry": payload | {"timestamp": stamp}}
        run.emit(kind, stamp, payload, step)


def _key(step: int) -> str:
    return f"step-{step + 1}"


def _line(step: int, line: int) -> Json:
    return {"level": _LEVELS[line % len(_LEVELS)], "message": f"{_key(step)} line {line + 1}"}


def _document(load: Load, run_id: str, now: float) -> Json:
    created = times.with_z(now)
    steps = [_step(number, run_id, created) for number in range(load.steps)]
    return {
        "id": run_id,
        "playbookId": _NOBODY,
        "playbookName": f"Load of {load.steps} steps and {load.log_lines} lines",
        "playbookVersion": 1,
        "orgId": _NOBODY,
        "state": "running",
        "status": "RUNNING",
        "input": None,
        "output": None,
        "error": None,
        "startedAt": created,
        "completedAt": None,
        "createdAt": created,
        "updatedAt": created,
        "steps": steps,
        "progress": progress(steps),
    }


def _step(number: int, run_id: str, created: str) -> Json:
    return {
        "id": f"00000000-0000-4000-8000-{number:012x}",
        "key": _key(number),
        "name": f"Step {number + 1}",
        "type": ("AGENT", "DATA", "API", "BRANCH")[number % 4],
        "state": "queued",
        "status": "PENDING",
        "attempt": 0,
        "maxAttempts": 3,
        "input": {"number": number + 1},
        "output": None,
        "error": None,
        "logs": [],
        "startedAt": None,
        "completedAt": None,
        "createdAt": created,
    }
