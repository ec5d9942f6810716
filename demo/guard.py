"""Who may talk to this server, and what the pages it serves may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from .web import Request, Response, text_response

_ALWAYS = ("localhost", "127.0.0.1", "::1")

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")  # nothing that means something in a policy

_EVERYWHERE = [
    # A log that a browser guesses to be HTML would run as HTML.
    ("X-Content-Type-Options", "nosniff"),
    # Run ids and search texts in the address are nobody else's business.
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), clipboard-read=()"),
]


class Guard:
    def __init__(
        self, *, allowed_hosts: Iterable[str] = (), connect: Iterable[str] = (), frame_ancestors: str = "'self'"
    ) -> None:
        """
        allowed_hosts    names in the Host header beside the loopback ones
        connect          origins beside our own that the viewer may fetch from
        frame_ancestors  who may embed the viewer, in the words of CSP
        """
        self._hosts = {host.lower() for host in (*_ALWAYS, *allowed_hosts)}
        self._frame_ancestors = frame_ancestors
        sources = " ".join(("'self'", *connect))
        # WebAssembly needs wasm-unsafe-eval. Text is drawn with the fonts of the machine: there is no font-src.
        self._viewer = (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
            f"connect-src {sources}; base-uri 'none'; form-action 'none'"
        )

    def refusal(self, request: Request) -> Response | None:
        """What to answer to a request that says it is for another host: a page of somebody else's that let its
        name point here (DNS rebinding) would otherwise be one origin with us."""
        hosts = request.headers.get_all("Host", [])
        if len(hosts) != 1 or not request.target.startswith("/") or not request.target.isascii():
            return text_response(400, "The request needs one Host header, and a percent-encoded path.")
        name = host_name(hosts[0])
        if name not in self._hosts and name != request.own_address:
            return text_response(403, f"Not served under the host name {name!r}: start serve.py with --allow-host.")
        return None

    def viewer_policy(self) -> str:
        return f"{self._viewer}; frame-ancestors {self._frame_ancestors}"

    def host_page_policy(self) -> str:
        """For the other pages in dist/, which show the viewer in a frame."""
        return f"{self._viewer}; frame-src 'self'; frame-ancestors 'none'"

    def protect(self, response: Response) -> Response:
        for name, value in _EVERYWHERE:
            if not response.has(name):
                response.headers.append((name, value))
        if not response.has("Content-Security-Policy"):
            response.headers.append(("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"))
        return response


def canonical_origin(address: str) -> str:
    """The address's origin as browsers write it. Raises ValueError where it has none."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host):
        raise ValueError(address)
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://[{host}]{port}" if ":" in host else f"{parts.scheme}://{host}{port}"


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; "" where it makes no sense."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # raises where it is none
        return parts.hostname or "" if parts.netloc == host and "@" not in host else ""
    except ValueError:
        return ""
