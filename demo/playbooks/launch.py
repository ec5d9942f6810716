"""The run of the recordings in tests/data: live-run."""

from __future__ import annotations

from ..json_text import Json
from ..playbook import Log, Message, Playbook, Script, Share, Step, StepFailed, Trace, Work
from . import personalities

_GREEN, _PLAIN = "\x1b[32m", "\x1b[0m"
_SECTIONS = ("hook", "what changed", "audited figures", "what it means for readers", "what to ask us")
_OUTLETS = (
    "The Ledger Weekly", "Grid & Carbon", "Northern Business Post", "Plain Tech", "Supply Chain Today",
    "The Auditor", "Morning Brief", "Climate Desk", "Circuit", "Harbour Times", "Policy Wire", "Founders' Daily",
)  # fmt: skip


def load_brief(work: Work) -> Script:
    yield 0.4
    yield Log("brief found: campaigns/autumn-launch, revision 12")
    yield 0.5
    yield Log("14 claims extracted, 9 of them with figures", metadata={"claims": 14, "withFigures": 9})
    yield 0.3
    return {"title": "Autumn launch", "claims": 14, "spokesperson": "Ida Northwind", "embargo": None}


def collect_assets(work: Work) -> Script:
    yield Log("listing brand/2026")
    yield 0.9
    yield Log("42 files, 3 match", "debug", metadata={"filter": "*.svg"})
    yield 1.1
    return {"logos": 3, "photos": 8, "folder": "brand/2026"}


def research(work: Work) -> Script:
    yield Log("searching 3 indexes: trade, business, regional")
    yield Trace({"kind": "recall", "text": "Grid & Carbon answered the last two pitches within a day", "score": 0.82})
    fits = []
    for number, outlet in enumerate(_OUTLETS, 1):
        yield 0.85
        fit = round(work.random.uniform(0.42, 0.97), 2)
        fits.append({"name": outlet, "fit": fit})
        line = f"outlet {number} of {len(_OUTLETS)} scored {fit:.2f}: {outlet}"
        if number % 5 == 1:
            yield Log(f"{line} (rate limit near: 2 requests left in window)", "warn")
        else:
            yield Log(line)
    yield 0.6
    fits.sort(key=lambda outlet: -outlet["fit"])
    yield Trace({"kind": "decision", "text": f"Lead with {fits[0]['name']}: best fit and no embargo conflict"})
    yield Log(f"kept 6 outlets, best is {fits[0]['name']}")
    return {"outlets": fits[:6], "indexes": ["trade", "business", "regional"]}


def draft_for_tech(work: Work) -> Script:
    yield Log("retrieved 9 memories above relevance 0.72")
    for number, section in enumerate(_SECTIONS, 1):
        for _ in range(3):
            yield 0.7
            yield Log(f"drafting section {number} of 5: {section}")
    yield 0.8
    return {"headline": "Open data for every tonne", "sections": list(_SECTIONS), "confidence": 0.74}


def draft_for_business(work: Work) -> Script:
    yield Log(f"attempt {work.attempt} of 3 started on {_GREEN}{work.worker}{_PLAIN}")
    yield Log("retrieved 12 memories above relevance 0.72")
    yield 0.5
    yield Log("prompt assembled: 3,412 tokens of 8,192", metadata={"tokens": 3412, "window": 8192})
    if work.attempt == 1:
        for spent in range(3412, 4300, 75):
            yield 0.85
            yield Log(f"{_GREEN}token budget{_PLAIN} {spent} of 8192", "debug")
        yield Trace({"kind": "observation", "text": "Draft 1 scored lower on evidence than on tone", "score": 0.4})
        yield Log("first draft rejected: missing required phrase \"audited figures\"", "error")
        raise StepFailed('Constraint not met: require "audited figures"')
    yield Message("research", "request", {"ask": "outline for business press", "sections": 5})
    yield Log(f"requested outline from {_GREEN}research{_PLAIN}")
    yield 1.2
    outline = {"sections": list(_SECTIONS), "leadFigure": "31 % lower emissions per unit, audited"}
    yield Message("angle-biz", "response", outline, sender="research")
    yield Share({"outline": "agreed", "leadFigure": outline["leadFigure"]}, escalation="agent")
    yield Log("outline received, 5 sections")
    for number, section in enumerate(_SECTIONS, 1):
        yield 1.0
        yield Log(f"drafting section {number} of 5: {section}")
        yield Trace({"kind": "progress", "text": f"Section {number} ({section}) holds to the outline"})
    yield Message("compliance", "escalation", {"reason": "figures quoted, please check", "figures": 3})
    yield 0.6
    return {
        "headline": "Northwind opens audited emissions data",
        "sections": [{"title": section, "words": work.random.randint(60, 140)} for section in _SECTIONS],
        "confidence": 0.81,
    }


