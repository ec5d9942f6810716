#!/usr/bin/env python3
"""Runs the tests, stage by stage, setting up first what they need.

    scripts/test.sh             everything
    scripts/test.sh STAGE...    only these stages
    scripts/test.sh --list      what stages there are, and what each took last

A stage that fails does not keep the later ones from running. clang-tidy computes beside the other stages, on what they
leave of the processors, and is waited for in its own. The last line counts the tests of all stages, and as one each
check that passes or fails as a whole.
"""
import functools
import json
import os
import re
import subprocess
import sys
import time
from typing import NamedTuple

import build
import fuzz
from console import ROOT, Failure, main_guard, say
from setup import COMPONENTS, set_up

PYTHON_TESTS = ("serve", "layers", "papers", "scripts")  # folders below tests/
PROGRAM_TESTS = ("native", "contract")  # likewise; they need pev
TIDY_LOG = ROOT / "build" / "logs" / "tidy.log"
TIMES = ROOT / "build" / "stage-times.json"  # seconds, by stage


class Count(NamedTuple):
    passed: int
    failed: int


def run(command: list) -> tuple[int, str]:
    """Runs a command in the root, shows its output as it comes; returns the exit code and the output."""
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
                               env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return process.wait(), "".join(lines)


def count_of(status: int, passed: int, failed: int) -> Count:
    """A run that failed, or that ran no test, has at least one failure, whatever it printed."""
    return Count(passed, max(failed, 1 if status != 0 or passed + failed == 0 else 0))


def numbers(pattern: str, text: str) -> int:
    """The sum of what `pattern` captures."""
    return sum(map(int, re.findall(pattern, text, re.MULTILINE)))


def check(command: list) -> Count:
    status, _ = run(command)
    return Count(1, 0) if status == 0 else Count(0, 1)


def ctest(preset: str, *enter: str, only: str = ".") -> Count:
    build.build(preset, ("pev_tests",))
    status, _ = run([*enter, "ctest", "--preset", preset, "--tests-regex", only])
    return count_catch2(status, (ROOT / "build" / preset / "Testing/Temporary/LastTest.log").read_text("utf-8", "replace"))


def count_catch2(status: int, log: str) -> Count:
    summary = "".join(re.findall(r"^test cases:.*$", log, re.MULTILINE))
    passed = numbers(r"assertions? in (\d+) test case", log) + numbers(r"(\d+) passed", summary)
    return count_of(status, passed, numbers(r"(\d+) failed", summary))


# --- The stages -----------------------------------------------------------------------------------------------------

def stage_setup() -> Count:
    """what the tests need is installed"""
    set_up(list(COMPONENTS))
    return Count(1, 0)


def stage_unit() -> Count:
    """unit tests, native with AddressSanitizer and UndefinedBehaviorSanitizer"""
    return ctest("asan", only="^unit$")


def stage_golden() -> Count:
    """the screen reads and looks as it did: tests/golden"""
    return ctest("asan", only="^golden$")


def stage_soak() -> Count:
    """100,000 events and everything that can go wrong, in simulated time, with sanitizers"""
    return ctest("asan", only="^soak$")


def stage_fuzz() -> Count:
    """fuzzers, briefly: JSON, run documents, events, SSE, addresses, a host's commands"""
    build.build("asan", tuple(f"fuzz_{name}" for name in fuzz.BRIEF_RUNS))
    for name in fuzz.BRIEF_RUNS:
        fuzz.run_briefly(name)
    return Count(len(fuzz.BRIEF_RUNS), 0)


def stage_web() -> Count:
    """the page is built: dist/"""
    build.build("web-release")
    return Count(1, 0)


def stage_size() -> Count:
    """the first screen takes no more bytes than it should: bench/size.mjs"""
    return check(["node", "bench/size.mjs", "--check"])


def stage_wasm() -> Count:
    """unit tests and golden dumps, as WebAssembly under node"""
    return ctest("web-release", "scripts/enter")


def stage_python() -> Count:
    """tests of serve.py and the scripts, of who includes what, and of what the papers say"""
    return unittest_in(PYTHON_TESTS)


def stage_program() -> Count:
    """the desktop program from outside, with a window on a display in memory; the contract test service around it"""
    build.build("asan", ("pev",))
    return unittest_in(PROGRAM_TESTS)


def unittest_in(folders: tuple[str, ...]) -> Count:
    total = Count(0, 0)
    for folder in folders:
        status, output = run([sys.executable, "-m", "unittest", "discover", "-s", f"tests/{folder}", "-t", "."])
        count = count_unittest(status, output)
        total = Count(total.passed + count.passed, total.failed + count.failed)
    return total


