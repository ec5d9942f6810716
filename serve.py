#!/usr/bin/env python3
"""Builds the viewer where that is needed, and serves it with a demo of the API behind it.

    python3 serve.py

and then open http://127.0.0.1:8080/. What the parts are is said in demo/__init__.py.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

from demo import cors
from demo.api import DemoApi
from demo.control import Control
from demo.examples import Examples
from demo.faults import catalogue
from demo.faults.book import Book, around
from demo.guard import Guard, canonical_origin
from demo.pages import Pages
from demo.proxy import Proxy
from demo.replay import BrokenRecording, load
from demo.runs import Runs
from demo.site import Site
from demo.sse import StreamSettings
from demo.static_files import StaticFiles
from demo.stats import Stats
from demo.web import Server

ROOT = Path(__file__).resolve().parent


class Refusal(Exception):
    """Why it can't go on, in one line."""


def main() -> None:
    signal.signal(signal.SIGTERM, _end)
    options = parse_options()
    try:
        site = make_site(options)
        server = listen(options, site)
        if options.build:
            build()
        if not (options.dist / "index.html").is_file():
            raise Refusal(f"{options.dist}/index.html is missing: run this without --no-build")
    except KeyboardInterrupt:
        sys.exit(130)
    except Refusal as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        sys.exit(1)
    except (BrokenRecording, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    serve(server, options)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0], allow_abbrev=False,
        epilog=catalogue.help_text(), formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="port to listen on, 0 for any (%(default)s)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--no-build", dest="build", action="store_false", help="serve what is there")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="the folder to serve (dist/)")
    parser.add_argument("--verbose", action="store_true", help="one line for each request")

    source = parser.add_argument_group("where runs come from (a demo, unless said otherwise)")
    source.add_argument("--api", metavar="URL", help="forward /api to a real server, e.g. http://localhost:3001")
    source.add_argument(
        "--replay", metavar="FILE", type=Path, action="append", default=[],
        help="play recorded data too: a run document, or NAME of NAME.initial.json, .stream.ndjson, .final.json",
    )
    source.add_argument("--speed", type=float, default=1.0, help="play so many times faster")

    demo = parser.add_argument_group("how the demo behaves")
    demo.add_argument("--stream-limit", metavar="SECONDS", type=float, default=600.0,
                      help="close streams after so long (%(default)s)")
    demo.add_argument("--require-cookie", action="store_true", help="401 without the cookie of the start page")
    demo.add_argument("--control", action="store_true", help="let tests steer runs by POST /demo/control")

    network = parser.add_argument_group("what goes wrong")
    network.add_argument("--fault", metavar="NAME[:PART,...]", type=_fault, action="append", default=[],
                         help="spoil what the API answers, see below")

    access = parser.add_argument_group("who may use it")
    access.add_argument("--allow-host", metavar="NAME", action="append", default=[],
                        help="answer under this host name too")
    access.add_argument("--allow-origin", metavar="ORIGIN", type=_origin, action="append", default=[],
                        help="let pages of this origin use the demo's API (CORS, with cookies)")
    access.add_argument("--connect", metavar="ORIGIN", type=_origin, action="append", default=[],
                        help="let the viewer fetch from this origin too (its api= parameter, or a stream elsewhere)")
    access.add_argument("--embed-origin", metavar="ORIGIN", type=_origin, action="append", default=[],
                        help="let pages of this origin embed the viewer and command it")

    options = parser.parse_args()  # fmt: skip
    if options.api and (options.replay or options.control or options.require_cookie or options.allow_origin):
        parser.error("--api leaves no demo to apply --replay, --control, --require-cookie or --allow-origin to")
    if not 0 <= options.port <= 65535:
        parser.error("--port is a number up to 65535")
    if not 0 < options.speed <= 1000:
        parser.error("--speed is a number up to 1000")
    if not options.stream_limit > 0:
        parser.error("--stream-limit is a number of seconds")
    return options


def _fault(text: str) -> catalogue.Fault:
    try:
        return catalogue.parse(text)
    except catalogue.BadFault as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _origin(text: str) -> str:
    """Compared with what browsers send, and a part of a policy."""
    try:
        origin = canonical_origin(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no origin, as in https://app.example.com") from None
    if text != origin:
        raise argparse.ArgumentTypeError(f"{text!r} is not written as browsers do: {origin}")
    return origin


def make_site(options: argparse.Namespace) -> Site:
    """Raises BrokenRecording, and ValueError for an --api that is no address."""
    proxy = Proxy(options.api) if options.api else None
    guard = Guard(
        allowed_hosts=[options.host, *options.allow_host],
        connect=[*options.connect, *([proxy.origin] if proxy else [])],
        frame_ancestors=" ".join(("'self'", *options.embed_origin)),
    )
    static = StaticFiles(options.dist, guard, instead={"parents.json": json.dumps(options.embed_origin).encode()})
    book = Book()
    for fault in options.fault:
        book.add(fault)
    if proxy:
        return Site(guard, static, Pages(None), around(book, proxy.answer), None, Examples(None, guard))
    runs = Runs(tuple(load(path) for path in options.replay), options.speed)
    stats = Stats()
    settings = StreamSettings(limit_seconds=options.stream_limit)
    api = DemoApi(runs, stats, options.require_cookie, settings)
    control = Control(runs, book, stats, time.time, options.control)
    answer = cors.allow(options.allow_origin, around(book, api.answer))
    return Site(guard, static, Pages(runs, book), answer, control, Examples(runs, guard))


def listen(options: argparse.Namespace, site: Site) -> Server:
    """Before the build, so that a port in use is known at once and not after minutes."""
    try:
        return Server(options.host, options.port, site.answer, options.verbose)
    except OSError as error:
        where = f"{options.host} port {options.port}"
        raise Refusal(f"can't listen on {where}: {error.strerror or error} (--port names another)") from None


def build() -> None:
    """Sets up and builds dist/. The scripts show their progress, and name what is missing."""
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "web-release"]
    process = subprocess.Popen(command, process_group=0)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGINT)  # all of it: compilers too
        process.wait()
        raise
    if code != 0:
        raise Refusal("dist/ can't be built, see above")


def serve(server: Server, options: argparse.Namespace) -> None:
    everywhere = options.host in ("0.0.0.0", "::")
    host = "localhost" if everywhere else f"[{options.host}]" if ":" in options.host else options.host
    address = f"http://{host}:{server.port}/"
    try:
        print(f"Playbook Execution Viewer: {address}  (Ctrl-C ends it)", flush=True)
        if options.open:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server.serve_forever()
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # whoever read our output may have gone first
            print(flush=True)
    finally:
        server.server_close()  # streams still open end with the process


def _end(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
