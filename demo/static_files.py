"""Serves a folder: content types, compressed variants, ETags, and nothing outside of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from .guard import Guard
from .web import Request, Response, redirect

# Spelt out, because what the mimetypes module says differs from machine to machine.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ts": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}

# Modules are loaded by CORS, and pages of other sites load this one. It is the same for everybody.
_FOR_EVERY_SITE = ("embed.js",)

_VARIANTS = (("br", ".br"), ("gzip", ".gz"))  # the better first


class StaticFiles:
    def __init__(
        self, root: Path, guard: Guard, *, is_viewer: bool = True, instead: Mapping[str, bytes] | None = None
    ) -> None:
        """
        is_viewer  the folder's index.html is the viewer; all other pages show it in a frame
        instead    what stands in for the folder's own files, by name
        """
        self._root = root.resolve()
        self._guard = guard
        self._viewer = self._root / "index.html" if is_viewer else None
        self._instead = instead or {}

    def serve(self, request: Request, segments: list[str]) -> Response | None:
        """The file at `segments` (decoded) below the folder; None: there is none."""
        file = self._find(segments)
        if file is None:
            return None
        if file.parent == self._root and file.name in self._instead:
            headers = [("Cache-Control", "no-cache"), ("Content-Type", _TYPES[file.suffix])]
            return Response(200, self._instead[file.name], headers)
        if file.is_dir():
            page = self._find([*(part for part in segments if part), "index.html"])
            if page is None:
                return None
            if segments[-1] != "":
                query = f"?{request.query}" if request.query else ""
                return redirect(308, request.path.rsplit("/", 1)[-1] + "/" + query)
            file = page
        return self._answer(request, file)

    def _find(self, segments: list[str]) -> Path | None:
        parts = segments[:-1] if segments and segments[-1] == "" else segments
        if any(not part or part.startswith(".") or any(bad in part for bad in "/\\:\0") for part in parts):
            return None
        try:
            path = self._root.joinpath(*parts).resolve()  # follows symbolic links
            return path if path.is_relative_to(self._root) and path.exists() else None
        except (OSError, ValueError):  # a name too long, or not possible here
            return None

    def _answer(self, request: Request, file: Path) -> Response:
        kind = _TYPES.get(file.suffix, "application/octet-stream")
        headers = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), ("Content-Type", kind)]
        if file.suffix == ".html":
            policy = self._guard.viewer_policy() if file == self._viewer else self._guard.host_page_policy()
            headers.append(("Content-Security-Policy", policy))
        if file.name in _FOR_EVERY_SITE:
            headers.append(("Access-Control-Allow-Origin", "*"))
        encoding, variant = _variant(file, request.header("Accept-Encoding"))
        body = variant.read_bytes()
        if encoding:
            headers.append(("Content-Encoding", encoding))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers.append(("ETag", tag))
        if _matches(request.header("If-None-Match"), tag):
            return Response(304, b"", headers)
        return Response(200, body, headers)


def _variant(file: Path, accept: str) -> tuple[str | None, Path]:
    """The best variant that the client takes. It is of the same build: scripts/make_dist.mjs writes all three."""
    accepted = accepted_encodings(accept)
    usable = []
    for rank, (encoding, suffix) in enumerate(_VARIANTS):
        variant = file.with_name(file.name + suffix)
        quality = accepted.get(encoding, accepted.get("*", 0.0))
        if quality > 0 and variant.is_file() and not variant.is_symlink():
            usable.append((-quality, rank, encoding, variant))
    return min(usable)[2:] if usable else (None, file)


def accepted_encodings(accept: str) -> dict[str, float]:
    """Accept-Encoding, to qualities by name."""
    qualities = {}
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        qualities[name] = quality
    return qualities


def _matches(if_none_match: str, tag: str) -> bool:
    candidates = [candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")]
    return tag in candidates or candidates == ["*"]
