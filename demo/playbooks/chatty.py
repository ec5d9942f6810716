"""A great many log lines: bursts of several hundred a second, colours, very long lines, many scripts."""

from __future__ import annotations

from ..playbook import Log, Playbook, Script, Step, Trace, Work

_PAPERS = (
    "Süddeutsche Rundschau", "北方日报", "Северная газета", "جريدة الشمال", "העיתון הצפוני", "El Correo del Norte",
    "日本北部新聞", "Βόρειος Τύπος", "उत्तर समाचार", "หนังสือพิมพ์เหนือ", "Norðurblaðið", "The Northern Post",
)  # fmt: skip
_SUBJECTS = (
    "audited emissions", "排出量データ", "открытые данные", "بيانات مفتوحة", "supply chain 🚚", "Jahresbericht",
    "café prices ☕", "🧪 lab results", "👩‍🚀 space desk", "naïve résumé", "水素", "recall",
)  # fmt: skip
_LEVELS = ("info",) * 12 + ("debug",) * 6 + ("warn",) * 2 + ("error",)


def _colour(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def crawl(region: str, bursts: int) -> Step:
    def work_of(work: Work) -> Script:
        dice, seen = work.random, 0
        yield Log(f"{_colour('1;36', region)} crawl started on {work.worker}")
        for burst in range(bursts):
            for _ in range(30):  # 200 lines a second while it lasts
                yield 0.05
                for _ in range(10):
                    seen += 1
                    yield _line(dice, region, seen)
            yield Log(_colour("32", f"burst {burst + 1} of {bursts} done") + f", {seen} articles")
            yield 2.0
        yield Trace({"kind": "observation", "text": f"{seen} articles in {region}", "articles": seen})
        return {"region": region, "articles": seen}

    return Step(
        f"crawl-{region}", f"Crawl {region}", "API", work_of, after=("plan",), input={"region": region, "depth": 3}
    )


def _line(dice, region: str, number: int) -> Log:
    level = dice.choice(_LEVELS)
    paper, subject = dice.choice(_PAPERS), dice.choice(_SUBJECTS)
    if level == "error":
        return Log(f"{region} #{number} {_colour('31;1', 'HTTP 503')} {paper}: will be tried again", level)
    if level == "warn":
        return Log(f"{region} #{number} {_colour('33', 'slow')} {paper} {dice.randint(2000, 9000)} ms", level)
    if number % 97 == 0:
        return Log(f"{region} #{number} body: " + " ".join(dice.choices(_SUBJECTS, k=400)), "debug")
    metadata = {"ms": dice.randint(20, 400), "bytes": dice.randint(4_000, 90_000)} if number % 5 == 0 else None
    return Log(f"{region} #{number} {paper}: {subject}", level, metadata)


def plan(work: Work) -> Script:
    yield Log("3 regions, 12 papers, 30 days")
    yield 0.8
    return {"regions": ["emea", "apac", "amer"], "papers": 12}


def compile_report(work: Work) -> Script:
    total = sum(work.output_of(f"crawl-{region}")["articles"] for region in ("emea", "apac", "amer"))
    yield Log(f"{total} articles to place")
    for share in range(0, 101, 2):
        yield 0.06
        bar = "█" * (share // 4) + "░" * (25 - share // 4)
        yield Log(f"{_colour('35', bar)} {share:3d} %")
    yield Log("one\nentry\nof\nfour lines")
    yield Log("tab\tseparated\tvalues")
    yield Log("x" * 5000, "debug")
    yield 0.5
    return {"articles": total, "shareOfVoice": 0.237}


def fetch(work: Work) -> Script:
    """What programs write that take their output for a terminal."""
    layers = 30_000
    states = "".join(f"\r\x1b[2K\x1b[36mpull\x1b[0m {'#' * (n // 1500):20} {n:5d}/{layers} layers, \x1b[1m{n / 300:.1f} %\x1b[0m"
                     for n in range(layers + 1))  # fmt: skip
    yield Log("yesterday's queue, with the levels of its own logger", 30, hours_ago=26)
    yield Log("nobody has taken it up", 40, hours_ago=25)
    yield Log("taken up", "NOTICE", hours_ago=0.1)
    yield Log("socket closed by the peer", "crit")
    yield 0.3
    yield Log(states)  # 3 MB that are one short line in the end
    yield Log("Loading |\b/\b-\b\\\b|\b\x1b[32m✔\x1b[0m 12 papers")
    yield Log("layer a:  1 %\nlayer b:  1 %\x1b[1A\r\x1b[2Klayer a: 90 %\x1b[1B\r\x1b[2Klayer b: 40 %")
    yield Log("北方日报 日本北部新聞\r\x1b[4C█")
    yield Log("\x1b]0;a title\x07\x1bPq#0;2;0;0;0#0!20~-\x1b\\a title and a picture that no log can show")
    yield Log("report at \x1b]8;;https://www.example.com/coverage?day=today\x1b\\the coverage desk\x1b]8;;\x1b\\")
    yield Log("\x1b[38;2;20;24;32mink like the ground\x1b[0m, \x1b[30;107mblack on white\x1b[0m, "
              "\x1b[38:2::255:120:0morange\x1b[0m, \x1b[4:3;58:5:196mcurly\x1b[0m, \x1b[9mstruck out\x1b[0m")  # fmt: skip
    yield Log("\x1b[33mfrom here on it is yellow")
    yield Log("over several lines")
    yield Log("until it is reset\x1b[0m; here it is")
    yield 0.5
    return {"layers": layers}


PLAYBOOK = Playbook(
    slug="coverage-sweep",
    name="Coverage sweep",
    summary="Chatty: about 6,000 log lines, in bursts of several hundred a second, coloured, long, in many scripts, "
    "and what terminals are sent: progress, links, colours that run on.",
    version=31,
    triggered_by="schedule: hourly",
    input={"query": "northwind AND (audit OR emissions)", "days": 30},
    output=lambda output_of: output_of("report"),
    steps=(
        Step("plan", "Plan the sweep", "DATA", plan, input={"days": 30}),
        Step("fetch", "Fetch what was written for a terminal", "DATA", fetch, after=("plan",)),
        crawl("emea", 6),
        crawl("apac", 7),
        crawl("amer", 6),
        Step("report", "Compile coverage report", "DATA", compile_report,
             after=("crawl-emea", "crawl-apac", "crawl-amer")),
    ),
)  # fmt: skip
