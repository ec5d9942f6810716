// What the benchmarks share: how a result is told, and how what they measure is built.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const kRoot = fileURLToPath(new URL("..", import.meta.url));

// Whether node was started with this file.
export const isMain = (meta) => process.argv[1] === fileURLToPath(meta.url);

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

// One line of a benchmark: what was measured, in words; whether the aim is met, where there is one.
export const row = (what, ours, baseline = "", ratio = "", met = null) => ({ what, ours, baseline, ratio, met });
export const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
export const times = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ×`;
export const percent = (share) => `${(100 * share).toFixed(1)} %`;

export function print(title, rows) {
  const columns = ["what", "ours", "baseline", "ratio"];
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
  const line = (cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  ");
  console.log(`\n${title}\n${line(columns)}`);
  for (const row of rows)
    console.log(`${line(columns.map((name) => row[name]))}${row.met === null ? "" : row.met ? "  met" : "  MISSED"}`);
}

export function build(...targets) {
  const { status } = spawnSync("python3", ["scripts/build.py", "web-release", ...targets], { cwd: kRoot, stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new Error("the build has failed, see above");
}

// The browser, and the packages that the baselines are made of.
export function setUpBrowser() {
  const { status } = spawnSync("python3", ["scripts/setup.py", "browser"], { cwd: kRoot, stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new Error("the browser can't be set up, see above");
}
