#!/usr/bin/env python3
"""Tells which C++ sources are not laid out as .clang-format says; with --fix, lays them out.

    scripts/format.py [--fix] [FILE...]
"""
import subprocess
import sys
from pathlib import Path

from console import ROOT, Failure, main_guard, say

FORMAT = "clang-format-19"
FOLDERS = ("shared", "ui", "gl", "wasm", "native", "tests", "bench")


def main() -> int:
    fix = "--fix" in sys.argv[1:]
    files = [Path(name) for name in sys.argv[1:] if name != "--fix"] or [
        path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".cpp", ".h") and "node_modules" not in path.parts]
    try:
        process = subprocess.run([FORMAT, *(["-i"] if fix else ["--dry-run", "-Werror", "-ferror-limit=1"]), *files],
                                 stderr=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError:
        raise Failure(f"{FORMAT} is missing: run `python3 scripts/setup.py native`") from None
    print(process.stderr, end="", file=sys.stderr)
    say(f"format: {len(files)} files" if process.returncode == 0
        else "format: run `scripts/format.py --fix` on the files above")
    return process.returncode


if __name__ == "__main__":
    main_guard(main)
