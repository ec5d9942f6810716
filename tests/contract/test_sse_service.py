"""The test service as a public contract suite uses it: over HTTP alone, with streams and callbacks of our own."""

from __future__ import annotations

import contextlib
import time
import unittest
from urllib.parse import urlsplit

from .support import PATIENCE, CallbackReceiver, Service, StreamConnection, StreamServer

BOM = "\ufeff"


def event(data: str, type: str = "message", id: str = "") -> dict:
    return {"kind": "event", "event": {"type": type, "data": data, "id": id}}


def comment(text: str) -> dict:
    return {"kind": "comment", "comment": text}


class ServiceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.service = Service()
        cls.addClassCleanup(cls.service.stop)

    def setUp(self) -> None:
        cleanup = contextlib.ExitStack()
        self.addCleanup(cleanup.close)
        self.server = cleanup.enter_context(StreamServer())
        self.callbacks = cleanup.enter_context(CallbackReceiver())
        self.location = ""
        cleanup.callback(self.close)

    def close(self) -> None:
        if self.location:
            self.service.call("DELETE", self.location)

    def open(self, path: str = "/stream", **parameters: object) -> None:
        status, headers, body = self.service.call("POST", "/", {
            "streamUrl": self.server.url + path, "callbackUrl": self.callbacks.url + "/callback", "tag": "a test",
            "initialDelayMs": 0, **parameters})
        self.assertEqual((status, body), (201, b""))
        self.location = urlsplit(headers["Location"]).path

    def open_stream(self, **parameters: object) -> StreamConnection:
        self.open(**parameters)
        return self.server.await_connection()

    def expect(self, *messages: dict) -> None:
        for message in messages:
            self.assertEqual(self.callbacks.next(), message)

    def expect_error(self, text: str) -> None:
        message = self.callbacks.next()
        self.assertEqual((message["kind"], sorted(message)), ("error", ["comment", "kind"]), message)
        self.assertIn(text, message["comment"])


class Parsing(ServiceTest):
    CASES = {
        "one line": ("data: Hello\n\n", [event("Hello")]),
        "two events": ("data: Hello\n\ndata: World\n\n", [event("Hello"), event("World")]),
        "two lines": ("data: Hello\ndata:World\n\n", [event("Hello\nWorld")]),
        "empty data": ("data:\n\ndata\n\n", [event(""), event("")]),
        "type and id": ("event: greeting\nid: abc\ndata: Hello\n\n", [event("Hello", "greeting", "abc")]),
        "any order": ("data: Hello\nid: abc\nevent: greeting\n\n", [event("Hello", "greeting", "abc")]),
        "unknown fields": ("colour: blue\ndata: Hello\n\n", [event("Hello")]),
        "spaces": ("event:  greeting\ndata:  Hello\n\n", [event(" Hello", " greeting")]),
        "characters": ("data: €豆腐🤖\n\n", [event("€豆腐🤖")]),
        "an id with a null": ("id: a\ndata: 1\n\nid: b\0c\ndata: 2\n\n", [event("1", id="a"), event("2", id="a")]),
        "an id that lasts, and one that is empty": (
            "id: a\ndata: 1\n\ndata: 2\n\nid\ndata: 3\n\n", [event("1", id="a"), event("2", id="a"), event("3")]),
        "CRLF": ("data: a\r\ndata: b\r\n\r\n\r\ndata: c\r\n\r\n", [event("a\nb"), event("c")]),
        "CR": ("data: a\rdata: b\r\r\rdata: c\r\r", [event("a\nb"), event("c")]),
        "empty lines": ("data:\ndata: 2\ndata:\ndata: 4\n\n\n\ndata: x\n\n", [event("\n2\n\n4"), event("x")]),
        "a byte order mark": (BOM + "data: a\n\ndata: " + BOM + "b\n\n", [event("a"), event(BOM + "b")]),
        "a byte order mark before a comment": (BOM + ":note\ndata: a\n\n", [comment("note"), event("a")]),
        "comments": (": one\n:two\ndata: a\n:three\n\n:\n",
                     [comment(" one"), comment("two"), comment("three"), event("a"), comment("")]),
    }

    def test_streams_are_read_whatever_their_chunks(self) -> None:
        for name, (stream, expected) in self.CASES.items():
            for size in (len(stream) * 4, 1, 2):
                with self.subTest(name, chunk_size=size):
                    self.setUp()
                    connection = self.open_stream()
                    connection.send_in_chunks(stream, size)
                    self.expect(*expected)
                    self.doCleanups()

    def test_a_line_end_is_told_at_once_and_not_twice(self) -> None:
        connection = self.open_stream()
        connection.send("data: Hello\r\r")
        self.expect(event("Hello"))
        connection.send("\ndata: World\r")
        connection.send("\n\r")
        self.expect(event("World"))
        connection.send("\n\ndata: OK\n\n")
        self.expect(event("OK"))

    def test_many_messages_keep_their_order(self) -> None:
        connection = self.open_stream()
        connection.send("".join(f"data: {number}\n\n: {number}\n" for number in range(200)))
        for number in range(200):
            self.expect(event(str(number)), comment(f" {number}"))

    def test_large_messages_arrive_whole(self) -> None:
        connection = self.open_stream()
        for size in (1023, 1024, 8192, 65536, 10 << 20):
            connection.send("data: " + "x" * size + "\n\n")
            message = self.callbacks.next()
            self.assertEqual(len(message["event"]["data"]), size)

    def test_messages_are_cut_where_they_end_and_not_where_chunks_do(self) -> None:
        connection = self.open_stream()
        one, two = "a" * 300_000, "b" * 300_000
        whole = f"data: {one}\n\ndata: {two}\n\n"
        for chunk in (whole[:200_000], whole[200_000:400_000], whole[400_000:]):
            connection.send(chunk)
        self.expect(event(one), event(two))


