export interface Row {
  id: string;
  title: string;
  unit: string;
  /** What we ask of our own kernel. */
  asked?: { limit: number; atLeast?: boolean };
  /** A ratio to ipykernel says nothing here. */
  plain?: boolean;
}

/** The rows of the table, in its order. Measures name them by id. */
export const ROWS: readonly Row[] = [
  { id: "info", title: "Launch to `kernel_info_reply`", unit: "s", asked: { limit: 0.2 } },
  { id: "first", title: "Launch to the first `execute_reply`", unit: "s", asked: { limit: 0.4 } },
  { id: "startCpu", title: "Processor time of a start, all processes, up to that reply", unit: "s" },
  { id: "idleRss", title: "Memory of all processes, started and idle", unit: "MB", asked: { limit: 120 } },
  { id: "rss", title: "Memory of all processes, 2 s after the first cell", unit: "MB" },
  { id: "one.p50", title: "Cell `1`, p50", unit: "ms", asked: { limit: 2.5 } },
  { id: "one.p95", title: "Cell `1`, p95", unit: "ms", asked: { limit: 6 } },
  { id: "typed.p50", title: "Cell of 30 typed lines, p50", unit: "ms", asked: { limit: 15 } },
  { id: "typed.p95", title: "Cell of 30 typed lines, p95", unit: "ms" },
  { id: "complete.p50", title: "Completion of a changed text, p50", unit: "ms", asked: { limit: 15 } },
  { id: "complete.p95", title: "Completion of a changed text, p95", unit: "ms", asked: { limit: 60 } },
  { id: "busyComplete.p50", title: "Completion while a cell loops, p50", unit: "ms", asked: { limit: 15 } },
  { id: "busyComplete.p95", title: "Completion while a cell loops, p95", unit: "ms", asked: { limit: 60 } },
  { id: "heartbeat", title: "Heartbeat while a cell loops, p50", unit: "ms", asked: { limit: 2 } },
  { id: "control", title: "`kernel_info` on control while a cell loops, p50", unit: "ms", asked: { limit: 5 } },
  { id: "stopLoop", title: "Interrupt of a loop, by message", unit: "ms", asked: { limit: 20 } },
  { id: "stopAwait", title: "Interrupt of an `await`, by message", unit: "ms", asked: { limit: 20 } },
  {
    id: "respawn",
    title: "`process.exit` and the next cell, sent together, to its reply",
    unit: "s",
    asked: { limit: 0.4 },
  },
  { id: "growth", title: "500 cells: last 50 to first 50", unit: "x", asked: { limit: 1.1 }, plain: true },
  { id: "growthRss", title: "500 cells: memory of all processes", unit: "MB more", asked: { limit: 30 }, plain: true },
  { id: "output", title: "10 MB in writes of 1 kB", unit: "MB/s", asked: { limit: 60, atLeast: true } },
  { id: "lines", title: "100,000 lines", unit: "s", asked: { limit: 0.6 } },
  { id: "lineMessages", title: "100,000 lines: stream messages", unit: "", asked: { limit: 20 }, plain: true },
];

/** Rows of our kernel alone: no other has what they measure. */
export const OWN_ROWS: readonly Row[] = [
  {
    id: "warning.p50",
    title: "Type warning behind the reply of 30 typed lines, p50",
    unit: "ms",
    asked: { limit: 60 },
  },
  { id: "warning.p95", title: "Type warning behind the reply of 30 typed lines, p95", unit: "ms" },
  { id: "tfjs.p50", title: "Completion with the types of TensorFlow.js, p50", unit: "ms", asked: { limit: 40 } },
  { id: "tfjs.p95", title: "Completion with the types of TensorFlow.js, p95", unit: "ms", asked: { limit: 100 } },
  { id: "tfjsRss", title: "Memory with the checker and the types of TensorFlow.js", unit: "MB", asked: { limit: 300 } },
];
