"""Short-lived tokens, each good for one stream of one run: what the app profile's `streamUrl` carries."""

from __future__ import annotations

import secrets
import threading

_LIFE_SECONDS = 60.0
_MOST = 1000


class Tokens:
    def __init__(self) -> None:
        self._issued: dict[str, tuple[str, float]] = {}  # run id and end of life by token, oldest first
        self._lock = threading.Lock()

    def issue(self, run_id: str, now: float) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            while len(self._issued) >= _MOST:
                del self._issued[next(iter(self._issued))]
            self._issued[token] = (run_id, now + _LIFE_SECONDS)
        return token

    def redeem(self, token: str, run_id: str, now: float) -> bool:
        with self._lock:
            issued_for, ends = self._issued.pop(token, ("", 0.0))
        return issued_for == run_id and now < ends
