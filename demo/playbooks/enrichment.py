"""A run that fails: retries, a stack, what is behind it canceled or skipped. No `dependencies` on its steps, and
timestamps as the database writes them."""

from __future__ import annotations

from .. import times
from ..playbook import Log, Playbook, Script, Share, Step, StepFailed, Trace, Work
from . import personalities

_STACK = """\
Error: Request failed with status code 429
    at settle (api/handler.js:41:12)
    at Socket.onEnd (api/handler.js:198:7)
    at async enrichBatch (steps/enrich-journalists.js:73:19)
    at async StepExecutor.run (engine/executor.js:212:5)
    at processTicksAndRejections (node:internal/process/task_queues:95:5)"""


def load(work: Work) -> Script:
    yield Log("reading contacts/journalists.parquet")
    yield 0.8
    yield Log("120,331 rows, 41 columns", metadata={"rows": 120331, "columns": 41})
    yield 0.6
    return {"rows": 120331, "columns": 41, "checksum": "9f4c11d2"}


def deduplicate(work: Work) -> Script:
    for share in range(10, 101, 10):
        yield 0.55
        yield Log(f"{share} % compared, {share * 37 + work.random.randint(0, 20)} duplicates so far")
    yield 0.4
    return {"kept": 116602, "merged": 3729}


def enrich(work: Work) -> Script:
    rest = 3 - work.attempt
    yield Log(f"attempt {work.attempt}: GET directory.example/v3/journalists, batches of 500")
    for batch in range(1, 4):
        yield 0.7
        yield Log(f"batch {batch}: 500 profiles", "debug")
    yield Log("quota at 98 % of 10,000 requests an hour", "warn", metadata={"used": 9804, "limit": 10000})
    yield 0.8
    if rest:
        yield Log(f"attempt {work.attempt}: 429, retry after {work.attempt * 1000} ms", "warn")
        raise StepFailed("Request failed with status code 429")
    yield Log(f"attempt {work.attempt}: 429, giving up", "error")
    raise StepFailed("Request failed with status code 429", stack=_STACK)


def beats(work: Work) -> Script:
    yield Share({"taxonomy": "IPTC 2026-03"}, escalation="supervisor")
    for beat in ("energy", "markets", "labour", "science", "policy", "transport", "health", "education"):
        yield 1.6
        yield Log(f"beat {beat}: {work.random.randint(900, 4200):,} journalists")
    yield Trace({"kind": "observation", "text": "A third of the energy desk moved to climate since spring"})
    yield 0.9
    return {"beats": 8, "unclassified": 1204}


def never(work: Work) -> Script:
    yield 1.0
    return None


PLAYBOOK = Playbook(
    slug="journalist-enrichment",
    name="Journalist enrichment",
    summary="A failure: three attempts, the last with a stack; what depends on it is canceled, the rest skipped.",
    version=3,
    triggered_by="0928ca2c-eca4-48e9-8e6b-a18b8ad12fc9",
    input={"dataset": "contacts/journalists", "batchSize": 500, "dryRun": False},
    shows_dependencies=False,
    stamp=times.with_microseconds,
    steps=(
        Step("load", "Load dataset", "DATA", load, input={"path": "contacts/journalists.parquet"}),
        Step("deduplicate", "Merge duplicate contacts", "DATA", deduplicate, after=("load",),
             input={"keys": ["email", "name+outlet"], "threshold": 0.93}),
        Step("enrich", "Enrich journalists", "API", enrich, after=("load",),
             input={"endpoint": "directory.example/v3/journalists", "batchSize": 500}),
        Step("beats", "Classify beats", "AGENT", beats, after=("load",), personality=personalities.RESEARCHER,
             input={"taxonomy": "IPTC"}),
        Step("score", "Score outlets", "AGENT", never, after=("enrich", "deduplicate"),
             personality=personalities.RESEARCHER),
        Step("sync", "Write back to CRM", "API", never, after=("score",)),
        Step("report", "Build report", "DATA", never, after=("sync", "beats"), optional=True),
    ),
)  # fmt: skip
