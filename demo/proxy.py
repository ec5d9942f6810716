"""--api URL: forwards /api to a real server, as a reverse proxy does.

Method, path, query, body and cookies go through as they are, answers come back piece by piece as they arrive, so
that an event stream streams. Cookies come back fit for the address that the browser sees.
"""

from __future__ import annotations

import http.client
import selectors
import socket
import ssl
import threading
from urllib.parse import urlsplit

from .error_runs import ApiError
from .web import BreakOff, Connection, Request, Response, hang_up

_ANSWER_SECONDS = 30.0  # for the head of an answer
_SILENCE_SECONDS = 120.0  # within a body; an event stream has a heartbeat every 30 s
_PIECE_BYTES = 64 << 10

# RFC 9110, 7.6.1: about one connection, not about the message.
_HOP_BY_HOP = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
}  # fmt: skip


class Proxy:
    def __init__(self, url: str) -> None:
        """Raises ValueError where `url` is none of a server."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"{url!r} is not the address of a server, such as http://localhost:3001")
        self.origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._is_tls = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port  # raises ValueError for an impossible port
        self._prefix = parts.path.rstrip("/")

    def answer(self, request: Request) -> Response:
        upstream = self._connect()
        try:
            self._send(upstream, request)
            source = upstream.sock  # http.client lets go of it where the connection ends with the answer
            answer = upstream.getresponse()
        except TimeoutError:
            upstream.close()
            return _failed(504, "GATEWAY_TIMEOUT", f"The API server at {self.origin} did not answer in time")
        except (OSError, http.client.HTTPException) as error:
            upstream.close()
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            return _failed(502, "BAD_GATEWAY", f"The API server at {self.origin} can't be reached: {reason}")
        return self._response(request, source, answer)

    def _connect(self) -> http.client.HTTPConnection:
        if self._is_tls:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=_ANSWER_SECONDS, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=_ANSWER_SECONDS)

    def _send(self, upstream: http.client.HTTPConnection, request: Request) -> None:
        upstream.putrequest(request.method, self._prefix + request.target, skip_accept_encoding=True)
        dropped = _HOP_BY_HOP | _named_in_connection(request.headers.get_all("Connection", [])) | {"host", "expect"}
        for name, value in request.headers.items():
            if name.lower() not in dropped:
                upstream.putheader(name, value)
        upstream.putheader("X-Forwarded-Host", request.header("Host"))
        upstream.putheader("X-Forwarded-Proto", "http")
        upstream.endheaders(request.body or None)

    def _response(self, request: Request, source: socket.socket, answer: http.client.HTTPResponse) -> Response:
        dropped = _HOP_BY_HOP | _named_in_connection(answer.headers.get_all("Connection", []))
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in dropped | {"server"}]
        headers = [(name, self._for_here(name.lower(), value)) for name, value in headers]
        if answer.length is not None and answer.length <= _PIECE_BYTES:  # also where there is no body at all
            return _at_once(source, answer, headers)
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        return Response(answer.status, headers=headers, stream=lambda client: _pass_on(source, answer, client))

    def _for_here(self, name: str, value: str) -> str:
        if name == "set-cookie":
            return local_cookie(value)
        if name == "location" and value.startswith(self.origin + self._prefix + "/"):
            return value.removeprefix(self.origin + self._prefix)
        return value


def _at_once(
    source: socket.socket, answer: http.client.HTTPResponse, headers: list[tuple[str, str]]
) -> Response:
    try:
        with source, answer:
            return Response(answer.status, answer.read(), headers)
    except (OSError, http.client.HTTPException):
        return _failed(502, "BAD_GATEWAY", "The API server broke off in the middle of its answer")


def _pass_on(source: socket.socket, answer: http.client.HTTPResponse, client: Connection) -> None:
    """Sends an answer on as it comes in. If the server breaks off, so do we."""
    source.settimeout(_SILENCE_SECONDS)
    try:
        with source, answer, _HangUpWith(client, source):
            while piece := answer.read1(_PIECE_BYTES):
                client.send(piece)
            if answer.length:
                raise BreakOff  # it promised more
    except (http.client.HTTPException, OSError):
        raise BreakOff from None


class _HangUpWith:
    """Ends the connection to the server when the client goes: who reads from there would only notice at the next
    event."""

    def __init__(self, client: Connection, source: socket.socket) -> None:
        self._client = client
        self._source = source
        self._over, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._end.close()  # makes the other end readable
        self._thread.join()
        self._over.close()

    def _watch(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._client, selectors.EVENT_READ)
            selector.register(self._over, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._over in ready:
                    return
                if self._client.is_closed():
                    hang_up(self._source)
                    return
                selector.unregister(self._client)  # it sends more requests: not while a stream runs


def _named_in_connection(values: list[str]) -> set[str]:
    return {name.strip().lower() for value in values for name in value.split(",")}


def local_cookie(cookie: str) -> str:
    """A Set-Cookie line without what ties it to the real server: its Domain, and (we speak plain HTTP) Secure with
    the SameSite=None that needs it. Names that begin with __Secure- or __Host- need it too, and stay as they are."""
    name_and_value, *attributes = cookie.split(";")
    if name_and_value.lstrip().startswith(("__Secure-", "__Host-")):
        return cookie
    kept = []
    for attribute in attributes:
        key, _, value = (part.strip().lower() for part in attribute.partition("="))
        if key not in ("domain", "secure") and (key, value) != ("samesite", "none"):
            kept.append(attribute)
    return ";".join([name_and_value, *kept])


def _failed(status: int, code: str, message: str) -> Response:
    return ApiError(status, code, message).response()
