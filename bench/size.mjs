// Bytes to the first screen, as brotli delivers them: node bench/size.mjs [--where [COUNT]] [--check]
//
//     --where   also where the module's bytes are: by who wrote them, and its largest functions
//     --check   fails where the aim is missed: a stage of the tests
import { readFileSync } from "node:fs";
import { build, isMain, kRoot, print, row } from "./support.mjs";
import { functionsOf } from "./wasm_functions.mjs";

const kAim = 200_000;
// viewer-rest.wasm comes after it.
const kFirstScreen = ["index.html", "viewer.css", "boot.js", "viewer.js", "viewer.wasm"];

const kWriters = [ // the first that matches
  ["our ui", /\bpev::ui::/],
  ["our wasm", /\bpev::(wasm|gl)::|^pev_/],
  ["our shared", /\bpev::/],
  ["Dear ImGui", /\bIm[A-Z]|^ImGui|stb_|stbtt|\bim(gui)?_/i],
  ["nlohmann/json", /nlohmann/],
  ["C++ library", /\bstd::|^operator (new|delete)|__cxa/],
  ["C library and the rest", /./],
];

const kb = (bytes) => (bytes / 1000).toFixed(1);

export const title = "Bytes to the first screen, brotli";

export function run() {
  build();
  const sizes = kFirstScreen.map((name) => [name, readFileSync(`${kRoot}dist/${name}.br`).length]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  return [...sizes.map(([name, size]) => row(name, `${kb(size)} KB`)),
          row("together", `${kb(total)} KB`, `${kb(kAim)} KB (aim)`, (total / kAim).toFixed(2), total <= kAim)];
}

function where(count) {
  build();
  const { functions, dataBytes } = functionsOf(readFileSync(`${kRoot}build/web-release/wasm/viewer.wasm`)); // with names, whole
  const byWriter = new Map(kWriters.map(([writer]) => [writer, 0]));
  for (const { name, bytes } of functions) {
    const [writer] = kWriters.find(([, pattern]) => pattern.test(name));
    byWriter.set(writer, byWriter.get(writer) + bytes);
  }
  print("The module by who wrote it, before compression", [...byWriter, ["data", dataBytes]].map(([writer, bytes]) => row(writer, `${kb(bytes)} KB`)));
  const largest = functions.sort((a, b) => b.bytes - a.bytes).slice(0, count);
  print("Its largest functions", largest.map(({ name, bytes }) => row(name.slice(0, 100), `${kb(bytes)} KB`)));
}

function check(rows) {
  const total = Number.parseFloat(rows.at(-1).ours) * 1000;
  if (total <= kAim)
    return;
  console.error(`the first screen takes ${total} bytes, ${kAim} are allowed: node bench/size.mjs --where tells what they are`);
  process.exitCode = 1;
}

if (isMain(import.meta)) {
  const options = process.argv.slice(2);
  const rows = run();
  print(title, rows);
  if (options.includes("--where"))
    where(Number(options[options.indexOf("--where") + 1]) || 30);
  if (options.includes("--check"))
    check(rows);
}
