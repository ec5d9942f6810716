"""Counts what was asked of each run, so that a test can prove what was not asked any more."""

from __future__ import annotations

import threading

from .calls import KINDS
from .json_text import Json

_MOST_RUNS = 1000


class Stats:
    """`run`, `step`, `stream` and `streamUrl` count requests; `open` is the number of streams open now."""

    def __init__(self) -> None:
        self._runs: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()

    def count(self, run_id: str, kind: str, by: int = 1) -> None:
        with self._lock:
            if run_id not in self._runs and len(self._runs) >= _MOST_RUNS:
                del self._runs[next(iter(self._runs))]
            counts = self._runs.setdefault(run_id, _nothing())
            counts[kind] += by

    def of(self, run_id: str) -> Json:
        with self._lock:
            return dict(self._runs.get(run_id, _nothing()))

    def all(self) -> Json:
        with self._lock:
            return {run_id: dict(counts) for run_id, counts in self._runs.items()}


def _nothing() -> dict[str, int]:
    return dict.fromkeys((*KINDS, "open"), 0)
