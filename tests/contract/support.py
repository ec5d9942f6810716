"""What the contract tests run against: a server of streams, a receiver of callbacks, and the service."""

from __future__ import annotations

import http.client
import json
import queue
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "asan" / "native" / "pev"
PATIENCE = 60  # seconds; only a failing test waits for so long


class StreamConnection:
    """One request for a stream, and what the test sends on it."""

    def __init__(self, path: str, headers: http.client.HTTPMessage) -> None:
        self.path = path
        self.headers = headers
        self.chunks: queue.Queue[bytes | None] = queue.Queue()

    def send(self, text: str | bytes) -> None:
        self.chunks.put(text.encode() if isinstance(text, str) else text)

    def send_in_chunks(self, data: str, size: int) -> None:
        whole = data.encode()
        for at in range(0, len(whole), size):
            self.send(whole[at:at + size])

    def break_off(self) -> None:
        self.chunks.put(None)


class LocalServer:
    """An HTTP server on a free port, for the length of a `with`."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class StreamServer(LocalServer):
    """Answers with a stream that the test writes; a path that is in `answers` with (status, headers)."""

    def __init__(self) -> None:
        super().__init__(_StreamHandler)
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.requests: queue.Queue[str] = queue.Queue()  # paths of those that were answered from `answers`
        self._connections: queue.Queue[StreamConnection] = queue.Queue()

    def await_connection(self) -> StreamConnection:
        return self._connections.get(timeout=PATIENCE)


class _StreamHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        owner: StreamServer = self.server.owner
        if self.path in owner.answers:
            status, headers = owner.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()
            owner.requests.put(self.path)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        connection = StreamConnection(self.path, self.headers)
        owner._connections.put(connection)
        while (chunk := connection.chunks.get()) is not None:
            try:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            except OSError:
                break  # the client has gone
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class CallbackReceiver(LocalServer):
    """Takes what the service posts; numbers that are out of order are told as such."""

    def __init__(self) -> None:
        super().__init__(_CallbackHandler)
        self._messages: queue.Queue[dict] = queue.Queue()
        self._expected = 0

    def take(self, path: str, message: dict) -> None:
        self._expected += 1
        if path != f"/callback/{self._expected}":
            message = {"kind": f"out of order: {path} in place of {self._expected}"}
        self._messages.put(message)

    def next(self) -> dict:
        return self._messages.get(timeout=PATIENCE)

    def is_empty(self) -> bool:
        return self._messages.empty()


class _CallbackHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.owner.take(self.path, json.loads(body))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Service:
    """The test service as a process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "contract" / "sse_service.py"), "--port=0", f"--program={PROGRAM}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        address = self.process.stdout.readline().strip()
        self.host, self.port = address.removeprefix("http://").rstrip("/").split(":")

    def call(self, method: str, path: str, body: object = None, headers: dict | None = None):
        """Status, headers and body; `body` is bytes, or becomes JSON."""
        connection = http.client.HTTPConnection(self.host, int(self.port), timeout=PATIENCE)
        try:
            data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
            connection.request(method, path, data, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
