// Links in what a run says, in a real browser: a new tab that can't reach the viewer, by the reader's act and nothing else.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./support.mjs";

const kRun = "1a2b3c4d-0000-4000-8000-00000000000a";
const kTarget = "https://links.example/a?b=1";

let server;
let browser;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "pev-links-"));
  const step = { id: "s", key: "a", name: "Fetch", type: "API", state: "success", status: "SUCCEEDED", attempt: 0, maxAttempts: 1,
    logs: [`see ${kTarget} for more`, "https://github.com@evil.example/", "javascript:alert(1)"] };
  const run = { id: kRun, playbookName: "Links", state: "success", status: "SUCCEEDED", startedAt: "2026-11-20T14:00:00Z",
    completedAt: "2026-11-20T14:01:00Z", steps: [step] };
  await writeFile(join(folder, "links.json"), JSON.stringify({ success: true, data: run }));
  server = await startServer("--replay", join(folder, "links.json"));
  browser = await startBrowser();
  // Nothing leaves this machine; what was asked for is what counts.
  await browser.context.route(/\.example\//, (route) => route.fulfill({ contentType: "text/html", body: "<title>there</title>" }));
});
after(async () => {
  await browser?.stop();
  await server?.stop();
  await rm(folder, { recursive: true });
});

async function openRun() {
  const viewer = await browser.open(server.viewer(kRun));
  await viewer.ready();
  return viewer;
}

// The tab that `act` opens: its address, and what it knows of the viewer.
async function tabOf(viewer, act) {
  const opened = browser.context.waitForEvent("page");
  await act();
  const tab = await opened;
  await tab.waitForLoadState();
  const found = { url: tab.url(), ...(await tab.evaluate(() => ({ opener: window.opener, referrer: document.referrer }))) };
  await tab.close();
  assert.deepEqual(viewer.errors, []);
  return found;
}

const kAlone = { url: kTarget, opener: null, referrer: "" };

test("a click on a link opens its target in a tab without opener and referrer", async () => {
  const viewer = await openRun();
  assert.deepEqual(await tabOf(viewer, () => viewer.click("link", kTarget)), kAlone);
  await viewer.page.close();
});

test("so do Enter and the menu", async () => {
  const viewer = await openRun();
  const [x, y, width] = (await viewer.find("log", "Logs")).rect;
  await viewer.page.mouse.click(x + width - 60, y + 9);
  await viewer.page.keyboard.press("Tab");
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "link" && node.states.includes("focused")));
  assert.deepEqual(await tabOf(viewer, () => viewer.page.keyboard.press("Enter")), kAlone);

  const [linkX, linkY] = (await viewer.find("link", kTarget)).rect;
  await viewer.page.mouse.click(linkX + 5, linkY + 5, { button: "right" });
  assert.deepEqual(await tabOf(viewer, () => viewer.click("menuitem", "Open link")), kAlone);
  await viewer.page.close();
});

test("what only looks like a link, and what misleads, opens nothing by itself", async () => {
  const viewer = await openRun();
  const links = await viewer.page.evaluate(() => window.__viewer.tree().filter((node) => node.role === "link").map((node) => node.name));
  assert.deepEqual(links, [kTarget, "https://github.com@evil.example/"]);
  const pages = browser.context.pages().length;
  await viewer.click("link", "https://github.com@evil.example/");
  assert.equal((await viewer.find("menuitem", "Open link")).value, "evil.example");
  assert.equal(browser.context.pages().length, pages);
  await viewer.page.close();
});

test("a frame that may open no tabs says so", async () => {
  const page = await browser.context.newPage();
  await page.route("**/around", (route) => route.fulfill({
    contentType: "text/html",
    body: `<iframe sandbox="allow-scripts allow-same-origin" style="width:1200px;height:800px" src="${server.viewer(kRun)}"></iframe>`,
  }));
  await page.goto(`${server.address}around`);
  const frame = page.frames().find((frame) => frame !== page.mainFrame()) ?? await page.waitForEvent("frameattached");
  await frame.waitForFunction((target) => window.__viewer?.tree().some((node) => node.role === "link" && node.name === target), kTarget);
  const [x, y] = await frame.evaluate((target) => window.__viewer.tree().find((node) => node.role === "link" && node.name === target).rect, kTarget);
  const box = await (await frame.frameElement()).boundingBox();
  const pages = browser.context.pages().length;
  await page.mouse.click(box.x + x + 5, box.y + y + 5);
  await frame.waitForFunction(() => window.__viewer.tree().some((node) => node.role === "alert" && node.name.startsWith("No new tab seems to have opened")));
  assert.equal(browser.context.pages().length, pages);
  await page.close();
});
