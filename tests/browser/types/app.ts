// An app around the viewer, as far as a compiler can tell: each option, command and piece of news that embed.d.ts promises.
import { mountRunViewer, type RunViewer, type RunViewerError } from "../../../shell/embed.js";

const viewer: RunViewer = await mountRunViewer(document.body, {
  src: new URL("https://viewer.example.com/index.html"),
  run: "8f3b61c2-8e0f-4b7a-9d5b-7d1f6a5a2c11",
  step: "research",
  theme: "host",
  timeZone: "utc",
  api: "/api/v1",
  profile: "app",
  streaming: true,
  height: "auto",
  title: "The run",
  fetch: (url, { signal }) => fetch(url, { signal, credentials: "include" }),
  streamUrl: async (run) => `https://api.example.com/runs/${run}/stream`,
  signal: new AbortController().signal,
});

const ends: (() => void)[] = [
  viewer.on("ready", ({ protocol, run }) => console.log(protocol.toFixed(), run.length)),
  viewer.on("run", ({ id, over, progress }) => console.log(id, over === true, progress.percent.toFixed())),
  viewer.on("step", ({ key, attempt, maxAttempts }) => console.log(key, attempt < maxAttempts)),
  viewer.on("selection", ({ step }) => console.log(step.length)),
  viewer.on("mode", ({ mode }) => console.log(mode === "live")),
  viewer.on("error", (error: RunViewerError) => console.log(error.message, error.kind, error.status.toFixed(), error.fatal)),
  viewer.on("resize", ({ height }) => { viewer.frame.style.height = `${height}px`; }),
];

viewer.openRun("another", { step: "pitch" });
viewer.selectStep("pitch");
viewer.setTheme("dark");
viewer.setStreaming(false);
viewer.pause();
viewer.resume();
viewer.refresh();
ends.forEach((end) => end());
viewer.destroy();

const classic = window.PlaybookRunViewer?.mountRunViewer(document.body);
await classic?.then((other) => other.destroy());

// @ts-expect-error no such piece of news
viewer.on("weather", () => {});
// @ts-expect-error no such theme
viewer.setTheme("sepia");
// @ts-expect-error an option of a misspelt name
await mountRunViewer(document.body, { tehme: "dark" });
// @ts-expect-error nobody may take the frame's place
viewer.frame = document.createElement("iframe");
