// Requests and bytes of a run of ten minutes, streaming against polling: node bench/traffic.mjs [SECONDS]
//
// The product's own example: a document of 50 KB, events of 1.5 MB in all. The page's clock is turned, so that ten minutes pass
// in less than one.
import { until, withPage } from "./browser.mjs";
import { runningRun } from "./documents.mjs";
import { BenchServer, eventText } from "./server.mjs";
import { build, isMain, mb, percent, print, row, sleep } from "./support.mjs";

const kSteps = 80; // 50 KB
const kEventsPerSecond = 8;

export const title = "A run of ten minutes: streaming against polling, from the first request on";

// Waits until no request is under way.
async function settle(page, requests) {
  do
    await page.evaluate(() => {});
  while (requests.size > 0 && (await sleep(1), true));
}

async function watch(mode, seconds) {
  const server = await BenchServer.start();
  const run = server.addRun(mode, runningRun(mode, kSteps));
  try {
    return await withPage(async (page) => {
      let now = Date.now();
      server.now = () => now;
      const requests = new Set(); // under way
      page.on("request", (request) => { if (request.resourceType() === "fetch") requests.add(request); });
      for (const ended of ["requestfinished", "requestfailed"])
        page.on(ended, (request) => requests.delete(request));
      await page.clock.install({ time: now });
      await page.goto(server.viewer(mode, mode === "polling" ? "stream=off" : ""));
      await until(page, (mode) => window.__viewer?.stats().mode === mode, mode);
      now = Date.now() + 1000; // so far it went by itself
      await page.clock.pauseAt(now);
      for (let second = 0, id = 0; second < seconds; ++second) {
        for (let event = 0; event < kEventsPerSecond; ++event)
          run.send(eventText(++id, mode, "step.log.appended", "step-1", { logEntry: { level: "info", message: `Working on it, part ${id}`, timestamp: new Date(now).toISOString() } }, now));
        now += 1000;
        await page.clock.runFor(1000);
        await settle(page, requests);
      }
      return { requests: run.requests, bytes: run.bytes };
    });
  } finally {
    await server.stop();
  }
}

export async function run(seconds = 600) {
  build();
  const [live, polling] = await Promise.all([watch("live", seconds), watch("polling", seconds)]);
  const fewer = (what) => 1 - live[what] / polling[what];
  return [
    row(`requests in ${seconds} s`, `${live.requests}`, `${polling.requests}`, `${percent(fewer("requests"))} fewer`, fewer("requests") >= 0.95),
    row(`bytes in ${seconds} s`, mb(live.bytes), mb(polling.bytes), `${percent(fewer("bytes"))} fewer`, fewer("bytes") >= 0.9),
  ];
}

if (isMain(import.meta))
  print(title, await run(Number(process.argv[2]) || undefined));
