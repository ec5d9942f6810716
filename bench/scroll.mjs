// The CPU part of a frame while the list of a hundred thousand steps is scrolled: node bench/scroll.mjs [STEPS]
import { until, withPage } from "./browser.mjs";
import { finishedRun } from "./documents.mjs";
import { BenchServer } from "./server.mjs";
import { build, isMain, ms, percentile, print, row, sleep } from "./support.mjs";

const kFrames = 300;
const kJumpEvery = 50; // frames: to somewhere else in the list; between the jumps row by row

export const title = "Scrolling";

// In the page: turns the wheel at each of the browser's frames; resolves with the CPU part of the viewer's.
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

export async function run(steps = 100_000) {
  build();
  const server = await BenchServer.start();
  server.addRun("bench", finishedRun("bench", steps));
  const frames = await withPage(async (page) => {
    await page.goto(server.viewer("bench"));
    await until(page, () => window.__viewer?.stats().ready);
    await sleep(2000);
    return page.evaluate(turnTheWheel, { frames: kFrames, jumpEvery: kJumpEvery });
  });
  await server.stop();
  const [usual, worst] = [percentile(frames, 0.95), Math.max(...frames)];
  return [
    row(`${steps} steps, ${frames.length} frames: 95th percentile`, ms(usual), "4 ms (aim)", "", usual <= 4),
    row("slowest", ms(worst), "16 ms (aim)", "", worst <= 16),
  ];
}

if (isMain(import.meta))
  print(title, await run(Number(process.argv[2]) || undefined));
