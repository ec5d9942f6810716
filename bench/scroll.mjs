// The CPU part of a frame while the list of a hundred thousand steps is scrolled: node bench/scroll.mjs [STEPS]
import { until, withPage } from "./browser.mjs";
import { finishedRun } from "./documents.mjs";
import { BenchServer } from "./server.mjs";
import { build, isMain, ms, percentile, print, row, sleep } from "./support.mjs";

const kTurns = 400; // of the wheel

export const title = "Scrolling";

export async function run(steps = 100_000) {
  build();
  const server = await BenchServer.start();
  server.addRun("bench", finishedRun("bench", steps));
  const frames = await withPage(async (page) => {
    await page.goto(server.viewer("bench"));
    await until(page, () => window.__viewer?.stats().ready);
    await sleep(2000);
    await page.evaluate(() => {
      window.__frames = [];
      let seen = window.__viewer.stats().frames;
      const look = () => {
        const { frames, lastFrameCpuMs } = window.__viewer.stats();
        if (frames !== seen)
          window.__frames.push(lastFrameCpuMs);
        seen = frames;
        requestAnimationFrame(look);
      };
      look();
    });
    await page.mouse.move(300, 500);
    for (let turn = 0; turn < kTurns; ++turn)
      await page.mouse.wheel(0, turn % 100 === 0 ? 100_000 : 180);
    await sleep(1000);
    return page.evaluate(() => window.__frames);
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
