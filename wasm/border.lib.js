// What the other libraries share: texts over the border, and the list of things to let go of.

addToLibrary({
  $textDecoder: "=new TextDecoder()",
  $textEncoder: "=new TextEncoder()",

  // Text from C++.
  $fromWasm__deps: ["$textDecoder"],
  $fromWasm: (pointer, size) => textDecoder.decode(HEAPU8.subarray(pointer, pointer + size)),

  // Text to C++: see wasm/inbox.h.
  $toWasm__deps: ["$textEncoder", "$stringToUTF8", "pev_inbox", "pev_inbox_end"],
  $toWasm: (slot, text) => {
    const room = text.length * 3 + 1;
    const pointer = _pev_inbox(slot, room);
    // The loop in stringToUTF8 beats the encoder's set-up for short texts.
    const size = text.length < 100 ? stringToUTF8(text, pointer, room)
                                   : textEncoder.encodeInto(text, HEAPU8.subarray(pointer, pointer + room)).written;
    _pev_inbox_end(slot, size);
  },

  // Listeners are added with `signal: lifetime.signal`; whatever else must end with the viewer says so by its abort event.
  $lifetime: "=new AbortController()",

  // addEventListener for as long as the viewer lives.
  $listen__deps: ["$lifetime"],
  $listen: (target, types, handler, options) => {
    for (const type of types.split(" "))
      target.addEventListener(type, handler, { signal: lifetime.signal, ...options });
  },
});
