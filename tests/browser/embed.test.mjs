// The viewer in other pages: hosts of its own site and of others, allowed and refused, friendly and hostile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, hears, hostPage, mount, openHost, startHost } from "./hosts.mjs";
import { Viewer, canBeHidden, startBrowser, startServer } from "./support.mjs";

// A page that playwright hands in comes from no network at all, which Chromium takes for the internet's.
const kLocalHosts = ["--disable-features=LocalNetworkAccessChecks"];

let server; // of the viewer
let ally; // a host of another site that it obeys
let browser;
before(async () => {
  ally = await startHost(() => hostPage(`${server.address}embed.js`));
  server = await startServer("--replay", "tests/data/failed-run.json", "--embed-origin", ally.origin);
  browser = await startBrowser({ viewport: { width: 1000, height: 800 }, options: kLocalHosts });
  await browser.context.route(`${server.address}host`, (route) => route.fulfill({ contentType: "text/html", body: hostPage("/embed.js") }));
});
after(async () => {
  await browser?.stop();
  await server?.stop();
  ally?.stop();
});

const kFailedRun = "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0";
const viewerPage = (address = server.address) => `${address}index.html?probe=1`;

// A host whose time the test lets pass. In a browser of its own: playwright gives the clock to all pages of one, also later ones.
async function withOwnClock(host, use) {
  const own = await startBrowser({ options: kLocalHosts });
  try {
    await use(await openHost(own, host, (page) => page.clock.install()));
  } finally {
    await own.stop();
  }
}

const showsTheme = (viewer, theme) =>
  viewer.until((_, theme) => document.documentElement.dataset.theme === theme, theme, `the ${theme} theme`);

// Of the page around: clean but for what is said of requests that fail.
function assertNoProblems(page) {
  assert.deepEqual(page.problems.filter((text) => !text.startsWith("Failed to load resource")), []);
}

test("a host of another site is told what happens and is obeyed", async () => {
  const run = await server.heldRun();
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run });
  await hears(page, { event: "run", id: run, playbookName: "Product launch outreach", over: false });
  await hears(page, { event: "mode", mode: "live" });
  await hears(page, { event: "selection", step: "load-brief" });

  await page.evaluate(() => window.viewer.selectStep("research"));
  await viewer.find("heading", "Research outlets");
  await hears(page, { event: "selection", step: "research" });
  await viewer.click("option", "Load campaign brief");
  await viewer.find("heading", "Load campaign brief");

  await server.control({ do: "next", runId: run, events: 6 });
  const step = await hears(page, { event: "step", state: "running" });
  assert.deepEqual(Object.keys(step).sort(), ["attempt", "event", "id", "key", "maxAttempts", "name", "ref", "state"]);

  await page.evaluate(() => window.viewer.setStreaming(false));
  await viewer.mode("polling");
  await hears(page, { event: "mode", mode: "polling" });
  await page.evaluate(() => window.viewer.setStreaming(true));
  await viewer.mode("live");
  await page.evaluate(() => window.viewer.pause());
  await viewer.mode("paused");
  await page.evaluate(() => window.viewer.resume());
  await viewer.mode("live");
  await page.evaluate(() => window.viewer.setTheme("dark"));
  await showsTheme(viewer, "dark");

  await page.evaluate((run) => window.viewer.openRun(run, { step: "score" }), kFailedRun);
  await hears(page, { event: "run", id: kFailedRun, over: true });
  await viewer.find("heading", "Score outlets");
  await viewer.mode("final");
  await page.evaluate(() => window.viewer.openRun("error-404"));
  const error = await hears(page, { event: "error", kind: "not-found" });
  assert.equal(error.status, 404);
  assert.equal(error.message, "The run was not found: Playbook run not found");
  assertNoProblems(page);
  await page.close();
});

test("the first thing that a host hears is that the viewer takes its commands, and one of its listeners that fails costs no other", async () => {
  const page = await openHost(browser, `${server.address}host`);
  await page.evaluate(async ([src, run]) => {
    const { mountRunViewer } = await import("/embed.js");
    const viewer = await mountRunViewer(document.getElementById("run"), { src, run });
    viewer.on("ready", () => { throw new Error("a mistake of the host's"); });
    for (const event of ["run", "ready", "selection", "resize"])
      viewer.on(event, (news) => window.heard.push({ event, ...news }));
  }, [viewerPage(), kFailedRun]);
  await hears(page, { event: "run", id: kFailedRun });
  assert.deepEqual((await page.evaluate(() => window.heard))[0], { event: "ready", protocol: 1, run: kFailedRun });
  const { height } = await hears(page, { event: "resize" });
  assert.ok(height > 300 && height < 5000, `${height} CSS pixels`);
  assert.deepEqual(page.problems, ["Error: a mistake of the host's"]);
  await page.close();
});

