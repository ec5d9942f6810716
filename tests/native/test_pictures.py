"""--screenshot, --dump-tree and --replay: a run without a window."""

import json
import struct
import unittest
from pathlib import Path

from .support import DATA, PevTest


def size_of(png: Path) -> tuple[int, int]:
    data = png.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


class Pictures(PevTest):
    def test_have_the_size_asked_for_and_come_out_the_same_each_time(self):
        first, second = self.folder / "a.png", self.folder / "b.png"
        for file in (first, second):
            self.succeeds("--replay", DATA / "live-run", "--until", 20, "--tz", "utc", "--screenshot", file,
                          "--size", "420x300", "--scale", 2, "--theme", "dark")  # fmt: skip
        self.assertEqual(size_of(first), (840, 600))
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_need_a_file_that_can_be_written(self):
        where = self.folder / "none" / "a.png"
        words = self.fails(3, "--replay", DATA / "failed-run.json", "--screenshot", where)
        self.assertEqual(words, f"{where}: No such file or directory")
        words = self.fails(3, "--replay", DATA / "failed-run.json", "--screenshot", "/dev/full")
        self.assertEqual(words, "/dev/full: No space left on device")


class Trees(PevTest):
    def test_tell_the_moment_asked_for(self):
        def tree(*until: object) -> str:
            return self.succeeds("--replay", DATA / "live-run", "--dump-tree", "--tz", "utc", *until)

        self.assertIn('status "LIVE"', tree("--until", "ready"))
        self.assertIn('status "running"', tree("--until", 5))
        self.assertIn('progressbar "Progress" value "100%, 10 / 10 steps"', tree())
        self.assertEqual(tree(), tree("--until", "final"))

    def test_follow_the_options(self):
        text = self.succeeds("--replay", DATA / "failed-run.json", "--dump-tree", "--step", "notify", "--q", "zzz")
        self.assertIn('searchbox "Search steps, logs, output" value "zzz"', text)


class BrokenRecordings(PevTest):
    def test_are_named_with_their_line(self):
        for document in ("initial", "final"):
            self.write(f"run.{document}.json", (DATA / f"live-run.{document}.json").read_bytes())
        lines = (DATA / "live-run.stream.ndjson").read_text().splitlines()
        lines[41] = lines[41][:50]
        stream = self.write("run.stream.ndjson", "\n".join(lines))
        words = self.fails(3, "--replay", self.folder / "run", "--dump-tree")
        self.assertEqual(words, f"{stream}, line 42: JSON that ends too early")

    def test_that_are_none_are_named(self):
        nothing = self.folder / "nothing"
        self.assertEqual(self.fails(3, "--replay", nothing, "--dump-tree"), f"{nothing}: No such file or directory")
        self.assertIn("directory", self.fails(3, "--replay", self.folder, "--dump-tree"))
        picture = self.write("a.json", b"\x89PNG\r\n\x1a\n\0\0")
        self.assertTrue(self.fails(3, "--replay", picture, "--dump-tree").startswith(f"{picture}: not valid JSON"))

    def test_that_end_too_early_for_the_moment_say_so(self):
        self.write("run.initial.json", (DATA / "live-run.initial.json").read_bytes())
        self.write("run.stream.ndjson", json.dumps({"atMs": 5000, "event": "later.kind", "data": {}}))
        self.assertIn("the run is not over", self.fails(1, "--replay", self.folder / "run", "--dump-tree",
                                                        "--until", "final"))  # fmt: skip


if __name__ == "__main__":
    unittest.main()
