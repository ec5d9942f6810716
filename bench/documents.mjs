// Run documents of any size for the benchmarks: about 610 bytes a step, as the 6 MB and 61 MB are, and the same
// bytes at every run.

const kTypes = ["AGENT", "DATA", "API", "BRANCH"];
const kStart = Date.UTC(2026, 0, 1);

const instant = (ms) => new Date(kStart + ms).toISOString();
const id = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

function step(number, logLines) {
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
    logs: Array.from({ length: logLines }, (_, line) => `step-${number + 1} line ${line + 1}: nothing to report`),
    workerInfo: { workerId: `worker-${number % 8}`, startedAt: instant(begin), finishedAt: instant(begin + 180) },
    startedAt: instant(begin),
    completedAt: instant(begin + 180 + (number % 50)),
    createdAt: instant(0),
  };
}

// The REST answer for a finished run.
export function runDocument(steps, logLines = 2) {
  return JSON.stringify({
    success: true,
    data: {
      id: id(0),
      playbookId: id(1),
      playbookName: `A run of ${steps} steps`,
      playbookVersion: 1,
      orgId: id(2),
      state: "success",
      status: "SUCCEEDED",
      triggeredBy: null,
      input: { topic: "quarterly launch" },
      output: { ok: true },
      error: null,
      webhookUrl: null,
      workerInfo: null,
      startedAt: instant(0),
      completedAt: instant(steps * 40 + 200),
      createdAt: instant(0),
      updatedAt: instant(steps * 40 + 200),
      steps: Array.from({ length: steps }, (_, number) => step(number, logLines)),
      progress: { total: steps, completed: steps, failed: 0, running: 0, pending: 0 },
    },
  });
}
