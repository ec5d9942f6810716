// The page itself: address, selection, faults of its surroundings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { canBeHidden, startBoth, startBrowser, startServer } from "./support.mjs";

const { server, browser } = await startBoth({ server: ["--replay", "tests/data/quirks-run.json", "--replay", "tests/data/failed-run.json"] });

const kQuirksRun = "8bc11ff7-832f-43f2-b055-76f338b98187";
const kFailedRun = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0";

// For open(): the browser has no occasion to draw.
const withoutFrames = (page) => page.addInitScript(() => { window.requestAnimationFrame = () => 0; });

// Requests that wait until they are let through: `hold` takes a route.
function held() {
  let letThrough;
  const released = new Promise((resolve) => { letThrough = resolve; });
  const hold = async (route) => {
    await released;
    return route.continue();
  };
  return { hold, letThrough };
}

const runIsDrawn = (viewer) => viewer.page.waitForFunction(() => performance.getEntriesByName("run-drawn").length === 1, null, { polling: 50 });

// What the error screen says, in the server's words where it has some.
const kErrorScreens = {
  "error-401": ["You are not signed in", "Your session has ended. Please sign in again."],
  "error-403": ["You have no access to this run", "You do not have access to this run's organization"],
  "error-404": ["The run was not found", "Playbook run not found"],
  "error-500": ["The server has a problem", "Failed to load playbook run"],
  "error-not-success": ["The server refused the request", "Playbook runs are being migrated, back at 14:30"],
  "error-not-json": ["The server's answer is not a playbook run", "not valid JSON"],
  "error-half-json": ["The server's answer is not a playbook run", "JSON that ends too early"],
  "error-wrong-shape": ["The server's answer is not a playbook run", "no list of steps"],
  "error-null": ["The server's answer is not a playbook run", "not an object"],
};
for (const [run, [title, detail]] of Object.entries(kErrorScreens)) {
  test(`${run}: ${title}`, async () => {
    const viewer = await browser.open(server.viewer(run));
    await viewer.find("alert", title);
    await viewer.sees(detail);
    assert.equal((await viewer.stats()).mode, "error");
    // Retry asks again.
    const asked = (await server.stats(run)).run;
    await viewer.click("button", "Retry");
    await viewer.find("alert", title);
    const { run: askedAgain } = await server.settledStats(run, viewer, (stats) => stats.run > asked);
    assert.equal(askedAgain, asked + 1);
    assert.deepEqual(viewer.errors, []);
    await viewer.page.close();
  });
}

test("an address without a run says how one is named, and asks the server nothing", async () => {
  const viewer = await browser.open(`${server.address}index.html?probe=1`);
  await viewer.find("alert", "No run was named");
  await viewer.page.close();
});

test("odd run ids are passed on as they are; the server decides", async () => {
  const viewer = await browser.open(server.viewer("a/b c?#%"));
  await viewer.sees("Invalid run id: not a UUID");
  await viewer.page.close();
});

test("a finished run is drawn from index.html?run= as well", async () => {
  const viewer = await browser.open(`${server.address}index.html?run=${kFailedRun}&probe=1`);
  await viewer.ready();
  await viewer.mode("final");
  await viewer.find("option", "Enrich journalists");
  await viewer.sees("One or more steps failed");
  await viewer.page.close();
});

