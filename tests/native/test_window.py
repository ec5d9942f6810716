"""The window, on a display that is only in memory: what it shows, what it does with input, how it ends."""

import ctypes
import json
import os
import re
import struct
import subprocess
import time
import unittest
import zlib
from pathlib import Path

from tests.serve.support import ServerTest

from .support import DATA, PATIENCE, PEV, PevTest

# So small that the pointer, which begins in the middle of the screen, is outside.
SIZE = (720, 520)
SCREEN = (1600, 1000)

# What the GPU's way of rounding may make of a colour, where several layers lie over each other.
TOLERANCE = 2


# States of a window. Source: ICCCM, section 4.1.3.1.
NORMAL, ICONIC = 1, 3


class Screen:
    """An X server, and what is on it."""

    def __init__(self, folder: Path) -> None:
        reader, writer = os.pipe()
        self._frame = folder / "Xvfb_screen0"
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-fbdir", str(folder),
             "-nolisten", "tcp", "-noreset"],  # or it starts anew, and turns clients away, whenever xdotool was the last to go
            pass_fds=[writer], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with open(reader, encoding="ascii") as answer:
            self.name = f":{answer.readline().strip()}"

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()

    def pixels(self, width: int, height: int) -> bytes:
        """RGB, row by row, of the top left corner. Source of the format: XWDFile.h."""
        data = self._frame.read_bytes()
        header = struct.unpack(">25I", data[:100])
        begin, row_bytes = header[0] + header[19] * 12, header[12]
        rows = bytearray()
        for y in range(height):
            row = data[begin + y * row_bytes :][: width * 4]
            rgb = bytearray(width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            rows += rgb
        return bytes(rows)

    def xdotool(self, *arguments: object) -> str:
        result = subprocess.run(["xdotool", *map(str, arguments)], env={**os.environ, "DISPLAY": self.name},
                                capture_output=True, text=True, timeout=PATIENCE, check=False)  # fmt: skip
        return result.stdout.strip()

    def set_state(self, window: str, state: int) -> None:
        """Does what a window manager would do, which is not there."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x11.XOpenDisplay(self.name.encode()))
        wm_state = ctypes.c_ulong(x11.XInternAtom(display, b"WM_STATE", False))
        x11.XChangeProperty(display, ctypes.c_ulong(int(window)), wm_state, wm_state, 32, 0, (ctypes.c_ulong * 2)(state, 0), 2)
        x11.XCloseDisplay(display)


def png_pixels(file: Path) -> bytes:
    """RGB, row by row, of a PNG as pev writes it: eight bits, with alpha."""
    data, at, packed = file.read_bytes(), 8, b""
    width = height = 0
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    raw, stride = zlib.decompress(packed), width * 4
    before, rgb = bytearray(stride), bytearray()
    for y in range(height):
        start = y * (stride + 1)
        row = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before)
        out = bytearray(width * 3)
        out[0::3], out[1::3], out[2::3] = row[0::4], row[1::4], row[2::4]
        rgb += out
        before = row
    return bytes(rgb)


def unfiltered(kind: int, row: bytearray, before: bytearray) -> bytearray:
    """Source: PNG specification, section 9."""
    for i, value in enumerate(row):
        left, up = row[i - 4] if i >= 4 else 0, before[i]
        corner = before[i - 4] if i >= 4 else 0
        if kind == 1:
            row[i] = value + left & 255
        elif kind == 2:
            row[i] = value + up & 255
        elif kind == 3:
            row[i] = value + (left + up) // 2 & 255
        elif kind == 4:
            guess = left + up - corner
            row[i] = value + min((left, up, corner), key=lambda c: abs(guess - c)) & 255
    return row


def differing(a: bytes, b: bytes) -> int:
    """How many values differ by more than the tolerance."""
    return sum(abs(x - y) > TOLERANCE for x, y in zip(a, b, strict=True)) if a != b else 0


def inspector(rgb: bytes) -> bytes:
    """What is right of the list and below the header."""
    width, height = SIZE
    return b"".join(rgb[(y * width + 362) * 3 : (y + 1) * width * 3] for y in range(206, height))


class WindowTest(PevTest):
    def setUp(self) -> None:
        super().setUp()
        self.screen = Screen(self.folder)
        self.addCleanup(self.screen.end)
        self.environment = {
            **os.environ,
            "DISPLAY": self.screen.name,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "ASAN_OPTIONS": "detect_leaks=0",  # Mesa keeps a little until the process ends
        }

    def start(self, *arguments: object) -> subprocess.Popen:
        process = subprocess.Popen(
            [PEV, *map(str, arguments), "--size", f"{SIZE[0]}x{SIZE[1]}", "--scale", "1", "--tz", "utc"],
            env=self.environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def wait_for(self, process: subprocess.Popen, condition, what: str):
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            self.assertIsNone(process.poll(), f"pev has ended before {what}")
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.02)
        return found

    def window_of(self, process: subprocess.Popen, title: str) -> str:
        return self.wait_for(process, lambda: self.screen.xdotool("search", "--name", title), f"a window {title}")

    def ends_well(self, process: subprocess.Popen) -> None:
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual((errors, process.returncode), ("", 0))

    def picture(self, *arguments: object) -> bytes:
        """What is to be seen."""
        file = self.folder / "expected.png"
        self.succeeds(*arguments, "--size", f"{SIZE[0]}x{SIZE[1]}", "--tz", "utc", "--screenshot", file)
        return png_pixels(file)

    def shows(self, process: subprocess.Popen, expected: bytes, what: str) -> None:
        self.wait_for(process, lambda: differing(self.screen.pixels(*SIZE), expected) == 0, what)

    def inspects(self, process: subprocess.Popen, expected: bytes, what: str) -> None:
        """The inspector alone: the list has a focus ring after a key, and for a while a scrollbar."""
        wanted = inspector(expected)
        self.wait_for(process, lambda: differing(inspector(self.screen.pixels(*SIZE)), wanted) == 0, what)


class Recordings(WindowTest):
    REPLAY = ("--replay", DATA / "failed-run.json")

    def test_are_shown_pixel_by_pixel_as_in_a_screenshot(self):
        for theme in ("light", "dark"):
            with self.subTest(theme):
                options = (*self.REPLAY, "--theme", theme)
                process = self.start(*options)
                self.shows(process, self.picture(*options), f"the {theme} picture")
                process.kill()
                process.wait()

    def test_take_clicks_and_keys(self):
        process = self.start(*self.REPLAY)
        window = self.window_of(process, "Journalist enrichment")
        self.shows(process, self.picture(*self.REPLAY), "the step that failed, the second")
        keys = re.findall(r'option "[^"]*"', self.succeeds(*self.REPLAY, "--dump-tree"))
        self.assertGreater(len(keys), 2)
        first, _, third, *_ = (step["key"] for step in json.loads((DATA / "failed-run.json").read_text())["data"]["steps"])
        self.screen.xdotool("windowfocus", "--sync", window)
        self.screen.xdotool("key", "Down")
        away = ("mousemove", SCREEN[0] - 5, SCREEN[1] - 5)
        self.screen.xdotool(*away)
        self.inspects(process, self.picture(*self.REPLAY, "--step", third), "the third step, by a key")
        self.screen.xdotool("mousemove", 280, 281, "click", 1, *away)
        self.inspects(process, self.picture(*self.REPLAY, "--step", first), "the first step, by a click")

    def test_go_on_by_a_key_and_close_at_their_end(self):
        (self.folder / "r.initial.json").write_bytes((DATA / "live-run.initial.json").read_bytes())
        events = (DATA / "live-run.stream.ndjson").read_text().splitlines(keepends=True)[:4]
        (self.folder / "r.stream.ndjson").write_text("".join(events))
        process = self.start("--replay", self.folder / "r", "--speed", "step", "--until", "end")
        window = self.window_of(process, "N: next event")
        self.screen.xdotool("windowfocus", "--sync", window)
        self.assertIsNone(process.poll())
        self.screen.xdotool("key", "n", "key", "n", "key", "n")
        self.ends_well(process)

    def test_play_fast_and_close_when_the_run_is_over(self):
        self.ends_well(self.start("--replay", DATA / "live-run", "--speed", 100, "--until", "final"))


class LiveRuns(WindowTest, ServerTest):
    def setUp(self) -> None:
        ServerTest.setUp(self)
        WindowTest.setUp(self)

    def test_go_live_and_close_when_they_are_over(self):
        run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        process = self.start(f"http://127.0.0.1:{self.port}/app/playbooks/runs/{run_id}", "--until", "final")
        self.window_of(process, "● Product launch outreach – running")
        self.wait_for(process, lambda: self.parts.stats.of(run_id)["open"], "an open stream")
        self.command(do="advance", runId=run_id, seconds=1000)
        self.ends_well(process)

    def test_are_loaded_anew_when_a_window_that_was_minimised_is_looked_at_again(self):
        run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        self.command(do="fault", fault="503:run", runId=run_id)
        process = self.start(f"http://127.0.0.1:{self.port}/app/playbooks/runs/{run_id}")
        window = self.window_of(process, "The server has a problem")
        self.command(do="clear", runId=run_id)

        def is_live_once_looked_at() -> int:
            for state in (ICONIC, NORMAL):  # which is one and the same to a program that is too slow to see both
                self.screen.set_state(window, state)
                time.sleep(0.05)
            return self.parts.stats.of(run_id)["open"]

        self.wait_for(process, is_live_once_looked_at, "an open stream")

    def test_that_can_not_be_loaded_end_with_the_reason(self):
        process = self.start(f"http://127.0.0.1:{self.port}/app/playbooks/runs/nothing", "--until", "ready")
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 1)
        self.assertEqual(errors, "pev: The server refused the run id: Invalid run id: not a UUID\n")


class NoScreen(PevTest):
    def test_is_an_error_in_one_line(self):
        words = self.fails(4, "--replay", DATA / "failed-run.json", DISPLAY=":99999", WAYLAND_DISPLAY="")
        self.assertTrue(words.startswith("no display: "), words)


if __name__ == "__main__":
    unittest.main()
