addToLibrary({
  $streams: "=new Map()", // by stream: its end, as an AbortController

  js_open_stream__deps: ["$streams", "$takeStreamPlace", "$connectStream", "$fromWasm", "pev_on_stream_waits"],
  js_open_stream: (stream, url, urlSize, types, typesSize) => {
    const address = fromWasm(url, urlSize);
    const typeList = fromWasm(types, typesSize).split(" ");
    const end = new AbortController();
    streams.set(stream, end);
    takeStreamPlace(end.signal, () => _pev_on_stream_waits(stream), (leave) => {
      end.signal.addEventListener("abort", leave);
      connectStream(stream, address, typeList, end);
    });
  },

  $connectStream__deps: ["$streams", "$toWasm", "js_close_stream",
                         "pev_on_stream_opened", "pev_on_stream_message", "pev_on_stream_lost"],
  $connectStream: (stream, address, types, end) => {
    const lost = (reopens) => {
      if (!reopens)
        _js_close_stream(stream);
      _pev_on_stream_lost(stream, reopens);
    };
    let source;
    try {
      source = new EventSource(address, { withCredentials: true });
    } catch {
      lost(false); // not an address at all
      return;
    }
    end.signal.addEventListener("abort", () => source.close());

    // A closed source may still have events under way.
    const open = () => !end.signal.aborted;
    source.onopen = () => { if (open()) _pev_on_stream_opened(stream); };
    // CONNECTING: the connection broke and the browser tries again by itself, with Last-Event-ID.
    // CLOSED: refused, or no event stream at all; the browser has given up.
    source.onerror = () => { if (open()) lost(source.readyState === EventSource.CONNECTING); };
    types.forEach((type, index) => {
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
    streams.get(stream)?.abort();
    streams.delete(stream);
  },
});
