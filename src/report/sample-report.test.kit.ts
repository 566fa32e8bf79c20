import { defaults } from "../defaults.js";
import { contractFacts } from "./contract-facts.js";
import { curlLine } from "./curl.js";
import {
  schemaVersion,
  type Outcome,
  type ReasonCode,
  type Report,
  type ReportAttempt,
  type ReportCheck,
} from "./model.js";

/** A report that shows every outcome and every reason, for the tests of the renderers and for `reports/sample`. */
export function sampleReport(): Report {
  return {
    schemaVersion,
    harness: { name: "webhook-conformance", version: "0.1.0" },
    contract: contractFacts(defaults.contract),
    target: {
      url: "https://hooks.example/callback",
      kind: "url",
      local: false,
      capabilities: ["credentials"],
      headers: ["X-Api-Key"],
    },
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 4321,
    seed: "42",
    nonce: "9f3c",
    verdict: "non-conformant",
    verdictLine:
      "non-conformant: 1 of 2 required checks that ran failed; of 21 clauses 1 was verified, 2 violated, 1 not observable",
    notes: ["Retries were sent without their waits; the receiver's own clock did not move."],
    gate: { outcome: "failed", levels: ["required"], exitCode: 1 },
    summary: {
      required: { passed: 1, failed: 1, skipped: 2, notRun: 7, error: 1 },
      recommended: { passed: 1, failed: 1, skipped: 2, notRun: 0, error: 0 },
      hardening: { passed: 0, failed: 1, skipped: 0, notRun: 0, error: 0 },
    },
    clauses: defaults.contract.clauses.map(({ id, section, statement }) => {
      const own = checks.filter(({ clause }) => clause === id);
      const [worst] = own.map(({ outcome }) => outcome).sort();
      const status = worst === "failed" ? "violated" : worst === "passed" ? "verified" : "not-verified";
      return { id, section, statement, status, checks: own.map((check) => check.id) };
    }),
    checks,
  };
}

/** What is said of a check, or its outcome alone. */
export type Told = (Partial<ReportCheck> & Pick<ReportCheck, "outcome">) | Outcome;

export function checkIn(id: string, told: Told): ReportCheck {
  return {
    id,
    suite: id.split("/")[0] ?? "",
    title: `does ${id}`,
    level: "required",
    clause: null,
    source: "good practice",
    reason: null,
    reasonCode: null,
    mismatches: [],
    hint: null,
    reproduce: null,
    notes: [],
    durationMs: 1,
    attempts: [],
    ...(typeof told === "string" ? { outcome: told } : told),
  };
}

const sessionId = "1b8a70f1000001000002d1a37b";
const request = {
  method: "POST",
  url: "https://hooks.example/callback",
  headers: [
    ["Content-Type", "application/json"],
    ["X-Scriptix-Session", sessionId],
    ["X-Zoom-Session", sessionId],
    ["X-Api-Key", "[redacted]"],
    ["User-Agent", "webhook-conformance/0.1.0"],
    ["Accept", "*/*"],
  ],
  body: `{"sessionId":"${sessionId}","zoom_id":"${sessionId}"}`,
} as const;

const attempt: Omit<ReportAttempt, "number" | "virtualOffsetMs" | "response" | "error"> = {
  sessionId,
  label: "",
  request,
  startedAt: "2026-01-02T03:04:06.000Z",
  durationMs: 31,
};

const attempts: readonly ReportAttempt[] = [
  {
    ...attempt,
    number: 1,
    virtualOffsetMs: 0,
    response: null,
    error: { reason: "reset", code: "ECONNRESET", message: "The connection was reset before an answer." },
  },
  {
    ...attempt,
    number: 3,
    virtualOffsetMs: 180_000,
    response: {
      status: 503,
      statusText: "Service Unavailable",
      headers: [["Content-Type", "text/html"]],
      body: "<h1>Down & out</h1>",
      bodyEnd: "complete",
    },
    error: null,
  },
];

