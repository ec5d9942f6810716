"""Each fault, as a client without a browser meets it."""

import http.client
import json
import re
import socket
import time
import unittest
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path

from demo import times
from demo.calls import KINDS, Call
from demo.faults import catalogue, garbage
from demo.faults.book import Book
from demo.faults.skew import skewed
from demo.json_text import loads
from demo.reduce import counts
from demo.web import Response, json_bytes_response

from .support import NO_SUCH_RUN, ServerTest, SiteTest, header


TESTS = Path(__file__).parents[1]


class FaultTest(ServerTest):
    """A run that stands still, and the ways to ask for it."""

    def setUp(self):
        super().setUp()
        self.run_id = self.command(do="start", playbook="product-launch", held=True)["runId"]
        self.path = f"/api/v1/playbook-runs/{self.run_id}"
        self.made = 0

    def spoil(self, fault, **of):
        return self.command(do="fault", fault=fault, **of)["number"]

    def happen(self, events):
        self.made += self.command(do="next", runId=self.run_id, events=events)["events"]
        return self.made

    def stream_of(self, **values):
        return self.stream(f"{self.path}/stream", **values)

    def targets(self):
        """A request of each kind that has an answer of its own."""
        return {"run": self.path, "step": f"{self.path}/steps/load-brief", "streamUrl": f"/api/playbook-runs/{self.run_id}/stream"}

    def status(self, kind):
        return self.stream_of().response.status if kind == "stream" else self.fetch(self.targets()[kind])[0]


