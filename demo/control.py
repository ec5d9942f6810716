"""What tests steer (POST /demo/control, only with --control) and count (GET /demo/stats)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from .faults import catalogue
from .faults.book import Book
from .json_text import Json, Raw, loads
from .load import Load
from .playbook import Playbook
from .playbooks import PLAYBOOKS
from .runs import Runs, is_uuid
from .stats import Stats
from .web import Request, Response, json_response


_VERBS = ("start", "hold", "goOn", "next", "advance", "drop", "fault", "faults", "clear", "restart")


class BadCommand(Exception):
    pass


class Control:
    """Commands, as JSON objects:

    {"do":"start","playbook":SLUG,"runId"?:UUID,"speed"?:N,"ago"?:SECONDS,"held"?:true}
                             → {"runId"}: the same id, the same run; one of some time ago has come as far since
    {"do":"start","playbook":"load","steps"?:N,"logLines"?:N,"eventsPerSecond"?:N,"burst"?:N,"eventIds"?:false, …}
                             → the same; 10 steps, 10,000 lines, 1,000 events a second each for itself, unless said
                             (see load.py)
    {"do":"hold","runId"}    stops the run's clock
    {"do":"goOn","runId"}    lets it go on
    {"do":"next","runId","events"?:N}      holds it, and makes the next N events (1) happen now, and all that belong
                                           to the same moment → {"events","over"}: how many, and is the run over
    {"do":"advance","runId","seconds":N}   holds it, and makes all of its next N seconds happen now → the same
    {"do":"drop","runId"}    breaks off its open streams → {"streams"}: how many
    {"do":"fault","fault":TEXT,"runId"?}   puts a fault in effect, for this run or for all (see faults/catalogue.py)
                             → {"number"}
    {"do":"faults"}          → {"faults":[{"number","fault","runId","struck"}]}: those in effect, and how often each
                             has struck
    {"do":"clear","number"?:N,"runId"?}    ends all faults, or only that one, or only those of this run → {"faults"}:
                             how many
    {"do":"restart","seconds":N}           ends all connections and refuses others for so long; runs go on meanwhile
    """

    def __init__(self, runs: Runs, book: Book, stats: Stats, clock: Callable[[], float], steers: bool) -> None:
        self._runs = runs
        self._book = book
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
            return self._do(loads(request.body))
        except (BadCommand, ValueError) as error:
            return json_response(400, {"error": str(error)})

    def _do(self, command: Json) -> Response:
        if not isinstance(command, dict):
            raise BadCommand("a command is an object")
        if command.get("do") == "restart":
            response = json_response(200, {})
            response.away = _number(command, "seconds", None)
            return response
        return json_response(200, self._do_to_demo(command) or self._do_to_run(command))

    def _do_to_demo(self, command: Json) -> Json:
        match command.get("do"):
            case "start":
                return self._start(command)
            case "fault":
                return {"number": self._book.add(catalogue.parse(str(command.get("fault"))), self._run_id(command))}
            case "faults":
                return {"faults": self._book.list()}
            case "clear":
                number = int(_number(command, "number", None)) if "number" in command else None
                return {"faults": self._book.clear(number=number, run_id=command.get("runId"))}
        return None

    def _do_to_run(self, command: Json) -> Json:
        now, verb = self._clock(), command.get("do")
        run = self._runs.get(str(command.get("runId")), now)
        if run is None:
            raise BadCommand("there is no run of that runId")
        match verb:
            case "hold":
                run.hold(now)
            case "goOn":
                run.go_on(now)
            case "next":
                run.hold(now)
                return {"events": run.skip(now, events=int(_number(command, "events", 1))), "over": run.over}
            case "advance":
                run.hold(now)
                return {"events": run.skip(now, seconds=_number(command, "seconds", None)), "over": run.over}
            case "drop":
                return {"streams": run.drop_streams()}
            case _:
                raise BadCommand(f"do is one of {', '.join(_VERBS)}")
        return {}

    def _start(self, command: Json) -> Json:
        run_id, now = command.get("runId"), self._clock()
        if run_id is not None and not (isinstance(run_id, str) and is_uuid(run_id)):
            raise BadCommand("runId is a UUID")
        speed = _number(command, "speed", 0)
        work = _work(command)
        run = self._runs.start(work, now - _number(command, "ago", 0), run_id=run_id, speed=speed or None)
        if command.get("held"):
            run.hold(now)
        return {"runId": run.id}

    def _run_id(self, command: Json) -> str | None:
        run_id = command.get("runId")
        if run_id is not None and self._runs.get(str(run_id), self._clock()) is None:
            raise BadCommand("there is no run of that runId")
        return run_id


def _work(command: Json) -> Playbook | Load:
    name = command.get("playbook")
    if name == "load":
        return Load(
            steps=int(_number(command, "steps", Load.steps, least=1)),
            log_lines=int(_number(command, "logLines", Load.log_lines)),
            events_per_second=_number(command, "eventsPerSecond", Load.events_per_second, least=0.001),
            burst=int(_number(command, "burst", Load.burst, least=1)),
            event_ids=command.get("eventIds") is not False,
        )
    if name not in PLAYBOOKS:
        raise BadCommand(f"playbook is one of {', '.join(PLAYBOOKS)}, load")
    return PLAYBOOKS[name]


def _number(command: Json, name: str, default: float | None, least: float = 0) -> float:
    value = command.get(name, default)
    if isinstance(value, Raw):
        value = float(value.text)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= 1e6:
        raise BadCommand(f"{name} is a number from {least:g} to a million")
    return value


def _is_ours(request: Request) -> bool:
    """Browsers name the origin of every POST; what is no browser (curl, a test) can do as it likes anyway."""
    origin = request.header("Origin")
    return origin == "" or urlsplit(origin).netloc == request.header("Host")
