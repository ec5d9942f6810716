"""`pev stream` as a user meets it: its lines, its errors, TLS."""

from __future__ import annotations

import json
import signal
import subprocess
import unittest

from .support import CERTIFICATE, PATIENCE, PEV, RawServer

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class StreamCommand(unittest.TestCase):
    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen([PEV, "stream", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    def end(self, process: subprocess.Popen) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()

    def run_to_end(self, *arguments: str) -> tuple[int, str, str]:
        process = subprocess.run([PEV, "stream", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        return process.returncode, process.stdout, process.stderr

    def tls_server(self, answer: bytes = STREAM + b"data: a\n\n") -> RawServer:
        return RawServer(self, answer, tls=True, silent=True)

    def test_a_certificate_that_nobody_vouches_for_is_refused_in_one_line(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://localhost:{server.port}/", "--header=Authorization: Bearer secret")
        line = json.loads(process.stdout.readline())
        self.assertEqual(line["kind"], "error")
        self.assertIn(f"the TLS certificate of localhost:{server.port} is not trusted: ", line["comment"])

    def test_a_certificate_for_another_host_is_refused(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://127.0.0.1:{server.port}/", "--ca-file", str(CERTIFICATE))
        self.assertIn("is not trusted", json.loads(process.stdout.readline())["comment"])

    def test_authorities_of_ones_own_are_trusted(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://localhost:{server.port}/", "--ca-file", str(CERTIFICATE))
        self.assertEqual(json.loads(process.stdout.readline()),
                         {"kind": "event", "event": {"type": "message", "data": "a", "id": ""}})

    def test_a_file_of_authorities_that_is_none_is_an_error(self) -> None:
        process = self.start("https://localhost:1/", "--ca-file", "/no/such/file")
        self.assertIn("error", json.loads(process.stdout.readline())["kind"])

    def test_a_stream_that_ends_for_good_ends_the_program(self) -> None:
        server = self.tls_server(b"HTTP/1.1 204 No Content\r\n\r\n")
        code, out, err = self.run_to_end(f"https://localhost:{server.port}/", f"--ca-file={CERTIFICATE}")
        self.assertEqual(code, 1)
        self.assertEqual(json.loads(out), {"kind": "error", "comment": "the server ended the stream for good (HTTP 204)"})
        self.assertEqual(err, "pev: stream: the server ended the stream for good (HTTP 204)\n")

    def test_wrong_options_are_told_in_one_line_without_secrets(self) -> None:
        url = "http://127.0.0.1:1/"
        for arguments in ([], ["ftp://x/"], ["nonsense"], [url, url], [url, "--colour"], [url, "--header"],
                          [url, "--header=secret"], [url, "--header", "Cookie: secret\nX: y"], [url, "--read-timeout-ms=0"],
                          [url, "--initial-delay-ms=-1"], [url, "--initial-delay-ms=99999999999"], [url, "-x"], [""]):
            with self.subTest(arguments):
                code, out, err = self.run_to_end(*arguments)
                self.assertEqual((code, out), (2, ""))
                self.assertRegex(err, r"\Apev: stream: [^\n]+\n\Z")
                self.assertNotIn("secret", err)

    def test_help_tells_the_options(self) -> None:
        code, out, err = self.run_to_end("--help")
        self.assertEqual((code, err), (0, ""))
        for option in ("URL", "--header", "--last-event-id", "--initial-delay-ms", "--read-timeout-ms", "--ca-file"):
            self.assertIn(option, out)

    def test_commands_that_are_none_are_told_and_passed_over(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://localhost:{server.port}/", "--ca-file", str(CERTIFICATE))
        process.stdout.readline()
        process.stdin.write("dance\nrestart\n")
        process.stdin.flush()
        self.assertEqual(process.stderr.readline(), "pev: stream: there is no command dance\n")
        self.assertEqual(json.loads(process.stdout.readline())["kind"], "event")  # after the restart

    def test_it_ends_when_nobody_reads_what_it_prints(self) -> None:
        process = self.start("http://127.0.0.1:1/", "--initial-delay-ms=0")
        process.stdout.readline()
        process.stdout.close()
        code = process.wait(PATIENCE)
        self.assertIn(code, (1, -signal.SIGPIPE))


if __name__ == "__main__":
    unittest.main()
