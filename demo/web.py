"""The web server: requests and responses as values, one thread a connection.

A handler is a function from Request to Response and needs no socket, so tests call it directly. A response
that goes on (the event stream, a proxied one) has a `stream` function, which is given the connection.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import formatdate
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qsl, unquote

from .json_text import Json, dumps

_IDLE_SECONDS = 30.0  # a client that neither sends nor takes anything for so long is let go
_MAX_BODY_BYTES = 8 << 20
# Bytes sent at a time. The time limit of a socket counts for all of what it is given at once: a slow client that takes a
# large text without a pause would be let go in the middle of it.
_PIECE = 1 << 16


class BreakOff(Exception):
    """Raised by a stream to end the connection in the middle, as a failing network does."""


@dataclass
class Request:
    method: str
    target: str  # path and query, still percent-encoded
    headers: Message = field(default_factory=Message)
    body: bytes = b""
    own_address: str = "127.0.0.1"  # the server's end of the connection

    @cached_property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @cached_property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The first value of each query parameter."""
        return dict(reversed(parse_qsl(self.query, keep_blank_values=True)))

    @cached_property
    def segments(self) -> list[str] | None:
        """The path's parts, decoded once, after splitting: an encoded slash is part of a segment. None: not
        UTF-8."""
        try:
            return [unquote(part, errors="strict") for part in self.path.split("/")[1:]]
        except UnicodeDecodeError:
            return None

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    def cookie(self, name: str) -> str | None:
        # Not http.cookies: one odd cookie of another local server would hide ours from it.
        pairs = (pair.partition("=") for pair in self.header("Cookie").split(";"))
        return next((value.strip() for key, _, value in pairs if key.strip() == name), None)


@dataclass
class Response:
    status: int = 200
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)
    stream: Callable[[Connection], None] | None = None  # sends the body instead
    date: float | None = None  # epoch seconds for the Date header, where it is not the time of day
    away: float | None = None  # seconds for which the server goes away, but for this answer

    def has(self, name: str) -> bool:
        return any(have.lower() == name.lower() for have, _ in self.headers)


def text_response(status: int, text: str) -> Response:
    return Response(status, f"{text}\n".encode(), [("Content-Type", "text/plain; charset=utf-8")])


def json_response(status: int, value: Json) -> Response:
    return json_bytes_response(status, dumps(value))


