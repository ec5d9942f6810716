// All benchmarks, one after the other: node bench/run.mjs [NAME...]
import { print } from "./support.mjs";

const kAll = ["size", "decode", "logs", "open", "events", "scroll", "idle", "traffic"];

for (const name of process.argv.length > 2 ? process.argv.slice(2) : kAll) {
  const { title, run } = await import(`./${name}.mjs`);
  print(title, await run());
}
