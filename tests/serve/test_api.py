import json
import re

from demo.error_runs import ERROR_RUNS

from .support import NO_SUCH_RUN, ServerTest, SiteTest, header, request


class Runs(SiteTest):
    def test_are_answered_in_both_profiles(self):
        run_id = self.start()
        for base in ("/api/v1", "/api"):
            response = self.get(f"{base}/playbook-runs/{run_id}")
            answer = json.loads(response.body)
            self.assertEqual((response.status, answer["success"], answer["data"]["id"]), (200, True, run_id))
            self.assertEqual(header(response, "Content-Type"), "application/json; charset=utf-8")
            self.assertEqual(header(response, "Cache-Control"), "no-store")

    def test_go_on_with_the_time(self):
        run_id = self.start()
        progress = []
        for _ in range(6):
            progress.append(self.get_json(f"/api/v1/playbook-runs/{run_id}")["data"]["progress"]["completed"])
            self.now += 10
        self.assertEqual(progress, sorted(progress))
        self.assertEqual((progress[0], progress[-1]), (0, 10))

    def test_are_kept_for_an_hour_and_no_more_than_so_many(self):
        first = self.start()
        self.now += 3599
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{first}").status, 200)
        self.now += 1
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{first}").status, 404)
        ids = [self.start("quirks") for _ in range(201)]
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{ids[0]}").status, 404)
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{ids[1]}").status, 200)

    def test_are_fresh_for_every_start(self):
        self.assertNotEqual(self.start(), self.start())

    def test_can_not_be_changed(self):
        for method in ("POST", "PUT", "DELETE"):
            response = self.parts.answer(request(f"/api/v1/playbook-runs/{self.start()}", method))
            self.assertEqual((response.status, header(response, "Allow")), (405, "GET, HEAD"))


class Steps(SiteTest):
    def test_are_found_by_percent_encoded_keys(self):
        run_id = self.start("quirks")
        for base in ("/api/v1", "/api"):
            answer = self.get_json(f"{base}/playbook-runs/{run_id}/steps/a%2Fb%20c%3F%23%25")
            self.assertEqual((answer["success"], answer["data"]["key"]), (True, "a/b c?#%"))

    def test_are_the_steps_of_the_run_answer(self):
        run_id = self.start()
        self.now += 20
        steps = self.get_json(f"/api/v1/playbook-runs/{run_id}")["data"]["steps"]
        for step in steps:
            self.assertEqual(self.get_json(f"/api/v1/playbook-runs/{run_id}/steps/{step['key']}")["data"], step)

    def test_that_are_not_there_are_not_found(self):
        answer = self.get(f"/api/v1/playbook-runs/{self.start()}/steps/nope")
        self.assertEqual((answer.status, json.loads(answer.body)["error"]["code"]), (404, "NOT_FOUND"))


class Errors(SiteTest):
    def error(self, target, **values):
        response = self.get(target, **values)
        answer = json.loads(response.body)
        self.assertIs(answer["success"], False)
        self.assertEqual(set(answer["error"]), {"code", "message"})
        self.assertTrue(answer["error"]["message"])
        return response.status, answer["error"]["code"]

    def test_have_the_status_and_code_of_the_contract(self):
        for tail in ("", "/steps/x", "/stream"):
            for base in ("/api/v1", "/api"):
                for run_id, expected in {
                    NO_SUCH_RUN: (404, "NOT_FOUND"),
                    "error-401": (401, "UNAUTHORIZED"),
                    "error-403": (403, "NO_ORG_ACCESS"),
                    "error-404": (404, "NOT_FOUND"),
                    "error-500": (500, "INTERNAL_ERROR"),
                    "error-not-success": (200, "MAINTENANCE"),
                    "no-uuid": (400, "VALIDATION_ERROR"),
                    NO_SUCH_RUN + "%0A": (400, "VALIDATION_ERROR"),
                    "..": (400, "VALIDATION_ERROR"),
                    "": (400, "VALIDATION_ERROR"),
                    "x" * 3000: (400, "VALIDATION_ERROR"),
                    "%F0%9F%9A%80": (400, "VALIDATION_ERROR"),
                }.items():
                    self.assertEqual(self.error(f"{base}/playbook-runs/{run_id}{tail}"), expected)

    def test_tell_of_addresses_that_are_none(self):
        run_id = self.start()
        for target in ("/api", "/api/", "/api/v1", "/api/v1/playbook-runs", "/api/v2/playbook-runs/x",
                       f"/api/v1/playbook-runs/{run_id}/", f"/api/v1/playbook-runs/{run_id}/steps",
                       f"/api/v1/playbook-runs/{run_id}/steps/a/b", f"/api/v1/playbook-runs/{run_id}/x"):  # fmt: skip
            self.assertEqual(self.error(target), (404, "NOT_FOUND"), target)

    def test_can_be_no_json_or_of_another_shape(self):
        self.assertIn(b"<!doctype html>", self.get("/api/v1/playbook-runs/error-not-json").body)
        with self.assertRaises(ValueError):
            self.get_json("/api/v1/playbook-runs/error-half-json")
        self.assertIs(self.get_json("/api/v1/playbook-runs/error-wrong-shape")["success"], True)
        self.assertIsNone(self.get_json("/api/v1/playbook-runs/error-null"))
        for run_id in ERROR_RUNS:
            self.assertLess(self.get(f"/api/v1/playbook-runs/{run_id}/stream").status, 600)


