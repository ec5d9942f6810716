"""The playbook-runs API of docs/WIRE.md#requests, in both its profiles.

    api   /api/v1/playbook-runs/:id     /steps/:stepKey    /stream: the events
    app   /api/playbook-runs/:id        /steps/:stepKey    /stream: {"streamUrl"}, to be asked for each time
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from . import error_runs, session, sse
from .calls import Call, call_of
from .runs import Runs, is_uuid
from .stats import Stats
from .tokens import Tokens
from .web import Request, Response, json_bytes_response, json_response


@dataclass
class DemoApi:
    runs: Runs
    stats: Stats
    requires_cookie: bool = False
    stream_settings: sse.StreamSettings = field(default_factory=sse.StreamSettings)
    clock: Callable[[], float] = time.time
    tokens: Tokens = field(default_factory=Tokens)

    def answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            response = error_runs.ApiError(405, "METHOD_NOT_ALLOWED", "Only GET is possible here").response()
            response.headers.append(("Allow", "GET, HEAD"))
            return response
        call = call_of(request)
        if call is None:
            return error_runs.ApiError(404, "NOT_FOUND", "No such address").response()
        return self._answer(request, call)

    def _answer(self, request: Request, call: Call) -> Response:
        now, kind, run_id = self.clock(), call.kind, call.run_id
        self.stats.count(run_id, kind)
        if not self._may(request, run_id, kind, now):
            return error_runs.UNAUTHORIZED.response()
        if run_id in error_runs.ERROR_RUNS:
            _, respond = error_runs.ERROR_RUNS[run_id]
            return respond()
        run = self.runs.get(run_id, now)
        if run is None:
            return (error_runs.NOT_FOUND if is_uuid(run_id) else error_runs.INVALID_ID).response()
        if kind == "stream":
            count_open = lambda by: self.stats.count(run_id, "open", by)  # noqa: E731
            return sse.respond(run, request, self.stream_settings, self.clock, count_open)
        if kind == "streamUrl":
            token = self.tokens.issue(run_id, now)
            url = f"http://{request.header('Host')}/api/v1/playbook-runs/{run_id}/stream?token={token}"
            return json_response(200, {"success": True, "data": {"streamUrl": url}})
        if kind == "run":
            run.start_clock(now)
            body: bytes | None = run.view(now)
        else:
            body = run.step_view(call.step, now)
        if body is None:
            return error_runs.STEP_NOT_FOUND.response()
        response = json_bytes_response(200, body)
        response.date = run.date(now)
        return response

    def _may(self, request: Request, run_id: str, kind: str, now: float) -> bool:
        token = request.parameters.get("token")
        if kind == "stream" and token is not None:
            return self.tokens.redeem(token, run_id, now)
        return not self.requires_cookie or session.is_in(request)
