"""What the scripts of this folder say, and how they run long commands.

A long command's output goes to a log file; the terminal shows its last line as a sign of life. An error that a
person has to do something about is a `Failure`: one line that names what is missing and what to do.
"""
import contextlib
import errno
import fcntl
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("PRAVADO_VIEWER_CACHE") or Path.home() / ".cache" / "pravado-viewer")
LOGS = CACHE / "logs"

SIGN_OF_LIFE_SECONDS = 10  # between lines where the output is no terminal


class Failure(Exception):
    """The work can't go on. The text is one line: what is missing, then what to do."""


def say(text: str) -> None:
    print(text, flush=True)


@contextlib.contextmanager
def timed(title: str):
    """Says what is being done and, once done, how long it took."""
    say(title)
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        say(f"      done in {seconds:.0f} s")


def run_logged(command: list, log_name: str, explain, folder: Path = LOGS, **options) -> str:
    """Runs `command`, returns its output. Where it fails, raises the Failure that `explain(output)` words.

    Who holds no lock on what the command works on must not share the log's name and folder with others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log_path = folder / f"{log_name}.log"
    with open(log_path, "w+", encoding="utf-8", errors="replace") as log:
        started = time.monotonic()
        try:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT,
                                       stdin=subprocess.DEVNULL, **options)
        except FileNotFoundError as error:
            raise Failure(f"{error.filename or command[0]} is missing: install it and run this again") from None
        try:
            _show_progress(process, log_path, started)
        except BaseException:  # Ctrl-C too: nothing goes on behind the user's back
            process.terminate()
            process.wait()
            raise
        log.seek(0)
        output = log.read()
    if process.returncode != 0:
        if "No space left on device" in output:
            raise Failure(f"the disk is full: free some space and run this again (log: {log_path})")
        raise Failure(f"{explain(output)} (log: {log_path})")
    return output


def _show_progress(process: subprocess.Popen, log_path: Path, started: float) -> None:
    terminal = sys.stdout.isatty()
    next_line_at = started + SIGN_OF_LIFE_SECONDS
    waiter = threading.Thread(target=process.wait, daemon=True)
    waiter.start()
    while waiter.is_alive():
        waiter.join(0.2)
        now = time.monotonic()
        if terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{f'      {now - started:3.0f} s  {_last_line(log_path)}'[:width]}", end="", flush=True)
        elif now >= next_line_at and waiter.is_alive():
            say(f"      {now - started:.0f} s  {_last_line(log_path)[:100]}")
            next_line_at += SIGN_OF_LIFE_SECONDS
    if terminal:
        print("\r\x1b[K", end="", flush=True)


def _last_line(path: Path) -> str:
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - 400))
        lines = file.read().decode("utf-8", "replace").replace("\r", "\n").strip().splitlines()
    return lines[-1].strip() if lines else ""


@contextlib.contextmanager
def locked(path: Path, doing: str):
    """One at a time: a second process waits here and says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another process is {doing}: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main_guard(main) -> None:
    """Runs a script's main() and ends with one line, and no stack trace, for everything a person can mend."""
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EROFS):
            raise
        print(f"error: {error.strerror}: {error.filename or CACHE}", file=sys.stderr)
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
    sys.exit(1)