test("what is asked of a viewer when it is mounted is what it shows", async () => {
  const run = await server.heldRun();
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run, step: "research", theme: "dark", streaming: false, timeZone: "utc" });
  await viewer.find("heading", "Research outlets");
  await showsTheme(viewer, "dark");
  await viewer.mode("polling");
  assert.equal((await server.stats(run)).stream, 0);
  await page.evaluate(() => { document.body.style.background = "#fafafa"; }); // no matter of a viewer with a theme of its own
  await server.control({ do: "next", runId: run, events: 6 });
  await hears(page, { event: "step", state: "running" });
  assert.equal(await viewer.frame.evaluate(() => document.documentElement.dataset.theme), "dark");
  assertNoProblems(page);
  await page.close();
});

test("a host can have everything fetched anew", async () => {
  const run = await server.heldRun();
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run });
  await viewer.mode("live");
  const before = await server.settledStats(run, viewer);
  await page.evaluate(() => window.viewer.refresh());
  const after = await server.settledStats(run, viewer, (stats) => stats.run > before.run);
  assert.equal(after.run, before.run + 1);
  await page.close();
});

test("a signal ends a viewer, while it is being mounted and later", async () => {
  const page = await openHost(browser, `${server.address}host`);
  const ended = await page.evaluate(async ([src, run]) => {
    const reasons = [];
    for (const abortAfter of [0, 1]) {
      const controller = new AbortController();
      if (abortAfter === 0)
        controller.abort(new Error("too late"));
      const mounting = window.mount({ src, run, signal: controller.signal });
      if (abortAfter === 1)
        controller.abort(new Error("meanwhile"));
      reasons.push(await mounting.then(() => "mounted", (error) => error.message), document.querySelectorAll("iframe").length);
    }
    const controller = new AbortController();
    await window.mount({ src, run, signal: controller.signal });
    controller.abort();
    return [...reasons, document.querySelectorAll("iframe").length];
  }, [viewerPage(), kFailedRun]);
  assert.deepEqual(ended, ["too late", 0, "meanwhile", 0, 0]);
  assertNoProblems(page);
  await page.close();
});

test("a viewer is not mounted into an element that is not in the page, and a listener may be taken away after the end", async () => {
  const page = await openHost(browser, `${server.address}host`);
  const refused = await page.evaluate(async (run) => {
    const { mountRunViewer } = await import("/embed.js");
    return mountRunViewer(document.createElement("div"), { run }).catch((error) => error.message);
  }, kFailedRun);
  assert.match(refused, /not in the page/);

  await mount(page, { src: viewerPage(), run: kFailedRun });
  await page.evaluate(() => {
    const stop = window.viewer.on("run", () => {});
    window.viewer.destroy();
    stop();
    stop();
  });
  await page.close();
});

test("a viewer that nobody sees is mounted, follows its run, and is there when it is shown", { timeout: 60_000 }, async () => {
  for (const hide of ["in a tab in the background", "in an element that is not displayed"]) {
    const run = await server.heldRun();
    const isTab = hide.includes("tab");
    const page = await openHost(browser, `${server.address}host`, (page) => canBeHidden(page, isTab));
    if (!isTab)
      await page.evaluate(() => { document.getElementById("run").style.display = "none"; });
    const viewer = await mount(page, { src: viewerPage(), run });
    await hears(page, { event: "mode", mode: "live" });
    await server.control({ do: "next", runId: run, events: 6 });
    await hears(page, { event: "step", state: "running" });
    await viewer.until((viewer) => viewer.stats().logLines > 0, null, "log lines by the stream");
    assert.equal((await viewer.stats()).frames, isTab ? 1 : 0, hide); // the one that comes with the run, where there is a size

    if (isTab)
      await viewer.frame.evaluate(() => window.__hide(false));
    else
      await page.evaluate(() => { document.getElementById("run").style.display = ""; });
    await viewer.ready();
    await viewer.find("option", "Load campaign brief");
    assert.equal(await viewer.frame.locator("#skeleton").isVisible(), false);
    assertNoProblems(page);
    await page.close();
  }
});

