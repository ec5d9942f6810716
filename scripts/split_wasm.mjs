// Cuts the module in two: what the first picture needs, and the rest, which the page fetches while that is looked at.
//
//     node split_wasm.mjs BINARYEN LINKED FIRST REST
//
// BINARYEN is the folder of wasm-opt and wasm-split; LINKED has the names of its functions. The rest is what can be reached
// through the functions marked PEV_REST (shared/base/rest.h) only, so the cut is safe as long as these are called only where
// AppState::complete says that the rest is there. Functions whose address is taken count as reached, the kRest ones
// excepted. wasm-split leaves all data in the first part; the bytes of large tables that only the rest reads are moved here.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// How their names begin, or what is in them.
const kRest = [
  "pev::Session::carry_out(",
  "pev::Session::take_in(",
  "pev::Session::on(pev::StreamMessage,",
  "pev::Session::on_stream_url_answer(",
  "pev::Session::on_step_answer(",
  "pev::Session::merge_run(",
  "pev::Session::refresh_inspection(",
  "pev::Session::export_on(",
  "pev::Session::note_oddities(",
  "pev::Session::ask_for_what_was_unread(",
  "pev::place_earlier_errors(",
  /::Reducer\b/, // of reduce.cpp, which only events come to
  /::Updater\b/, // of update.cpp, which only actions come to
  "pev::remember_attempt(",
  "pev::is_same_json(",
  "pev::resolve_terminal(",
  "pev::read_web_address(",
  "pev::export_file_name(",
  "pev::RunExport::RunExport(pev::ExportKind,",
  "pev::StepSearch::look(",
  "pev::embed::Reporter::report(",
  "pev::wasm::HostPort::wants_height(",
  "pev::wasm::Viewer::save_picture(",
  "pev_on_complete",
  "pev_on_link_refused",
  "pev_on_composition",
  "pev_on_host_connected",
  "pev_on_host_command",
  "pev_probe",
  "pev::ui::draw_step_inspector(",
  ...["status", "worker", "logs", "input", "output", "error", "personality", "collaboration", "memory", "attempts"]
      .map((section) => `pev::ui::draw_${section}_section(`),
  "pev::ui::search_box(",
  "pev::ui::draw_all_marks(",
  "pev::ui::draw_overlays(",
  "pev::ui::draw_divider(",
  "pev::ui::draw_links_in_lines(",
  "pev::ui::draw_filter_panel(",
  // Of Dear ImGui, what nothing of ours calls.
  "ImGui::SetTooltip(",
  "ImGui::ErrorRecoveryTryToRecover", // switched off in wasm/imgui_setup.cpp
  "WindowSettingsHandler_",
];

// Headers with nothing but such tables.
const kRestTables = ["shared/base/folding_table.h"];

