// The same app as examples/plain, in React.
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { RunViewer } from "./RunViewer.jsx";

const kRuns = "/examples/react/app/playbooks/runs/";
const runInAddress = () => decodeURIComponent(location.pathname.slice(kRuns.length));
const kOptions = { src: "/index.html", profile: "app", api: "/api" };

function useRoute() {
  const [run, setRun] = useState(runInAddress);
  useEffect(() => {
    const moved = () => setRun(runInAddress());
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  const go = (next) => {
    history.pushState(null, "", kRuns + encodeURIComponent(next));
    setRun(next);
  };
  return [run, go];
}

function App() {
  const [run, go] = useRoute();
  const [runs, setRuns] = useState([]);
  const [status, setStatus] = useState("");
  const [streaming, setStreaming] = useState(true);
  const [dark, setDark] = useState(false);

  useEffect(() => { fetch("/examples/runs.json").then((answer) => answer.json()).then(setRuns); }, []);
  useEffect(() => { document.documentElement.classList.toggle("dark", dark); }, [dark]);

  return (
    <>
      <header>
        <strong>Pravado</strong>
        <span role="status">{status}</span>
        <label>
          <input type="checkbox" checked={streaming} onChange={(event) => setStreaming(event.target.checked)} /> ENABLE_EXECUTION_STREAMING
        </label>
        <button type="button" onClick={() => setDark(!dark)}>{dark ? "Light" : "Dark"}</button>
      </header>
      <nav aria-label="Runs">
        <h2>Runs</h2>
        <ul>
          {runs.map(({ id, name }) => (
            <li key={id}>
              <a href={kRuns + encodeURIComponent(id)} aria-current={id === run ? "page" : undefined}
                 onClick={(event) => { event.preventDefault(); go(id); }}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main>
        <RunViewer run={run} streaming={streaming} options={kOptions}
                   onRun={({ playbookName, state, progress }) => setStatus(`${playbookName}: ${state}, ${progress.percent} %`)}
                   onError={(error) => setStatus(error.message)} />
      </main>
    </>
  );
}

createRoot(document.getElementById("root")).render(<StrictMode><App /></StrictMode>);
