// Ten thousand events at once, and ten thousand a second for half a minute: node bench/events.mjs [SECONDS]
import { until, withPage } from "./browser.mjs";
import { runningRun } from "./documents.mjs";
import { BenchServer, eventText } from "./server.mjs";
import { build, setUpBrowser, isMain, median, ms, percent, percentile, print, row, sleep, times } from "./support.mjs";

const kBurst = 10_000;
const kPerSecond = 10_000;
const kEveryMs = 10;
const kSteps = 10;
const kFrames = 2; // from an event's arrival until it is drawn
const kTwoFramesMs = kFrames * 1000 / 60; // on a screen that keeps up

export const title = "Events of a stream";

// Events that all change something: log lines, each its own text.
function* lines(run) {
  for (let id = 1; ; ++id)
    yield eventText(id, run, "step.log.appended", `step-${(id % kSteps) + 1}`, { logEntry: { level: "info", message: `line ${id}`, timestamp: new Date().toISOString() } });
}

const take = (source, count) => Array.from({ length: count }, () => source.next().value).join("");

async function burst(server, address, applied) {
  return withPage(async (page) => {
    const run = server.addRun("bench", runningRun("bench", kSteps));
    await page.goto(address);
    while (run.streams.size === 0)
      await sleep(20);
    await sleep(500);
    const text = take(lines("bench"), kBurst);
    const began = Date.now();
    run.send(text);
    await page.evaluate(`new Promise((resolve) => {
      const end = Date.now() + 20000;
      const look = () => ((${applied})() >= ${kBurst} || Date.now() > end ? resolve() : requestAnimationFrame(look));
      look();
    })`);
    return { time: Date.now() - began, applied: await page.evaluate(applied) };
  });
}

async function sustained(server, seconds) {
  return withPage(async (page) => {
    const run = server.addRun("bench", runningRun("bench", kSteps));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    const busy = async () => Object.fromEntries((await devtools.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value])).TaskDuration;
    await page.goto(server.viewer("bench"));
    await until(page, () => window.__viewer?.stats().mode === "live");
    await page.evaluate(() => {
      window.__drawn = []; // [receivedAt, drawnAt]
      window.__frames = []; // when they began, by the browser
      // Often, a few at a time: asking is work, too.
      setInterval(() => window.__drawn.push(...window.__viewer.drain().map(({ receivedAt, drawnAt }) => [receivedAt, drawnAt])), 50);
      const look = (at) => {
        window.__frames.push(performance.timeOrigin + at);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const source = lines("bench");
    const before = await busy();
    const began = performance.now();
    for (let sent = 0; sent < seconds * kPerSecond;) {
      const due = Math.min(seconds * kPerSecond, Math.floor((performance.now() - began) * kPerSecond / 1000));
      if (due > sent)
        run.send(take(source, due - sent));
      sent = due;
      await sleep(kEveryMs);
    }
    const share = (await busy() - before) / ((performance.now() - began) / 1000);
    await sleep(2000);
    return { share, ...(await page.evaluate(() => ({ drawn: window.__drawn, frames: window.__frames }))), applied: (await page.evaluate(() => window.__viewer.stats())).eventsApplied };
  });
}

// How many of the browser's frames began after an event's arrival until it was drawn.
function framesUntilDrawn(drawn, frames) {
  let first = 0;
  return [...drawn].sort(([a], [b]) => a - b).map(([receivedAt, drawnAt]) => {
    while (frames[first] < receivedAt)
      ++first;
    let end = first;
    while (frames[end] <= drawnAt)
      ++end;
    return end - first;
  });
}

export async function run(seconds = 30) {
  build();
  setUpBrowser();
  const server = await BenchServer.start();
  const ours = await burst(server, server.viewer("bench"), () => window.__viewer.stats().eventsApplied);
  const react = await burst(server, server.baseline("react", "run=bench"), () => window.__stats.events);
  const bare = await burst(server, server.baseline("eventsource", "run=bench"), () => window.__stats.events);
  const long = await sustained(server, seconds);
  await server.stop();
  const wanted = seconds * kPerSecond;
  const late = percentile(long.drawn.map(([receivedAt, drawnAt]) => drawnAt - receivedAt), 0.99);
  const frames = percentile(framesUntilDrawn(long.drawn, long.frames), 0.99);
  const apart = median(long.frames.slice(1).map((at, before) => at - long.frames[before]));
  return [
    row(`burst of ${kBurst}: until all are drawn`, ms(ours.time), ms(react.time), times(react.time / ours.time), ours.applied === kBurst && ours.time <= 200),
    row(`burst of ${kBurst}: beside an EventSource that only counts`, ms(ours.time), ms(bare.time), times(bare.time / ours.time)),
    row(`burst of ${kBurst}: applied`, `${ours.applied}`, `${react.applied}`, "", ours.applied === kBurst),
    row(`${kPerSecond} a second for ${seconds} s: applied`, `${long.applied} of ${wanted}`, "", "", long.applied === wanted),
    row("received until drawn, 99th percentile, frames", `${frames}`, `${kFrames} (aim)`, "", frames <= kFrames),
    row(`the same in time, where a frame comes every ${ms(apart)}`, ms(late), `${ms(kTwoFramesMs)} (aim)`, "", late <= kTwoFramesMs),
    row("main thread busy", percent(long.share), "50 % (aim)", "", long.share < 0.5),
  ];
}

if (isMain(import.meta))
  print(title, await run(Number(process.argv[2]) || undefined));
