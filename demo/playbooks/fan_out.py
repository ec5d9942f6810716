"""A wide run: forty steps side by side."""

from __future__ import annotations

from ..json_text import Json
from ..playbook import Log, Playbook, Script, Step, StepFailed, Work
from . import personalities

_MARKETS = (
    "Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Chile", "Colombia", "Czechia", "Denmark",
    "Egypt", "Estonia", "Finland", "France", "Germany", "Greece", "Iceland", "India", "Indonesia", "Ireland",
    "Italy", "Japan", "Kenya", "Latvia", "Lithuania", "Mexico", "Morocco", "Netherlands", "New Zealand", "Nigeria",
    "Norway", "Poland", "Portugal", "Singapore", "South Africa", "South Korea", "Spain", "Sweden", "Türkiye",
    "United Kingdom",
)  # fmt: skip


def select(work: Work) -> Script:
    yield Log("40 markets above the reach threshold")
    yield 1.2
    return {"markets": len(_MARKETS), "contacts": 1874}


def pitch_to(number: int, market: str) -> Step:
    def work_of(work: Work) -> Script:
        contacts = work.random.randint(12, 90)
        yield Log(f"{contacts} contacts in {market}")
        yield work.random.uniform(1.0, 4.0)
        if number % 13 == 5 and work.attempt == 1:
            yield Log("mail relay refused the connection", "error")
            raise StepFailed(f"Mail relay for {market} refused the connection (ECONNREFUSED)")
        for share in (25, 50, 75, 100):
            yield work.random.uniform(0.8, 3.2)
            yield Log(f"{share} % sent")
        return {"market": market, "sent": contacts, "opened": work.random.randint(1, contacts)}

    agent = number % 4 == 0
    return Step(
        f"pitch-{market.lower().replace(' ', '-')}",
        f"Pitch {market}",
        "AGENT" if agent else "API",
        work_of,
        after=("select",),
        input={"market": market},
        personality=personalities.LOCALISER if agent else None,
    )


def summarise(work: Work) -> Script:
    yield Log("adding up 40 markets")
    yield 1.5
    return {"markets": len(_MARKETS)}


def _output(output_of: Json) -> Json:
    return {"markets": output_of("summary")["markets"], "contacts": output_of("select")["contacts"]}


_PITCHES = tuple(pitch_to(number, market) for number, market in enumerate(_MARKETS))

PLAYBOOK = Playbook(
    slug="regional-fan-out",
    name="Regional fan-out",
    summary="Wide: forty parallel steps that start together and end one by one, three of them at the second attempt.",
    version=2,
    triggered_by="dana@northwind.example",
    input={"announcement": "autumn-launch", "markets": len(_MARKETS)},
    output=_output,
    workers=len(_MARKETS),
    steps=(
        Step("select", "Select markets", "DATA", select),
        *_PITCHES,
        Step("summary", "Sum up", "DATA", summarise, after=tuple(step.key for step in _PITCHES)),
    ),
)