class Cookies(SiteTest):
    OPTIONS = {"requires_cookie": True}

    def test_of_the_start_page_and_of_started_runs_open_the_api(self):
        started = self.get("/demo/product-launch")
        run_id = header(started, "Location").rpartition("/")[2]
        for target in (f"/api/v1/playbook-runs/{run_id}", f"/api/playbook-runs/{run_id}",
                       f"/api/v1/playbook-runs/{run_id}/stream", f"/api/playbook-runs/{run_id}/stream",
                       "/api/v1/playbook-runs/no-uuid"):  # fmt: skip
            response = self.get(target)
            self.assertEqual((response.status, json.loads(response.body)["error"]["code"]), (401, "UNAUTHORIZED"))
            self.assertEqual(self.get(target, Cookie="pravado_demo_session=wrong").status, 401)
        for page in (self.get("/"), started):
            line = header(page, "Set-Cookie")
            self.assertIn("; HttpOnly; SameSite=Lax", line)
            cookie = line.partition(";")[0]
            self.assertEqual(self.get(f"/api/v1/playbook-runs/{run_id}", Cookie=f"a=b; {cookie}").status, 200)

    def test_are_not_needed_with_a_token(self):
        cookie = header(self.get("/"), "Set-Cookie").partition(";")[0]
        run_id = self.start()
        answer = json.loads(self.get(f"/api/playbook-runs/{run_id}/stream", Cookie=cookie).body)
        path = "/" + answer["data"]["streamUrl"].split("/", 3)[3]
        self.assertEqual(self.get(path).status, 200)


class StreamUrls(SiteTest):
    def url(self, run_id, **values):
        return self.get_json(f"/api/playbook-runs/{run_id}/stream", **values)["data"]["streamUrl"]

    def test_are_whole_and_carry_a_token(self):
        run_id = self.start()
        url = self.url(run_id, Host="localhost:8080")
        self.assertRegex(url, rf"^http://localhost:8080/api/v1/playbook-runs/{run_id}/stream\?token=[\w-]{{20,}}$")

    def open(self, url, run_id=None):
        target = "/" + url.split("/", 3)[3]
        if run_id:
            target = re.sub(r"runs/[^/]+", f"runs/{run_id}", target)
        return self.get(target).status

    def test_are_good_once(self):
        url = self.url(self.start())
        self.assertEqual((self.open(url), self.open(url)), (200, 401))

    def test_are_good_for_a_minute(self):
        run_id = self.start()
        for seconds, status in ((59, 200), (60, 401)):
            url = self.url(run_id)
            self.now += seconds
            self.assertEqual(self.open(url), status)

    def test_are_good_for_their_own_run(self):
        url, other = self.url(self.start()), self.start()
        self.assertEqual(self.open(url, other), 401)
        self.assertEqual(self.open(url), 401, "and used up by the try")

    def test_can_not_be_made_up(self):
        run_id = self.start()
        for token in ("", "x", "None"):
            self.assertEqual(self.get(f"/api/v1/playbook-runs/{run_id}/stream?token={token}").status, 401)

    def test_are_not_for_runs_that_are_not_there(self):
        self.assertEqual(self.get(f"/api/playbook-runs/{NO_SUCH_RUN}/stream").status, 404)


class Counting(ServerTest):
    def test_tells_what_was_asked_of_a_run_and_how_many_streams_are_open(self):
        run_id = self.start()
        stats = lambda: self.fetch_json(f"/demo/stats?run={run_id}")  # noqa: E731
        self.assertEqual(stats(), {"run": 0, "step": 0, "stream": 0, "streamUrl": 0, "open": 0})
        self.fetch(f"/api/v1/playbook-runs/{run_id}")
        self.fetch(f"/api/playbook-runs/{run_id}")
        self.fetch(f"/api/v1/playbook-runs/{run_id}/steps/send")
        self.fetch(f"/api/playbook-runs/{run_id}/stream")
        stream = self.stream(f"/api/v1/playbook-runs/{run_id}/stream")
        stream.event()
        self.assertEqual(stats(), {"run": 2, "step": 1, "stream": 1, "streamUrl": 1, "open": 1})
        self.assertEqual(self.fetch_json("/demo/stats")["runs"][run_id]["run"], 2)
        stream.close()
        self.wait_until(lambda: stats()["open"] == 0)
