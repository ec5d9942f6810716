// The same run as the viewer shows, as one would write it with React: state, a row for each step, an event stream.
const { createElement: h, useEffect, useState } = React;
const run = new URLSearchParams(location.search).get("run");
const stats = (window.__stats = { events: 0 });

const icons = { AGENT: "🤖", DATA: "⚙️", BRANCH: "◆", API: "🌐" };

function Step({ step, selected, select }) {
  const seconds = step.completedAt ? (Date.parse(step.completedAt) - Date.parse(step.startedAt)) / 1000 : null;
  return h("div", { className: "step", onClick: () => select(step.key), "aria-selected": selected },
    h("span", null, icons[step.type]),
    h("div", null, h("div", null, step.name), h("small", null, `${step.key} · ${step.startedAt ?? ""} – ${step.completedAt ?? ""} · ${seconds ?? ""} s`)),
    h("span", { className: "badge" }, step.state));
}

function Inspector({ step }) {
  if (!step)
    return null;
  const section = (title, value) => h("details", { open: true, key: title }, h("summary", null, title), h("pre", null, value));
  return h("div", { className: "inspector" }, h("h2", null, step.name),
    section("Logs", step.logs.join("\n")), section("Input", JSON.stringify(step.input, null, 2)),
    section("Output", JSON.stringify(step.output, null, 2)), section("Error", JSON.stringify(step.error, null, 2)));
}

function apply(data, event) {
  stats.events += 1;
  const change = (step) => {
    if (event.type === "step.log.appended")
      return { ...step, logs: [...step.logs, event.payload.logEntry.message] };
    return { ...step, status: event.payload.status };
  };
  return { ...data, steps: data.steps.map((step) => (step.key === event.stepKey ? change(step) : step)) };
}

function Page() {
  const [data, setData] = useState(null);
  const [selected, select] = useState(null);
  useEffect(() => {
    let source;
    fetch(`/api/v1/playbook-runs/${run}`).then((response) => response.json()).then(({ data }) => {
      setData(data);
      select(data.steps[0]?.key);
      if (data.state !== "running")
        return;
      source = new EventSource(`/api/v1/playbook-runs/${run}/stream`);
      for (const type of ["step.updated", "step.log.appended"])
        source.addEventListener(type, ({ data }) => setData((before) => apply(before, JSON.parse(data))));
    });
    return () => source?.close();
  }, []);
  useEffect(() => {
    if (data)
      performance.mark("run-drawn"); // committed; on screen with the next frame
  }, [data !== null]);
  if (!data)
    return h("p", null, "Loading…");
  const done = data.steps.filter((step) => step.state === "success").length;
  return h("main", null,
    h("header", null, h("h1", null, data.playbookName), h("progress", { value: done, max: data.steps.length }), ` ${done}/${data.steps.length}`),
    h("div", { className: "columns" },
      h("div", { className: "steps" }, data.steps.map((step) => h(Step, { key: step.key, step, selected: step.key === selected, select }))),
      h(Inspector, { step: data.steps.find((step) => step.key === selected) })));
}

ReactDOM.createRoot(document.getElementById("root")).render(h(Page));