def fact_check(work: Work) -> Script:
    yield Log("POST claims.internal/v2/verify, 14 claims", metadata={"claims": 14, "timeoutMs": 2500})
    if work.attempt == 1:
        yield 2.6
        yield Log("claims service answered 502", "error")
        raise StepFailed("HTTP 502 from claims service: upstream timed out")
    yield Log(f"attempt {work.attempt} of 3 on {work.worker}")
    yield 1.9
    yield Log("14 of 14 claims confirmed")
    return {"confirmed": 14, "rejected": 0}


def pick_angle(work: Work) -> Script:
    tech, business = work.output_of("angle-tech")["confidence"], work.output_of("angle-biz")["confidence"]
    yield Log(f"business {business} against technology {tech}")
    yield 0.9
    return {"conditionMet": business > tech, "chosen": "angle-biz" if business > tech else "angle-tech"}


def review(work: Work) -> Script:
    yield Log("reading 5 sections against policy PR-7")
    yield 1.6
    yield Log("figures match the audit of 2026-10-02")
    yield Trace({"kind": "verdict", "text": "Nothing legal has not seen", "policy": "PR-7"})
    yield 0.8
    return {"approved": True, "notes": []}


def write_pitch(work: Work) -> Script:
    for draft in ("subject line", "opening", "figures", "closing"):
        yield Log(f"writing {draft}")
        yield 1.3
    return {"subject": "Audited, and open: Northwind's emissions data", "words": 212}


def send(work: Work) -> Script:
    yield Log("POST newsroom.internal/v1/messages, 6 recipients")
    yield 1.1
    yield Log("202 Accepted, id msg-5518")
    return {"status": 202, "id": "msg-5518", "recipients": 6}


def _output(output_of: Json) -> Json:
    return {"sent": True, "id": output_of("send")["id"], "headline": output_of("angle-biz")["headline"]}


PLAYBOOK = Playbook(
    slug="product-launch",
    name="Product launch outreach",
    summary="Three parallel branches, two retries, personalities, messages between agents, memory traces.",
    version=7,
    triggered_by="dana@northwind.example",
    webhook_url="https://hooks.northwind.example/pravado/runs",
    input={"campaign": "autumn-launch", "audience": ["technology", "business"], "budget": 12500},
    output=_output,
    steps=(
        Step("load-brief", "Load campaign brief", "DATA", load_brief, input={"source": "campaigns/autumn-launch"}),
        Step(
            "research",
            "Research outlets",
            "AGENT",
            research,
            after=("load-brief",),
            input={"topics": ["emissions", "audit"], "regions": ["DACH", "Nordics"]},
            personality=personalities.RESEARCHER,
        ),
        Step("assets", "Collect brand assets", "DATA", collect_assets, after=("load-brief",),
             input={"folder": "brand/2026"}),
        Step(
            "angle-tech",
            "Draft angle: technology press",
            "AGENT",
            draft_for_tech,
            after=("research",),
            input={"angle": "open data", "sections": 5, "audience": "technology"},
            personality=personalities.WRITER,
        ),
        Step(
            "angle-biz",
            "Draft angle: business press",
            "AGENT",
            draft_for_business,
            after=("research",),
            input={"angle": "audited figures", "sections": 5, "audience": "business", "language": "en-GB"},
            personality=personalities.WRITER,
            retry_after=1.0,
        ),
        Step("fact-check", "Fact check claims", "API", fact_check, after=("research",), retry_after=2.0,
             input={"endpoint": "claims.internal/v2/verify", "claims": 14}),
        Step("route", "Pick the strongest angle", "BRANCH", pick_angle,
             after=("angle-tech", "angle-biz", "fact-check"), input={"by": "confidence"}),
        Step(
            "compliance",
            "Compliance review",
            "AGENT",
            review,
            after=("route",),
            input={"policy": "PR-7"},
            personality=personalities.REVIEWER,
            starts_blocked=True,
        ),
        Step("pitch", "Write the pitch", "AGENT", write_pitch, after=("compliance", "assets"),
             input={"maxWords": 220}, personality=personalities.WRITER),
        Step("send", "Send to newsroom API", "API", send, after=("pitch",),
             input={"endpoint": "newsroom.internal/v1/messages", "recipients": 6}),
    ),
)  # fmt: skip
