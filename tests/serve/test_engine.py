import json
import math
import unittest

from demo import engine, times
from demo.playbook import Playbook, Step, Trace
from demo.playbooks import PLAYBOOKS
from demo.reduce import counts

from .support import T0, apply, frames_of, step_of

RUN_ID = "3f0c2f5e-9d8c-4f53-8f0e-6c9f1d2b7a10"
HOUR = 3600.0


def start(slug, speed=1.0, run_id=RUN_ID):
    return engine.start(PLAYBOOKS[slug], run_id, T0, speed)


def document(run, now):
    return json.loads(run.view(now))["data"]


def finished(slug):
    run = start(slug)
    initial = document(run, T0)
    return initial, frames_of(run, T0 + HOUR), document(run, T0 + HOUR)


def steps_of(run_document):
    return {step["key"]: step for step in run_document["steps"]}


class EveryPlaybook(unittest.TestCase):
    def each(self):
        for slug in PLAYBOOKS:
            with self.subTest(slug):
                yield slug, *finished(slug)

    def test_sends_events_that_reduce_its_initial_document_to_its_final_one(self):
        for slug, initial, events, final in self.each():
            logs = {step["id"]: list(step["logs"] or []) for step in initial["steps"]}
            for _, name, event in events:
                self.assertEqual(name, event["type"])
                self.assertTrue(counts(initial, event), event)
                if name == "step.log.appended":
                    logs[step_of(initial, event)["id"]].append(event["payload"]["logEntry"]["message"])
                apply(initial, event)
            for name in ("state", "status", "startedAt", "completedAt", "updatedAt", "progress"):
                self.assertEqual(initial[name], final[name], name)
            for reduced, expected in zip(initial["steps"], final["steps"], strict=True):
                for name in ("state", "status", "attempt", "startedAt", "completedAt", "output"):
                    self.assertEqual(reduced[name], expected[name], f"{name} of {expected['key']}")
                if not PLAYBOOKS[slug].as_product_server:  # which tells no lines
                    self.assertEqual(logs[expected["id"]], expected["logs"] or [], expected["key"])

    def test_can_be_taken_up_at_any_moment(self):
        """A viewer that fetches in the middle and streams from there ends with the same states."""
        for slug, _, events, final in self.each():
            run = start(slug)
            for second in (0.5, 3.3, 7.9, 15.0):
                middle = document(run, T0 + second)
                seen = run.frames_after(None, T0 + second)[1]
                for _, _, event in events[seen:]:
                    apply(middle, event)
                for name in ("state", "attempt", "startedAt", "completedAt", "output"):
                    self.assertEqual(
                        [step[name] for step in middle["steps"]], [step[name] for step in final["steps"]], name
                    )

    def test_as_the_products_own_server_tells_attempts_by_their_starts_alone(self):
        run = start("tried-again")
        documents = [document(run, T0 + second)["steps"][1] for second in range(0, 40)]
        self.assertEqual({step["attempt"] for step in documents}, {0})
        self.assertEqual(len({step["startedAt"] for step in documents} - {None}), 3)
        again = next(step for step in documents if step["state"] == "running" and step["completedAt"])
        self.assertLess(again["completedAt"], again["startedAt"])
        self.assertEqual(again["error"]["message"], "503 Service Unavailable")
        self.assertEqual({len(step["logs"]) for step in documents}, {0, 3})  # never those of two attempts
        events = [event for _, _, event in frames_of(run, T0 + HOUR)]
        self.assertEqual({event["type"] for event in events},
                         {"step.updated", "step.completed", "step.failed", "run.completed"})  # fmt: skip
        failures = [event["payload"] for event in events if event["type"] == "step.failed"]
        self.assertEqual([(failure["attempt"], failure["willRetry"]) for failure in failures], [(1, False)] * 2)

    def test_takes_ten_to_sixty_seconds_and_ends(self):
        for slug, _, events, final in self.each():
            self.assertIn(final["state"], ("success", "failed"))
            self.assertIn(events[-1][1], ("run.completed", "run.failed"))
            self.assertTrue(10 <= engine.duration(PLAYBOOKS[slug]) <= 60, engine.duration(PLAYBOOKS[slug]))

    def test_is_the_same_for_the_same_run_id_and_another_for_another(self):
        for slug, _, events, _ in self.each():
            self.assertEqual(events, frames_of(start(slug), T0 + HOUR))
            other = "3f0c2f5e-9d8c-4f53-8f0e-6c9f1d2b7a11"
            times_of = [event["timestamp"] for _, _, event in events]
            others = [event["timestamp"] for _, _, event in frames_of(start(slug, run_id=other), T0 + HOUR)]
            self.assertNotEqual(times_of, others)

    def test_numbers_events_from_one_or_not_at_all(self):
        for slug, _, events, _ in self.each():
            ids = [number for number, _, _ in events]
            expected = [str(number + 1) for number in range(len(events))]
            self.assertEqual(ids, expected if PLAYBOOKS[slug].event_ids else [None] * len(events))

    def test_tells_things_in_the_order_in_which_they_happen(self):
        for _, _, events, _ in self.each():
            stamps = [times.parse(event["timestamp"]) for _, _, event in events]
            self.assertEqual(stamps, sorted(stamps))
            running = set()
            for _, name, event in events:
                key, payload = event.get("stepKey"), event["payload"]
                if name == "step.updated" and payload["status"] == "RUNNING":
                    running.add(key)
                elif name in ("step.completed", "step.failed"):
                    self.assertIn(key, running)
                    running.remove(key)
                elif name == "step.log.appended":
                    self.assertIn(key, running)

    def test_respects_dependencies(self):
        for slug, _, events, final in self.each():
            if len(steps_of(final)) < len(final["steps"]):
                continue  # which step of a key it is events don't tell
            ended, order = set(), {step.key: step.after for step in PLAYBOOKS[slug].steps}
            for _, name, event in events:
                key, payload = event.get("stepKey"), event["payload"]
                if name == "step.updated" and payload["status"] == "RUNNING":
                    self.assertLessEqual(set(order[key]), ended)
                if name == "step.completed" or (name == "step.updated" and payload["status"] == "SKIPPED"):
                    ended.add(key)

    def test_has_every_field_of_the_views(self):
        run_fields = (
            "id playbookId playbookName playbookVersion orgId state status triggeredBy input output error webhookUrl "
            "workerInfo startedAt completedAt createdAt updatedAt steps progress"
        ).split()
        step_fields = (
            "id key name type state status attempt maxAttempts input output error logs workerInfo "
            "collaborationContext episodicTraces personality startedAt completedAt createdAt"
        ).split()
        for _, initial, _, final in self.each():
            for view in (initial, final):
                self.assertLessEqual(set(run_fields), set(view))
                for step in view["steps"]:
                    self.assertLessEqual(set(step_fields), set(step))

    def test_does_not_leak_from_one_run_into_the_next(self):
        for slug, initial, _, _ in self.each():
            self.assertEqual(initial, document(start(slug), T0))

    def test_keeps_its_own_content_to_itself(self):
        def work(_):
            yield Trace({"text": "of one run"})

        step = Step("a", "A", "AGENT", work, overrides={"episodicTraces": []})
        playbook = Playbook("p", "P", "", steps=(step,))
        for _ in range(2):
            run = engine.start(playbook, RUN_ID, T0)
            self.assertEqual(len(steps_of(document(run, T0 + HOUR))["a"]["episodicTraces"]), 1)


