"""Which part answers which address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .control import Control
from .examples import Examples
from .guard import Guard
from .pages import VIEWER, Pages
from .static_files import StaticFiles
from .web import Request, Response, redirect, text_response

# What a browser asks for to show a page. Anything else below the viewer's address (a script, say) that dist/
# does not have is missing, and no run id.
_PAGE_REQUESTS = ("", "document", "iframe", "frame", "embed", "object", "empty")


@dataclass
class Site:
    guard: Guard
    static: StaticFiles
    pages: Pages
    api: Callable[[Request], Response]
    control: Control | None  # None: with --api there is no demo
    examples: Examples | None = None

    def answer(self, request: Request) -> Response:
        return self.guard.protect(self.guard.refusal(request) or self._route(request))

    def _route(self, request: Request) -> Response:
        segments = request.segments
        if segments is None:
            return text_response(400, "The address is not UTF-8.")
        if segments[0] == "api":
            return self.api(request)
        if segments == ["demo", "control"] and self.control:
            return self.control.command(request) if request.method == "POST" else _not_allowed("POST")
        if request.method not in ("GET", "HEAD"):
            return _not_allowed("GET, HEAD")
        return self._page(request, segments) or text_response(404, "There is nothing here.")

    def _page(self, request: Request, segments: list[str]) -> Response | None:
        match segments:
            case [""]:
                return self.pages.start_page()
            case ["demo", *rest]:
                return self._demo(request, rest)
            case ["examples", *rest] if self.examples:
                return self.examples.serve(request, rest)
            case ["app", "playbooks", "runs"]:
                return redirect(308, VIEWER + (f"?{request.query}" if request.query else ""))
            case ["app", "playbooks", "runs", *rest]:
                return self._viewer(request, rest)
        return self.static.serve(request, segments)

    def _viewer(self, request: Request, rest: list[str]) -> Response | None:
        """The page names its files relative to itself, so they are all here a second time; any other single
        segment is a run id (which may hold encoded slashes)."""
        if rest != [""] and (file := self.static.serve(request, rest)):
            return file
        if len(rest) > 1 or request.header("Sec-Fetch-Dest") not in _PAGE_REQUESTS:
            return None
        return self.static.serve(request, ["index.html"])

    def _demo(self, request: Request, rest: list[str]) -> Response | None:
        if rest == ["pages.css"]:
            return self.pages.style_sheet()
        if rest == ["open"]:
            return self.pages.open_run(request)
        if rest == ["stats"] and self.control:
            return self.control.stats(request)
        if request.method != "GET":  # what is below starts something
            return None
        match rest:
            case ["replay", number]:
                return self.pages.restart_recording(request, number)
            case [slug]:
                return self.pages.start_run(request, slug)
        return None


def _not_allowed(methods: str) -> Response:
    response = text_response(405, f"Possible here: {methods}.")
    response.headers.append(("Allow", methods))
    return response
