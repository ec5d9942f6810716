// Loads the module and hands it the page; where that fails, or the viewer dies later, says so in words that help.
//
// A classic script, so that it runs in every frame: a sandbox may refuse modules, and this is what tells.
"use strict";

(() => {

const element = (id) => document.getElementById(id);
const folder = new URL(".", document.currentScript.src);
const parameters = new URLSearchParams(location.search);
const isEmbedded = window !== window.parent;

element("unloaded").remove(); // this much has been

document.documentElement.classList.toggle("embedded", isEmbedded); // the wheel goes on in the page around

// Before the first paint, so that nothing flashes; the viewer takes over with its first frame.
const theme = parameters.get("theme");
if (theme === "light" || theme === "dark")
  document.documentElement.dataset.theme = theme;

// Likewise the list, which is as wide as the reader has made it (shared/app/preferences.h).
try {
  const width = /(?:^| )list=(\d{1,5})(?: |$)/.exec(localStorage.getItem("pravado-viewer"))?.[1];
  if (width)
    document.documentElement.style.setProperty("--list", `${width}px`);
} catch {
  // Storage may be forbidden.
}

const failures = {
  wasm: {
    title: "This browser can't run the viewer",
    text: "The viewer needs WebAssembly, which this browser lacks or has switched off. Any browser of the last years will do; " +
          "in Lockdown or similar modes, allow this site and reload the page.",
  },
  webgl: {
    title: "This browser shows no WebGL 2 graphics",
    text: "The viewer draws with WebGL 2. Switch on hardware acceleration in the browser's settings, or use another browser, " +
          "and reload the page.",
  },
  load: {
    title: "A part of the viewer could not be loaded",
    text: "The run itself is not affected. Check the connection and reload the page. If this stays, the viewer is not fully " +
          "installed on this server: tell whoever runs it.",
  },
  sandbox: {
    title: "The viewer is shut in too tightly",
    text: "The page around has put the viewer in a sandbox in which it can't reach its own site. Whoever runs that page has to " +
          "give its frame allow-scripts and allow-same-origin.",
  },
  crash: {
    title: "The viewer has stopped",
    text: "An error in the viewer made it stop. The run itself is not affected and goes on. Reload the page to see where it is now.",
  },
};

const kFirstFrame = 1000; // ms that it usually takes, and more

// Whoever still waits then is told.
setTimeout(() => document.documentElement.classList.add("slow"), Math.max(0, kFirstFrame - performance.now()));

let viewer = null; // the module, once it is there
let failed = false;

// The channel to the page around, where there is one. It is there for failures too.
const linkLoaded = isEmbedded ? import(new URL("host_link.js", folder)).then((code) => code.openLink(folder), () => null)
                              : Promise.resolve(null);

function fail(kind, detail = "") {
  if (failed)
    return; // the first reason is the one that counts
  failed = true;
  try {
    viewer?.stop?.();
  } catch {
    // A dead module can't be made deader.
  }
  const { title, text } = failures[kind];
  element("failure-title").textContent = title;
  element("failure-text").textContent = text;
  element("failure-detail").textContent = detail;
  element("failure-detail").hidden = !detail;
  element("failure-reload").onclick = () => location.reload();
  element("failure-copy").onclick = () => copy(report(kind, detail));
  element("skeleton").hidden = true;
  element("viewer").hidden = true;
  element("failure").hidden = false;
  if (!isEmbedded)
    element("failure-reload").focus({ preventScroll: true });
  document.title = `${title} – Playbook run`;
  linkLoaded.then((link) => link?.tell(JSON.stringify({ type: "error", fatal: true, kind, title, detail, status: 0, code: "" })));
}

// For whoever is told of it. Of the address only what can't hold a secret.
function report(kind, detail) {
  const facts = {
    failure: `${kind}: ${failures[kind].title}`,
    page: location.origin + location.pathname,
    parameters: [...parameters.keys()].join(" "),
    embedded: isEmbedded,
    time: new Date().toISOString(),
    browser: navigator.userAgent,
    screen: `${innerWidth} × ${innerHeight} at ${devicePixelRatio}`,
  };
  return Object.entries(facts).map(([name, value]) => `${name}: ${value}\n`).join("") + (detail && `\n${detail}\n`);
}

async function copy(text) {
  const button = element("failure-copy");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    // Not allowed here: it can be copied by hand.
    element("failure-detail").textContent = text;
    element("failure-detail").hidden = false;
    getSelection().selectAllChildren(element("failure-detail"));
  }
}

// Errors of browser extensions and of a host's own scripts are none of ours.
const isOurs = (error, file) => error instanceof WebAssembly.RuntimeError || String(file || error?.stack).includes(folder.href);

function showCanvas() {
  element("skeleton").hidden = true;
  if (!isEmbedded && document.activeElement === document.body)
    element("canvas").focus({ preventScroll: true }); // an embedded viewer waits to be clicked
}

async function load() {
  if (typeof WebAssembly !== "object")
    return fail("wasm");
  addEventListener("error", (event) => {
    if (isOurs(event.error, event.filename))
      fail("crash", String(event.error?.stack ?? event.message));
  });
  addEventListener("unhandledrejection", (event) => {
    if (isOurs(event.reason))
      fail("crash", String(event.reason?.stack ?? event.reason));
  });
  const failToLoad = (error) => fail(self.origin === "null" ? "sandbox" : "load", String(error?.message || error));

  // As canvases are by themselves. Of a frame that is not displayed some browsers can't say.
  if (getComputedStyle(element("canvas")).display === "inline")
    return failToLoad("viewer.css is missing");

  // Module and code are fetched side by side.
  const fetched = fetch(new URL("viewer.wasm", folder), { credentials: "same-origin" });
  fetched.catch(() => {}); // looked at below
  const code = import(new URL("viewer.js", folder));
  code.catch(() => {});

  let firstPart = null;
  const instantiateWasm = (imports, done) => {
    compile(fetched, imports).then(({ instance, module }) => done(firstPart = instance, module), failToLoad);
    return {}; // the exports come later
  };
  // What the first picture has no use for is fetched while that is drawn, or while a large run is read. Where none is drawn it is
  // fetched all the same: a tab in the background and a frame that is not displayed get no frames, and have a host to answer and a
  // run to follow.
  let rest = null;
  const fetchRest = () => { rest ??= loadRest(firstPart).then(() => viewer.complete(), failToLoad); };
  const shown = () => {
    showCanvas();
    queueMicrotask(fetchRest); // once the picture is drawn
  };
  // Making a context takes a while, and the network has something to do meanwhile. Its size comes first: another one later
  // would be made all over again.
  const canvas = element("canvas");
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false, // the viewer smooths its own edges
    depth: false,
    stencil: false,
    preserveDrawingBuffer: true, // only what changes is drawn
    powerPreference: "low-power",
  });
  if (!gl)
    return fail("webgl");
  // What glyphs are drawn on, by the CPU, to be read back without a detour over the GPU. The first text takes a while, too.
  const glyphs = Object.assign(document.createElement("canvas"), { width: 256, height: 64 })
    .getContext("2d", { willReadFrequently: true });
  glyphs.fillText("0", 0, 9);
  const link = await linkLoaded;
  const page = {
    canvas,
    gl,
    glyphs,
    typing: element("typing"),
    status: element("status"),
    shown,
    fetchRest,
    link,
    fetch: parameters.get("fetch") === "host" ? link?.fetch : undefined,
  };
  viewer = { page, instantiateWasm, onAbort: (reason) => fail("crash", String(reason)) };
  let createViewer;
  try {
    createViewer = (await code).default;
  } catch (error) {
    return failToLoad(error);
  }
  await createViewer(viewer); // an error in here is a crash
  setTimeout(fetchRest, document.hidden ? 0 : kFirstFrame);
}

