"""Names and words of many scripts: to be searched for however they are written, and to be exported under.

Keys differ only in what a file system forbids, or takes for the same; some look like numbers and dates to a spreadsheet, or like a formula.
"""

from __future__ import annotations

import unicodedata

from ..playbook import Log, Playbook, Script, Step, Work

_KEYS = (
    ("步骤一", "品牌审核"), ("步骤二", "品牌发布"), ("größe", "Straße und Größe prüfen"), ("GRÖSSE", "STRASSE UND GRÖSSE PRÜFEN"),
    ("İstanbul", "İstanbul ofisi"), ("Σίσυφος", "ΣΊΣΥΦΟΣ"), ("مرحلة", "مراجعة أولى"), ("단계", "단계 검토"), ("चरण", "प्रेस विज्ञप्ति"),
    ("draft/1", "Draft 1"), ("draft:1", "Draft 1, again"), ("draft?1", "Draft 1, once more"), ("con", "A device of Windows"),
    ("007", "007"), ("1E5", "1E5"), ("2026-11", "3-4"), ("-1", "=1+1"), ("a;b", 'a,b;c"d'),
    ("x" * 80, "A long key"), ("x" * 80 + "2", "A longer key"),
)  # fmt: skip
_WORDS = ("café", "Straße", "ﬁnal oﬃce", "한국어", "Việt Nam", "ガス", "Москва")


def speak(work: Work) -> Script:
    for word in _WORDS:
        yield 0.1
        yield Log(f"{word}, {unicodedata.normalize('NFD', word)} and {word.upper()}")
    return {"words": list(_WORDS), "apart": [unicodedata.normalize("NFD", word) for word in _WORDS]}


PLAYBOOK = Playbook(
    slug="languages",
    name="品牌发布 / Q4",
    summary="Names of many scripts, in more than one spelling, and some that files and spreadsheets take for something else.",
    version=1,
    triggered_by="user: 李",
    steps=tuple(
        Step(key, name, "DATA", speak, after=tuple(before for before, _ in _KEYS[max(0, index - 1) : index]), input={"key": key})
        for index, (key, name) in enumerate(_KEYS)
    ),
)
