// A server in the benchmark's own process: dist/ as it is delivered, the baselines, and runs that do what a benchmark says.
//
// Ours, because serve.py can't send ten thousand events a second, and because nobody else may count the bytes.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { kRoot } from "./support.mjs";

const kTypes = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
                 ".wasm": "application/wasm" };
const kFolders = [["/baselines/", "bench/baselines"], ["/node_modules/", "bench/node_modules"], ["/", "dist"]];

class Run {
  constructor(document) {
    this.document = Buffer.from(document);
    this.streams = new Set();
    this.requests = 0; // for the run and for its stream
    this.bytes = 0; // of their bodies
  }

  // Sends a text to each stream that is open.
  send(text) {
    for (const stream of this.streams)
      stream.write(text);
    this.bytes += Buffer.byteLength(text) * this.streams.size;
  }
}

export class BenchServer {
  runs = new Map();
  now = () => Date.now(); // its clock

  static async start() {
    const server = new BenchServer();
    server.http = createServer((request, response) => server.answer(request, response));
    await new Promise((resolve) => server.http.listen(0, "127.0.0.1", resolve));
    server.address = `http://127.0.0.1:${server.http.address().port}/`;
    return server;
  }

  stop() {
    this.http.closeAllConnections();
    return new Promise((resolve) => this.http.close(resolve));
  }

  addRun(id, document) {
    const run = new Run(document);
    this.runs.set(id, run);
    return run;
  }

  viewer(run, query = "") { return `${this.address}index.html?run=${run}&probe=1&${query}`; }
  baseline(name, query = "") { return `${this.address}baselines/${name}.html?${query}`; }

  answer(request, response) {
    const path = new URL(request.url, this.address).pathname;
    response.setHeader("Date", new Date(this.now()).toUTCString());
    const [, id, stream] = path.match(/^\/api\/v1\/playbook-runs\/([^/]+)(\/stream)?$/) ?? [];
    const run = this.runs.get(id);
    if (run)
      return stream ? this.stream(run, response) : this.document(run, response);
    return this.file(request, path, response);
  }

  document(run, response) {
    ++run.requests;
    run.bytes += run.document.length;
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": run.document.length });
    response.end(run.document);
  }

  stream(run, response) {
    ++run.requests;
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write('event: connected\ndata: {"message":"connected"}\n\n');
    run.streams.add(response);
    response.on("close", () => run.streams.delete(response));
  }

  file(request, path, response) {
    const [prefix, folder] = kFolders.find(([prefix]) => path.startsWith(prefix));
    const file = join(kRoot, folder, normalize(`/${path.slice(prefix.length)}`));
    const packed = /\bbr\b/.test(request.headers["accept-encoding"] ?? "") && existsSync(`${file}.br`);
    if (!existsSync(file) || path.endsWith("/"))
      return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": kTypes[extname(file)] ?? "application/octet-stream",
                              ...(packed ? { "Content-Encoding": "br" } : {}) });
    return response.end(readFileSync(packed ? `${file}.br` : file));
  }
}

// A message of a stream, as servers send it.
export function eventText(id, run, type, stepKey, payload, at = Date.now()) {
  const data = { type, runId: run, stepKey, timestamp: new Date(at).toISOString(), payload };
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
