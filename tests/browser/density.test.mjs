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

test("zooming while the page is open looks as if it had been opened so: sharp, and each pixel in its place", async () => {
  const { viewer, session } = await openAtZoom(1);
  const pictures = new Set();
  for (const factor of [1.25, 1.5, 2, 0.75, 1]) {
    await zoom(session, factor);
    await hasPixelsFor(viewer, factor);
    const zoomed = await picture(viewer, session);
    const fresh = await openAtZoom(factor);
    await hasPixelsFor(fresh.viewer, factor);
    assert.ok(zoomed === await picture(fresh.viewer, fresh.session), `zoomed to ${factor}, it looks other than opened at ${factor}`);
    await fresh.viewer.page.close();
    pictures.add(zoomed);
  }
  assert.equal(pictures.size, 5); // they do differ
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
});

test("a window that moves to a screen of another density is drawn anew, at the same size", async () => {
  const { viewer, session } = await openAtZoom(1);
  const before = await viewer.tree();
  await session.send("Emulation.setDeviceMetricsOverride", { ...kWindow, deviceScaleFactor: 1.5, mobile: false });
  await hasPixelsFor(viewer, 1.5);
  await viewer.still();
  assert.deepEqual((await viewer.tree()).map(({ role, name }) => [role, name]), before.map(({ role, name }) => [role, name]));
  await viewer.page.close();
});
