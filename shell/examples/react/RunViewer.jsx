import { useEffect, useRef } from "react";
import { mountRunViewer } from "../../embed.js";

/**
 * The viewer as a component: properties go in, events come out. `options` are those of mountRunViewer() that stay as they
 * are while the component lives.
 */
export function RunViewer({ run, streaming = true, options, onRun, onStep, onError }) {
  const place = useRef(null);
  const viewer = useRef(null);
  const latest = useRef({});
  latest.current = { run, streaming, onRun, onStep, onError };

  useEffect(() => {
    const mounted = new AbortController(); // React may take it out again before it is ready
    const { run, streaming } = latest.current;
    mountRunViewer(place.current, { ...options, run, streaming, signal: mounted.signal }).then((ready) => {
      viewer.current = ready;
      ready.on("run", (news) => latest.current.onRun?.(news));
      ready.on("step", (news) => latest.current.onStep?.(news));
      ready.on("error", (error) => latest.current.onError?.(error));
      // What has changed meanwhile.
      ready.openRun(latest.current.run);
      ready.setStreaming(latest.current.streaming);
    }, (error) => mounted.signal.aborted || latest.current.onError?.(error));
    return () => {
      mounted.abort();
      viewer.current = null;
    };
  }, []);

  useEffect(() => viewer.current?.openRun(run), [run]);
  useEffect(() => viewer.current?.setStreaming(streaming), [streaming]);

  return <div ref={place} style={{ height: "100%" }} />;
}