class Http(ServiceTest):
    def test_a_stream_is_asked_for_as_the_standard_says(self) -> None:
        headers = self.open_stream().headers
        self.assertEqual(headers.get_all("Accept"), ["text/event-stream"])
        self.assertEqual(headers.get_all("Cache-Control"), ["no-cache"])
        self.assertNotIn("Last-Event-ID", headers)

    def test_headers_and_last_event_id_are_sent(self) -> None:
        sent = {"x-one": "1", "authorization": "Bearer secret", "x-empty": "", "x-text": "a: b, ö"}
        headers = self.open_stream(headers=sent, lastEventId="abc").headers
        for name, value in sent.items():
            self.assertEqual(headers[name].encode("latin-1").decode(), value)
        self.assertEqual(headers["Last-Event-ID"], "abc")

    def test_nulls_and_empty_texts_are_as_good_as_nothing(self) -> None:
        headers = self.open_stream(headers=None, lastEventId="", readTimeoutMs=None, initialDelayMs=None).headers
        self.assertNotIn("Last-Event-ID", headers)

    def test_redirects_are_followed(self) -> None:
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status):
                self.setUp()
                self.server.answers["/old"] = (status, {"Location": "/new"})
                self.open("/old", lastEventId="7")
                connection = self.server.await_connection()
                self.assertEqual((connection.path, connection.headers["Last-Event-ID"]), ("/new", "7"))
                connection.send("data: hello\n\n")
                self.expect(event("hello", id="7"))
                self.doCleanups()

    def test_a_redirect_to_nowhere_is_an_error(self) -> None:
        for headers in ({}, {"Location": ""}):
            for status in (301, 307):
                with self.subTest(status, headers=headers):
                    self.setUp()
                    self.server.answers["/old"] = (status, headers)
                    self.open("/old")
                    self.expect_error(f"HTTP {status}")
                    self.doCleanups()

    def test_redirects_without_end_are_an_error(self) -> None:
        self.server.answers["/old"] = (302, {"Location": "/old"})
        self.open("/old", initialDelayMs=60_000)
        self.expect_error("redirects more than 20 times")

    def test_other_answers_end_the_stream_for_good(self) -> None:
        for status, type in ((204, "text/event-stream"), (200, "application/json"), (400, "text/event-stream"),
                             (401, "text/html"), (405, "text/html"), (500, "text/event-stream")):
            with self.subTest(status):
                self.setUp()
                self.server.answers["/stream"] = (status, {"Content-Type": type})
                self.open()
                self.expect_error(f"HTTP {status}")
                # The program behind it has ended: there can be no other request.
                self.assertEqual(self.wait_until_ended(), 409)
                self.assertEqual(self.server.requests.qsize(), 1)
                self.assertTrue(self.callbacks.is_empty())
                self.doCleanups()

    def wait_until_ended(self) -> int:
        """What a restart is answered with once the stream has ended."""
        for _ in range(PATIENCE * 50):
            status, _, _ = self.service.call("POST", self.location, {"command": "restart"})
            if status != 202:
                return status
            time.sleep(0.02)
        return 0

    def test_a_server_that_is_down_is_an_error_and_tried_again(self) -> None:
        with StreamServer() as gone:
            url = gone.url
        self.open(streamUrl=url)
        self.expect_error("refuses the connection")
        self.expect_error("refuses the connection")


