"""Lets pages of other origins use the API, where --allow-origin names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .web import Request, Response

Handler = Callable[[Request], Response]


def allow(origins: Iterable[str], handle: Handler) -> Handler:
    allowed = frozenset(origins)
    if not allowed:
        return handle

    def answer(request: Request) -> Response:
        origin = request.header("Origin")
        is_preflight = request.method == "OPTIONS" and request.header("Access-Control-Request-Method") != ""
        response = Response(204) if is_preflight and origin in allowed else handle(request)
        response.headers.append(("Vary", "Origin"))
        if origin in allowed:
            response.headers += [
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Allow-Credentials", "true"),
                # The viewer takes the server's clock from Date, which scripts of other origins can't see otherwise.
                ("Access-Control-Expose-Headers", "Date"),
            ]
            if is_preflight:
                response.headers += [
                    ("Access-Control-Allow-Methods", "GET, HEAD"),
                    ("Access-Control-Allow-Headers", "Accept, Cache-Control, Content-Type, Last-Event-ID"),
                    ("Access-Control-Max-Age", "600"),
                ]
        return response

    return answer
