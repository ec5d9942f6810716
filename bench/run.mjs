// All benchmarks, one after the other, each in a process of its own: node bench/run.mjs [NAME...]
//
// One that fails, or hangs, does not keep the others from running.
import { spawnSync } from "node:child_process";
import { build, kRoot, setUpBrowser } from "./support.mjs";

const kAll = ["size", "decode", "logs", "open", "events", "scroll", "idle", "traffic"];
const kLongestMs = 400_000; // for one of them

build();
build("pev_bench");
setUpBrowser();
const failed = [];
for (const name of process.argv.length > 2 ? process.argv.slice(2) : kAll) {
  const { status, error } = spawnSync(process.execPath, [`bench/${name}.mjs`], { cwd: kRoot, stdio: ["ignore", "inherit", "inherit"], timeout: kLongestMs });
  if (status !== 0)
    failed.push(`${name} (${error?.code ?? `exit code ${status}`})`);
}
if (failed.length > 0) {
  console.error(`\nnot measured: ${failed.join(", ")}`);
  process.exitCode = 1;
}
