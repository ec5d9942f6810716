// Requests and bytes of a run that goes on, streaming against polling: node bench/traffic.mjs [SECONDS]
//
// The mission document's example is a run of ten minutes with a document of 50 KB. What is counted here is a minute of it: both ways
// go on evenly.
import { until, withPage } from "./browser.mjs";
import { runningRun } from "./documents.mjs";
import { BenchServer, eventText } from "./server.mjs";
import { build, isMain, mb, percent, print, row, sleep } from "./support.mjs";

const kSteps = 80; // 50 KB
const kEventsPerSecond = 8; // 1.5 MB in ten minutes

export const title = "Streaming against polling";

async function watch(server, id, seconds) {
  const run = server.addRun(id, runningRun(id, kSteps));
  return withPage(async (page) => {
    await page.goto(server.viewer(id, id === "polling" ? "stream=off" : ""));
    await until(page, (mode) => window.__viewer?.stats().mode === mode, id === "polling" ? "polling" : "live");
    const [requests, bytes] = [run.requests, run.bytes];
    for (let sent = 0; sent < seconds * kEventsPerSecond; ++sent) {
      run.send(eventText(sent + 1, id, "step.log.appended", "step-1", { logEntry: { level: "info", message: `Working on it, part ${sent}`, timestamp: new Date().toISOString() } }));
      await sleep(1000 / kEventsPerSecond);
    }
    return { requests: run.requests - requests, bytes: run.bytes - bytes };
  });
}

export async function run(seconds = 60) {
  build();
  const server = await BenchServer.start();
  const [live, polling] = await Promise.all([watch(server, "live", seconds), watch(server, "polling", seconds)]);
  await server.stop();
  const fewer = (what) => 1 - live[what] / polling[what];
  return [
    row(`requests in ${seconds} s`, `${live.requests}`, `${polling.requests}`, `${percent(fewer("requests"))} fewer`, fewer("requests") >= 0.95),
    row(`bytes in ${seconds} s`, mb(live.bytes), mb(polling.bytes), `${percent(fewer("bytes"))} fewer`, fewer("bytes") >= 0.9),
  ];
}

if (isMain(import.meta))
  print(title, await run(Number(process.argv[2]) || undefined));
