// Streams that are open and deliver nothing, tabs that nobody looks at, more tabs than a browser has connections. Minutes of
// the page's own time pass in seconds: playwright's clock stands in for the page's, the viewer is the one that is delivered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canBeHidden, startBoth } from "./support.mjs";

const { server, browser } = await startBoth();

const happen = (run, seconds) => server.control({ do: "advance", runId: run, seconds });

async function endsInTruth(run, viewer) {
  await happen(run, 3600);
  await viewer.mode("final");
  await viewer.agreesWith(await server.truth(run));
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
}

// Lets the page's time pass, a few seconds at a go so that answers can come in, until the test is true.
async function timePassesUntil(viewer, seconds, test, argument, what) {
  for (let passed = 0; passed < seconds; passed += 5) {
    if (await viewer.page.evaluate(`((argument) => (${test})(window.__viewer, argument))(${JSON.stringify(argument ?? null)})`))
      return;
    await viewer.page.clock.fastForward(5000);
    await new Promise((done) => setTimeout(done, 100));
  }
  await viewer.until(test, argument, what);
}

for (const fault of ["mute:1", "mute:12", "buffer:1000000"]) {
  test(`${fault}: found out, shown, and polled`, async () => {
    const run = await server.heldRun();
    await server.fault(run, fault);
    const viewer = await browser.open(server.viewer(run), (page) => page.clock.install());
    // A stream of which not even the first message comes is open all the same.
    await viewer.mode("live");
    await happen(run, 8);
    await timePassesUntil(viewer, 120, (viewer) => viewer.stats().mode === "polling", null, "polling");
    await viewer.find("status", "Polling");
    await viewer.agreesWith(await server.truth(run));
    await happen(run, 3600);
    await timePassesUntil(viewer, 20, (viewer) => viewer.stats().mode === "final", null, "the end of the run");
    await viewer.agreesWith(await server.truth(run));
    await viewer.page.close();
  });
}

for (const fault of ["reorder:2", "reorder:5"]) {
  test(`${fault}: events of one moment in another order; the document has the last word`, async () => {
    const run = await server.heldRun();
    await server.fault(run, fault);
    const viewer = await browser.open(server.viewer(run));
    await viewer.find("status", "LIVE");
    await happen(run, 6);
    await viewer.until((viewer) => viewer.stats().logLines > 3, null, "log lines by the stream");
    assert.ok((await server.struck(run))[fault] > 0);
    await endsInTruth(run, viewer);
  });
}

for (const from of ["after it was shown", "from the beginning"]) {
  test(`a tab that is hidden ${from} gives its stream back after a while, and catches up at once when it is shown`, async () => {
    const run = await server.heldRun();
    const viewer = await browser.open(server.viewer(run), async (page) => {
      await page.clock.install();
      await canBeHidden(page, from === "from the beginning");
    });
    await viewer.mode("live");
    await viewer.hide();
    const end = Date.now() + 30_000;
    while ((await server.stats(run)).open > 0) {
      assert.ok(Date.now() < end, "the hidden tab keeps its stream");
      await viewer.page.clock.fastForward(5000);
      await new Promise((done) => setTimeout(done, 100));
    }
    await happen(run, 8);
    await viewer.show();
    await viewer.mode("live");
    await endsInTruth(run, viewer);
  });
}

test("eight tabs on one host, which a browser allows six connections: all are right", async () => {
  const runs = await Promise.all(Array.from({ length: 8 }, () => server.heldRun()));
  const viewers = [];
  for (const run of runs)
    viewers.push(await browser.open(server.viewer(run)));
  for (const [index, run] of runs.entries()) {
    await viewers[index].ready();
    await happen(run, 6);
  }
  for (const [index, run] of runs.entries())
    await endsInTruth(run, viewers[index]);
});

test("the online event makes a viewer that waits for its next try come back at once", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("live");
  await browser.context.setOffline(true);
  await server.control({ do: "drop", runId: run });
  await viewer.goesThrough("live", "polling");
  await viewer.sees("could not be reached");
  const before = await server.stats(run);
  await browser.context.setOffline(false);
  await server.settledStats(run, viewer, (stats) => stats.run > before.run);
  await viewer.goesThrough("live");
  await endsInTruth(run, viewer);
});