class Attempts(unittest.TestCase):
    def test_count_from_one_in_events_and_from_zero_in_rest(self):
        run = start("product-launch")
        events = [
            (event["timestamp"], name, event["payload"])
            for _, name, event in frames_of(run, T0 + HOUR)
            if event.get("stepKey") == "fact-check" and name != "step.log.appended"
        ]
        tries = [
            (name, payload.get("status"), payload.get("attempt"), payload.get("willRetry"))
            for _, name, payload in events
        ]
        self.assertEqual(
            tries,
            [
                ("step.updated", "QUEUED", 1, None),
                ("step.updated", "RUNNING", 1, None),
                ("step.failed", "FAILED", 1, True),
                ("step.updated", "RUNNING", 2, None),
                ("step.completed", "SUCCESS", None, None),
            ],
        )
        rest = []
        fresh = start("product-launch")
        for stamp, _, _ in events:
            step = steps_of(document(fresh, times.parse(stamp) + 0.001))["fact-check"]
            rest.append((step["state"], step["attempt"]))
        self.assertEqual(rest, [("queued", 0), ("running", 0), ("queued", 1), ("running", 1), ("success", 1)])

    def test_the_error_of_the_last_try_stays_until_the_next_succeeds(self):
        run = start("product-launch")
        failed = next(event for _, name, event in frames_of(run, T0 + HOUR) if name == "step.failed")
        fresh = start("product-launch")
        step = steps_of(document(fresh, times.parse(failed["timestamp"]) + 0.001))[failed["stepKey"]]
        self.assertEqual(step["error"]["message"], failed["payload"]["error"])
        self.assertIsNone(steps_of(document(fresh, T0 + HOUR))[failed["stepKey"]]["error"])


