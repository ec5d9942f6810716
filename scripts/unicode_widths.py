#!/usr/bin/env python3
"""Prints the tables of shared/base/char_width.cpp.

Categories and properties come from node (--print: which Unicode it knows), East_Asian_Width from the Python package
wcwidth 0.7.0, both Unicode 17.0:

    pip install wcwidth==0.7.0 && python3 scripts/unicode_widths.py

A table is a list of ranges: for each the distance from the end of the one before, then its size less one, as numbers of
7 bits a byte, the highest bit set where another byte follows. Code points that are not assigned join the ranges around them.
"""

from __future__ import annotations

import json
import subprocess

from wcwidth import table_wide

_KINDS = {"marks": r"[\p{Mn}\p{Me}]", "unseen": r"[\p{Cf}\p{Zl}\p{Zp}\p{DI}]", "unassigned": r"\p{Cn}"}
_CONJOINING = {*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC)}  # Hangul vowels and final consonants
# Format characters that are seen: soft hyphen, the choseong filler, signs that stand under numbers.
_SEEN = {0xAD, 0x115F, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


def code_points() -> dict[str, set[int]]:
    tests = ", ".join(f"{name}: /{pattern}/u" for name, pattern in _KINDS.items())
    script = f"""
        const found = {{}};
        for (const [name, test] of Object.entries({{{tests}}})) {{
          found[name] = [];
          for (let code = 0x80; code < 0x110000; ++code)
            if ((code < 0xD800 || code > 0xDFFF) && test.test(String.fromCodePoint(code))) found[name].push(code);
        }}
        console.log(JSON.stringify(found));"""
    answer = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout
    return {name: set(codes) for name, codes in json.loads(answer).items()}


def ranges_of(codes: set[int], unassigned: set[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and all(between in unassigned for between in range(ranges[-1][1] + 1, code)):
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def packed(ranges: list[list[int]]) -> list[int]:
    out: list[int] = []
    end = 0
    for first, last in ranges:
        for number in (first - end, last - first):
            while number >= 0x80:
                out.append(0x80 | number & 0x7F)
                number >>= 7
            out.append(number)
        end = last + 1
    return out


def show(name: str, codes: set[int], unassigned: set[int]) -> None:
    table = packed(ranges_of(codes, unassigned))
    print(f"constexpr std::array<std::uint8_t, {len(table)}> {name}{{")
    line = "   "
    for number in table:
        if len(line) + len(f" {number},") > 118:
            print(line)
            line = "   "
        line += f" {number},"
    print(line.rstrip(",") + "};")


def main() -> None:
    found = code_points()
    zero = (found["marks"] | found["unseen"] | _CONJOINING) - _SEEN
    wide = {code for first, last in table_wide.WIDE_EASTASIAN["17.0.0"] for code in range(first, last + 1)}
    show("kZeroWidth", zero, found["unassigned"] - wide)
    show("kWide", wide, found["unassigned"] - zero)


if __name__ == "__main__":
    main()