class Reconnection(ServiceTest):
    def test_a_broken_stream_comes_back_with_the_last_id(self) -> None:
        first = self.open_stream()
        first.send("id: abc\ndata: Hello\n\ndata: World\n\nid: def\ndata: incomplete\n")
        self.expect(event("Hello", id="abc"), event("World", id="abc"))
        first.break_off()
        self.expect_error("")
        second = self.server.await_connection()
        self.assertEqual(second.headers["Last-Event-ID"], "abc")
        second.send("data: again\n\nid: \ndata: none\n\n")
        self.expect(event("again", id="abc"), event("none"))
        second.break_off()
        self.expect_error("")
        self.assertNotIn("Last-Event-ID", self.server.await_connection().headers)

    def test_the_initial_delay_counts_until_the_server_names_another(self) -> None:
        first = self.open_stream(initialDelayMs=86_400_000)
        first.send("retry: 1\ndata: a\n\n")
        self.expect(event("a"))
        first.break_off()
        self.expect_error("")
        second = self.server.await_connection()  # within the test's patience, and not in a day
        second.send("data: b\n\n")
        self.expect(event("b"))

    def test_a_retry_that_is_no_number_changes_nothing(self) -> None:
        first = self.open_stream(initialDelayMs=1)
        first.send("retry: 86400000x\nretry: -1\nretry\ndata: a\n\n")
        self.expect(event("a"))
        first.break_off()
        self.expect_error("")
        self.server.await_connection()

    def test_a_restart_reconnects_with_the_last_id_and_without_an_error(self) -> None:
        first = self.open_stream(initialDelayMs=86_400_000)
        first.send("id: 1\ndata: Hello\n\n")
        self.expect(event("Hello", id="1"))
        status, _, _ = self.service.call("POST", self.location, {"command": "restart"})
        self.assertEqual(status, 202)
        second = self.server.await_connection()
        self.assertEqual(second.headers["Last-Event-ID"], "1")
        second.send("data: Thanks\n\n")
        self.expect(event("Thanks", id="1"))

    def test_a_silent_connection_is_given_up_after_the_read_timeout(self) -> None:
        self.open(readTimeoutMs=500)
        for data in ("Hello", "again"):
            # On a busy machine more than one connection may be too slow.
            while True:
                self.server.await_connection().send(f"data: {data}\n\n")
                message = self.callbacks.next()
                if message == event(data):
                    break
                self.assertIn("nothing was heard for 500 ms", message["comment"])
            self.expect_error("nothing was heard for 500 ms")

    def test_a_closed_stream_says_nothing_more(self) -> None:
        connection = self.open_stream()
        connection.send("data: a\n\n")
        self.expect(event("a"))
        self.assertEqual(self.service.call("DELETE", self.location)[0], 200)
        connection.send("data: b\n\n")
        connection.break_off()
        self.assertEqual(self.service.call("DELETE", self.location)[0], 404)
        self.assertEqual(self.service.call("POST", self.location, {"command": "restart"})[0], 404)
        self.location = ""
        # A second stream is served, and hers are the only messages.
        self.open("/other")
        other = self.server.await_connection()
        self.assertEqual(other.path, "/other")
        self.assertTrue(self.callbacks.is_empty())


