// Every fault that serve.py can produce, in the real browser: what is on screen meanwhile is true or says that it is not,
// and in the end the viewer knows what the server knows. Streams that are open and deliver nothing need minutes to be found out:
// silent.test.mjs. tests/serve/test_faults.py sees to it that no fault is left out.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startBoth, startBrowser, startServer } from "./support.mjs";

const { server, browser } = await startBoth();

const kForever = 3600; // seconds: longer than any run of the demo

// A run that stands still until the test says so, under this fault from its beginning on, in a viewer of its own.
async function openWith(fault, query = "") {
  const run = await server.heldRun();
  if (fault)
    await server.fault(run, fault);
  const viewer = await browser.open(server.viewer(run, query));
  return { run, viewer };
}

// Lets the run go on to its end, and checks that the viewer gets there with it.
async function endsInTruth({ run, viewer }) {
  await server.control({ do: "advance", runId: run, seconds: kForever });
  await viewer.mode("final");
  await server.clear(run); // the truth comes by the same way
  await viewer.agreesWith(await server.truth(run));
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
}

const happen = (run, seconds) => server.control({ do: "advance", runId: run, seconds });

// Most of the time is spent waiting for the viewer's own timers. A page holds one stream at the most, and a browser allows six
// connections to a host.
describe("faults", { concurrency: 3 }, () => {
  // The stream opens and delivers, but not as it should. The viewer is live, and takes in each event once.
  for (const fault of ["duplicate:3", "garbage:stream", "odd", "error-event", "no-route", "slow:40000,stream", "delay:1,stream"]) {
    test(`${fault}: live, and each event counts once`, async () => {
      const opened = await openWith(fault);
      const { run, viewer } = opened;
      await viewer.mode("live");
      await viewer.find("status", "LIVE");
      await happen(run, 6);
      await viewer.until((viewer) => viewer.stats().logLines > 3, null, "log lines by the stream");
      if (fault !== "no-route") // steps are asked for when they are over
        assert.ok((await server.struck(run))[fault] > 0);
      await endsInTruth(opened);
    });
  }

  // A server may call its events as the browser calls its own. None of them is the connection's.
  test("error-event: the stream stays open, and the events are counted", async () => {
    const opened = await openWith("error-event");
    const { run, viewer } = opened;
    await viewer.goesThrough("live");
    for (let seconds = 0; seconds < 12; seconds += 3)
      await happen(run, 3);
    await viewer.until((viewer) => viewer.stats().logLines > 3, null, "log lines by the stream");
    assert.deepEqual(await viewer.page.evaluate(() => window.__modes), ["loading", "live"]);
    await endsInTruth(opened);
  });

  // A limit on requests: nothing is asked before the server says so, neither by timers nor by hand.
  for (const fault of ["429:6,run,skip=2,times=1", "limit:6,run,skip=2,times=1", "429:6,stream,times=2"]) {
    test(`${fault}: it waits as it is told, and says so`, async () => {
      const opened = await openWith(fault, fault.includes("stream") ? "" : "stream=off");
      const { run, viewer } = opened;
      await viewer.ready();
      await viewer.find("status", "Waiting");
      await viewer.sees("The server asks to wait");
      const asked = [];
      viewer.page.on("request", (request) => { if (request.url().includes("/playbook-runs/")) asked.push(request.url()); });
      await viewer.click("button", "Refresh");
      await new Promise((done) => setTimeout(done, 2_000));
      assert.deepEqual(asked, []);
      await viewer.until((viewer) => !viewer.text().includes("asks to wait"), null, "the notice gone");
      await happen(run, 6);
      await endsInTruth(opened);
    });
  }

  // The stream breaks off, each time anew.
  for (const fault of ["drop:4", "truncate:4"]) {
    test(`${fault}: polled meanwhile, and nothing is lost`, async () => {
      const opened = await openWith(fault);
      const { run, viewer } = opened;
      await viewer.ready();
      await viewer.mode("live"); // only an open stream can break off
      await viewer.goesThrough("live");
      await happen(run, 6);
      await viewer.goesThrough("polling");
      assert.ok((await server.struck(run))[fault] > 0);
      await happen(run, 6);
      await endsInTruth(opened);
    });
  }

  // There is no stream to be had.
  for (const fault of ["303", "401:stream", "403:stream", "404:stream", "500:stream", "503:stream", "type:stream", "drop:stream"]) {
    test(`${fault}: no stream, so it says Polling and is up to date all the same`, async () => {
      const opened = await openWith(fault);
      const { run, viewer } = opened;
      await viewer.ready();
      await viewer.mode("polling");
      await viewer.find("status", "Polling");
      await happen(run, 6);
      await viewer.agreesWith(await server.truth(run));
      assert.ok((await server.struck(run))[fault] > 0);
      await endsInTruth(opened);
    });
  }

  // The app profile asks for the stream's address first.
  for (const fault of ["303", "401:streamUrl", "404:streamUrl", "500:streamUrl", "half:streamUrl", "garbage:streamUrl", "drop:streamUrl"]) {
    test(`${fault}, app profile: no address of a stream, so it says Polling`, async () => {
      const opened = await openWith(fault, "profile=app&api=/api");
      const { run, viewer } = opened;
      await viewer.ready();
      await viewer.mode("polling");
      await viewer.find("status", "Polling");
      await happen(run, 6);
      await viewer.agreesWith(await server.truth(run));
      await endsInTruth(opened);
    });
  }

  // Fetches fail for a while. What was known stays on screen and a notice says why it is old; later it is gone.
  const kFailures = {
    "401:run": "You are not signed in",
    "403:run": "You have no access",
    "404:run": "not found",
    "500:run": "The server has a problem",
    "503:run": "The API is being deployed",
    "half:run": "ends too early",
    "garbage:run": "not valid JSON",
    "drop:run": "could not be reached",
    "truncate:run": "could not be reached",
  };
  for (const [fault, notice] of Object.entries(kFailures)) {
    test(`${fault}: the last good data stays, with a notice until it is well again`, async () => {
      const opened = await openWith("", "stream=off");
      const { run, viewer } = opened;
      await viewer.ready();
      await server.fault(run, fault);
      await happen(run, 6);
      await viewer.sees(notice);
      await viewer.find("status", "Not up to date");
      await viewer.find("option", "Load campaign brief");
      await server.clear(run);
      await viewer.agreesWith(await server.truth(run));
      await viewer.until((viewer, notice) => !viewer.text().includes(notice), notice, "the notice gone");
      await endsInTruth(opened);
    });
  }

  test("shuffle: the list stands as it ran, whatever the order of each answer", async () => {
    const opened = await openWith("shuffle", "stream=off");
    const { run, viewer } = opened;
    const list = (viewer) => viewer.tree().filter((node) => node.role === "option").map((node) => node.name);
    const apart = ({ steps, ...rest }) => ({ ...rest, steps: steps.toSorted((a, b) => (a.key < b.key ? -1 : 1)) });
    await viewer.ready();
    await happen(run, 6);
    const polls = async (count) => {
      const struck = (await server.struck(run)).shuffle + count;
      while ((await server.struck(run)).shuffle < struck)
        await new Promise((done) => setTimeout(done, 100));
    };
    await polls(2);
    const before = await viewer.until(list);
    for (let i = 0; i < 3; ++i) {
      await polls(1);
      assert.deepEqual(await viewer.until(list), before);
    }
    assert.equal(before[0], "Load campaign brief");
    await server.control({ do: "advance", runId: run, seconds: kForever });
    await viewer.mode("final");
    assert.deepEqual(apart(await viewer.model()), apart(await server.truth(run)));
    await viewer.page.close();
  });

  test("type:run: JSON is taken as such, whatever it is called", async () => {
    const opened = await openWith("type:run", "stream=off");
    await opened.viewer.ready();
    await happen(opened.run, 6);
    await opened.viewer.agreesWith(await server.truth(opened.run));
    await opened.viewer.find("status", "Polling");
    await endsInTruth(opened);
  });

  test("slow and late answers are waited for", async () => {
    const opened = await openWith("slow:30000,run", "stream=off");
    await server.fault(opened.run, "delay:1,run");
    await opened.viewer.ready();
    await opened.viewer.find("status", "Polling");
    await happen(opened.run, 6);
    await endsInTruth(opened);
  });

  test("a late document does not undo what the stream told meanwhile", async () => {
    const opened = await openWith("");
    const { run, viewer } = opened;
    await viewer.mode("live");
    await viewer.ready();
    await server.fault(run, "delay:3,run,times=1"); // as the run is now: it is delivered later
    await viewer.click("button", "Refresh");
    while ((await server.struck(run))["delay:3,run,times=1"] === 0)
      await new Promise((done) => setTimeout(done, 20));
    await happen(run, 6);
    await viewer.until((viewer) => viewer.stats().logLines > 3, null, "log lines by the stream");
    await endsInTruth(opened);
  });

  for (const seconds of [420, -420]) {
    test(`skew:${seconds}: a server in another time, durations as they are`, async () => {
      const { runId: run } = await server.control({ do: "start", playbook: "product-launch", held: true });
      await server.fault(run, `skew:${seconds}`);
      await server.control({ do: "next", runId: run, events: 4 });
      const viewer = await browser.open(server.viewer(run));
      await viewer.find("status", "LIVE");
      // It runs for some seconds, if the machine is slow for some dozens: not for seven minutes, and not for less than nothing.
      const duration = async () => (await viewer.find("option", "Load campaign brief")).value.match(/(?:(\d+) ?m)? ?([\d.]+) ?s/);
      const [, minutes] = (await duration()) ?? assert.fail(await viewer.step("Load campaign brief"));
      assert.ok(Number(minutes ?? 0) < 5, await viewer.step("Load campaign brief"));
      const first = await viewer.step("Load campaign brief");
      await viewer.until(
        (viewer, first) => viewer.tree().find((node) => node.role === "option" && node.name.includes("Load campaign brief")).value !== first,
        first, "a duration that ticks");
      await endsInTruth({ run, viewer });
    });
  }

  test("a network that is away: the data stays, it says so, and all is well when it is back", async () => {
    const own = await startBrowser(); // for the others it must not go away
    try {
      const run = await server.heldRun();
      const viewer = await own.open(server.viewer(run));
      await viewer.mode("live");
      await own.context.setOffline(true);
      await server.control({ do: "drop", runId: run }); // setOffline leaves open streams alone
      await viewer.goesThrough("live", "polling");
      await viewer.sees("could not be reached");
      await viewer.find("option", "Load campaign brief");
      await happen(run, 6);
      await own.context.setOffline(false);
      await viewer.until((viewer) => !viewer.text().includes("could not be reached"), null, "the notice gone");
      await endsInTruth({ run, viewer });
    } finally {
      await own.stop();
    }
  });

  test("restart: the server goes away and comes back, and so does the stream", async () => {
    const own = await startServer(); // for the others it must not go away
    try {
      const run = await own.heldRun();
      const viewer = await browser.open(own.viewer(run));
      await viewer.mode("live");
      await own.control({ do: "advance", runId: run, seconds: 4 });
      await own.control({ do: "restart", seconds: 6 });
      await viewer.goesThrough("live", "polling");
      await viewer.find("status", "Not up to date");
      await viewer.sees("could not be reached");
      await viewer.find("status", "LIVE");
      await viewer.until((viewer) => !viewer.text().includes("could not be reached"), null, "the notice gone");
      await own.control({ do: "advance", runId: run, seconds: kForever });
      await viewer.mode("final");
      await viewer.agreesWith(await own.truth(run));
      assert.deepEqual(viewer.errors, []);
      await viewer.page.close();
    } finally {
      await own.stop();
    }
  });
});
