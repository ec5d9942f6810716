// Loads the module and hands it the page; where that fails, or the viewer dies later, says so in words that help.

const element = (id) => document.getElementById(id);
const folder = new URL(".", import.meta.url);

// Before the first paint, so that nothing flashes; the viewer takes over with its first frame.
const theme = new URLSearchParams(location.search).get("theme");
if (theme === "light" || theme === "dark")
  document.documentElement.dataset.theme = theme;

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
  crash: {
    title: "The viewer has stopped",
    text: "An error in the viewer made it stop. The run itself is not affected and goes on. Reload the page to see where it is now.",
  },
};

let viewer = null; // the module, once it is there
let failed = false;

function fail(kind, detail = "") {
  if (failed)
    return; // the first reason is the one that counts
  failed = true;
  try {
    viewer?.stop?.();
  } catch {
    // A dead module can't be made deader.
  }
  element("failure-title").textContent = failures[kind].title;
  element("failure-text").textContent = failures[kind].text;
  element("failure-detail").textContent = detail;
  element("failure-detail").hidden = !detail;
  element("failure-reload").onclick = () => location.reload();
  element("skeleton").hidden = true;
  element("viewer").hidden = true;
  element("failure").hidden = false;
  element("failure-reload").focus({ preventScroll: true });
  document.title = `${failures[kind].title} – Playbook run`;
}

// Errors of browser extensions and of a host's own scripts are none of ours.
const isOurs = (error, file) => error instanceof WebAssembly.RuntimeError || String(file || error?.stack).includes(folder.href);

function shown() {
  element("skeleton").hidden = true;
  if (window === window.parent && document.activeElement === document.body)
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

  // Module and code are fetched side by side.
  const fetched = fetch(new URL("viewer.wasm", folder), { credentials: "same-origin" });
  fetched.catch(() => {}); // looked at below
  const code = import("./viewer.js");
  code.catch(() => {});

  const instantiateWasm = (imports, done) => {
    compile(fetched, imports).then(({ instance, module }) => done(instance, module),
                                   (error) => fail("load", String(error?.message || error)));
    return {}; // the exports come later
  };
  // Making a context takes a while, and the network has something to do meanwhile.
  const gl = element("canvas").getContext("webgl2", {
    alpha: false,
    antialias: false, // the viewer smooths its own edges
    depth: false,
    stencil: false,
    powerPreference: "low-power",
  });
  if (!gl)
    return fail("webgl");
  const page = {
    canvas: element("canvas"),
    gl,
    typing: element("typing"),
    status: element("status"),
    shown,
  };
  viewer = { page, instantiateWasm, onAbort: (reason) => fail("crash", String(reason)) };
  let createViewer;
  try {
    createViewer = (await code).default;
  } catch (error) {
    return fail("load", String(error?.message || error));
  }
  await createViewer(viewer); // an error in here is a crash
}

async function compile(fetched, imports) {
  const response = await fetched;
  if (!response.ok)
    throw new Error(`viewer.wasm: the server answered ${response.status} ${response.statusText}`);
  // A server that does not know the content type costs the streaming, not the viewer.
  if (response.headers.get("content-type")?.startsWith("application/wasm"))
    return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

load();
