"""Runs `pev` as a process, and servers for it that say what a test wants."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
import unittest
from contextlib import suppress
from pathlib import Path
from socketserver import ThreadingTCPServer
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
CERTIFICATE = Path(__file__).parent / "data" / "localhost.pem"
PEV = ROOT / "build" / "asan" / "native" / "pev"

PATIENCE = 120  # seconds; only a failing test takes so long

RUN = (DATA / "failed-run.json").read_bytes()
RUN_ID = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0"
RUN_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(RUN), RUN)


class PevTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def pev(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PEV, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, check=False,
            env={**os.environ, **environment},
        )  # fmt: skip

    def succeeds(self, *arguments: object, **environment: str) -> str:
        """Returns what it printed."""
        result = self.pev(*arguments, **environment)
        self.assertEqual((result.stderr, result.returncode), ("", 0))
        return result.stdout

    def fails(self, code: int, *arguments: object, **environment: str) -> str:
        """Returns its one line on the standard error, without the program's name."""
        result = self.pev(*arguments, **environment)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertRegex(result.stderr, r"\Apev: .+\n\Z")
        return result.stderr.removeprefix("pev: ").removesuffix("\n")

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


class RawServer:
    """Says the same bytes to whoever connects, and then closes, or is silent until the test is over."""

    def __init__(self, test: unittest.TestCase, answer: bytes, *, tls: bool = False, silent: bool = False) -> None:
        self.requests: list[bytes] = []
        self._answer = answer
        self._over = threading.Event()
        self._silent = silent
        self._context = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(CERTIFICATE)
        self._server = ThreadingTCPServer(("127.0.0.1", 0), lambda client, *_: self._talk(client))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.api = f"https://localhost:{self.port}/api/v1" if tls else f"http://127.0.0.1:{self.port}/api/v1"
        test.addCleanup(self._end)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(client, server_side=True) if self._context else client as peer:
            request = peer.recv(65536)
            while request.startswith(b"GET ") and not request.endswith(b"\r\n\r\n"):
                request += peer.recv(65536)
            self.requests.append(request)
            peer.sendall(self._answer)
            if self._silent:
                self._over.wait(PATIENCE)

    def _end(self) -> None:
        self._over.set()
        self._server.shutdown()  # a thread still waiting at the port would go on to the next server's: same descriptor
        self._server.server_close()


def closed_port() -> int:
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
