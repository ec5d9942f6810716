// Reading, selecting, copying and saving what a step has left, with a real mouse, keyboard, clipboard and download.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./support.mjs";

let server;
let browser;
before(async () => {
  server = await startServer("--replay", "tests/data/quirks-run.json", "--replay", "tests/data/failed-run.json");
  browser = await startBrowser();
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // The viewer's page is not let near what is in the clipboard; these tests have to look.
  await browser.context.route(() => true, async (route) => {
    if (route.request().resourceType() !== "document")
      return route.fallback();
    const response = await route.fetch();
    const { "permissions-policy": _, ...headers } = response.headers();
    return route.fulfill({ response, headers });
  });
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

const kFailedRun = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0";

async function openFailedStep() {
  const viewer = await browser.open(server.viewer(kFailedRun, "step=enrich"));
  await viewer.ready();
  return viewer;
}

const clipboard = (viewer) => viewer.page.evaluate(() => navigator.clipboard.readText());

// Waits until the clipboard holds what `test` wants; a copy is on its way for a moment.
async function copied(viewer, test) {
  let text;
  for (let i = 0; i < 200; ++i) {
    text = await clipboard(viewer);
    if (test(text))
      return text;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`copied: ${text}`);
}

async function placeOf(viewer, role, name, dx, dy) {
  const [x, y] = (await viewer.find(role, name)).rect;
  return [x + dx, y + dy];
}

test("a log is selected by mouse and copied with Ctrl+C", async () => {
  const viewer = await openFailedStep();
  const [x, y] = await placeOf(viewer, "log", "Logs", 50, 9);
  await viewer.page.mouse.move(x, y);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(x + 300, y + 19, { steps: 5 });
  await viewer.page.mouse.move(x + 700, y + 19, { steps: 5 });
  await viewer.page.mouse.up();
  await viewer.page.keyboard.press("Control+c");
  await copied(viewer, (text) => text === "attempt 1: 429, retry after 1000 ms\nattempt 2: 429, retry after 2000 ms");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("the browser's find stays its own until the log has the focus, and comes back on Escape", async () => {
  const viewer = await openFailedStep();
  await viewer.page.evaluate(() => {
    window.kept = [];
    window.addEventListener("keydown", (event) => { if (event.key === "f") window.kept.push(event.defaultPrevented); });
  });
  const kept = () => viewer.page.evaluate(() => window.kept);
  await viewer.page.keyboard.press("Control+f");
  assert.deepEqual(await kept(), [false]);
  const [x, y] = await placeOf(viewer, "log", "Logs", 400, 9);
  await viewer.page.mouse.move(x, y);
  await viewer.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await viewer.page.mouse.click(x, y);
  await viewer.until((viewer) => viewer.tree().some((node) => node.role === "log" && node.states.includes("focused")));
  await viewer.page.keyboard.press("Control+f");
  await viewer.until((viewer) => viewer.tree().some((node) => node.name === "Find in logs" && node.role === "searchbox" && node.states.includes("focused")));
  await viewer.page.keyboard.type("giving");
  await viewer.sees("1 of 1");
  await viewer.page.keyboard.press("Escape");
  await viewer.until((viewer) => !viewer.tree().some((node) => node.role === "searchbox" && node.name === "Find in logs"));
  await viewer.page.keyboard.press("Control+f");
  assert.deepEqual(await kept(), [false, true, false]);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("the viewer's menu takes the place of the browser's where it has one, and nowhere else", async () => {
  const viewer = await openFailedStep();
  await viewer.page.evaluate(() => {
    window.menus = [];
    window.addEventListener("contextmenu", (event) => window.menus.push(event.defaultPrevented));
  });
  const [x, y] = await placeOf(viewer, "log", "Logs", 200, 28);
  await viewer.page.mouse.move(x, y);
  await viewer.until((viewer) => viewer.tree().length > 0);
  await viewer.page.mouse.click(x, y, { button: "right" });
  await viewer.click("menuitem", "Copy line");
  await copied(viewer, (text) => text === "attempt 2: 429, retry after 2000 ms");
  const [listX, listY] = await placeOf(viewer, "heading", "Execution timeline", 4, 4);
  await viewer.page.mouse.click(listX, listY, { button: "right" });
  assert.deepEqual(await viewer.page.evaluate(() => window.menus), [true, false]);
  await viewer.page.close();
});

test("a row of the list gives its text by a drag, and a link that leads to its step", async () => {
  const viewer = await openFailedStep();
  const [x, y] = await placeOf(viewer, "option", "Score outlets", 42, 40);
  await viewer.page.mouse.move(x, y);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(x + 200, y, { steps: 5 });
  await viewer.page.mouse.up();
  await viewer.page.keyboard.press("Control+c");
  await copied(viewer, (text) => text === "score · AGENT");
  assert.match(viewer.page.url(), /step=enrich/); // no click

  await viewer.page.mouse.click(x, y, { button: "right" });
  await viewer.click("menuitem", "Copy link to step");
  const link = await copied(viewer, (text) => text.startsWith("http"));
  const linked = await browser.open(link);
  await linked.ready();
  await linked.until((viewer) => viewer.tree().some((node) => node.role === "option" && node.name === "Score outlets" && node.states.includes("selected")),
    null, "the step that was linked to");
  await linked.page.close();
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a log is saved as a file", async () => {
  const viewer = await openFailedStep();
  const download = viewer.page.waitForEvent("download");
  await viewer.click("button", "Save logs as a file");
  const file = await download;
  assert.equal(file.suggestedFilename(), `Journalist enrichment-${kFailedRun}-enrich.log`);
  assert.equal(await readFile(await file.path(), "utf8"),
    "attempt 1: 429, retry after 1000 ms\nattempt 2: 429, retry after 2000 ms\nattempt 3: 429, giving up\n");
  await viewer.page.close();
});

test("sections stay as they were folded when the page is loaded again, and strange storage does no harm", async () => {
  const viewer = await openFailedStep();
  const is = (state) => viewer.until((viewer, state) => viewer.tree().some((node) => node.role === "button" && node.name === "Worker" && node.states.includes(state)), state);
  await is("collapsed");
  await viewer.click("button", "Worker");
  await is("expanded");
  await viewer.page.reload();
  await is("expanded");
  await viewer.page.evaluate(() => localStorage.setItem("pravado-viewer", "\u0000 ]{ +input+ -status " + "x".repeat(100_000)));
  await viewer.page.reload();
  await is("collapsed");
  await viewer.page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("forbidden", "SecurityError"); } }));
  await viewer.page.reload();
  await is("collapsed");
  await viewer.click("button", "Worker");
  await is("expanded");
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a finger that rests on text opens the menu to copy it", async () => {
  const touch = await startBrowser({ hasTouch: true, viewport: { width: 420, height: 900 } });
  try {
    const viewer = await touch.open(server.viewer(kFailedRun, "step=enrich"));
    await viewer.ready();
    const [x, y] = await placeOf(viewer, "log", "Logs", 200, 9);
    const device = await touch.context.newCDPSession(viewer.page);
    await device.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    await viewer.find("menuitem", "Copy line");
    await device.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await viewer.find("menuitem", "Copy line");
    assert.deepEqual(viewer.errors, []);
  } finally {
    await touch.stop();
  }
});