test("a host that the viewer does not know is refused and told so, and its commands are not heard", async () => {
  const page = await browser.context.newPage();
  await page.route("**/parents.json", (route) => route.fulfill({ json: ["https://somebody.else.example"] }));
  await page.goto(ally.origin);
  await page.waitForFunction(() => window.hostIsReady);
  await assert.rejects(mount(page, { src: viewerPage(), run: kFailedRun }), /does not obey pages of http:\/\/127.0.0.1:\d+: name it in .*parents.json/);
  assert.equal(await page.locator("iframe").count(), 0, "the frame is left behind");

  // The same without embed.js: the viewer shows its run, and does not listen.
  await page.evaluate((src) => {
    const frame = Object.assign(document.createElement("iframe"), { src, width: 900, height: 500 });
    document.body.prepend(frame);
    window.addEventListener("message", ({ data, ports }) => window.heard.push({ event: data.pev, ports: ports.length }));
    window.hello = setInterval(() => frame.contentWindow.postMessage({ pev: "hello", protocol: 1 }, new URL(src).origin), 50);
    frame.onload = () => frame.contentWindow.postMessage(JSON.stringify({ type: "openRun", run: "x" }), "*");
  }, `${viewerPage()}&run=${kFailedRun}`);
  await hears(page, { event: "refused", ports: 0 });
  const viewer = new Viewer(page, page.frames().at(-1));
  await viewer.ready();
  assert.equal((await viewer.stats()).runId, kFailedRun);
  await viewer.click("option", "Score outlets");
  await page.keyboard.press("d"); // the diagnostics
  await page.mouse.move(...await viewer.middle("dialog", "Diagnostics"));
  await page.mouse.wheel(0, 5000); // errors are at its end
  await viewer.sees(`the page around is not obeyed: ${ally.origin} is neither this site nor in parents.json`);
  await page.close();
});

test("the list of hosts is read again where it could not be had", async () => {
  for (const failure of [(route) => route.abort(), (route) => route.fulfill({ status: 503 })]) {
    let asked = 0;
    const failOnce = (page) => page.route("**/parents.json", (route) => (++asked === 1 ? failure(route) : route.continue()));
    const page = await openHost(browser, ally.origin, failOnce);
    const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
    await viewer.ready();
    assert.equal(asked, 2);
    await page.close();
  }
});

test("hosts and viewers of other versions are told so", async () => {
  const page = await openHost(browser, `${server.address}host`);
  await page.route("**/newer.html*", (route) => route.fulfill({
    contentType: "text/html",
    body: `<!doctype html><script>
      addEventListener("message", ({ source, origin }) => source.postMessage({ pev: "refused", protocol: 2 }, origin));
    </script>`,
  }));
  await assert.rejects(mount(page, { src: `${server.address}newer.html` }), /the viewer speaks version 2 of the messages, this embed.js version 1/);

  await page.evaluate((src) => {
    const frame = Object.assign(document.createElement("iframe"), { src, width: 900, height: 500 });
    window.addEventListener("message", ({ data, ports }) => window.heard.push({ event: data.pev, protocol: data.protocol, ports: ports.length }));
    frame.onload = () => setInterval(() => frame.contentWindow.postMessage({ pev: "hello", protocol: 2 }, "*"), 50);
    document.body.prepend(frame);
  }, `${viewerPage()}&run=${kFailedRun}`);
  await hears(page, { event: "refused", protocol: 1, ports: 0 });
  await page.close();
});

test("a frame that takes long to load is waited for", async () => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await withOwnClock(ally.origin, async (page) => {
    await page.route("**/host_link.js", (route) => held.then(() => route.continue()));
    let waiting = true;
    const mounted = mount(page, { src: viewerPage(), run: kFailedRun }).finally(() => { waiting = false; });
    await page.frameLocator("iframe").locator("#skeleton").waitFor();
    await page.clock.runFor(20_000);
    release();
    while (waiting) {
      await page.clock.runFor(100);
      await sleep(50); // the network keeps its own time
    }
    await mounted;
  });
});

test("a page that may not frame the viewer gets no viewer and a reason", async () => {
  const stranger = await startHost(() => hostPage(`${server.address}embed.js`));
  try {
    await withOwnClock(stranger.origin, async (page) => {
      let waiting = true;
      const mounted = assert.rejects(mount(page, { src: viewerPage(), run: kFailedRun }), /no viewer answers .*frame-ancestors/)
        .finally(() => { waiting = false; });
      while (waiting)
        await page.clock.runFor(1000);
      await mounted;
      assert.equal(await page.locator("iframe").count(), 0, "the frame is left behind");
    });
  } finally {
    stranger.stop();
  }
});

