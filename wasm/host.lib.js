// The channel to the page around an embedded viewer: Module.page.link, see shell/host_link.js. Absent where the viewer has the
// page for itself.

addToLibrary({
  js_watch_host__deps: ["$lifetime", "$toWasm", "pev_on_host_connected", "pev_on_host_command", "pev_on_remark"],
  js_watch_host: () => {
    // A host goes on talking to a viewer that has stopped.
    const hear = (heard) => (text = "") => {
      if (lifetime.signal.aborted)
        return;
      toWasm(0, text);
      heard();
    };
    Module["page"].link?.listen({
      connected: hear(_pev_on_host_connected),
      command: hear(_pev_on_host_command),
      remark: hear(_pev_on_remark),
    });
  },

  js_tell_host__deps: ["$fromWasm"],
  js_tell_host: (message, size) => Module["page"].link?.tell(fromWasm(message, size)),
});
