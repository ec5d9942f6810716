// A small web app around the viewer: its own header and list of runs, its own addresses, its own flag and theme.
import { mountRunViewer } from "/embed.js";

const element = (id) => document.getElementById(id);
const kRuns = "/examples/plain/app/playbooks/runs/";
const runInAddress = () => decodeURIComponent(location.pathname.slice(kRuns.length));

const viewer = await mountRunViewer(element("viewer"), {
  run: runInAddress(),
  profile: "app",
  api: "/api",
  streaming: element("streaming").checked,
});

// --- What the viewer tells ---

viewer.on("run", ({ playbookName, state, progress }) => {
  element("status").textContent = `${playbookName}: ${state}, ${progress.percent} %`;
});
viewer.on("error", (error) => { element("status").textContent = error.message; });

// --- What the app asks for ---

element("streaming").addEventListener("change", (event) => viewer.setStreaming(event.target.checked));
element("theme").addEventListener("click", () => {
  const dark = document.documentElement.classList.toggle("dark"); // the viewer sees it by itself
  element("theme").textContent = dark ? "Light" : "Dark";
});

function show(run) {
  viewer.openRun(run);
  for (const link of element("runs").querySelectorAll("a"))
    link.ariaCurrent = link.pathname === location.pathname ? "page" : null;
}

const runs = await (await fetch("/examples/runs.json")).json();
element("runs").append(...runs.map(({ id, name }) => {
  const link = Object.assign(document.createElement("a"), { href: kRuns + encodeURIComponent(id), textContent: name });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState(null, "", link.href);
    show(id);
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}));
addEventListener("popstate", () => show(runInAddress()));
show(runInAddress());