const withoutResult = (
  outcome: Outcome,
  reasonCode: ReasonCode,
  reason: string,
  check: Partial<ReportCheck> = {},
): ReportCheck =>
  checkIn(`sample/${reasonCode}`, {
    title: `Shows the reason ${reasonCode}`,
    outcome,
    reason,
    reasonCode,
    durationMs: 0,
    ...check,
  });

const checks: readonly ReportCheck[] = [
  checkIn("acknowledgement/acknowledges-with-2xx", {
    title: "Acknowledges the documented callback with a 2XX",
    clause: "response/2xx",
    source: null,
    outcome: "failed",
    mismatches: [
      { expected: "a 2XX", actual: "a reset connection", where: "attempt 1 at 00:00:00" },
      { expected: "a 2XX", actual: "503", where: "attempt 3 at 00:03:00" },
    ],
    hint: "A 503 comes from a proxy or an overloaded server: look there before the handler.",
    reproduce: curlLine({
      ...request,
      headers: request.headers.map(([name, value]) => ({ name, value, secret: name === "X-Api-Key" })),
      freshSessionId: sessionId,
    }),
    durationMs: 1234,
    attempts,
  }),
  checkIn("acknowledgement/acknowledges-quickly", {
    title: "Acknowledges within 5 seconds",
    level: "recommended",
    clause: "practice/answer-fast",
    source: null,
    outcome: "failed",
    mismatches: [{ expected: "an answer within 5 s", actual: "6.2 s", where: "attempt 1 at 00:00:00" }],
    hint: "Answer first, then process in the background.",
    durationMs: 6200,
  }),
  checkIn("bad-input/hides-its-internals", {
    title: "Shows no stack trace in an error answer",
    level: "hardening",
    outcome: "failed",
    mismatches: [
      { expected: "no stack trace", actual: '"\u001b[31mError\u001b[0m at <anonymous>:1"', where: "body of attempt 1" },
    ],
    hint: "Turn off debug mode where the receiver faces the internet.",
    durationMs: 12,
  }),
  checkIn("retries/acknowledges-a-duplicate", {
    title: "Acknowledges the same session again",
    clause: "retry/on-failure",
    source: null,
    outcome: "passed",
    notes: ["Failed once, passed when repeated alone."],
    durationMs: 12,
  }),
  checkIn("payload/accepts-unknown-fields", {
    title: "Accepts fields it does not know",
    level: "recommended",
    outcome: "passed",
    latencies: {
      count: 50,
      p50Ms: 3.1,
      p95Ms: 7.4,
      p99Ms: 9.8,
      maxMs: 9.8,
      histogram: [
        { upToMs: 4, count: 38 },
        { upToMs: 8, count: 10 },
        { upToMs: 16, count: 2 },
      ],
    },
    durationMs: 12,
  }),
  withoutResult("skipped", "not-selected", "Not selected."),
  withoutResult("skipped", "not-applicable", "The URL rules do not apply to a local target."),
  withoutResult("skipped", "not-observable", "Effects are not observable: declare a probe with --probe-url.", {
    level: "recommended",
  }),
  withoutResult("skipped", "sessions-used-up", "Needs 2 session ids more than were supplied.", {
    level: "recommended",
  }),
  withoutResult("not-run", "unreachable", "The receiver refused the connection."),
  withoutResult("not-run", "baseline-not-acknowledged", "The baseline callback was not acknowledged."),
  withoutResult("not-run", "credentials-or-session-unknown", "The receiver refuses strangers: pass its key with -H."),
  withoutResult("not-run", "rate-limited", "The receiver kept answering 429."),
  withoutResult("not-run", "receiver-unhealthy", "The control after bad-input/survives-deep-nesting failed."),
  withoutResult("not-run", "effects-not-settled", "A session that was sent later was not processed in time."),
  withoutResult("error", "probe-failed", "The probe command exited with 1."),
  withoutResult("error", "advance-failed", "The advance command failed: it ended with exit code 1."),
  withoutResult("not-run", "machine-exhausted", "This process may have no more files and connections open."),
  withoutResult("not-run", "time-budget-spent", "The time for the run (--max-time) was spent."),
  withoutResult("not-run", "interrupted", "The run was interrupted."),
  withoutResult("error", "harness-error", "TypeError in the check itself: this is a fault of the harness."),
];