async function compile(fetched, imports) {
  const response = checked(await fetched);
  showProgress(response.clone());
  return instantiate(response, imports);
}

// A connection that fails for a moment costs a moment, not the viewer.
async function loadRest(firstPart) {
  for (const pause of [1000, 3000, null]) {
    try {
      const response = await fetch(new URL("viewer-rest.wasm", folder), { credentials: "same-origin" });
      return await instantiate(checked(response), { first: firstPart.exports });
    } catch (error) {
      if (pause === null)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function checked(response) {
  if (!response.ok)
    throw new Error(`${new URL(response.url).pathname.split("/").pop()}: the server answered ${response.status} ${response.statusText}`);
  return response;
}

async function instantiate(response, imports) {
  // A server that does not know the content type costs the streaming, not the viewer.
  if (response.headers.get("content-type")?.startsWith("application/wasm"))
    return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

// Of the module, which is nearly all that there is to load. The style sheet shows it only where that takes long.
async function showProgress(response) {
  const bar = element("progress");
  bar.max = Number(bar.dataset.bytes); // make_dist.mjs knows
  let bytes = 0;
  try {
    for (const reader = response.body.getReader();;) {
      const { done, value } = await reader.read();
      if (done)
        return;
      bytes += value.length;
      bar.value = bytes;
    }
  } catch {
    // compile() meets the same error, and tells.
  }
}

load();

})();
