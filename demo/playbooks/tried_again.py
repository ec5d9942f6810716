"""A run as the product's own API server performs it: nothing counts the attempts of a step, the log of one that is tried again is
replaced, its end and its error stay until it ends again. Whoever looks finds the attempts before in the inspector."""

from __future__ import annotations

from ..playbook import Log, Playbook, Script, Step, StepFailed, Work

_STACK = """\
Error: 503 Service Unavailable
    at StepExecutor.call (engine/executor.js:118:11)
    at async StepExecutor.run (engine/executor.js:212:5)"""


def fetch(work: Work) -> Script:
    yield Log("Starting execution of step fetch")
    yield 3.0
    yield Log("Step execution completed successfully")
    return {"rows": 2300, "at": {"version": 4, "etag": "9f4c11d2"}}


def flaky(work: Work) -> Script:
    yield Log("Starting execution of step flaky")
    yield 1.5
    yield Log(f"Calling pricing.example, request {work.random.randint(1000, 9999)}")
    yield 2.5
    if work.attempt < 3:
        yield Log("Step execution failed: 503 Service Unavailable", "error")
        raise StepFailed("503 Service Unavailable", stack=_STACK)
    yield Log("Step execution completed successfully")
    return {"prices": 41, "currency": "EUR"}


def publish(work: Work) -> Script:
    yield Log("Starting execution of step publish")
    yield 4.0
    yield Log("Step execution completed successfully")
    return {"published": True}


PLAYBOOK = Playbook(
    slug="tried-again",
    name="A step that is tried again",
    summary="Attempts as the product's own server tells them: by their starts alone. Those before can be opened.",
    version=3,
    as_product_server=True,
    shows_dependencies=False,
    event_ids=False,
    steps=(
        Step("fetch", "Fetch catalogue", "API", fetch),
        Step("flaky", "Ask for prices", "API", flaky, after=("fetch",), retry_after=3.0),
        Step("publish", "Publish", "DATA", publish, after=("flaky",)),
    ),
)
