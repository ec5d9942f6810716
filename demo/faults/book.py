"""The faults in effect, for which calls, and how often still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ..calls import Call, call_of
from ..json_text import Json
from ..web import Request, Response
from .catalogue import Fault

_MOST = 1000  # beyond that the oldest go first

Handler = Callable[[Request], Response]


@dataclass
class _Entry:
    fault: Fault
    run_id: str | None  # None: of every run
    seen: int = 0  # calls that it is for

    def meets(self, call: Call) -> bool:
        return call.kind in self.fault.calls and self.run_id in (None, call.run_id)

    @property
    def struck(self) -> int:
        most = self.seen if self.fault.times is None else self.fault.times
        return max(0, min(self.seen - self.fault.skip, most))


class Book:
    """Threads: every method may be called from any thread."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}  # by number, oldest first
        self._last = 0
        self._lock = threading.Lock()

    def add(self, fault: Fault, run_id: str | None = None) -> int:
        """Returns the number by which it can be cleared."""
        with self._lock:
            while len(self._entries) >= _MOST:
                del self._entries[next(iter(self._entries))]
            self._last += 1
            self._entries[self._last] = _Entry(fault, run_id)
            return self._last

    def clear(self, *, number: int | None = None, run_id: str | None = None) -> int:
        """All, or only that one, or only those of that run. Returns how many."""
        with self._lock:
            gone = [
                have
                for have, entry in self._entries.items()
                if number in (None, have) and run_id in (None, entry.run_id)
            ]
            for have in gone:
                del self._entries[have]
            return len(gone)

    def list(self) -> Json:
        with self._lock:
            return [
                {"number": number, "fault": entry.fault.text, "runId": entry.run_id, "struck": entry.struck}
                for number, entry in self._entries.items()
            ]

    def strike(self, call: Call) -> list[Fault]:
        """The faults that this call is to suffer, in the order in which they were added."""
        struck = []
        with self._lock:
            for entry in self._entries.values():
                if entry.meets(call):
                    before = entry.struck
                    entry.seen += 1
                    if entry.struck > before:
                        struck.append(entry.fault)
        return struck


def around(book: Book, handle: Handler) -> Handler:
    """`handle`, with what it answers to the API's calls spoilt as the book says."""

    def answer(request: Request) -> Response:
        response = handle(request)
        call = call_of(request) if request.method == "GET" else None
        for fault in book.strike(call) if call else []:
            response = fault.distort(request, call, response)
        return response

    return answer