class LogLinesOfARunningStep(unittest.TestCase):
    def lines_while_running(self, slug, key):
        """(in the document, in the stream), in the middle of the step"""
        run = start(slug)
        times_of_lines = [
            times.parse(event["timestamp"])
            for _, name, event in frames_of(run, T0 + HOUR)
            if name == "step.log.appended" and event["stepKey"] == key
        ]
        middle = times_of_lines[2] + 0.001
        step = steps_of(document(start(slug), middle))[key]
        self.assertEqual(step["state"], "running")
        return len(step["logs"]), sum(at <= middle for at in times_of_lines)

    def test_come_by_the_stream_alone_as_in_production(self):
        in_document, in_stream = self.lines_while_running("product-launch", "research")
        self.assertEqual(in_document, 0)
        self.assertGreaterEqual(in_stream, 3)

    def test_are_in_the_document_at_once_where_the_playbook_says_so(self):
        in_document, in_stream = self.lines_while_running("crisis-response", "facts")
        self.assertEqual(in_document, in_stream)


class WhatThePlaybooksShow(unittest.TestCase):
    def test_launch_runs_three_branches_at_once_and_fills_every_section(self):
        initial, events, final = finished("product-launch")
        steps = steps_of(final)
        starts = {steps[key]["startedAt"] for key in ("angle-tech",)}
        latest = max(steps[key]["completedAt"] for key in ("angle-tech", "angle-biz", "fact-check"))
        self.assertLess(max(starts), latest)
        business = steps["angle-biz"]
        self.assertTrue(business["personality"]["configuration"]["constraints"])
        self.assertGreaterEqual(len(business["collaborationContext"]["messages"]), 3)
        self.assertEqual(business["collaborationContext"]["escalationLevel"], "agent")
        self.assertTrue(business["episodicTraces"])
        self.assertEqual(len(business["episodicTraces"][0]["embedding"]), 384)
        self.assertEqual(set(business["workerInfo"]), {"workerId", "startedAt", "finishedAt"})
        self.assertEqual(steps_of(initial)["compliance"]["state"], "blocked")
        self.assertNotIn("episodicTraces", json.dumps([event for _, _, event in events]))

    def test_three_branches_run_at_the_same_time(self):
        run, together = start("product-launch"), 0
        for tenth in range(600):
            together = max(together, document(run, T0 + tenth / 10)["progress"]["running"])
        self.assertEqual(together, 3)

    def test_enrichment_fails_with_a_stack_and_cancels_or_skips_what_follows(self):
        _, events, final = finished("journalist-enrichment")
        steps = steps_of(final)
        self.assertEqual([event["payload"]["willRetry"] for _, name, event in events if name == "step.failed"],
                         [True, True, False])  # fmt: skip
        self.assertIn("at settle", steps["enrich"]["error"]["stack"])
        self.assertEqual(
            [steps[key]["state"] for key in ("enrich", "beats", "score", "sync", "report")],
            ["failed", "success", "canceled", "canceled", "skipped"],
        )
        self.assertEqual(steps["score"]["status"], "SKIPPED")
        self.assertEqual(events[-1][2]["payload"]["failedStepKey"], "enrich")
        self.assertNotIn("dependencies", steps["enrich"])
        self.assertRegex(final["createdAt"], r"\.\d{6}\+00:00$")

    def test_crisis_skips_one_side_and_what_hangs_on_it_only(self):
        _, _, final = finished("crisis-response")
        states = {key: step["state"] for key, step in steps_of(final).items()}
        self.assertEqual([key for key, state in states.items() if state == "skipped"], ["watch", "digest"])
        self.assertEqual(states["retrospective"], "success")
        self.assertEqual(steps_of(final)["localise/de"]["dependencies"], ["statement"])

    def test_earnings_starts_queued_blocks_and_goes_on(self):
        initial, events, final = finished("earnings-approval")
        self.assertEqual((initial["state"], initial["startedAt"]), ("queued", None))
        self.assertIsNotNone(final["startedAt"])
        for key in ("finance", "legal"):
            words = [event["payload"]["status"] for _, name, event in events
                     if name == "step.updated" and event["stepKey"] == key]  # fmt: skip
            self.assertEqual(words[-2:], ["BLOCKED", "RUNNING"])
        self.assertEqual(steps_of(final)["finance"]["collaborationContext"]["escalationLevel"], "human")
        self.assertRegex(final["createdAt"], r"\+02:00$")

    def test_coverage_sends_several_hundred_lines_in_a_second(self):
        _, events, final = finished("coverage-sweep")
        seconds = {}
        for _, name, event in events:
            if name == "step.log.appended":
                seconds[event["timestamp"][:19]] = seconds.get(event["timestamp"][:19], 0) + 1
        self.assertGreater(max(seconds.values()), 400)
        self.assertGreater(sum(seconds.values()), 5000)
        lines = [line for step in final["steps"] for line in step["logs"]]
        self.assertTrue(any("\x1b[" in line for line in lines))
        self.assertGreaterEqual(max(map(len, lines)), 5000)

    def test_fan_out_runs_forty_steps_at_once(self):
        self.assertEqual(document(start("regional-fan-out"), T0 + 2.8)["progress"]["running"], 40)

    def test_rounds_share_their_key_and_nothing_else(self):
        _, events, final = finished("rounds")
        rounds = [step for step in final["steps"] if step["key"] == "enrich"]
        self.assertEqual([step["output"]["round"] for step in rounds], [1, 2, 3])
        self.assertEqual([step["attempt"] for step in rounds], [0, 1, 0])
        self.assertEqual(len({step["id"] for step in final["steps"]}), len(final["steps"]))
        for number, step in enumerate(rounds, 1):
            self.assertTrue(all(line.startswith(f"round {number}:") for line in step["logs"]), step["logs"])
        sides = [step["state"] for step in final["steps"] if step["key"] == "notify"]
        self.assertEqual(sides, ["skipped", "success"])
        self.assertNotIn("round", json.dumps([event.get("stepKey") for _, _, event in events]))

    def test_quirks_keep_numbers_as_written_and_falsy_outputs(self):
        _, _, final = finished("quirks")
        run = start("quirks")
        text = run.step_view("numbers", T0 + HOUR).decode()
        for number in ("9007199254740993", "1e-320", "-0.0", "1e+308", "0.1000000000000000055511151231257827"):
            self.assertIn(f":{number}", text)
        outputs = {key: step["output"] for key, step in steps_of(final).items()}
        self.assertIs(outputs["a/b c?#%"], False)
        self.assertEqual((outputs["zero"], outputs["empty"], outputs["null"]), (0, "", None))
        traces = steps_of(final)["talk"]["episodicTraces"]
        self.assertIn("created_at", traces[1])