class Face(ServiceTest):
    def test_it_says_what_it_can(self) -> None:
        status, headers, body = self.service.call("GET", "/")
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        for capability in ("bom", "comments", "headers", "last-event-id", "read-timeout", "restart",
                           "server-directed-shutdown-request"):
            self.assertIn(f'"{capability}"'.encode(), body)

    def test_a_location_is_an_address_as_the_caller_knows_us(self) -> None:
        parameters = {"streamUrl": self.server.url, "callbackUrl": self.callbacks.url + "/callback"}
        _, headers, _ = self.service.call("POST", "/", parameters)
        location = headers["Location"]
        self.assertTrue(location.startswith(f"http://{self.service.host}:{self.service.port}/"), location)
        self.location = urlsplit(location).path
        _, headers, _ = self.service.call("POST", "/", parameters, {"Host": "bad host\\"})
        self.assertTrue(headers["Location"].startswith("http://127.0.0.1:"), headers["Location"])
        self.service.call("DELETE", urlsplit(headers["Location"]).path)

    def test_bad_requests_are_refused_with_a_reason(self) -> None:
        good = {"streamUrl": self.server.url, "callbackUrl": self.callbacks.url + "/callback"}
        cases: list[tuple[object, str]] = [
            (b"", "no JSON"), (b"{", "no JSON"), (b"\xff", "no JSON"), (b"[" * 100_000, "no JSON"),
            (b"[]", "object"), (b"null", "object"), (b'"x"', "object"),
            ({}, "streamUrl is missing"), ({"streamUrl": good["streamUrl"]}, "callbackUrl is missing"),
            ({"callbackUrl": good["callbackUrl"]}, "streamUrl is missing"),
            *((good | {"streamUrl": url}, "streamUrl") for url in (
                1, "", "x", "/stream", "ftp://a/", "file:///etc/passwd", "http://", "http://a:port/", "http://[::1/",
                "http://a b/", "http://a/\nx", "http://a/\0", "http://\ud800/", "javascript:1", "--help", None)),
            (good | {"callbackUrl": "callback"}, "callbackUrl"),
            *((good | {"initialDelayMs": delay}, "initialDelayMs") for delay in (-1, 1.5, "1", True, [], 10**30)),
            *((good | {"readTimeoutMs": timeout}, "readTimeoutMs") for timeout in (0, -1, "1", {}, 10**30)),
            *((good | {"lastEventId": id}, "lastEventId") for id in (1, "a\nb", "a\0b", "\ud800", ["a"])),
            *((good | {"headers": headers}, "headers") for headers in (
                "x", ["a"], {"a": 1}, {"a b": "x"}, {"": "x"}, {"a": "x\r\nb: y"}, {"ä": "x"}, {"a": None})),
            (good | {"method": "POST", "body": "x"}, "method"),
        ]
        for body, reason in cases:
            with self.subTest(body if not isinstance(body, bytes) else body[:20]):
                status, headers, answer = self.service.call("POST", "/", body)
                self.assertEqual((status, headers["Content-Type"]), (400, "text/plain"))
                self.assertIn(reason, answer.decode())
                self.assertEqual(answer.count(b"\n"), 1)
        self.assertEqual(self.service.call("GET", "/")[0], 200)

    def test_bad_lengths_are_refused(self) -> None:
        for length in ("x", "-1", "1e3", "99999999999", str((1 << 20) + 1)):
            status, _, answer = self.service.call("POST", "/", b"{}", {"Content-Length": length})
            self.assertEqual(status, 400)
            self.assertIn(b"Content-Length", answer)

    def test_bad_commands_and_paths_are_refused(self) -> None:
        self.open_stream()
        for body in ({"command": "dance"}, {"command": None}, {}, b"[]", b"x"):
            self.assertEqual(self.service.call("POST", self.location, body)[0], 400)
        for method, path in (("GET", "/streams/1x"), ("POST", "/streams/999"), ("DELETE", "/streams/999"), ("DELETE", "/x"),
                             ("GET", "/../etc")):
            self.assertEqual(self.service.call(method, path, {"command": "restart"})[0], 404)
        for method in ("PUT", "PATCH", "OPTIONS"):
            self.assertEqual(self.service.call(method, "/")[0], 501)


class End(unittest.TestCase):
    def test_it_ends_when_told_so_and_takes_its_streams_along(self) -> None:
        service = Service()
        self.addCleanup(service.stop)
        with StreamServer() as server, CallbackReceiver() as callbacks:
            service.call("POST", "/", {"streamUrl": server.url, "callbackUrl": callbacks.url})
            server.await_connection()
            self.assertEqual(service.call("DELETE", "/")[0], 200)
            self.assertEqual(service.process.wait(PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()
