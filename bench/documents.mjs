// Run documents of any size for the benchmarks: about 610 bytes a step, so that ten thousand are 6 MB and a hundred thousand 61 MB.
// Those of finished runs are the same bytes at every time.

const kTypes = ["AGENT", "DATA", "API", "BRANCH"];
const kLogLines = 2; // of a step
const kStart = Date.UTC(2026, 0, 1);
const kRunningSteps = 3; // of a run that goes on, the last ones

const instant = (ms) => new Date(kStart + ms).toISOString();
const id = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

function step(number) {
  const begin = number * 40;
  return {
    id: id(number),
    key: `step-${number + 1}`,
    name: `Step ${number + 1}: ${["collect sources", "draft “copy”", "call the service", "choose a branch"][number % 4]}`,
    type: kTypes[number % 4],
    state: "success",
    status: "SUCCEEDED",
    attempt: 0,
    maxAttempts: 3,
    input: { number: number + 1, topic: "quarterly launch", limit: 25 },
    output: { ok: true, score: 0.87, words: 412 + (number % 90) },
    error: null,
    logs: Array.from({ length: kLogLines }, (_, line) => `step-${number + 1} line ${line + 1}: nothing to report`),
    workerInfo: { workerId: `worker-${number % 8}`, startedAt: instant(begin), finishedAt: instant(begin + 180) },
    startedAt: instant(begin),
    completedAt: instant(begin + 180 + (number % 50)),
    createdAt: instant(0),
  };
}

function run(id, steps, times) {
  const completed = steps.filter(({ state }) => state === "success").length;
  const over = completed === steps.length;
  return {
    id,
    playbookId: "00000000-0000-4000-8000-000000000001",
    playbookName: `A run of ${steps.length} steps`,
    playbookVersion: 1,
    orgId: "00000000-0000-4000-8000-000000000002",
    state: over ? "success" : "running",
    status: over ? "SUCCEEDED" : "RUNNING",
    triggeredBy: null,
    input: { topic: "quarterly launch" },
    output: over ? { ok: true } : null,
    error: null,
    webhookUrl: null,
    workerInfo: null,
    ...times,
    steps,
    progress: { total: steps.length, completed, failed: 0, running: steps.length - completed, pending: 0 },
  };
}

const answer = (data) => JSON.stringify({ success: true, data });

// The REST answer for a finished run.
export function finishedRun(id, steps) {
  const end = instant(steps * 40 + 200);
  return answer(run(id, Array.from({ length: steps }, (_, number) => step(number)),
      { startedAt: instant(0), completedAt: end, createdAt: instant(0), updatedAt: end }));
}

// The REST answer for a run that goes on: its last steps have been running since a moment ago.
export function runningRun(id, steps) {
  const now = new Date().toISOString();
  const goesOn = { state: "running", status: "RUNNING", output: null, startedAt: now, completedAt: null };
  return answer(run(id, Array.from({ length: steps }, (_, number) => ({ ...step(number), ...(number >= steps - kRunningSteps ? goesOn : {}) })),
      { startedAt: now, completedAt: null, createdAt: now, updatedAt: now }));
}
