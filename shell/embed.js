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
const kSlowestHello = 5_000;
const kPatience = 30_000; // ms that a frame has for loading, and its viewer for answering: connections may be slow

export async function mountRunViewer(element, options = {}) {
  if (!element?.isConnected)
    throw new Error("the element for the viewer is not in the page: a frame loads only there");
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
  #deadline = 0; // timer
  #settle = null; // of `ready`
  #listened;
  #isReady = false; // the page that the frame shows now
  #unsent = []; // commands for when it is
  #theme;
  #toldTheme;
  #streaming;
  #run;

  constructor(element, options) {
    this.#options = options;
    this.#theme = options.theme ?? "host";
    this.#toldTheme = this.#plainTheme(element);
    this.#streaming = options.streaming ?? true;
    this.#run = { run: options.run };
    this.#address = addressOf(options, this.#toldTheme);
    this.ready = new Promise((resolve, reject) => { this.#settle = { resolve, reject }; });
    // Events wait for a task of their own, in which whoever mounts has begun to listen.
    this.#listened = this.ready.then(() => new Promise((resolve) => setTimeout(resolve)));
    this.#listened.catch(() => {}); // whoever mounts is told

    const signal = this.#over.signal;
    options.signal?.addEventListener("abort", () => {
      this.#settle.reject(options.signal.reason);
      this.destroy();
    }, { once: true, signal });
    addEventListener("message", (event) => this.#heard(event), { signal });
    this.#frame.addEventListener("load", () => this.#greet(), { signal });
    Object.assign(this.#frame, { title: options.title ?? "Playbook run", allow: "clipboard-write", referrerPolicy: "no-referrer" });
    Object.assign(this.#frame.style, { display: "block", width: "100%", height: "100%", border: "0" });
    this.#frame.src = this.#address.href;
    if (options.signal?.aborted)
      this.#settle.reject(options.signal.reason);
    else
      element.append(this.#frame);
    this.#expectAnswer();
    watchTheme(element, signal, () => this.#followTheme());
  }

  get frame() { return this.#frame; }

  openRun(run, { step } = {}) {
    this.#run = { run, step };
    this.#tell({ type: "openRun", run, step });
  }

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
    return () => this.#listeners.get(event)?.delete(listener);
  }

  destroy() {
    this.#over.abort();
    this.#settle.reject(new Error("the viewer was destroyed before it was ready"));
    this.#disconnect();
    clearTimeout(this.#deadline);
    this.#listeners.clear();
    this.#frame.remove(); // its page stops stream, timers and graphics as it goes
  }

  // The frame has loaded a page, at first or anew.
  #greet() {
    this.#disconnect();
    this.#expectAnswer();
    this.#sayHello(kFirstHello);
  }

  #expectAnswer() {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#giveUp(), kPatience);
  }

  // Until the viewer in it answers, if there is one.
  #sayHello(wait) {
    this.#frame.contentWindow?.postMessage({ pev: "hello", protocol: kProtocol }, this.#address.origin);
    this.#hello = setTimeout(() => this.#sayHello(Math.min(wait * 2, kSlowestHello)), wait);
  }

  #giveUp() {
    clearTimeout(this.#hello);
    this.#settle.reject(new Error(`no viewer answers at ${this.#address.origin}${this.#address.pathname}: it may be missing there, ` +
                                  "forbidden in a frame of this site (frame-ancestors), or in a sandbox without allow-same-origin"));
  }

  // What was under way was for the page that the frame showed before.
  #disconnect() {
    clearTimeout(this.#hello);
    this.#isReady = false;
    this.#port?.close();
    this.#port = null;
    this.#requests.forEach((controller) => controller.abort());
    this.#requests = new Map();
  }

  #heard(event) {
    if (event.source !== this.#frame.contentWindow || event.origin !== this.#address.origin)
      return;
    if (event.data?.pev === "welcome") {
      this.#disconnect();
      clearTimeout(this.#deadline); // it is there, and tells what keeps it from getting ready
      const [port] = event.ports;
      this.#port = port;
      port.onmessage = ({ data }) => (typeof data === "string" ? this.#told(JSON.parse(data)) : this.#asked(data, port));
    } else if (event.data?.pev === "refused") {
      clearTimeout(this.#hello);
      this.#settle.reject(new Error(event.data.protocol === kProtocol
        ? `the viewer does not obey pages of ${location.origin}: name it in ${this.#address.origin}'s parents.json`
        : `the viewer speaks version ${event.data.protocol} of the messages, this embed.js version ${kProtocol}: use its own embed.js`));
    }
  }

  #tell(command) {
    if (this.#isReady)
      this.#port.postMessage(JSON.stringify(command));
    else
      this.#unsent.push(command);
  }

  #told({ type, ...news }) {
    if (type === "ready") {
      this.#isReady = true;
      this.#tellAgain(news.run);
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

  // What was changed since the address was made: a page that was reloaded knows nothing of it, and some commands went to one that
  // was on its way out.
  #tellAgain(shownRun) {
    this.#tellTheme();
    this.#tell({ type: "setStreaming", allowed: this.#streaming });
    if (this.#run.run !== undefined && String(this.#run.run) !== shownRun)
      this.#tell({ type: "openRun", ...this.#run });
    this.#unsent.splice(0).forEach((command) => this.#tell(command));
  }

  #emit(event, news) {
    this.#listened.then(() => {
      for (const listener of this.#listeners.get(event) ?? [])
        attempt(() => listener(news));
    }, () => {}); // nobody listens to a viewer that was never ready
  }

  #asked({ fetch: id, url, abort, key }, port) {
    if (key)
      this.#frame.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    else if (abort)
      this.#requests.get(abort)?.abort();
    else
      this.#fetchFor(id, url, port, this.#requests);
  }

  // A request of the viewer's, made with this page's cookies. Only the calls that a viewer has to make are made.
  // The answer goes to the page that has asked: the next one in the frame counts its requests from one again.
  async #fetchFor(id, url, port, requests) {
    const controller = new AbortController();
    requests.set(id, controller);
    let answer;
    try {
      answer = await this.#answerTo(url, controller.signal);
    } catch (error) {
      answer = { failure: String(error?.message || error) };
    }
    requests.delete(id);
    port.postMessage({ answer: id, ...answer }, answer.body ? [answer.body] : []);
  }

  async #answerTo(url, signal) {
    const { streamUrl, fetch: request = fetchWithCookies } = this.#options;
    const { href } = new URL(url, document.baseURI);
    const [run, part] = askedFor(href, apiOf(this.#options));
    if (streamUrl && part === "stream") {
      const address = new URL(await streamUrl(run), document.baseURI).href; // relative to this page, which the viewer does not know
      const text = JSON.stringify({ success: true, data: { streamUrl: address } });
      return { status: 200, type: "application/json", date: "", body: new TextEncoder().encode(text).buffer };
    }
    const response = await request(href, { signal });
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      date: response.headers.get("date") ?? "",
      retryAfter: response.headers.get("retry-after") ?? "",
      body: await response.arrayBuffer(),
    };
  }

  #plainTheme(element) { return this.#theme === "host" ? themeOf(element) : this.#theme; }

  #tellTheme() {
    this.#toldTheme = this.#plainTheme(this.#frame);
    this.#tell({ type: "setTheme", theme: this.#toldTheme });
  }

  // Only the host's changes are told: the reader may have chosen another theme in the viewer.
  #followTheme() {
    if (this.#plainTheme(this.#frame) !== this.#toldTheme)
      this.#tellTheme();
  }
}

