"""What `pev` says of itself, and of options that make no sense. All of them: tests/unit/native/test_command_line.cpp."""

import os
import subprocess
import unittest

from .support import DATA, PATIENCE, PEV, PevTest, RawServer


class Options(PevTest):
    def test_help_and_version(self):
        text = self.succeeds("--help")
        self.assertIn("--replay FILE", text)
        self.assertIn("PEV_COOKIE", text)
        self.assertRegex(self.succeeds("--version"), r"\Apev \d+\.\d+\.\d+\n\Z")

    def test_wrong_options_are_named(self):
        for arguments, words in (
            (("--bogus",), "there is no option --bogus"),
            ((), "nothing to show"),
            (("--run", "x"), "--run needs --api"),
            (("--run", "x", "--api", "nowhere"), "--api takes"),
            (("--replay", DATA / "live-run", "--theme", "pink"), "--theme takes"),
            (("--replay", DATA / "live-run", "--size", "big"), "--size takes"),
        ):
            with self.subTest(arguments):
                self.assertIn(words, self.fails(2, *arguments))

    def test_an_output_that_is_full_or_closed_is_an_error(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PEV, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (3, "pev: standard output: No space left on device\n"))
        reader, writer = os.pipe()
        os.close(reader)
        with open(writer, "wb") as closed:
            result = subprocess.run([PEV, "--replay", DATA / "failed-run.json", "--dump-tree"], stdout=closed,
                                    stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
        self.assertEqual((result.returncode, result.stderr), (3, "pev: standard output: Broken pipe\n"))


class Secrets(PevTest):
    def test_are_sent_and_nowhere_shown(self):
        server = RawServer(self, b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
        token = self.write("token", "s3cret-token\n")
        cookie = self.write("cookie", "session=s3cret-cookie")
        asked = ("--run", "x", "--api", server.api, "--dump-tree")
        for arguments, environment in (
            (("--cookie", "session=s3cret-cookie", "--token-file", token), {}),
            (("--cookie-file", cookie), {"PEV_TOKEN": "s3cret-token", "PEV_COOKIE": "not=this"}),
            ((), {"PEV_COOKIE": "session=s3cret-cookie", "PEV_TOKEN": "s3cret-token"}),
        ):
            with self.subTest(arguments):
                server.requests.clear()
                result = self.pev(*asked, *arguments, **environment)
                self.assertIn(b"\r\nCookie: session=s3cret-cookie\r\n", server.requests[0])
                self.assertIn(b"\r\nAuthorization: Bearer s3cret-token\r\n", server.requests[0])
                self.assertEqual(result.returncode, 1)
                self.assertIn("You are not signed in", result.stderr)
                self.assertNotIn("s3cret", result.stdout + result.stderr)

    def test_are_wiped_from_what_others_can_see_of_a_process(self):
        server = RawServer(self, b"", silent=True)
        process = subprocess.Popen(
            [PEV, "--run", "x", "--api", server.api, "--dump-tree", "--cookie", "a=s3cret"],
            env={**os.environ, "PEV_TOKEN": "s3cret"}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.wait_until_asked(server, process)
        for name in ("cmdline", "environ"):
            with open(f"/proc/{process.pid}/{name}", "rb") as file:
                self.assertNotIn(b"s3cret", file.read(), name)
        self.assertIn(b"a=s3cret", server.requests[0])

    def wait_until_asked(self, server: RawServer, process: subprocess.Popen) -> None:
        for _ in range(PATIENCE * 100):
            if server.requests:
                return
            with self.assertRaises(subprocess.TimeoutExpired):
                process.wait(0.01)
        self.fail("it did not ask in time")

    def test_that_can_not_be_read_are_an_error_that_does_not_tell_them(self):
        asked = ("--run", "x", "--api", "http://127.0.0.1:1", "--dump-tree")
        self.assertIn("No such file", self.fails(3, *asked, "--token-file", self.folder / "none"))
        two_lines = self.write("token", "s3cret\nHost: elsewhere")
        self.assertNotIn("s3cret", self.fails(3, *asked, "--token-file", two_lines))
        self.assertIn("not one line", self.fails(3, *asked, "--cookie-file", self.write("empty", "\n")))
        self.assertNotIn("s3cret", self.fails(2, *asked, PEV_TOKEN="s3cret\nHost: elsewhere"))


if __name__ == "__main__":
    unittest.main()
