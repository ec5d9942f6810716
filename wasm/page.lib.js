// The page around the canvas. Module.page is what the shell hands over (shell/boot.js):
//   canvas, its WebGL 2 context gl, typing (a text field out of sight), status (a live region),
//   shown(), to be called with the first frame, and fetchRest(), which may be called before that.
// It calls Module.complete() when the rest of the module is there (scripts/split_wasm.mjs), and Module.stop() when all is over.

addToLibrary({
  // Ends everything that could still call into the module: after a crash, or when the host is done with the viewer.
  $stopViewer__deps: ["$lifetime", "$timers", "$fetches", "$streams"],
  $stopViewer: () => {
    lifetime.abort(); // all listeners
    timers.forEach(clearTimeout);
    fetches.forEach((controller) => controller.abort());
    fetches.clear();
    streams.forEach((end) => end.abort());
    streams.clear();
    // Browsers allow few contexts at a time, and would only notice at some later time that this one is not needed any more.
    Module["page"].gl.getExtension("WEBGL_lose_context")?.loseContext();
  },

  js_read_address__deps: ["$toWasm"],
  js_read_address: () => {
    toWasm(0, location.pathname);
    toWasm(1, location.search);
    toWasm(2, window === window.parent ? location.origin + location.pathname : "");
  },

  // Storage may be forbidden (in frames of other sites), full, or not there at all.
  js_read_preferences__deps: ["$toWasm"],
  js_read_preferences: () => {
    let text = null;
    try {
      text = localStorage.getItem("pravado-viewer");
    } catch { }
    toWasm(0, (text ?? "").slice(0, 1000));
  },

  js_store_preferences__deps: ["$fromWasm"],
  js_store_preferences: (text, size) => {
    try {
      localStorage.setItem("pravado-viewer", fromWasm(text, size));
    } catch { }
  },

  js_set_query__deps: ["$fromWasm"],
  js_set_query: (query, size, newEntry) => {
    const text = fromWasm(query, size);
    const address = location.pathname + (text && "?" + text) + location.hash;
    try {
      if (newEntry && window === window.parent)
        history.pushState(null, "", address);
      else
        history.replaceState(history.state, "", address);
    } catch {
      // Some sandboxes forbid it, and browsers limit how often: the address is a convenience.
    }
  },

  js_watch_page__deps: ["$listen", "$stopViewer", "$toWasm", "pev_on_preferences", "pev_on_visibility", "pev_on_network",
                        "pev_on_fonts_changed", "pev_on_address", "pev_on_complete"],
  js_watch_page: () => {
    Module["stop"] = stopViewer;
    Module["complete"] = () => lifetime.signal.aborted || _pev_on_complete();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const preferences = () => _pev_on_preferences(dark.matches, still.matches);
    preferences();
    listen(dark, "change", preferences);
    listen(still, "change", preferences);
    const visibility = () => _pev_on_visibility(!document.hidden);
    const network = () => _pev_on_network(navigator.onLine);
    visibility();
    network();
    listen(document, "visibilitychange", visibility);
    listen(window, "online", network);
    listen(window, "offline", network);
    listen(document.fonts, "loadingdone", () => _pev_on_fonts_changed());
    listen(window, "popstate", () => {
      toWasm(0, location.pathname);
      toWasm(1, location.search);
      _pev_on_address();
    });
    // The page is left, or its frame is taken out of the host's page. One that the browser keeps for "back" goes on.
    listen(window, "pagehide", (event) => { if (!event.persisted) stopViewer(); });
  },

  js_is_mac: () => /^(Mac|iP)/.test(navigator.platform),

  js_is_touched: () => matchMedia("(pointer: coarse)").matches,

  js_is_embedded: () => window !== window.parent,

  js_set_title__deps: ["$fromWasm"],
  js_set_title: (title, size) => { document.title = fromWasm(title, size); },

  js_set_icon__deps: ["$fromWasm"],
  js_set_icon: (name, size) => {
    const icon = fromWasm(name, size);
    document.querySelector("link[rel=icon]").href = icon ? `icon-${icon}.svg` : "icon.svg";
  },

  js_set_status__deps: ["$fromWasm"],
  js_set_status: (status, size) => { Module["page"].status.textContent = fromWasm(status, size); },

  js_can_notify: () => window === window.parent && "Notification" in window && Notification.permission !== "denied",

  js_ask_to_notify__deps: ["$lifetime", "pev_on_notify_answer"],
  js_ask_to_notify: () => {
    const answer = (permission) => lifetime.signal.aborted || _pev_on_notify_answer(permission === "granted");
    Notification.requestPermission().then(answer, () => answer("denied"));
  },

  js_notify__deps: ["$fromWasm"],
  js_notify: (title, titleSize, text, textSize) => {
    try {
      const notice = new Notification(fromWasm(title, titleSize), { body: fromWasm(text, textSize), icon: "icon.svg" });
      notice.onclick = () => window.focus();
    } catch {
      // Phones want a service worker for it. The title of the tab says the same.
    }
  },

  js_open_link__deps: ["$fromWasm", "$lifetime", "pev_on_link_refused"],
  js_open_link: (pointer, size) => {
    const refused = () => lifetime.signal.aborted || _pev_on_link_refused();
    try {
      window.open(fromWasm(pointer, size), "_blank", "noopener,noreferrer");
    } catch {
      return setTimeout(refused); // the browser takes it for no address
    }
    // A tab that can't be reached is not told of either, and neither is one that the sandbox of a frame forbids. But then the
    // focus stays where it is.
    if (window !== window.parent)
      setTimeout(() => document.hasFocus() && refused(), 1_000);
  },

  js_set_dark: (dark) => { document.documentElement.dataset.theme = dark ? "dark" : "light"; },

  js_show_canvas: () => Module["page"].shown(),

  js_fetch_rest: () => Module["page"].fetchRest(),

  js_mark_run_drawn: () => performance.mark("run-drawn"),

  $download: (file, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // when the download has surely begun
  },

  $unsavedParts: "=new Map()", // of files, by their names

  js_save_file__deps: ["$download", "$fromWasm", "$unsavedParts"],
  js_save_file: (name, nameSize, type, typeSize, content, contentSize, more) => {
    const fileName = fromWasm(name, nameSize);
    const parts = unsavedParts.get(fileName) ?? [];
    parts.push(new Blob([HEAPU8.subarray(content, content + contentSize)])); // which the browser may keep on disk
    if (more)
      return void unsavedParts.set(fileName, parts);
    unsavedParts.delete(fileName);
    download(new Blob(parts, { type: fromWasm(type, typeSize) }), fileName);
  },

  js_save_picture__deps: ["$download", "$fromWasm"],
  js_save_picture: (name, nameSize, pixels, width, height) => {
    const fileName = fromWasm(name, nameSize);
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const image = new ImageData(new Uint8ClampedArray(HEAPU8.slice(pixels, pixels + 4 * width * height).buffer), width, height);
    canvas.getContext("2d").putImageData(image, 0, 0);
    canvas.toBlob((file) => { if (file) download(file, fileName); }, "image/png");
  },

  js_offer_probe__deps: ["$UTF8ToString", "pev_probe"],
  js_offer_probe: () => {
    const ask = (question) => JSON.parse(UTF8ToString(_pev_probe(question)));
    window.__viewer = { stats: () => ask(0), drain: () => ask(1), tree: () => ask(2), text: () => ask(3), model: () => ask(4) };
  },
});
