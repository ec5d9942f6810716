// Pages around the viewer, for the tests of embedding: each on an origin of its own, or on the viewer's.
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Viewer } from "./support.mjs";

// A host page: something above the viewer and something below it, a field that has the focus, and mount(), which keeps what the
// viewer tells in `heard`.
export function hostPage(embed) {
  return `<!doctype html><title>host</title><meta name="viewport" content="width=device-width">
<body style="margin: 0; background: #fff">
<div style="height: 100px"><input id="field"></div>
<div id="run" style="height: 600px"></div>
<div style="height: 3000px">below</div>
<script type="module">
import { mountRunViewer } from "${embed}";
window.heard = [];
window.keys = [];
window.addEventListener("keydown", (event) => window.keys.push(event.key));
window.mount = async (options, place = "run") => {
  window.viewer = await mountRunViewer(document.getElementById(place), options);
  for (const event of ["ready", "run", "step", "selection", "mode", "error", "resize"])
    window.viewer.on(event, (news) => window.heard.push({ event, ...news, ...(event === "error" && { message: news.message }) }));
};
document.getElementById("field").focus(); // by ourselves: autofocus scrolls whenever the browser comes to it
window.hostIsReady = true;
</script>`;
}

// A web server that gives `html` for every address, on a port of its own.
export async function startHost(html, name = "127.0.0.1") {
  const server = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(html());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://${name}:${server.address().port}`, stop: () => { server.closeAllConnections(); server.close(); } };
}

// A port that nobody listens on, for servers that have to know each other's before they start.
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export async function openHost(browser, address, prepare = async () => {}) {
  const page = await browser.context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      page.problems.push(message.text());
  });
  await prepare(page);
  await page.goto(address);
  await page.waitForFunction(() => window.hostIsReady);
  return page;
}

// The host's mount(), and the viewer that came of it. Fails as the host's promise does.
export async function mount(page, options, place) {
  await page.evaluate(([options, place]) => window.mount(options, place), [options, place]);
  const frame = page.frames().find((each) => each !== page.mainFrame() && each.url().includes(`run=${options.run ?? ""}`));
  return new Viewer(page, frame);
}

// Waits until the host was told something of which all these fields are true; returns it.
export async function hears(page, wanted) {
  for (let patience = 600; patience > 0; --patience) {
    const heard = await page.evaluate(() => window.heard);
    const found = heard.find((news) => Object.entries(wanted).every(([key, value]) => news[key] === value));
    if (found)
      return found;
    await sleep(50);
  }
  throw new Error(`not told: ${JSON.stringify(wanted)}; told: ${JSON.stringify(await page.evaluate(() => window.heard), null, 1)}`);
}