test("every quirk of a real server is shown as it is, and none breaks the page", async () => {
  const viewer = await browser.open(server.viewer(kQuirksRun, "stream=off"));
  await viewer.ready();
  assert.match(await viewer.text(), /Quirks <b>not html<\/b> & "quotes"/);
  const truth = (await (await fetch(`${server.address}api/v1/playbook-runs/${kQuirksRun}`)).json()).data;
  for (const step of truth.steps) {
    await viewer.page.goto(server.viewer(kQuirksRun, `stream=off&step=${encodeURIComponent(step.key)}`));
    await viewer.ready();
    await viewer.find("heading", step.name.slice(0, 20));
  }
  await viewer.page.goto(server.viewer(kQuirksRun, "stream=off&step=big-numbers"));
  await viewer.sees("9007199254740993");
  await viewer.sees("1e-320");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("what is selected is in the address, and a link to it shows the same", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.ready();
  await viewer.click("option", "Research outlets");
  await viewer.page.waitForURL(/step=research/);
  await viewer.page.reload();
  await viewer.ready();
  assert.ok((await viewer.find("option", "Research outlets")).states.includes("selected"));
  await viewer.page.close();
});

test("back and forward lead through the steps that were looked at", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  const shows = (step) => viewer.find("heading", step);
  await viewer.click("option", "Score outlets");
  await shows("Score outlets");
  await viewer.page.waitForURL(/step=score/);
  await sleep(1100); // steps within a second are one walk
  await viewer.click("option", "Enrich journalists");
  await viewer.page.waitForURL(/step=enrich/);
  await shows("Enrich journalists");
  await viewer.page.goBack();
  await shows("Score outlets");
  await viewer.page.goBack();
  await shows("Enrich journalists"); // which failed: no step is named
  assert.ok(!viewer.page.url().includes("step="), viewer.page.url());
  await viewer.page.goForward();
  await shows("Score outlets");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("on a narrow screen the browser's back leads from the step to the list", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.page.setViewportSize({ width: 420, height: 800 });
  await viewer.ready();
  await viewer.click("option", "Load dataset"); // the first, which was selected before
  await viewer.find("heading", "Load dataset");
  await viewer.page.goBack();
  await viewer.find("option", "Score outlets");
  await viewer.page.close();
});

test("tab and icon say how the run stands", async () => {
  const icon = (viewer) => viewer.page.evaluate(() => document.querySelector("link[rel=icon]").href);
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run));
  await viewer.hasTitle("● Product launch outreach – running");
  assert.equal(await icon(viewer), `${server.address}app/playbooks/runs/icon-running.svg`);
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await viewer.mode("final");
  await viewer.hasTitle("✓ Product launch outreach");
  assert.equal(await icon(viewer), `${server.address}app/playbooks/runs/icon-success.svg`);
  assert.equal((await fetch(await icon(viewer))).headers.get("content-type"), "image/svg+xml");
  await viewer.page.goto(server.viewer(kFailedRun));
  await viewer.hasTitle("✕");
  assert.equal(await icon(viewer), `${server.address}app/playbooks/runs/icon-failed.svg`);
  await viewer.page.close();
});

test("whoever asked for it is told of the end of a run in a hidden tab, and nobody else is", async () => {
  const run = await server.heldRun();
  const viewer = await browser.open(server.viewer(run), async (page) => {
    await canBeHidden(page);
    await page.addInitScript(() => {
      window.__asked = 0;
      window.__notices = [];
      window.Notification = class {
        static permission = "default";
        static async requestPermission() { ++window.__asked; return "granted"; }
        constructor(title, { body }) { window.__notices.push([title, body]); }
      };
    });
  });
  await viewer.mode("live");
  assert.equal(await viewer.page.evaluate(() => window.__asked), 0, "asked on load");
  await viewer.click("button", "Notify when the run ends");
  await viewer.find("button", "Notifies when the run ends");
  await viewer.hide();
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await viewer.until(() => window.__notices.length > 0, null, "a notification");
  assert.deepEqual(await viewer.page.evaluate(() => window.__notices), [["Product launch outreach", "success · 10 of 10 steps done"]]);
  assert.equal(await viewer.page.evaluate(() => window.__asked), 1);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a failed poll keeps the last good data and says so; a good one takes it back", async () => {
  const own = await startServer();
  const run = await own.heldRun();
  const viewer = await browser.open(own.viewer(run, "stream=off"));
  await viewer.ready();
  await viewer.page.route("**/api/v1/**", (route) => route.fulfill({ status: 500, json: { success: false, error: { code: "INTERNAL_ERROR", message: "database is down" } } }));
  await viewer.sees("database is down");
  await viewer.find("option", "Load campaign brief");
  await viewer.page.unroute("**/api/v1/**");
  await viewer.until((viewer) => !viewer.text().includes("database is down"), null, "the notice gone");
  await own.stop(); // the network is down
  await viewer.sees("could not be reached");
  await viewer.find("option", "Load campaign brief");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a lost graphics context is survived", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  await viewer.still();
  const before = await viewer.page.screenshot();
  await viewer.page.evaluate(() => new Promise((lost) => {
    const canvas = document.querySelector("canvas");
    canvas.addEventListener("webglcontextlost", () => setTimeout(lost, 0), { once: true });
    window.__loss = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
    window.__loss.loseContext();
  }));
  const frames = await viewer.page.evaluate(() => {
    const { frames } = window.__viewer.stats();
    window.__loss.restoreContext();
    return frames;
  });
  await viewer.until((viewer, frames) => viewer.stats().frames > frames, frames, "a frame in the new context");
  await viewer.still();
  const after = await viewer.page.screenshot();
  assert.ok(before.equals(after), "the picture is another one");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("without WebAssembly the page says what is missing", async () => {
  const page = await browser.context.newPage();
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(server.viewer(kFailedRun));
  await page.getByRole("heading", { name: "can't run the viewer" }).waitFor();
  await page.getByRole("button", { name: "Reload" }).waitFor();
  await page.close();
});

test("without WebGL 2 the page says what is missing", async () => {
  const poor = await startBrowser({ options: ["--disable-3d-apis"] });
  try {
    const viewer = await poor.open(server.viewer(kFailedRun));
    await viewer.page.getByRole("heading", { name: "no WebGL 2" }).waitFor();
    await viewer.page.getByRole("button", { name: "Reload" }).waitFor();
  } finally {
    await poor.stop();
  }
});

for (const file of ["viewer.wasm", "viewer.js", "viewer-rest.wasm"]) {
  test(`a missing file of the viewer is told: ${file}`, async () => {
    const page = await browser.context.newPage();
    await page.route(`**/${file}`, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(server.viewer(kFailedRun));
    await page.getByRole("heading", { name: "could not be loaded" }).waitFor();
    await page.close();
  });
}

test("a run that is slow to come is waited for on the loading screen", async () => {
  const { hold, letThrough } = held();
  const viewer = await browser.open(server.viewer(kFailedRun), (page) => page.route("**/api/**", hold));
  await viewer.page.locator("#skeleton").waitFor({ state: "hidden" });
  await viewer.find("status", "Loading the run");
  letThrough();
  await viewer.ready();
  await viewer.page.close();
});

test("a run that is there is drawn before the browser's first frame, and once marked as drawn", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun), withoutFrames);
  await runIsDrawn(viewer);
  assert.equal(await viewer.page.locator("#skeleton").isVisible(), false);
  await viewer.page.close();
});

