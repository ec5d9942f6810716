import copy
import json
import unittest

from demo.reduce import counts, progress

from .support import DATA, apply


def recorded(name):
    return json.loads((DATA / name).read_text())["data"]


def recorded_events():
    lines = (DATA / "live-run.stream.ndjson").read_text().splitlines()
    return [json.loads(line)["data"] for line in lines]


class RecordedRunReduces(unittest.TestCase):
    def test_initial_document_and_events_make_the_final_document(self):
        run, final = recorded("live-run.initial.json"), recorded("live-run.final.json")
        for event in recorded_events():
            if counts(run, event):
                apply(run, event)
        self.assertEqual(run["state"], final["state"])
        self.assertEqual(run["completedAt"], final["completedAt"])
        self.assertEqual(run["progress"], final["progress"])
        for reduced, expected in zip(run["steps"], final["steps"], strict=True):
            for name in ("state", "status", "attempt", "startedAt", "completedAt", "output", "error"):
                self.assertEqual(reduced[name], expected[name], f"{name} of {expected['key']}")


class BrokenEventsChangeNothing(unittest.TestCase):
    def test_for_each_way_an_event_can_be_broken(self):
        run = recorded("live-run.initial.json")
        good = next(event for event in recorded_events() if event.get("type") == "step.completed")
        self.assertTrue(counts(run, good))
        for broken in (
            good | {"runId": "another"},
            good | {"type": "step.reimagined"},
            good | {"payload": None},
            good | {"payload": {}},
            good | {"payload": {"completedAt": 7}},
            good | {"timestamp": None},
            {},
            [],
            None,
        ):
            self.assertFalse(counts(run, broken), broken)

    def test_of_a_step_that_is_not_there(self):
        run = recorded("live-run.initial.json")
        event = next(event for event in recorded_events() if event.get("type") == "step.completed")
        before = copy.deepcopy(run)
        apply(run, event | {"stepKey": "never heard of"})
        self.assertEqual(run["steps"], before["steps"])

    def test_after_the_run_has_ended(self):
        run = recorded("live-run.final.json")
        before = copy.deepcopy(run)
        late = {"runId": run["id"], "stepKey": "send", "timestamp": "2026-11-20T15:00:00.000Z"}
        failed = {"error": "late", "failedAt": late["timestamp"], "attempt": 3, "willRetry": False}
        for event in (*recorded_events(), late | {"type": "step.failed", "payload": failed},
                      late | {"type": "run.updated", "payload": {"status": "RUNNING"}}):  # fmt: skip
            if counts(run, event):
                apply(run, event)
        self.assertEqual(run, before)


class ProgressCounts(unittest.TestCase):
    def test_leave_out_blocked_canceled_and_skipped_steps(self):
        states = "success failed running queued waiting_for_dependencies blocked canceled skipped".split()
        self.assertEqual(
            progress([{"state": state} for state in states]),
            {"total": 8, "completed": 1, "failed": 1, "running": 1, "pending": 2},
        )
