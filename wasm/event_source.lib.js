addToLibrary({
  $streams: "=new Map()", // by stream: its end, as an AbortController

  js_open_stream__deps: ["$streams", "$takeStreamPlace", "$connectStream", "$isElsewhere", "$fromWasm", "pev_on_stream_waits"],
  js_open_stream: (stream, url, urlSize, hasToken, types, typesSize) => {
    const address = fromWasm(url, urlSize);
    const typeList = fromWasm(types, typesSize).split(" ");
    const end = new AbortController();
    streams.set(stream, end);
    takeStreamPlace(end.signal, () => _pev_on_stream_waits(stream), (leave) => {
      end.signal.addEventListener("abort", leave);
      // A token in the address says who asks: another origin may allow everybody (`*`), and then browsers refuse to send cookies.
      connectStream(stream, address, typeList, end, !(hasToken && isElsewhere(address)));
    });
  },

  $isElsewhere: (address) => {
    try {
      return new URL(address, document.baseURI).origin !== self.origin;
    } catch {
      return false; // not an address at all
    }
  },

  $connectStream__deps: ["$streams", "$toWasm", "$whyRefused", "js_close_stream",
                         "pev_on_stream_opened", "pev_on_stream_message", "pev_on_stream_lost"],
  $connectStream: (stream, address, types, end, credentials) => {
    const lost = (reopens, status = 0, retryAfter = "") => {
      if (!reopens)
        _js_close_stream(stream);
      toWasm(0, retryAfter);
      _pev_on_stream_lost(stream, reopens, status);
    };
    let source;
    try {
      source = new EventSource(address, { withCredentials: credentials });
    } catch {
      lost(false); // not an address at all
      return;
    }
    end.signal.addEventListener("abort", () => source.close());

    // A closed source may still have events under way.
    const open = () => !end.signal.aborted;
    // The server may call its events "open" and "error", too: those are messages, the connection's own are not.
    const isOurs = (event) => open() && !(event instanceof MessageEvent);
    source.onopen = (event) => { if (isOurs(event)) _pev_on_stream_opened(stream); };
    source.onerror = async (event) => {
      if (!isOurs(event))
        return;
      // The connection broke and the browser tries again by itself, with Last-Event-ID.
      if (source.readyState === EventSource.CONNECTING)
        return lost(true);
      // Refused, or no event stream at all; the browser has given up.
      const { status, retryAfter } = await whyRefused(address, credentials, end.signal);
      if (!open())
        return;
      if (!credentials && [0, 401, 403].includes(status))
        connectStream(stream, address, types, end, true);
      else
        lost(false, status, retryAfter);
    };
    types.forEach((type, index) => {
      source.addEventListener(type, (event) => {
        if (!open() || !(event instanceof MessageEvent))
          return;
        toWasm(0, event.data);
        toWasm(1, event.lastEventId);
        _pev_on_stream_message(stream, index);
      });
    });
  },

  // An EventSource does not tell why it was refused: the same address is asked once more, for the head of the answer only. Status 0:
  // nothing can be known, or nothing speaks against it.
  $whyRefused: async (address, credentials, signal) => {
    const known = new AbortController();
    signal.addEventListener("abort", () => known.abort());
    try {
      const { status, headers } = await fetch(address, {
        credentials: credentials ? "include" : "omit",
        cache: "no-store",
        headers: { Accept: "text/event-stream" },
        signal: known.signal,
      });
      known.abort(); // the body may have no end
      return { status: status < 300 ? 0 : status, retryAfter: headers.get("retry-after") ?? "" };
    } catch {
      return { status: 0, retryAfter: "" };
    }
  },

  js_close_stream__deps: ["$streams"],
  js_close_stream: (stream) => {
    streams.get(stream)?.abort();
    streams.delete(stream);
  },
});
