// Pages to measure, in Chromium as in the browser tests, and what Chromium itself counts about them.
import { startBrowser } from "../tests/browser/support.mjs";
import { sleep } from "./support.mjs";

const kLongest = 60_000; // ms to wait for a page
const kLongestStart = 15_000; // ms to wait for a browser to come to rest
const kQuietMs = 20; // of CPU time in a second, all of its processes together

// Calls `measure(page)` with a page of a browser of its own: no page pays for what another left behind.
export async function withPage(measure) {
  const browser = await startBrowser({ options: ["--enable-precise-memory-info", "--js-flags=--max-old-space-size=8000"] });
  try {
    browser.context.setDefaultTimeout(kLongest);
    const page = await browser.context.newPage();
    await page.addInitScript(watchTasks);
    await settled(page);
    return await measure(page);
  } finally {
    await browser.stop();
  }
}

// A browser that has just started loads pages of its own for some seconds, and what is measured meanwhile is that.
async function settled(page) {
  const browser = await page.context().browser().newBrowserCDPSession();
  const busyMs = async () => (await browser.send("SystemInfo.getProcessInfo")).processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  const end = Date.now() + kLongestStart;
  for (let before = await busyMs(), now; Date.now() < end; before = now) {
    await sleep(1000);
    now = await busyMs();
    if (now - before < kQuietMs)
      break;
  }
  await browser.detach();
}

// In the page: how long its main thread was blocked, in pieces of more than 50 ms.
function watchTasks() {
  window.__longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      window.__longTasks.push({ at: startTime, ms: duration });
  }).observe({ entryTypes: ["longtask"] });
}

// Milliseconds from navigation until `isDone`, asked in the page at each of its frames.
export async function timeUntil(page, address, isDone) {
  await page.addInitScript(`{
    const isDone = ${isDone};
    const look = () => (isDone() ? (window.__doneAt = performance.now()) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  }`);
  await page.goto(address, { timeout: kLongest });
  return until(page, () => window.__doneAt);
}

export async function until(page, test, argument = null) {
  const end = Date.now() + kLongest;
  for (;;) {
    const result = await page.evaluate(`(${test})(${JSON.stringify(argument)})`);
    if (result)
      return result;
    if (Date.now() > end)
      throw new Error(`waited in vain for ${test}`);
    await sleep(20);
  }
}

// What the browser does from now on, as Chromium's trace events: end() resolves with them. Their `tdur` is CPU time, in µs.
export async function startTrace(page) {
  const browser = await page.context().browser().newBrowserCDPSession();
  const events = [];
  browser.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => browser.on("Tracing.tracingComplete", resolve));
  await browser.send("Tracing.start", { traceConfig: { includedCategories: ["devtools.timeline"], excludedCategories: ["*"] }, transferMode: "ReportEvents" });
  return {
    async end() {
      await browser.send("Tracing.end");
      await complete;
      await browser.detach();
      return events;
    },
  };
}

// Resident memory and CPU time of the page's renderer and of the GPU process: { renderer: {bytes, cpuMs}, gpu: {…} }.
export async function processes(page) {
  const browser = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  await browser.detach();
  const { readFileSync } = await import("node:fs");
  const of = (type) => processInfo.filter((each) => each.type === type).map(({ id, cpuTime }) => ({
    bytes: Number(readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Rss:\s+(\d+)/m)[1]) * 1024,
    cpuMs: cpuTime * 1000,
  })).sort((a, b) => b.bytes - a.bytes)[0] ?? { bytes: 0, cpuMs: 0 };
  return { renderer: of("renderer"), gpu: of("GPU") };
}

// What the processes have used meanwhile.
export async function cpuDuring(page, wait) {
  const before = await processes(page);
  const began = performance.now();
  await wait();
  const elapsed = performance.now() - began;
  const after = await processes(page);
  return { renderer: (after.renderer.cpuMs - before.renderer.cpuMs) / elapsed, gpu: (after.gpu.cpuMs - before.gpu.cpuMs) / elapsed };
}
