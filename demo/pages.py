"""The pages of the demo itself: the start page, and the links on it that start a run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from . import engine, examples, session
from .error_runs import ERROR_RUNS
from .faults.book import Book
from .faults.catalogue import BadFault, parse
from .playbooks import PLAYBOOKS
from .replay import Recording
from .runs import Runs
from .web import Request, Response, redirect, text_response

VIEWER = "/app/playbooks/runs/"

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_CSS = Path(__file__).with_name("pages.css")

# Ways to look at a run, by the parameters of docs/PAGE.md#address.
_VARIANTS = (
    ("Polling", "stream=off"),
    ("Dark", "theme=dark"),
    ("UTC", "tz=utc"),
    ("App profile", "profile=app&api=/api"),
)

# Faults to look at by hand: how each is written, and what it looks like from the viewer's side.
_FAULTY_PLAYBOOK = "product-launch"
_FAULTS = (
    ("mute", "A proxy that delivers no events"),
    ("mute:40", "A stream that falls silent on its way"),
    ("buffer", "A proxy that delivers events late, in lumps"),
    ("drop:20", "A stream that breaks off again and again"),
    ("truncate:20", "A stream that breaks off inside an event"),
    ("duplicate", "Every event twice"),
    ("reorder:3", "Events in another order"),
    ("garbage:stream", "Nonsense between the events"),
    ("error-event", "Events that are called error, open, end"),
    ("slow:stream", "A very slow network"),
    ("303", "Streams switched off: a redirect to JSON"),
    ("503:stream", "Streams refused: HTTP 503"),
    ("type:stream", "Streams that say they are HTML"),
    ("401:run,skip=3", "A session that ends while one looks"),
    ("500:run,skip=2,times=5", "A server that fails for a while"),
    ("429:20,run,skip=4,times=2", "Too many requests: the server asks to wait"),
    ("limit:20,run,skip=4,times=2", "Too many requests, as the product's server says it"),
    ("429:20,stream,times=2", "A stream that is to be opened later"),
    ("no-route", "A server without a route for single steps"),
    ("half:run,skip=2,times=5", "JSON that ends in the middle, for a while"),
    ("delay:8,run", "Answers that take eight seconds"),
    ("odd", "Documents and events as only some servers write them"),
    ("odd:nan", "NaN for each output that is null"),
    ("odd:canceled", "A canceled run whose steps nobody has told"),
    ("skew:-420", "A server whose clock is seven minutes late"),
)


def viewer_address(run_id: str, query: str = "") -> str:
    return VIEWER + quote(run_id, safe="") + (f"?{query}" if query else "")


@dataclass
class Pages:
    """`runs` is None where a real server has them (--api)."""

    runs: Runs | None
    book: Book = field(default_factory=Book)
    clock: Callable[[], float] = time.time

    def start_page(self) -> Response:
        body = _page(self._demo() if self.runs else _elsewhere() + _embedded())
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", _POLICY),
            ("Cache-Control", "no-store"),
        ]
        page = Response(200, body.encode(), headers)
        return session.give(page) if self.runs else page

    def style_sheet(self) -> Response:
        return Response(
            200, _CSS.read_bytes(), [("Content-Type", "text/css; charset=utf-8"), ("Cache-Control", "no-cache")]
        )

    def open_run(self, request: Request) -> Response:
        return redirect(303, viewer_address(request.parameters.get("run", "").strip()))

    def start_run(self, request: Request, slug: str) -> Response | None:
        """A fresh run of a playbook, with a `fault` perhaps, at another `speed` perhaps; all other query parameters go on
        to the viewer. None: no such playbook."""
        playbook = PLAYBOOKS.get(slug)
        if self.runs is None or playbook is None:
            return None
        try:
            speed = float(request.parameters.get("speed", "0"))
        except ValueError:
            speed = -1.0
        if not 0 <= speed <= 1000:
            return text_response(400, "speed is a number up to 1000.")
        try:
            fault = parse(request.parameters["fault"]) if "fault" in request.parameters else None
        except BadFault as error:
            return text_response(400, str(error))
        run = self.runs.start(playbook, self.clock(), speed=speed or None)
        if fault and fault.kind.name != "restart":  # a link must not take the server away from others
            self.book.add(fault, run.id)
        query = "&".join(part for part in request.query.split("&") if not part.startswith(("speed=", "fault=")))
        return session.give(redirect(303, viewer_address(run.id, query)))

    def restart_recording(self, request: Request, number: str) -> Response | None:
        if self.runs is None or not number.isdecimal() or not 1 <= int(number) <= len(self.runs.recordings):
            return None
        run = self.runs.restart(self.runs.recordings[int(number) - 1])
        return session.give(redirect(303, viewer_address(run.id, request.query)))

    def _demo(self) -> str:
        return _playbooks() + self._recordings() + _embedded() + _faults() + _errors()

    def _recordings(self) -> str:
        assert self.runs is not None
        if not self.runs.recordings:
            return ""
        cards = "".join(
            _card(f"/demo/replay/{number}", recording.title, _recorded_summary(recording), f"run {recording.run_id}")
            for number, recording in enumerate(self.runs.recordings, 1)
        )
        return _section("Recorded runs", "Each visit plays it from the beginning.", cards)


def _recorded_summary(recording: Recording) -> str:
    steps, events = len(recording.initial.run["steps"]), recording.events
    if not events:
        return f"{steps} steps, as the document stands."
    return f"{steps} steps, {len(events)} events over {events[-1].at:.0f} s."


@cache
def _playbooks() -> str:
    cards = "".join(
        _card(
            f"/demo/{playbook.slug}",
            playbook.name,
            playbook.summary,
            f"{len(playbook.steps)} steps · {5 * round(engine.duration(playbook) / 5)} s",
        )
        for playbook in PLAYBOOKS.values()
    )
    return _section("Playbooks", "Each visit starts a fresh run, which is kept for an hour.", cards)


def _embedded() -> str:
    rows = "".join(
        f'<li><a href="/examples/{name}/">{escape(title)}</a> <span><code>shell/examples/{name}</code>{_to_build(name)}</span></li>'
        for name, title in examples.NAMES.items()
    )
    return _section("In a web app", "The viewer as a part of another page, which gives it runs, theme and flag.", "", rows)


def _to_build(name: str) -> str:
    return "" if examples.is_built(name) else ", once <code>npm ci &amp;&amp; npm run build</code> was run there"


@cache
def _faults() -> str:
    rows = "".join(
        f'<li><a href="/demo/{_FAULTY_PLAYBOOK}?fault={quote(fault)}">{escape(title)}</a> <code>{escape(fault)}</code></li>'
        for fault, title in _FAULTS
    )
    name = PLAYBOOKS[_FAULTY_PLAYBOOK].name
    note = f"{name} once more, with a fault between it and you. serve.py --fault can do all of these, and more."
    return _section("On a bad network", note, "", rows)


@cache
def _errors() -> str:
    rows = "".join(
        f'<li><a href="{escape(viewer_address(run_id))}">{escape(title)}</a> <code>{escape(run_id)}</code></li>'
        for run_id, (title, _) in ERROR_RUNS.items()
    )
    rows += f'<li><a href="{VIEWER}not-a-uuid">An id that is no UUID</a> <code>not-a-uuid</code></li>'
    rows += f'<li><a href="{VIEWER}">No run id</a></li>'
    return _section("When things go wrong", "Runs that always fail, for a look at the error screens.", "", rows)


def _elsewhere() -> str:
    form = (
        '<form action="/demo/open"><label for="run">Run id</label>'
        '<input id="run" name="run" required autocomplete="off" spellcheck="false">'
        "<button>Open</button></form>"
    )
    return f"<section><h2>Open a run</h2><p>Runs come from a real server here.</p>{form}</section>"


def _card(address: str, title: str, summary: str, facts: str) -> str:
    variants = "".join(
        f'<a href="{escape(address)}?{escape(query)}">{escape(name)}</a>' for name, query in _VARIANTS
    )
    return (
        f'<li class="card"><h3><a href="{escape(address)}">{escape(title)}</a></h3><p>{escape(summary)}</p>'
        f'<div class="foot"><span>{escape(facts)}</span>'
        f'<nav aria-label="Other ways to look at it">{variants}</nav></div></li>'
    )


def _section(title: str, note: str, cards: str, rows: str = "") -> str:
    content = f'<ul class="cards">{cards}</ul>' if cards else f'<ul class="rows">{rows}</ul>'
    return f"<section><h2>{escape(title)}</h2><p>{escape(note)}</p>{content}</section>"


def _page(content: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Playbook Execution Viewer</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/demo/pages.css"></head><body><main>'
        "<header><h1>Playbook Execution Viewer</h1>"
        "<p>Watch a playbook run, step by step, while it happens.</p></header>"
        f"{content}</main></body></html>"
    )
