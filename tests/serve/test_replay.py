import http.client
import json
import tempfile
from email.utils import parsedate_to_datetime
from pathlib import Path
import unittest

from demo import times
from demo.json_text import dumps
from demo.replay import BrokenRecording, load

from .support import DATA, T0, ServerTest, SiteTest, frames_of, header, write_files

RUN = {"id": "r-1", "state": "running", "status": "RUNNING", "steps": [{"key": "a", "state": "running"}]}


def recorded_events():
    lines = [json.loads(line) for line in (DATA / "live-run.stream.ndjson").read_text().splitlines()]
    return [line for line in lines if line["event"] != "connected"]


class ALiveRecording(SiteTest):
    OPTIONS = {"replay": [DATA / "live-run.stream.ndjson"]}
    RUN_ID = "6b0d549b-6f03-475a-9600-a35a099950d8"

    def body(self):
        return self.get(f"/api/v1/playbook-runs/{self.RUN_ID}").body

    def step(self, key):
        return self.get_json(f"/api/v1/playbook-runs/{self.RUN_ID}/steps/{key}")["data"]

    def test_begins_when_it_is_first_fetched_with_the_initial_document_to_the_byte(self):
        self.now += 1000
        self.assertEqual(self.body(), (DATA / "live-run.initial.json").read_bytes())

    def test_gives_its_events_at_their_pace(self):
        self.body()
        run = self.parts.runs.get(self.RUN_ID, self.now)
        for seconds in (0.5, 1.05, 20.0, 60.0):
            position = 1.0 + seconds  # it begins a second before the first event, at 2,000 ms
            expected = [event["data"] for event in recorded_events() if event["atMs"] <= position * 1000]
            self.assertEqual([data for _, _, data in frames_of(run, T0 + seconds)], expected)

    def test_shows_the_reduced_state_meanwhile_as_production_does(self):
        self.body()
        self.now += 20.0  # at 21,000 ms
        self.assertEqual(json.loads(self.body())["data"]["progress"]["completed"], 3)
        running = self.step("angle-tech")
        self.assertEqual((running["state"], running["logs"], running["startedAt"]),
                         ("running", [], "2026-11-20T14:03:26.720Z"))  # fmt: skip
        done = self.step("research")
        self.assertEqual((done["state"], len(done["logs"])), ("success", 13))
        self.assertEqual(self.step("fact-check")["attempt"], 1)

    def test_ends_with_the_final_document_to_the_byte(self):
        self.body()
        self.now += 60
        self.assertEqual(self.body(), (DATA / "live-run.final.json").read_bytes())

    def test_reduces_to_what_the_final_document_says(self):
        recording = load(DATA / "live-run.initial.json")
        run = recording.play()
        run.start_clock(T0)
        run.catch_up(T0 + 50.4)  # all but the last event, with which the final document comes
        final = json.loads((DATA / "live-run.final.json").read_bytes())["data"]
        reached = json.loads(dumps(run.document))
        for reduced, expected in zip(reached["steps"], final["steps"], strict=True):
            for name in ("state", "attempt", "startedAt", "completedAt", "output"):
                self.assertEqual(reduced[name], expected[name], expected["key"])
            if expected["key"] in ("research", "angle-biz", "fact-check"):
                self.assertEqual(reduced["logs"], expected["logs"], expected["key"])

    def test_lives_in_the_time_in_which_it_was_recorded(self):
        def date():
            response = self.get(f"/api/v1/playbook-runs/{self.RUN_ID}")
            return response.date

        self.assertEqual(date(), times.parse("2026-11-20T14:03:11.120Z") + 1.0)
        self.now += 30
        self.assertEqual(date(), times.parse("2026-11-20T14:03:11.120Z") + 31.0)

    def test_can_be_started_again(self):
        self.body()
        self.now += 60
        response = self.get("/demo/replay/1?theme=dark")
        self.assertEqual(header(response, "Location"), f"/app/playbooks/runs/{self.RUN_ID}?theme=dark")
        self.assertEqual(self.body(), (DATA / "live-run.initial.json").read_bytes())
        for number in ("0", "2", "x", "-1", "%C2%B9"):
            self.assertEqual(self.get(f"/demo/replay/{number}").status, 404)

    def test_is_on_the_start_page(self):
        page = self.get("/").body.decode()
        self.assertIn('href="/demo/replay/1"', page)
        self.assertIn("95 events", page)


class ARecordingOnTheWire(ServerTest):
    OPTIONS = {"replay": [DATA / "live-run.final.json"], "speed": 500.0}

    def test_streams_what_was_recorded(self):
        path = f"/api/v1/playbook-runs/{ALiveRecording.RUN_ID}"
        stream = self.stream(f"{path}/stream")
        self.assertEqual(stream.event()[:2], ("0", "connected"))
        headers = self.fetch(path)[1]
        self.assertEqual(parsedate_to_datetime(headers["Date"]).strftime("%Y-%m-%d"), "2026-11-20")
        received = [stream.event() for _ in recorded_events()]
        self.assertEqual([data for _, _, data in received], [event["data"] for event in recorded_events()])

    def test_restarting_breaks_its_streams_off(self):
        stream = self.stream(f"/api/v1/playbook-runs/{ALiveRecording.RUN_ID}/stream")
        stream.event()
        self.fetch("/demo/replay/1")
        with self.assertRaises(http.client.IncompleteRead):
            stream.response.read()


