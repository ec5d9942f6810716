"""The right answer, badly delivered.

Each class stands in for the connection that a body is sent to. What comes in is cut into messages, as of a
stream (each ends with an empty line); of any other answer the body is one message.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from ..web import BreakOff, Connection, Response

_END = b"\n\n"
_SLOW_PIECES_A_SECOND = 10


class Passage:
    """Passes messages on as they are. Like the Connection behind it, but for `finish`, which ends the body."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rest = b""

    def send(self, data: bytes) -> None:
        *messages, self._rest = (self._rest + data).split(_END)
        if messages:
            self._pass_on([message + _END for message in messages])

    def finish(self) -> None:
        if self._rest:
            self._pass_on([self._rest])

    def _pass_on(self, messages: list[bytes]) -> None:
        """`messages` are those that came at once: what happened at the same moment."""
        self._connection.send(b"".join(messages))

    def fileno(self) -> int:
        return self._connection.fileno()

    def is_closed(self) -> bool:
        return self._connection.is_closed()


def through(make: Callable[[Connection], Passage], response: Response) -> Response:
    """The answer, with its body sent through the passage that `make` makes."""
    send_body = response.stream or (lambda connection: connection.send(response.body))

    def stream(connection: Connection) -> None:
        passage = make(connection)
        send_body(passage)  # type: ignore[arg-type]
        passage.finish()

    headers = [(name, value) for name, value in response.headers if name.lower() != "content-length"]
    return replace(response, body=b"", headers=headers, stream=stream)


class _Counting(Passage):
    """Lets some messages pass before it gets bad."""

    def __init__(self, connection: Connection, good: int) -> None:
        super().__init__(connection)
        self._good = good

    def _pass_on(self, messages: list[bytes]) -> None:
        passed, rest = messages[: self._good], messages[self._good :]
        self._good -= len(passed)
        super()._pass_on(passed)
        if rest:
            self._go_bad(rest)

    def _go_bad(self, messages: list[bytes]) -> None:
        raise NotImplementedError


class Mute(_Counting):
    """Stays open, and delivers nothing more."""

    def _go_bad(self, messages: list[bytes]) -> None:
        pass


class Drop(_Counting):
    """Breaks off between two messages."""

    def __init__(self, connection: Connection, good: int) -> None:
        super().__init__(connection, good)
        if good == 0:
            raise BreakOff

    def _pass_on(self, messages: list[bytes]) -> None:
        super()._pass_on(messages)
        if self._good == 0:
            raise BreakOff

    def _go_bad(self, messages: list[bytes]) -> None:
        raise BreakOff


class Truncate(_Counting):
    """Breaks off in the middle of a message."""

    def _go_bad(self, messages: list[bytes]) -> None:
        self._connection.send(messages[0][: len(messages[0]) // 2])
        raise BreakOff


class Half(Passage):
    """Ends too early, though the connection says that this is all."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._whole = b""

    def send(self, data: bytes) -> None:
        self._whole += data

    def finish(self) -> None:
        self._connection.send(self._whole[: len(self._whole) // 2])


class Buffer(Passage):
    """Holds everything back until there is enough of it for a lump."""

    def __init__(self, connection: Connection, size: int) -> None:
        super().__init__(connection)
        self._size = size
        self._held = b""

    def _pass_on(self, messages: list[bytes]) -> None:
        self._held += b"".join(messages)
        if len(self._held) >= self._size:
            self._release()

    def finish(self) -> None:
        super().finish()
        self._release()

    def _release(self) -> None:
        self._connection.send(self._held)
        self._held = b""


class Duplicate(Passage):
    """Delivers each message several times."""

    def __init__(self, connection: Connection, copies: int) -> None:
        super().__init__(connection)
        self._copies = copies

    def _pass_on(self, messages: list[bytes]) -> None:
        super()._pass_on([message for message in messages for _ in range(self._copies)])


class Reorder(Passage):
    """Turns round the order of messages that happened at the same moment, some at a time. A single one is not held
    back for others to come: that would be a loss, where none come."""

    def __init__(self, connection: Connection, span: int) -> None:
        super().__init__(connection)
        self._span = span

    def _pass_on(self, messages: list[bytes]) -> None:
        spans = [messages[start : start + self._span] for start in range(0, len(messages), self._span)]
        super()._pass_on([message for span in spans for message in reversed(span)])


class Slow(Passage):
    """Delivers a few bytes at a time."""

    def __init__(self, connection: Connection, bytes_a_second: int) -> None:
        super().__init__(connection)
        self._piece = max(1, bytes_a_second // _SLOW_PIECES_A_SECOND)
        self._seconds = self._piece / bytes_a_second

    def _pass_on(self, messages: list[bytes]) -> None:
        data = b"".join(messages)
        for start in range(0, len(data), self._piece):
            self._connection.send(data[start : start + self._piece])
            time.sleep(self._seconds)
