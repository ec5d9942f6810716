addToLibrary({
  // performance.now() never runs backwards but may stand still while the computer sleeps: the origin follows then.
  $clockOrigin: "={ ms: performance.timeOrigin }",

  js_now_ms__deps: ["$clockOrigin"],
  js_now_ms: () => {
    const steady = clockOrigin.ms + performance.now();
    const behind = Date.now() - steady;
    if (behind < 2000)
      return steady;
    clockOrigin.ms += behind;
    return steady + behind;
  },

  js_stopwatch_ms: () => performance.now(),

  js_utc_offset_minutes: (epochMs) => -new Date(epochMs).getTimezoneOffset(),

  js_request_frame__deps: ["$lifetime", "pev_on_frame"],
  js_request_frame: () => {
    requestAnimationFrame(() => {
      if (!lifetime.signal.aborted)
        _pev_on_frame();
    });
  },

  $timers: "=[]",
  js_set_timer__deps: ["$timers", "$lifetime", "pev_on_timer"],
  js_set_timer: (timer, delayMs) => {
    clearTimeout(timers[timer]);
    if (delayMs < 0 || lifetime.signal.aborted)
      return;
    // Browsers wait in whole milliseconds, and a wait that is too short would only be repeated.
    timers[timer] = setTimeout(() => {
      if (!lifetime.signal.aborted)
        _pev_on_timer(timer);
    }, Math.min(Math.ceil(delayMs), 0x7fffffff));
  },
});
