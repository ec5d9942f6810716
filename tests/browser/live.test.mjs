// A run that goes on while somebody looks: live, polled, paused, over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startBoth, startServer } from "./support.mjs";

const { server, browser } = await startBoth();

const streamClosed = (stats) => stats.open === 0;
// Once live, the run has been fetched twice at least: before the stream was open, and after.
const caughtUp = (stats) => stats.open === 1 && stats.run >= 2;

test("a step that the stream completes changes on screen without any further fetch of the run", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run, "step=research")); // the selected one is fetched alone when it ends
  await viewer.mode("live");
  await viewer.ready();
  assert.match(await viewer.step("Load campaign brief"), /queued|running/);
  const fetched = await server.settledStats(run, viewer, caughtUp);
  assert.equal(fetched.open, 1);

  for (let events = 0; events < 200 && !/success/.test(await viewer.step("Load campaign brief")); ++events)
    await server.control({ do: "next", runId: run });
  await viewer.until(
    (viewer) => viewer.tree().some((node) => node.role === "option" && node.name.includes("Load campaign brief") && node.value.includes("success")),
    null, "the completed step");
  const after = await server.stats(run);
  assert.equal(after.run, fetched.run, "the run was fetched again");
  assert.equal(after.step, fetched.step, "the step was fetched");
  assert.equal(after.stream, 1);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("the selected step is fetched alone when the stream says that it ended: no event brings its memory", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run, "step=research"));
  await viewer.mode("live");
  await viewer.ready();
  const before = await server.settledStats(run, viewer, caughtUp);
  await server.control({ do: "advance", runId: run, seconds: 20 });
  await viewer.until((viewer) => viewer.model().steps.some((step) => step.key === "research" && step.state === "success"), null, "the step's end");
  const after = await server.settledStats(run, viewer, (stats) => stats.step > before.step);
  assert.equal(after.step, before.step + 1);
  assert.equal(after.run, before.run);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("logs grow line by line, each event is drawn, and the log shows the newest line", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run, "step=research"));
  await viewer.mode("live");
  await viewer.ready();
  await viewer.drain();
  const before = (await viewer.stats()).logLines;
  await server.control({ do: "advance", runId: run, seconds: 8 });
  await viewer.until((viewer, before) => viewer.stats().logLines > before + 3, before, "more log lines");
  // While the demo's clock is held all events have the same time, so one that repeats what is known counts as delivered twice.
  await viewer.until((viewer) => {
    const { eventsReceived, eventsApplied, eventsIgnored } = viewer.stats();
    return eventsApplied > 3 && eventsReceived === eventsApplied + eventsIgnored;
  }, null, "all events looked at");
  const drained = await viewer.until((viewer) => {
    window.__all = (window.__all ?? []).concat(viewer.drain());
    return window.__all.length === viewer.stats().eventsApplied && window.__all;
  }, null, "all events drawn");
  for (const event of drained)
    assert.ok(event.drawnAt >= event.receivedAt, JSON.stringify(event));
  const lines = drained.filter((event) => event.type === "step.log.appended" && event.stepKey === "research");
  assert.ok(lines.length > 0);
  await viewer.sees(lines.at(-1).text);
  await viewer.page.close();
});

test("the run ends: final state on screen, stream closed, no request any more", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await viewer.ready();
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await viewer.mode("final");
  await viewer.sees("100%");
  const ended = await server.settledStats(run, viewer, streamClosed);
  assert.equal(ended.open, 0, "the stream is still open");
  await sleep(2500); // longer than a poll
  assert.deepEqual(await server.stats(run), ended);
  await viewer.still(); // nothing moves: nothing is drawn
  // What is on screen is the server's truth.
  const { data: truth } = await (await fetch(`${server.address}api/v1/playbook-runs/${run}`)).json();
  for (const step of truth.steps.slice(0, 4))
    assert.ok((await viewer.step(step.name)).startsWith(step.state.replaceAll("_", " ")), step.key);
  await viewer.agreesWith(await server.truth(run));
  await viewer.page.close();
});

test("a picture that was drawn part by part is the one that is drawn at once", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await viewer.ready();
  for (const seconds of [5, 10, 3600]) {
    const { eventsApplied } = await viewer.stats();
    await server.control({ do: "advance", runId: run, seconds });
    await viewer.until((viewer, before) => viewer.stats().eventsApplied > before, eventsApplied, "news");
  }
  await viewer.mode("final");
  await server.settledStats(run, viewer, streamClosed);
  await viewer.still();
  const inParts = await viewer.page.screenshot();
  const size = viewer.page.viewportSize();
  await viewer.page.setViewportSize({ ...size, width: size.width + 2 });
  await viewer.still();
  await viewer.page.setViewportSize(size); // a canvas of another size is empty at first
  await viewer.still();
  assert.ok(inParts.equals(await viewer.page.screenshot()), "they differ");
  await viewer.page.close();
});

