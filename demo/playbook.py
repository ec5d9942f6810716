"""The words a playbook is written in.

A step's work is a Python generator. What it yields happens on the run's clock, what it returns is the step's
output, and the StepFailed it raises is its failure:

    def research(work: Work) -> Script:
        yield Log("searching 3 indexes")
        for outlet in range(12):
            yield 0.9                                # seconds, jittered by the engine
            yield Log(f"outlet {outlet + 1} of 12 scored {work.random.uniform(0.4, 0.9):.2f}")
        return {"outlets": 12}

A step of type BRANCH returns {"chosen": side, …}; the steps that stand on another side are skipped.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Literal

from . import times
from .json_text import Json


@dataclass(frozen=True)
class Log:
    message: str
    level: str | int = "info"  # info, warn, error, debug, or as another logger names or numbers its levels
    metadata: Json = None
    hours_ago: float = 0  # of a line that was written before it was sent


@dataclass(frozen=True)
class Trace:
    """An episodic memory that the step records. Only REST shows it."""

    content: Json
    snake_case: bool = False  # as a database row comes


@dataclass(frozen=True)
class Message:
    """A message between agents. Only REST shows it."""

    to: str
    type: Literal["request", "response", "escalation", "delegation"]
    payload: Json
    sender: str | None = None  # step key; None: the step that yields it


@dataclass(frozen=True)
class Share:
    """Adds to the state that collaborating agents share. Only REST shows it."""

    values: dict[str, Json]
    escalation: Literal["none", "agent", "supervisor", "human"] | None = None


@dataclass(frozen=True)
class Blocked:
    """The step can't go on (somebody has to approve, say), until it yields Unblocked."""


@dataclass(frozen=True)
class Unblocked:
    pass


class StepFailed(Exception):
    """Raised by a step's work. The engine tries again while attempts are left, unless `final`."""

    def __init__(self, message: str, stack: str | None = None, final: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.stack = stack
        self.final = final


Beat = float | Log | Trace | Message | Share | Blocked | Unblocked
Script = Generator[Beat, None, Json]


@dataclass
class Work:
    """What a step's work is given."""

    attempt: int  # from one
    worker: str
    random: random.Random  # the same for the same run id, step and attempt
    output_of: Callable[[str], Json]  # of an earlier step, by key


@dataclass(frozen=True)
class Step:
    key: str
    name: str
    type: str  # AGENT, DATA, BRANCH, API
    work: Callable[[Work], Script]
    twin: str | None = None  # what playbooks call it, where other steps have the same key
    after: tuple[str, ...] = ()  # the steps it depends on, by key or twin
    side: str | None = None  # the branch taken, by any BRANCH step it depends on, for which it runs
    input: Json = None
    personality: Json = None
    max_attempts: int = 3
    retry_after: float = 1.5  # seconds
    starts_blocked: bool = False  # shown as blocked, not as waiting, until its turn comes
    optional: bool = False  # when the run fails it is skipped, not canceled
    overrides: dict[str, Json] = field(default_factory=dict)  # fields of the step's document, as they are

    @property
    def handle(self) -> str:
        """Unique within the playbook."""
        return self.key if self.twin is None else self.twin


@dataclass(frozen=True)
class Playbook:
    slug: str
    name: str
    summary: str  # what the demo shows by it
    steps: tuple[Step, ...]
    version: int = 1
    input: Json = None
    output: Callable[[Callable[[str], Json]], Json] = lambda output_of: None
    triggered_by: str | None = None
    webhook_url: str | None = None
    workers: int = 8
    jitter: float = 0.1  # of each wait, as a share
    starts_queued: bool = False  # waits for a moment before it runs
    shows_dependencies: bool = True  # whether steps carry `dependencies`
    stores_logs_at_once: bool = False  # see Run
    event_ids: bool = True  # see Run
    # Behaves as the product's own API server: tells starts and ends alone, no log lines and no progress; gives every attempt the
    # same number and says of no failure that another try follows; a step that is tried again keeps its end and error until it ends,
    # and its log is replaced by the new attempt's.
    as_product_server: bool = False
    stamp: Callable[[float], str] = times.with_z  # how it writes timestamps
