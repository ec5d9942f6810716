// Glyphs by the browser's own rasteriser: its fonts, its fallbacks, its emoji.

addToLibrary({
  $glyphPad: "={ fonts: [], font: '' }",

  // The page's drawing context, with `font` chosen at that size.
  $glyphContext__deps: ["$glyphPad"],
  $glyphContext: (font, sizePx) => {
    const context = Module["page"].glyphs;
    const { weight, families } = glyphPad.fonts[font];
    const css = `${weight} ${sizePx}px ${families}`;
    if (glyphPad.font !== css)
      context.font = glyphPad.font = css; // parsing is dear
    return context;
  },

  // A clean area of that size in which text comes out in `color`.
  $clearGlyphPad: (context, width, height, color) => {
    const { canvas } = context;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      context.font = glyphPad.font; // resizing forgot it
    } else {
      context.clearRect(0, 0, width, height);
    }
    context.fillStyle = color;
  },

  js_add_font__deps: ["$glyphPad", "$fromWasm"],
  js_add_font: (font, weight, families, size) => {
    glyphPad.fonts[font] = { weight, families: fromWasm(families, size) };
  },

  js_font_extent__deps: ["$glyphContext"],
  js_font_extent: (font, sizePx, extent) => {
    // At the size itself browsers round, each density as it likes, and remember it through a zoom: text would move by a pixel.
    const exactAt = 1000;
    const metrics = glyphContext(font, exactAt).measureText("Hg");
    HEAPF32[extent >> 2] = metrics.fontBoundingBoxAscent / exactAt * sizePx;
    HEAPF32[(extent >> 2) + 1] = metrics.fontBoundingBoxDescent / exactAt * sizePx;
  },

  js_draw_glyph__deps: ["$glyphContext", "$clearGlyphPad", "pev_glyph_pixels"],
  js_draw_glyph: (font, sizePx, codePoint, emoji, metrics) => {
    const phases = 4; // kGlyphPhases
    const context = glyphContext(font, sizePx);
    const text = String.fromCodePoint(codePoint) + (emoji ? "\uFE0F" : "");
    const box = context.measureText(text);
    // One pixel more all around: smoothing reaches over the edge; and one for the last phase.
    const left = Math.floor(-box.actualBoundingBoxLeft) - 1;
    const top = Math.floor(-box.actualBoundingBoxAscent) - 1;
    const right = Math.ceil(box.actualBoundingBoxRight) + 2;
    const bottom = Math.ceil(box.actualBoundingBoxDescent) + 1;
    let width = right - left;
    const height = bottom - top;
    if (!(box.actualBoundingBoxRight > -box.actualBoundingBoxLeft && width * phases <= 8192 && height <= 2048))
      width = 0; // nothing to see, or something absurd
    HEAPF32.set([box.width, left, top, width, height], metrics >> 2);
    if (!width)
      return;

    clearGlyphPad(context, width * phases, height, "#fff");
    for (let phase = 0; phase < phases; ++phase)
      context.fillText(text, phase * width - left + phase / phases, -top);
    const { data } = context.getImageData(0, 0, width * phases, height);
    const pointer = _pev_glyph_pixels(data.length); // may make a new HEAPU8
    HEAPU8.set(data, pointer);
  },

  js_text_contrast__deps: ["$glyphContext", "$clearGlyphPad"],
  js_text_contrast: (font, sizePx) => {
    const context = glyphContext(font, sizePx);
    const width = Math.ceil(sizePx * 8);
    const height = Math.ceil(sizePx * 2);
    const coverage = (color) => {
      clearGlyphPad(context, width, height, color);
      context.fillText("Rag&8@es", 1, sizePx * 1.5);
      return context.getImageData(0, 0, width, height).data;
    };
    const white = coverage("#fff");
    const black = coverage("#000");
    // Least squares for black = white - k * white * (1 - white).
    let above = 0;
    let below = 0;
    for (let i = 3; i < white.length; i += 4) {
      const w = white[i] / 255;
      const bend = w * (1 - w);
      above += (w - black[i] / 255) * bend;
      below += bend * bend;
    }
    return below > 0 ? Math.max(-0.6, Math.min(0.6, above / below)) : 0;
  },
});
