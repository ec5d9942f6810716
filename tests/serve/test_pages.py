import re
import unittest
from html.parser import HTMLParser

from demo.json_text import Raw, dumps, loads
from demo.pages import Pages
from demo.playbooks import PLAYBOOKS

from .support import NO_SUCH_RUN, SiteTest, demo_site, header, request, write_files


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.links, self.tags, self.attributes = [], set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag == "a":
            self.links.append(dict(attributes)["href"])


class TheStartPage(SiteTest):
    def page(self):
        return self.get("/").body.decode()

    def test_lists_every_playbook_with_what_it_shows(self):
        links = Links(self.page()).links
        for slug in PLAYBOOKS:
            for query in ("", "?stream=off", "?theme=dark", "?profile=app&api=/api"):
                self.assertIn(f"/demo/{slug}{query}", links)
        self.assertRegex(self.page(), r"10 steps · 4[05] s")

    def test_has_links_that_all_lead_somewhere(self):
        for link in Links(self.page()).links:
            self.assertIn(self.get(link).status, (200, 303), link)

    def test_lists_what_goes_wrong(self):
        links = Links(self.page()).links
        for run_id in ("error-401", "error-403", "error-404", "error-500", "error-not-json", "not-a-uuid"):
            self.assertIn(f"/app/playbooks/runs/{run_id}", links)

    def test_escapes_what_playbooks_are_called(self):
        page = self.page()
        self.assertIn("Quirks &lt;b&gt;not html&lt;/b&gt; &amp; &quot;quotes&quot;", page)
        self.assertEqual(Links(page).tags & {"b", "script", "img"}, set())

    def test_has_nothing_inline_that_its_policy_would_refuse(self):
        response = self.get("/")
        self.assertIn("style-src 'self'", header(response, "Content-Security-Policy"))
        self.assertEqual(Links(self.page()).attributes & {"style", "onclick", "onload"}, set())
        self.assertEqual(header(self.get("/demo/pages.css"), "Content-Type"), "text/css; charset=utf-8")


class Recordings(SiteTest):
    def setUp(self):
        super().setUp()
        self.FILES = {"x.json": '{"id":"<i>","state":"running","playbookName":"<script>alert(1)</script>","steps":[]}'}
        self.parts = demo_site(self.dist, replay=[write_files(self.dist, self.FILES) / "x.json"])

    def test_are_escaped_too(self):
        page = self.get("/").body.decode()
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)
        self.assertIn("run &lt;i&gt;", page)
        self.assertNotIn("<script", page)
        self.assertEqual(header(self.get("/demo/replay/1"), "Location"), "/app/playbooks/runs/%3Ci%3E")


class StartingARun(SiteTest):
    def test_goes_to_the_address_of_the_fresh_run(self):
        response = self.get("/demo/quirks")
        self.assertEqual(response.status, 303)
        self.assertRegex(header(response, "Location"), r"^/app/playbooks/runs/[0-9a-f-]{36}$")
        self.assertEqual(header(response, "Cache-Control"), "no-store")

    def test_carries_all_parameters_over_as_they_are(self):
        query = "stream=off&theme=dark&profile=app&api=%2Fapi&probe=1&step=a%2Fb%20c&q=%26%3D"
        self.assertTrue(header(self.get(f"/demo/quirks?{query}"), "Location").endswith(f"?{query}"))

    def test_can_be_faster(self):
        response = self.get("/demo/product-launch?speed=100&theme=dark")
        run_id = re.search(r"runs/([^?]+)\?theme=dark$", header(response, "Location"))[1]
        self.now += 1
        self.assertEqual(self.get_json(f"/api/v1/playbook-runs/{run_id}")["data"]["state"], "success")
        for speed in ("x", "-1", "nan", "inf", "1001"):
            self.assertEqual(self.get(f"/demo/quirks?speed={speed}").status, 400, speed)

    def test_is_not_what_head_does(self):
        self.assertEqual(self.parts.answer(request("/demo/quirks", "HEAD")).status, 404)

    def test_is_for_playbooks_that_are_there(self):
        for target in ("/demo/nope", "/demo/", "/demo", "/demo/quirks/x", "/demo/replay/1"):
            self.assertEqual(self.get(target).status, 404, target)


class TheViewersAddress(SiteTest):
    def test_shows_the_viewer_for_any_run_id(self):
        for run_id in (NO_SUCH_RUN, "a%2Fb%3Fc", "%F0%9F%9A%80", "", "x" * 4000, "..%2F", "a.b"):
            response = self.get(f"/app/playbooks/runs/{run_id}?theme=dark")
            self.assertEqual((response.status, response.body), (200, b"<title>the viewer</title>"), run_id)

    def test_has_the_viewers_files_beside_it(self):
        self.assertEqual(self.get("/app/playbooks/runs/viewer.js").body, b"run()")

    def test_is_no_answer_to_a_script_that_is_missing(self):
        self.assertEqual(self.get("/app/playbooks/runs/missing.js", Sec_Fetch_Dest="script").status, 404)
        self.assertEqual(self.get("/app/playbooks/runs/x", Sec_Fetch_Dest="iframe").status, 200)

    def test_is_one_segment_behind_the_prefix(self):
        self.assertEqual(self.get("/app/playbooks/runs/a/b").status, 404)
        self.assertEqual(header(self.get("/app/playbooks/runs?run=x"), "Location"), "/app/playbooks/runs/?run=x")

    def test_may_be_the_pages_own_name(self):
        self.assertEqual(self.get("/index.html?run=x").body, b"<title>the viewer</title>")

    def test_is_what_the_form_leads_to(self):
        self.assertEqual(header(self.get("/demo/open?run=+a/b+"), "Location"), "/app/playbooks/runs/a%2Fb")


class WithARealServer(unittest.TestCase):
    def test_the_start_page_asks_for_a_run_id(self):
        page = Pages(None).start_page().body.decode()
        self.assertIn('<form action="/demo/open">', page)
        self.assertNotIn("/demo/quirks", page)


class JsonText(unittest.TestCase):
    def test_keeps_numbers_as_they_were_written(self):
        text = b'[9007199254740993,1e-320,-0.0,-0,1E+400,0.10,1e2,{"a":' + b"9" * 5000 + b"}]"
        self.assertEqual(dumps(loads(text)), text)

    def test_writes_what_json_stringify_writes_for_odd_characters(self):
        self.assertEqual(dumps("\ud83d\x00\u2028é🚀\x7f"), '"\\ud83d\\u0000\u2028é🚀\x7f"'.encode())

    def test_refuses_what_is_no_json(self):
        for text in (b"NaN", b"[Infinity]", b""):
            with self.assertRaises(ValueError):
                loads(text)
        with self.assertRaises(TypeError):
            dumps({"a": object()})

    def test_does_not_mix_text_up_with_raw_values(self):
        self.assertEqual(dumps([Raw("1.0"), "raw-0", Raw("2.0"), "1.0"]), b'[1.0,"raw-0",2.0,"1.0"]')
