import http.client
import threading
import time

from .support import ServerTest


class Streams(ServerTest):
    OPTIONS = {"speed": 20.0}

    def stream_of(self, run_id, query="", **values):
        return self.stream(f"/api/v1/playbook-runs/{run_id}/stream{query}", **values)

    def held(self, events=0, playbook="product-launch"):
        run_id = self.command(do="start", playbook=playbook, held=True)["runId"]
        made = self.command(do="next", runId=run_id, events=events)["events"] if events else 0
        return run_id, made

    def test_begin_with_connected_and_the_right_headers(self):
        run_id, made = self.held(events=3)
        stream = self.stream_of(run_id)
        self.assertEqual(stream.response.headers["Content-Type"], "text/event-stream")
        self.assertEqual(stream.response.headers["Cache-Control"], "no-cache, no-transform")
        self.assertEqual(stream.response.headers["X-Accel-Buffering"], "no")
        self.assertEqual(stream.event(), (str(made), "connected", {"message": "Connected to execution stream"}))

    def test_give_the_events_from_then_on_each_at_once(self):
        run_id, made = self.held(events=3)
        stream = self.stream_of(run_id)
        stream.event()
        for _ in range(5):
            began = time.monotonic()
            more = self.command(do="next", runId=run_id)["events"]
            for _ in range(more):
                made += 1
                number, name, data = stream.event()
                self.assertEqual((number, name, data["runId"]), (str(made), data["type"], run_id))
            self.assertLess(time.monotonic() - began, 10)  # not with the next heartbeat

    def test_end_a_whole_run_with_its_end_and_stay_open(self):
        run_id = self.start("regional-fan-out")
        stream, names = self.stream_of(run_id), []
        while not names or names[-1] != "run.completed":
            names.append(stream.event()[1])
        self.assertGreater(len(names), 100)
        self.assertEqual(self.fetch_json(f"/demo/stats?run={run_id}")["open"], 1)

    def test_replay_what_came_after_last_event_id(self):
        run_id, made = self.held(events=30)
        all_events = [self.stream_of(run_id, Last_Event_ID="0")]
        self.assertEqual(all_events[0].event()[:2], ("0", "connected"))
        everything = [all_events[0].event() for _ in range(made)]
        self.assertEqual([number for number, _, _ in everything], [str(n + 1) for n in range(made)])
        for last in (1, made // 2, made - 1):
            for stream in (self.stream_of(run_id, Last_Event_ID=str(last)),
                           self.stream_of(run_id, f"?lastEventId={last}")):  # fmt: skip
                self.assertEqual(stream.event()[:2], (str(last), "connected"))
                self.assertEqual([stream.event() for _ in range(made - last)], everything[last:])

    def test_take_no_notice_of_a_last_event_id_that_never_was(self):
        run_id, made = self.held(events=5)
        for last in ("-1", str(made + 1), "9" * 5000, "%C2%B2", "x", "1.5", ""):
            stream = self.stream_of(run_id, f"?lastEventId={last}")
            self.assertEqual(stream.event()[:2], (str(made), "connected"), last)

    def test_miss_nothing_when_cut_off_before_the_first_event(self):
        run_id, made = self.held(events=5)
        number = self.stream_of(run_id).event()[0]
        self.command(do="drop", runId=run_id)
        more = self.command(do="next", runId=run_id, events=4)["events"]
        stream = self.stream_of(run_id, Last_Event_ID=number)
        stream.event()
        self.assertEqual([stream.event()[0] for _ in range(more)], [str(made + 1 + n) for n in range(more)])

    def test_have_no_ids_where_the_playbook_has_none(self):
        run_id, _ = self.held(events=4, playbook="earnings-approval")
        stream = self.stream_of(run_id, Last_Event_ID="1")
        self.assertEqual(stream.event()[:2], (None, "connected"))
        self.command(do="next", runId=run_id)
        self.assertIsNone(stream.event()[0])

    def test_of_a_run_that_is_over_replay_and_then_keep_still(self):
        run_id, made = self.held(events=10_000)
        stream = self.stream_of(run_id, Last_Event_ID=str(made - 1))
        self.assertEqual(stream.event()[1], "connected")
        self.assertEqual(stream.event()[1], "run.completed")
        self.assertEqual(self.fetch_json(f"/demo/stats?run={run_id}")["open"], 1)

    def test_notice_at_once_that_a_client_has_gone(self):
        run_id, _ = self.held()
        threads = threading.active_count()
        streams = [self.stream_of(run_id) for _ in range(10)]
        for stream in streams:
            stream.event()
        self.assertEqual(self.fetch_json(f"/demo/stats?run={run_id}")["open"], 10)
        for stream in streams:
            stream.close()
        self.wait_until(lambda: self.fetch_json(f"/demo/stats?run={run_id}")["open"] == 0, seconds=10)
        self.wait_until(lambda: threading.active_count() <= threads + 1)

    def test_may_be_many(self):
        run_id, _ = self.held()
        streams = [self.stream_of(run_id) for _ in range(60)]
        for stream in streams:
            self.assertEqual(stream.event()[1], "connected")
        self.command(do="next", runId=run_id, events=1)
        for stream in streams:
            self.assertEqual(stream.event()[0], "1")

    def test_can_be_dropped_as_a_network_does(self):
        run_id, _ = self.held()
        stream = self.stream_of(run_id)
        stream.event()
        self.assertEqual(self.command(do="drop", runId=run_id), {"streams": 1})
        with self.assertRaises(http.client.IncompleteRead):
            stream.response.read()

    def test_carry_bursts_without_loss(self):
        run_id = self.start("coverage-sweep", "?speed=100")
        stream, numbers, names = self.stream_of(run_id, Last_Event_ID="0"), [], set()
        stream.event()
        while "run.completed" not in names:
            number, name, _ = stream.event()
            numbers.append(int(number))
            names.add(name)
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertGreater(len(numbers), 5000)

    def test_are_plain_for_clients_of_old(self):
        run_id, _ = self.held()
        answer = []
        asked = f"GET /api/v1/playbook-runs/{run_id}/stream HTTP/1.0\r\nHost: localhost\r\n\r\n".encode()
        self.command(do="next", runId=run_id)
        thread = threading.Thread(target=lambda: answer.append(self.raw(asked)))
        thread.start()  # half-closes after asking, which reads as a client that has gone
        thread.join(5)
        self.assertIn(b"\r\n\r\nid: ", answer[0])
        self.assertNotIn(b"chunked", answer[0])


class HeartbeatsAndTheLimit(ServerTest):
    OPTIONS = {"heartbeat_seconds": 0.05, "limit_seconds": 0.3}

    def test_keep_an_idle_stream_alive_until_it_is_closed_as_it_should(self):
        run_id = self.command(do="start", playbook="quirks", held=True)["runId"]
        began, blocks = time.monotonic(), []
        stream = self.stream(f"/api/v1/playbook-runs/{run_id}/stream")
        while (block := stream.block()) is not None:
            blocks.append(block)
        self.assertIn("event: connected", blocks[0])
        self.assertEqual(set(blocks[1:]), {": heartbeat"})
        self.assertIn(len(blocks) - 1, range(1, 6))  # a slow machine may be late for some
        self.assertGreaterEqual(time.monotonic() - began, 0.3)
