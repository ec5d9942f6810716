#!/usr/bin/env python3
"""Runs the fuzzers of tests/fuzz: whatever a server or an address says, nothing breaks.

    scripts/fuzz.py                        each of them briefly, always with the same inputs: a stage of the tests
    scripts/fuzz.py NAME --minutes 30      one of them for long
    scripts/fuzz.py NAME FILE...           only these inputs, to reproduce a failure

NAME is json, run, events, sse, address or embed. They start from the recordings in tests/data and from tests/fuzz/found, which keeps
each input that failed once. What a long run learns stays in build/fuzz/NAME/corpus, and an input that fails is kept in
build/fuzz/NAME: mend the fault, then move the input to tests/fuzz/found/NAME.
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import build
from console import ROOT, Failure, main_guard, say

DATA = ROOT / "tests" / "data"
FOUND = ROOT / "tests" / "fuzz" / "found"
WORK = ROOT / "build" / "fuzz"

# Inputs of a brief run; a few seconds each.
BRIEF_RUNS = {"json": 10_000, "run": 800, "events": 1_500, "sse": 20_000, "address": 20_000, "embed": 2_000}
MAX_BYTES = {"json": 2_000, "run": 60_000, "events": 20_000, "sse": 6_000, "address": 2_000, "embed": 2_000}
SLOWEST_SECONDS = 20  # for one input, with sanitizers on a busy machine: more is a failure


# --- What they start from -------------------------------------------------------------------------------------------

def recorded_events() -> list[str]:
    """The messages of the recorded stream, as a server sends them."""
    messages = map(json.loads, (DATA / "live-run.stream.ndjson").read_text("utf-8").splitlines())
    return [f"id: {number}\nevent: {message['event']}\ndata: {json.dumps(message['data'])}\n\n"
            for number, message in enumerate(messages, 1)]


def seeds(name: str) -> list[str]:
    if name == "json":
        return [' {"a": [1, -0.5e+3, true, false, null], "b\\n": "\\u00f6 \\ud83e\\udd16 \\"", "ö": {}} ', "[[[[]]]]",
                '["\\ud83d", 1e400, 9007199254740993]', *(json.dumps(json.loads(event.split("data: ", 1)[1]))
                                                         for event in recorded_events()[:20])]
    if name == "run":
        documents = {path.stem: path.read_text("utf-8") for path in sorted(DATA.glob("*.json"))}
        first, last = documents["live-run.initial"], documents["live-run.final"]
        return [*documents.values(), f"{first}\x1e{last}", f"{last}\x1e{first}"]
    if name == "events":
        events = recorded_events()
        return [*events, "".join(events[:20]), "".join(events[-20:])]
    if name == "sse":
        return ["".join(recorded_events()[:3]), ": heartbeat\r\n\r\n", "\ufeffretry: 1500\rid\rdata:a\rdata\r\r",
                "event: größe\ndata: 🤖\nid: \0\n\n"]
    if name == "embed":
        return [json.dumps({"type": kind, **more}) for kind, more in (
            ("openRun", {"run": "1", "step": "a"}), ("selectStep", {"step": "research"}), ("setTheme", {"theme": "dark"}),
            ("setStreaming", {"allowed": False}), ("pause", {}), ("resume", {}), ("refresh", {}))]
    return ["/playbooks/runs/1?step=a%20b&q=x&state=failed,running&type=AGENT&theme=dark&tz=utc&probe=1&x=y",
            "/?run=1&api=https://api.example.com/v1/&profile=app&stream=off#x"]


def words(name: str) -> set[str]:
    """For the dictionary: what random changes would not come upon."""
    if name == "embed":
        return {word for seed in seeds(name) for word in seed.split('"')} - {""} | {"\n"}
    if name == "address":
        return {word for seed in seeds(name) for word in seed.replace("&", "?").replace("=", "?").split("?") if word}
    if name == "sse":
        return {"data:", "event:", "id:", "retry:", "\r\n", "\r", "\n\n", "\ufeff", "\0"}
    found = {"null", "true", "[]", "{}", "-1", "1e400", "9007199254740993", "\\ud83d", "\x1e"}

    def collect(value: object) -> None:
        if isinstance(value, dict):
            found.update(json.dumps(key) for key in value)
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, str) and len(value) <= 30:
            found.add(json.dumps(value))

    for path in DATA.glob("*.json"):
        collect(json.loads(path.read_text("utf-8")))
    for event in recorded_events():
        collect(json.loads(event.split("data: ", 1)[1]))
    return found


def dictionary_line(word: str) -> str:
    plain = range(ord(" "), ord("~") + 1)
    return '"' + "".join(chr(byte) if byte in plain and chr(byte) not in '"\\' else f"\\x{byte:02x}"
                         for byte in word.encode()) + '"\n'


def prepare(name: str) -> Path:
    """Writes seeds and dictionary; returns their folder."""
    folder = WORK / name
    shutil.rmtree(folder / "seeds", ignore_errors=True)
    (folder / "seeds").mkdir(parents=True)
    for number, seed in enumerate(seeds(name)):
        (folder / "seeds" / str(number)).write_bytes(seed.encode())
    (folder / "dictionary").write_text("".join(sorted(map(dictionary_line, words(name)))), "utf-8")
    return folder


# --- Running them ---------------------------------------------------------------------------------------------------

def program(name: str) -> Path:
    return ROOT / "build" / "asan" / "tests" / "fuzz" / f"fuzz_{name}"


def options(name: str, folder: Path) -> list[str]:
    return [f"-max_len={MAX_BYTES[name]}", f"-dict={folder / 'dictionary'}", f"-artifact_prefix={folder}/",
            f"-timeout={SLOWEST_SECONDS}", "-rss_limit_mb=4096", "-print_final_stats=1"]


def start_points(name: str, folder: Path) -> list[Path]:
    return [folder / "seeds", *([FOUND / name] if (FOUND / name).is_dir() else [])]


def run_briefly(name: str) -> None:
    folder = prepare(name)
    fresh = folder / "brief"  # what is learned on the way goes here, and counts for nothing
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    finished = subprocess.run(
        [program(name), *options(name, folder), f"-runs={BRIEF_RUNS[name]}", "-seed=1", "-verbosity=0",
         fresh, *start_points(name, folder)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        check=False)
    if finished.returncode != 0:
        print(finished.stdout[-6000:], file=sys.stderr)
        raise Failure(f"fuzz_{name} has found a fault, see above; its input is in {folder.relative_to(ROOT)}")
    say(f"fuzz_{name}: {BRIEF_RUNS[name]} inputs, no fault")


def run_long(name: str, minutes: float) -> int:
    folder = prepare(name)
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    return subprocess.run([program(name), *options(name, folder), f"-max_total_time={round(minutes * 60)}",
                           corpus, *start_points(name, folder)], check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=BRIEF_RUNS)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float)
    arguments = parser.parse_args()
    names = [arguments.name] if arguments.name else list(BRIEF_RUNS)
    build.build("asan", tuple(f"fuzz_{name}" for name in names))
    if arguments.files:
        return subprocess.run([program(arguments.name), *arguments.files], check=False).returncode
    if arguments.name and arguments.minutes:
        return run_long(arguments.name, arguments.minutes)
    for name in names:
        run_briefly(name)
    return 0


if __name__ == "__main__":
    main_guard(main)
