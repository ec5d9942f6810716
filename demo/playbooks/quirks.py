"""Hostile and odd content everywhere. All of it has to appear on screen as text, or not break the screen."""

from __future__ import annotations

from ..json_text import Json, Raw
from ..playbook import Log, Message, Playbook, Script, Share, Step, StepFailed, Trace, Work
from . import personalities

_HTML = '<script>document.title="owned"</script><img src=x onerror=alert(1)>'
_RIGHT_TO_LEFT = "\u202egnp.exe\u202c"  # shows as exe.png where bidi overrides are obeyed
_CONTROL = "bell \x07, backspace \x08, null \x00, delete \x7f, C1 \x9b31m, lone surrogate \ud83d, BOM \ufeff"
_ODD_PERSONALITY = personalities.WRITER | {
    "name": "Robert'); DROP TABLE agents;--",
    "slug": "##hidden###also-hidden",
    "description": _HTML,
    "configuration": personalities.WRITER["configuration"]
    | {"tone": "%s%n%x", "memoryWeight": 7, "biasModifiers": {_HTML: 1e9}, "constraints": {"forbid": [], "odd": 1}},
}


def returns(value: Json, *lines: str):
    def work_of(work: Work) -> Script:
        for line in lines:
            yield 0.4
            yield Log(line)
        yield 1.0
        return value

    return work_of


def talk(work: Work) -> Script:
    for line in (_HTML, _RIGHT_TO_LEFT, _CONTROL, "%s %d %n %% {} {0} $HOME `id`", "", " ", "##", "###id",
                 "\x1b[31mred without an end", "\x1b]0;title\x07 an OSC escape", "\x1b[9999;9999H far away",
                 "combining Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞", "data: not an event\n\nevent: run.failed\ndata: {}",
                 "one\r\ntwo\rthree\u2028four\u2029five", "👨‍👩‍👧‍👦 🏳️‍🌈 🇺🇳 ﷽"):  # fmt: skip
        yield 0.6
        yield Log(line, metadata={"<b>": [None, True, {}]})
    yield Message("a/b c?#%", "escalation", {"html": _HTML})
    yield Share({"": "an empty key", _HTML: _RIGHT_TO_LEFT}, escalation="human")
    yield Trace({"text": _HTML, "score": Raw("-0.0")})
    yield Trace({"note": "as the database names it"}, snake_case=True)
    return {"": "", _HTML: _HTML, "nested": {"rtl": _RIGHT_TO_LEFT, "control": _CONTROL}}


# Of these only what begins with http leads anywhere, and the first four not where they seem to.
_LINKS = ("https://github.com@links.example/login", "https://\u0430\u0440\u0440\u04cf\u0435.com/", "http://2130706433:8080/",
          "\x1b]8;;https://links.example/\x1b\\https://github.com/pravado\x1b]8;;\x1b\\", "(https://en.example/wiki/C_(language)).",
          "\x1b]8;;https://ci.example/runs/1\x07the build's page\x1b]8;;\x07", '{"url":"http:\\/\\/a.example\\/?b=1\\u0026c=2"}',
          "javascript:alert(1) data:text/html,x file:///etc/passwd http://a.example\\@b.example/",
          "http://a.example/" + "long/" * 60 + " " + " ".join(f"http://{n}.example" for n in range(300)))  # fmt: skip


def fail_oddly(work: Work) -> Script:
    yield 0.8
    raise StepFailed(f"{_HTML} ## %s {_RIGHT_TO_LEFT}\nsecond line", stack="\x1b[31mstack\x1b[0m\n" + _HTML * 40)


def recover(work: Work) -> Script:
    if work.attempt == 1:
        yield from fail_oddly(work)
    yield 0.5
    return ""


def _deep(levels: int) -> Json:
    value: Json = 1
    for _ in range(levels):
        value = [value]
    return value


_NUMBERS = {
    "max": Raw("9007199254740993"),
    "tiny": Raw("1e-320"),
    "negativeZero": Raw("-0.0"),
    "big": Raw("1e+308"),
    "precise": Raw("0.1000000000000000055511151231257827"),
    "long": Raw("123456789" * 20),
}

PLAYBOOK = Playbook(
    slug="quirks",
    name='Quirks <b>not html</b> & "quotes" ## %s',
    summary="Hostile text everywhere, falsy outputs, numbers at the edges, types and fields of tomorrow.",
    version=0,
    triggered_by=_HTML,
    webhook_url="javascript:alert(1)",
    input=[_NUMBERS, None, False, _HTML],
    output=lambda output_of: False,
    steps=(
        Step("a/b c?#%", "Key that needs encoding", "DATA", returns(False, "output is false"), input=0),
        Step("zero", "Output is 0", "DATA", returns(0), input=""),
        Step("empty", "Output is an empty string", "DATA", returns(""), input=False),
        Step("null", "Output is null", "DATA", returns(None), overrides={"logs": None}),
        Step("links", "Links of all kinds", "AGENT", returns({"url": "https://b\u00fccher.example/a?b=1&c=2", "not": "ssh://x"}, *_LINKS),
             after=("zero",)),
        Step("unknown-type", "A step type of tomorrow", "HUMAN", returns({"approved": True}), after=("zero",),
             overrides={"futureField": {"ignored": True}}),
        Step("talk", _HTML + " ## ### %s %n " + _RIGHT_TO_LEFT, "AGENT", talk, personality=_ODD_PERSONALITY),
        Step("unicode", "多语言 шаг — שלב — مرحلة — 🧪👩‍🔬", "AGENT", returns("日本語の出力", "日本語のログ", "שורת יומן"),
             personality={"slug": "bare", "name": "Nothing else known"}, after=("empty",)),
        Step("retry", "\x1b[31mA name with colour\x1b[0m", "API", recover, after=("empty",)),
        Step("numbers", "Numbers at the edges", "DATA", returns(_NUMBERS), after=("null",), input=_NUMBERS),
        Step("deep", "Deeply nested output", "DATA", returns(_deep(60)), after=("null",)),
        Step("collab-odd", "Collaboration context is a list", "AGENT", returns(None), after=("numbers",),
             overrides={"collaborationContext": [1, "two", {"three": 3}]}),
        Step("dup", "Same name", "DATA", returns({}), after=("talk",)),
        Step("dup-2", "Same name", "DATA", returns([]), after=("talk",), max_attempts=1),
        Step("long", "A name so long that no list on earth has room for it, which happens when a model is asked to "
             "name the step itself and nobody told it when to stop", "BRANCH", returns({"chosen": "x"}),
             after=("dup", "dup-2", "retry", "collab-odd", "unicode", "deep", "unknown-type", "links")),
        Step("not-taken", "A side not taken", "DATA", returns(None), after=("long",), side="y"),
    ),
)  # fmt: skip
