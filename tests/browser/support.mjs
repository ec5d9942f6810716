// What the browser tests share: serve.py on a free port, Chromium with WebGL 2, and the viewer seen as a user sees it,
// through the probe (docs/PAGE.md#probe).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";

export const kRoot = new URL("../..", import.meta.url).pathname;
const kPatience = 30_000; // ms: a shared machine may be slow; nothing here measures time

// What the browser itself says of answers that it can't use. The viewer is told as well, and shows it.
const kNetworkErrors = /^(Failed to load resource|EventSource's response has )/;

// WebGL 2 in software, and no network but ours.
const kChromiumOptions = [
  "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
];

export async function startServer(...options) {
  const child = spawn("python3", ["serve.py", "--no-build", "--port", "0", "--control", ...options], {
    cwd: kRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/http:\/\/\S+?\/(?=\s|$)/)?.[0];
    if (address)
      return new Server(child, address);
  }
  throw new Error("serve.py ended without an address");
}

class Server {
  constructor(child, address) {
    this.child = child;
    this.address = address;
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null)
      return;
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
  }

  async control(command) {
    const answer = await fetch(`${this.address}demo/control`, { method: "POST", body: JSON.stringify(command) });
    const body = await answer.json();
    if (!answer.ok)
      throw new Error(`${JSON.stringify(command)}: ${body.error}`);
    return body;
  }

  // A run that stands still until it is told to go on.
  async heldRun(playbook = "product-launch") {
    return (await this.control({ do: "start", playbook, held: true })).runId;
  }

  // Puts a fault in effect (serve.py --help lists them), for one run only. Returns the number by which it is cleared.
  async fault(run, fault) {
    return (await this.control({ do: "fault", fault, runId: run })).number;
  }

  async clear(run) {
    return (await this.control({ do: "clear", runId: run })).faults;
  }

  // How often each fault of the run has struck.
  async struck(run) {
    const { faults } = await this.control({ do: "faults" });
    return Object.fromEntries(faults.filter((fault) => fault.runId === run).map(({ fault, struck }) => [fault, struck]));
  }

  async stats(run) {
    return (await fetch(`${this.address}demo/stats?run=${run}`)).json();
  }

  // What the server knows of the run, in the words of the probe's model(). Not for a run whose fetches are spoilt.
  async truth(run) {
    const { data } = await (await fetch(`${this.address}api/v1/playbook-runs/${run}`)).json();
    const steps = data.steps.map(({ key, state, attempt, logs }) => ({ key, state, attempt, logs: logs ?? [] }));
    return { state: data.state, steps };
  }

  // What the server has counted, once it is `wanted` and no request of the viewer's is on its way. After a while it is returned
  // as it is: the assertion that follows says what is wrong with it.
  async settledStats(run, viewer, wanted = () => true) {
    const end = Date.now() + kPatience;
    let stats = await this.stats(run);
    for (;;) {
      await sleep(300);
      const next = await this.stats(run);
      const settled = JSON.stringify(next) === JSON.stringify(stats) && viewer.requests.size === 0 && wanted(stats);
      if (settled || Date.now() > end)
        return next;
      stats = next;
    }
  }

  viewer(run, query = "") {
    return `${this.address}app/playbooks/runs/${encodeURIComponent(run)}?probe=1&${query}`;
  }
}

// A browser for one test file. `options` go to Chromium as they are.
export async function startBrowser({ options = [], ...launch } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "pev-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: [...kChromiumOptions, ...options],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    ...launch,
  });
  context.setDefaultTimeout(kPatience);
  return {
    context,
    async open(address, prepare = async () => {}) {
      const page = await context.newPage();
      const viewer = new Viewer(page);
      await throttle(page);
      await page.addInitScript(keepModes);
      await prepare(page);
      await page.goto(address);
      return viewer;
    },
    async stop() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// A server and a browser for all tests of a file, which end with it.
export async function startBoth({ server: serverOptions = [], browser: browserOptions = {} } = {}) {
  const server = await startServer(...serverOptions);
  after(() => server.stop());
  const browser = await startBrowser(browserOptions);
  after(() => browser.stop());
  return { server, browser };
}

// In the page: keeps the modes that the viewer goes through, so that a test that is late sees them all.
function keepModes() {
  window.__modes = [];
  setInterval(() => {
    const mode = window.__viewer?.stats().mode;
    if (mode && mode !== window.__modes.at(-1))
      window.__modes.push(mode);
  }, 20);
}

// CPU_THROTTLING=4 makes pages four times slower: tests that only pass on a quick machine are found that way.
async function throttle(page) {
  if (!process.env.CPU_THROTTLING)
    return;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.CPU_THROTTLING) });
}

// For open(): lets hide() and show() say to the page what a browser says when another tab comes to the front. Headless Chromium
// calls every page visible, wherever it is. A hidden page gets no frames.
export function canBeHidden(page, isHidden = false) {
  return page.addInitScript((isHidden) => {
    let hidden = isHidden;
    const held = [];
    const drawsFrames = window.requestAnimationFrame.bind(window);
    // One that was asked for before waits as well.
    window.requestAnimationFrame = (callback) => drawsFrames((time) => (hidden ? held.push(callback) : callback(time)));
    Object.defineProperty(document, "hidden", { get: () => hidden });
    Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
    window.__hide = (wanted) => {
      hidden = wanted;
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      if (!hidden)
        held.splice(0).forEach(drawsFrames);
    };
  }, isHidden);
}

