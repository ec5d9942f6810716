import http.client
import threading
import time
import unittest
from contextlib import closing, redirect_stderr
from io import StringIO

from demo.web import BreakOff, Connection, Response, Server, json_response, text_response

from .support import ServerTest, request, serve


class Requests(unittest.TestCase):
    def test_split_the_path_before_they_decode_it(self):
        self.assertEqual(request("/a%2Fb/c%20d?x=/y").segments, ["a/b", "c d"])

    def test_decode_once(self):
        self.assertEqual(request("/%252e%252e/").segments, ["%2e%2e", ""])

    def test_notice_paths_that_are_no_text(self):
        self.assertIsNone(request("/%ff").segments)

    def test_give_the_first_value_of_a_parameter(self):
        self.assertEqual(request("/?a=1&a=2&b=&c").parameters, {"a": "1", "b": "", "c": ""})

    def test_find_a_cookie_among_odd_ones(self):
        odd = 'bad={"a": "b"}; [x]=1; session=right; session=2'
        self.assertEqual(request("/", Cookie=odd).cookie("session"), "right")
        self.assertIsNone(request("/", Cookie="xsession=1").cookie("session"))


class TheServer(ServerTest):
    def test_keeps_a_connection_for_many_requests(self):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            sockets = set()
            for _ in range(3):
                connection.request("GET", "/viewer.js")
                response = connection.getresponse()
                self.assertEqual(response.read(), b"run()")
                sockets.add(id(connection.sock))
            self.assertEqual(len(sockets), 1)

    def test_says_the_date_on_every_answer(self):
        for target in ("/", "/viewer.js", "/missing", "/api/v1/playbook-runs/x"):
            self.assertRegex(self.fetch(target)[1]["Date"], r"^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$")

    def test_answers_head_like_get_without_a_body(self):
        _, get, body = self.fetch("/viewer.js")
        status, head, nothing = self.fetch("/viewer.js", "HEAD")
        self.assertEqual((status, nothing), (200, b""))
        self.assertEqual(head["Content-Length"], str(len(body)))
        self.assertEqual(head["ETag"], get["ETag"])

    def test_refuses_bodies_that_it_can_not_tell_the_end_of(self):
        for fields, status in (
            (b"Transfer-Encoding: chunked", b"411"),
            (b"Content-Length: -1", b"400"),
            (b"Content-Length: 1\r\nContent-Length: 2", b"400"),
            (b"Content-Length: 99999999999", b"413"),
        ):
            head = b"POST /demo/control HTTP/1.1\r\nHost: localhost\r\n" + fields
            answer = self.raw(head + b"\r\n\r\nGET / HTTP/1.1\r\n\r\n")
            self.assertTrue(answer.startswith(b"HTTP/1.1 " + status), answer[:60])
            self.assertEqual(answer.count(b"HTTP/1.1 "), 1, "the rest is not a second request")

    def test_refuses_endless_headers_and_addresses(self):
        answer = self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 200 + b"\r\n")
        self.assertIn(b" 431 ", answer[:40])
        self.assertIn(b" 414 ", self.raw(b"GET /" + b"x" * 70000 + b" HTTP/1.1\r\n\r\n")[:40])

    def test_is_not_impressed_by_garbage(self):
        for garbage in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0"):
            self.raw(garbage)
        self.assertEqual(self.fetch("/viewer.js")[0], 200)


class Handlers(unittest.TestCase):
    def connect(self, answer):
        connection = http.client.HTTPConnection("127.0.0.1", serve(self, answer), timeout=5)
        self.addCleanup(connection.close)
        connection.request("GET", "/")
        return connection.getresponse()

    def test_that_make_a_mistake_do_not_end_the_server(self):
        def answer(_):
            raise RuntimeError("expected in this test")

        with redirect_stderr(StringIO()) as console:
            self.assertEqual(self.connect(answer).status, 500)
        self.assertIn("expected in this test", console.getvalue())

    def test_may_stream_and_each_piece_arrives_at_once(self):
        go_on = threading.Event()

        def stream(connection):
            connection.send(b"one\n")
            go_on.wait(5)
            connection.send(b"two\n")

        response = self.connect(lambda _: Response(stream=stream))
        self.assertEqual(response.readline(), b"one\n")
        go_on.set()
        self.assertEqual(response.read(), b"two\n")

    def test_may_break_off_which_a_client_can_tell_from_an_end(self):
        def stream(connection):
            connection.send(b"one")
            raise BreakOff

        with self.assertRaises(http.client.IncompleteRead):
            self.connect(lambda _: Response(stream=stream)).read()

    def test_may_answer_in_another_time(self):
        response = self.connect(lambda _: Response(date=0.0))
        self.assertEqual(response.headers["Date"], "Thu, 01 Jan 1970 00:00:00 GMT")

    def test_are_asked_at_the_same_time(self):
        together = threading.Barrier(12, timeout=5)

        def answer(_):
            together.wait()
            return text_response(200, "together")

        port = serve(self, answer)

        def ask():
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/")
                statuses.append(connection.getresponse().status)

        statuses: list[int] = []
        threads = [threading.Thread(target=ask) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(statuses, [200] * 12)

    def test_json_is_never_stored(self):
        self.assertIn(("Cache-Control", "no-store"), json_response(200, {}).headers)


class ListeningTwice(unittest.TestCase):
    def test_on_one_port_is_an_os_error(self):
        port = serve(self, lambda _: Response())
        with self.assertRaises(OSError):
            Server("127.0.0.1", port, lambda _: Response())

    def test_starts_at_once(self):
        began = time.monotonic()
        serve(self, lambda _: Response())
        self.assertLess(time.monotonic() - began, 4)


class Streams(unittest.TestCase):
    def test_give_a_slow_client_time_for_every_piece_and_not_for_the_whole(self):
        taken = []

        class Socket:
            def sendall(self, data):
                taken.append(bytes(data))

        data = bytes(range(256)) * 4096  # 1 MB
        Connection(Socket(), chunked=True).send(data)
        self.assertEqual(b"".join(taken), b"100000\r\n" + data + b"\r\n")
        self.assertLessEqual(max(map(len, taken)), 1 << 16)
