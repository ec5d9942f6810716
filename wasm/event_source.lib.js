addToLibrary({
  $streams: "=new Map()", // EventSource by stream

  js_open_stream__deps: ["$streams", "$lifetime", "$fromWasm", "$toWasm",
                         "pev_on_stream_opened", "pev_on_stream_message", "pev_on_stream_lost"],
  js_open_stream: (stream, url, urlSize, types, typesSize) => {
    let source;
    try {
      source = new EventSource(fromWasm(url, urlSize), { withCredentials: true });
    } catch {
      // Not an address at all. Told later, as every answer is.
      setTimeout(() => lifetime.signal.aborted || _pev_on_stream_lost(stream, false), 0);
      return;
    }
    streams.set(stream, source);

    // A closed source may still have events under way.
    const open = () => streams.get(stream) === source;
    source.onopen = () => { if (open()) _pev_on_stream_opened(stream); };
    source.onerror = () => {
      if (!open())
        return;
      // CONNECTING: the connection broke and the browser tries again by itself, with Last-Event-ID.
      // CLOSED: refused, or no event stream at all; the browser has given up.
      const reopens = source.readyState === EventSource.CONNECTING;
      if (!reopens)
        streams.delete(stream);
      _pev_on_stream_lost(stream, reopens);
    };
    fromWasm(types, typesSize).split(" ").forEach((type, index) => {
      source.addEventListener(type, (event) => {
        if (!open() || typeof event.data !== "string")
          return; // "error" without data is the connection's own
        toWasm(0, event.data);
        toWasm(1, event.lastEventId);
        _pev_on_stream_message(stream, index);
      });
    });
  },

  js_close_stream__deps: ["$streams"],
  js_close_stream: (stream) => {
    streams.get(stream)?.close();
    streams.delete(stream);
  },
});