test("in a sandbox the viewer works where it may be of its own site, and says so where it may not", async () => {
  const page = await openHost(browser, `${server.address}host`);
  await page.evaluate((src) => {
    for (const sandbox of ["allow-scripts", "allow-scripts allow-same-origin"]) {
      const frame = Object.assign(document.createElement("iframe"), { src, width: 900, height: 500 });
      frame.sandbox = sandbox;
      document.body.prepend(frame);
    }
  }, `${viewerPage()}&run=${kFailedRun}`);
  const [open, shut] = [page.frameLocator("iframe >> nth=0"), page.frameLocator("iframe >> nth=1")];
  await shut.getByRole("heading", { name: "shut in too tightly" }).waitFor();
  await open.locator("#canvas").waitFor();
  const viewer = new Viewer(page, await (await page.locator("iframe").nth(0).elementHandle()).contentFrame());
  await viewer.ready();
  await page.close();
});

test("nothing that a window says harms the viewer", async () => {
  const page = await openHost(browser, `${server.address}host`);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  await viewer.ready();
  await page.evaluate(() => {
    const target = window.viewer.frame.contentWindow;
    const loop = {};
    loop.loop = loop;
    const odd = [null, undefined, 0, "", "hello", "{", loop, [], new Map(), new Uint8Array(9), { pev: "hello" }, { pev: "hello", protocol: 99 },
      { pev: "welcome" }, { pev: { toString: null } }, { answer: 1 }, { type: "openRun", run: "x" }, "x".repeat(1e6)];
    for (const message of odd)
      target.postMessage(message, "*");
    for (const message of odd)
      target.postMessage(message, "*", [new MessageChannel().port1]);
  });
  // Over the channel itself, as a host's own code could.
  const told = await page.evaluate(() => new Promise((resolve, reject) => {
    setTimeout(reject, 30_000, new Error("the viewer says nothing more"));
    const frame = window.viewer.frame;
    window.addEventListener("message", ({ data, ports }) => {
      if (data.pev !== "welcome")
        return;
      const told = [];
      ports[0].onmessage = (event) => {
        told.push(event.data);
        if (String(event.data).includes('"step":"score"'))
          resolve(told);
      };
      for (const message of [null, 7, {}, { answer: 12, status: 200 }, { answer: 1, failure: {} }, "", "[1,2", "{\"type\":\"selfDestruct\"}", "x".repeat(200_000),
        "{\"type\":\"selectStep\",\"step\":{}}", "{\"type\":\"selectStep\",\"step\":\"no such step \\u0000 ##%s\"}", "{\"type\":\"selectStep\",\"step\":\"score\"}"])
        ports[0].postMessage(message);
    });
    frame.addEventListener("load", () => frame.contentWindow.postMessage({ pev: "hello", protocol: 1 }, location.origin), { once: true });
    frame.contentWindow.location.reload();
  }));
  assert.match(told[0], /"type":"ready"/);
  await viewer.find("heading", "Score outlets");
  assert.deepEqual(await page.evaluate(() => typeof window.viewer.frame), "object");
  await page.close();
});

test("an answer of a host's that makes no sense is a failed request, and no crash", async () => {
  const page = await openHost(browser, `${server.address}host`);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun, fetch: "the port below" });
  for (const answer of ["{ failure: odd }", "{ failure: Object.create(null) }", "{ status: 200, type: odd, date: odd, body: new ArrayBuffer(3) }", "{ status: '200' }"]) {
    const error = await page.evaluate((answer) => new Promise((resolve, reject) => {
      setTimeout(reject, 30_000, new Error("the viewer says nothing more"));
      const odd = { toString: null, valueOf: 7 };
      window.addEventListener("message", ({ data, ports }) => {
        ports[0].onmessage = ({ data }) => {
          if (data.fetch)
            ports[0].postMessage({ answer: data.fetch, ...Function("odd", `return ${answer}`)(odd) });
          else if (data.includes?.('"type":"error"'))
            resolve(JSON.parse(data));
        };
      }, { once: true });
      window.viewer.frame.contentWindow.location.reload();
    }), answer);
    assert.ok(["unreachable", "not-a-run"].includes(error.kind), JSON.stringify(error));
  }
  assert.equal(await viewer.frame.locator("#failure").isVisible(), false);
  await page.close();
});

