"""Performs a playbook: the state machine that turns one into a run.

Every step goes waiting_for_dependencies (or blocked) → queued → running → success or failed, with a worker
from a small pool, retries, blocking, and branches that skip their other sides. When a step has failed for good,
what depends on it is canceled, what already runs may end, and the run fails.

Deterministic: jitter and the playbooks' own dice come from the run id.
"""

from __future__ import annotations

import copy
import heapq
import math
import random
import uuid
from collections.abc import Callable
from itertools import count

from . import times
from .json_text import Json
from .playbook import Blocked, Log, Message, Playbook, Script, Share, Step, StepFailed, Trace, Unblocked, Work
from .reduce import progress
from .run import Run

_ORG = "6513270e-269e-4d37-b2a7-4de452e6b438"  # the organisation of the recorded runs
_EMBEDDING_LENGTH = 384
_DISPATCH_SECONDS = 0.15  # from queued to running
_QUEUED_SECONDS = 2.0  # for a playbook that starts queued
_START_SECONDS = 1.0  # for the others: time for a page to open its stream before the first event

Action = Callable[[Run, float], None]


def start(playbook: Playbook, run_id: str, now: float, speed: float = 1.0) -> Run:
    performance = _Performance(playbook, run_id)
    run = Run(
        performance.document(now),
        performance,
        clock=times.RunClock(speed),
        event_ids=playbook.event_ids,
        stores_logs_at_once=playbook.stores_logs_at_once,
        replaces_logs=playbook.as_product_server,
    )
    run.start_clock(now)
    return run


def duration(playbook: Playbook) -> float:
    """About how many seconds it takes."""
    run = start(playbook, "", now=0.0)
    run.catch_up(math.inf)
    return times.parse(run.document["completedAt"])


class _Job:
    """One step of a performance."""

    def __init__(self, step: Step, place: int) -> None:
        self.step = step
        self.place = place  # among the steps of the run
        self.attempt = 0  # the one under way or to come, from one
        self.worker: str | None = None
        self.script: Script | None = None
        self.random = random.Random()
        self.started = 0.0  # epoch seconds
        self.ended = False  # success, failed, skipped or canceled


