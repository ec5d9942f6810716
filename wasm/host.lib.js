// The channel to the page around an embedded viewer: Module.page.link, see shell/host_link.js. Absent where the viewer has the
// page for itself.

addToLibrary({
  js_watch_host__deps: ["$toWasm", "pev_on_host_connected", "pev_on_host_command", "pev_on_remark"],
  js_watch_host: () => {
    const say = (text, heard) => {
      toWasm(0, text);
      heard();
    };
    Module["page"].link?.listen({
      connected: () => _pev_on_host_connected(),
      command: (text) => say(text, _pev_on_host_command),
      remark: (text) => say(text, _pev_on_remark),
    });
  },

  js_tell_host__deps: ["$fromWasm"],
  js_tell_host: (message, size) => Module["page"].link?.tell(fromWasm(message, size)),
});
