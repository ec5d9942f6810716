addToLibrary({
  js_use_context__deps: ["$GL"],
  js_use_context: () => {
    const { gl } = Module["page"];
    GL.makeContextCurrent(GL.registerContext(gl, { majorVersion: 2 }));
    return gl.getParameter(gl.MAX_TEXTURE_SIZE);
  },

  js_watch_canvas__deps: ["$listen", "$lifetime", "pev_on_resize", "pev_on_context"],
  js_watch_canvas: () => {
    const { canvas } = Module["page"];
    let devicePixels = null; // as the browser lays it out, where it says so
    const report = () => {
      const density = devicePixelRatio || 1;
      // Rounding is the browser's business; anything more is a size from before a zoom, or an emulated density.
      const choose = (told, cssPixels) => {
        const computed = Math.round(cssPixels * density);
        return Math.abs(told - computed) <= 1 ? told : computed;
      };
      _pev_on_resize(choose(devicePixels?.inlineSize, canvas.clientWidth), choose(devicePixels?.blockSize, canvas.clientHeight), density);
    };

    const observer = new ResizeObserver((entries) => {
      devicePixels = entries[0].devicePixelContentBoxSize?.[0] ?? null;
      report();
    });
    try {
      observer.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(canvas); // Safari
    }
    lifetime.signal.addEventListener("abort", () => observer.disconnect());

    // Zooming can change the density and leave the number of device pixels as it was.
    const watchDensity = () => {
      const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      query.addEventListener("change", () => { report(); watchDensity(); }, { once: true, signal: lifetime.signal });
    };
    watchDensity();

    listen(canvas, "webglcontextlost", (event) => {
      event.preventDefault(); // or it would never be restored
      _pev_on_context(false);
    });
    listen(canvas, "webglcontextrestored", () => _pev_on_context(true));
    report();
  },

  js_resize_canvas: (width, height) => {
    const { canvas } = Module["page"];
    // Even a size that is no other costs a new buffer.
    if (canvas.width !== width)
      canvas.width = width;
    if (canvas.height !== height)
      canvas.height = height;
  },

  js_take_fingers: (take) => {
    Module["page"].canvas.style.touchAction = take || window === window.parent ? "" : "pan-y pinch-zoom"; // "": viewer.css
  },

  js_set_cursor__deps: ["$fromWasm"],
  js_set_cursor: (name, size) => { Module["page"].canvas.style.cursor = fromWasm(name, size); },
});
