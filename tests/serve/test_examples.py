import json
import unittest
from unittest.mock import patch

from demo import examples

from .support import SiteTest, header


class Examples(SiteTest):
    FILES = {"index.html": "v"}

    def test_begin_with_fresh_runs_and_list_them(self):
        answer = self.get("/examples/plain/")
        self.assertEqual(answer.status, 303)
        app = header(answer, "Location")
        self.assertRegex(app, r"^/examples/plain/app/playbooks/runs/[0-9a-f-]{36}$")
        runs = json.loads(self.get("/examples/runs.json").body)
        self.assertEqual(app.rsplit("/", 1)[1], runs[0]["id"])
        self.assertEqual([run["name"] for run in runs], ["Product launch outreach", "Crisis response", "Regional fan-out"])

    def test_that_have_to_be_built_first_say_so_on_the_start_page(self):
        hint = b"npm ci &amp;&amp; npm run build"
        with patch.object(examples, "is_built", lambda name: name == "plain"):
            self.assertEqual(self.get("/").body.count(hint), 1)
        with patch.object(examples, "is_built", lambda name: True):
            self.assertNotIn(hint, self.get("/").body)

    def test_have_the_page_under_every_run(self):
        for name in ("plain", "react"):
            page = self.get(f"/examples/{name}/app/playbooks/runs/a%2Fb")
            self.assertEqual(page.status, 200)
            self.assertIn(f"/examples/{name}/app.js".encode(), page.body)
            policy = header(page, "Content-Security-Policy")
            self.assertIn("frame-src 'self'", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertNotIn("unsafe-inline", policy)

    def test_have_their_files(self):
        self.assertEqual(header(self.get("/examples/plain/app.js"), "Content-Type"), "text/javascript; charset=utf-8")
        self.assertEqual(header(self.get("/examples/app.css"), "Content-Type"), "text/css; charset=utf-8")
        for nothing in ("/examples/", "/examples/nothing/", "/examples/plain/nothing.js", "/examples/plain/../app.css"):
            self.assertEqual(self.get(nothing).status, 404, nothing)


if __name__ == "__main__":
    unittest.main()
