"""The runs that the demo knows, for an hour each."""

from __future__ import annotations

import re
import threading
import uuid

from . import engine
from .load import Load
from .playbook import Playbook
from .replay import Recording
from .run import Run

_KEPT_SECONDS = 3600.0
_MOST_RUNS = 200  # beyond that the oldest go first

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


class Runs:
    def __init__(self, recordings: tuple[Recording, ...] = (), speed: float = 1.0) -> None:
        self.recordings = recordings
        self._speed = speed
        self._started: dict[str, tuple[float, Run]] = {}  # oldest first
        self._replayed = {recording.run_id: recording.play(speed) for recording in recordings}
        self._lock = threading.Lock()

    def start(
        self, work: Playbook | Load, now: float, *, run_id: str | None = None, speed: float | None = None
    ) -> Run:
        run_id, speed = run_id or str(uuid.uuid4()), speed or self._speed
        run = work.start(run_id, now, speed) if isinstance(work, Load) else engine.start(work, run_id, now, speed)
        with self._lock:
            self._started.pop(run.id, None)
            self._started[run.id] = (now, run)
            self._forget(now)
        return run

    def restart(self, recording: Recording) -> Run:
        """Plays a recording again from its beginning, for everybody: the recorded run id is what it is."""
        run = recording.play(self._speed)
        with self._lock:
            old, self._replayed[run.id] = self._replayed[run.id], run
        old.drop_streams()
        return run

    def get(self, run_id: str, now: float) -> Run | None:
        with self._lock:
            self._forget(now)
            _, run = self._started.get(run_id, (now, None))
            return run or self._replayed.get(run_id)

    def newest(self, now: float, most: int) -> list[Run]:
        with self._lock:
            self._forget(now)
            return [run for _, run in reversed(self._started.values())][:most]

    def _forget(self, now: float) -> None:
        for run_id, (started, _) in list(self._started.items()):
            if now - started < _KEPT_SECONDS and len(self._started) <= _MOST_RUNS:
                break
            del self._started[run_id]
