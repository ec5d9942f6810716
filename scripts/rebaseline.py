#!/usr/bin/env python3
"""Writes the golden files of tests/golden anew from what the viewer shows now. Look at what has changed before committing.

    python3 scripts/rebaseline.py
"""
import os
import subprocess

import build
from console import ROOT, main_guard, say


def main() -> int:
    build.build("asan", ("pev_tests",))
    status = subprocess.run([ROOT / "build" / "asan" / "tests" / "pev_tests", "[golden]"], cwd=ROOT, check=False,
                            env={**os.environ, "PEV_REBASELINE": "1"}).returncode
    changed = subprocess.run(["git", "status", "--short", "tests/golden"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                             check=False).stdout
    say(changed or "tests/golden: nothing has changed")
    return status


if __name__ == "__main__":
    main_guard(main)
