// Decoding a run document into the model, as WebAssembly, beside JSON.parse on the same bytes: node bench/decode.mjs
import { loadCore } from "./core.mjs";
import { finishedRun } from "./documents.mjs";
import { isMain, median, ms, print, row, times } from "./support.mjs";

const kRounds = new Map([[10_000, 21], [100_000, 5]]);

export const title = "Decoding a run document (JSON.parse with the decoding of its UTF-8, as response.json() does)";

export async function run() {
  const core = await loadCore();
  const rows = [];
  for (const [steps, rounds] of kRounds) {
    const bytes = new TextEncoder().encode(finishedRun("bench", steps));
    const taken = { ours: [], parse: [] };
    for (let round = 0; round < rounds; ++round) {
      let began = performance.now();
      JSON.parse(new TextDecoder().decode(bytes));
      taken.parse.push(performance.now() - began);

      core.setText(bytes);
      began = performance.now();
      const decoded = core._bench_decode();
      taken.ours.push(performance.now() - began);
      core._bench_forget();
      if (decoded !== steps)
        throw new Error(`${decoded} of ${steps} steps decoded`);
    }
    const [ours, parse] = [median(taken.ours), median(taken.parse)];
    rows.push(row(`${steps} steps, ${(bytes.length / 1e6).toFixed(1)} MB`, ms(ours), ms(parse), times(parse / ours), ours < parse));
  }
  return rows;
}

if (isMain(import.meta))
  print(title, await run());