for (const rest of ["comes while it is read", "does not come"]) {
  test(`a run that is read in portions is drawn without an occasion of the browser's; the rest of the module ${rest}`, async () => {
    const viewer = await browser.open(server.viewer(kFailedRun), async (page) => {
      await withoutFrames(page);
      if (rest === "does not come")
        await page.route("**/viewer-rest.wasm", () => {});
      await page.route("**/api/**", async (route) => {
        const response = await route.fetch();
        const answer = await response.json();
        answer.data.steps[0].output = { text: "large ".repeat(1e6) };
        await sleep(700); // what is done while the run is on its way is done
        return route.fulfill({ response, json: answer });
      });
    });
    await runIsDrawn(viewer);
    assert.equal(await viewer.page.locator("#skeleton").isVisible(), false);
    await viewer.page.close();
  });
}

test("a frame that is displayed late shows its run", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun), (page) => page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const viewer = document.getElementById("viewer");
      if (viewer) {
        viewer.style.display = "none";
        observer.disconnect();
      }
    }).observe(document, { childList: true, subtree: true });
  }));
  await viewer.page.waitForFunction(() => window.__viewer, null, { polling: 50 });
  assert.equal(await viewer.page.evaluate(() => performance.getEntriesByName("run-drawn").length), 0);
  await viewer.page.evaluate(() => { document.getElementById("viewer").style.display = ""; });
  await viewer.ready();
  await viewer.find("option", "Load dataset");
  await viewer.page.close();
});

test("what the first picture writes with is drawn while the run is on its way", async () => {
  const { hold, letThrough } = held();
  const viewer = await browser.open(server.viewer(kFailedRun), async (page) => {
    await withoutFrames(page); // the run comes before the loading screen would, which writes too
    await page.addInitScript(() => {
      window.glyphs = { ahead: 0, byRun: 0 };
      const { getImageData } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.getImageData = function (...area) {
        ++glyphs[performance.getEntriesByName("run-drawn").length === 0 && !window.arrives ? "ahead" : "byRun"];
        return getImageData.apply(this, area);
      };
    });
    await page.route("**/api/**", hold);
  });
  const ahead = () => viewer.page.evaluate(() => glyphs.ahead);
  let before = -1;
  for (let now; (now = await ahead()) !== before || now === 0; before = now)
    await sleep(300);
  await viewer.page.evaluate(() => { window.arrives = true; });
  letThrough();
  await runIsDrawn(viewer);
  const byRun = await viewer.page.evaluate(() => glyphs.byRun);
  assert.ok(byRun < before / 4, `${byRun} left to draw after ${before}`);
  await viewer.page.close();
});