test("another frame of the page is not its host, whatever it says and wherever it is from", async () => {
  const page = await openHost(browser, `${server.address}host`);
  await page.evaluate((src) => {
    const frame = Object.assign(document.createElement("iframe"), { src, width: 900, height: 500 });
    document.body.prepend(frame); // in sight: browsers draw no other
    const other = document.body.appendChild(document.createElement("iframe"));
    other.contentWindow.target = frame.contentWindow;
    other.contentWindow.eval(`
      answers = [];
      addEventListener("message", ({ data }) => answers.push(data));
      setInterval(() => target.postMessage({ pev: "hello", protocol: 1 }, "*"), 20);
    `);
    window.other = other.contentWindow;
  }, `${viewerPage()}&run=${kFailedRun}`);
  const isViewer = (frame) => frame.url().includes(kFailedRun);
  const viewer = new Viewer(page, page.frames().find(isViewer) ?? await page.waitForEvent("framenavigated", isViewer));
  await viewer.ready();
  // It listens, to its host.
  await page.evaluate(() => new Promise((resolve, reject) => {
    setTimeout(reject, 30_000, new Error("no welcome"));
    window.addEventListener("message", ({ data }) => data.pev === "welcome" && resolve());
    window.frames[0].postMessage({ pev: "hello", protocol: 1 }, location.origin);
  }));
  assert.deepEqual(await page.evaluate(() => window.other.answers), []);
  await page.close();
});

test("with third-party cookies blocked the host makes the requests and hands over the stream's address", async () => {
  // 127.0.0.1 and localhost are two sites; the API is the host's, and wants its cookie.
  const [viewerPort, hostPort] = [await freePort(), await freePort()];
  const host = `http://localhost:${hostPort}`;
  const viewers = await startServer("--port", String(viewerPort), "--embed-origin", host, "--connect", host);
  const app = await startServer("--port", String(hostPort), "--require-cookie", "--allow-origin", `http://127.0.0.1:${viewerPort}`);
  try {
    const run = (await app.control({ do: "start", playbook: "product-launch", held: true })).runId;
    const page = await browser.context.newPage();
    await page.goto(`${host}/`); // gives the cookie
    await page.route(`${host}/host`, (route) => route.fulfill({ contentType: "text/html", body: hostPage(`${viewers.address}embed.js`) }));
    await page.goto(`${host}/host`);
    await page.waitForFunction(() => window.hostIsReady);

    await mount(page, { src: viewerPage(viewers.address), run, api: `${host}/api/v1` });
    await hears(page, { event: "error", kind: "signed-out" }); // by itself it has no cookie
    await page.evaluate(() => { window.viewer.destroy(); window.heard = []; });

    await page.evaluate(([src, run]) => window.mount({
      src, run, api: "/api", profile: "app",
      streamUrl: async (run) => {
        const { data } = await (await fetch(`/api/playbook-runs/${encodeURIComponent(run)}/stream`)).json();
        const { pathname, search } = new URL(data.streamUrl, location.href);
        return pathname + search; // relative to the host's page
      },
    }), [viewerPage(viewers.address), run]);
    await hears(page, { event: "mode", mode: "live" });
    await app.control({ do: "next", runId: run, events: 6 });
    await hears(page, { event: "step", state: "running" });

    // With the profile `api` the stream's address is made from the API's, which is the host's too.
    const asksForStream = page.waitForRequest(`${host}/api/v1/playbook-runs/${run}/stream`);
    await page.evaluate(([src, run]) => {
      window.viewer.destroy();
      return window.mount({ src, run, fetch: (url, init) => fetch(url, init) });
    }, [viewerPage(viewers.address), run]);
    await asksForStream;
    await page.close();
  } finally {
    await viewers.stop();
    await app.stop();
  }
});