function addressOf(options, theme) {
  const address = new URL(options.src ?? new URL("index.html", kHere), document.baseURI);
  const relays = options.fetch || options.streamUrl; // then the addresses are this page's
  const parameters = {
    run: options.run,
    api: relays ? apiOf(options) : options.api,
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

const apiOf = ({ api = "/api/v1" }) => new URL(api, document.baseURI).href.replace(/\/+$/, "");

// What an address asks for below the runs of `api`: a run's id, and a part of it. Throws for any other address, also for one that
// leads elsewhere on a server that decodes slashes before it resolves dots. Ids and keys may have slashes.
function askedFor(href, api) {
  const runs = `${api}/playbook-runs/`;
  const [path] = href.startsWith(runs) ? href.slice(runs.length).split(/[?#]/) : [""];
  const climbs = decodeURIComponent(path).split(/[/\\]/).some((part) => /^\.\.?(;|$)/.test(part));
  if (!path || climbs)
    throw new Error("the viewer may only ask for runs");
  return path.split("/").map(decodeURIComponent);
}

// A listener that fails is the page's to hear of, and no reason to keep the news from the others.
function attempt(call) {
  try {
    call();
  } catch (error) {
    setTimeout(() => { throw error; });
  }
}

const fetchWithCookies = (url, { signal }) =>
  fetch(url, { signal, credentials: "include", cache: "no-store", headers: { Accept: "application/json" } });

// --- The host's theme ---

// Light or dark, by what is behind the element: true for every way that a page may have to switch.
function themeOf(element) {
  for (const node of withAncestors(element)) {
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

// Out of shadow trees too.
function* withAncestors(element) {
  for (let node = element; node; node = node.assignedSlot ?? node.parentElement ?? node.getRootNode().host)
    yield node;
}

function watchTheme(element, signal, changed) {
  const observer = new MutationObserver(changed);
  for (const node of withAncestors(element))
    observer.observe(node, { attributes: true }); // any of them may be what the page's style sheet goes by
  signal.addEventListener("abort", () => observer.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed, { signal });
  document.addEventListener("transitionend", changed, { signal }); // only then the colours are what they will be
}
