/** What holds where nothing is said. Help texts, the schema of the config file and the commands read it from here. */
export const defaults = Object.freeze({
  run: Object.freeze({
    failOn: "required",
    report: Object.freeze(["json", "junit", "html", "markdown"] as const),
    github: "auto",
    out: "reports",
    concurrency: 8,
    /** Each of them runs checks side by side. */
    targetsAtOnce: 16,
    maxTime: "5m",
    /** The schedule takes 53 minutes, and a failure is confirmed once. */
    maxTimeInRealTime: "2h",
    settle: "30s",
    fuzzCases: 200,
    /** Of a steady load, where there is to be one. */
    duration: "10s",
  }),
  /** Of the commands that start a server, and of `--results-api`. */
  listen: Object.freeze({
    host: "127.0.0.1",
    port: 0,
  }),
  api: Object.freeze({
    completeAfter: "1s",
  }),
  repro: Object.freeze({
    path: "/webhook",
    startTimeout: "10s",
    settle: "30s",
    settleWhereTimeIsFree: "10m",
    seed: "repro",
  }),
  init: Object.freeze({
    dir: ".",
    /** Of the job that it writes. Node 20.19 and later would do. */
    node: 24,
    /** How long the receiver that the job starts may take until it listens. */
    startSeconds: 60,
    /** More than a run may take, with what is installed before it. */
    jobMinutes: 15,
  }),
  /** Columns at which text is broken where the terminal does not say. */
  width: 100,
});
