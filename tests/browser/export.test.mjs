// The menu that saves a run as files: what arrives among the browser's downloads is all there, and safe to open.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { startBoth } from "./support.mjs";

const { server, browser } = await startBoth({ browser: { acceptDownloads: true } });

// What the menu's `item` brings, as a name and a text.
async function exported(viewer, item) {
  const download = viewer.page.waitForEvent("download");
  await viewer.click("button", "Export the run");
  await viewer.click("menuitem", item);
  const file = await download;
  const bytes = await readFile(await file.path());
  return { name: file.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

async function openFinished(playbook) {
  const run = await server.heldRun(playbook);
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("final");
  await viewer.ready();
  return { run, viewer };
}

test("the run, its steps and its logs are saved, named after playbook and run", async () => {
  const { run, viewer } = await openFinished("product-launch");
  const truth = await server.truth(run);

  const json = await exported(viewer, "Run as JSON");
  assert.equal(json.name, `Product launch outreach-${run}.json`);
  const { data } = JSON.parse(json.text);
  assert.deepEqual(data.steps.map(({ key, state, attempt, logs }) => ({ key, state, attempt, logs })), truth.steps);

  const csv = await exported(viewer, "Steps as CSV");
  assert.equal(csv.name, `Product launch outreach-${run}-steps.csv`);
  assert.equal(csv.text.split("\r\n").length, truth.steps.length + 2);

  const lines = truth.steps.flatMap((step) => step.logs.map((message) => ({ step: step.key, message })));
  const ndjson = await exported(viewer, "All logs as NDJSON");
  const objects = ndjson.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(objects.map(({ step, message }) => ({ step, message })), lines);
  assert.match((await exported(viewer, "All logs as text")).text, /^=== .* \(load-brief\) ===\n/);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("names that would lead elsewhere, formulas and markup stay harmless", async () => {
  const { viewer } = await openFinished("quirks");
  const { name, text } = await exported(viewer, "Steps as CSV");
  assert.match(name, /^[^/\\:*?"<>|\p{Cc}\p{Cf}]+\.csv$/u);
  for (const cell of text.matchAll(/(?:^|,|\n)"?([=+@-])/g))
    assert.fail(`a cell begins with ${cell[1]}`);
  await viewer.page.close();
});

test("the whole timeline is saved as a picture", async () => {
  const { run, viewer } = await openFinished("product-launch");
  const { name, bytes } = await exported(viewer, "Timeline as PNG");
  assert.equal(name, `Product launch outreach-${run}-timeline.png`);
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.equal(width, 560);
  assert.ok(height > 900, `${height} pixels high: ten steps need more than the screen has`);
  // Not one colour: what is drawn off the screen is drawn.
  const page = await browser.context.newPage();
  const colours = await page.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(png)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, image.height - 400, image.width, 400).data.buffer);
    return new Set(pixels).size;
  }, `data:image/png;base64,${bytes.toString("base64")}`);
  assert.ok(colours > 50, `${colours} colours`);
  await page.close();
  await viewer.click("option", "Load campaign brief"); // the screen goes on as before
  await viewer.still();
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a large export comes in parts, between which frames are drawn", async () => {
  const { runId: run } = await server.control(
    { do: "start", playbook: "load", steps: 2, logLines: 200_000, eventsPerSecond: 1e6, burst: 100_000, held: true });
  await server.control({ do: "advance", runId: run, seconds: 3600 });
  const viewer = await browser.open(server.viewer(run));
  await viewer.mode("final");
  await viewer.ready();
  const { logLines } = await viewer.stats();
  assert.equal(logLines, 200_000);
  const before = (await viewer.stats()).frames;
  const { text } = await exported(viewer, "All logs as NDJSON");
  assert.equal(text.trimEnd().split("\n").length, logLines);
  assert.ok(text.length > 16e6, "eight parts at least");
  assert.ok((await viewer.stats()).frames - before > 3, "frames are drawn meanwhile");
  await viewer.page.close();
});
