import unittest

from demo.guard import Guard, canonical_origin, host_name

from .support import ServerTest, SiteTest, header, headers, request


class TheHostHeader(SiteTest):
    def test_has_to_be_one_of_ours(self):
        for host in ("localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:1", "[::1]:8080", "[::1]"):
            self.assertEqual(self.get("/viewer.js", Host=host).status, 200, host)
        targets = ("/", "/viewer.js", "/api/v1/playbook-runs/x", "/demo/product-launch", "/app/playbooks/runs/x")
        for host in ("evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "",
                     "localhost@evil.example", "evil.example/localhost", "[::1", "localhost:8080:80",
                     "192.0.2.7"):  # fmt: skip
            for target in targets:
                self.assertIn(self.get(target, Host=host).status, (400, 403), f"{host} {target}")

    def test_may_name_the_address_that_was_connected_to(self):
        asked = request("/viewer.js", Host="192.0.2.7:8080")
        asked.own_address = "192.0.2.7"
        self.assertEqual(self.parts.answer(asked).status, 200)

    def test_has_to_be_there_once(self):
        asked = request("/viewer.js")
        del asked.headers["Host"]
        self.assertEqual(self.parts.answer(asked).status, 400)
        asked.headers = headers()
        asked.headers["Host"] = "evil.example"
        self.assertEqual(self.parts.answer(asked).status, 400)

    def test_may_be_another_where_that_is_allowed(self):
        guard = Guard(allowed_hosts=["Viewer.Test"])
        self.assertIsNone(guard.refusal(request("/", Host="viewer.test:8080")))
        self.assertIsNotNone(guard.refusal(request("/", Host="x.viewer.test")))

    def test_is_looked_at_without_its_port(self):
        self.assertEqual(host_name("a.b:1"), "a.b")
        self.assertEqual(host_name("[::1]:1"), "::1")
        self.assertEqual(host_name("[::1"), "")


class TheHostHeaderOnTheWire(ServerTest):
    def test_is_checked(self):
        status, _, body = self.fetch("/viewer.js", Host="evil.example")
        self.assertEqual(status, 403)
        self.assertIn(b"--allow-host", body)
        self.assertIn(b" 400 ", self.raw(b"GET / HTTP/1.0\r\n\r\n")[:40])


class SecurityHeaders(SiteTest):
    FILES = {"index.html": "v", "viewer.js": "run()", "sdk/iframe.html": "e", "index.html.br": "b"}

    def policy(self, target, **values):
        return header(self.get(target, **values), "Content-Security-Policy")

    def test_are_on_every_answer(self):
        for target in ("/", "/viewer.js", "/missing", "/api/v1/playbook-runs/x", "/demo/quirks", "/demo/stats"):
            response = self.get(target)
            self.assertEqual(header(response, "X-Content-Type-Options"), "nosniff")
            self.assertEqual(header(response, "Referrer-Policy"), "no-referrer")
            self.assertIsNotNone(header(response, "Content-Security-Policy"))
            self.assertIsNotNone(header(response, "Permissions-Policy"))
        self.assertEqual(header(self.get("/", Host="evil.example"), "X-Content-Type-Options"), "nosniff")

    def test_let_the_viewer_run_wasm_and_nothing_inline(self):
        for target in ("/index.html", "/app/playbooks/runs/x", "/app/playbooks/runs/"):
            policy = self.policy(target, Accept_Encoding="br")
            self.assertIn("script-src 'self' 'wasm-unsafe-eval';", policy)
            self.assertIn("default-src 'none'", policy)
            self.assertIn("connect-src 'self';", policy)
            self.assertIn("frame-ancestors 'self'", policy)
            self.assertNotIn("unsafe-inline", policy)
            self.assertNotIn("'unsafe-eval'", policy)

    def test_let_other_pages_of_dist_embed_the_viewer(self):
        self.assertIn("frame-src 'self'", self.policy("/sdk/iframe.html"))
        self.assertNotIn("frame-src", self.policy("/index.html"))

    def test_let_nothing_run_in_what_is_no_page(self):
        for target in ("/viewer.js", "/api/v1/playbook-runs/x", "/missing"):
            self.assertEqual(self.policy(target), "default-src 'none'; frame-ancestors 'none'")

    def test_name_further_origins_to_fetch_from(self):
        policy = Guard(connect=["https://api.example"], frame_ancestors="'none'").viewer_policy()
        self.assertIn("connect-src 'self' https://api.example;", policy)
        self.assertTrue(policy.endswith("frame-ancestors 'none'"))


class AnOrigin(unittest.TestCase):
    def test_is_written_as_browsers_do(self):
        for origin in ("https://app.example.com", "http://localhost:3000", "http://127.0.0.1:1", "http://[::1]:8080"):
            self.assertEqual(canonical_origin(origin), origin)
        for address in ("https://App.Example.com", "HTTPS://app.example.com", "https://app.example.com:443", "https://app.example.com/",
                        "https://me@app.example.com", "https://app.example.com/a?b#c", "https://app.example.com:"):  # fmt: skip
            self.assertEqual(canonical_origin(address), "https://app.example.com", address)

    def test_holds_nothing_that_means_something_in_a_policy(self):
        for address in ("https://x.example; script-src *", "https://x.example;script-src", "https://*.example", "https://*", "*", "https:",
                        "", "null", "file:///etc", "https://x.example *", "https://x,y", "https://x.example:99999", "https://x.example:a",
                        "https://[::1", "x.example"):  # fmt: skip
            with self.assertRaises(ValueError, msg=address):
                canonical_origin(address)


class Cors(SiteTest):
    OPTIONS = {"origins": ["https://app.example"]}

    def test_is_for_named_origins_with_credentials_and_the_date(self):
        response = self.get("/api/v1/playbook-runs/x", Origin="https://app.example")
        self.assertEqual(header(response, "Access-Control-Allow-Origin"), "https://app.example")
        self.assertEqual(header(response, "Access-Control-Allow-Credentials"), "true")
        self.assertEqual(header(response, "Access-Control-Expose-Headers"), "Date")
        self.assertEqual(header(response, "Vary"), "Origin")

    def test_is_for_nobody_else(self):
        for origin in ("https://evil.example", "null", "https://app.example.evil.example", ""):
            response = self.get("/api/v1/playbook-runs/x", Origin=origin)
            self.assertIsNone(header(response, "Access-Control-Allow-Origin"))

    def test_answers_preflights(self):
        asked = request("/api/v1/playbook-runs/x", "OPTIONS", Origin="https://app.example",
                        Access_Control_Request_Method="GET")  # fmt: skip
        response = self.parts.answer(asked)
        self.assertEqual(response.status, 204)
        self.assertEqual(header(response, "Access-Control-Allow-Methods"), "GET, HEAD")

    def test_is_not_for_pages_and_files(self):
        response = self.get("/viewer.js", Origin="https://app.example")
        self.assertIsNone(header(response, "Access-Control-Allow-Origin"))


class WithoutCors(SiteTest):
    def test_no_origin_is_let_in(self):
        response = self.get("/api/v1/playbook-runs/x", Origin="https://app.example")
        self.assertIsNone(header(response, "Access-Control-Allow-Origin"))
