#!/usr/bin/env python3
"""Runs clang-tidy over our sources, in parallel; what passed once is not looked at again until it changes.

    scripts/tidy.py [FILE...]

Needs build/asan and build/web-release to be configured: they tell how each file is compiled.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

from console import CACHE, ROOT, Failure, main_guard, say
from setup import WEB_ROOT, emcc_on_path

TIDY = "clang-tidy-22"  # the first that passes over the system's headers: 19 takes more than twice as long
PASSED = CACHE / "tidy"  # an empty file for each text that passed
FORGET_AFTER_DAYS = 30
TREE = ROOT / "build" / "tidy"


def compile_commands() -> dict[Path, list[str]]:
    """How each of our files is compiled, what only the browser build has as Emscripten's clang does it."""
    commands = {}
    for_browser = []
    for preset in ("asan", "web-release"):
        path = ROOT / "build" / preset / "compile_commands.json"
        if not path.is_file():
            raise Failure(f"{path.relative_to(ROOT)} is missing: run `python3 scripts/build.py {preset}` first")
        for entry in json.loads(path.read_text(encoding="utf-8")):
            file = Path(entry["file"])
            is_ours = file.is_relative_to(ROOT) and not file.is_relative_to(ROOT / "build") and file.is_file()
            if is_ours and file not in commands:
                commands[file] = as_tidy_reads(shlex.split(entry["command"]))
                if preset == "web-release":
                    for_browser.append(file)
    flags = emscripten_flags()
    for file in for_browser:
        commands[file][:1] = ["clang++-19", *flags]
    return commands


def as_tidy_reads(command: list[str]) -> list[str]:
    """Without warnings, which the compiler has told already, and without precompiled headers: each file includes what
    it uses."""
    command = [word for word in command if not word.startswith("-W")]
    while "-Xclang" in command:  # each word of the compiler's own stands behind one
        at = command.index("-Xclang")
        del command[at:at + 2]
    return command


def emscripten_flags() -> list[str]:
    """What em++ adds to a compile command, with the paths of the root as they are from outside."""
    answer = subprocess.run([ROOT / "scripts" / "enter", "em++", "--cflags"], check=True, stdout=subprocess.PIPE,
                            text=True).stdout
    return shlex.split(answer if emcc_on_path() else answer.replace("=/usr/", f"={WEB_ROOT}/usr/"))


def with_headers(file: Path, seen: dict[Path, bytes]) -> dict[Path, bytes]:
    """The file and all headers of ours that it includes, directly or not."""
    if file not in seen and file.is_file():
        seen[file] = file.read_bytes()
        for header in re.findall(rb'^\s*#\s*include\s+"([^"]+)"', seen[file], re.MULTILINE):
            with_headers(ROOT / header.decode(), seen)
    return seen


def stamp(file: Path, command: list[str], version: bytes) -> Path:
    """The same in every checkout: what passed in one need not be looked at in another."""
    flags = " ".join(command).replace(str(ROOT), "")
    rules = b"".join((folder / ".clang-tidy").read_bytes() for folder in (ROOT, ROOT / "tests"))
    digest = hashlib.sha256(version + rules + flags.encode())
    for path, text in sorted(with_headers(file, {}).items()):
        digest.update(b"\0" + str(path.relative_to(ROOT)).encode() + b"\0" + text)
    return PASSED / digest.hexdigest()


def check(file: Path) -> str:
    """What clang-tidy finds; empty for a clean file."""
    process = subprocess.run([TIDY, "-quiet", "-p", TREE, file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, check=False)
    if process.returncode == 0:
        return ""
    return "\n".join(line for line in process.stdout.splitlines() if not re.match(r"\d+ warnings? ", line))


def main() -> int:
    try:
        version = subprocess.run([TIDY, "--version"], stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError:
        raise Failure(f"{TIDY} is missing: run `python3 scripts/setup.py native`") from None
    commands = compile_commands()
    chosen = {Path(name).resolve() for name in sys.argv[1:]} or set(commands)
    if unknown := chosen - set(commands):
        raise Failure(f"no build compiles {', '.join(map(str, sorted(unknown)))}: configure asan and web-release anew")
    stamps = {file: stamp(file, commands[file], version) for file in sorted(chosen)}
    to_check = [file for file, passed in stamps.items() if not passed.exists()]
    say(f"tidy: {len(stamps)} files, {len(to_check)} of them new or changed")

    TREE.mkdir(parents=True, exist_ok=True)
    (TREE / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(TREE), "file": str(file), "arguments": command} for file, command in commands.items()]),
        encoding="utf-8")
    PASSED.mkdir(parents=True, exist_ok=True)
    faulty = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        checks = {pool.submit(check, file): file for file in to_check}
        for number, done in enumerate(concurrent.futures.as_completed(checks), 1):
            file = checks[done]
            if complaint := done.result():
                faulty += 1
                say(complaint)
            else:
                stamps[file].touch()
            if number % 10 == 0:
                say(f"tidy: {number} of {len(to_check)} done")
    for old in PASSED.iterdir():
        if old.stat().st_mtime < time.time() - FORGET_AFTER_DAYS * 86400:
            old.unlink(missing_ok=True)
    say(f"tidy: {len(stamps)} files, {faulty} with faults")
    return 1 if faulty else 0


if __name__ == "__main__":
    main_guard(main)
