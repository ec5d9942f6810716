"""One run as the API shows it: a document, the events so far, and a clock of its own.

Nothing moves by itself. Whoever asks for something brings the time of day along and the run first catches up
with it, so there is no scheduler thread, the same questions always get the same answers, and a test plays a
minute in no time. What happens is decided by a `Source`: the engine, or a recording.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from . import times
from .json_text import Json, dumps
from .reduce import TERMINAL_RUN_STATES, counts, meant, progress, reduce

SUCCESS_HEAD = b'{"success":true,"data":'


class Source(Protocol):
    """What makes a run go on."""

    def due(self) -> float | None:
        """The position (seconds on the run's clock) of the next thing to happen; None: nothing will."""

    def happen(self, run: Run, now: float) -> None:
        """Makes that next thing happen. `now` is its time of day, in epoch seconds."""


class Run:
    """Threads: every public method may be called from any thread."""

    def __init__(
        self,
        document: Json,
        source: Source,
        *,
        clock: times.RunClock,
        event_ids: bool = True,
        stores_logs_at_once: bool = False,
        replaces_logs: bool = False,
        verbatim: bytes | None = None,
        date: Callable[[float], float] | None = None,
    ) -> None:
        """
        event_ids            whether the stream numbers its events (production does not)
        stores_logs_at_once  whether the document has each log line at once (production stores the lines of
                             a step when it ends: until then only the stream has them)
        replaces_logs        whether the log of a step that is tried again is that of its newest attempt alone
        verbatim             the document as bytes, served as they are until something happens
        date                 the run's time of day (epoch seconds) at a position, where it lives in another
                             time than we do
        """
        self._take(document)
        self.event_ids = event_ids
        self._stores_logs_at_once = stores_logs_at_once
        self._replaces_logs = replaces_logs
        self._unstored: dict[int, list[str]] = {}  # log lines that the document does not have yet, by id() of the step
        self._source = source
        self._clock = clock
        self._verbatim = verbatim
        self._date = date
        self._held = False
        self._frames: list[bytes] = []  # event n of the stream is the n-th, from one
        self._listeners: set[Callable[[bool], None]] = set()
        self._lock = threading.RLock()

    # Reading

    @property
    def id(self) -> str:
        return self.document["id"]

    @property
    def over(self) -> bool:
        return self.document["state"] in TERMINAL_RUN_STATES

    def view(self, now: float) -> bytes:
        """The body of GET playbook-runs/:id"""
        with self._lock:
            self.catch_up(now)
            return self._verbatim or SUCCESS_HEAD + dumps(self.document) + b"}"

    def step(self, key: Json) -> Json | None:
        """The document of the step that an event of this key means by now; None: no such step"""
        same = self._steps.get(key, []) if isinstance(key, str) else []
        return same[0] if len(same) == 1 else meant(same) if same else None

    def step_view(self, key: str, now: float) -> bytes | None:
        """The body of GET playbook-runs/:id/steps/:stepKey; None: no such step"""
        with self._lock:
            self.catch_up(now)
            same = self._steps.get(key)  # a database takes the first that it finds
            return SUCCESS_HEAD + dumps(same[0]) + b"}" if same else None

    def date(self, now: float) -> float:
        """What this run's server would call the time of day: viewers take their clock from the Date header."""
        with self._lock:
            return now if self._date is None else self._date(self._clock.position(now))

    def frames_after(self, count: int | None, now: float) -> tuple[list[bytes], int, float | None]:
        """The SSE messages after the first `count` (None: none so far), how many there are now, and when the
        next is to come (epoch seconds; None: not known)."""
        with self._lock:
            self.catch_up(now)
            frames = [] if count is None else self._frames[count:]
            due = self._source.due()
            next_at = None if due is None or self._clock.stands_still else self._clock.time_of(due, now)
            return frames, len(self._frames), next_at

    # Going on

    def catch_up(self, now: float) -> None:
        """Lets everything happen that is due."""
        with self._lock:
            position = self._clock.position(now)
            while (due := self._source.due()) is not None and due <= position:
                self._source.happen(self, self._clock.time_of(due, now))

    def start_clock(self, now: float) -> None:
        """Does nothing to a clock that goes already, or is held."""
        with self._lock:
            if self._held or not self._clock.stands_still:
                return
            self._clock.start(now)
        self._wake()

    def hold(self, now: float) -> None:
        """Stops the run's clock, until `go_on`."""
        with self._lock:
            self.catch_up(now)
            self._clock.hold(now)
            self._held = True
        self._wake()

    def go_on(self, now: float) -> None:
        with self._lock:
            self._held = False
            self._clock.start(now)
        self._wake()

    def skip(self, now: float, *, events: int = 0, seconds: float = 0.0) -> int:
        """While held: the next `events` events happen now (and all others of the same moment), then everything of
        the next `seconds`. Returns how many events that made."""
        with self._lock:
            before = len(self._frames)
            while len(self._frames) < before + events and (due := self._source.due()) is not None:
                self._clock.move(due)
                self._source.happen(self, now)
            self._clock.move(self._clock.position(now) + seconds)
            self.catch_up(now)
            made = len(self._frames) - before
        self._wake()
        return made

    # For sources

    def emit(
        self, kind: str, stamp: str, payload: Json, step_key: str | None = None, step: Json | None = None
    ) -> None:
        """Sends an event, and does to the document what it says. `step`: the document of the step, where its key alone
        does not tell which."""
        event = {"type": kind, "runId": self.id}
        if step_key is not None:
            event["stepKey"] = step_key
        self.emit_event(event | {"timestamp": stamp, "payload": payload}, step=step)

    def emit_event(self, event: Json, name: str | None = None, step: Json | None = None) -> None:
        """The same for an event in its wire shape, or for anything else that a recording holds. `name` is its
        SSE name, if not its type."""
        if counts(self.document, event):
            if self._verbatim:
                self._verbatim = None
                self.document["progress"] = progress(self.document["steps"])  # it may say what it likes till then
            step = step or self.step(event.get("stepKey"))
            reduce(self.document, event, step)
            self._keep_logs(event, step)
        number = f"id: {len(self._frames) + 1}\n" if self.event_ids else ""
        head = f"{number}event: {name or event['type']}\ndata: ".encode()
        self._frames.append(head + dumps(event) + b"\n\n")

    def _keep_logs(self, event: Json, step: Json | None) -> None:
        if step is None:
            return
        lines = self._unstored.setdefault(id(step), [])
        if event["type"] == "step.log.appended":
            lines.append(event["payload"]["logEntry"].get("message"))
        if self._stores_logs_at_once or event["type"] in ("step.completed", "step.failed"):
            step["logs"] = list(lines) if self._replaces_logs else (step.get("logs") or []) + lines
            lines.clear()

    def replace(self, document: Json, verbatim: bytes) -> None:
        self._take(document)
        self._verbatim = verbatim

    def _take(self, document: Json) -> None:
        self.document = document
        self._steps: dict[str, list[Json]] = {}
        for step in document["steps"]:
            self._steps.setdefault(step["key"], []).append(step)

    def keep_line(self, step: Json, line: str) -> None:
        """A log line that no event tells: it is in the document from the end of its step on."""
        self._unstored.setdefault(id(step), []).append(line)

    # Streams

    def listen(self, wake: Callable[[bool], None]) -> None:
        """Calls `wake(False)` when something changed that a sleeping stream could not foresee, and
        `wake(True)` when streams are to break off."""
        with self._lock:
            self._listeners.add(wake)

    def unlisten(self, wake: Callable[[bool], None]) -> None:
        with self._lock:
            self._listeners.discard(wake)

    def drop_streams(self) -> int:
        """Breaks off every open stream of this run, as a network does. Returns how many there were."""
        return self._wake(drop=True)

    def _wake(self, drop: bool = False) -> int:
        with self._lock:
            listeners = list(self._listeners)
        for wake in listeners:
            wake(drop)
        return len(listeners)
