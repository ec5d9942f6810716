"""What faults there are, and how they are written:

    NAME[:PART[,PART]...]

A part is the fault's own value (`delay:2`), the calls that it is for (`503:run`), or how often it strikes
(`500:run,skip=1,times=3`: not the first, but the three after it).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..calls import KINDS, Call
from ..web import Request, Response
from . import answers, bodies, garbage, odd
from .skew import skewed

Value = int | float | str
Distort = Callable[[Request, Call, Response, Value], Response]

_MOST = 1_000_000
_JSON = ("run", "step", "streamUrl")
_STREAM = ("stream",)


class BadFault(ValueError):
    """Its text says what is wrong with how a fault is written."""


@dataclass(frozen=True)
class Kind:
    """A row of the catalogue. The type of `default` is the type of the fault's value; None: it has none."""

    name: str
    summary: str
    distort: Distort
    calls: tuple[str, ...] = KINDS  # those for which it makes sense, and for which it is where nothing else is said
    default: Value | None = None
    least: float = 0
    choices: tuple[str, ...] = ()
    times: int | None = None  # how often it strikes where nothing else is said; None: always


@dataclass(frozen=True)
class Fault:
    """One that has been asked for."""

    text: str  # as it was written
    kind: Kind
    value: Value
    calls: frozenset[str]
    skip: int = 0
    times: int | None = None

    def distort(self, request: Request, call: Call, response: Response) -> Response:
        return self.kind.distort(request, call, response, self.value)


def _deliver(passage: Callable[..., bodies.Passage]) -> Distort:
    return lambda request, call, response, value: bodies.through(lambda sink: passage(sink, value), response)


def _refuse(status: int) -> Distort:
    return lambda request, call, response, value: answers.ERRORS[status].response()


def _redirect(request: Request, call: Call, response: Response, value: Value) -> Response:
    return answers.to_the_run(request)


def _half(request: Request, call: Call, response: Response, value: Value) -> Response:
    return bodies.through(bodies.Half, response)


def _other_type(request: Request, call: Call, response: Response, value: Value) -> Response:
    return answers.of_another_type(response, str(value))


def _skew(request: Request, call: Call, response: Response, value: Value) -> Response:
    return skewed(response, float(value))


def _delay(request: Request, call: Call, response: Response, value: Value) -> Response:
    time.sleep(float(value))
    return response


def _garbage(request: Request, call: Call, response: Response, value: Value) -> Response:
    if call.kind != "stream":
        return answers.garbage()
    return bodies.through(lambda sink: garbage.Garbage(sink, str(value), call.run_id), response)


def _restart(request: Request, call: Call, response: Response, value: Value) -> Response:
    broken = bodies.through(lambda sink: bodies.Drop(sink, 0), response)
    return replace(broken, away=float(value))


CATALOGUE: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("drop", "breaks off after N messages, or before the body of any other answer",
             _deliver(bodies.Drop), default=0),
        Kind("truncate", "breaks off inside a message, after N whole ones, or inside any other answer",
             _deliver(bodies.Truncate), default=0),
        Kind("mute", "stays open, but after N messages nothing comes any more",
             _deliver(bodies.Mute), _STREAM, default=0),
        Kind("buffer", "is held back by a proxy until there are N bytes of it",
             _deliver(bodies.Buffer), _STREAM, default=16_384, least=1),
        Kind("duplicate", "brings each event N times",
             _deliver(bodies.Duplicate), _STREAM, default=2, least=1),
        Kind("reorder", "brings events of the same moment turned round, N at a time",
             _deliver(bodies.Reorder), _STREAM, default=2, least=1),
        Kind("slow", "comes at N bytes a second", _deliver(bodies.Slow), default=500, least=1),
        Kind("delay", "comes after N seconds", _delay, default=2.0),
        Kind("garbage", "brings nonsense between the events, or in place of JSON",
             _garbage, default="all", choices=tuple(garbage.KINDS)),
        Kind("odd", "comes as only some servers write it",
             _deliver(odd.Odd), ("run", "step", "stream"), default="all", choices=tuple(odd.KINDS)),
        Kind("half", "ends in the middle of the JSON", _half, _JSON),
        Kind("type", "has the wrong Content-Type", _other_type, default="text/html"),
        Kind("303", "redirects to the JSON of the run", _redirect, ("stream", "streamUrl")),
        *(Kind(str(status), f"is refused: {error.code}", _refuse(status)) for status, error in answers.ERRORS.items()),
        Kind("skew", "comes from a server whose clock is N seconds ahead (negative: behind)",
             _skew, default=300.0, least=-_MOST),
        Kind("restart", "makes the server go away for N seconds, once, where times= says no other",
             _restart, default=3.0, times=1),
    )
}  # fmt: skip


def parse(text: str) -> Fault:
    """Raises BadFault."""
    name, _, rest = text.partition(":")
    kind = CATALOGUE.get(name)
    if kind is None:
        raise BadFault(f"there is no fault {name!r}, but {', '.join(CATALOGUE)}")
    fault = Fault(text, kind, "" if kind.default is None else kind.default, frozenset(), times=kind.times)
    for part in rest.split(",") if rest else []:
        fault = _with_part(fault, part)
    return fault if fault.calls else replace(fault, calls=frozenset(kind.calls))


def _with_part(fault: Fault, part: str) -> Fault:
    name, is_setting, value = part.partition("=")
    if part in KINDS:
        if part not in fault.kind.calls:
            raise BadFault(f"{fault.text}: {fault.kind.name} is for {', '.join(fault.kind.calls)}")
        return replace(fault, calls=fault.calls | {part})
    if is_setting and name == "skip":
        return replace(fault, skip=int(_number(fault, value, 0)))
    if is_setting and name == "times":
        return replace(fault, times=int(_number(fault, value, 1)))
    if isinstance(fault.kind.default, (int, float)):
        return replace(fault, value=type(fault.kind.default)(_number(fault, part, fault.kind.least)))
    if isinstance(fault.kind.default, str) and _is_text_for(fault.kind, part):
        return replace(fault, value=part)
    raise BadFault(f"{fault.text}: {part!r} means nothing to {fault.kind.name}")


def _is_text_for(kind: Kind, text: str) -> bool:
    return text in kind.choices if kind.choices else text.isascii() and text.isprintable() and "/" in text


def _number(fault: Fault, text: str, least: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= _MOST:
        raise BadFault(f"{fault.text}: {text!r} is no number from {least:g} to {_MOST}")
    return number


def help_text() -> str:
    """The catalogue for --help."""
    lines = [
        "faults: NAME[:PART,...]. A part is the fault's own value N, calls that it is for (" + ", ".join(KINDS) + ";",
        "all that make sense, unless said), skip=N to leave the first N alone, or times=N to strike N times only:",
        "--fault mute   --fault 500:run,skip=2,times=5   --fault garbage:utf8   --fault delay:4,step",
        "",
    ]
    for kind in CATALOGUE.values():
        notes = [", ".join(kind.choices), "" if kind.default is None else f"default {_plain(kind.default)}"]
        note = "; ".join(filter(None, notes))
        lines.append(f"  {kind.name:<11}{kind.summary}{f' ({note})' if note else ''}")
    return "\n".join(lines)


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:g}"
