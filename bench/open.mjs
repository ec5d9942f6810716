// Navigation until a run of 10, 10,000, 100,000 steps is on screen, beside a plain React page: node bench/open.mjs [STEPS...]
import { finishedRun } from "./documents.mjs";
import { processes, timeUntil, withPage } from "./browser.mjs";
import { BenchServer } from "./server.mjs";
import { build, setUpBrowser, isMain, mb, median, ms, print, row, times } from "./support.mjs";

const kRounds = new Map([[10, 7], [10_000, 3], [100_000, 1]]);
const kMostOfReact = 10_000; // with more it takes minutes and gigabytes
const kAimMs = new Map([[10_000, 500], [100_000, 3000]]);
const kAimBytes = new Map([[100_000, 500e6]]);
const kAimBlockedMs = 100; // at a time, after the first paint

export const title = "Navigation until the run is drawn";

// Each page marks the moment at which the run is drawn.
const isMarked = () => performance.getEntriesByName("run-drawn").length > 0;

async function open(address, isDone) {
  return withPage(async (page) => {
    const complete = await timeUntil(page, address, isDone);
    const blocked = await page.evaluate(() => {
      const [paint] = performance.getEntriesByName("first-paint");
      return Math.max(0, ...window.__longTasks.filter(({ at }) => at >= (paint?.startTime ?? 0)).map(({ ms }) => ms));
    });
    const drawn = await page.evaluate(() => performance.getEntriesByName("run-drawn")[0].startTime);
    return { drawn, complete, blocked, bytes: (await processes(page)).renderer.bytes };
  });
}

function compare(steps, rounds) {
  const of = (who, what) => median(rounds[who].map((round) => round[what]));
  const line = (what, name, format, isMet) => {
    const ours = of("ours", name);
    const react = rounds.react.length > 0 ? of("react", name) : null;
    return row(`${steps} steps, ${what}`, format(ours), react === null ? "" : format(react), react === null ? "" : times(react / ours), isMet(ours, react));
  };
  const [ours, triangle] = [of("ours", "drawn"), of("webgl", "drawn")];
  return [
    row(`${steps} steps, drawn, beside a triangle in WebGL`, ms(ours), ms(triangle), times(triangle / ours)),
    line("drawn, against React", "drawn", ms, (ours, react) => (kAimMs.has(steps) ? ours <= kAimMs.get(steps) : ours <= react / 2)),
    line("all of the viewer there", "complete", ms, () => null),
    line("renderer's memory", "bytes", mb, (ours) => (kAimBytes.has(steps) ? ours <= kAimBytes.get(steps) : null)),
    line("longest block after the first paint", "blocked", ms, (ours) => ours <= kAimBlockedMs),
  ];
}

export async function run(sizes = [...kRounds.keys()]) {
  build();
  setUpBrowser();
  const server = await BenchServer.start();
  const rows = [];
  for (const steps of sizes) {
    server.addRun("bench", finishedRun("bench", steps));
    const rounds = { ours: [], react: [], webgl: [] };
    for (let round = 0; round < (kRounds.get(steps) ?? 3); ++round) {
      rounds.ours.push(await open(server.viewer("bench"), () => window.__viewer?.stats().ready));
      rounds.webgl.push(await open(server.baseline("webgl", "run=bench"), isMarked));
      if (steps <= kMostOfReact)
        rounds.react.push(await open(server.baseline("react", "run=bench"), isMarked));
    }
    rows.push(...compare(steps, rounds));
  }
  await server.stop();
  return rows;
}

if (isMain(import.meta))
  print(title, await run(process.argv.length > 2 ? process.argv.slice(2).map(Number) : undefined));
