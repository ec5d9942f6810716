// Pointer Events rather than separate mouse and touch events: one path for mouse, pen and finger, and a drag that goes
// on outside of the canvas and of the window (pointer capture).

addToLibrary({
  js_watch_input__deps: ["$lifetime", "$listen", "$toWasm",
                         "pev_on_pointer", "pev_on_wheel", "pev_on_context_menu", "pev_on_key", "pev_on_text", "pev_on_composition", "pev_on_focus"],
  js_watch_input: () => {
    const { canvas, typing, link } = Module["page"];
    const modifiers = (event) => event.ctrlKey | event.shiftKey << 1 | event.altKey << 2 | event.metaKey << 3 |
                                 event.getModifierState("AltGraph") << 4;

    // The order of PointerPhase and PointerKind in wasm/input.h.
    const phases = ["pointermove", "pointerdown", "pointerup", "pointercancel", "pointerleave"];
    const kinds = ["mouse", "pen", "touch"];
    listen(canvas, phases.join(" "), (event) => {
      if (!event.isPrimary)
        return; // a second finger belongs to the browser's zoom
      if (event.type === "pointerdown") {
        endComposition();
        canvas.setPointerCapture(event.pointerId);
        if (document.activeElement !== typing)
          canvas.focus({ preventScroll: true });
      }
      // A page that was busy hears of it late, and how fast a finger was is a matter of when it moved.
      const age = Math.min(10_000, Math.max(0, performance.now() - event.timeStamp));
      _pev_on_pointer(phases.indexOf(event.type), Math.max(0, kinds.indexOf(event.pointerType)),
                      event.offsetX, event.offsetY, event.buttons, age);
    });
    // Would move the focus away from the text field, and begin to select or to scroll.
    listen(canvas, "mousedown", (event) => event.preventDefault());

    // A right click, and on some systems a finger that rests. On the others we see to the finger ourselves.
    listen(canvas, "contextmenu", (event) => {
      const byFinger = event.pointerType === "touch";
      if (byFinger || _pev_on_context_menu(event.offsetX, event.offsetY, false))
        event.preventDefault();
    });
    let rest;
    lifetime.signal.addEventListener("abort", () => clearTimeout(rest));
    listen(canvas, phases.join(" "), (event) => {
      if (event.pointerType !== "touch" || event.type === "pointermove")
        return; // a finger that moves is no longer pressed: see wasm/touch_scroll.h
      clearTimeout(rest);
      if (event.type === "pointerdown" && event.isPrimary) {
        const { offsetX, offsetY } = event;
        rest = setTimeout(() => _pev_on_context_menu(offsetX, offsetY, true), 500);
      }
    });

    listen(canvas, "wheel", (event) => {
      if (event.ctrlKey || event.metaKey)
        return; // the browser's zoom
      if (_pev_on_wheel(event.offsetX, event.offsetY, event.deltaX, event.deltaY, event.deltaMode, modifiers(event)))
        event.preventDefault(); // otherwise the page around the frame scrolls
    }, { passive: false });

    // Keys go to the viewer unless something else on the page has the focus. Those that an input method takes are its own: some
    // browsers report the last one, which ends the composition, after the end, and all of them by this code.
    const kTakenByInputMethod = 229;
    const ours = (target) => target === canvas || target === typing || target === document.body || target === document.documentElement;
    listen(window, "keydown keyup", (event) => {
      const down = event.type === "keydown";
      if (!ours(event.target) || (down && (event.isComposing || event.keyCode === kTakenByInputMethod)))
        return;
      toWasm(0, event.code);
      toWasm(1, event.key);
      if (_pev_on_key(down, modifiers(event), event.target === typing))
        event.preventDefault();
      else if (down && event.target !== typing)
        link?.offerKey(event);
    });

    // What is typed comes from the field, so that input methods and the keyboards of phones work; it holds nothing but what is
    // being composed, which the viewer shows.
    let composing = false;
    const show = (text) => {
      composing = text !== "";
      toWasm(0, text);
      toWasm(1, text.slice(0, typing.selectionStart));
      _pev_on_composition();
    };
    const take = () => {
      if (composing)
        show("");
      toWasm(0, typing.value);
      typing.value = "";
      _pev_on_text();
    };
    // As a click ends it in any other field.
    const endComposition = () => {
      if (!composing)
        return;
      typing.blur();
      typing.focus({ preventScroll: true });
    };
    listen(typing, "input", (event) => event.isComposing ? show(typing.value) : take());
    listen(typing, "compositionend", take);
    listen(typing, "beforeinput", (event) => {
      // A phone's keyboard sends no key for its backspace.
      if (event.inputType !== "deleteContentBackward" || typing.value !== "")
        return;
      for (const down of [true, false]) {
        toWasm(0, "Backspace");
        toWasm(1, "Backspace");
        _pev_on_key(down, 0, true);
      }
    });

    listen(window, "blur", () => _pev_on_focus(false));
    listen(window, "focus", () => _pev_on_focus(true));
  },

  js_want_text: (wanted) => {
    const { canvas, typing } = Module["page"];
    if (wanted)
      typing.focus({ preventScroll: true });
    else if (document.activeElement === typing)
      canvas.focus({ preventScroll: true });
  },

  js_place_text_cursor: (x, y, lineHeight) => {
    const { style } = Module["page"].typing;
    style.left = `${x}px`;
    style.top = `${y}px`;
    style.height = style.fontSize = `${lineHeight}px`;
  },

  js_copy_text__deps: ["$fromWasm"],
  js_copy_text: (pointer, size) => {
    const text = fromWasm(pointer, size);
    const oldWay = () => {
      const field = document.createElement("textarea");
      const focused = document.activeElement;
      field.value = text;
      field.className = "out-of-sight";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      focused?.focus({ preventScroll: true });
    };
    // Refused in frames that were not given the permission, absent on plain http.
    if (navigator.clipboard)
      navigator.clipboard.writeText(text).catch(oldWay);
    else
      oldWay();
  },
});
