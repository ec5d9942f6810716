addToLibrary({
  $fetches: "=new Map()", // AbortController by request

  js_fetch__deps: ["$fetches", "$fromWasm", "$toWasm", "pev_http_body", "pev_on_http_answer"],
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
      const body = new Uint8Array(await response.arrayBuffer());
      if (controller.signal.aborted)
        return null;
      if (body.length > maxBytes)
        throw new Error(`the answer is too large (${Math.round(body.length / 1e6)} MB)`);
      const pointer = _pev_http_body(body.length); // may make a new HEAPU8
      HEAPU8.set(body, pointer);
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