def count_unittest(status: int, output: str) -> Count:
    failed = numbers(r"^FAILED \(.*?failures=(\d+)", output) + numbers(r"^FAILED \(.*?errors=(\d+)", output)
    skipped = numbers(r"^(?:OK|FAILED) \(.*?skipped=(\d+)", output)
    return count_of(status, max(0, numbers(r"^Ran (\d+) test", output) - failed - skipped), failed)


def stage_layers() -> Count:
    """no layer includes what it may not"""
    return check([sys.executable, "tests/layers/check_layers.py"])


def stage_format() -> Count:
    """clang-format has nothing to change"""
    return check([sys.executable, "scripts/format.py"])


def stage_tidy() -> Count:
    """clang-tidy has nothing to say"""
    status = tidy().wait()
    print(TIDY_LOG.read_text("utf-8", "replace"), end="", flush=True)
    return Count(1, 0) if status == 0 else Count(0, 1)


@functools.cache
def tidy() -> subprocess.Popen:
    """clang-tidy, under way since the first call."""
    build.configure("asan")
    build.configure("web-release")
    TIDY_LOG.parent.mkdir(parents=True, exist_ok=True)
    with TIDY_LOG.open("wb") as log:
        return subprocess.Popen(["nice", "-n", "19", sys.executable, "scripts/tidy.py"], cwd=ROOT,
                                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)


def stage_browser() -> Count:
    """the page in Chromium"""
    tests = sorted((ROOT / "tests" / "browser").glob("*.test.mjs"))
    if not tests:
        raise Failure("tests/browser has no *.test.mjs: the browser tests are gone")
    build.build("web-release")
    status, output = run(["node", "--test", "--test-reporter=spec", *tests])
    return count_of(status, numbers(r"^ℹ pass (\d+)", output), numbers(r"^ℹ (?:fail|cancelled) (\d+)", output))


# The cheap ones first: who broke the layers need not wait for the builds to hear of it.
STAGES = {
    "setup": stage_setup,
    "layers": stage_layers,
    "format": stage_format,
    "python": stage_python,
    "unit": stage_unit,
    "golden": stage_golden,
    "program": stage_program,
    "soak": stage_soak,
    "fuzz": stage_fuzz,
    "web": stage_web,
    "size": stage_size,
    "wasm": stage_wasm,
    "browser": stage_browser,
    "tidy": stage_tidy,
}


def run_stage(name: str) -> Count:
    say(f"\n=== {name}: {STAGES[name].__doc__}")
    started = time.monotonic()
    try:
        count = STAGES[name]()
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr, flush=True)
        count = Count(0, 1)
    took = time.monotonic() - started
    say(f"=== {name}: {'FAILED' if count.failed else 'passed'} after {took:.1f} s")
    TIMES.parent.mkdir(exist_ok=True)
    TIMES.write_text(json.dumps({**last_times(), name: took}), encoding="utf-8")
    return count


def last_times() -> dict[str, float]:
    try:
        return json.loads(TIMES.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or cut off where a run was
        return {}


def start_tidy() -> None:
    try:
        tidy()
    except Failure:
        pass  # its stage tries again, and tells


def main() -> int:
    names = sys.argv[1:] or list(STAGES)
    if names == ["--list"]:
        times = last_times()
        for name, stage in STAGES.items():
            print(f"{name:10}{f'{times[name]:.0f} s' if name in times else '':8}{stage.__doc__}")
        return 0
    if not set(names) <= set(STAGES):
        print(__doc__.strip(), file=sys.stderr)
        return 0 if names in (["-h"], ["--help"]) else 2
    started = time.monotonic()
    counts = {}
    for name in names:
        if "tidy" in names and name != "setup":
            start_tidy()
        counts[name] = run_stage(name)
        if name == "setup" and counts[name].failed:
            break  # nothing after it could work
    say(f"\n{len(counts)} of {len(names)} stages run in {time.monotonic() - started:.0f} s")
    if not_run := [name for name in names if name not in counts]:
        say(f"not run: {', '.join(not_run)}")
    if failed := [name for name, count in counts.items() if count.failed]:
        say(f"failed: {', '.join(failed)}")
    say(f"{sum(count.passed for count in counts.values())} passed, "
        f"{sum(count.failed for count in counts.values())} failed")
    return 1 if failed or not_run else 0


if __name__ == "__main__":
    main_guard(main)
