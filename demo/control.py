"""What tests steer (POST /demo/control, only with --control) and count (GET /demo/stats)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from .json_text import Json, Raw, loads
from .playbooks import PLAYBOOKS
from .runs import Runs, is_uuid
from .stats import Stats
from .web import Request, Response, json_response


class BadCommand(Exception):
    pass


class Control:
    """Commands, as JSON objects:

    {"do":"start","playbook":SLUG,"runId"?:UUID,"speed"?:N,"ago"?:SECONDS,"held"?:true}
                             → {"runId"}: the same id, the same run; one of some time ago has come as far since
    {"do":"hold","runId"}    stops the run's clock
    {"do":"goOn","runId"}    lets it go on
    {"do":"next","runId","events"?:N}      holds it, and makes the next N events (1) happen now, and all that belong
                                           to the same moment → {"events","over"}: how many, and is the run over
    {"do":"advance","runId","seconds":N}   holds it, and makes all of its next N seconds happen now → the same
    {"do":"drop","runId"}    breaks off its open streams → {"streams"}: how many
    """

    def __init__(self, runs: Runs, stats: Stats, clock: Callable[[], float], steers: bool) -> None:
        self._runs = runs
        self._stats = stats
        self._clock = clock
        self._steers = steers

    def stats(self, request: Request) -> Response:
        run_id = request.parameters.get("run")
        return json_response(200, {"runs": self._stats.all()} if run_id is None else self._stats.of(run_id))

    def command(self, request: Request) -> Response:
        if not self._steers:
            return json_response(404, {"error": "start serve.py with --control"})
        if not _is_ours(request):
            return json_response(403, {"error": "only for pages of this server"})
        try:
            return json_response(200, self._do(loads(request.body)))
        except (BadCommand, ValueError) as error:
            return json_response(400, {"error": str(error)})

    def _do(self, command: Json) -> Json:
        if not isinstance(command, dict):
            raise BadCommand("a command is an object")
        now, verb = self._clock(), command.get("do")
        if verb == "start":
            return self._start(command, now)
        run = self._runs.get(str(command.get("runId")), now)
        if run is None:
            raise BadCommand("there is no run of that runId")
        if verb == "hold":
            run.hold(now)
        elif verb == "goOn":
            run.go_on(now)
        elif verb == "next":
            run.hold(now)
            return {"events": run.skip(now, events=int(_number(command, "events", 1))), "over": run.over}
        elif verb == "advance":
            run.hold(now)
            return {"events": run.skip(now, seconds=_number(command, "seconds", None)), "over": run.over}
        elif verb == "drop":
            return {"streams": run.drop_streams()}
        else:
            raise BadCommand("do is one of start, hold, goOn, next, advance, drop")
        return {}

    def _start(self, command: Json, now: float) -> Json:
        playbook = PLAYBOOKS.get(str(command.get("playbook")))
        run_id = command.get("runId")
        if playbook is None:
            raise BadCommand(f"playbook is one of {', '.join(PLAYBOOKS)}")
        if run_id is not None and not (isinstance(run_id, str) and is_uuid(run_id)):
            raise BadCommand("runId is a UUID")
        speed = _number(command, "speed", 0)
        run = self._runs.start(playbook, now - _number(command, "ago", 0), run_id=run_id, speed=speed or None)
        if command.get("held"):
            run.hold(now)
        return {"runId": run.id}


def _number(command: Json, name: str, default: float | None) -> float:
    value = command.get(name, default)
    if isinstance(value, Raw):
        value = float(value.text)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1e6:
        raise BadCommand(f"{name} is a number from 0 to a million")
    return value


def _is_ours(request: Request) -> bool:
    """Browsers name the origin of every POST; what is no browser (curl, a test) can do as it likes anyway."""
    origin = request.header("Origin")
    return origin == "" or urlsplit(origin).netloc == request.header("Host")
