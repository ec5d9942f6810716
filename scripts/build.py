#!/usr/bin/env python3
"""Sets up what a build needs, configures and builds it.

    python3 scripts/build.py web-release               the page: dist/
    python3 scripts/build.py dev [TARGET...]           native, debug
    python3 scripts/build.py release [TARGET...]       native, optimised: what is installed
    python3 scripts/build.py asan [TARGET...]          native, with sanitizers
    python3 scripts/build.py web-debug [TARGET...]     build/web-debug/dist/

From Python: `build.build("web-release")`, which raises console.Failure with one line for the user. Progress goes to
the standard output; it is safe to run twice at once.
"""
import os
import sys

from console import ROOT, Failure, locked, main_guard, run_logged, say
from setup import set_up

PRESETS = ("dev", "release", "asan", "web-release", "web-debug")
SHOWN_LINES = 60  # of a compiler's complaints


def build(preset: str, targets: tuple[str, ...] = ()) -> None:
    if is_web(preset) and not targets:
        targets = ("dist",)  # the tests are built by those who run them
    configure(preset)
    with locked(ROOT / "build" / f".{preset}.lock", f"building {preset}"):
        say(f"building {preset}")
        chosen = ["--target", *targets] if targets else []
        run([*toolchain(preset), "cmake", "--build", "--preset", preset, "--parallel", str(os.cpu_count() or 2), *chosen],
            f"build-{preset}")


def configure(preset: str) -> None:
    set_up(["web" if is_web(preset) else "native", "sources"])
    with locked(ROOT / "build" / f".{preset}.lock", f"building {preset}"):
        if not (ROOT / "build" / preset / "build.ninja").is_file():
            say(f"configuring {preset}")
            run([*toolchain(preset), "cmake", "--preset", preset], f"configure-{preset}")


def is_web(preset: str) -> bool:
    return preset.startswith("web-")


def toolchain(preset: str) -> list[str]:
    return [str(ROOT / "scripts" / "enter")] if is_web(preset) else []


def run(command: list[str], name: str) -> None:
    def explain(output: str) -> str:
        complaints = [line for line in output.splitlines() if not line.startswith("[")]
        print("\n".join(complaints[:SHOWN_LINES]), file=sys.stderr)
        return f"{name} failed, see above"
    run_logged(command, name, explain, ROOT / "build" / "logs", cwd=ROOT)


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in PRESETS:
        print(__doc__.strip(), file=sys.stderr)
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 2
    build(sys.argv[1], tuple(sys.argv[2:]))
    say(f"built: {sys.argv[1]}")
    return 0


if __name__ == "__main__":
    main_guard(main)
