addToLibrary({
  $fetches: "=new Map()", // AbortController by request

  // Hands over the parts of a body as they come: all at once would hold the page up.
  $readBody: async (response, take) => {
    if (!response.body) // a host's answer (shell/host_link.js)
      return take(new Uint8Array(await response.arrayBuffer()));
    for (const reader = response.body.getReader();;) {
      const { done, value } = await reader.read();
      if (done)
        return;
      take(value);
    }
  },

  js_fetch__deps: ["$fetches", "$readBody", "$fromWasm", "$toWasm", "pev_http_part", "pev_on_http_answer"],
  js_fetch: (request, url, size) => {
    // More than this is no document for a page to hold, and its parts would not fit into the memory beside it.
    const maxBytes = 1 << 30;
    const controller = new AbortController();
    fetches.set(request, controller);

    const answer = (status, contentType, date, failure) => {
      if (controller.signal.aborted)
        return;
      fetches.delete(request);
      toWasm(0, contentType);
      toWasm(1, date);
      toWasm(2, failure);
      _pev_on_http_answer(request, status);
    };
    // Nothing is thrown from here: fetch() refuses by its promise, hostile addresses too.
    (Module["page"].fetch ?? fetch)(fromWasm(url, size), {
      credentials: "include",
      cache: "no-store",
      redirect: "follow",
      headers: { Accept: "application/json" },
      signal: controller.signal,
    }).then(async (response) => {
      const wanted = Number(response.headers.get("content-length")) || 0; // of packed bytes, where they are packed
      let bytes = 0;
      await readBody(response, (part) => {
        bytes += part.length;
        if (bytes > maxBytes)
          throw new Error(`the answer is too large (more than ${Math.round(maxBytes / 1e6)} MB)`);
        controller.signal.throwIfAborted();
        const pointer = _pev_http_part(request, part.length, Math.min(Math.max(wanted, bytes), maxBytes)); // may make a new HEAPU8
        HEAPU8.set(part, pointer);
      });
      return response;
    }).then(
      (response) => response && answer(response.status, response.headers.get("content-type") ?? "", response.headers.get("date") ?? "", ""),
      (error) => answer(0, "", "", String(error?.message || error)));
  },

  js_abort_fetch__deps: ["$fetches"],
  js_abort_fetch: (request) => {
    fetches.get(request)?.abort();
    fetches.delete(request);
  },
});
