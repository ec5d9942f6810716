// Puts a run viewer into a page:
//
//   import { mountRunViewer } from "https://viewer.example.com/embed.js";
//   const viewer = await mountRunViewer(document.querySelector("#run"), { run: "8f3b61c2-…" });
//   viewer.on("step", (step) => console.log(step.key, step.state));
//
// What it takes and gives is said in embed.d.ts, what a site needs for it in docs/EMBEDDING.md. For pages without modules
// there is embed.classic.js, which puts the same into window.PlaybookRunViewer.

const kProtocol = 1; // as in host_link.js, the other end
const kFirstHello = 50; // ms; each further one waits twice as long
const kLastHello = 6_400;

export async function mountRunViewer(element, options = {}) {
  const viewer = new RunViewer(element, options);
  try {
    await viewer.ready;
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  return viewer;
}

const kHere = new URL(import.meta.url);

class RunViewer {
  #options;
  #address;
  #frame = document.createElement("iframe");
  #port = null;
  #listeners = new Map(); // functions by event
  #requests = new Map(); // AbortController by id
  #over = new AbortController(); // ends listeners and observers with the viewer
  #hello = 0; // timer
  #settle = null; // of `ready`
  #theme;
  #streaming;

  constructor(element, options) {
    this.#options = options;
    this.#theme = options.theme ?? "host";
    this.#streaming = options.streaming ?? true;
    this.#address = addressOf(options, this.#plainTheme(element));
    this.ready = new Promise((resolve, reject) => { this.#settle = { resolve, reject }; });
    this.ready.catch(() => {}); // whoever mounts is told

    const signal = this.#over.signal;
    options.signal?.addEventListener("abort", () => {
      this.#settle.reject(options.signal.reason);
      this.destroy();
    }, { once: true, signal });
    addEventListener("message", (event) => this.#heard(event), { signal });
    this.#frame.addEventListener("load", () => this.#sayHello(), { signal });
    Object.assign(this.#frame, { title: options.title ?? "Playbook run", allow: "clipboard-write", referrerPolicy: "no-referrer" });
    Object.assign(this.#frame.style, { display: "block", width: "100%", height: "100%", border: "0" });
    this.#frame.src = this.#address.href;
    if (options.signal?.aborted)
      this.#settle.reject(options.signal.reason);
    else
      element.append(this.#frame);
    watchTheme(signal, () => this.#tellTheme());
  }

  get frame() { return this.#frame; }

  openRun(run, { step } = {}) { this.#tell({ type: "openRun", run, step }); }
  selectStep(step) { this.#tell({ type: "selectStep", step }); }
  pause() { this.#tell({ type: "pause" }); }
  resume() { this.#tell({ type: "resume" }); }
  refresh() { this.#tell({ type: "refresh" }); }

  setTheme(theme) {
    this.#theme = theme;
    this.#tellTheme();
  }

  setStreaming(allowed) {
    this.#streaming = allowed;
    this.#tell({ type: "setStreaming", allowed });
  }

  // Returns a function that ends it.
  on(event, listener) {
    if (!this.#listeners.has(event))
      this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  destroy() {
    this.#over.abort();
    clearTimeout(this.#hello);
    this.#settle.reject(new Error("the viewer was destroyed before it was ready"));
    this.#requests.forEach((controller) => controller.abort());
    this.#port?.close();
    this.#port = null;
    this.#listeners.clear();
    this.#frame.remove(); // its page stops stream, timers and graphics as it goes
  }

  // The frame has loaded a page, at first or anew. Until the viewer in it answers, if there is one.
  #sayHello(wait = kFirstHello) {
    clearTimeout(this.#hello);
    if (wait === kFirstHello)
      this.#port?.close();
    if (wait > kLastHello) {
      this.#settle.reject(new Error(`no viewer answers at ${this.#address.origin}${this.#address.pathname}: it may be missing there, ` +
                                    "forbidden in a frame of this site (frame-ancestors), or in a sandbox without allow-same-origin"));
      return;
    }
    this.#frame.contentWindow?.postMessage({ pev: "hello", protocol: kProtocol }, this.#address.origin);
    this.#hello = setTimeout(() => this.#sayHello(wait * 2), wait);
  }

  #heard(event) {
    if (event.source !== this.#frame.contentWindow || event.origin !== this.#address.origin)
      return;
    if (event.data?.pev === "welcome") {
      clearTimeout(this.#hello);
      this.#port = event.ports[0];
      this.#port.onmessage = ({ data }) => (typeof data === "string" ? this.#told(JSON.parse(data)) : this.#asked(data));
    } else if (event.data?.pev === "refused") {
      clearTimeout(this.#hello);
      this.#settle.reject(new Error(event.data.protocol === kProtocol
        ? `the viewer does not obey pages of ${location.origin}: name it in ${this.#address.origin}'s parents.json`
        : `the viewer speaks version ${event.data.protocol} of the messages, this embed.js version ${kProtocol}: use its own embed.js`));
    }
  }

  #tell(command) { this.#port?.postMessage(JSON.stringify(command)); }

  #told({ type, ...news }) {
    if (type === "ready") {
      // What was changed since the address was made; a page that was reloaded knows nothing of it.
      this.#tellTheme();
      this.#tell({ type: "setStreaming", allowed: this.#streaming });
      this.#settle.resolve();
    } else if (type === "error") {
      const error = Object.assign(new Error(`${news.title}${news.detail ? `: ${news.detail}` : ""}`), news);
      if (news.fatal)
        this.#settle.reject(error);
      return this.#emit("error", error);
    } else if (type === "resize" && this.#options.height === "auto") {
      this.#frame.style.height = `${news.height}px`;
    }
    this.#emit(type, news);
  }

  #emit(event, news) {
    for (const listener of this.#listeners.get(event) ?? [])
      listener(news);
  }

  #asked({ fetch: id, url, abort, key }) {
    if (key)
      this.#frame.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    else if (abort)
      this.#requests.get(abort)?.abort();
    else
      this.#fetchFor(id, url);
  }

  // A request of the viewer's, made with this page's cookies. Only the calls that a viewer has to make are made.
  async #fetchFor(id, url) {
    const controller = new AbortController();
    this.#requests.set(id, controller);
    let answer;
    try {
      answer = await this.#answerTo(url, controller.signal);
    } catch (error) {
      answer = { failure: String(error?.message || error) };
    }
    this.#requests.delete(id);
    this.#port?.postMessage({ answer: id, ...answer }, answer.body ? [answer.body] : []);
  }

  async #answerTo(url, signal) {
    const { api = "/api/v1", streamUrl, fetch: request = fetchWithCookies } = this.#options;
    const runs = new URL(`${api.replace(/\/+$/, "")}/playbook-runs/`, document.baseURI).href;
    const { href } = new URL(url, document.baseURI);
    if (!href.startsWith(runs))
      throw new Error("the viewer may only ask for runs");
    if (streamUrl && href.endsWith("/stream")) {
      const run = decodeURIComponent(href.slice(runs.length, -"/stream".length));
      const text = JSON.stringify({ success: true, data: { streamUrl: await streamUrl(run) } });
      return { status: 200, type: "application/json", date: "", body: new TextEncoder().encode(text).buffer };
    }
    const response = await request(href, { signal });
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      date: response.headers.get("date") ?? "",
      body: await response.arrayBuffer(),
    };
  }

  #plainTheme(element) { return this.#theme === "host" ? themeOf(element) : this.#theme; }

  #tellTheme() { this.#tell({ type: "setTheme", theme: this.#plainTheme(this.#frame) }); }
}

function addressOf(options, theme) {
  const address = new URL(options.src ?? new URL("index.html", kHere), document.baseURI);
  const relays = options.fetch || options.streamUrl;
  const parameters = {
    run: options.run,
    api: options.api,
    profile: options.streamUrl ? "app" : options.profile,
    stream: options.streaming === false ? "off" : undefined,
    fetch: relays ? "host" : undefined,
    step: options.step,
    theme: theme === "system" ? undefined : theme,
    tz: options.timeZone,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined)
      address.searchParams.set(name, value);
  return address;
}

const fetchWithCookies = (url, { signal }) =>
  fetch(url, { signal, credentials: "include", cache: "no-store", headers: { Accept: "application/json" } });

// --- The host's theme ---

// Light or dark, by what is behind the element: true for every way that a page may have to switch.
function themeOf(element) {
  for (let node = element; node; node = node.parentElement) {
    const [red, green, blue, alpha] = channels(getComputedStyle(node).backgroundColor);
    if (alpha > 127)
      return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const isDark = scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  return isDark ? "dark" : "light";
}

// Any colour that CSS knows, as red, green, blue and alpha up to 255.
let pixel = null;
function channels(color) {
  pixel ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  return pixel.getImageData(0, 0, 1, 1).data;
}

function watchTheme(signal, changed) {
  const observer = new MutationObserver(changed);
  for (const node of [document.documentElement, document.body])
    observer.observe(node, { attributes: true });
  signal.addEventListener("abort", () => observer.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
  document.addEventListener("transitionend", changed, { signal }); // only then the colours are what they will be
}