class Answers(FaultTest):
    def test_are_refused_in_the_words_of_the_contract(self):
        for status in (401, 403, 404, 500, 503):
            number = self.spoil(str(status))
            for target in self.targets().values():
                got, _, body = self.fetch(target)
                self.assertEqual(got, status)
                self.assertFalse(json.loads(body)["success"])
                self.assertTrue(json.loads(body)["error"]["message"])
            self.assertEqual(self.stream_of().response.status, status)
            self.assertEqual(self.command(do="clear", number=number), {"faults": 1})
            self.assertEqual(self.fetch(self.path)[0], 200)

    def test_of_the_stream_redirect_to_the_run(self):
        self.spoil("303")
        stream = self.stream_of()
        self.assertEqual(stream.response.status, 303)
        self.assertEqual(stream.response.headers["Location"], self.path)
        status, headers, _ = self.fetch(self.targets()["streamUrl"])
        self.assertEqual((status, headers["Location"]), (303, f"/api/playbook-runs/{self.run_id}"))
        self.assertEqual(self.fetch(self.path)[0], 200)

    def test_end_in_the_middle_of_the_json(self):
        for target in self.targets().values():
            whole = self.fetch(target)[2]
            number = self.spoil("half")
            status, headers, body = self.fetch(target)
            self.assertEqual((status, headers["Content-Type"]), (200, "application/json; charset=utf-8"))
            if "streamUrl" not in whole.decode():  # a token is issued for each
                self.assertTrue(whole.startswith(body))
            self.assertEqual(len(body), len(whole) // 2)
            self.command(do="clear", number=number)

    def test_are_garbage(self):
        self.spoil("garbage")
        for target in self.targets().values():
            _, headers, body = self.fetch(target)
            self.assertEqual(headers["Content-Type"], "application/json; charset=utf-8")
            with self.assertRaises(ValueError):
                json.loads(body)

    def test_have_the_wrong_type(self):
        self.happen(1)
        for fault, expected in (("type", "text/html"), ("type:text/plain; charset=x", "text/plain; charset=x")):
            number = self.spoil(fault)
            _, headers, body = self.fetch(self.path)
            self.assertEqual(headers["Content-Type"], expected)
            self.assertEqual(json.loads(body)["data"]["id"], self.run_id)
            stream = self.stream_of()
            self.assertEqual(stream.response.headers["Content-Type"], expected)
            self.assertEqual(stream.event()[1], "connected")
            self.command(do="clear", number=number)

    def test_come_late(self):
        self.spoil("delay:0.3,step")
        for kind, target in self.targets().items():
            began = time.monotonic()
            self.assertEqual(self.fetch(target)[0], 200)
            if kind == "step":
                self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_come_slowly(self):
        whole = self.fetch(self.targets()["step"])[2]
        self.spoil(f"slow:{3 * len(whole)},step")
        began = time.monotonic()
        self.assertEqual(self.fetch(self.targets()["step"])[2], whole)
        self.assertGreater(time.monotonic() - began, 0.25)

    def test_break_off(self):
        for fault, part in (("drop:run", 0), ("truncate:run", 2)):
            whole = self.fetch(self.path)[2]
            number = self.spoil(fault)
            with self.assertRaises(http.client.IncompleteRead) as raised:
                self.fetch(self.path)
            self.assertEqual(raised.exception.partial, whole[: len(whole) // part] if part else b"")
            self.command(do="clear", number=number)

    def test_can_suffer_several_faults_in_order(self):
        self.spoil("500:run")
        self.spoil("type:text/plain,run")
        self.spoil("half:run")
        status, headers, body = self.fetch(self.path)
        self.assertEqual((status, headers["Content-Type"]), (500, "text/plain"))
        self.assertTrue(body.startswith(b'{"success":false'))
        self.assertFalse(body.endswith(b"}"))


class Streams(FaultTest):
    def events_of(self, stream, count):
        return [stream.event() for _ in range(count)]

    def numbers(self, stream, count):
        return [int(event[0]) for event in self.events_of(stream, count)]

    def all_from_the_beginning(self, events=20):
        """(the stream, after `connected`, how many events it has)"""
        made = self.happen(events)
        return self.stream_of(Last_Event_ID="0"), made

    def open_streams(self):
        return self.fetch_json(f"/demo/stats?run={self.run_id}")["open"]

    def test_break_off_after_some_messages(self):
        self.spoil("drop:3")
        stream, _ = self.all_from_the_beginning()
        self.assertEqual(self.numbers(stream, 3), [0, 1, 2])
        with self.assertRaises(http.client.IncompleteRead):
            stream.response.read()
        self.wait_until(lambda: self.open_streams() == 0)

    def test_break_off_before_the_first_message(self):
        self.spoil("drop")
        stream = self.stream_of()
        self.assertEqual(stream.response.headers["Content-Type"], "text/event-stream")
        with self.assertRaises(http.client.IncompleteRead) as raised:
            stream.response.read()
        self.assertEqual(raised.exception.partial, b"")

    def test_break_off_inside_a_message(self):
        self.spoil("truncate:2")
        stream, _ = self.all_from_the_beginning()
        self.assertEqual(self.numbers(stream, 2), [0, 1])
        with self.assertRaises(http.client.IncompleteRead) as raised:
            stream.response.read()
        self.assertTrue(raised.exception.partial.startswith(b"id: 2\nevent: "))
        self.assertNotIn(b"\n\n", raised.exception.partial)

    def test_stay_open_and_mute(self):
        self.spoil("mute:2")
        stream, _ = self.all_from_the_beginning()
        self.assertEqual(self.numbers(stream, 2), [0, 1])
        self.assertEqual(self.command(do="drop", runId=self.run_id), {"streams": 1})  # it was open all the time
        with self.assertRaises(http.client.IncompleteRead) as raised:
            stream.response.read()
        self.assertEqual(raised.exception.partial, b"")

    def test_that_are_mute_end_with_their_client(self):
        self.spoil("mute")
        stream = self.stream_of()
        self.assertEqual(stream.response.status, 200)
        self.wait_until(lambda: self.open_streams() == 1)
        stream.close()
        self.wait_until(lambda: self.open_streams() == 0)

    def test_hold_events_back(self):
        self.spoil("buffer:1000000")
        stream, _ = self.all_from_the_beginning()
        self.wait_until(lambda: self.open_streams() == 1)
        self.command(do="drop", runId=self.run_id)
        with self.assertRaises(http.client.IncompleteRead) as raised:
            stream.response.read()
        self.assertEqual(raised.exception.partial, b"")

    def test_come_in_late_lumps(self):
        self.spoil("buffer:3000")
        stream = self.stream_of()
        self.wait_until(lambda: self.open_streams() == 1)
        self.happen(60)
        first = int(stream.response.fp.readline(), 16)  # the size of a chunk
        self.assertGreaterEqual(first, 3000)
        lump = stream.response.fp.read(first)
        self.assertTrue(lump.startswith(b"id: 0\nevent: connected\n"))
        self.assertTrue(lump.endswith(b"\n\n"))

    def test_deliver_twice(self):
        self.spoil("duplicate")
        stream, made = self.all_from_the_beginning()
        self.assertEqual(self.numbers(stream, 2 * made + 2), [n for n in range(made + 1) for _ in range(2)])

    def test_deliver_in_another_order(self):
        self.spoil("reorder:3")
        stream, made = self.all_from_the_beginning(30)
        self.assertEqual(self.numbers(stream, 1), [0])
        got = self.numbers(stream, made)
        self.assertEqual(got[:6], [3, 2, 1, 6, 5, 4])
        self.assertEqual(sorted(got), list(range(1, made + 1)))

    def test_deliver_a_single_message_though_none_follows(self):
        self.spoil("reorder")
        stream = self.stream_of()
        self.assertEqual(stream.event()[1], "connected")

    def test_deliver_slowly(self):
        self.spoil("slow:20000")
        began = time.monotonic()
        stream, made = self.all_from_the_beginning()
        events = self.events_of(stream, made + 1)
        self.assertEqual([int(event[0]) for event in events], list(range(made + 1)))
        self.assertGreater(time.monotonic() - began, sum(len(json.dumps(event[2])) for event in events) / 25_000)

    def test_have_garbage_between_the_events_which_all_still_come(self):
        for kind, marks in (
            ("bytes", (b"\x7f\x80\xff\xfe", b"Bad Gateway", b"retry: soon")),
            ("utf8", (b"\xed\xa0\x80", b"\\ud83d")),
            ("events", (b"step.teleported", b"no-such-step", b"another-run")),
            ("payloads", (b"data: {\n", b"data: null\n")),
            ("all", (b"\xed\xa0\x80", b"step.teleported", b"data: null\n")),
        ):
            number = self.spoil(f"garbage:{kind}")
            stream, made = self.all_from_the_beginning(30)
            lines, numbers = [], []
            while str(made) not in numbers:
                lines.append(stream.response.readline())
                if found := re.fullmatch(rb"id: (\d+)\n", lines[-1]):
                    numbers.append(found[1].decode())
            self.assertEqual(numbers, [str(n) for n in range(made + 1)])
            for mark in marks:
                self.assertIn(mark, b"".join(lines), kind)
            stream.close()
            self.command(do="clear", number=number)

    def test_of_the_app_profile_suffer_as_well(self):
        self.spoil("drop:1,stream")
        url = self.fetch_json(self.targets()["streamUrl"])["data"]["streamUrl"]
        stream = self.stream(url.partition(f":{self.port}")[2])
        self.assertEqual(stream.event()[1], "connected")
        with self.assertRaises(http.client.IncompleteRead):
            stream.response.read()


class GarbageChangesNothing(SiteTest):
    def test_in_a_run_that_takes_it(self):
        run_id = self.start()
        run = json.loads(self.get(f"/api/v1/playbook-runs/{run_id}").body)["data"]
        for pieces in garbage._PIECES.values():
            for piece in pieces(run_id):
                for data in re.findall(rb"^data: (.*)$", piece, re.MULTILINE):
                    try:
                        event = loads(data)
                    except (ValueError, RecursionError):
                        continue
                    keys = {step["key"] for step in run["steps"]}
                    self.assertTrue(not counts(run, event) or event.get("stepKey", "x") not in keys, event)
                    self.assertFalse(counts(run, event) and event["type"].startswith("run."), event)


class WrittenOddly(FaultTest):
    def body(self, kind, path=None):
        number = self.spoil(f"odd:{kind}")
        try:
            return self.fetch(path or self.path)[2]
        finally:
            self.command(do="clear", number=number)

    def test_what_no_json_parser_takes(self):
        for path in (self.path, f"{self.path}/steps/load-brief"):
            body = self.body("json", path)
            self.assertTrue(body.startswith(b"\xef\xbb\xbf{"))
            self.assertRaises(ValueError, json.loads, body)
            self.assertTrue(body.rstrip().endswith(b",}"))
        self.assertIn(b'"rate":NaN', self.body("json"))

    def test_what_means_the_same(self):
        self.happen(6)
        right = self.fetch_json(self.path)["data"]
        status = json.loads(self.body("status"))["data"]
        self.assertEqual({status["state"], *(step["state"] for step in status["steps"])} - {"blocked"}, {"queued"})
        self.assertEqual([step["status"] for step in status["steps"]], [step["status"] for step in right["steps"]])
        quoted = json.loads(self.body("quoted"))
        self.assertEqual(quoted["success"], "true")
        self.assertEqual({step["attempt"] for step in quoted["data"]["steps"]}, {"0"})
        self.assertIn({}, [step["workerInfo"] for step in quoted["data"]["steps"]])
        times_of = json.loads(self.body("times"))["data"]
        self.assertRegex(times_of["createdAt"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC$")
        self.assertEqual(times_of["completedAt"], "0001-01-01T00:00:00Z")

    def test_what_nobody_told(self):
        self.happen(6)
        canceled = json.loads(self.body("canceled"))["data"]
        self.assertEqual((canceled["state"], canceled["status"]), ("canceled", "RUNNING"))
        self.assertIn("running", [step["state"] for step in canceled["steps"]])
        self.assertIn(b'"output":NaN', self.body("nan"))

    def test_events_too(self):
        self.spoil("odd:json,stream")
        self.happen(3)
        stream = self.stream_of(Last_Event_ID="0")
        blocks = [stream.block() for _ in range(3)]
        for block in blocks:
            self.assertIn("data: \ufeff{", block)
            self.assertRegex(block, r",\}\s*$")


class AWrongClock(FaultTest):
    def test_shifts_date_documents_and_events_alike(self):
        self.happen(5)
        right = self.fetch_json(self.path)["data"]
        for seconds in (-420, 300):
            number = self.spoil(f"skew:{seconds}")
            _, headers, body = self.fetch(self.path)
            date = parsedate_to_datetime(headers["Date"]).timestamp()
            self.assertAlmostEqual(date, time.time() + seconds, delta=30)
            wrong = json.loads(body)["data"]
            for name in ("createdAt", "startedAt", "updatedAt"):
                self.assertAlmostEqual(times.parse(wrong[name]), times.parse(right[name]) + seconds, places=3)
            self.assertEqual(wrong["completedAt"], None)
            self.assertEqual(wrong["steps"][0]["name"], right["steps"][0]["name"])
            stream = self.stream_of(Last_Event_ID="0")
            stream.event()
            self.assertAlmostEqual(times.parse(stream.event()[2]["timestamp"]), time.time() + seconds, delta=30)
            self.assertAlmostEqual(
                parsedate_to_datetime(stream.response.headers["Date"]).timestamp(), time.time() + seconds, delta=30
            )
            self.command(do="clear", number=number)

    def test_keeps_what_is_no_timestamp_and_how_timestamps_are_written(self):
        for text, shifted in (
            ('"2026-11-20T23:59:00Z"', '"2026-11-21T00:00:00Z"'),
            ('"2026-11-20T14:03:11.320512+00:00"', '"2026-11-20T14:04:11.320512+00:00"'),
            ('"2026-11-20T16:03:11.320+02:00"', '"2026-11-20T16:04:11.320+02:00"'),
            ('"at 2026-11-20T16:03:11Z"', None), ('"2026-11-20"', None), ('"2026-99-20T16:03:11Z"', None),
            ('"9999-12-31T23:59:59Z"', None), ("20261120160311", None),
        ):  # fmt: skip
            response = skewed(json_bytes_response(200, text.encode()), 60)
            sent = []
            response.stream(type("", (), {"send": lambda self, data: sent.append(data)})())
            self.assertEqual(b"".join(sent).decode(), shifted or text)

    def test_shifts_the_date_of_a_real_server(self):
        response = Response(200, b"", [("date", "Fri, 20 Nov 2026 14:03:11 GMT"), ("Date", "soon")])
        self.assertEqual(
            skewed(response, 60).headers, [("date", "Fri, 20 Nov 2026 14:04:11 GMT"), ("Date", "soon")]
        )


class ARestart(FaultTest):
    def refused(self):
        try:
            with closing(socket.create_connection(("127.0.0.1", self.port), timeout=5)):
                return False
        except ConnectionRefusedError:
            return True

    def test_ends_all_connections_and_refuses_others_for_a_while(self):
        made = self.happen(5)
        streams = [self.stream_of() for _ in range(3)]
        for stream in streams:
            stream.event()
        self.assertEqual(self.command(do="restart", seconds=0.5), {})
        self.assertTrue(self.refused())
        for stream in streams:
            with self.assertRaises((http.client.IncompleteRead, ConnectionResetError)):
                stream.response.read()
        self.wait_until(lambda: not self.refused())
        # The run's sequence goes on.
        more = self.command(do="next", runId=self.run_id, events=3)["events"]
        stream = self.stream_of(Last_Event_ID=str(made))
        self.assertEqual([stream.event()[0] for _ in range(more + 1)], [str(made + n) for n in range(more + 1)])

    def test_happens_at_a_request_and_once(self):
        self.spoil("restart:0.3,run")
        stream = self.stream_of()
        with self.assertRaises((http.client.HTTPException, ConnectionResetError)):
            self.fetch(self.path)
        with self.assertRaises((http.client.IncompleteRead, ConnectionResetError)):
            stream.response.read()
            stream.response.read()
        self.wait_until(lambda: not self.refused())
        self.assertEqual(self.fetch(self.path)[0], 200)

    def test_can_happen_again(self):
        for _ in range(3):
            self.command(do="restart", seconds=0.05)
            self.wait_until(lambda: not self.refused())


class TheBook(unittest.TestCase):
    def strikes(self, book, kind="run", run_id="a"):
        return [fault.text for fault in book.strike(Call(kind, run_id))]

    def test_leaves_the_first_alone_and_ends_after_some(self):
        book = Book()
        book.add(catalogue.parse("500:run,skip=2,times=3"))
        self.assertEqual([len(self.strikes(book)) for _ in range(7)], [0, 0, 1, 1, 1, 0, 0])
        self.assertEqual(book.list()[0]["struck"], 3)

    def test_knows_for_which_calls_and_runs_a_fault_is(self):
        book = Book()
        book.add(catalogue.parse("mute"))
        book.add(catalogue.parse("drop:step,stream"), "a")
        self.assertEqual(self.strikes(book, "run"), [])
        self.assertEqual(self.strikes(book, "step"), ["drop:step,stream"])
        self.assertEqual(self.strikes(book, "stream"), ["mute", "drop:step,stream"])
        self.assertEqual(self.strikes(book, "stream", "b"), ["mute"])
        self.assertEqual([entry["struck"] for entry in book.list()], [2, 2])

    def test_clears_one_or_those_of_a_run_or_all(self):
        book = Book()
        one, two, three = (book.add(catalogue.parse("drop"), run_id) for run_id in (None, "a", "a"))
        self.assertEqual(book.clear(number=two), 1)
        self.assertEqual(book.clear(number=two), 0)
        self.assertEqual([entry["number"] for entry in book.list()], [one, three])
        self.assertEqual(book.clear(run_id="a"), 1)
        self.assertEqual(book.clear(), 1)
        self.assertEqual(book.list(), [])


class Written(unittest.TestCase):
    def test_as_name_and_parts_in_any_order(self):
        fault = catalogue.parse("delay:skip=1,run,2.5,step,times=4")
        self.assertEqual((fault.kind.name, fault.value, fault.skip, fault.times), ("delay", 2.5, 1, 4))
        self.assertEqual(fault.calls, {"run", "step"})

    def test_is_for_all_calls_that_make_sense_unless_said(self):
        self.assertEqual(catalogue.parse("drop").calls, set(KINDS))
        self.assertEqual(catalogue.parse("mute").calls, {"stream"})
        self.assertEqual(catalogue.parse("half").calls, {"run", "step", "streamUrl"})

    def test_is_refused_with_a_reason(self):
        for text, complaint in (
            ("", "there is no fault ''"), ("tornado", "there is no fault 'tornado', but drop, truncate"),
            ("mute:run", "mute is for stream"), ("half:stream", "half is for run, step, streamUrl"),
            ("delay:fast", "'fast' is no number from 0"), ("delay:-1", "no number from 0"), ("delay:nan", "no number"),
            ("slow:0", "no number from 1"), ("drop:times=0", "'0' is no number from 1"), ("drop:skip=x", "no number"),
            ("garbage:custard", "'custard' means nothing to garbage"), ("303:7", "'7' means nothing to 303"),
            ("type:html", "means nothing"), ("type:a/b\r\nX: y", "means nothing"), ("drop:", None), ("drop:,", "no number"),
        ):  # fmt: skip
            if complaint is None:
                catalogue.parse(text)
                continue
            with self.assertRaises(catalogue.BadFault) as raised:
                catalogue.parse(text)
            self.assertIn(complaint, str(raised.exception))

    def test_is_explained_in_full(self):
        for name in catalogue.CATALOGUE:
            self.assertRegex(catalogue.help_text(), rf"(?m)^  {name} +\S")
        self.assertLess(max(map(len, catalogue.help_text().splitlines())), 120)


class Commands(FaultTest):
    def test_put_a_fault_in_effect_list_it_and_end_it(self):
        other = self.command(do="start", playbook="quirks", held=True)["runId"]
        number = self.spoil("404:run,times=2", runId=self.run_id)
        self.assertEqual(self.fetch(self.path)[0], 404)
        self.assertEqual(self.fetch(f"/api/v1/playbook-runs/{other}")[0], 200)
        self.assertEqual(
            self.command(do="faults"),
            {"faults": [{"number": number, "fault": "404:run,times=2", "runId": self.run_id, "struck": 1}]},
        )
        self.assertEqual([self.status("run") for _ in range(2)], [404, 200])
        self.assertEqual(self.command(do="clear", runId=self.run_id), {"faults": 1})
        self.assertEqual(self.command(do="faults"), {"faults": []})

    def test_count_what_was_asked_though_it_was_refused(self):
        self.spoil("503")
        for kind in (*self.targets(), "stream"):
            self.assertEqual(self.status(kind), 503)
        stats = self.fetch_json(f"/demo/stats?run={self.run_id}")
        self.assertEqual([stats[kind] for kind in KINDS], [1, 1, 1, 1])
        self.assertEqual(stats["open"], 0)

    def test_say_what_is_wrong_with_them(self):
        self.assertIn("there is no fault", self.command(do="fault", fault="tornado")["error"])
        self.assertIn("there is no fault", self.command(do="fault")["error"])
        self.assertIn("no run", self.command(do="fault", fault="mute", runId=NO_SUCH_RUN)["error"])
        self.assertIn("number is", self.command(do="clear", number="x")["error"])
        self.assertIn("seconds is", self.command(do="restart")["error"])


class AreAllTested(unittest.TestCase):
    """One by one, each to the end: does the viewer know in the end what the server knows, and was its badge right."""

    def test_in_simulated_time(self):
        table = (TESTS / "unit/app/test_each_fault.cpp").read_text()
        self.assertCountEqual(re.findall(r'^    \{(?:\.name = )?"(\w+)",', table, re.MULTILINE), catalogue.CATALOGUE)

    def test_in_the_browser(self):
        tests = "".join((TESTS / f"browser/{name}.test.mjs").read_text() for name in ("faults", "silent"))
        self.assertEqual([name for name in catalogue.CATALOGUE if not re.search(rf'["`]{name}["`:]', tests)], [])


class Links(SiteTest):
    def test_start_a_run_with_a_fault_of_its_own(self):
        location = header(self.get("/demo/product-launch?fault=404%3Arun&theme=dark"), "Location")
        run_id, _, query = location.removeprefix("/app/playbooks/runs/").partition("?")
        self.assertEqual(query, "theme=dark")
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{run_id}").status, 404)
        self.assertEqual(self.get(f"/api/v1/playbook-runs/{self.start()}").status, 200)

    def test_of_the_start_page_name_faults_that_there_are(self):
        page = self.get("/").body.decode()
        faults = re.findall(r'href="/demo/product-launch\?fault=([^"]+)"', page)
        self.assertGreater(len(faults), 10)
        for fault in faults:
            self.assertEqual(self.get(f"/demo/product-launch?fault={fault}").status, 303, fault)

    def test_refuse_a_fault_that_there_is_not(self):
        response = self.get("/demo/product-launch?fault=tornado")
        self.assertEqual(response.status, 400)
        self.assertIn(b"there is no fault", response.body)

    def test_do_not_take_the_server_away(self):
        self.start(query="?fault=restart")
        self.assertEqual(self.parts.book.list(), [])
