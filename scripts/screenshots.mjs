// Takes pictures of the real viewer: serve.py with its demo, in headless Chromium.
//
//     node scripts/screenshots.mjs                    the pictures of the README, into docs/pictures/
//     node scripts/screenshots.mjs FOLDER [PART]      all screens and states in all sizes and themes, or those with PART in their names
//
// The demo's clock is held and moved on by hand, so that a run has come equally far in each picture.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBrowser, startServer } from "../tests/browser/support.mjs";

const kRoot = new URL("..", import.meta.url).pathname;
const kSizes = { 1440: { width: 1440, height: 900 }, 1024: { width: 1024, height: 768 }, 420: { width: 420, height: 900 } };

// Logs of a running step come by the stream only: the page is opened this much earlier.
const kWatched = 4; // seconds

// A moment in the life of a run: how many seconds it has been going on, what is selected, what the reader did; and the width up to
// which there is something to see.
const kDrafting = { playbook: "product-launch", at: 24, query: "step=angle-biz" };
const kBranches = { playbook: "crisis-response", at: 14, query: "step=questions" };

const kMoments = {
  drafting: kDrafting,
  start: { playbook: "product-launch", at: 1 },
  over: { playbook: "product-launch", at: 300, query: "step=angle-biz" },
  failed: { playbook: "journalist-enrichment", at: 300, query: "step=enrich" },
  branches: kBranches,
  blocked: { playbook: "earnings-approval", at: 9 },
  chatty: { playbook: "coverage-sweep", at: 8 },
  folded: { playbook: "regional-fan-out", at: 6 },
  unfolded: { playbook: "regional-fan-out", at: 6, act: (viewer) => viewer.click("button", "Parallel · 40 steps") },
  quirks: { playbook: "quirks", at: 6 },
  list: { ...kDrafting, query: "" }, // in one column: the list, not the step
  polling: { ...kDrafting, query: "stream=off&step=research" },
  paused: { ...kDrafting, query: "", act: (viewer) => viewer.click("button", "Pause updates") },
  filtered: { ...kDrafting, query: "state=success,running&type=AGENT" },
  searched: { ...kDrafting, query: "q=draft" },
  nothing: { ...kDrafting, query: "q=no such words" },
  shortcuts: { ...kDrafting, query: "", act: (viewer) => viewer.page.keyboard.type("?") },
  diagnostics: { ...kDrafting, query: "", act: (viewer) => viewer.page.keyboard.press("d") },
  filters: { ...kDrafting, query: "state=success", act: (viewer) => viewer.click("button", "Filters"), upTo: 1024 },
  explained: { ...kDrafting, query: "", act: explain },
  focused: { ...kDrafting, query: "", act: (viewer) => viewer.page.keyboard.press("ArrowDown") },
  stale: { ...kDrafting, query: "stream=off", act: loseServer },
  loading: { run: "error-404", wait: "status", unanswered: true },
  missing: { run: "error-404", wait: "alert" },
  refused: { run: "error-403", wait: "alert" },
  broken: { run: "error-not-json", wait: "alert" },
};

async function explain(viewer) {
  const [x, y, width, height] = (await viewer.find("option", "Load campaign brief")).rect;
  await viewer.page.mouse.move(x + width - 30, y + height / 3);
  await viewer.find("tooltip", "Started");
}

async function loseServer(viewer) {
  await viewer.page.route("**/api/v1/**", (route) => route.fulfill({
    status: 500, json: { success: false, error: { code: "INTERNAL_ERROR", message: "The database is being restarted" } } }));
  await viewer.sees("Not up to date");
}

// Until nothing more arrives, and what has arrived is drawn.
async function settled(viewer) {
  for (let before = -1, now = 0; before !== now; before = now, now = (await viewer.stats()).eventsReceived)
    await sleep(400);
}

// One moment, in one size.
async function take(server, browser, folder, { name, moment, size, themes }) {
  const runId = moment.playbook
    ? (await server.control({ do: "start", playbook: moment.playbook, ago: Math.max(0, moment.at - kWatched), held: true })).runId
    : moment.run;
  const viewer = await browser.open(server.viewer(runId, moment.query), async (page) => {
    await page.setViewportSize(size);
    if (moment.unanswered)
      await page.route("**/api/v1/**", () => {});
  });
  if (moment.playbook) {
    await viewer.ready();
    await server.control({ do: "advance", runId, seconds: Math.min(kWatched, moment.at) });
    await settled(viewer);
  } else {
    await viewer.find(moment.wait, "");
  }
  await viewer.page.mouse.move(size.width / 2, 2);
  await moment.act?.(viewer);
  for (const theme of themes) {
    await viewer.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await settled(viewer);
    await viewer.page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
    console.log(`${name}-${theme}.png`);
  }
  await viewer.page.close();
}

function readme() {
  const wide = { size: kSizes[1440], scale: 1 };
  return [
    { name: "steps", moment: kMoments.drafting, ...wide, themes: ["light"] },
    { name: "branches", moment: kMoments.branches, ...wide, themes: ["dark"] },
    { name: "narrow", moment: kMoments.list, size: kSizes[420], scale: 2, themes: ["light"] },
  ];
}

function gallery(part) {
  const shots = [];
  for (const scale of [1, 2]) {
    for (const [width, size] of Object.entries(kSizes)) {
      for (const [name, moment] of Object.entries(kMoments).filter(([, { upTo = Infinity }]) => size.width <= upTo))
        shots.push({ name: `${name}-${width}@${scale}x`, moment, size, scale, themes: ["light", "dark"] });
    }
  }
  return shots.filter(({ name }) => name.includes(part));
}

const [folder = join(kRoot, "docs/pictures"), part = ""] = process.argv.slice(2);
const shots = process.argv.length > 2 ? gallery(part) : readme();
mkdirSync(folder, { recursive: true });
const server = await startServer();
try {
  for (const scale of new Set(shots.map((shot) => shot.scale))) {
    const browser = await startBrowser({ deviceScaleFactor: scale });
    try {
      for (const shot of shots.filter((each) => each.scale === scale))
        await take(server, browser, folder, shot);
    } finally {
      await browser.stop();
    }
  }
} finally {
  await server.stop();
}
