import gzip
import os
import unittest

from demo.guard import Guard
from demo.static_files import StaticFiles, accepted_encodings

from .support import ServerTest, SiteTest, header, request, write_files


class Files(SiteTest):
    FILES = {
        "index.html": "<title>the viewer</title>",
        "viewer.js": "run()",
        "embed.js": "export {}",
        "parents.json": "[]",
        "sdk/parents.json": "{}",
        "viewer.js.gz": gzip.compress(b"run()"),
        "viewer.js.br": b"pretend brotli",
        "viewer.wasm": b"\0asm",
        "viewer.css": "a{}",
        "odd.name": "?",
        "sdk/embed.d.ts": "export {}",
        "help/index.html": "<title>help</title>",
        ".secret": "s",
    }

    def test_have_the_right_content_types(self):
        for name, kind in {
            "viewer.js": "text/javascript; charset=utf-8",
            "viewer.wasm": "application/wasm",
            "viewer.css": "text/css; charset=utf-8",
            "index.html": "text/html; charset=utf-8",
            "sdk/embed.d.ts": "text/plain; charset=utf-8",
            "odd.name": "application/octet-stream",
        }.items():
            self.assertEqual(header(self.get(f"/{name}"), "Content-Type"), kind)

    def test_that_every_site_may_load_say_so(self):
        self.assertEqual(header(self.get("/embed.js"), "Access-Control-Allow-Origin"), "*")
        self.assertIsNone(header(self.get("/viewer.js"), "Access-Control-Allow-Origin"))

    def test_give_way_to_what_stands_in_for_them(self):
        static = StaticFiles(self.dist, Guard(), instead={"parents.json": b'["https://app.example"]'})
        answer = static.serve(request("/parents.json"), ["parents.json"])
        self.assertEqual(answer.body, b'["https://app.example"]')
        self.assertEqual(header(answer, "Content-Type"), "application/json; charset=utf-8")
        self.assertEqual(static.serve(request("/sdk/parents.json"), ["sdk", "parents.json"]).body, b"{}")

    def test_come_compressed_as_the_client_likes_it(self):
        for accept, encoding in {
            "": None,
            "gzip": "gzip",
            "br": "br",
            "gzip, deflate, br": "br",
            "br;q=0.5, gzip;q=0.8": "gzip",
            "br;q=0, gzip;q=0": None,
            "*": "br",
            "*;q=0": None,
            "gzip;q=nonsense": None,
            "identity": None,
            "GZIP": "gzip",
        }.items():
            response = self.get("/viewer.js", Accept_Encoding=accept)
            self.assertEqual(header(response, "Content-Encoding"), encoding, accept)
            self.assertEqual(header(response, "Vary"), "Accept-Encoding")
            self.assertEqual(header(response, "Content-Type"), "text/javascript; charset=utf-8")
            self.assertEqual(
                response.body, {None: b"run()", "br": b"pretend brotli", "gzip": self.FILES["viewer.js.gz"]}[encoding]
            )

    def test_are_revalidated_by_a_strong_etag(self):
        first = self.get("/viewer.js")
        tag = header(first, "ETag")
        self.assertRegex(tag, r'^"[0-9a-f]{32}"$')
        self.assertEqual(header(first, "Cache-Control"), "no-cache")
        for value in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = self.get("/viewer.js", If_None_Match=value)
            self.assertEqual((again.status, again.body, header(again, "ETag")), (304, b"", tag), value)
            self.assertEqual(header(again, "Vary"), "Accept-Encoding")
        self.assertEqual(self.get("/viewer.js", If_None_Match='"other"').status, 200)
        self.assertNotEqual(header(self.get("/viewer.js", Accept_Encoding="br"), "ETag"), tag)
        (self.dist / "viewer.js").write_text("run2")
        self.assertEqual(self.get("/viewer.js", If_None_Match=tag).status, 200)

    def test_in_folders_show_their_index(self):
        self.assertEqual(self.get("/help/").body, b"<title>help</title>")
        moved = self.get("/help?theme=dark")
        self.assertEqual((moved.status, header(moved, "Location")), (308, "help/?theme=dark"))
        self.assertEqual(self.get("/sdk/").status, 404)
        self.assertEqual(self.get("/sdk").status, 404)

    def test_outside_the_folder_can_not_be_reached(self):
        write_files(self.dist.parent, {"outside.txt": "outside"})
        os.symlink(self.dist.parent / "outside.txt", self.dist / "link.txt")
        os.symlink(self.dist.parent, self.dist / "up")
        os.symlink(self.dist.parent / "outside.txt", self.dist / "viewer.css.gz")
        for target in (
            "/../outside.txt",
            "/%2e%2e/outside.txt",
            "/%2E%2E%2Foutside.txt",
            "/..%2foutside.txt",
            "/%252e%252e/outside.txt",
            "/%252e%252e%252foutside.txt",
            "/..%5coutside.txt",
            "/sdk/..%5c..%5coutside.txt",
            "/sdk/../../outside.txt",
            "/sdk/%2e%2e/%2e%2e/outside.txt",
            "//outside.txt",
            "/./outside.txt",
            "/..;/outside.txt",
            "/link.txt",
            "/up/outside.txt",
            "/up/dist/viewer.js/../../outside.txt",
            "/outside.txt%00.js",
            "/viewer.js%00",
            "/.secret",
            "/%2esecret",
            "/" + str(self.dist.parent / "outside.txt"),
            "/C:%5Coutside.txt",
            "/" + "x" * 5000,
            "/" + "x/" * 3000,
            "/%c0%ae%c0%ae/outside.txt",
        ):
            for prefix in ("", "/app/playbooks/runs"):
                response = self.get(prefix + target)
                self.assertNotIn(b"outside", response.body, target)
                if not prefix:
                    self.assertIn(response.status, (400, 404), target)
        self.assertEqual(self.get("/viewer.css", Accept_Encoding="gzip").body, b"a{}")

    def test_take_no_other_methods(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            response = self.parts.answer(request("/viewer.js", method))
            self.assertEqual((response.status, header(response, "Allow")), (405, "GET, HEAD"))


class OverTheWire(ServerTest):
    def test_encoded_climbing_is_refused_too(self):
        write_files(self.dist.parent, {"outside.txt": "outside"})
        for path in (b"/../outside.txt", b"/%2e%2e/outside.txt", b"/..\\outside.txt", b"\\..\\outside.txt",
                     b"/\xff/../outside.txt"):  # fmt: skip
            answer = self.raw(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            self.assertNotIn(b"200 OK", answer)


class Qualities(unittest.TestCase):
    def test_are_read_as_written(self):
        self.assertEqual(accepted_encodings("br;q=0.5 , gzip ; q=1.0,x"), {"br": 0.5, "gzip": 1.0, "x": 1.0})