test("what a viewer has no need of is not fetched for it", async () => {
  const page = await browser.context.newPage();
  await page.route(`${server.address}host`, (route) => route.fulfill({ contentType: "text/html", body: hostPage("/embed.js") }));
  await page.route("**/greedy.html*", (route) => route.fulfill({
    contentType: "text/html",
    body: `<!doctype html><script>
      addEventListener("message", ({ data, source, origin }) => {
        const { port1, port2 } = new MessageChannel();
        source.postMessage({ pev: "welcome", protocol: 1 }, origin, [port2]);
        port1.onmessage = ({ data }) => data.answer && port1.postMessage(JSON.stringify({ type: "mode", mode: data.failure }));
        port1.postMessage('{"type":"ready"}');
        for (const url of ["/demo/stats?run=x", "/api/v1/playbook-runs/../../../demo/stats", "https://elsewhere.example/api/v1/playbook-runs/1", "//[", "/api/v1/playbook-runs",
                           "/api/v1/playbook-runs/..%2f..%2fadmin", "/api/v1/playbook-runs/x/..%5C..%5Cadmin", "/api/v1/playbook-runs/..;/admin", "/api/v1/playbook-runs/x%2f../..%2fadmin",
                           "/api/v1/playbook-runs/%zz", "/api/v1/playbook-runs/a%20b%25..%C3%A9", "/api/v1/playbook-runs/x%2Fy/steps/z%2F..w", "/api/v1/playbook-runs/x/steps/stream", "/api/v1/playbook-runs/x%2Fy/stream"])
          setTimeout(() => port1.postMessage({ fetch: url, url }), 200);
      }, { once: true });
    </script>`,
  }));
  await page.goto(`${server.address}host`);
  await page.waitForFunction(() => window.hostIsReady);
  await page.evaluate((src) => window.mount({
    src,
    fetch: (url) => { throw new Error(`asked for ${url}`); },
    streamUrl: (run) => { throw new Error(`asked for the stream of ${run}`); },
  }), `${server.address}greedy.html`);
  await page.waitForFunction(() => window.heard.filter(({ event }) => event === "mode").length === 14);
  const asked = (await page.evaluate(() => window.heard)).map(({ mode }) => mode).filter((mode) => mode?.startsWith("asked"));
  assert.deepEqual(asked, [ // odd ids and keys are some all the same, and a step may be called stream
    `asked for ${server.address}api/v1/playbook-runs/a%20b%25..%C3%A9`,
    `asked for ${server.address}api/v1/playbook-runs/x%2Fy/steps/z%2F..w`,
    `asked for ${server.address}api/v1/playbook-runs/x/steps/stream`,
    "asked for the stream of x/y",
  ]);
  await page.close();
});

test("a frame that was reloaded gets answers to its own requests, and is told again what it was told", async () => {
  const other = await server.heldRun();
  const page = await openHost(browser, `${server.address}host`);
  await page.evaluate(([src, run]) => {
    window.asked = [];
    const hold = (url, { signal }) => new Promise((answer) => window.asked.push({ url, signal, answer }));
    return window.mount({ src, run, fetch: hold });
  }, [viewerPage(), kFailedRun]);
  await page.waitForFunction(() => window.asked.length === 1);
  await page.evaluate(() => {
    window.viewer.frame.addEventListener("load", () => {
      window.viewer.selectStep("score"); // before there is a viewer in it
      window.isLoaded = true;
    });
    window.viewer.frame.contentWindow.location.reload();
  });
  await page.waitForFunction(() => window.isLoaded && window.asked.length === 2);
  assert.deepEqual(await page.evaluate(() => window.asked.map(({ signal }) => signal.aborted)), [true, false]);
  await page.evaluate(async () => {
    window.asked[0].answer(new Response("{}", { status: 404 })); // to whom nobody listens
    await new Promise((resolve) => setTimeout(resolve, 300));
    window.asked[1].answer(await fetch(window.asked[1].url));
  });
  await hears(page, { event: "run", id: kFailedRun });
  const viewer = new Viewer(page, page.frames().at(-1));
  await viewer.find("heading", "Score outlets");
  assert.deepEqual((await page.evaluate(() => window.heard)).filter(({ event }) => event === "error"), []);
  assert.equal((await page.evaluate(() => window.heard)).filter(({ event }) => event === "ready").length, 2);

  // A command to a page that is on its way out.
  await page.evaluate(() => window.viewer.destroy());
  const next = await mount(page, { src: viewerPage(), run: kFailedRun });
  await page.evaluate((run) => {
    window.viewer.frame.contentWindow.location.reload();
    window.viewer.openRun(run, { step: "research" });
  }, other);
  await hears(page, { event: "run", id: other });
  await next.find("heading", "Research outlets");
  assertNoProblems(page);
  await page.close();
});

test("a host is told that its viewer has crashed, and the dead one is left in peace", async () => {
  const page = await openHost(browser, ally.origin);
  await page.route("**/viewer.wasm", (route) => route.fulfill({ status: 404 }));
  await assert.rejects(mount(page, { src: viewerPage(), run: kFailedRun }), /A part of the viewer could not be loaded/);
  assert.equal(await page.locator("iframe").count(), 0, "the frame is left behind");
  await page.unroute("**/viewer.wasm");

  const other = await server.heldRun();
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  await viewer.ready();
  await viewer.frame.evaluate(() => { queueMicrotask(() => { throw new WebAssembly.RuntimeError("unreachable"); }); });
  const error = await hears(page, { event: "error", kind: "crash", fatal: true });
  assert.match(error.message, /^The viewer has stopped: .*unreachable/);
  await page.evaluate((run) => window.viewer.openRun(run), other);
  await sleep(500);
  assert.equal((await server.stats(other)).run, 0, "a dead viewer has made a request");

  // Reloaded, it shows what it was asked for last.
  await viewer.frame.getByRole("button", { name: "Reload" }).click();
  await hears(page, { event: "run", id: other });
  await page.close();
});

