"""serve.py itself, as a process."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import unittest
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from .support import DATA, EventReader, write_files

ROOT = Path(__file__).resolve().parents[2]


def heed_interrupt() -> None:
    """A shell that runs the tests in the background has it ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Started(unittest.TestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.dist = write_files(self.folder / "dist", {"index.html": "the viewer"})

    def command(self, *options: str) -> list[str]:
        return [sys.executable, str(ROOT / "serve.py"), "--no-build", "--dist", str(self.dist), *options]

    def start(self, *options: str) -> tuple[subprocess.Popen, int]:
        process = subprocess.Popen(
            self.command("--port", "0", *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=heed_interrupt,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        line = process.stdout.readline()
        return process, int(re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1])

    def fails(self, *options: str) -> tuple[int, str]:
        result = subprocess.run(self.command(*options), capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        return result.returncode, result.stderr

    def test_serves_and_ends_at_once_with_open_streams(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process, port = self.start("--verbose")
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/demo/product-launch")
                response = connection.getresponse()
                response.read()
                run_id = response.headers["Location"].rpartition("/")[2]
                connection.request("GET", f"/app/playbooks/runs/{run_id}?token=secret")
                self.assertEqual(connection.getresponse().read(), b"the viewer")
            stream = EventReader(port, f"/api/v1/playbook-runs/{run_id}/stream", {})
            stream.event()
            process.send_signal(number)
            _, console = process.communicate(timeout=20)  # less than a stream waits for its next heartbeat
            self.assertEqual(process.returncode, 0)
            self.assertNotIn("Traceback", console)
            self.assertIn("token=…", console.replace("\\u2026", "…"))
            self.assertNotIn("secret", console)
            self.assertEqual(console.count("\n"), 3)
            stream.close()

    def test_says_nothing_of_single_requests_unless_asked_to(self):
        process, port = self.start()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/nothing")
            connection.getresponse().read()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.communicate(timeout=20), ("\n", ""))

    def test_says_in_one_line_why_it_can_not_go_on(self):
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = str(taken.getsockname()[1])
            code, line = self.fails("--port", port)
            self.assertEqual(code, 1)
            self.assertIn(f"port {port}: Address already in use", line)
        (self.dist / "index.html").unlink()
        code, line = self.fails("--port", "0")
        self.assertEqual(code, 1)
        self.assertIn("index.html is missing", line)

    def test_refuses_recordings_that_are_broken(self):
        files = {"x.initial.json": '{"id":"i","state":"running","steps":[]}', "x.stream.ndjson": "oops\n"}
        write_files(self.folder, files)
        code, line = self.fails("--port", "0", "--replay", str(self.folder / "x"))
        self.assertEqual(code, 2)
        self.assertRegex(line, r"x\.stream\.ndjson, line 1: not JSON")

    def test_refuses_a_server_that_is_none(self):
        code, line = self.fails("--port", "0", "--api", "localhost:3001")
        self.assertEqual(code, 2)
        self.assertIn("'localhost:3001' is not the address of a server", line)

    def test_forwards_to_another_serve_py_that_replays(self):
        _, port = self.start("--replay", str(DATA / "live-run.stream.ndjson"))
        _, front = self.start("--api", f"http://127.0.0.1:{port}")
        path = "/api/v1/playbook-runs/6b0d549b-6f03-475a-9600-a35a099950d8"
        with closing(http.client.HTTPConnection("127.0.0.1", front, timeout=5)) as connection:
            connection.request("GET", path)
            self.assertEqual(connection.getresponse().read(), (DATA / "live-run.initial.json").read_bytes())
            connection.request("GET", "/index.html")
            response = connection.getresponse()
            self.assertIn(f"connect-src 'self' http://127.0.0.1:{port};", response.headers["Content-Security-Policy"])
        stream = EventReader(front, f"{path}/stream", {})
        self.assertEqual([stream.event()[1] for _ in range(3)], ["connected", "run.updated", "step.log.appended"])
        stream.close()

    def test_spoils_answers_its_own_or_those_of_a_real_server(self):
        _, port = self.start("--replay", str(DATA / "live-run.stream.ndjson"), "--fault", "500:run,times=1")
        _, front = self.start("--api", f"http://127.0.0.1:{port}", "--fault", "half:run", "--fault", "mute")
        path = "/api/v1/playbook-runs/6b0d549b-6f03-475a-9600-a35a099950d8"
        whole = (DATA / "live-run.initial.json").read_bytes()
        with closing(http.client.HTTPConnection("127.0.0.1", front, timeout=5)) as connection:
            for status in (500, 200):
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
                self.assertEqual(response.status, status)
            self.assertEqual(body, whole[: len(whole) // 2])
        stream = EventReader(front, f"{path}/stream", {})
        self.assertEqual(stream.response.headers["Content-Type"], "text/event-stream")
        stream.close()

    def test_says_what_faults_there_are(self):
        help_text = subprocess.run(self.command("--help"), capture_output=True, text=True, check=True).stdout
        self.assertRegex(help_text, r"\n  mute +stays open, but after N messages")
        result = subprocess.run(self.command("--fault", "tornado"), capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("argument --fault: there is no fault 'tornado', but drop, truncate,", result.stderr)

    def test_takes_origins_only_as_browsers_write_them(self):
        for option in ("--embed-origin", "--connect", "--allow-origin"):
            for text, reason in (("https://x.example; script-src *", "is no origin"), ("https://X.example:443", "https://x.example")):
                result = subprocess.run(self.command(option, text), capture_output=True, text=True, timeout=20, check=False)
                self.assertEqual(result.returncode, 2, (option, text))
                self.assertIn(f"argument {option}: {text!r} is", result.stderr)
                self.assertIn(reason, result.stderr)

    def test_knows_which_options_go_together(self):
        for options in (("--api", "http://x", "--control"), ("--port", "70000"), ("--speed", "0"), ("--prot", "1")):
            result = subprocess.run(self.command(*options), capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(result.returncode, 2, options)
            self.assertNotIn("Traceback", result.stderr)
