"""Web apps with the viewer in them, to learn from: shell/examples, in the Pravado shape.

    /examples/NAME/                               starts the demo's runs that it shows, and goes to the first
    /examples/NAME/app/playbooks/runs/RUN         the app
    /examples/runs.json                           the runs in its list
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from .guard import Guard
from .playbooks import PLAYBOOKS
from .runs import Runs
from .static_files import StaticFiles
from .web import Request, Response, json_response, redirect

FOLDER = Path(__file__).resolve().parent.parent / "shell" / "examples"
NAMES = {"plain": "Plain HTML", "react": "React"}

_SHOWN = ("product-launch", "crisis-response", "regional-fan-out")


class Examples:
    def __init__(self, runs: Runs | None, guard: Guard, clock: Callable[[], float] = time.time) -> None:
        self._runs = runs
        self._files = {name: StaticFiles(FOLDER / name, guard, is_viewer=False) for name in NAMES}
        self._shared = StaticFiles(FOLDER, guard, is_viewer=False)
        self._clock = clock

    def serve(self, request: Request, rest: list[str]) -> Response | None:
        match rest:
            case ["runs.json"]:
                return json_response(200, self._list())
            case [_]:
                return self._shared.serve(request, rest)
            case [name, *path] if name in self._files:
                return self._app(request, name, path)
        return None

    def _app(self, request: Request, name: str, path: list[str]) -> Response | None:
        match path:
            case [""]:
                return redirect(303, f"/examples/{name}/app/playbooks/runs/{quote(self._first_run(), safe='')}")
            case ["app", "playbooks", "runs", _]:
                return self._files[name].serve(request, ["index.html"])
        return self._files[name].serve(request, path)

    def _list(self) -> list[dict[str, str]]:
        runs = self._runs.newest(self._clock(), 8) if self._runs else []
        return [{"id": run.id, "name": run.document["playbookName"], "state": run.document["state"]} for run in runs]

    def _first_run(self) -> str:
        """Starts one of each shown playbook; "" where a real server has the runs."""
        if self._runs is None:
            return ""
        return [self._runs.start(PLAYBOOKS[slug], self._clock()).id for slug in reversed(_SHOWN)][-1]


def is_built(name: str) -> bool:
    return (FOLDER / name / "app.js").is_file()
