"""JSON that keeps numbers as they were written.

A number in a run is somebody's data: 9007199254740993, 1e-320 and -0.0 have to reach the viewer digit
by digit, which Python's floats do not promise. `Raw` carries such a number as text.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

Json = Any  # what the json module makes, and Raw in it


@dataclass(frozen=True)
class Raw:
    """A JSON value as text, written out as it is."""

    text: str


# Stands for a Raw while the json module encodes. Chosen anew by each process, so no content can hold it.
_MARK = f"raw-{secrets.token_hex(12)}-"
_MARKED = re.compile(f'"{_MARK}([0-9]+)"')


def dumps(value: Json) -> bytes:
    """Compact UTF-8 JSON. Lone surrogates come out as \\ud800 escapes, as JSON.stringify writes them."""
    raws: list[str] = []

    def mark(item: object) -> str:
        if not isinstance(item, Raw):
            raise TypeError(f"not JSON: {type(item).__name__}")
        raws.append(item.text)
        return f"{_MARK}{len(raws) - 1}"

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=mark)
    if raws:
        text = _MARKED.sub(lambda match: raws[int(match[1])], text)
    return text.encode("utf-8", errors="backslashreplace")


def loads(text: str | bytes) -> Json:
    """Parses JSON so that `dumps` writes every number again as it stood. Raises ValueError."""
    return json.loads(text, parse_float=Raw, parse_int=_whole, parse_constant=_refuse)


def _whole(text: str) -> int | Raw:
    # "-0" is not what int() makes of it, and Python refuses to read whole numbers of some thousand digits.
    return Raw(text) if len(text) > 300 or text == "-0" else int(text)


def _refuse(text: str) -> Json:
    raise ValueError(f"{text} is not JSON")
