// The deciding code as a module for node (core.cpp).
import { build, kRoot } from "./support.mjs";

export async function loadCore() {
  build("pev_bench");
  const { default: create } = await import(`${kRoot}build/web-release/bench/pev_bench.mjs`);
  const core = await create();
  core.setText = (bytes) => {
    const place = core._bench_text(bytes.length); // may make a new HEAPU8
    core.HEAPU8.set(bytes, place);
  };
  return core;
}