def json_bytes_response(status: int, body: bytes) -> Response:
    return Response(status, body, [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")])


def redirect(status: int, location: str) -> Response:
    return Response(status, b"", [("Location", location), ("Cache-Control", "no-store")])


class Connection:
    """Where a stream sends its bytes."""

    def __init__(self, client: socket.socket, chunked: bool) -> None:
        self._client = client
        self._chunked = chunked

    def send(self, data: bytes) -> None:
        """Raises OSError when the client is gone, or takes nothing for a while."""
        if data:
            view = memoryview(b"%x\r\n%s\r\n" % (len(data), data) if self._chunked else data)
            for at in range(0, len(view), _PIECE):
                self._client.sendall(view[at : at + _PIECE])

    def end(self) -> None:
        if self._chunked:
            self._client.sendall(b"0\r\n\r\n")

    def fileno(self) -> int:
        return self._client.fileno()

    def is_closed(self) -> bool:
        """Whether the client has gone. Meant for when its socket is readable."""
        try:
            return self._client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True


class Server(ThreadingHTTPServer):
    daemon_threads = True  # open streams don't keep the process from ending
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, handle: Callable[[Request], Response], verbose: bool = False) -> None:
        """Raises OSError where it can't listen there."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.handle_request_value = handle
        self.verbose = verbose
        self._clients: set[socket.socket] = set()
        self._leaving: tuple[float, socket.socket] | None = None  # for so many seconds, and which client stays
        self._leave_lock = threading.Lock()
        self._gone = threading.Event()
        super().__init__((host, port), _Handler)

    def go_away(self, seconds: float, spared: socket.socket) -> None:
        """As a process that is restarted: nobody can connect, and all connections end but the spared one. Returns
        when that is so. After `seconds` it is back, and knows what it knew. For threads other than the serving one."""
        with self._leave_lock:
            if self._leaving:
                return
            self._gone.clear()
            self._leaving = (seconds, spared)
        self._gone.wait()

    def service_actions(self) -> None:
        if self._leaving:
            seconds, spared = self._leaving
            with socket.socket(self.address_family, self.socket_type) as fresh:
                os.dup2(fresh.fileno(), self.socket.fileno())  # under the number that the serving loop waits for
            for client in self._clients - {spared}:
                hang_up(client)
            self._gone.set()
            time.sleep(seconds)
            self._leaving = None
            self.server_bind()
            self.server_activate()

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self._clients.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        self._clients.discard(request)
        super().shutdown_request(request)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def server_bind(self) -> None:
        # HTTPServer's own would look the host's full name up, which takes seconds without a name server.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):  # clients go away at any time: no news
            super().handle_error(request, client_address)


def hang_up(client: socket.socket) -> None:
    try:
        client.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it has just ended by itself


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True  # an event is sent when it happens
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"
    server: Server

    def version_string(self) -> str:
        return "playbook-viewer"

    def _answer(self) -> None:
        began = time.monotonic()
        body = self._read_body()
        if isinstance(body, Response):
            response, self.close_connection = body, True
        else:
            request = Request(self.command, self.path, self.headers, body, self._own_address())
            try:
                response = self.server.handle_request_value(request)
            except Exception:  # a mistake of ours: say so here, and go on serving the others
                traceback.print_exc()
                response = text_response(500, "The server made a mistake; its console says which.")
        self._send(response, began)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def _own_address(self) -> str:
        return self.connection.getsockname()[0].removeprefix("::ffff:")  # of IPv4 on an IPv6 socket

    def _read_body(self) -> bytes | Response:
        if "Transfer-Encoding" in self.headers:
            return text_response(411, "A request body needs a Content-Length.")
        lengths = set(self.headers.get_all("Content-Length", ["0"]))
        length = lengths.pop()
        if lengths or not (length.isascii() and length.isdigit()):
            return text_response(400, "Content-Length makes no sense.")
        if int(length) > _MAX_BODY_BYTES:
            return text_response(413, "The request body is too large.")
        return self.rfile.read(int(length))

    def _send(self, response: Response, began: float) -> None:
        if response.away is not None:
            self.server.go_away(response.away, self.connection)
            self.close_connection = True
        chunked = response.stream is not None and self.request_version != "HTTP/1.0"
        if response.stream and not chunked:
            self.close_connection = True  # it is the end of the body
        self.send_response_only(response.status)
        self.send_header("Server", self.version_string())
        if not response.has("Date"):
            self.send_header("Date", formatdate(response.date, usegmt=True))
        for name, value in response.headers:
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif not response.stream and response.status not in (204, 304):
            if not response.has("Content-Length"):  # a HEAD of elsewhere brings its own
                self.send_header("Content-Length", str(len(response.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self._log(response, began)
        if self.command == "HEAD":
            return
        if response.stream is None:
            self.wfile.write(response.body)
            return
        connection = Connection(self.connection, chunked)
        try:
            response.stream(connection)
            connection.end()
        except BreakOff:
            self.close_connection = True

    def _log(self, response: Response, began: float) -> None:
        if self.server.verbose:
            path, _, query = self.path.partition("?")
            query = "&".join("token=…" if part.startswith("token=") else part for part in query.split("&"))
            line = f"{self.command} {path}{'?' if query else ''}{query} {response.status}"
            milliseconds = 1000 * (time.monotonic() - began)
            print(f"{ascii(line)[1:-1]} {milliseconds:.0f} ms", file=sys.stderr)

    def log_message(self, format: str, *args: object) -> None:
        pass  # the base class's lines, which may hold tokens
