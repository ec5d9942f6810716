"""Blocked and waiting steps: people have to say yes. Starts queued; its stream sends no event ids and its steps
carry no `dependencies`, as in production."""

from __future__ import annotations

from .. import times
from ..json_text import Json
from ..playbook import Blocked, Log, Message, Playbook, Script, Share, Step, StepFailed, Trace, Unblocked, Work
from . import personalities


def _sign_off(who: str, seconds: float) -> Script:
    """Part of a step's work: it stands still until `who` has approved."""
    yield Log(f"waiting for {who}", "warn", metadata={"approver": who, "channel": "email and chat"})
    yield Blocked()
    yield seconds
    yield Unblocked()
    yield Log(f"approved by {who}")


def figures(work: Work) -> Script:
    yield Log("reading ledger/2026-Q3, status: audited")
    yield 1.5
    yield Log("revenue 412.6 M, +8.1 %; margin 17.4 %")
    return {"revenue": 412.6, "growth": 0.081, "margin": 0.174, "currency": "EUR", "audited": True}


def draft(work: Work) -> Script:
    for part in ("headline", "quote of the chief financial officer", "table", "outlook", "boilerplate"):
        yield 0.9
        yield Log(f"written: {part}")
    yield Trace({"kind": "recall", "text": "Last quarter's outlook was quoted out of context: keep it to one sentence"})
    return {"headline": "Third quarter: growth with unchanged margin", "words": 640}


def finance(work: Work) -> Script:
    yield Message("draft", "request", {"ask": "which figures are rounded"})
    yield 1.0
    yield Message("finance", "response", {"rounded": ["revenue"]}, sender="draft")
    yield Share({"figures": "confirmed"}, escalation="human")
    yield from _sign_off("Maya Lindqvist (finance)", 9.0)
    yield 0.8
    return {"approvedBy": "Maya Lindqvist", "changes": 0}


def legal(work: Work) -> Script:
    yield Log("disclosure check: 18 rules")
    yield 1.4
    if work.attempt == 1:
        yield Log("rule 11: outlook lacks the safe harbour sentence", "error")
        raise StepFailed("Disclosure rule 11 not met: safe harbour sentence missing")
    yield Log("18 of 18 rules met")
    yield Message("release", "delegation", {"task": "hold until the exchange has confirmed"})
    yield from _sign_off("Tomás Herrera (legal)", 11.0)
    return {"approvedBy": "Tomás Herrera", "rules": 18}


def exchange(work: Work) -> Script:
    yield Log("PUT exchange.example/v2/disclosures/NW-2026-Q3")
    yield 1.6
    yield Log("queued by the exchange, position 3")
    yield Blocked()
    yield 6.0
    yield Unblocked()
    yield Log("confirmed, reference 2026-118-774")
    return {"reference": "2026-118-774"}


def release(work: Work) -> Script:
    yield 1.2
    yield Log("embargo lifted")
    return {"sent": 318, "failed": 0}


def _output(output_of: Json) -> Json:
    return {"reference": output_of("exchange")["reference"], "recipients": output_of("release")["sent"]}


PLAYBOOK = Playbook(
    slug="earnings-approval",
    name="Earnings release with approvals",
    summary="Starts queued; steps blocked until a person approves, others waiting behind them; no event ids.",
    version=4,
    triggered_by="7f150524-34b9-45df-9e77-69b10f4205b4",
    input={"quarter": "2026-Q3", "embargo": "until confirmed by the exchange"},
    output=_output,
    starts_queued=True,
    shows_dependencies=False,
    event_ids=False,
    stamp=times.with_offset,
    steps=(
        Step("figures", "Load audited figures", "DATA", figures, input={"quarter": "2026-Q3"}),
        Step("draft", "Draft the release", "AGENT", draft, after=("figures",), personality=personalities.WRITER),
        Step("finance", "Finance sign-off", "AGENT", finance, after=("draft",), personality=personalities.REVIEWER,
             input={"approver": "maya.lindqvist@northwind.example"}),
        Step("legal", "Legal sign-off", "AGENT", legal, after=("draft",), personality=personalities.REVIEWER,
             input={"approver": "tomas.herrera@northwind.example", "rules": 18}),
        Step("exchange", "File with the exchange", "API", exchange, after=("finance", "legal"), starts_blocked=True),
        Step("release", "Release to subscribers", "API", release, after=("exchange",)),
    ),
)  # fmt: skip
