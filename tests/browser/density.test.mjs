// Device pixels: the canvas has exactly as many as it covers, and text is rasterised for them, from the first frame on and after
// each change of the browser's zoom.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./support.mjs";

let server;
let browser;
before(async () => {
  server = await startServer("--replay", "tests/data/failed-run.json");
  browser = await startBrowser();
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

const kFailedRun = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0";
const kWindow = { width: 1200, height: 750 }; // device pixels

for (const density of [1, 1.25, 1.5, 2]) test(`the canvas has the density of the device: ${density}`, async () => {
  const sharp = await startBrowser({ deviceScaleFactor: density, viewport: { width: 420, height: 900 } });
  try {
    const viewer = await sharp.open(server.viewer(kFailedRun));
    await viewer.ready();
    const size = await viewer.page.evaluate(() => [document.querySelector("canvas").width, document.querySelector("canvas").height]);
    assert.deepEqual(size, [420 * density, 900 * density]);
    for (const node of await viewer.tree()) {
      const [x, y, width, height] = node.rect;
      assert.ok(x >= -0.5 && y >= -0.5 && x + width <= 420.5 && y + height <= 900.5, `${node.role} '${node.name}' is off the screen: ${node.rect}`);
    }
  } finally {
    await sharp.stop();
  }
});

// What a window of kWindow shows at a zoom: fewer CSS pixels, of more device pixels each.
async function zoom(session, factor) {
  const [width, height] = [Math.round(kWindow.width / factor), Math.round(kWindow.height / factor)];
  await session.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: factor, mobile: false });
}

async function openAtZoom(factor) {
  let session;
  const viewer = await browser.open(server.viewer(kFailedRun, "theme=light"), async (page) => {
    session = await page.context().newCDPSession(page);
    await zoom(session, factor);
  });
  await viewer.ready();
  return { viewer, session };
}

const canvasOf = (viewer) => viewer.page.evaluate(() => {
  const { width, height, clientWidth, clientHeight } = document.querySelector("canvas");
  return { width, height, clientWidth, clientHeight, innerWidth, innerHeight, density: devicePixelRatio };
});

// As many device pixels as the page has, each of them drawn by us.
async function hasPixelsFor(viewer, factor) {
  await viewer.until((viewer, factor) => {
    const { width, height, clientWidth, clientHeight } = document.querySelector("canvas");
    return devicePixelRatio === factor && clientWidth === innerWidth && clientHeight === innerHeight &&
      width === Math.round(clientWidth * factor) && height === Math.round(clientHeight * factor);
  }, factor, `a canvas for a zoom of ${factor}: ${JSON.stringify(await canvasOf(viewer))}`);
}

async function picture(viewer, session) {
  await viewer.still();
  return (await session.send("Page.captureScreenshot", { format: "png" })).data;
}

// The share of pixels that differ by more than smoothing does, which browsers do by what a page was opened at: some 0.1 % of them
// where both are sharp, 2.7 % where one was drawn for a density of 1 and enlarged.
async function difference(one, other) {
  const page = await browser.context.newPage();
  const share = await page.evaluate(async (pictures) => {
    const [a, b] = await Promise.all(pictures.map(async (data) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    }));
    if (a.length !== b.length)
      return 1;
    const differs = (at) => [0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > 32);
    let count = 0;
    for (let at = 0; at < a.length; at += 4)
      count += differs(at);
    return count / (a.length / 4);
  }, [one, other]);
  await page.close();
  return share;
}

test("zooming while the page is open looks as if it had been opened so: sharp, and each pixel in its place", async () => {
  const { viewer, session } = await openAtZoom(1);
  let before = await picture(viewer, session);
  for (const factor of [1.25, 1.5, 2, 0.75, 1]) {
    await zoom(session, factor);
    await hasPixelsFor(viewer, factor);
    const zoomed = await picture(viewer, session);
    const fresh = await openAtZoom(factor);
    await hasPixelsFor(fresh.viewer, factor);
    const share = await difference(zoomed, await picture(fresh.viewer, fresh.session));
    assert.ok(share < 0.005, `zoomed to ${factor}, ${share * 100} % of the pixels are other than opened at ${factor}`);
    await fresh.viewer.page.close();
    assert.ok(await difference(zoomed, before) > 0.02, "the zoom has changed nothing");
    before = zoomed;
  }
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});