// The viewer that `frame` shows; where none is given, it has the page for itself.
export class Viewer {
  constructor(page, frame = page.mainFrame()) {
    this.page = page;
    this.frame = frame;
    this.requests = new Set(); // fetches under way; a stream is none
    page.on("request", (request) => { if (request.resourceType() !== "eventsource") this.requests.add(request); });
    for (const ended of ["requestfinished", "requestfailed"])
      page.on(ended, (request) => this.requests.delete(request));
    this.errors = []; // of the page itself; a failed request is the viewer's to show, not an error of the page
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !kNetworkErrors.test(message.text()))
        this.errors.push(message.text());
    });
  }

  stats() { return this.frame.evaluate(() => window.__viewer.stats()); }
  tree() { return this.frame.evaluate(() => window.__viewer.tree()); }
  text() { return this.frame.evaluate(() => window.__viewer.text()); }
  drain() { return this.frame.evaluate(() => window.__viewer.drain()); }
  model() { return this.frame.evaluate(() => window.__viewer.model()); }

  // Waits until what the viewer knows is what the server knows: states, attempts, and each log line once and in its place.
  async agreesWith(truth) {
    const wanted = JSON.stringify(truth);
    try {
      await this.until((viewer, wanted) => JSON.stringify(viewer.model()) === wanted, wanted, "the server's truth");
    } catch (failure) {
      assert.deepEqual(await this.model(), truth); // says where they differ
      throw failure;
    }
  }

  // Waits until `test`, called in the page with the probe and `argument`, is true; returns what it returned. Asked from out
  // here: the page's policy forbids the loop in the page that playwright would make from a text.
  async until(test, argument, what = test.toString()) {
    const call = `((argument) => window.__viewer && (${test})(window.__viewer, argument))(${JSON.stringify(argument ?? null)})`;
    const end = Date.now() + kPatience;
    let failure;
    do {
      try {
        const result = await this.frame.evaluate(call);
        if (result)
          return result;
      } catch (error) {
        failure = error; // a page that is just loading; or a mistake in the test, told below
      }
      await sleep(50);
    } while (Date.now() < end);
    const seen = await this.frame.evaluate(() => window.__viewer?.text() ?? document.body.innerText).catch(() => "");
    throw new Error(`waited in vain for: ${what}\non screen:\n${seen}\nerrors: ${this.errors.join("\n")}`, { cause: failure });
  }

  hide() { return this.page.evaluate(() => window.__hide(true)); }
  show() { return this.page.evaluate(() => window.__hide(false)); }

  ready() { return this.until((viewer) => viewer.stats().ready, null, "the run on screen"); }
  // Waits until the viewer has gone through these modes in this order, since the last call; it need not be in the last one still.
  async goesThrough(...modes) {
    for (const mode of modes) {
      await this.until((viewer, mode) => {
        const found = window.__modes.indexOf(mode, window.__passed ?? 0);
        window.__passed = found < 0 ? window.__passed : found + 1;
        return found >= 0;
      }, mode, `to go through mode ${mode}`);
    }
  }

  // Waits until nothing moves on screen. Returns the number of frames drawn.
  async still() {
    const end = Date.now() + kPatience;
    for (;;) {
      const { frames } = await this.stats();
      await sleep(1200);
      if ((await this.stats()).frames === frames)
        return frames;
      assert.ok(Date.now() < end, "frames are drawn on and on");
    }
  }

  mode(wanted) { return this.until((viewer, mode) => viewer.stats().mode === mode, wanted, `mode ${wanted}`); }
  sees(wanted) { return this.until((viewer, text) => viewer.text().includes(text), wanted, `the text '${wanted}'`); }

  // The widget with this role and name, as soon as it is on screen. A name may be a part of the whole one.
  find(role, name) {
    return this.until(
      (viewer, wanted) => viewer.tree().find((node) => node.role === wanted.role && node.name.includes(wanted.name)),
      { role, name }, `${role} '${name}'`);
  }

  // Where it is on the page.
  async middle(role, name) {
    const [x, y, width, height] = (await this.find(role, name)).rect;
    const frame = this.frame.parentFrame() ? await (await this.frame.frameElement()).boundingBox() : { x: 0, y: 0 };
    return [frame.x + x + width / 2, frame.y + y + height / 2];
  }

  async click(role, name) {
    const [x, y] = await this.middle(role, name);
    await this.page.mouse.click(x, y);
  }

  async hasTitle(part) {
    const end = Date.now() + kPatience;
    while (!(await this.page.title()).includes(part)) {
      assert.ok(Date.now() < end, `the title is '${await this.page.title()}'`);
      await sleep(50);
    }
  }

  // The value of a step's row: its state, attempt and duration.
  async step(name) { return (await this.find("option", name)).value; }
}
