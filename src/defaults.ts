import { batch } from "./contract/batch.js";

/**
 * What holds where nothing is said, in one place: the command line, its help, the schema of the config file, the library
 * and the Vitest front end read it from here. Durations are in milliseconds.
 */
export const defaults = Object.freeze({
  /** Whose callback is played and judged. */
  contract: batch,
  /** Of every run of the checks, whoever starts it. */
  run: Object.freeze({
    failOn: "required",
    concurrency: 8,
    maxTimeMs: 300_000,
    /** The schedule takes most of an hour, and a failure is confirmed once. */
    maxTimeInRealTimeMs: 7_200_000,
    /** How long an effect may take to show, at most. */
    settleMs: 30_000,
    fuzzCases: 100,
    /** Of a steady load, where there is to be one. */
    durationMs: 10_000,
  }),
  /** Where `run` writes, and what it tells whom. */
  output: Object.freeze({
    report: Object.freeze(["json", "junit", "html", "markdown"] as const),
    out: "reports",
    github: "auto",
  }),
  /** Receivers of `run --targets` that are checked side by side; each of them runs checks side by side. */
  targetsAtOnce: 16,
  /** Of the commands that start a server, and of `--results-api`. */
  listen: Object.freeze({
    host: "127.0.0.1",
    port: 0,
  }),
  /** Path of the callback within an app or a process of the user's. */
  path: "/webhook",
  api: Object.freeze({
    completeAfterMs: 1000,
  }),
  /** Of one scenario, played by `repro` or by the library. */
  scenario: Object.freeze({
    startTimeoutMs: 10_000,
    /** For late work after the last attempt. */
    settleMs: 30_000,
    /** The same, on a clock on which it takes no time. */
    settleWhereTimeIsFreeMs: 600_000,
    seed: "repro",
  }),
  vitest: Object.freeze({
    title: "webhook conformance",
    /** Of one test: a receiver that hangs takes several deadlines. */
    timeoutMs: 300_000,
  }),
  init: Object.freeze({
    dir: ".",
    /** Of the job that it writes. Node 20.19 and later would do. */
    node: 24,
    /** How long the receiver that the job starts may take until it listens. */
    startSeconds: 60,
    /** More than a run may take, with what is installed before it. */
    jobMinutes: 15,
    /** Reports of a job are of no use for longer. */
    keepDays: 14,
  }),
  /** Columns at which text is broken where the terminal does not say. */
  width: 100,
});
