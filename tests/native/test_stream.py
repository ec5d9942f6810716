"""`pev stream` as a user meets it: its lines, its errors, TLS."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("PEV_STREAM") or ROOT / "build" / "asan" / "tests" / "contract" / "pev_stream")
PATIENCE = 60  # seconds; only a failing test waits for so long

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class TlsServer:
    """Speaks TLS with a certificate that it has made for itself, and says `answer` to everybody."""

    def __init__(self, folder: Path, answer: bytes) -> None:
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key,
                        "-out", self.certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                       check=True, stderr=subprocess.DEVNULL)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, key)
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve_one, args=(plain,), daemon=True).start()

    def _serve_one(self, plain: socket.socket) -> None:
        try:
            with self._context.wrap_socket(plain, server_side=True) as connection:
                connection.recv(4096)
                connection.sendall(self._answer)
                while connection.recv(4096):
                    pass
        except OSError:
            pass  # who does not trust us hangs up

    def close(self) -> None:
        self._listener.close()


class StreamCommand(unittest.TestCase):
    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    def end(self, process: subprocess.Popen) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()

    def run_to_end(self, *arguments: str) -> tuple[int, str, str]:
        process = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        return process.returncode, process.stdout, process.stderr

    def tls_server(self, answer: bytes = STREAM + b"data: a\n\n") -> TlsServer:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        server = TlsServer(Path(folder.name), answer)
        self.addCleanup(server.close)
        return server

    def test_a_certificate_that_nobody_vouches_for_is_refused_in_one_line(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://localhost:{server.port}/", "--header=Authorization: Bearer secret")
        line = json.loads(process.stdout.readline())
        self.assertEqual(line["kind"], "error")
        self.assertIn(f"the TLS certificate of localhost:{server.port} is not trusted: ", line["comment"])

    def test_a_certificate_for_another_host_is_refused(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://127.0.0.1:{server.port}/", "--ca-file", str(server.certificate))
        self.assertIn("is not trusted", json.loads(process.stdout.readline())["comment"])

    def test_authorities_of_ones_own_are_trusted(self) -> None:
        server = self.tls_server()
        process = self.start(f"https://localhost:{server.port}/", "--ca-file", str(server.certificate))
        self.assertEqual(json.loads(process.stdout.readline()),
                         {"kind": "event", "event": {"type": "message", "data": "a", "id": ""}})

    def test_a_file_of_authorities_that_is_none_is_an_error(self) -> None:
        process = self.start("https://localhost:1/", "--ca-file", "/no/such/file")
        self.assertIn("error", json.loads(process.stdout.readline())["kind"])

    def test_a_stream_that_ends_for_good_ends_the_program(self) -> None:
        server = self.tls_server(b"HTTP/1.1 204 No Content\r\n\r\n")
        code, out, err = self.run_to_end(f"https://localhost:{server.port}/", f"--ca-file={server.certificate}")
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
        process = self.start(f"https://localhost:{server.port}/", "--ca-file", str(server.certificate))
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