test("the list is there before the second part of the module, which may fail for a moment", async () => {
  let asked = 0;
  const { hold, letThrough } = held();
  const whole = await browser.open(server.viewer(kFailedRun));
  const first = await whole.middle("option", "Load dataset");
  await whole.page.close();
  const viewer = await browser.open(server.viewer(kFailedRun, "step=enrich"), (page) => page.route("**/viewer-rest.wasm", async (route) => {
    if (++asked === 1)
      return route.abort();
    return hold(route);
  }));
  await viewer.page.locator("#status", { hasText: "failed" }).waitFor({ state: "attached" });
  await viewer.page.locator("#skeleton").waitFor({ state: "hidden" });
  await viewer.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  // What is done meanwhile is not lost.
  await viewer.page.mouse.click(...first);
  await viewer.page.keyboard.press("?");
  assert.equal(await viewer.page.evaluate(() => "__viewer" in window), false);
  letThrough();
  await viewer.find("dialog", "Keyboard shortcuts");
  await viewer.until((probe) => probe.tree().some((node) => node.role === "option" && node.name === "Load dataset" && node.states.includes("selected")));
  assert.equal((await viewer.stats()).ready, true);
  assert.equal(asked, 2);
  await viewer.page.close();
});

test("a viewer that has died says so, and has a report to copy that holds no secret", async () => {
  const viewer = await browser.open(`${server.viewer(kFailedRun)}&secret=hunter2`);
  await viewer.ready();
  await viewer.page.evaluate(() => { navigator.clipboard.writeText = async (text) => { window.__copied = text; }; });
  await viewer.page.evaluate(() => { setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }, 0); });
  await viewer.page.getByRole("heading", { name: "The viewer has stopped" }).waitFor();
  await viewer.page.getByRole("button", { name: "Copy report" }).click();
  await viewer.page.getByRole("button", { name: "Copied" }).waitFor();
  const report = await viewer.page.evaluate(() => window.__copied);
  for (const part of ["failure: crash", `page: ${server.address}app/playbooks/runs/${kFailedRun}`, "parameters: probe secret", "browser: Mozilla", "RuntimeError: unreachable"])
    assert.ok(report.includes(part), `no '${part}' in:\n${report}`);
  assert.ok(!report.includes("hunter2"));
  await viewer.page.getByRole("button", { name: "Reload" }).click();
  await viewer.ready();
  await viewer.page.close();
});

test("a page whose first files are missing says so", async () => {
  const without = (file) => (page) => page.route(`**/${file}`, (route) => route.fulfill({ status: 404 }));
  const unstyled = await browser.open(server.viewer(kFailedRun), without("viewer.css"));
  await unstyled.page.getByRole("heading", { name: "A part of the viewer could not be loaded" }).waitFor();
  await unstyled.page.getByText("viewer.css is missing").waitFor();
  await unstyled.page.close();

  const dead = await browser.open(server.viewer(kFailedRun), without("boot.js"));
  const notice = dead.page.getByText("The viewer could not be loaded");
  assert.equal(await notice.isVisible(), false, "it may only be late");
  await notice.waitFor({ state: "visible" });
  assert.equal(await dead.page.getByText("Loading the viewer").isVisible(), false, "it is said over what is said no more");
  await dead.page.close();
});

test("while the module comes slowly the page shows how far it is", async () => {
  const page = await browser.context.newPage();
  const { hold, letThrough } = held();
  await page.route("**/viewer.wasm", hold);
  await page.goto(server.viewer(kFailedRun), { waitUntil: "commit" });
  await page.getByText("Loading the viewer").waitFor();
  assert.ok(Number(await page.locator("#progress").getAttribute("data-bytes")) > 100_000);
  letThrough();
  await page.getByText("Loading the viewer").waitFor({ state: "hidden" });
  assert.equal(await page.locator("#progress").evaluate((bar) => bar.value === bar.max), true);
  await page.close();
});

test("the probe offers what the papers say, only when asked", async () => {
  const viewer = await browser.open(server.viewer(kFailedRun));
  await viewer.ready();
  const stats = await viewer.stats();
  assert.deepEqual(Object.keys(stats).sort(), ["eventsApplied", "eventsIgnored", "eventsReceived", "frames", "heapBytes",
    "lastFrameCpuMs", "logLines", "mode", "ready", "runId", "steps"]);
  assert.equal(stats.runId, kFailedRun);
  assert.equal(stats.steps, 4);
  assert.equal(stats.logLines, 3);
  assert.deepEqual(await viewer.drain(), []);
  for (const node of await viewer.tree()) {
    assert.deepEqual(Object.keys(node).sort(), ["id", "level", "name", "rect", "role", "states", "value"]);
    assert.equal(node.rect.length, 4);
  }
  const ids = (await viewer.tree()).map((node) => node.id);
  assert.equal(new Set(ids).size, ids.length, "two widgets share an id");
  await viewer.page.goto(server.viewer(kFailedRun).replace("probe=1", ""));
  await viewer.hasTitle("Journalist enrichment");
  assert.equal(await viewer.page.evaluate(() => typeof window.__viewer), "undefined");
  await viewer.page.close();
});
