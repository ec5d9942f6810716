"""A server whose clock is wrong: its Date header, and every timestamp that it writes.

Done to the bytes on their way out, so that runs, recordings and real servers can all be taken to another time.
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from email.utils import formatdate, parsedate_to_datetime

from ..web import Connection, Response
from .bodies import Passage, through

# A JSON string that is a timestamp and nothing else, in any of the ways of docs/WIRE.md#times.
_STAMP = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)((?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"')


def skewed(response: Response, seconds: float) -> Response:
    shifted = through(lambda connection: _Shifted(connection, seconds), response)
    if response.has("Date"):  # a real server's
        shifted.headers = [(name, _shift_date(name, value, seconds)) for name, value in shifted.headers]
    else:
        shifted.date = (time.time() if response.date is None else response.date) + seconds
    return shifted


class _Shifted(Passage):
    def __init__(self, connection: Connection, seconds: float) -> None:
        super().__init__(connection)
        self._by = timedelta(seconds=seconds)

    def _pass_on(self, messages: list[bytes]) -> None:
        super()._pass_on([_STAMP.sub(self._shift, message) for message in messages])

    def _shift(self, stamp: re.Match[bytes]) -> bytes:
        try:
            moved = datetime.fromisoformat(stamp[1].decode()) + self._by  # whole seconds: the fraction stays
        except (ValueError, OverflowError):  # the 99th of a month, or the year 9999
            return stamp[0]
        return b'"%s%s"' % (moved.isoformat().encode(), stamp[2])


def _shift_date(name: str, value: str, seconds: float) -> str:
    if name.lower() != "date":
        return value
    try:
        return formatdate(parsedate_to_datetime(value).timestamp() + seconds, usegmt=True)
    except ValueError:
        return value
