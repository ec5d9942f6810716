"""Runs that come from a server: that works, that does not, and that speaks no HTTP. In one line each."""

import unittest

from tests.serve.support import ServerTest

from .support import CERTIFICATE, RUN_ANSWER, RUN_ID, PevTest, RawServer, closed_port


class GoodServers(ServerTest, PevTest):
    def setUp(self) -> None:
        ServerTest.setUp(self)
        PevTest.setUp(self)
        self.origin = f"http://127.0.0.1:{self.port}"

    def test_a_run_by_options(self):
        run_id = self.command(do="start", playbook="product-launch", ago=300)["runId"]
        text = self.succeeds("--run", run_id, "--api", f"{self.origin}/api/v1", "--dump-tree")
        self.assertIn('heading "Product launch outreach"', text)
        self.assertIn('status "success"', text)

    def test_a_run_by_its_page(self):
        run_id = self.command(do="start", playbook="product-launch", ago=300)["runId"]
        page = f"{self.origin}/app/playbooks/runs/{run_id}?q=draft"
        self.assertIn('searchbox "Search steps, logs, output" value "draft"', self.succeeds(page, "--dump-tree"))

    def test_a_run_that_goes_on_is_live_or_polled(self):
        run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        asked = ("--run", run_id, "--api", f"{self.origin}/api/v1", "--dump-tree")
        self.assertIn('status "LIVE"', self.succeeds(*asked, "--until", "live"))
        self.assertIn('status "Polling"', self.succeeds(*asked, "--stream", "off"))

    def test_the_app_profile_asks_for_the_streams_address(self):
        run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        text = self.succeeds("--run", run_id, "--api", f"{self.origin}/api", "--profile", "app", "--dump-tree",
                             "--until", "live")  # fmt: skip
        self.assertIn('status "LIVE"', text)

    def test_waiting_in_vain_comes_to_an_end(self):
        run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        words = self.fails(1, "--run", run_id, "--api", f"{self.origin}/api/v1", "--dump-tree", "--until", "final",
                           "--timeout", 1)  # fmt: skip
        self.assertEqual(words, "gave up waiting: the run is not over")

    def test_refusals_are_told_and_still_drawn(self):
        picture = self.folder / "a.png"
        asked = ("--api", f"{self.origin}/api/v1", "--screenshot", picture)
        self.assertEqual(self.fails(1, "--run", RUN_ID, *asked), "The run was not found: Playbook run not found")
        self.assertTrue(picture.is_file())
        self.assertIn("not a UUID", self.fails(1, "--run", "../../x", *asked))


class BadServers(PevTest):
    def complaint(self, api: str, *arguments: object) -> str:
        return self.fails(1, "--run", RUN_ID, "--api", api, "--dump-tree", *arguments)

    def test_one_that_is_down(self):
        port = closed_port()
        self.assertEqual(self.complaint(f"http://127.0.0.1:{port}"),
                         f"The server could not be reached: 127.0.0.1:{port} refuses the connection")  # fmt: skip

    def test_one_whose_name_nobody_knows(self):
        self.assertIn("no-such-host.invalid", self.complaint("http://no-such-host.invalid/api"))

    def test_those_that_speak_no_http(self):
        for answer, words in (
            (b"", "closed the connection without an answer"),
            (b"SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP as it should"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "closed the connection in the middle of its answer"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "127.0.0.1"),
            (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", "127.0.0.1"),
            (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", "could not be reached"),
        ):
            with self.subTest(answer):
                self.assertIn(words, self.complaint(RawServer(self, answer).api))

    def test_those_that_are_no_api(self):
        for answer, words in (
            (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html>", "not a playbook run"),
            (b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 100_000, "not a playbook run"),
            (b"HTTP/1.1 200 OK\r\n\r\n" + RUN_ANSWER[-500:], "not a playbook run"),
            (b"HTTP/1.1 204 No Content\r\n\r\n", "not a playbook run"),
            (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "The server has a problem: HTTP 502"),
            (b"HTTP/1.1 500 x\r\n\r\n{\"error\":{\"code\":\"\\u001b[31m\",\"message\":\"two\\nlines\"}}", "two lines"),
        ):
            with self.subTest(answer[:60]):
                self.assertIn(words, self.complaint(RawServer(self, answer).api))

    def test_one_that_says_nothing(self):
        server = RawServer(self, b"", silent=True)
        self.assertEqual(self.complaint(server.api, "--timeout", 1), "gave up waiting: the run is not there")


class Tls(PevTest):
    def test_a_certificate_that_nobody_trusts(self):
        server = RawServer(self, RUN_ANSWER, tls=True)
        words = self.fails(1, "--run", RUN_ID, "--api", server.api, "--dump-tree", PEV_COOKIE="a=s3cret")
        self.assertIn(f"could not be reached: the TLS certificate of localhost:{server.port} is not trusted", words)
        self.assertEqual(server.requests, [])

    def test_a_certificate_that_is_trusted_by_option(self):
        server = RawServer(self, RUN_ANSWER, tls=True)
        text = self.succeeds("--run", RUN_ID, "--api", server.api, "--dump-tree", "--ca-file", CERTIFICATE)
        self.assertIn('heading "Journalist enrichment"', text)

    def test_a_file_of_certificates_that_is_none(self):
        server = RawServer(self, RUN_ANSWER, tls=True)
        words = self.fails(1, "--run", RUN_ID, "--api", server.api, "--dump-tree", "--ca-file", self.folder / "none")
        self.assertIn("trusted certificates can't be read", words)

    def test_a_server_without_tls(self):
        server = RawServer(self, RUN_ANSWER)
        words = self.fails(1, "--run", RUN_ID, "--api", f"https://localhost:{server.port}", "--dump-tree")
        self.assertIn("no TLS connection to localhost", words)


if __name__ == "__main__":
    unittest.main()