class _Performance:
    """A Source (see run.py) that performs a playbook."""

    def __init__(self, playbook: Playbook, run_id: str) -> None:
        self._playbook = playbook
        self._run_id = run_id
        self._jobs = {step.handle: _Job(step, place) for place, step in enumerate(playbook.steps)}
        self._free_workers = [f"worker-{number + 1}" for number in range(playbook.workers)]
        self._queue: list[_Job] = []
        self._running: list[_Job] = []
        self._failed: _Job | None = None
        self._actions: list[tuple[float, int, Action]] = []  # a heap, by position
        self._order = count()
        self._position = 0.0
        self._told: Json = None  # the payload of the last run.updated
        self._after(_QUEUED_SECONDS if playbook.starts_queued else _START_SECONDS, self._begin)

    # Source

    def due(self) -> float | None:
        return self._actions[0][0] if self._actions else None

    def happen(self, run: Run, now: float) -> None:
        self._position, _, action = heapq.heappop(self._actions)
        action(run, now)

    # The run

    def document(self, now: float) -> Json:
        """The run as it stands before anything has happened."""
        playbook, created = self._playbook, self._playbook.stamp(now)
        steps = [self._step_document(step, created) for step in playbook.steps]
        queued = playbook.starts_queued
        return {
            "id": self._run_id,
            "playbookId": self._uuid("playbook", run=False),
            "playbookName": playbook.name,
            "playbookVersion": playbook.version,
            "orgId": _ORG,
            "state": "queued" if queued else "running",
            "status": "PENDING" if queued else "RUNNING",
            "triggeredBy": playbook.triggered_by,
            "input": playbook.input,
            "output": None,
            "error": None,
            "webhookUrl": playbook.webhook_url,
            "workerInfo": None,
            "startedAt": None if queued else created,
            "completedAt": None,
            "createdAt": created,
            "updatedAt": created,
            "steps": steps,
            "progress": progress(steps),
        }

    def _step_document(self, step: Step, created: str) -> Json:
        document = {
            "id": self._uuid(f"step {step.handle}"),
            "key": step.key,
            "name": step.name,
            "type": step.type,
            "state": "queued",
            "status": "PENDING",
            "attempt": 0,
            "maxAttempts": step.max_attempts,
            "input": None,
            "output": None,
            "error": None,
            "logs": [],
            "workerInfo": None,
            "collaborationContext": None,
            "episodicTraces": [],
            "personality": step.personality,
            "startedAt": None,
            "completedAt": None,
            "createdAt": created,
        }
        if (step.starts_blocked or step.after) and not self._playbook.as_product_server:
            document["state"] = "blocked" if step.starts_blocked else "waiting_for_dependencies"
        if self._playbook.shows_dependencies:
            document["dependencies"] = [self._jobs[handle].step.key for handle in step.after]
        return document | copy.deepcopy(step.overrides)

    def _begin(self, run: Run, now: float) -> None:
        self._tell_progress(run, now)
        self._dispatch(run, now)

    def _tell_progress(self, run: Run, now: float) -> None:
        if self._playbook.as_product_server:
            return
        counts = run.document["progress"]
        ended = sum(job.ended for job in self._jobs.values())
        busy = self._running + self._queue
        current = next((job.step.key for job in self._jobs.values() if job in busy), None)
        payload = {"status": "RUNNING", "currentStepKey": current, "progress": round(100 * ended / counts["total"])}
        if payload != self._told:
            self._told = payload
            run.emit("run.updated", self._stamp(now), payload)

    def _finish(self, run: Run, now: float) -> None:
        stamp = self._stamp(now)
        if self._failed:
            step = self._failed.step
            error = f"{step.name}: {self._document_of(run, self._failed)['error']['message']}"
            payload = {"status": "FAILED", "error": error, "failedAt": stamp, "failedStepKey": step.key}
            run.emit("run.failed", stamp, payload)
            return
        steps = run.document["steps"]
        run.document["output"] = self._playbook.output(self._output_of(run))
        successful = sum(step["state"] == "success" for step in steps)
        run.emit(
            "run.completed",
            stamp,
            {"status": "COMPLETED", "completedAt": stamp, "totalSteps": len(steps), "successfulSteps": successful},
        )

    # Which step is next

    def _dispatch(self, run: Run, now: float) -> None:
        """Queues the steps whose turn has come, skips those that stand on a side not taken, and hands free
        workers to the queued. Called whenever something may have changed that."""
        for job in self._jobs.values():
            if not job.ended and job.attempt == 0 and all(self._jobs[key].ended for key in job.step.after):
                if self._is_skipped(job, run):
                    self._end_without_work(run, now, job, "SKIPPED")
                else:
                    self._enqueue(run, now, job)
        while self._queue and self._free_workers:
            job = self._queue.pop(0)
            job.worker = self._free_workers.pop(0)
            self._running.append(job)
            self._after(_DISPATCH_SECONDS, lambda run, now, job=job: self._start(run, now, job))
        if not self._running and not self._queue and all(job.ended for job in self._jobs.values()):
            self._after(0.3, self._finish)

    def _is_skipped(self, job: _Job, run: Run) -> bool:
        """On a side that its branch has not taken, or behind nothing but skipped steps. The list of jobs is in
        the order of dependencies, so a chain of them is skipped in one go."""
        before = [(self._jobs[key].step, self._document_of(run, self._jobs[key])) for key in job.step.after]
        taken = [state["output"]["chosen"] for step, state in before if step.type == "BRANCH" and state["output"]]
        if job.step.side is not None and taken and job.step.side not in taken:
            return True
        return bool(before) and all(state["state"] == "skipped" for _, state in before)

    def _enqueue(self, run: Run, now: float, job: _Job) -> None:
        job.attempt += 1
        self._queue.append(job)
        if self._playbook.as_product_server:
            self._document_of(run, job)["state"] = "queued"
            return
        self._tell(run, now, job, "step.updated", {"status": "QUEUED", "attempt": job.attempt})

    def _end_without_work(self, run: Run, now: float, job: _Job, status: str) -> None:
        job.ended = True
        self._tell(run, now, job, "step.updated", {"status": status})

    # One step

    def _start(self, run: Run, now: float, job: _Job) -> None:
        stamp, document = self._stamp(now), self._document_of(run, job)
        job.started = now
        job.random.seed(f"{self._run_id} {job.step.handle} {job.attempt}")
        job.script = job.step.work(Work(job.attempt, job.worker or "", job.random, self._output_of(run)))
        document["input"] = job.step.input
        document["workerInfo"] = {"workerId": job.worker, "startedAt": stamp}
        self._tell_running(run, now, job)
        self._tell_progress(run, now)
        self._go_on(run, now, job)

    def _tell_running(self, run: Run, now: float, job: _Job) -> None:
        payload = {"status": "RUNNING", "startedAt": self._stamp(job.started)}
        document = self._document_of(run, job)
        before = document["completedAt"]
        if not self._playbook.as_product_server:
            payload["attempt"] = job.attempt
        self._tell(run, now, job, "step.updated", payload)
        if self._playbook.as_product_server:
            document["completedAt"] = before

    def _go_on(self, run: Run, now: float, job: _Job) -> None:
        """Lets a step work until it next waits or ends."""
        assert job.script is not None
        try:
            while not isinstance(beat := next(job.script), (float, int)):
                self._play(run, now, job, beat)
        except StopIteration as done:
            self._succeed(run, now, job, done.value)
        except StepFailed as failure:
            self._fail(run, now, job, failure)
        else:
            jitter = 1 + job.random.uniform(-self._playbook.jitter, self._playbook.jitter)
            self._after(beat * jitter, lambda run, now: self._go_on(run, now, job))

    def _play(self, run: Run, now: float, job: _Job, beat: object) -> None:
        stamp, key, document = self._stamp(now), job.step.key, self._document_of(run, job)
        match beat:
            case Log():
                written = self._stamp(now - 3600 * beat.hours_ago)
                entry = {"level": beat.level, "message": beat.message, "timestamp": written}
                if self._playbook.as_product_server:
                    return run.keep_line(document, beat.message)
                if beat.metadata is not None:
                    entry["metadata"] = beat.metadata
                self._tell(run, now, job, "step.log.appended", {"logEntry": entry})
            case Trace():
                document["episodicTraces"].append(self._trace(run, job, beat, stamp))
            case Message():
                message = {"fromStepKey": beat.sender or key, "toStepKey": beat.to, "type": beat.type}
                _collaboration(document)["messages"].append(message | {"payload": beat.payload, "timestamp": stamp})
            case Share():
                context = _collaboration(document)
                context["sharedState"] |= beat.values
                context["escalationLevel"] = beat.escalation or context["escalationLevel"]
            case Blocked():
                self._tell(run, now, job, "step.updated", {"status": "BLOCKED"})
            case Unblocked():
                self._tell_running(run, now, job)

    def _trace(self, run: Run, job: _Job, trace: Trace, stamp: str) -> Json:
        number = len(self._document_of(run, job)["episodicTraces"])
        embedding = [round(job.random.gauss(0, 0.05), 6) for _ in range(_EMBEDDING_LENGTH)]
        identity = self._uuid(f"trace {job.step.handle} {number}")
        if trace.snake_case:
            names = ("run_id", "org_id", "step_key", "created_at")
        else:
            names = ("runId", "orgId", "stepKey", "createdAt")
        row = {"id": identity} | dict(zip(names, (self._run_id, _ORG, job.step.key, stamp)))
        return row | {"content": trace.content, "embedding": embedding}

    def _succeed(self, run: Run, now: float, job: _Job, output: Json) -> None:
        job.ended = True
        stamp = self._stamp(now)
        payload = {"status": "SUCCESS", "completedAt": stamp, "result": output}
        document = self._document_of(run, job)
        before = document["error"]
        if not self._playbook.as_product_server:
            payload["duration"] = self._duration(job, now)
        self._release(run, job, stamp)
        self._tell(run, now, job, "step.completed", payload)
        if self._playbook.as_product_server:
            document["error"] = before
            document["output"] = _as_column(output)
        self._tell_progress(run, now)
        self._dispatch(run, now)

    def _fail(self, run: Run, now: float, job: _Job, failure: StepFailed) -> None:
        stamp = self._stamp(now)
        again = job.attempt < job.step.max_attempts and not failure.final and self._failed is None
        payload = {"status": "FAILED", "error": failure.message, "failedAt": stamp}
        self._release(run, job, stamp)
        told = {"attempt": job.attempt, "willRetry": again}
        if self._playbook.as_product_server:
            told = {"attempt": 1, "willRetry": False}
        self._tell(run, now, job, "step.failed", payload | told)
        if failure.stack:
            self._document_of(run, job)["error"]["stack"] = failure.stack
        if again:
            self._after(job.step.retry_after, lambda run, now: self._retry(run, now, job))
        else:
            job.ended = True
            self._failed = self._failed or job
            self._cancel_what_has_not_begun(run, now)
        self._tell_progress(run, now)
        self._dispatch(run, now)

    def _retry(self, run: Run, now: float, job: _Job) -> None:
        if not job.ended:  # the run may have failed meanwhile
            job.attempt += 1
            self._queue.append(job)
            self._dispatch(run, now)

    def _cancel_what_has_not_begun(self, run: Run, now: float) -> None:
        self._queue.clear()
        for job in self._jobs.values():
            if not job.ended and job not in self._running:
                self._end_without_work(run, now, job, "SKIPPED" if job.step.optional else "CANCELLED")

    def _release(self, run: Run, job: _Job, stamp: str) -> None:
        self._document_of(run, job)["workerInfo"]["finishedAt"] = stamp
        self._running.remove(job)
        self._free_workers.append(job.worker or "")

    # Small things

    def _after(self, seconds: float, action: Action) -> None:
        heapq.heappush(self._actions, (self._position + seconds, next(self._order), action))

    def _stamp(self, now: float) -> str:
        return self._playbook.stamp(now)

    def _duration(self, job: _Job, now: float) -> int:
        return round(1000 * (now - job.started))

    def _tell(self, run: Run, now: float, job: _Job, kind: str, payload: Json) -> None:
        run.emit(kind, self._stamp(now), payload, job.step.key, self._document_of(run, job))

    def _document_of(self, run: Run, job: _Job) -> Json:
        return run.document["steps"][job.place]

    def _output_of(self, run: Run) -> Callable[[str], Json]:
        return lambda handle: self._document_of(run, self._jobs[handle])["output"]

    def _uuid(self, name: str, run: bool = True) -> str:
        space = uuid.uuid5(uuid.NAMESPACE_URL, f"demo {self._playbook.slug} {self._run_id if run else ''}")
        return str(uuid.uuid5(space, name))


def _as_column(value: Json) -> Json:
    """As a database gives JSON back: members in an order of its own."""
    if isinstance(value, list):
        return [_as_column(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _as_column(value[key]) for key in sorted(value, key=lambda key: (len(key), key))}


def _collaboration(step: Json) -> Json:
    if step["collaborationContext"] is None:
        step["collaborationContext"] = {"messages": [], "sharedState": {}, "escalationLevel": "none"}
    return step["collaborationContext"]
