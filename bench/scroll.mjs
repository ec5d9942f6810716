// The CPU part of a frame while the list of a hundred thousand steps is scrolled: node bench/scroll.mjs [STEPS]
import { startTrace, until, withPage } from "./browser.mjs";
import { finishedRun } from "./documents.mjs";
import { BenchServer } from "./server.mjs";
import { build, isMain, ms, percentile, print, row, sleep } from "./support.mjs";

const kFrames = 300;
const kJumpEvery = 50; // frames: to somewhere else in the list; between the jumps row by row

export const title = "Scrolling";

// In the page: turns the wheel at each of the browser's frames; resolves with how long the viewer's took.
function turnTheWheel({ frames: wanted, jumpEvery }) {
  const canvas = document.querySelector("canvas");
  const turn = (deltaY) => canvas.dispatchEvent(new WheelEvent("wheel", { deltaY, clientX: 300, clientY: 500, bubbles: true, cancelable: true }));
  return new Promise((resolve) => {
    const taken = [];
    let seen = window.__viewer.stats().frames;
    const look = () => {
      const { frames, lastFrameCpuMs } = window.__viewer.stats();
      if (frames !== seen)
        taken.push(lastFrameCpuMs);
      seen = frames;
      if (taken.length >= wanted)
        return resolve(taken);
      turn(taken.length % jumpEvery === jumpEvery - 1 ? 100_000 : 180);
      return requestAnimationFrame(look);
    };
    look();
  });
}

// CPU time of the viewer's frames, in ms. turnTheWheel() has callbacks of its own between them.
function cpuOfFrames(trace) {
  const viewers = trace.filter(({ name, args }) => name === "FunctionCall" && args.data.url?.endsWith("/viewer.js"));
  const isIn = ({ ts, dur }) => viewers.some((call) => call.ts >= ts && call.ts <= ts + dur);
  return trace.filter((event) => event.name === "FireAnimationFrame" && isIn(event)).map(({ tdur }) => tdur / 1000);
}

export async function run(steps = 100_000) {
  build();
  const server = await BenchServer.start();
  server.addRun("bench", finishedRun("bench", steps));
  const frames = await withPage(async (page) => {
    await page.goto(server.viewer("bench"));
    await until(page, () => window.__viewer?.stats().ready);
    await sleep(2000);
    const trace = await startTrace(page);
    const taken = await page.evaluate(turnTheWheel, { frames: kFrames, jumpEvery: kJumpEvery });
    return { taken, cpu: cpuOfFrames(await trace.end()) };
  });
  await server.stop();
  const [usual, worst] = [percentile(frames.cpu, 0.95), Math.max(...frames.cpu)];
  return [
    row(`${steps} steps, ${frames.cpu.length} frames: CPU, 95th percentile`, ms(usual), "4 ms (aim)", "", usual <= 4),
    row("CPU, slowest", ms(worst), "16 ms (aim)", "", worst <= 16),
    row("by the clock, where others want the processor too: 95th percentile", ms(percentile(frames.taken, 0.95))),
    row("by the clock, slowest", ms(Math.max(...frames.taken)), "16 ms (aim)", "", Math.max(...frames.taken) <= 16),
  ];
}

if (isMain(import.meta))
  print(title, await run(Number(process.argv[2]) || undefined));
