import http.client
import json
import socket
import threading
import time
import unittest
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.guard import Guard
from demo.pages import Pages
from demo.proxy import Proxy, local_cookie
from demo.site import Site
from demo.static_files import StaticFiles
from demo.web import BreakOff, Response, text_response

from .support import NO_SUCH_RUN, EventReader, ServerTest, serve, write_files


def proxy_site(dist: Path, url: str):
    guard, proxy = Guard(), Proxy(url)
    return Site(guard, StaticFiles(dist, guard), Pages(None), proxy.answer, None).answer


class BeforeADemoServer(ServerTest):
    """A second site forwards to the one of ServerTest, whose API asks for its cookie."""

    OPTIONS = {"requires_cookie": True}

    def setUp(self) -> None:
        super().setUp()
        self.server_port = self.port
        self.run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        self.cookie = self.fetch("/")[1]["Set-Cookie"].partition(";")[0]
        self.port = serve(self, proxy_site(self.dist, f"http://127.0.0.1:{self.server_port}"))

    def next_event(self) -> None:
        port, self.port = self.port, self.server_port
        self.command(do="next", runId=self.run_id)
        self.port = port

    def test_runs_and_errors_come_through(self):
        status, headers, body = self.fetch(f"/api/v1/playbook-runs/{self.run_id}", Cookie=self.cookie)
        self.assertEqual((status, json.loads(body)["data"]["id"]), (200, self.run_id))
        self.assertEqual(headers["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(headers.get_all("Date"), [headers["Date"]])
        self.assertEqual(self.fetch(f"/api/v1/playbook-runs/{NO_SUCH_RUN}", Cookie=self.cookie)[0], 404)

    def test_cookies_are_carried(self):
        self.assertEqual(self.fetch(f"/api/v1/playbook-runs/{self.run_id}")[0], 401)

    def test_streams_arrive_event_by_event(self):
        stream = self.stream(f"/api/v1/playbook-runs/{self.run_id}/stream", Cookie=self.cookie)
        self.assertEqual(stream.response.headers["Content-Type"], "text/event-stream")
        self.assertEqual(stream.event()[1], "connected")
        for _ in range(3):
            began = time.monotonic()
            self.next_event()
            self.assertIsNotNone(stream.event()[1])
            self.assertLess(time.monotonic() - began, 10)

    def test_last_event_id_is_carried(self):
        self.next_event()
        stream = self.stream(f"/api/v1/playbook-runs/{self.run_id}/stream", Cookie=self.cookie, Last_Event_ID="0")
        self.assertEqual([stream.event()[0], stream.event()[0]], ["0", "1"])

    def test_a_client_that_goes_ends_the_stream_behind_it(self):
        stream = self.stream(f"/api/v1/playbook-runs/{self.run_id}/stream", Cookie=self.cookie)
        stream.event()
        open_streams = lambda: self.parts.stats.of(self.run_id)["open"]  # noqa: E731
        self.assertEqual(open_streams(), 1)
        stream.close()
        self.wait_until(lambda: open_streams() == 0, seconds=10)

    def test_a_stream_that_breaks_off_breaks_off_here_too(self):
        stream = self.stream(f"/api/v1/playbook-runs/{self.run_id}/stream", Cookie=self.cookie)
        stream.event()
        self.parts.runs.get(self.run_id, time.time()).drop_streams()
        with self.assertRaises(http.client.IncompleteRead):
            stream.response.read()

    def test_stream_addresses_name_the_real_server(self):
        answer = self.fetch_json(f"/api/playbook-runs/{self.run_id}/stream", Cookie=self.cookie)
        self.assertIn(f"http://127.0.0.1:{self.server_port}/", answer["data"]["streamUrl"])

    def test_there_is_no_demo(self):
        for target in ("/demo/product-launch", "/demo/stats", "/demo/control"):
            self.assertEqual(self.fetch(target)[0], 404)
        self.assertNotIn("Set-Cookie", self.fetch("/")[1], "which would take the place of the real server's")
        self.assertEqual(self.fetch("/app/playbooks/runs/x")[2], b"<title>the viewer</title>")

    def test_only_for_our_own_host_names(self):
        self.assertEqual(self.fetch(f"/api/v1/playbook-runs/{self.run_id}", Host="evil.example")[0], 403)


class BeforeAServer(ServerTest):
    """A real server is whatever `upstream` answers."""

    PREFIX = ""

    def setUp(self) -> None:
        super().setUp()
        self.asked = []
        self.upstream = lambda _: text_response(200, "hello")

        def answer(request):
            self.asked.append(request)
            return self.upstream(request)

        self.upstream_port = serve(self, answer)
        self.origin = f"http://127.0.0.1:{self.upstream_port}"
        self.port = serve(self, proxy_site(self.dist, self.origin + self.PREFIX))

    def test_method_path_query_and_body_go_through_as_they_are(self):
        target = "/api/v1/playbook-runs/a%2Fb%20c/steps/%F0%9F%9A%80?x=%26&x=2&y"
        self.fetch(target, "POST", b'{"a":1}', Content_Type="application/json", Origin="http://x.example")
        asked = self.asked[0]
        self.assertEqual((asked.method, asked.target, asked.body), ("POST", target, b'{"a":1}'))
        self.assertEqual(asked.header("Content-Type"), "application/json")
        self.assertEqual(asked.header("Origin"), "http://x.example")

    def test_the_host_is_the_servers_and_ours_is_told_beside_it(self):
        self.fetch("/api/x")
        self.assertEqual(self.asked[0].headers.get_all("Host"), [f"127.0.0.1:{self.upstream_port}"])
        self.assertEqual(self.asked[0].header("X-Forwarded-Host"), f"127.0.0.1:{self.port}")

    def test_what_is_about_one_connection_stays_there(self):
        self.upstream = lambda _: Response(200, b"x", [("Connection", "X-Hop"), ("X-Hop", "1"), ("Keep-Alive", "9"),
                                                       ("X-Through", "2")])  # fmt: skip
        _, headers, _ = self.fetch("/api/x", Connection="X-Own", X_Own="1", TE="trailers", X_Kept="2")
        asked = self.asked[0]
        self.assertEqual((asked.header("X-Own"), asked.header("TE"), asked.header("X-Kept")), ("", "", "2"))
        self.assertEqual((headers["X-Hop"], headers["Keep-Alive"], headers["X-Through"]), (None, None, "2"))

    def test_cookies_are_made_fit_for_the_address_here(self):
        cookies = ("a=1; Domain=.real.example; Path=/; Secure; HttpOnly", "b=2; SameSite=None; Secure")
        self.upstream = lambda _: Response(200, b"", [("Set-Cookie", cookie) for cookie in cookies])
        self.assertEqual(self.fetch("/api/x")[1].get_all("Set-Cookie"), ["a=1; Path=/; HttpOnly", "b=2"])

    def test_redirects_to_the_server_lead_here(self):
        for location, expected in ((f"{self.origin}/api/v1/run", "/api/v1/run"), ("/api/y", "/api/y"),
                                   ("https://login.example/", "https://login.example/")):  # fmt: skip
            self.upstream = lambda _, location=location: Response(303, b"", [("Location", location)])
            status, headers, _ = self.fetch("/api/x")
            self.assertEqual((status, headers["Location"]), (303, expected))

    def test_large_and_empty_answers_come_whole(self):
        large = bytes(range(256)) * 4096
        self.upstream = lambda request: Response(204) if request.target.endswith("/none") else Response(200, large)
        self.assertEqual(self.fetch("/api/x")[2], large)
        self.assertEqual(self.fetch("/api/none")[::2], (204, b""))
        status, headers, body = self.fetch("/api/x", "HEAD")
        self.assertEqual((status, headers["Content-Length"], body), (200, str(len(large)), b""))

    def test_an_answer_that_ends_too_early_does_so_here(self):
        def stream(connection):
            connection.send(b"part")
            raise BreakOff

        self.upstream = lambda _: Response(200, stream=stream)
        with self.assertRaises(http.client.IncompleteRead):
            self.fetch("/api/x")


class BeforeAServerWithAPrefix(BeforeAServer):
    PREFIX = "/pravado/"

    def test_method_path_query_and_body_go_through_as_they_are(self):
        self.fetch("/api/x?y")
        self.assertEqual(self.asked[0].target, "/pravado/api/x?y")

    def test_redirects_to_the_server_lead_here(self):
        self.upstream = lambda _: Response(303, b"", [("Location", f"{self.origin}/pravado/api/run")])
        self.assertEqual(self.fetch("/api/x")[1]["Location"], "/api/run")


class BeforeNoServer(unittest.TestCase):
    """What is behind the proxy is none, or not a proper one."""

    def open(self, port: int):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        dist = write_files(Path(folder.name), {"index.html": "v"})
        reader = EventReader(serve(self, proxy_site(dist, f"http://127.0.0.1:{port}")), "/api/v1/playbook-runs/x", {})
        self.addCleanup(reader.close)
        return reader.response

    def ask(self, port: int):
        response = self.open(port)
        return response.status, json.loads(response.read())

    @contextmanager
    def saying(self, bytes_to_say: bytes):
        """The port of a server that answers one request with these bytes."""
        with closing(socket.create_server(("127.0.0.1", 0))) as listener:

            def say():
                client, _ = listener.accept()
                with closing(client):
                    client.recv(65536)
                    client.sendall(bytes_to_say)

            thread = threading.Thread(target=say)
            thread.start()
            yield listener.getsockname()[1]
            thread.join()

    def test_the_answer_is_an_error_of_the_contract(self):
        with closing(socket.create_server(("127.0.0.1", 0))) as unused:
            port = unused.getsockname()[1]
        status, answer = self.ask(port)
        self.assertEqual((status, answer["success"], answer["error"]["code"]), (502, False, "BAD_GATEWAY"))
        self.assertIn(f"http://127.0.0.1:{port}", answer["error"]["message"])
        self.assertIn("refused", answer["error"]["message"])

    def test_nor_does_garbage_come_through(self):
        for garbage in (b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"):
            with self.saying(garbage) as port:
                status, answer = self.ask(port)
            self.assertEqual((status, answer["error"]["code"]), (502, "BAD_GATEWAY"), garbage)

    def test_a_long_answer_cut_short_is_cut_short_here(self):
        with self.saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nshort") as port:
            with self.assertRaises(http.client.IncompleteRead):
                self.open(port).read()


class Addresses(unittest.TestCase):
    def test_have_to_be_those_of_a_server(self):
        for url in ("localhost:3001", "ftp://x", "http://", "http://x:99999", "http://x/?y", "", "http://[::1"):
            with self.assertRaises(ValueError, msg=url):
                Proxy(url)

    def test_give_the_origin_to_allow_in_the_pages_policy(self):
        self.assertEqual(Proxy("https://user:secret@api.example:8443/v1/").origin, "https://api.example:8443")


class LocalCookies(unittest.TestCase):
    def test_keep_everything_but_what_ties_them_to_elsewhere(self):
        for cookie, expected in {
            "a=b": "a=b",
            "a=b; domain=x; PATH=/; Max-Age=5": "a=b; PATH=/; Max-Age=5",
            "a=b; SameSite=Lax; Secure": "a=b; SameSite=Lax",
            "a=b;Secure;SameSite = None": "a=b",
            "a=domain; x=y": "a=domain; x=y",
            "__Host-a=b; Secure; Path=/": "__Host-a=b; Secure; Path=/",
        }.items():
            self.assertEqual(local_cookie(cookie), expected)
