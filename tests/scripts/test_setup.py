"""What set-up decides without installing anything."""
import re
import subprocess
import sys
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import setup  # noqa: E402
from console import Failure, run_logged  # noqa: E402


class Dependencies(unittest.TestCase):
    def test_all_of_the_cmake_file_are_read(self):
        text = (ROOT / "cmake" / "dependencies.cmake").read_text(encoding="utf-8")
        self.assertEqual(len(setup.dependencies()), len(re.findall(r"^pev_dependency\(", text, re.MULTILINE)))
        for dependency in setup.dependencies():
            self.assertRegex(dependency.commit, "^[0-9a-f]{40}$")
            self.assertTrue(dependency.suites)

    def test_versions_are_compared_by_number_and_letter(self):
        def in_range(version: str) -> bool:
            return setup.version_key("1.92.2b") <= setup.version_key(version) < setup.version_key("1.93")
        self.assertTrue(all(map(in_range, ("1.92.2b", "1.92.2c", "1.92.3", "1.92.10"))))
        self.assertFalse(any(map(in_range, ("1.92.2", "1.92.2a", "1.91.9", "1.93", "1.93.1"))))

    def test_sources_tell_their_version(self):
        with TemporaryDirectory() as folder:
            header = Path(folder) / "imgui.h"
            header.write_text('#define IMGUI_VERSION       "1.92.2b"\n#define IMGUI_VERSION_NUM   19222\n')
            self.assertEqual(setup.version_in_headers(Path(folder)), "1.92.2b")
            header.unlink()
            self.assertEqual(setup.version_in_headers(Path(folder)), "")


class Emcc(unittest.TestCase):
    def answers(self, version: str) -> bool:
        setup.emcc_on_path.cache_clear()
        self.addCleanup(setup.emcc_on_path.cache_clear)
        answer = subprocess.CompletedProcess([], 0, f"emcc (Emscripten gcc/clang-like replacement) {version} (0123)\n")
        with mock.patch("shutil.which", return_value="/opt/emsdk/emcc"), \
                mock.patch("subprocess.run", return_value=answer):
            return setup.emcc_on_path()

    def test_one_that_is_new_enough_is_used(self):
        self.assertTrue(self.answers("3.1.69"))
        self.assertTrue(self.answers("4.0.0"))

    def test_one_that_is_too_old_is_not(self):
        self.assertFalse(self.answers("3.1.6"))
        self.assertFalse(self.answers("3.1.68-git"))


class WithoutApt(unittest.TestCase):
    def setUp(self):
        for name, value in (("setup.has_apt", False), ("shutil.which", "/usr/bin/tool")):
            patch = mock.patch(name, return_value=value)
            patch.start()
            self.addCleanup(patch.stop)

    def test_missing_libraries_are_named_together_with_what_to_do(self):
        with mock.patch("setup.missing_libraries", return_value=["glfw3", "epoxy"]), self.assertRaises(Failure) as caught:
            setup.native_steps()
        self.assertIn("does not find glfw3, epoxy: install them", str(caught.exception))

    def test_where_all_is_there_nothing_is_to_be_done(self):
        with mock.patch("setup.missing_libraries", return_value=[]):
            self.assertEqual(setup.native_steps(), [])


class Failures(unittest.TestCase):
    def run_failing(self, script: str) -> str:
        with self.assertRaises(Failure) as caught:
            run_logged(["sh", "-c", script], "test-of-failures", lambda output: f"explained: {output.strip()}")
        return str(caught.exception)

    def test_a_command_that_fails_is_explained_in_one_line_that_names_the_log(self):
        self.assertRegex(self.run_failing("echo why; exit 3"), r"^explained: why \(log: /.*test-of-failures\.log\)$")

    def test_a_full_disk_is_named(self):
        self.assertIn("the disk is full", self.run_failing("echo 'write: No space left on device'; exit 1"))

    def test_a_missing_command_is_named(self):
        with self.assertRaises(Failure) as caught:
            run_logged(["no-such-command"], "test-of-failures", str)
        self.assertIn("no-such-command is missing", str(caught.exception))

    def test_apt_without_network(self):
        explain = setup.explain_apt("ninja")
        self.assertIn("check the network", explain("Err:1 x\n  Could not resolve 'x'\nE: Failed to fetch x\n"))
        self.assertIn("have no clang-19", explain("E: Unable to locate package clang-19\n"))
        self.assertIn("held broken packages", explain("E: Unable to correct problems, you have held broken packages.\n"))


if __name__ == "__main__":
    unittest.main()