const [binaryen, linked, first, rest] = process.argv.slice(2);
const run = (tool, ...args) => execFileSync(join(binaryen, tool), args, { encoding: "utf8", maxBuffer: 1 << 28 });
const unescape = (name) => name.replace(/\\([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

// Who calls whom, as Graphviz text: one edge a line; what is exported or has its address taken has a style of its own, and so has
// what is imported, which can't be moved.
function readCallGraph(text) {
  const calls = new Map(); // by caller, as the names stand there
  const roots = [];
  for (const line of text.slice(text.indexOf("\n  }\n")).split("\n")) { // after the key
    const [, caller, callee] = line.match(/^ +"([^"]*)" -> "([^"]*)"/) ?? [];
    if (callee !== undefined) {
      calls.get(caller)?.push(callee) ?? calls.set(caller, [callee]);
      continue;
    }
    const [, name, style] = line.match(/^ +"([^"]*)" \[style="filled(.*)"/) ?? [];
    if (name === undefined || /turquoise/.test(style))
      continue;
    if (!calls.has(name))
      calls.set(name, []);
    if (/rounded|gray/.test(style))
      roots.push(name);
  }
  return { calls, roots };
}

function reachable({ calls, roots }, except) {
  const reached = new Set();
  for (const open = roots.filter((name) => !except.has(name)); open.length > 0;) {
    const name = open.pop();
    if (reached.has(name) || except.has(name))
      continue;
    reached.add(name);
    open.push(...(calls.get(name) ?? []));
  }
  return reached;
}

const graph = readCallGraph(run("wasm-opt", "--all-features", "--quiet", "--print-call-graph", linked, "-o", "/dev/null"));
const gates = new Set();
for (const wanted of kRest) {
  const isIt = wanted instanceof RegExp ? (name) => wanted.test(name) : (name) => name.startsWith(wanted);
  const found = [...graph.calls.keys()].filter((name) => isIt(unescape(name)));
  if (found.length === 0)
    throw new Error(`no function of the module is ${wanted}: it was renamed, or the compiler put it into its caller (mark it PEV_REST)`);
  found.forEach((name) => gates.add(name));
}
const reached = reachable(graph, gates);
const later = [...graph.calls.keys()].filter((name) => !reached.has(name));
writeFileSync(`${rest}.txt`, later.join("\n"));
run("wasm-split", "--all-features", "--split", linked, `--split-funcs=@${rest}.txt`, "--no-placeholders",
    "--import-namespace=first", "-o1", first, "-o2", rest);

// Source: WebAssembly Core Specification, 5.5 "Modules". Numbers are LEB128.
const kCodeSection = 10;
const kDataSection = 11;
const kDataCountSection = 12;

function unsigned(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7)
    bytes.push(value & 127 | 128);
  return Buffer.from([...bytes, value]);
}

function signed(value) {
  const bytes = [];
  for (; value < -64 || value > 63; value >>= 7)
    bytes.push(value & 127 | 128);
  return Buffer.from([...bytes, value & 127]);
}

class Reader {
  constructor(bytes, at = 0) { Object.assign(this, { bytes, at }); }
  number(isSigned) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value |= (byte & 127) << shift;
      if (byte < 128)
        return isSigned && byte & 64 && shift < 25 ? value | -1 << shift + 7 : value;
    }
  }
}

function sectionsOf(module) {
  const sections = [];
  for (const reader = new Reader(module, 8); reader.at < module.length;) { // after magic and version
    const start = reader.at;
    const id = reader.number();
    const size = reader.number();
    sections.push({ id, start, content: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return sections;
}

// [address, where its bytes begin in the module, their number] of each segment.
function* segmentsOf(module) {
  const section = sectionsOf(module).find(({ id }) => id === kDataSection);
  const reader = new Reader(module, section.content);
  for (let left = reader.number(); left > 0; --left) {
    const isActive = reader.number() === 0;
    const hasConstant = isActive && module[reader.at++] === 0x41; // i32.const
    if (!hasConstant)
      throw new Error("a data segment without a plain address");
    const address = reader.number(true) >>> 0;
    ++reader.at; // end of the expression
    const size = reader.number();
    yield [address, reader.at, size];
    reader.at += size;
  }
}

// Leaves zeros in the first part, which cost nothing once they are compressed.
function takeTable(module, table) {
  for (const [address, begin, size] of segmentsOf(module)) {
    const at = module.subarray(begin, begin + size).indexOf(table);
    if (at >= 0) {
      module.fill(0, begin + at, begin + at + table.length);
      return address + at;
    }
  }
  throw new Error(`a table of ${table.length} bytes is not in the module`);
}

const firstModule = readFileSync(first);
const segments = kRestTables
  .flatMap((header) => [...readFileSync(new URL(`../${header}`, import.meta.url), "utf8").matchAll(/\{\n([\d,\s]+)\};/g)])
  .map(([, numbers]) => Buffer.from(numbers.match(/\d+/g).map(Number)))
  .map((table) => Buffer.concat([
    Buffer.from([0, 0x41]), signed(takeTable(firstModule, table)), Buffer.from([0x0B]), unsigned(table.length), table]));
writeFileSync(first, firstModule);

const restModule = readFileSync(rest);
const sections = sectionsOf(restModule);
if (sections.some(({ id }) => id === kDataSection || id === kDataCountSection))
  throw new Error("the rest has data of its own");
const data = Buffer.concat([unsigned(segments.length), ...segments]);
const { end } = sections.find(({ id }) => id === kCodeSection);
writeFileSync(rest, Buffer.concat([
  restModule.subarray(0, end), Buffer.from([kDataSection]), unsigned(data.length), data, restModule.subarray(end)]));