test("a good guest takes neither focus nor scroll position, and gives wheel and keys that it has no use for to the host", async () => {
  const page = await openHost(browser, `${server.address}host`);
  await page.evaluate(() => window.scrollTo(0, 40));
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  await viewer.ready();
  await viewer.still();
  assert.deepEqual(await page.evaluate(() => [document.activeElement.id, window.scrollY]), ["field", 40]);

  // The list is at its top and fits: nothing here scrolls.
  await page.mouse.move(...await viewer.middle("option", "Load dataset"));
  await page.mouse.wheel(0, 300);
  await page.waitForFunction(() => window.scrollY === 340);
  await page.evaluate(() => window.scrollTo(0, 40));

  // The inspector scrolls until it has come to its end; then the host goes on.
  await page.mouse.move(...await viewer.middle("region", "Step inspector"));
  await page.mouse.wheel(0, 40);
  await viewer.still();
  assert.equal(await page.evaluate(() => window.scrollY), 40);

  await viewer.click("option", "Score outlets");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+K");
  await page.waitForFunction(() => window.keys.includes("K"));
  assert.deepEqual((await page.evaluate(() => window.keys)).filter((key) => !["Control", "Shift"].includes(key)), ["Escape", "K"]);
  assertNoProblems(page);
  await page.close();
});

test("a finger scrolls the host over a viewer that has nothing to scroll, and the viewer where it has", async () => {
  const phone = await startBrowser({ viewport: { width: 390, height: 700 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true, options: kLocalHosts });
  try {
    const swipeUp = async (page, x, y) => {
      const device = await page.context().newCDPSession(page);
      const finger = (type, ...touchPoints) => device.send("Input.dispatchTouchEvent", { type, touchPoints });
      await finger("touchStart", { x, y });
      for (let by = 10; by <= 200; by += 10)
        await finger("touchMove", { x, y: y - by });
      await finger("touchEnd");
    };

    const page = await openHost(phone, ally.origin);
    const high = await mount(page, { src: viewerPage(), run: kFailedRun, height: "auto" });
    await high.ready();
    const steps = (await high.model()).steps.length;
    await high.until((viewer, all) => viewer.tree().filter(({ role }) => role === "option").length === all, steps, "all steps in sight");
    await high.still();
    await swipeUp(page, 200, 500);
    await page.waitForFunction(() => window.scrollY > 100);
    assertNoProblems(page);
    await page.close();

    const other = await openHost(phone, ally.origin);
    await other.evaluate(() => { document.getElementById("run").style.height = "400px"; });
    const low = await mount(other, { src: viewerPage(), run: kFailedRun });
    await low.ready();
    await low.still();
    const [first] = (await low.tree()).filter(({ role }) => role === "option");
    await swipeUp(other, ...await low.middle("option", "Enrich journalists"));
    await low.until((viewer, name) => viewer.tree().every((node) => node.name !== name), first.name, "the list to move");
    assert.equal(await other.evaluate(() => window.scrollY), 0);
    assertNoProblems(other);
  } finally {
    await phone.stop();
  }
});

test("the viewer's own entries don't get into the host's history", async () => {
  const page = await openHost(browser, `${server.address}host`);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  await viewer.ready();
  const length = await page.evaluate(() => history.length);
  await viewer.click("option", "Score outlets");
  await viewer.find("heading", "Score outlets");
  assert.match(await viewer.frame.evaluate(() => location.search), /step=score/);
  assert.equal(await page.evaluate(() => history.length), length);
  await page.close();
});

test("copying works in a frame that was not given the clipboard", async () => {
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  await viewer.ready();
  await viewer.frame.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("not allowed", "NotAllowedError"));
    document.addEventListener("copy", () => { window.copied = getSelection().toString() || document.activeElement.value; });
  });
  await viewer.click("button", "Copy run id");
  await viewer.until((_, run) => window.copied === run, kFailedRun, "the id copied");
  await page.close();
});

