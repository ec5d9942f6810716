"""What an event does to a run document (PlaybookRunView), as docs/WIRE.md#events says.

Used by the run itself, so that the document a viewer fetches and the events it was sent can't disagree, and
by the tests, which hold it against recorded data.
"""

from __future__ import annotations

from . import times
from .json_text import Json

# The status words of REST and of the events, to the states of the colour table.
STATES = {
    "PENDING": "queued",
    "QUEUED": "queued",
    "RUNNING": "running",
    "SUCCEEDED": "success",
    "SUCCESS": "success",
    "COMPLETED": "success",
    "FAILED": "failed",
    "CANCELLED": "canceled",
    "CANCELED": "canceled",
}  # any other word is its own state, in lower case: SKIPPED, BLOCKED, WAITING_FOR_DEPENDENCIES, …

_STATUSES = {
    "queued": "PENDING",
    "waiting_for_dependencies": "PENDING",
    "blocked": "PENDING",
    "running": "RUNNING",
    "success": "SUCCEEDED",
    "failed": "FAILED",
    "skipped": "SKIPPED",
}

TERMINAL_RUN_STATES = ("success", "failed", "canceled")
ENDED_STEP_STATES = (*TERMINAL_RUN_STATES, "skipped")

# Without these an event's payload is broken, and the event changes nothing.
_NEEDED = {
    "run.updated": {"status": str},
    "run.completed": {"completedAt": str},
    "run.failed": {"error": str, "failedAt": str},
    "step.updated": {"status": str},
    "step.completed": {"completedAt": str},
    "step.failed": {"error": str, "failedAt": str, "attempt": int, "willRetry": bool},
    "step.log.appended": {"logEntry": dict},
}


def set_state(thing: Json, status: str, canceled: str) -> None:
    """Gives a run or step the state that `status` means. REST knows fewer status words than the events;
    `canceled` is the one for that state, in which runs and steps differ."""
    state = STATES.get(status, status.lower())
    thing["state"] = state
    thing["status"] = canceled if state == "canceled" else _STATUSES.get(state, status)


def counts(run: Json, event: Json) -> bool:
    """Whether the event is one of this run's and well formed; otherwise it changes nothing."""
    if not isinstance(event, dict) or event.get("runId") != run["id"] or not isinstance(event.get("timestamp"), str):
        return False
    payload, needed = event.get("payload"), _NEEDED.get(event.get("type"))
    return (
        needed is not None
        and isinstance(payload, dict)
        and all(isinstance(payload.get(name), kind) for name, kind in needed.items())
    )


def reduce(run: Json, event: Json, step: Json | None) -> None:
    """Applies an event that `counts`. `step` is that of the run which the event names, if there is one. Log lines are
    no part of it: a document holds those of a step only from the moment its owner stores them (see Run)."""
    if run["state"] in TERMINAL_RUN_STATES:
        return
    kind, payload = event["type"], event["payload"]
    if kind == "run.updated":
        set_state(run, payload["status"], canceled="CANCELLED")
        if run["state"] == "running" and run.get("startedAt") is None:
            run["startedAt"] = event["timestamp"]  # the payload has no start time
    elif kind == "run.completed":
        set_state(run, "COMPLETED", canceled="CANCELLED")
        run["completedAt"] = payload["completedAt"]
    elif kind == "run.failed":
        set_state(run, "FAILED", canceled="CANCELLED")
        run["completedAt"] = payload["failedAt"]
        run["error"] = {"message": payload["error"]}
    elif step is not None:
        before = step["state"]
        _reduce_step(step, kind, payload)
        _recount(run["progress"], before, step["state"])
    run["updatedAt"] = event["timestamp"]


def meant(steps: list[Json]) -> Json:
    """Of several steps of one key the one that an event means: the one that is not over, else the newest."""
    going_on = [step for step in steps if step["state"] not in ENDED_STEP_STATES]
    begun = [step for step in going_on or steps if step.get("startedAt")]
    if begun:
        return max(begun, key=lambda step: times.parse(step["startedAt"]))
    return (going_on or steps)[0]


def _reduce_step(step: Json, kind: str, payload: Json) -> None:
    if kind == "step.updated":
        set_state(step, payload["status"], canceled="SKIPPED")
        if isinstance(payload.get("attempt"), int):
            step["attempt"] = payload["attempt"] - 1  # events count from one, REST from zero
        if "startedAt" in payload:
            step["startedAt"] = payload["startedAt"]
            step["completedAt"] = None  # a retry runs the same step again
    elif kind == "step.completed":
        set_state(step, "SUCCESS", canceled="SKIPPED")
        step["completedAt"] = payload["completedAt"]
        step["error"] = None
        if "result" in payload:
            step["output"] = payload["result"]
    elif kind == "step.failed":
        set_state(step, "QUEUED" if payload["willRetry"] else "FAILED", canceled="SKIPPED")
        step["completedAt"] = None if payload["willRetry"] else payload["failedAt"]
        step["error"] = {"message": payload["error"]}
        step["attempt"] = payload["attempt"] - (0 if payload["willRetry"] else 1)  # queued for its next attempt


# What the server counts: canceled, skipped and blocked steps are in none of its counts.
_COUNTED = {
    "success": "completed",
    "failed": "failed",
    "running": "running",
    "queued": "pending",
    "waiting_for_dependencies": "pending",
}


def progress(steps: list[Json]) -> Json:
    counted = {"total": len(steps), "completed": 0, "failed": 0, "running": 0, "pending": 0}
    for step in steps:
        if name := _COUNTED.get(step["state"]):
            counted[name] += 1
    return counted


def _recount(counted: Json, before: str, after: str) -> None:
    """Of a run with many steps, counting all of them again at each event would take most of the time."""
    if name := _COUNTED.get(before):
        counted[name] -= 1
    if name := _COUNTED.get(after):
        counted[name] += 1
