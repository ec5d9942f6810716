// The link between an embedded viewer and the page around it: who may talk to the viewer, and the channel to talk over.
//
// The host says hello by postMessage until it is answered (embed.js). Its origin is the browser's word and not its own: it has to be
// the viewer's, or one that parents.json beside this file names. The answer goes to exactly that origin and brings a
// channel; nothing else that a window sends is ever looked at. Over the channel go
//   texts: commands to the viewer, and what it tells (shared/embed),
//   objects: the requests that the host makes in place of the viewer, their answers, and keys that the viewer has no use for.

const kProtocol = 1; // embed::kProtocol

export function openLink(folder) {
  let port = null;
  let listener = null; // the viewer, once it is there
  let refusal = ""; // why the host can't be asked for anything
  let allowed = null;
  const unsent = [];
  const unheard = []; // what the viewer is to hear of, in its order
  const refused = new Set();
  const requests = new Map(); // by id: { resolve, reject }
  let requestId = 0;

  // Calls the viewer's connected(), command(text) or remark(text), once it is there.
  function hear(what, text) {
    if (listener)
      listener[what](text);
    else
      unheard.push([what, text]);
  }

  function remark(text) {
    hear("remark", text);
  }

  // Undefined where that can't be known now.
  async function isAllowed(origin) {
    if (origin === "null")
      return false; // a sandbox or a file: that could be anybody
    if (origin === self.origin)
      return true;
    allowed ??= readParents(folder, remark);
    const parents = await allowed;
    if (!parents)
      allowed = null; // the next hello has it read again
    return parents?.includes(origin);
  }

  function reply(event, answer, ports = []) {
    if (event.origin !== "null")
      event.source.postMessage({ pev: answer, protocol: kProtocol }, event.origin, ports);
  }

  function refuse(event, why) {
    reply(event, "refused");
    if (refused.has(event.origin))
      return;
    refused.add(event.origin);
    refusal = `the page around is not obeyed: ${event.origin} ${why}`;
    remark(refusal);
    for (const { reject } of requests.values())
      reject(new Error(refusal));
    requests.clear();
  }

  async function answerHello(event) {
    if (port)
      return; // it has been answered
    const known = await isAllowed(event.origin);
    if (known === undefined)
      return;
    if (!known)
      return refuse(event, "is neither this site nor in parents.json");
    if (event.data.protocol !== kProtocol)
      return refuse(event, "speaks another version of the messages");
    if (port)
      return; // by a hello that came meanwhile
    const channel = new MessageChannel();
    port = channel.port1;
    reply(event, "welcome", [channel.port2]);
    for (const message of unsent.splice(0))
      port.postMessage(message);
    hear("connected");
    port.onmessage = ({ data }) => {
      if (typeof data === "string")
        hear("command", data);
      else if (requests.has(data?.answer))
        settle(data);
    };
  }

  // An answer to what was asked of the host, as far as fetch.lib.js looks at it.
  function settle({ answer, status, type, date, retryAfter, body, failure }) {
    const request = requests.get(answer);
    requests.delete(answer);
    if (typeof status === "number" && body instanceof ArrayBuffer) {
      const headers = new Map([["content-type", textOf(type)], ["date", textOf(date)], ["retry-after", textOf(retryAfter)]]);
      request.resolve({ status, headers, arrayBuffer: async () => body });
    } else {
      request.reject(new Error(textOf(failure)));
    }
  }

  function send(message) {
    if (port)
      port.postMessage(message);
    else
      unsent.push(message);
  }

  addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.pev === "hello")
      answerHello(event);
  });

  return {
    tell: send,

    listen(viewer) {
      listener = viewer;
      unheard.splice(0).forEach((heard) => hear(...heard));
    },

    // As fetch(), made by the host, with the host's cookies.
    fetch: (url, { signal }) => new Promise((resolve, reject) => {
      if (refusal)
        return reject(new Error(refusal));
      const id = ++requestId;
      requests.set(id, { resolve, reject });
      signal.addEventListener("abort", () => {
        if (requests.delete(id))
          send({ abort: id });
      });
      send({ fetch: id, url });
    }),

    // The host may have a use for it.
    offerKey({ key, code, ctrlKey, shiftKey, altKey, metaKey, repeat }) {
      if (key !== "Tab")
        port?.postMessage({ key: { key, code, ctrlKey, shiftKey, altKey, metaKey, repeat } });
    },
  };
}

// Of a host that sends something else: to make a text of it could run into anything.
const textOf = (value) => (typeof value === "string" ? value : "");

// Null where the connection or the server failed, which may pass.
async function readParents(folder, remark) {
  const complain = (why) => remark(`parents.json, which names the sites that may embed the viewer, can't be read: ${why}`);
  try {
    const response = await fetch(new URL("parents.json", folder), { credentials: "same-origin" });
    if (response.status >= 500) {
      complain(`HTTP ${response.status}`);
      return null;
    }
    const list = response.ok ? await response.json().catch(() => null) : null;
    if (Array.isArray(list))
      return list;
    complain(response.ok ? "it is no list" : `HTTP ${response.status}`);
    return [];
  } catch (error) {
    complain(error.message);
    return null;
  }
}
