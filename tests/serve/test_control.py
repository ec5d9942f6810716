import json

from .support import NO_SUCH_RUN, ServerTest, SiteTest, request


class Commands(ServerTest):
    def test_start_the_run_they_name(self):
        run_id = "3f0c2f5e-9d8c-4f53-8f0e-6c9f1d2b7a10"
        answer = self.command(do="start", playbook="product-launch", runId=run_id, held=True)
        self.assertEqual(answer, {"runId": run_id})
        data = self.fetch_json(f"/api/v1/playbook-runs/{run_id}")["data"]
        self.assertEqual((data["id"], data["progress"]["completed"]), (run_id, 0))

    def test_start_a_run_that_began_a_while_ago(self):
        run_id = self.command(do="start", playbook="product-launch", ago=300, held=True)["runId"]
        data = self.fetch_json(f"/api/v1/playbook-runs/{run_id}")["data"]
        self.assertEqual(data["state"], "success")
        first, last = data["steps"][0]["startedAt"], data["steps"][-1]["completedAt"]
        self.assertLess(first, last)  # with the times of a run that took its time

    def test_hold_advance_and_let_go_on(self):
        run_id = self.command(do="start", playbook="product-launch", speed=10)["runId"]
        self.assertEqual(self.command(do="hold", runId=run_id), {})
        answer = self.command(do="advance", runId=run_id, seconds=5)
        self.assertGreater(answer["events"], 3)
        self.assertFalse(answer["over"])
        self.assertEqual(self.command(do="goOn", runId=run_id), {})
        self.assertTrue(self.command(do="advance", runId=run_id, seconds=100.5)["over"])

    def test_that_make_no_sense_are_refused_in_words(self):
        run_id = self.command(do="start", playbook="quirks")["runId"]
        for command, complaint in (
            ({"do": "start"}, "playbook is one of product-launch"),
            ({"do": "start", "playbook": "quirks", "runId": "x"}, "UUID"),
            ({"do": "start", "playbook": "quirks", "speed": "fast"}, "speed is a number"),
            ({"do": "hold"}, "no run"),
            ({"do": "hold", "runId": NO_SUCH_RUN}, "no run"),
            ({"do": "dance", "runId": run_id}, "do is one of"),
            ({"do": "next", "runId": run_id, "events": -1}, "events is a number"),
            ({"do": "advance", "runId": run_id}, "seconds is a number"),
            ({"do": "advance", "runId": run_id, "seconds": True}, "seconds is a number"),
        ):
            self.assertIn(complaint, self.command(**command)["error"])
        for body in (b"", b"[]", b"{", b"\xff"):
            status, _, answer = self.fetch("/demo/control", "POST", body)
            self.assertEqual(status, 400)
            self.assertIn("error", json.loads(answer))

    def test_are_only_for_pages_of_this_server(self):
        body = json.dumps({"do": "start", "playbook": "quirks"}).encode()
        own = f"http://127.0.0.1:{self.port}"
        for origin, status in ((own, 200), ("https://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 403)):
            self.assertEqual(self.fetch("/demo/control", "POST", body, Origin=origin)[0], status)

    def test_are_posted(self):
        self.assertEqual(self.fetch("/demo/control")[0], 405)


class WithoutControl(SiteTest):
    OPTIONS = {"steers": False}

    def test_no_command_is_taken(self):
        response = self.parts.answer(request("/demo/control", "POST", b'{"do":"start","playbook":"quirks"}'))
        self.assertEqual(response.status, 404)
        self.assertIn("--control", json.loads(response.body)["error"])

    def test_counting_goes_on(self):
        self.assertEqual(self.get("/demo/stats").status, 200)
