"""A branch with a skipped side, and parallel branches inside a parallel branch. Its document has the log lines of
a running step at once, unlike production."""

from __future__ import annotations

from ..json_text import Json
from ..playbook import Log, Message, Playbook, Script, Share, Step, Trace, Work
from . import personalities


def listen(work: Work) -> Script:
    yield Log("window: last 90 minutes, 6 languages")
    for minute in range(15, 91, 15):
        yield 0.6
        yield Log(f"-{minute} min: {work.random.randint(40, 90) * (7 - minute // 15)} mentions")
    yield Log("mentions 11 times above the usual", "warn", metadata={"ratio": 11.2})
    return {"mentions": 2814, "ratio": 11.2, "sentiment": -0.61, "languages": ["en", "de", "fr", "ja", "es", "pl"]}


def assess(work: Work) -> Script:
    ratio = work.output_of("listen")["ratio"]
    yield Log(f"ratio {ratio} against threshold 4.0")
    yield 1.4
    yield Log("severity: high, a regulator has been named", "warn")
    return {"conditionMet": True, "chosen": "respond", "severity": "high", "threshold": 4.0}


def watch(work: Work) -> Script:
    yield 2.0
    return {"nextLook": "in 30 minutes"}


def facts(work: Work) -> Script:
    for question in ("what happened", "who is affected", "what is known", "what is not", "what we do now"):
        yield 1.1
        yield Log(f"answered: {question}")
        yield Trace({"kind": "fact", "text": f"Settled: {question}", "sources": work.random.randint(2, 5)})
    yield 0.5
    return {"facts": 5, "open": ["root cause"], "sources": 14}


def holding_statement(work: Work) -> Script:
    yield Message("facts", "request", {"ask": "what may be said before the cause is known"})
    yield 1.2
    limits = {"may": ["that we know", "what we do"], "mayNot": ["causes"]}
    yield Message("statement", "response", limits, sender="facts")
    for draft in range(1, 4):
        yield 1.3
        yield Log(f"draft {draft}: {work.random.randint(70, 120)} words, reading age {13 - draft}")
    yield Share({"tone": "plain", "blame": "none", "updateEvery": "60 min"}, escalation="supervisor")
    yield Message("approve", "escalation", {"reason": "quotes the chief executive"})
    return {"headline": "What we know, and what we do next", "words": 84}


def localise(language: str, headline: str) -> Step:
    def work_of(work: Work) -> Script:
        yield Log(f"{language}: reading the statement and 40 local headlines")
        for paragraph in range(1, 4):
            yield 1.0 + work.random.uniform(0, 0.8)
            yield Log(f"{language}: paragraph {paragraph} of 3")
        return {"language": language, "headline": headline}

    return Step(
        f"localise/{language}",  # a key that has to be encoded in paths
        f"Localise: {language}",
        "AGENT",
        work_of,
        after=("statement",),
        input={"language": language, "keepTerms": ["Northwind"]},
        personality=personalities.LOCALISER,
    )


def questions(work: Work) -> Script:
    for number in range(1, 13):
        yield 0.75
        yield Log(f"question {number} of 12: answer {work.random.choice(('reused', 'written', 'shortened'))}")
    return {"questions": 12, "needsLegal": [4, 11]}


def phones(work: Work) -> Script:
    yield Log("GET rota.example/v1/on-call")
    yield 1.8
    yield Log("press desk doubled until 22:00")
    return {"onCall": 4, "until": "22:00"}


def approve(work: Work) -> Script:
    yield Log("comparing 3 language versions line by line")
    yield 2.2
    yield Log("versions agree on all 5 facts")
    return {"approved": True, "version": 3}


def publish(work: Work) -> Script:
    for channel in ("newsroom", "wire", "social"):
        yield 0.8
        yield Log(f"{channel}: published")
    return {"channels": 3, "url": "https://newsroom.northwind.example/statements/2026-11"}


def retrospective(work: Work) -> Script:
    yield 1.2
    return {"minutesToStatement": 27}


def _output(output_of: Json) -> Json:
    return {"published": output_of("publish")["url"], "severity": output_of("assess")["severity"]}


PLAYBOOK = Playbook(
    slug="crisis-response",
    name="Crisis response",
    summary="A branch step with a skipped side, parallel branches inside parallel branches, a step key with a slash.",
    version=12,
    triggered_by="alert: mention-spike",
    input={"topic": "cold-chain recall", "markets": ["UK", "DE", "FR", "JP"]},
    output=_output,
    stores_logs_at_once=True,
    steps=(
        Step("listen", "Listen to mentions", "API", listen, input={"window": "90m"}),
        Step("assess", "Assess severity", "BRANCH", assess, after=("listen",), input={"threshold": 4.0}),
        Step("watch", "Keep watching", "DATA", watch, after=("assess",), side="monitor"),
        Step("digest", "Daily digest instead", "AGENT", watch, after=("watch",), personality=personalities.WRITER),
        Step("facts", "Establish the facts", "AGENT", facts, after=("assess",), side="respond",
             personality=personalities.RESEARCHER, input={"sources": "internal first"}),
        Step("phones", "Double the press desk", "API", phones, after=("assess",), side="respond"),
        Step("statement", "Write holding statement", "AGENT", holding_statement, after=("facts",),
             personality=personalities.STRATEGIST, input={"maxWords": 90}),
        Step("questions", "Prepare questions and answers", "AGENT", questions, after=("facts",),
             personality=personalities.WRITER, input={"count": 12}),
        localise("de", "Was wir wissen und was wir jetzt tun"),
        localise("fr", "Ce que nous savons et ce que nous faisons"),
        localise("ja", "現在わかっていることと、今後の対応"),
        Step("approve", "Approve all versions", "AGENT", approve,
             after=("localise/de", "localise/fr", "localise/ja", "questions"), personality=personalities.REVIEWER),
        Step("publish", "Publish statement", "API", publish, after=("approve", "phones")),
        Step("retrospective", "Note times for the retrospective", "DATA", retrospective, after=("publish", "digest")),
    ),
)  # fmt: skip
