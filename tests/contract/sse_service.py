#!/usr/bin/env python3
"""A test service for public contract suites of clients of server-sent events, around the client of the desktop build.

    python3 scripts/build.py dev pev
    python3 tests/contract/sse_service.py [--port 8000] [--host 127.0.0.1] [--program PROGRAM]

Its face, over HTTP:

    GET /            {"capabilities": [...]}
    POST /           {streamUrl, callbackUrl, initialDelayMs?, lastEventId?, headers?, readTimeoutMs?} opens a stream:
                     201 with Location. Each event, comment and error is posted to callbackUrl/1, callbackUrl/2, … in order.
    POST Location    {"command": "restart"} reconnects
    DELETE Location  closes the stream
    DELETE /         ends the service

What it can't make sense of is answered with 400 and a line that says why; a stream that is not there with 404.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parents[2]
BUILDS = [ROOT / "build" / preset / "native" / "pev" for preset in ("dev", "asan")]

CAPABILITIES = ["bom", "comments", "headers", "last-event-id", "read-timeout", "restart",
                "server-directed-shutdown-request"]
MOST_BYTES = 1 << 20  # of a request
LONGEST_MS = 86_400_000
CALLBACK_SECONDS = 60  # for one callback to be answered
IDLE_SECONDS = 300  # of a connection to us


class Refusal(Exception):
    """What is wrong with a request: status and one line."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


# --- What a request may say -----------------------------------------------------------------------------------------

def read_object(body: bytes) -> dict:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, f"the body is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise Refusal(400, "the body must be a JSON object")
    return value


