// The page in Firefox: it opens, goes live, reacts, and is embedded. WebGL 2 works there in a window only, on a display in memory.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { hostPage, startHost } from "./hosts.mjs";
import { startServer } from "./support.mjs";

const kPatience = 60_000; // ms; with software graphics on a busy machine

let display;
let browser;
let server;
let host;
before(async () => {
  host = await startHost(() => hostPage(`${server.address}embed.js`));
  server = await startServer("--embed-origin", host.origin);
  display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(display.stdio[3], "data");
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
    headless: false,
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, LIBGL_ALWAYS_SOFTWARE: "1" },
    protocolTimeout: kPatience,
    defaultViewport: { width: 1200, height: 800 },
  });
});
after(async () => {
  await browser?.close();
  display?.kill();
  await server?.stop();
  host?.stop();
});

// Waits until `test` is true in the frame; returns what it returned.
async function until(frame, test, argument) {
  const end = Date.now() + kPatience;
  let seen;
  do {
    seen = await frame.evaluate(test, argument).catch((error) => { seen = error; }); // a page that is just loading
    if (seen)
      return seen;
    await sleep(100);
  } while (Date.now() < end);
  throw new Error(`waited in vain for ${test}: ${seen}\n${await frame.evaluate(() => window.__viewer?.text() ?? document.body.innerText)}`);
}

const isIn = (mode) => `window.__viewer?.stats().mode === "${mode}" && window.__viewer.stats().ready`;
const heading = (name) => `window.__viewer.tree().some((node) => node.role === "heading" && node.name === "${name}")`;

test("in Firefox the page goes live, shows events and takes clicks", async () => {
  const run = await server.heldRun();
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(server.viewer(run));
  await until(page.mainFrame(), isIn("live"));
  await server.control({ do: "next", runId: run, events: 6 });
  await until(page.mainFrame(), "window.__viewer.stats().eventsApplied >= 6");
  const [x, y, width, height] = await until(page.mainFrame(),
    'window.__viewer.tree().find((node) => node.role === "option" && node.name.includes("Research outlets"))?.rect');
  await page.mouse.click(x + width / 2, y + height / 2);
  await until(page.mainFrame(), heading("Research outlets"));
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  await until(page.mainFrame(), isIn("final"));
  assert.deepEqual(errors, []);
  await page.close();
});

test("in Firefox a page of another site embeds the viewer", async () => {
  const run = await server.heldRun();
  const page = await browser.newPage();
  await page.goto(host.origin);
  await until(page.mainFrame(), "window.hostIsReady");
  await page.evaluate((options) => window.mount(options), { src: `${server.address}index.html?probe=1`, run });
  await until(page.mainFrame(), 'window.heard.some(({ event, mode }) => event === "mode" && mode === "live")');
  await page.evaluate(() => window.viewer.selectStep("research"));
  const frame = page.frames().find((each) => each.url().includes(run));
  await until(frame, heading("Research outlets"));
  await until(page.mainFrame(), 'window.heard.some(({ event, step }) => event === "selection" && step === "research")');
  assert.equal(await page.evaluate(() => document.activeElement.id), "field");
  await page.evaluate(() => window.viewer.destroy());
  assert.equal(page.frames().length, 1);
  await page.close();
});