class SpeedAndControl(unittest.TestCase):
    def test_speed_shortens_the_times_themselves(self):
        slow, fast = start("product-launch"), start("product-launch", speed=10)
        slow_end = times.parse(frames_of(slow, T0 + HOUR)[-1][2]["timestamp"]) - T0
        fast_end = times.parse(frames_of(fast, T0 + HOUR)[-1][2]["timestamp"]) - T0
        self.assertAlmostEqual(fast_end, slow_end / 10, delta=0.01)

    def test_a_held_run_stands_still_and_goes_on_where_it_was(self):
        run = start("product-launch")
        run.hold(T0 + 5)
        count = len(frames_of(run, T0 + 5))
        self.assertEqual(len(frames_of(run, T0 + 500)), count)
        self.assertIsNone(run.frames_after(None, T0 + 500)[2])
        run.go_on(T0 + 500)
        straight = frames_of(start("product-launch"), T0 + HOUR)
        resumed = frames_of(run, T0 + HOUR)
        self.assertEqual([name for _, name, _ in resumed], [name for _, name, _ in straight])
        late = times.parse(resumed[-1][2]["timestamp"]) - times.parse(straight[-1][2]["timestamp"])
        self.assertAlmostEqual(late, 495, delta=0.01)

    def test_events_can_be_made_to_happen_a_moment_at_a_time(self):
        run, made = start("product-launch"), 0
        run.hold(T0)
        for number in range(8):
            made += run.skip(T0 + 100 + number, events=1)
            events = frames_of(run, T0 + 100 + number)
            self.assertEqual(len(events), made)
            self.assertGreaterEqual(times.parse(events[-1][2]["timestamp"]), T0 + 100)
        straight = frames_of(start("product-launch"), T0 + HOUR)[:made]
        self.assertEqual([name for _, name, _ in events], [name for _, name, _ in straight])
        self.assertGreaterEqual(made, 8)

    def test_seconds_can_be_skipped(self):
        run = start("product-launch")
        run.hold(T0)
        made = run.skip(T0, seconds=1000)
        self.assertEqual(made, len(frames_of(start("product-launch"), T0 + HOUR)))
        self.assertTrue(run.over)

    def test_a_run_can_be_played_to_its_end_at_once(self):
        run = start("coverage-sweep")
        run.catch_up(math.inf)
        self.assertTrue(run.over)
