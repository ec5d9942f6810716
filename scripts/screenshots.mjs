// Takes the pictures of the README from the real viewer: serve.py with its demo, in headless Chromium.
//
//     node scripts/screenshots.mjs [FOLDER]
//
// writes steps-light.png, steps-dark.png and narrow-light.png into docs/pictures/, or all states, sizes and themes into FOLDER.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser, startServer } from "../tests/browser/support.mjs";

const kRoot = new URL("..", import.meta.url).pathname;
const kWide = { width: 1440, height: 900 };
const kMiddle = { width: 1024, height: 768 };
const kNarrow = { width: 420, height: 900 };

// A moment in the life of a run: how many seconds ago it began, what is selected.
const kDrafting = { playbook: "product-launch", ago: 24, query: "step=angle-biz" };

const kReadme = [
  { name: "steps-light", ...kDrafting, size: kWide, scale: 1, theme: "light" },
  { name: "steps-dark", ...kDrafting, size: kWide, scale: 1, theme: "dark" },
  { name: "narrow-light", ...kDrafting, query: "", size: kNarrow, scale: 1, theme: "light" },
];

function gallery() {
  const moments = {
    drafting: kDrafting,
    start: { playbook: "product-launch", ago: 1, query: "" },
    over: { playbook: "product-launch", ago: 300, query: "step=angle-biz" },
    failed: { playbook: "journalist-enrichment", ago: 300, query: "step=enrich" },
    branches: { playbook: "crisis-response", ago: 12, query: "" },
    blocked: { playbook: "earnings-approval", ago: 9, query: "" },
    chatty: { playbook: "coverage-sweep", ago: 8, query: "" },
    wide: { playbook: "regional-fan-out", ago: 6, query: "" },
    quirks: { playbook: "quirks", ago: 6, query: "" },
    polling: { ...kDrafting, query: "stream=off&step=research" },
    filtered: { ...kDrafting, query: "q=draft&step=angle-tech" },
    missing: { run: "error-404", query: "" },
    refused: { run: "error-403", query: "" },
    broken: { run: "error-not-json", query: "" },
  };
  const shots = [];
  for (const [moment, what] of Object.entries(moments)) {
    for (const theme of ["light", "dark"]) {
      for (const [label, size, scale] of [["1440", kWide, 1], ["1440@2x", kWide, 2], ["1024", kMiddle, 1], ["420", kNarrow, 2]])
        shots.push({ name: `${moment}-${label}-${theme}`, ...what, size, scale, theme });
    }
  }
  return shots;
}

async function take(server, shot, folder) {
  // Logs of a running step come by the stream only: the page is opened a little earlier.
  const watched = 4;
  const run = shot.run ?? (await server.control({ do: "start", playbook: shot.playbook, ago: Math.max(0, shot.ago - watched) })).runId;
  const browser = await startBrowser({ viewport: shot.size, deviceScaleFactor: shot.scale });
  try {
    const viewer = await browser.open(server.viewer(run, `theme=${shot.theme}&${shot.query}`));
    if (shot.run) {
      await viewer.find("alert", "");
    } else {
      await viewer.ready();
      await new Promise((done) => setTimeout(done, 1000 * Math.min(watched, shot.ago)));
    }
    await viewer.page.mouse.move(shot.size.width / 2, 2);
    await new Promise((done) => setTimeout(done, 500));
    await viewer.page.screenshot({ path: join(folder, `${shot.name}.png`) });
    console.log(`${shot.name}.png`);
  } finally {
    await browser.stop();
  }
}

const folder = process.argv[2] ?? join(kRoot, "docs/pictures");
const only = process.argv[3]; // a part of the names
mkdirSync(folder, { recursive: true });
const server = await startServer();
try {
  for (const shot of process.argv[2] ? gallery() : kReadme) {
    if (!only || shot.name.includes(only))
      await take(server, shot, folder);
  }
} finally {
  await server.stop();
}
