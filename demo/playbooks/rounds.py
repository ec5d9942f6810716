"""Steps that share their keys: the rounds of a loop, and two sides of a condition of which one is taken. And keys that an
address would swallow. No `dependencies` on its steps."""

from __future__ import annotations

from ..json_text import Json
from ..playbook import Log, Playbook, Script, Step, StepFailed, Work
from . import personalities


def plan(work: Work) -> Script:
    yield Log("312 journalists to look at, in rounds")
    yield 1.2
    return {"journalists": 312, "rounds": 3}


def round_of(number: int, found: int):
    def work_of(work: Work) -> Script:
        yield Log(f"round {number}: begins, attempt {work.attempt}")
        for part in range(1, 4):
            yield 0.7
            yield Log(f"round {number}: part {part} of 3")
        if number == 2 and work.attempt == 1:
            raise StepFailed("The index did not answer in 10 s")
        yield Log(f"round {number}: {found} found")
        return {"round": number, "found": found}

    return work_of


def decide(work: Work) -> Script:
    yield 1.0
    found = sum(work.output_of(f"round {number}")["found"] for number in (1, 2, 3))
    yield Log(f"{found} recipients: more than 100")
    return {"conditionMet": True, "chosen": "large", "recipients": found}


def notify(work: Work) -> Script:
    for batch in range(1, 5):
        yield 0.8
        yield Log(f"batch {batch} of 4 sent")
    return {"sent": 148}


def with_key(words: str):
    def work_of(work: Work) -> Script:
        yield Log(f"the key is {words}")
        yield 1.4
        return {"key": words}

    return work_of


def _round(number: int, found: int) -> Step:
    before = "plan" if number == 1 else f"round {number - 1}"
    return Step("enrich", "Enrich journalists", "AGENT", round_of(number, found), twin=f"round {number}", after=(before,),
                personality=personalities.RESEARCHER, input={"round": number})  # fmt: skip


def _output(output_of: Json) -> Json:
    return {"recipients": output_of("decide")["recipients"], "sent": output_of("notify all")["sent"]}


PLAYBOOK = Playbook(
    slug="rounds",
    name="Enrichment in rounds",
    summary="Steps that share their keys: rounds of a loop, sides of a condition; keys that an address would swallow.",
    version=2,
    triggered_by="schedule: nightly",
    input={"list": "technology"},
    output=_output,
    shows_dependencies=False,
    steps=(
        Step("plan", "Plan the rounds", "DATA", plan),
        _round(1, 61),
        _round(2, 54),
        _round(3, 33),
        Step("decide", "Few or many?", "BRANCH", decide, after=("round 3",)),
        Step("notify", "Write to each (if few)", "API", notify, twin="notify each", after=("decide",), side="small"),
        Step("notify", "Send in batches (if many)", "API", notify, twin="notify all", after=("decide",), side="large"),
        Step("..", "Key of two dots", "DATA", with_key("two dots"), after=("notify each", "notify all")),
        Step(".", "Key of one dot", "DATA", with_key("one dot"), after=("..",)),
        Step("", "Empty key", "DATA", with_key("empty"), after=(".",)),
        Step("notify~2", "Key that looks like a second one", "DATA", with_key("notify~2"), after=("",)),
        Step("lists/eu/tech", "Key with slashes", "DATA", with_key("lists/eu/tech"), after=("notify~2",)),
    ),
)  # fmt: skip
