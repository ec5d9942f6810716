// Very many events: at once, one after the other for a while, in a hidden tab, across a reconnect. None may be lost and none
// counted twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canBeHidden, startBoth } from "./support.mjs";

const { server, browser } = await startBoth();

const load = async (command) => (await server.control({ do: "start", playbook: "load", held: true, ...command })).runId;
const allHappens = (run) => server.control({ do: "advance", runId: run, seconds: 3600 });

async function openLive(run, prepare) {
  const viewer = await browser.open(server.viewer(run), prepare);
  await viewer.mode("live");
  await viewer.ready();
  return viewer;
}

async function endsInTruth(run, viewer) {
  await viewer.mode("final");
  await viewer.agreesWith(await server.truth(run));
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
}

test("a burst of 10,000 log lines: each is there once, in its place", async () => {
  const run = await load({ steps: 4, logLines: 10_000 });
  const viewer = await openLive(run);
  await allHappens(run);
  await endsInTruth(run, viewer);
});

test("1,000 events a second: each counts, and the stream alone brings them", async () => {
  const run = await load({ steps: 4, logLines: 4000 });
  const viewer = await openLive(run);
  // All but the last events: while the run goes on there is no document to help.
  await server.control({ do: "goOn", runId: run });
  await viewer.until((viewer) => viewer.stats().logLines >= 3000, null, "3,000 lines");
  await viewer.mode("final");
  await viewer.until((viewer) => {
    const { eventsReceived, eventsApplied, eventsIgnored } = viewer.stats();
    return eventsReceived === eventsApplied + eventsIgnored;
  }, null, "all events looked at");
  await endsInTruth(run, viewer);
});

test("a burst while the tab is hidden", async () => {
  const run = await load({ steps: 4, logLines: 10_000 });
  const viewer = await openLive(run, canBeHidden);
  await viewer.hide();
  const { frames } = await viewer.stats();
  await server.control({ do: "next", runId: run, events: 9000 });
  await viewer.until((viewer) => viewer.stats().logLines > 8900, null, "the lines, though nobody looks");
  assert.equal((await viewer.stats()).frames, frames, "a hidden tab was drawn");
  await viewer.show();
  await viewer.until((viewer, frames) => viewer.stats().frames > frames, frames, "the tab, drawn again");
  await allHappens(run);
  await endsInTruth(run, viewer);
});

for (const eventIds of [true, false]) {
  test(`a burst across a reconnect, ${eventIds ? "replayed by the server" : "with nothing replayed"}`, async () => {
    const run = await load({ steps: 4, logLines: 10_000, eventIds });
    const viewer = await openLive(run, canBeHidden);
    await viewer.hide();
    await server.control({ do: "next", runId: run, events: 3000 });
    await viewer.until((viewer) => viewer.stats().logLines > 2900, null, "the first lines");
    await viewer.goesThrough("live");
    await server.control({ do: "drop", runId: run });
    await server.control({ do: "next", runId: run, events: 3000 });
    await viewer.goesThrough("polling", "live");
    await server.control({ do: "next", runId: run, events: 3000 });
    await viewer.show();
    await allHappens(run);
    await endsInTruth(run, viewer);
  });
}

test("a burst of which every event comes twice, with garbage between", async () => {
  const run = await load({ steps: 4, logLines: 2000 });
  await server.fault(run, "duplicate");
  await server.fault(run, "garbage:stream");
  const viewer = await openLive(run);
  for (let part = 0; part < 4; ++part)
    await server.control({ do: "next", runId: run, events: 400 });
  await allHappens(run);
  await endsInTruth(run, viewer);
});

test("a run that is larger than the memory for it shows the newest lines, and says how many are gone", async () => {
  const run = await load({ steps: 4, logLines: 40_000 });
  const viewer = await browser.open(server.viewer(run, "memory=1"));
  await viewer.mode("live");
  await viewer.ready();
  await allHappens(run);
  await viewer.mode("final");
  await viewer.until((viewer) => viewer.stats().logLines === 40_000, null, "all lines");
  const [{ steps }, truth] = await Promise.all([viewer.model(), server.truth(run)]);
  for (const [index, step] of steps.entries()) {
    assert.ok(step.droppedLines > 2000, `${step.key} has dropped ${step.droppedLines}`);
    assert.deepEqual(step.logs, truth.steps[index].logs.slice(step.droppedLines));
  }
  const gone = steps[0].droppedLines.toLocaleString("en");
  await viewer.sees(`${gone} older lines dropped: the run is larger than the memory for it`);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a document that is larger than the memory for the run is told so", async () => {
  const run = await load({ steps: 4, logLines: 150_000 });
  await allHappens(run);
  const viewer = await browser.open(server.viewer(run, "memory=1"));
  await viewer.mode("error");
  await viewer.sees("The run is too large to be shown");
  await viewer.until((viewer) => /The server's answer has \d\.\d MB or more; up to 2\.0 MB can be read here\./.test(viewer.text()), null, "size and limit");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("several viewers in tabs of one browser, each with its own stream", async () => {
  const runs = await Promise.all([1, 2, 3].map((steps) => load({ steps, logLines: 500 })));
  const viewers = [];
  for (const run of runs)
    viewers.push(await openLive(run));
  await Promise.all(runs.map(allHappens));
  for (const [index, run] of runs.entries())
    await endsInTruth(run, viewers[index]);
});
