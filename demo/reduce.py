"""What an event does to a run document (PlaybookRunView), as the events table of the wire contract says.

Used by the run itself, so that the document a viewer fetches and the events it was sent can't disagree, and
by the tests, which hold it against recorded data.
"""

from __future__ import annotations

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


def find_step(run: Json, key: str | None) -> Json | None:
    return next((step for step in run["steps"] if step["key"] == key), None)


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


def reduce(run: Json, event: Json) -> None:
    """Applies an event that `counts`. Log lines are no part of it: a document holds those of a step only from
    the moment its owner stores them (see Run)."""
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
    elif (step := find_step(run, event.get("stepKey"))) is not None:
        _reduce_step(step, kind, payload)
    run["updatedAt"] = event["timestamp"]
    run["progress"] = progress(run["steps"])


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


def progress(steps: list[Json]) -> Json:
    """The server's counts: canceled, skipped and blocked steps are in none of them."""
    states = [step["state"] for step in steps]
    return {
        "total": len(states),
        "completed": states.count("success"),
        "failed": states.count("failed"),
        "running": states.count("running"),
        "pending": states.count("queued") + states.count("waiting_for_dependencies"),
    }