class ADocument(SiteTest):
    OPTIONS = {"replay": [DATA / "quirks-run.json", DATA / "failed-run.json"]}

    def test_is_served_to_the_byte(self):
        for name in ("quirks-run.json", "failed-run.json"):
            body = (DATA / name).read_bytes()
            run_id = json.loads(body)["data"]["id"]
            self.assertEqual(self.get(f"/api/v1/playbook-runs/{run_id}").body, body)

    def test_keeps_its_numbers_in_single_steps_too(self):
        run_id = json.loads((DATA / "quirks-run.json").read_bytes())["data"]["id"]
        body = self.get(f"/api/v1/playbook-runs/{run_id}/steps/big-numbers").body
        self.assertIn(b'{"max":9007199254740993,"tiny":1e-320,"neg":-0.0,"big":1e+308}', body)


class ReadingARecording(unittest.TestCase):
    def load(self, name, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return load(write_files(Path(folder.name), files) / name)

    def test_takes_a_bare_document_into_an_envelope(self):
        recording = self.load("run.json", {"run.json": json.dumps(RUN)})
        self.assertEqual(json.loads(recording.play().view(T0)), {"success": True, "data": RUN})

    def test_takes_any_of_the_three_files_or_the_name_they_share(self):
        line = {"atMs": 5, "event": "run.updated", "data": {"type": "run.updated"}}
        files = {"x.initial.json": json.dumps(RUN), "x.stream.ndjson": json.dumps(line) + "\n\n"}
        for name in ("x", "x.initial.json", "x.stream.ndjson"):
            recording = self.load(name, files)
            self.assertEqual((len(recording.events), recording.final), (1, None))

    def test_passes_events_on_that_make_no_sense(self):
        odd = [{"atMs": 1, "event": "x", "data": None}, {"atMs": 1, "event": "step.completed", "data": {"payload": 5}},
               {"atMs": 2.5, "event": "y", "data": {"type": "step.failed", "runId": "r-1", "timestamp": "now",
                "stepKey": ["a"], "payload": {"error": "", "failedAt": "?", "attempt": 1, "willRetry": False}}},
               {"atMs": 3, "event": "z", "data": {"type": "step.log.appended", "runId": "r-1", "timestamp": "now",
                "stepKey": "a", "payload": {"logEntry": {"message": 7}}}}]  # fmt: skip
        run = self.load("x", {"x.initial.json": json.dumps(RUN),
                              "x.stream.ndjson": "\n".join(map(json.dumps, odd))}).play()  # fmt: skip
        run.start_clock(T0)
        self.assertEqual([name for _, name, _ in frames_of(run, T0 + 10)], ["x", "step.completed", "y", "z"])
        self.assertEqual(run.document["steps"], RUN["steps"])

    def test_names_the_file_and_the_line_that_is_broken(self):
        good = json.dumps({"atMs": 5, "event": "e", "data": {}})
        for line, complaint in {
            "{": "not JSON",
            '{"atMs": NaN, "event": "e", "data": {}}': "not JSON",
            "[]": "not {",
            '{"atMs": 1, "event": "e"}': "not {",
            '{"atMs": "1", "event": "e", "data": {}}': "atMs",
            '{"atMs": -1, "event": "e", "data": {}}': "atMs",
            '{"atMs": 4, "event": "e", "data": {}}': "goes back",
            '{"atMs": 6, "event": "a\\nb", "data": {}}': "one line",
            "[" * 100_000: "not JSON",
            "\xff": "not JSON",
        }.items():
            with self.assertRaises(BrokenRecording, msg=line[:50]) as caught:
                stream = f"{good}\n{line}\n".encode("latin-1")
                self.load("x", {"x.initial.json": json.dumps(RUN), "x.stream.ndjson": stream})
            self.assertRegex(str(caught.exception), r"x\.stream\.ndjson, line 2: .*")
            self.assertIn(complaint, str(caught.exception))
            self.assertEqual(str(caught.exception).count("\n"), 0)

    def test_names_the_document_that_is_none(self):
        for text, complaint in {
            "": "not JSON",
            "[]": "not a run document",
            '{"success": false, "data": {}}': "not a run document",
            json.dumps(RUN | {"steps": None}): "not a run document",
            json.dumps(RUN | {"steps": [{"key": 1}]}): r"steps[0] is not a step",
        }.items():
            with self.assertRaises(BrokenRecording) as caught:
                self.load("run.json", {"run.json": text})
            self.assertIn(complaint, str(caught.exception))
        with self.assertRaises(BrokenRecording) as caught:
            self.load("missing.json", {})
        self.assertIn("No such file", str(caught.exception))