def one_line(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(400, f"{name} must be a text")
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value):
        raise Refusal(400, f"{name} must be one line without control characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refusal(400, f"{name} must be made of whole characters") from None
    return value


def web_address(request: dict, name: str) -> str:
    if request.get(name) is None:
        raise Refusal(400, f"{name} is missing")
    text = one_line(name, request[name])
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in text
    except ValueError:  # a port that is none, a bracket too many
        good = False
    if not good:
        raise Refusal(400, f"{name} must be an http or https address")
    return text


def milliseconds(request: dict, name: str, least: int) -> int | None:
    value = request.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LONGEST_MS:
        raise Refusal(400, f"{name} must be a whole number from {least} to {LONGEST_MS}")
    return value


def program_arguments(request: dict) -> list[str]:
    """What the program is called with."""
    arguments = [web_address(request, "streamUrl")]
    if request.get("method", "GET") not in (None, "", "GET"):
        raise Refusal(400, "method: event streams are asked for with GET only")
    headers = request.get("headers") or {}
    if not isinstance(headers, dict):
        raise Refusal(400, "headers must be an object of names and texts")
    for name, value in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise Refusal(400, "headers: a name must be made of letters, digits and dashes")
        arguments.append(f"--header={name}: {one_line(f'headers: {name}', value)}")
    if request.get("lastEventId") is not None:
        arguments.append(f"--last-event-id={one_line('lastEventId', request['lastEventId'])}")
    for name, option, least in (("initialDelayMs", "--initial-delay-ms", 0), ("readTimeoutMs", "--read-timeout-ms", 1)):
        if (value := milliseconds(request, name, least)) is not None:
            arguments.append(f"{option}={value}")
    return arguments


# --- Streams --------------------------------------------------------------------------------------------------------

class Callback:
    """Posts messages to callbackUrl/1, /2, …, one after the other."""

    def __init__(self, url: str) -> None:
        self._parts: SplitResult = urlsplit(url)
        self._count = 0
        self._connection: http.client.HTTPConnection | None = None

    def post(self, message: bytes) -> None:
        self._count += 1
        for last_try in (False, True):
            fresh = self._connection is None
            try:
                self._send(message)
                return
            except (OSError, http.client.HTTPException) as error:
                self.close()
                # A kept connection may have been closed meanwhile; a new one that fails is an answer.
                if fresh or last_try:
                    print(f"callback {self._count} failed: {error}", file=sys.stderr, flush=True)
                    return

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _send(self, message: bytes) -> None:
        parts = self._parts
        if self._connection is None:
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._connection = kind(parts.hostname, parts.port, timeout=CALLBACK_SECONDS)
        query = f"?{parts.query}" if parts.query else ""
        self._connection.request("POST", f"{parts.path.rstrip('/')}/{self._count}{query}", message,
                                 {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status >= 300:
            print(f"callback {self._count} was answered with {answer.status}", file=sys.stderr, flush=True)


class Stream:
    """A `pev stream`, and the thread that posts what it prints."""

    def __init__(self, program: Path, arguments: list[str], callback_url: str) -> None:
        self._callback = Callback(callback_url)
        self._closed = False
        self._process = subprocess.Popen([program, "stream", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE)
        self._poster = threading.Thread(target=self._post_all, daemon=True)
        self._poster.start()

    def restart(self) -> None:
        try:
            self._process.stdin.write(b"restart\n")
            self._process.stdin.flush()
        except OSError:
            raise Refusal(409, "the server has ended the stream for good") from None

    def close(self) -> None:
        self._closed = True
        self._process.kill()
        self._process.wait()

    def _post_all(self) -> None:
        for line in self._process.stdout:
            if self._closed:
                break
            self._callback.post(line.rstrip(b"\n"))
        complaint = self._process.stderr.read().decode("utf-8", "replace").strip()
        if self._process.wait() != 1 and not self._closed:  # 1: it has told why itself
            self._callback.post(json.dumps({"kind": "error", "comment": complaint or "pev failed"}).encode())
        self._callback.close()


class Service(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], program: Path) -> None:
        super().__init__(address, Handler)
        self._program = program
        self._lock = threading.Lock()
        self._streams: dict[str, Stream] = {}
        self._opened = 0

    def open(self, request: dict) -> str:
        """The path of the new stream."""
        arguments = program_arguments(request)
        stream = Stream(self._program, arguments, web_address(request, "callbackUrl"))
        with self._lock:
            self._opened += 1
            path = f"/streams/{self._opened}"
            self._streams[path] = stream
        return path

    def command(self, path: str, request: dict) -> None:
        with self._lock:
            stream = self._streams.get(path)
        if stream is None:
            raise Refusal(404, "there is no such stream")
        if request.get("command") != "restart":
            raise Refusal(400, "the only command is restart")
        stream.restart()

    def close(self, path: str) -> None:
        with self._lock:
            stream = self._streams.pop(path, None)
        if stream is None:
            raise Refusal(404, "there is no such stream")
        stream.close()

    def close_all(self) -> None:
        for path in list(self._streams):
            self.close(path)

    def handle_error(self, request: object, client_address: object) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # who hangs up on us is no fault
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server: Service

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def do_DELETE(self) -> None:
        self._answer(self._delete)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, act) -> None:
        try:
            body = self._read_body()
            status, headers, answer = act(body)
        except Refusal as refusal:
            status, headers, answer = refusal.status, {"Content-Type": "text/plain"}, f"{refusal}\n".encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _read_body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding") or not re.fullmatch("[0-9]{1,9}", length) or int(length) > MOST_BYTES:
            self.close_connection = True  # what follows can't be told from the next request
            raise Refusal(400, f"the body must have a Content-Length, of at most {MOST_BYTES} bytes")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            raise Refusal(400, "the body is shorter than its Content-Length")
        return body

    def _get(self, _: bytes):
        self._require_root()
        return 200, {"Content-Type": "application/json"}, json.dumps({"capabilities": CAPABILITIES}).encode()

    def _post(self, body: bytes):
        if self.path != "/":
            self.server.command(self.path, read_object(body))
            return 202, {}, b""
        path = self.server.open(read_object(body))
        return 201, {"Location": f"http://{self._own_name()}{path}"}, b""

    def _delete(self, _: bytes):
        if self.path != "/":
            self.server.close(self.path)
            return 200, {}, b""
        self.close_connection = True
        threading.Thread(target=self.server.shutdown).start()  # it waits for requests, so for us
        return 200, {}, b""

    def _require_root(self) -> None:
        if self.path != "/":
            raise Refusal(404, "there is nothing to be seen here")

    def _own_name(self) -> str:
        host = self.headers.get("Host", "")
        if re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", host):
            return host
        address, port = self.server.server_address[:2]
        return f"{address}:{port}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="0: any that is free")
    parser.add_argument("--program", type=Path, help="the program (that of the last build)")
    arguments = parser.parse_args()
    program = arguments.program or next((build for build in BUILDS if build.is_file()), None)
    if program is None or not program.is_file():
        print("error: pev is not built: run `python3 scripts/build.py dev pev`, or name it with --program",
              file=sys.stderr)
        return 1
    try:
        service = Service((arguments.host, arguments.port), program.resolve())
    except (OSError, OverflowError) as error:
        print(f"error: can't listen on {arguments.host}:{arguments.port}: {error}", file=sys.stderr)
        return 1
    print(f"http://{arguments.host}:{service.server_address[1]}/", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # no stream outlives us
    try:
        service.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass
    finally:
        service.close_all()
        service.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
