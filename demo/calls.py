"""Which of the API's calls a request is."""

from __future__ import annotations

from dataclasses import dataclass

from .web import Request

KINDS = ("run", "step", "stream", "streamUrl")


@dataclass(frozen=True)
class Call:
    """
    kind  run, step, stream (the events) or streamUrl (where the app profile asks for the stream's address)
    step  the step's key, of a step
    """

    kind: str
    run_id: str
    step: str = ""


def call_of(request: Request) -> Call | None:
    match request.segments:
        case ["api", "v1", "playbook-runs", run_id, *rest]:
            app = False
        case ["api", "playbook-runs", run_id, *rest]:
            app = True
        case _:
            return None
    match rest:
        case []:
            return Call("run", run_id)
        case ["steps", step]:
            return Call("step", run_id, step)
        case ["stream"]:
            return Call("streamUrl" if app else "stream", run_id)
    return None
