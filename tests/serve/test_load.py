import unittest
from collections import Counter

from demo import times
from demo.load import Load

from .support import T0, ServerTest, frames_of


def times_of(events):
    return Counter(event["timestamp"] for _, _, event in events)


class ALoad(unittest.TestCase):
    def test_is_as_large_as_asked_and_ends_in_success(self):
        for load in (Load(3, 10), Load(20, 5), Load(1, 0), Load(9, 1000, event_ids=False)):
            run = load.start("a", T0)
            events = frames_of(run, T0 + 3600)
            kinds = Counter(name for _, name, _ in events)
            self.assertEqual(kinds["step.log.appended"], load.log_lines)
            self.assertEqual(kinds["step.completed"], load.steps)
            self.assertEqual(run.document["state"], "success")
            self.assertEqual({step["state"] for step in run.document["steps"]}, {"success"})
            self.assertEqual(run.document["progress"]["completed"], load.steps)
            lines = [line for step in run.document["steps"] for line in step["logs"]]
            self.assertEqual((len(lines), len(set(lines))), (load.log_lines, load.log_lines))

    def test_is_the_same_each_time(self):
        load = Load(7, 100)
        self.assertEqual(frames_of(load.start("a", T0), T0 + 60), frames_of(load.start("a", T0), T0 + 60))

    def test_happens_at_the_pace_asked_for(self):
        run = Load(4, 5000, events_per_second=1000).start("a", T0)
        self.assertEqual(len(frames_of(run, T0 + 1)), 1)
        self.assertAlmostEqual(len(frames_of(run, T0 + 3)), 2001, delta=1)

    def test_happens_in_bursts(self):
        run = Load(4, 5000, burst=500).start("a", T0)
        per_moment = times_of(frames_of(run, T0 + 3600))
        self.assertEqual(set(list(per_moment.values())[:-1]), {500})
        moments = sorted(times.parse(stamp) for stamp in per_moment)
        self.assertAlmostEqual(moments[1] - moments[0], 0.5, places=2)  # 1,000 events a second on average, still
        run = Load(4, 20_000, burst=1_000_000).start("a", T0)
        self.assertEqual(len(times_of(frames_of(run, T0 + 1))), 1)
        self.assertTrue(run.over)

    def test_may_have_very_many_steps(self):
        run = Load(100_000, 100).start("a", T0)
        self.assertEqual(len(run.document["steps"]), 100_000)
        run.hold(T0)
        self.assertEqual(run.skip(T0, events=1000), 1000)  # in no time, though each event finds its step and counts


class Commands(ServerTest):
    def test_start_a_load(self):
        run_id = self.command(do="start", playbook="load", steps=4, logLines=8, burst=100, held=True)["runId"]
        self.assertEqual(len(self.fetch_json(f"/api/v1/playbook-runs/{run_id}")["data"]["steps"]), 4)
        self.assertEqual(self.command(do="next", runId=run_id), {"events": 18, "over": True})

    def test_say_what_is_wrong_with_a_load(self):
        for values, complaint in (
            ({"steps": 0}, "steps is a number from 1"),
            ({"burst": 0}, "burst is a number from 1"),
            ({"eventsPerSecond": 0}, "eventsPerSecond is a number from 0.001"),
            ({"logLines": -1}, "logLines is a number from 0"),
        ):
            self.assertIn(complaint, self.command(do="start", playbook="load", **values)["error"])
