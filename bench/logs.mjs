// A million log lines: taking them in, the memory they need, finding a text in them: node bench/logs.mjs
import { loadCore } from "./core.mjs";
import { withPage } from "./browser.mjs";
import { BenchServer } from "./server.mjs";
import { setUpBrowser, isMain, mb, median, ms, print, row, times } from "./support.mjs";

const kLines = 1_000_000;
const kLinesOfXterm = 100_000; // enough to know its rate
const kRounds = 5;
const kEnough = 256 << 20; // memory for all of them
const kShort = 16 << 20; // for a seventh

export const title = "A million log lines";

async function xterm() {
  setUpBrowser();
  const server = await BenchServer.start();
  const taken = await withPage(async (page) => {
    await page.goto(server.baseline("xterm"));
    return page.evaluate((lines) => window.__append(lines), kLinesOfXterm);
  });
  await server.stop();
  return kLinesOfXterm / taken * 1000;
}

function timed(work) {
  const began = performance.now();
  const result = work();
  return { taken: performance.now() - began, result };
}

// An entry that was written over thirty thousand times, beside one of as many bytes that was not: the first frame that has it,
// a frame later, a search in it.
function writtenOver(core) {
  const kFrames = 200;
  const rounds = { states: [], plain: [] };
  for (let round = 0; round < kRounds; ++round) {
    for (const [name, states] of [["states", 30_000], ["plain", 0]]) {
      core._bench_entry(states);
      const first = timed(() => core._bench_frame(false)).taken;
      const later = timed(() => { for (let i = 0; i < kFrames; ++i) core._bench_frame(false); }).taken / kFrames;
      const search = timed(() => core._bench_frame(true)).taken;
      rounds[name].push({ first, later, search });
    }
  }
  core._bench_forget();
  const of = (name, what) => median(rounds[name].map((round) => round[what]));
  return [["the first frame with it", "first", 20], ["a frame while it is scrolled", "later", 1.1], ["a search in it", "search", 1.1]].map(([words, what, most]) => {
    const ratio = of("states", what) / of("plain", what);
    return row(`an entry of 30,000 states, 3.5 MB: ${words}`, ms(of("states", what)), `${ms(of("plain", what))} (never written over)`, times(ratio), ratio <= most);
  });
}

export async function run() {
  const core = await loadCore();
  const rounds = [];
  for (let round = 0; round < kRounds; ++round) {
    core._bench_forget();
    const text = core._bench_lines(kLines);
    const before = core._bench_used_bytes();
    const append = timed(() => core._bench_append(kEnough));
    const used = core._bench_used_bytes() - before;
    const first = timed(() => core._bench_search_first());
    const all = timed(() => core._bench_search_rest());
    rounds.push({ rate: kLines / append.taken * 1000, memory: used / text, text, first: first.taken, all: first.taken + all.taken, hits: all.result });
  }
  core._bench_forget();
  const short = [];
  for (let round = 0; round < kRounds; ++round) {
    core._bench_forget();
    core._bench_lines(kLines);
    short.push(kLines / timed(() => core._bench_append(kShort)).taken * 1000);
  }
  core._bench_forget();
  const of = (what) => median(rounds.map((round) => round[what]));
  const theirs = await xterm();
  return [
    row("lines a second, against xterm.js", Math.round(of("rate")).toLocaleString("en"), Math.round(theirs).toLocaleString("en"), times(of("rate") / theirs), of("rate") >= 1e6),
    row("lines a second, six of seven dropped again", Math.round(median(short)).toLocaleString("en"), "1,000,000 (aim)", "", median(short) >= 1e6),
    row(`memory, of ${mb(of("text"))} of text`, times(of("memory")), "1.5 × (aim)", "", of("memory") <= 1.5),
    row("search: first hit, in the middle", ms(of("first")), "50 ms (aim)", "", of("first") <= 50),
    row(`search: all ${of("hits")} hits`, ms(of("all")), "300 ms (aim)", "", of("all") <= 300),
    ...writtenOver(core),
  ];
}

if (isMain(import.meta))
  print(title, await run());
