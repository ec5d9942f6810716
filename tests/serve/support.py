"""What the tests of serve.py share: a site on a free port, raw requests to it, and a reader of event streams."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import unittest
from contextlib import closing
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from demo import cors
from demo.api import DemoApi
from demo.control import Control
from demo.examples import Examples
from demo.faults.book import Book, around
from demo.guard import Guard
from demo.pages import Pages
from demo.reduce import meant, reduce
from demo.replay import load
from demo.runs import Runs
from demo.site import Site
from demo.sse import StreamSettings
from demo.static_files import StaticFiles
from demo.stats import Stats
from demo.web import Request, Server

DATA = Path(__file__).resolve().parents[1] / "data"

T0 = 1_795_000_000.0  # some day in 2026, in epoch seconds

NO_SUCH_RUN = "00000000-0000-4000-8000-000000000000"


def headers(**values: str) -> Message:
    message = Message()
    message["Host"] = "localhost:8080"
    for name, value in values.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    return message


def request(target: str, method: str = "GET", body: bytes = b"", **values: str) -> Request:
    return Request(method, target, headers(**values), body)


def header(response, name: str) -> str | None:
    return next((value for key, value in response.headers if key.lower() == name.lower()), None)


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def demo_site(
    dist: Path, *, clock=time.time, replay=(), origins=(), requires_cookie=False, steers=True, speed=1.0, **settings
) -> SimpleNamespace:
    """All parts of a demo site, as serve.py puts them together."""
    guard, stats, book = Guard(), Stats(), Book()
    runs = Runs(tuple(load(path) for path in replay), speed)
    api = DemoApi(runs, stats, requires_cookie, StreamSettings(**settings), clock)
    pages = Pages(runs, book, clock)
    control = Control(runs, book, stats, clock, steers)
    answer = cors.allow(origins, around(book, api.answer))
    site = Site(guard, StaticFiles(dist, guard), pages, answer, control, Examples(runs, guard, clock))
    return SimpleNamespace(answer=site.answer, runs=runs, stats=stats, book=book)


class SiteTest(unittest.TestCase):
    """A test with a dist/ of its own, in which nothing needs a socket: `answer` is the whole site."""

    FILES: dict[str, str | bytes] = {"index.html": "<title>the viewer</title>", "viewer.js": "run()"}
    OPTIONS: dict = {}

    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dist = write_files(Path(folder.name) / "dist", self.FILES)
        self.now = T0
        self.parts = demo_site(self.dist, **{"clock": lambda: self.now, **self.OPTIONS})

    def get(self, target: str, **values: str):
        return self.parts.answer(request(target, **values))

    def get_json(self, target: str, **values: str):
        return json.loads(self.get(target, **values).body)

    def start(self, slug: str = "product-launch", query: str = "") -> str:
        location = header(self.get(f"/demo/{slug}{query}"), "Location") or ""
        return location.removeprefix("/app/playbooks/runs/").partition("?")[0]


class ServerTest(SiteTest):
    """The same on a real port, with the real time."""

    def setUp(self) -> None:
        super().setUp()
        self.parts = demo_site(self.dist, **self.OPTIONS)
        self.port = serve(self, self.parts.answer)

    def fetch(self, target: str, method: str = "GET", body: bytes | None = None, **values: str):
        """(status, headers, body)"""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, target, body, {name.replace("_", "-"): v for name, v in values.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def fetch_json(self, target: str, method: str = "GET", body: bytes | None = None, **values: str):
        return json.loads(self.fetch(target, method, body, **values)[2])

    def command(self, **command):
        return self.fetch_json("/demo/control", "POST", json.dumps(command).encode())

    def raw(self, data: bytes) -> bytes:
        """Everything that the server says to these bytes, until it closes."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=10)) as client:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def stream(self, target: str, **values: str) -> EventReader:
        reader = EventReader(self.port, target, values)
        self.addCleanup(reader.close)
        return reader

    def wait_until(self, condition, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not happen in time")
            time.sleep(0.005)


def serve(test: unittest.TestCase, answer) -> int:
    """Serves `answer` until the test ends; returns the port."""
    server = Server("127.0.0.1", 0, answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    test.addCleanup(server.server_close)
    test.addCleanup(server.shutdown)
    return server.port


class EventReader:
    """Reads an event stream message by message."""

    def __init__(self, port: int, target: str, values: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self._connection.request("GET", target, headers={name.replace("_", "-"): v for name, v in values.items()})
        self.response = self._connection.getresponse()

    def block(self) -> str | None:
        """The next message or comment as text; None: the stream has ended as it should."""
        lines = []
        while (line := self.response.readline()) not in (b"\n", b""):
            lines.append(line.decode().rstrip("\n"))
        return "\n".join(lines) if lines else None

    def event(self) -> tuple[str | None, str, object]:
        """(id, name, data) of the next message; comments are passed over."""
        while (block := self.block()) is not None:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if "data" in fields:
                return fields.get("id"), fields["event"], json.loads(fields["data"])
        raise EOFError

    def close(self) -> None:
        self.response.close()
        self._connection.close()


def step_of(document, event):
    """The step that an event is about."""
    same = [step for step in document["steps"] if step["key"] == event.get("stepKey")]
    return meant(same) if same else None


def apply(document, event) -> None:
    """Does to a run document what an event says."""
    reduce(document, event, step_of(document, event))


def frames_of(run, now: float) -> list[tuple[str | None, str, dict]]:
    """(id, name, data) of every event of a run up to `now`."""
    run.catch_up(now)
    found = []
    for frame in run.frames_after(0, now)[0]:
        fields = dict(line.split(": ", 1) for line in frame.decode().strip().split("\n"))
        found.append((fields.get("id"), fields["event"], json.loads(fields["data"])))
    return found