test("several viewers on one page live beside each other, each as high as it likes", async () => {
  const runs = [await server.heldRun(), await server.heldRun("crisis-response"), kFailedRun];
  const page = await openHost(browser, ally.origin);
  const viewers = [];
  for (const [index, run] of runs.entries()) {
    await page.evaluate((index) => {
      document.body.append(Object.assign(document.createElement("div"), { id: `place-${index}` }));
    }, index);
    viewers.push(await mount(page, { src: viewerPage(), run, height: "auto" }, `place-${index}`));
  }
  for (const [index, viewer] of viewers.entries()) {
    await page.locator(`#place-${index}`).scrollIntoViewIfNeeded(); // browsers draw no frames that nobody sees
    await viewer.ready();
    assert.equal((await viewer.stats()).runId, runs[index]);
    await page.waitForFunction((index) => document.querySelectorAll("iframe")[index].style.height.endsWith("px"), index);
    // Now the whole list is there at once.
    const last = (await viewer.model()).steps.length;
    await viewer.until((viewer, wanted) => viewer.tree().filter(({ role }) => role === "option").length === wanted, last, "all steps in sight");
  }
  await page.evaluate(() => document.documentElement.style.colorScheme); // alive
  assertNoProblems(page);
  await page.close();
});

test("the viewer follows the host's theme", async () => {
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  const shows = (theme) => showsTheme(viewer, theme);
  await shows("light");
  await page.evaluate(() => { document.body.style.background = "oklch(0.2 0.02 250)"; });
  await shows("dark");
  await page.evaluate(() => { document.body.style.background = "#fafafa"; });
  await shows("light");

  // A page may also switch any part of it that the viewer is in.
  await page.evaluate(() => {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = ".night { background: #111 }";
    document.getElementById("run").classList.add("night");
  });
  await shows("dark");
  await page.close();
});

test("the reader's theme stays until the host changes its own", async () => {
  const page = await openHost(browser, ally.origin);
  const viewer = await mount(page, { src: viewerPage(), run: kFailedRun });
  const shows = (theme) => showsTheme(viewer, theme);
  await shows("light");
  await viewer.click("button", "Dark theme");
  await shows("dark");
  await page.evaluate(() => document.body.classList.add("menu-is-open"));
  await sleep(300);
  await shows("dark");
  await page.evaluate(() => { document.body.style.background = "#111"; });
  await page.evaluate(() => { document.body.style.background = "#fff"; });
  await shows("light");
  await page.close();
});

test("the classic script mounts a viewer too", async () => {
  const page = await browser.context.newPage();
  await page.route(`${server.address}classic`, (route) => route.fulfill({
    contentType: "text/html",
    body: '<!doctype html><div id="run" style="height: 500px"></div><script src="/embed.classic.js"></script>',
  }));
  await page.goto(`${server.address}classic`);
  const kept = await page.evaluate(async (run) => {
    const viewer = await window.PlaybookRunViewer.mountRunViewer(document.getElementById("run"), { run });
    const { src } = viewer.frame;
    viewer.destroy();
    return [src, document.querySelectorAll("iframe").length];
  }, kFailedRun);
  assert.deepEqual(kept, [`${server.address}index.html?run=${kFailedRun}&theme=light`, 0]);
  await page.close();
});

test("mounted and destroyed a hundred times, nothing is left", async () => {
  const run = await server.heldRun();
  const page = await openHost(browser, `${server.address}host`);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const counts = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const mountAndDestroy = (times) => page.evaluate(async ([src, run, times]) => {
    for (let i = 0; i < times; ++i) {
      await window.mount({ src, run });
      window.viewer.destroy();
      window.heard = [];
    }
  }, [viewerPage(), run, times]);

  await mountAndDestroy(5); // what is made once is made
  const before = await counts();
  await mountAndDestroy(100);
  const after = await counts();
  let open;
  for (let patience = 100; patience > 0 && (open = (await server.stats(run)).open) > 0; --patience)
    await sleep(50); // the server notices when it next writes
  assert.equal(open, 0, "streams are still open");
  for (const what of ["Documents", "Frames"])
    assert.ok(after[what] <= before[what] + 2, `${what}: ${before[what]}, then ${after[what]}`);
  assert.ok(after.JSEventListeners <= before.JSEventListeners + 20, `listeners: ${before.JSEventListeners}, then ${after.JSEventListeners}`);
  assert.ok(after.JSHeapUsedSize <= before.JSHeapUsedSize + 4e6, `heap: ${before.JSHeapUsedSize}, then ${after.JSHeapUsedSize}`);
  assertNoProblems(page); // too many WebGL contexts would be one
  await mount(page, { src: viewerPage(), run });
  await hears(page, { event: "mode", mode: "live" });
  await page.close();
});
