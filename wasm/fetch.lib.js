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
  js_fetch: (request, url, size, maxBytes) => {
    const controller = new AbortController();
    fetches.set(request, controller);

    const answer = (status, contentType, date, failure, refusedBytes, retryAfter = "") => {
      if (controller.signal.aborted)
        return;
      fetches.delete(request);
      toWasm(0, contentType);
      toWasm(1, date);
      toWasm(2, failure || retryAfter); // there is never both
      _pev_on_http_answer(request, status, refusedBytes);
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
      const refuse = () => {
        controller.refusedBytes = Math.max(wanted, bytes);
        throw new Error("the answer is too large");
      };
      if (wanted > maxBytes)
        refuse();
      await readBody(response, (part) => {
        bytes += part.length;
        controller.signal.throwIfAborted();
        const pointer = bytes <= maxBytes && _pev_http_part(request, part.length, Math.max(wanted, bytes)); // may make a new HEAPU8
        if (!pointer)
          refuse();
        HEAPU8.set(part, pointer);
      });
      return response;
    }).then(
      (response) => response && answer(response.status, response.headers.get("content-type") ?? "", response.headers.get("date") ?? "", "", 0, response.headers.get("retry-after") ?? ""),
      (error) => {
        const refusedBytes = controller.refusedBytes ?? 0;
        answer(0, "", "", String(error?.message || error), refusedBytes);
        if (refusedBytes)
          controller.abort(); // nobody takes in what is still coming
      });
  },

  js_abort_fetch__deps: ["$fetches"],
  js_abort_fetch: (request) => {
    fetches.get(request)?.abort();
    fetches.delete(request);
  },
});
