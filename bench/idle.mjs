// What the viewer uses while nothing happens, beside a page that only pulses a dot in CSS: node bench/idle.mjs
import { cpuDuring, until, withPage } from "./browser.mjs";
import { finishedRun, runningRun } from "./documents.mjs";
import { BenchServer } from "./server.mjs";
import { build, isMain, percent, print, row, sleep, times } from "./support.mjs";

const kSeconds = 10;

export const title = `Idle for ${kSeconds} s`;

async function idle(address, isThere, frames = () => 0) {
  return withPage(async (page) => {
    await page.goto(address);
    await until(page, isThere);
    await sleep(3000); // until the start is over
    const before = await page.evaluate(frames);
    const cpu = await cpuDuring(page, () => sleep(kSeconds * 1000));
    return { ...cpu, frames: await page.evaluate(frames) - before };
  });
}

export async function run() {
  build();
  const server = await BenchServer.start();
  const frames = () => window.__viewer.stats().frames;
  server.addRun("over", finishedRun("over", 10));
  server.addRun("live", runningRun("live", 10));
  const over = await idle(server.viewer("over"), () => window.__viewer?.stats().ready, frames);
  const live = await idle(server.viewer("live"), () => window.__viewer?.stats().mode === "live", frames);
  const pulse = await idle(server.baseline("pulse"), () => true);
  await server.stop();
  return [
    row("run finished: frames", `${over.frames}`, "0 (aim)", "", over.frames === 0),
    row("run finished: renderer's CPU", percent(over.renderer), "0 % (aim)", "", over.renderer < 0.002),
    row("live and silent: frames", `${live.frames}`),
    row("live and silent: renderer's CPU, against a CSS pulse", percent(live.renderer), percent(pulse.renderer), "", live.renderer < 0.01),
    row("live and silent: GPU process, against a CSS pulse", percent(live.gpu), percent(pulse.gpu), times(pulse.gpu / live.gpu), live.gpu < pulse.gpu / 10),
  ];
}

if (isMain(import.meta))
  print(title, await run());
