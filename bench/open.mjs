// Navigation until a run of 10, 10,000, 100,000 steps is on screen, beside a plain React page: node bench/open.mjs [STEPS...]
import { finishedRun } from "./documents.mjs";
import { processes, timeUntil, withPage } from "./browser.mjs";
import { BenchServer } from "./server.mjs";
import { build, setUpBrowser, isMain, mb, median, ms, print, row, times } from "./support.mjs";

const kRounds = new Map([[10, 7], [10_000, 3], [100_000, 1]]);
const kAimMs = new Map([[10_000, 500], [100_000, 3000]]);
const kAimBytes = new Map([[100_000, 500e6]]);
const kAimBlockedMs = 100; // at a time, after the first paint

export const title = "Navigation until the run is drawn";

async function open(address, isDone) {
  return withPage(async (page) => {
    const time = await timeUntil(page, address, isDone);
    const blocked = await page.evaluate(() => {
      const [paint] = performance.getEntriesByName("first-paint");
      return Math.max(0, ...window.__longTasks.filter(({ at }) => at >= (paint?.startTime ?? 0)).map(({ ms }) => ms));
    });
    return { time, blocked, bytes: (await processes(page)).renderer.bytes };
  });
}

export async function run(sizes = [...kRounds.keys()]) {
  build();
  setUpBrowser();
  const server = await BenchServer.start();
  const rows = [];
  for (const steps of sizes) {
    server.addRun("bench", finishedRun("bench", steps));
    const rounds = { ours: [], react: [] };
    for (let round = 0; round < (kRounds.get(steps) ?? 3); ++round) {
      rounds.ours.push(await open(server.viewer("bench"), () => window.__viewer?.stats().ready));
      rounds.react.push(await open(server.baseline("react", "run=bench"), () => window.__stats?.drawn));
    }
    const of = (who, what) => median(rounds[who].map((round) => round[what]));
    const ratio = of("react", "time") / of("ours", "time");
    const aim = kAimMs.get(steps);
    rows.push(
      row(`${steps} steps drawn, against React`, ms(of("ours", "time")), ms(of("react", "time")), times(ratio), aim ? of("ours", "time") <= aim : ratio >= 2),
      row(`${steps} steps, renderer's memory`, mb(of("ours", "bytes")), mb(of("react", "bytes")), times(of("react", "bytes") / of("ours", "bytes")),
          kAimBytes.has(steps) ? of("ours", "bytes") <= kAimBytes.get(steps) : null),
      row(`${steps} steps, longest block after the first paint`, ms(of("ours", "blocked")), ms(of("react", "blocked")), "", of("ours", "blocked") <= kAimBlockedMs));
  }
  await server.stop();
  return rows;
}

if (isMain(import.meta))
  print(title, await run(process.argv.length > 2 ? process.argv.slice(2).map(Number) : undefined));
