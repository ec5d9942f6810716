"""Timestamps as the API writes them, and the clock of a run."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

_SUMMER_TIME = timezone(timedelta(hours=2))


def with_z(epoch: float) -> str:
    """2026-11-20T14:03:11.320Z, as JavaScript's toISOString"""
    return datetime.fromtimestamp(epoch, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def with_microseconds(epoch: float) -> str:
    """2026-11-20T14:03:11.320512+00:00, as the database writes it"""
    return datetime.fromtimestamp(epoch, timezone.utc).isoformat(timespec="microseconds")


def with_offset(epoch: float) -> str:
    """2026-11-20T16:03:11.320+02:00"""
    return datetime.fromtimestamp(epoch, _SUMMER_TIME).isoformat(timespec="milliseconds")


def parse(stamp: str) -> float:
    """Epoch seconds of any of them. Raises ValueError."""
    return datetime.fromisoformat(stamp).timestamp()


class RunClock:
    """Says how far a run has come (its position, in seconds) at a given time of day (epoch seconds).

    It runs `speed` times as fast as the day, can be held and moved by hand, and stands still before `start`.
    """

    def __init__(self, speed: float = 1.0, position: float = 0.0) -> None:
        self._speed = speed
        self._position = position
        self._anchor: float | None = None  # when it was at _position; None: it stands still there

    @property
    def stands_still(self) -> bool:
        return self._anchor is None

    def start(self, now: float) -> None:
        if self._anchor is None:
            self._anchor = now

    def hold(self, now: float) -> None:
        self._position = self.position(now)
        self._anchor = None

    def move(self, position: float) -> None:
        """Only while it stands still."""
        assert self.stands_still
        self._position = max(self._position, position)

    def position(self, now: float) -> float:
        if self._anchor is None:
            return self._position
        return self._position + max(0.0, now - self._anchor) * self._speed

    def time_of(self, position: float, now: float) -> float:
        """The time of day at `position`; now, where the clock stands still."""
        return now if self._anchor is None else self._anchor + (position - self._position) / self._speed
