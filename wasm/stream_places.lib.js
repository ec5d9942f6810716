// Browsers allow six connections to a host, over all of their tabs, and a stream keeps one for as long as it lives: the seventh
// tab would never even get an answer to its first request. So four tabs stream at a time; others wait, and poll, until one gives
// its place back (Web Locks: a lock also ends with its tab). Where there are no locks to be had everybody streams.

addToLibrary({
  // Calls open(leave) once there is a place; leave() gives it back. Calls mustWait() before that where all are taken. `signal`
  // says that it is wanted no longer.
  $takeStreamPlace: async (signal, mustWait, open) => {
    const places = [1, 2, 3, 4].map((number) => `playbook viewer stream ${number}`);
    let taken = false;
    const enter = (leave) => {
      taken = true;
      open(leave);
    };
    // Settles once it is known whether this place is ours; without `ifAvailable`, when it is free.
    const take = (place, options) => new Promise((decided) => {
      const asked = navigator.locks.request(place, options, (lock) => {
        const wanted = lock && !taken && !signal.aborted;
        decided();
        return wanted && new Promise(enter); // the lock is held until that is settled
      });
      asked.catch(() => { // no longer wanted; or a page that may have no locks, a sandboxed frame
        if (!taken && !signal.aborted)
          enter(() => {});
        decided();
      });
    });
    await null; // nothing is called before this function has returned
    if (!navigator.locks && !signal.aborted) // a page without https
      enter(() => {});
    for (const place of places) {
      if (!taken && !signal.aborted)
        await take(place, { ifAvailable: true });
    }
    if (taken || signal.aborted)
      return;
    mustWait();
    places.forEach((place) => take(place, { signal }));
  },
});