test("with stream=off it says Polling and asks every two seconds", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run, "stream=off"));
  await viewer.mode("polling");
  await viewer.find("status", "Polling");
  // The times between the requests, as the page made them.
  const starts = await viewer.until((viewer, run) => {
    const entries = performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(run));
    return entries.length >= 4 && entries.map((entry) => [entry.startTime, entry.responseEnd]);
  }, run, "four fetches of the run");
  for (let i = 1; i < starts.length; ++i)
    assert.ok(starts[i][0] - starts[i - 1][1] > 1900, `asked again after ${starts[i][0] - starts[i - 1][1]} ms`);
  assert.equal((await server.stats(run)).stream, 0);
  // Polling provides the same data.
  await server.control({ do: "advance", runId: run, seconds: 3 });
  await viewer.until(
    (viewer) => viewer.tree().some((node) => node.role === "option" && node.name.includes("Load campaign brief") && node.value.includes("success")),
    null, "the completed step");
  await viewer.page.close();
});

for (const stream of ["on", "off"]) {
  test(`Pause stops all updates, Resume fetches first (stream=${stream})`, async () => {
    const run = await server.heldRun();
    const viewer = await browser.open(server.viewer(run, `stream=${stream}`));
    await viewer.mode(stream === "on" ? "live" : "polling");
    await viewer.ready();
    await viewer.click("button", "Pause updates");
    await viewer.mode("paused");
    await viewer.find("status", "Paused");
    const paused = await server.settledStats(run, viewer, streamClosed);
    assert.equal(paused.open, 0);
    await server.control({ do: "advance", runId: run, seconds: 5 });
    await sleep(2500); // longer than a poll
    assert.deepEqual(await server.stats(run), paused);
    await viewer.click("button", "Resume updates");
    await viewer.mode(stream === "on" ? "live" : "polling");
    await viewer.until(
      (viewer) => viewer.tree().some((node) => node.role === "option" && node.name.includes("Load campaign brief") && node.value.includes("success")),
      null, "what happened meanwhile");
    await viewer.page.close();
  });
}

test("Refresh fetches the run once", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await viewer.ready();
  const before = await server.settledStats(run, viewer, caughtUp);
  await viewer.click("button", "Refresh");
  const refreshed = await server.settledStats(run, viewer, (stats) => stats.run > before.run);
  assert.equal(refreshed.run, before.run + 1);
  await viewer.page.close();
});

test("a stream that breaks off comes back by itself and loses nothing", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await viewer.ready();
  await server.control({ do: "advance", runId: run, seconds: 4 });
  assert.equal((await server.control({ do: "drop", runId: run })).streams, 1);
  await server.control({ do: "advance", runId: run, seconds: 4 });
  await viewer.goesThrough("live", "polling", "live");
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await viewer.mode("final");
  await viewer.sees("100%");
  await viewer.agreesWith(await server.truth(run));
  await viewer.page.close();
});

test("what a poll brought while the stream was away is not told twice by its replay", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await server.control({ do: "advance", runId: run, seconds: 2 });
  await viewer.until((viewer) => viewer.stats().logLines > 0, null, "some log lines");
  await server.fault(run, "503:stream"); // until polls have brought the news
  await server.control({ do: "drop", runId: run });
  await viewer.goesThrough("live", "polling");
  await server.control({ do: "advance", runId: run, seconds: 20 }); // steps end: their lines are in the document from then on
  const known = await server.truth(run);
  const ended = known.steps.filter((step) => step.state === "success").map((step) => step.key);
  assert.ok(ended.length > 2);
  await viewer.until(
    (viewer, ended) => viewer.model().steps.filter((step) => ended.includes(step.key)).every((step) => step.state === "success"),
    ended, "what the polls brought");
  await server.clear(run);
  await viewer.goesThrough("live");
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await viewer.mode("final");
  await viewer.agreesWith(await server.truth(run));
  await viewer.page.close();
});

test("a click on the badge opens the diagnostics, which tell how the connection has fared", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await viewer.ready();
  await server.control({ do: "drop", runId: run });
  await viewer.goesThrough("live", "polling", "live");
  await viewer.click("status", "LIVE");
  await viewer.find("dialog", "Diagnostics");
  await viewer.sees("the stream was lost");
  await viewer.page.keyboard.press("Escape");
  await viewer.until((viewer) => !viewer.tree().some((node) => node.role === "dialog"), null, "the diagnostics gone");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("the app profile gets its stream's address from the host's server", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run, "profile=app&api=/api"));
  await viewer.mode("live");
  const stats = await server.settledStats(run, viewer, caughtUp);
  assert.equal(stats.streamUrl, 1);
  assert.equal(stats.stream, 1);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("every request carries the session's cookie", async () => {
  const strict = await startServer("--require-cookie");
  try {
    const run = await strict.heldRun();
    const stranger = await browser.open(strict.viewer(run));
    await stranger.find("alert", "You are not signed in");
    await stranger.page.goto(strict.address); // gives the cookie
    await stranger.page.goto(strict.viewer(run));
    await stranger.mode("live");
    await stranger.page.close();
  } finally {
    await strict.stop();
  }
});
